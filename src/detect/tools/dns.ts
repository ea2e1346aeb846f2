import { fileText, flag, found } from './cli/call';
import { commandTool } from './cli/command-tool';

/** DNS servers and tools that keep zones. */
export const dns = commandTool({
  names: [
    'nsupdate', 'rndc', 'pdnsutil', 'pdns_control', 'knotc', 'dnscontrol', 'octodns-sync', 'octodns', 'flarectl', 'cli53',
    'unbound-control', 'dnsimple', 'namecheap-cli', 'lexicon', 'godaddy',
  ],
  provider: 'dns',
  source: 'nsupdate(1), rndc(8), pdnsutil(1), knotc(8), DNSControl, octoDNS, flarectl, cli53 and lexicon documentation',
  valued: `-k -y -t -p -s -c --config -z --zone --profile --config-file --creds --providers --domains --plan-output --name --content
    --type --id -u -r --identifier --ttl`,
  flags: '--doit --force --no-plan --json -d', guards: '--doit --force',
  commands: `
    status,list-all-zones,list-zone,show-zone,check-zone,check-all-zones | read
    stats,preview,check,get-zones,get-certs,version,list,export,print-creds | read
    zone-status,zone-read,zone-check,dumpdb,lookup,recursing,zonestatus | read
    managed-keys,export-zone,list-keys,list-algorithms,ip,validate,conf-read | read
    conf-list,fmt,zone-diff,instances     | read
    zone list,info                        | read
    dns list                              | read
    pagerules list                        | read
    user info                             | read
    create-zone,add-record,add-zone-key,create,rrcreate,import,secure-zone | add
    create-secondary-zone,addzone,write-zones,create-domains,load-zone | add
    dns create                            | add
    zone create                           | add
    reload,reconfig,refresh,notify,retransfer,freeze,thaw,flush,flushname | change
    sync,edit-zone,increase-serial,rectify-zone,reload-zones,set-meta | change
    conf-set,zone-reload,zone-flush,zone-retransfer,cache-flush,flush_zone | change
    update,replace-rrset,set-kind,modzone | change
    dns update,create-or-update           | change
    delete-zone,delete-rrset,delzone,rrdelete,rrpurge,delete,zone-purge | destroy identity-loss,outage
      # Names that it held are not found any more.
    zone-unset,conf-unset,delete-record,clear-zone,remove-zone,zone-clear | destroy identity-loss,outage
      # Names that it held are not found any more.
    local_zone_remove,unset               | destroy identity-loss,outage  # Names that it held are not found any more.
    zone delete,rm                        | destroy identity-loss,outage  # Names that it held are not found any more.
    dns delete,rm                         | destroy identity-loss,outage  # Names that it held are not found any more.
    rr delete                             | destroy identity-loss,outage  # Names that it held are not found any more.
    stop,halt,quit,disable,cycle          | destroy outage
    disable-dnssec,unset-presigned,remove-zone-key,deactivate-zone-key | destroy guard-removal
    unpublish-zone-key                    | destroy guard-removal
    push                                  | destroy identity-loss
      # The zones become what the file says: records that it does not have are deleted.
  `,
  otherwise: 'quiet',
  before: (call) => {
    const tool = (call.invocation.argv[0]?.value ?? '').replace(/^.*[\\/]/, '');
    if (tool === 'nsupdate') {
      const text = typeof call.invocation.stdin === 'string' ? call.invocation.stdin : (call.args[0]?.value === undefined ? undefined : fileText(call.args[0].value, call));
      return text !== undefined && /^\s*(?:update\s+)?del(?:ete)?\b/im.test(text) ? [found(call, {
        action: 'nsupdate.delete', mutation: 'destructive', effects: ['identity-loss', 'outage'],
        reason: 'nsupdate: Deletes records: their names are not found any more.' })] : text !== undefined ? [found(call, { action: 'nsupdate', mutation: 'modifying', reason: 'nsupdate: Changes records.',
      })] : [];
    }
    if (/^octodns/.test(tool)) return flag(call, '--doit') ? [found(call, {
      action: 'sync', mutation: 'destructive', effects: ['identity-loss', 'outage'],
      reason: 'octodns: The zones become what the files say: records that they do not have are deleted.', guardsOff: flag(call, '--force') ? ['--force'] : [],
    })] : [];
    return undefined;
  },
});
