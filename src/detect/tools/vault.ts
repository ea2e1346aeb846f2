import type { Finding } from '../invocation';
import type { CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';

/** Paths of the API that take something away, whichever command sends there. Source: Vault documentation, "HTTP API". */
const TAKES = /^sys\/(?:seal|revoke|leases\/revoke|step-down|rekey)|\/(?:revoke|destroy|trim|delete)(?:\/|$)/;
const KEY_CONFIG = /^transit\/keys\/[^/]+\/config$/;

function refine(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const path = call.args[0]?.value ?? '';
  if (call.path[0] !== 'write' && call.path[0] !== 'read') return undefined;
  if (KEY_CONFIG.test(path) && !call.args.some((w) => w.value === 'deletion_allowed=true')) return undefined;
  if (KEY_CONFIG.test(path)) return [{
    ...finding, mutation: 'destructive', effects: ['guard-removal'],
    reason: 'vault: Lets the key be deleted.',
  }];
  return TAKES.test(path) ? [{
    ...finding, mutation: 'destructive', effects: ['access-loss'],
    reason: `vault: ${path} takes secrets or access away.`,
  }] : undefined;
}

/** HashiCorp Vault and OpenBao. */
export const vault = commandTool({
  names: ['vault', 'bao'], provider: 'vault', source: 'Vault documentation, "Vault CLI" command reference', singleDash: true,
  valued: `-address -agent-address -ca-cert -ca-path -client-cert -client-key -header -mfa -namespace -ns -tls-server-name -unlock-key
    -wrap-ttl -field -format -mount -versions -method -path -ttl -policy -id -type -version -description -max-lease-ttl
    -default-lease-ttl -custom-metadata -max-versions -delete-version-after -cas -key-shares -key-threshold -accessor -mode -role
    -period -display-name -explicit-max-ttl -use-limit -options -plugin-name -plugin-version -command -args -sha256`,
  flags: `-force -f -prefix -sync -self -detailed -init -verify -cancel -status -recovery-token -non-interactive -output-curl-string
    -output-policy -tls-skip-verify -no-store -all`,
  harmless: '-output-curl-string -output-policy', guards: '-force -f',
  where: { endpoint: '-address VAULT_ADDR BAO_ADDR', namespace: '-namespace -ns VAULT_NAMESPACE' },
  commands: `
    read,list,status,login,version,version-history,path-help,print,debug | read
    monitor,unwrap,agent,proxy,server,ssh,events,hcp,transform,lease,kv | read
    operator,audit,auth,secrets,token,policy        | read
    kv get,list,metadata                            | read
    kv metadata get                                 | read
    token lookup,capabilities                       | read
    policy list,read,fmt                            | read
    secrets list                                    | read
    auth list,help                                  | read
    audit list                                      | read
    operator members,key-status,diagnose,usage,raft | read
    operator raft list-peers,autopilot              | read
    operator raft autopilot state,get-config        | read
    plugin list,info                                | read
    namespace list,lookup                           | read
    lease lookup                                    | read
    patch +--help                                   | read
    pki health-check,list-intermediates,verify-sign | read
    plugin runtime list,info                        | read
    operator raft snapshot inspect                  | read
    write                                           | add
    kv put,patch,undelete,enable-versioning         | add
    token create,renew                              | add
    lease renew                                     | add
    policy write                                    | add
    secrets enable                                  | add
    auth enable                                     | add
    audit enable                                    | add
    operator raft snapshot save                     | add
    operator raft join                              | add
    operator init,unseal,generate-root              | add
    plugin register,init                            | add
    namespace create                                | add
    transit import                                  | add
    pki issue,reissue                               | add
    plugin runtime register                         | add
    kv rollback                                     | change
    secrets tune                                    | change
    auth tune                                       | change
    patch                                           | change
    operator rotate,migrate,rekey                   | change
    kv metadata put,patch                           | change
    plugin reload                                   | change
    namespace patch,lock,unlock                     | change
    operator raft autopilot set-config              | change
    transit import-version                          | change
    delete                                          | destroy data-loss | irreversible  # The secret and its versions are lost.
    kv metadata delete                              | destroy data-loss | irreversible  # The secret and its versions are lost.
    kv destroy                                      | destroy data-loss | irreversible  # The secret and its versions are lost.
    kv delete                                       | destroy data-loss | recoverable: vault kv undelete, for versions of KV version 2
    secrets disable                                 | destroy data-loss,access-loss | irreversible
      # The engine is taken away with all the secrets in it.
    secrets move                                    | destroy access-loss
      # Every lease and token of the old path is revoked, and what asks there finds nothing.
    auth move                                       | destroy access-loss
      # Every lease and token of the old path is revoked, and what asks there finds nothing.
    auth disable                                    | destroy access-loss  # Everybody who logs in this way loses access.
    audit disable                                   | destroy guard-removal  # Requests are not recorded any more.
    token revoke                                    | destroy access-loss
    policy delete                                   | destroy access-loss
    lease revoke                                    | destroy access-loss
    namespace delete                                | destroy access-loss
    plugin deregister                               | destroy access-loss
    plugin runtime deregister                       | destroy access-loss
    operator seal                                   | destroy outage  # Nobody can read a secret until it is unsealed.
    seal,step-down                                  | destroy outage  # Nobody can read a secret until it is unsealed.
    operator step-down                              | destroy outage
    operator raft remove-peer                       | destroy outage
    operator raft snapshot restore,delete           | destroy data-loss  # Every secret is replaced by those of the snapshot.
  `,
  otherwise: 'quiet',
  refine,
});
