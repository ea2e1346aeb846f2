import { commandTool } from './cli/command-tool';

/** HashiCorp Nomad. */
export const nomad = commandTool({
  names: ['nomad'], provider: 'nomad', source: 'Nomad documentation, "Nomad Commands (CLI)"', singleDash: true,
  valued: `-address -region -namespace -token -ca-cert -client-cert -client-key -tls-server-name -job -group -task -var -var-file
    -check-index -consul-token -vault-token -deadline -m -reason -meta -version -eval-priority -type -t -n -name -policy -description
    -filter -per-page -out -lock -group-name -id-prefix-template -id`,
  flags: `-purge -yes -y -force -detach -global -no-shutdown-delay -enable -disable -self -all -verbose -short -stats -json -monitor
    -ignore-system -keep-ineligible -hcl1`,
  guards: '-force -yes -purge',
  where: { endpoint: '-address NOMAD_ADDR', region: '-region NOMAD_REGION', namespace: '-namespace NOMAD_NAMESPACE' },
  commands: `
    status,plan,inspect,validate,node-status,logs,fs,ui,version | read
    server-members,system,monitor,agent-info,login,scaling,fmt,acl,agent,tls | read
    job status,plan,inspect,history,validate,deployments,allocs,periodic | read
    job scaling-events,tag                        | read
    node status,config,intro                      | read
    alloc status,logs,fs,checks                   | read
    server members                                | read
    operator metrics,debug,raft,client-state      | read
    operator raft list-peers,info,logs,state      | read
    operator autopilot get-config,health          | read
    operator scheduler get-config                 | read
    operator snapshot inspect,state               | read
    acl policy list,info                          | read
    acl token list,info,self                      | read
    acl role list,info                            | read
    namespace list,status,inspect                 | read
    quota list,status,inspect                     | read
    volume status                                 | read
    var get,list                                  | read
    eval list,status                              | read
    deployment list,status                        | read
    plugin status                                 | read
    service list,info                             | read
    license get,inspect                           | read
    recommendation list,info                      | read
    setup +-help                                  | read
    node pool list,info,jobs,nodes                | read
    operator root keyring list                    | read
    sentinel list,read                            | read
    config validate                               | read
    job restart +-help                            | read
    operator api                                  | ask  # It calls any address of the API.
    job dispatch                                  | job
    job periodic force                            | job
    alloc exec                                    | runs
    exec                                          | runs
    job run,init                                  | add
    run,init,setup                                | add
    acl bootstrap                                 | add
    acl token create                              | add
    acl policy apply                              | add
    acl role create                               | add
    namespace apply                               | add
    quota apply                                   | add
    volume create,register,init,snapshot          | add
    var put,init                                  | add
    operator snapshot save                        | add
    node pool apply                               | add
    server join                                   | add
    job tag apply                                 | add
    operator root keyring rotate                  | add
    volume snapshot create,list                   | add
    job promote,revert,scale,eval,start           | change
    deployment promote,resume,unblock             | change
    node eligibility,meta,identity                | change
    operator autopilot set-config                 | change
    operator scheduler set-config                 | change
    acl token update                              | change
    acl role update                               | change
    recommendation apply                          | change
    job stop                                      | destroy outage | reversible: nomad job run  # The job's tasks end.
    stop                                          | destroy outage | reversible: nomad job run  # The job's tasks end.
    job stop +-purge                              | destroy data-loss,outage | irreversible
      # The job is deleted; it can't be started again from here.
    stop +-purge                                  | destroy data-loss,outage | irreversible
      # The job is deleted; it can't be started again from here.
    job restart                                   | destroy outage
    alloc stop,restart,signal                     | destroy outage
    deployment fail,pause                         | destroy outage
    node drain,purge                              | destroy outage
    server force-leave                            | destroy outage
    operator raft remove-peer,transfer-leadership | destroy outage
    eval delete                                   | destroy outage
    job scale 0                                   | destroy outage
    service delete                                | destroy outage
    system gc,reconcile                           | change
    volume delete,deregister,detach               | destroy data-loss
    volume snapshot delete                        | destroy data-loss
    var purge                                     | destroy data-loss
    operator snapshot restore                     | destroy data-loss
    acl token delete                              | destroy access-loss
    acl policy delete                             | destroy access-loss
    acl role delete                               | destroy access-loss
    namespace delete                              | destroy access-loss
    quota delete                                  | destroy access-loss
    node pool delete                              | destroy access-loss
    operator root keyring remove                  | destroy access-loss
    sentinel delete                               | destroy access-loss
    operator gossip keyring remove                | destroy access-loss
    acl auth-method delete                        | destroy access-loss
    acl binding-rule delete                       | destroy access-loss
    recommendation dismiss                        | destroy access-loss
  `,
  otherwise: 'quiet',
  refine: (call, finding) => (call.path.join(' ') === 'node drain' && call.options.some((o) => o.name === '-disable') ? [{ ...finding, mutation: 'modifying', effects: [] }] : /scale$/.test(call.path.join(' ')) && call.args.at(-1)?.value === '0' ? [{ ...finding, mutation: 'destructive', effects: ['outage'] }] : undefined),
});
