import { found } from './cli/call';
import { commandTool } from './cli/command-tool';

/** HashiCorp Consul. */
export const consul = commandTool({
  names: ['consul'], provider: 'consul', source: 'Consul documentation, "Consul Commands (CLI)"', singleDash: true,
  valued: `-http-addr -token -token-file -ca-file -client-cert -client-key -datacenter -namespace -partition -tls-server-name -kind
    -name -id -address -port -modify-index -flags -session -separator -service -policy-name -policy-id -role-name -description -rules
    -type -bind -config-dir -config-file -data-dir -join -node -peer -method -accessor-id -secret`,
  flags: '-recurse -cas -force -f -keys -base64 -detailed -prune -self -all -stale -wan -http -merge-policies',
  guards: '-force -recurse', where: { endpoint: '-http-addr CONSUL_HTTP_ADDR', datacenter: '-datacenter' },
  commands: `
    members,info,monitor,catalog,version,validate,debug,rtt,troubleshoot | read
    login,agent,logout,tls,resource,operator,acl,config,intention,peering | read
    kv get,export                             | read
    operator autopilot get-config,state       | read
    operator raft list-peers                  | read
    operator area list,members                | read
    operator usage                            | read
    acl policy list,read                      | read
    acl token list,read                       | read
    acl role list,read                        | read
    acl auth-method list,read                 | read
    acl binding-rule list,read                | read
    config list,read                          | read
    intention list,get,match,check            | read
    snapshot inspect                          | read
    services export                           | read
    peering list,read                         | read
    keyring -list                             | read
    connect ca get-config                     | read
    resource list,read                        | read
    partition list,read                       | read
    namespace list,read                       | read
    connect envoy,proxy                       | read
    exec,lock,watch                           | runs
    kv put,import                             | add
    services register                         | add
    join,keyring,event                        | add
    snapshot save                             | add
    acl bootstrap                             | add
    acl policy create                         | add
    acl token create,clone                    | add
    acl role create                           | add
    config write                              | add
    intention create                          | add
    peering generate-token,establish          | add
    acl auth-method create                    | add
    acl binding-rule create                   | add
    partition create                          | add
    namespace create                          | add
    connect expose                            | add
    resource apply                            | add
    acl policy update                         | change
    acl token update                          | change
    acl role update                           | change
    operator autopilot set-config             | change
    reload                                    | change
    acl set-agent-token                       | change
    connect ca set-config                     | change
    connect redirect-traffic                  | change
    namespace update,write                    | change
    keyring -use                              | change
    acl auth-method update                    | change
    acl binding-rule update                   | change
    kv delete                                 | destroy data-loss | irreversible  # The keys are lost; services that read them may stop.
    kv delete +-recurse                       | destroy data-loss | irreversible  # Every key below this one is lost.
    snapshot restore                          | destroy data-loss  # The whole state of the cluster is replaced.
    leave,force-leave,maint                   | destroy outage
    services deregister                       | destroy outage
    operator raft remove-peer,transfer-leader | destroy outage
    operator utilization                      | destroy outage
    connect ca                                | destroy outage
    acl token delete                          | destroy access-loss
    acl policy delete                         | destroy access-loss
    acl role delete                           | destroy access-loss
    acl auth-method delete                    | destroy access-loss
    acl binding-rule delete                   | destroy access-loss
    intention delete                          | destroy access-loss
    peering delete                            | destroy access-loss
    keyring -remove                           | destroy access-loss
    partition delete                          | destroy access-loss
    namespace delete                          | destroy access-loss
    config delete                             | destroy access-loss
    operator area delete                      | destroy access-loss
    resource delete                           | destroy access-loss
  `,
  otherwise: 'quiet',
  before: (call) => (call.args[0]?.value === 'maint' && call.options.some((o) => o.name === '-enable') ? [found(call, { action: 'maint', mutation: 'destructive', effects: ['outage'], reason: 'consul: Takes the node or service out of service discovery.' })] : call.args[0]?.value === 'keyring' && call.options.some((o) => o.name === '-remove') ? [found(call, { action: 'keyring.remove', mutation: 'destructive', effects: ['access-loss'], reason: 'consul: Removes a gossip key.' })] : undefined),
});
