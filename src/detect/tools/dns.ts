import { fileText, flag, found } from './cli/call';
import { commandTool } from './cli/command-tool';

/** DNS servers and tools that keep zones. */
export const dns = commandTool({
names: ['nsupdate', 'rndc', 'pdnsutil', 'pdns_control', 'knotc', 'dnscontrol', 'octodns-sync', 'octodns', 'flarectl', 'cli53', 'unbound-control', 'dnsimple', 'namecheap-cli', 'lexicon', 'godaddy'], provider: 'dns', source: 'nsupdate(1), rndc(8), pdnsutil(1), knotc(8), DNSControl, octoDNS, flarectl, cli53 and lexicon documentation',
  valued: '-k -y -t -p -s -c --config -z --zone --profile --config-file --creds --providers --domains --plan-output --name --content --type --id -u -r --identifier --ttl', flags: '--doit --force --no-plan --json -d', guards: '--doit --force', commands: `
read status; list-all-zones; list-zone; show-zone; check-zone; check-all-zones; stats; preview; check; get-zones; get-certs; version; list; export; print-creds; zone-status; zone-read; zone-check; stats; dumpdb; lookup; recursing; zonestatus; managed-keys; export-zone; list-keys; list-algorithms; zone list; dns list; ip; pagerules list; user info; zone info; validate; conf-read; conf-list; fmt; zone-diff; instances
add create-zone; add-record; add-zone-key; create; rrcreate; dns create; zone create; import; secure-zone; create-secondary-zone; addzone; write-zones; create-domains; load-zone
mod reload; reconfig; refresh; notify; retransfer; freeze; thaw; flush; flushname; sync; edit-zone; increase-serial; rectify-zone; reload-zones; set-meta; conf-set; zone-reload; zone-flush; zone-retransfer; cache-flush; flush_zone; dns update; dns create-or-update; update; replace-rrset; set-kind; modzone
kill:id,out delete-zone; delete-rrset; delzone; zone delete; dns delete; rrdelete; rrpurge; delete; zone-purge; zone-unset; conf-unset; delete-record; dns rm; zone rm; rr delete; clear-zone; remove-zone; zone-clear; local_zone_remove; unset # Names that it held are not found any more.
kill:out stop; halt; quit; disable; cycle
kill:guard disable-dnssec; unset-presigned; remove-zone-key; deactivate-zone-key; unpublish-zone-key
kill:id push # The zones become what the file says: records that it does not have are deleted.`, otherwise: 'quiet',
  before: (call) => {
    const tool = (call.invocation.argv[0]?.value ?? '').replace(/^.*[\\/]/, '');
    if (tool === 'nsupdate') {
      const text = typeof call.invocation.stdin === 'string' ? call.invocation.stdin : (call.args[0]?.value === undefined ? undefined : fileText(call.args[0].value, call));
      return text !== undefined && /^\s*(?:update\s+)?del(?:ete)?\b/im.test(text) ? [found(call, { action: 'nsupdate.delete', mutation: 'destructive', effects: ['identity-loss', 'outage'], reason: 'nsupdate: Deletes records: their names are not found any more.' })] : text !== undefined ? [found(call, { action: 'nsupdate', mutation: 'modifying', reason: 'nsupdate: Changes records.' })] : [];
    }
    if (/^octodns/.test(tool)) return flag(call, '--doit') ? [found(call, { action: 'sync', mutation: 'destructive', effects: ['identity-loss', 'outage'], reason: 'octodns: The zones become what the files say: records that they do not have are deleted.', guardsOff: flag(call, '--force') ? ['--force'] : [] })] : [];
    return undefined;
  },
});
