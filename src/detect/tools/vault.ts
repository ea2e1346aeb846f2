import { commandTool } from './cli/command-tool';

/** HashiCorp Vault and OpenBao. */
export const vault = commandTool({
names: ['vault', 'bao'], provider: 'vault', source: 'Vault documentation, "Vault CLI" command reference', singleDash: true,
  valued: '-address -agent-address -ca-cert -ca-path -client-cert -client-key -header -mfa -namespace -ns -tls-server-name -unlock-key -wrap-ttl -field -format -mount -versions -method -path -ttl -policy -id -type -version -description -max-lease-ttl -default-lease-ttl -custom-metadata -max-versions -delete-version-after -cas -key-shares -key-threshold -accessor -mode -role -period -display-name -explicit-max-ttl -use-limit -options -plugin-name -plugin-version -command -args -sha256',
  flags: '-force -f -prefix -sync -self -detailed -init -verify -cancel -status -recovery-token -non-interactive -output-curl-string -output-policy -tls-skip-verify -no-store -all', harmless: '-output-curl-string -output-policy', guards: '-force -f', where: { endpoint: '-address VAULT_ADDR BAO_ADDR', namespace: '-namespace -ns VAULT_NAMESPACE' },
  commands: `
read read; list; kv get|list|metadata; kv metadata get; status; login; token lookup|capabilities; policy list|read|fmt; secrets list; auth list|help; audit list; version; version-history; path-help; print; debug; monitor; operator members|key-status|diagnose|usage|raft; operator raft list-peers|autopilot; operator raft autopilot state|get-config; plugin list|info; namespace list|lookup; unwrap; agent; proxy; lease lookup; server; ssh; events; hcp; patch +--help; transform; pki health-check|list-intermediates|verify-sign; plugin runtime list|info; operator raft snapshot inspect; lease; kv; operator; audit; auth; secrets; token; policy
add write; kv put; kv patch; kv undelete; token create|renew; lease renew; policy write; secrets enable; auth enable; audit enable; operator raft snapshot save; operator raft join; operator init; operator unseal; plugin register|init; namespace create; transit import; pki issue|reissue; operator generate-root; kv enable-versioning; plugin runtime register
mod kv rollback; secrets tune; auth tune; patch; operator rotate; operator migrate; kv metadata put|patch; plugin reload; namespace patch|lock|unlock; operator raft autopilot set-config; operator rekey; transit import-version
kill:data delete; kv metadata delete; kv destroy ~gone # The secret and its versions are lost.
kill:data kv delete ~recover vault kv undelete, for versions of KV version 2
kill:data,access secrets disable ~gone # The engine is taken away with all the secrets in it.
kill:access secrets move; auth move # Every lease and token of the old path is revoked, and what asks there finds nothing.
kill:access auth disable # Everybody who logs in this way loses access.
kill:guard audit disable # Requests are not recorded any more.
kill:access token revoke; policy delete; lease revoke; namespace delete; operator seal; operator step-down; plugin deregister; operator raft remove-peer; plugin runtime deregister
kill:out operator seal; seal; step-down # Nobody can read a secret until it is unsealed.
kill:out operator step-down; operator raft remove-peer
kill:data operator raft snapshot restore; operator raft snapshot delete # Every secret is replaced by those of the snapshot.`,
  otherwise: 'quiet',
  refine: (call, finding) => {
    if ((call.path[0] === 'write' || call.path[0] === 'read') && /^sys\/(?:seal|revoke|leases\/revoke|step-down|rekey)|\/(?:revoke|destroy|trim|delete)(?:\/|$)|^transit\/keys\/[^/]+\/config$/.test(call.args[0]?.value ?? '')) {
      if (/config$/.test(call.args[0]?.value ?? '')) return call.args.some((w) => /^deletion_allowed=true$/.test(w.value ?? '')) ? [{ ...finding, mutation: 'destructive', effects: ['guard-removal'], reason: `vault: Lets the key be deleted.` }] : undefined;
      return [{ ...finding, mutation: 'destructive', effects: ['access-loss'], reason: `vault: ${call.args[0]?.value ?? ''} takes secrets or access away.` }];
    }
    return undefined;
  },
});
