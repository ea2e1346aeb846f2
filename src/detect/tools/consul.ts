import { found } from './cli/call';
import { commandTool } from './cli/command-tool';

/** HashiCorp Consul. */
export const consul = commandTool({
names: ['consul'], provider: 'consul', source: 'Consul documentation, "Consul Commands (CLI)"', singleDash: true,
  valued: '-http-addr -token -token-file -ca-file -client-cert -client-key -datacenter -namespace -partition -tls-server-name -kind -name -id -address -port -modify-index -flags -session -separator -service -policy-name -policy-id -role-name -description -rules -type -bind -config-dir -config-file -data-dir -join -node -peer -method -accessor-id -secret', flags: '-recurse -cas -force -f -keys -base64 -detailed -prune -self -all -stale -wan -http -merge-policies', guards: '-force -recurse', where: { endpoint: '-http-addr CONSUL_HTTP_ADDR', datacenter: '-datacenter' },
  commands: `
read members; info; monitor; catalog; kv get|export; version; validate; operator autopilot get-config|state; operator raft list-peers; operator area list|members; operator usage; acl policy list|read; acl token list|read; acl role list|read; acl auth-method list|read; acl binding-rule list|read; config list|read; intention list|get|match|check; snapshot inspect; services export; peering list|read; debug; keyring -list; rtt; watch; troubleshoot; connect ca get-config; resource list|read; partition list|read; namespace list|read; login; agent; connect envoy|proxy; logout; tls; resource; operator; acl; config; intention; peering
runs exec; lock; watch
add kv put; services register; join; snapshot save; acl bootstrap; acl policy create; acl token create|clone; acl role create; config write; intention create; peering generate-token|establish; keyring; event; acl auth-method create; acl binding-rule create; partition create; namespace create; kv import; connect expose; resource apply
mod acl policy update; acl token update; acl role update; operator autopilot set-config; reload; acl set-agent-token; connect ca set-config; connect redirect-traffic; namespace update|write; keyring -use; acl auth-method update; acl binding-rule update
kill:data kv delete ~gone # The keys are lost; services that read them may stop.
kill:data kv delete +-recurse ~gone # Every key below this one is lost.
kill:data snapshot restore # The whole state of the cluster is replaced.
kill:out leave; force-leave; services deregister; maint; operator raft remove-peer; operator raft transfer-leader; operator utilization; connect ca
read maint
kill:access acl token delete; acl policy delete; acl role delete; acl auth-method delete; acl binding-rule delete; intention delete; peering delete; keyring -remove; partition delete; namespace delete; config delete; operator area delete; resource delete`,
  otherwise: 'quiet',
  before: (call) => (call.args[0]?.value === 'maint' && call.options.some((o) => o.name === '-enable') ? [found(call, { action: 'maint', mutation: 'destructive', effects: ['outage'], reason: 'consul: Takes the node or service out of service discovery.' })] : call.args[0]?.value === 'keyring' && call.options.some((o) => o.name === '-remove') ? [found(call, { action: 'keyring.remove', mutation: 'destructive', effects: ['access-loss'], reason: 'consul: Removes a gossip key.' })] : undefined),
});
