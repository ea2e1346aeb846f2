import { commandTool } from './cli/command-tool';
import { sqlHandedIn } from './cli/sql-findings';

/** flyctl, for Fly.io. */
export const flyctl = commandTool({
  names: ['fly', 'flyctl'], provider: 'fly', source: 'Fly.io documentation, "flyctl" command reference',
  valued: `--app -a --config -c --access-token -t --org -o --region -r --image -i --strategy --vm-size --vm-memory --env -e --build-arg
    --dockerfile --machine --count --name -n --size -s --user -u --command -C --process-group -g --select --wait-timeout
    --snapshot-retention --initial-cluster-size --fork-from --snapshot-id --volume-size --lines --signal --require-unique-zone --vm-cpus
    --vm-cpu-kind --primary-region --file-local --secret --time --skip-ports --volume --database-name --database-user --variable-name
    --target-app --backup-id --ip --comment --password --port`,
  flags: `--yes -y --force -f --verbose --json -j --ha --local-only --remote-only --now --detach --stage --skip-dns-registration
    --bypass`,
  guards: '--yes -y --force -f', where: { app: '--app -a FLY_APP', organization: '--org -o', region: '--region -r' },
  commands: `
    status,logs,releases,version,platform,auth,services,ping,dig,doctor | read
    dashboard,jobs,history,docs,info,proxy,curl,resume,incidents,settings | read
    mcp,agent,consul,registry,synthetics,metrics,litefs-cloud,sftp | read
    apps list,open,releases,errors                          | read
    auth whoami,token,docker                                | read
    config show,validate,env,save                           | read
    checks list                                             | read
    ips list                                                | read
    secrets list                                            | read
    volumes,volume,vol list,ls,show                         | read
    volumes,volume snapshots list                           | read
    machine,machines,m list,ls,status,exec +--help          | read
    machine,machines list,status                            | read
    regions list                                            | read
    orgs list,show                                          | read
    postgres,pg list,events,db,users                        | read
    postgres config show                                    | read
    postgres db list                                        | read
    postgres users list                                     | read
    wireguard list,status                                   | read
    certs list,show,check                                   | read
    image show                                              | read
    scale show                                              | read
    tokens list                                             | read
    redis list,status,dashboard,connect,proxy,plans         | read
    mpg list,status,proxy                                   | read
    postgres,pg,mpg connect                                 | change
    storage list,status,dashboard                           | read
    logs ship                                               | read
    ssh console,log,issue,establish                         | read
    sftp find,get,shell                                     | read
    extensions * list,status,dashboard                      | read
    volumes,volume lsvd                                     | read
    m *list                                                 | read
    ssh console !--command !-C                              | read
    launch                                                  | add
    apps create                                             | add
    postgres create,attach,import,barman,backup             | add
    postgres backup create,list,enable                      | add
    volumes,volume create,fork                              | add
    volumes snapshots create                                | add
    ips allocate,allocate-v4,allocate-v6,private            | add
    certs add,create                                        | add
    wireguard create                                        | add
    orgs create,invite                                      | add
    redis create                                            | add
    machine,machines,m create,run,clone,start,cordon,uncordon,leases,lease | add
    mpg create,attach,backup                                | add
    storage create                                          | add
    sftp put                                                | add
    tokens create,attenuate                                 | add
    extensions * create                                     | add
    deploy,config,migrate-to-v2,secrets,console,deployments | change
    scale count,vm,memory                                   | change
    apps move,set-platform-version                          | change
    secrets import,set,deploy,sync                          | change
    image update                                            | change
    machine,machines,m update                               | change
    volumes,volume extend,update                            | change
    redis update                                            | change
    auth login,logout,signup                                | change
    regions add,set                                         | change
    postgres renew-certs,add_flycast                        | change
    config import                                           | change
    wireguard reset,websockets                              | change
    postgres config update                                  | change
    machine,machines exec                                   | change
    m exec                                                  | change
    mcp launch                                              | change
    apps destroy,delete,remove,rm                           | destroy data-loss,outage | irreversible
      # The app with its machines, volumes, addresses and secrets is deleted.
    destroy                                                 | destroy data-loss,outage | irreversible
      # The app with its machines, volumes, addresses and secrets is deleted.
    apps suspend,pause,restart                              | destroy outage
    suspend,restart                                         | destroy outage
    machine,machines,m stop,restart,suspend,kill,reset-handle-states | destroy outage
    postgres restart,failover                               | destroy outage
    pg restart,failover                                     | destroy outage
    apps resume                                             | change
    turboku                                                 | change
    machine,machines,m destroy,delete,remove,rm,egress-ip   | destroy data-loss,outage
    volumes,volume,vol,v destroy,delete,rm,d                | destroy data-loss
      | recoverable: from its daily snapshots, 5 days unless set otherwise  # The volume is deleted.
    secrets unset                                           | destroy access-loss
    tokens revoke                                           | destroy access-loss
    orgs remove                                             | destroy access-loss
    postgres users delete                                   | destroy access-loss
    wireguard remove                                        | destroy access-loss
    postgres detach                                         | destroy access-loss
    pg detach                                               | destroy access-loss
    mpg detach                                              | destroy access-loss
    consul detach                                           | destroy access-loss
    redis destroy,delete,reset                              | destroy data-loss
    mpg destroy,restore                                     | destroy data-loss
    storage destroy                                         | destroy data-loss
    extensions * destroy                                    | destroy data-loss
    litefs-cloud destroy                                    | destroy data-loss
    orgs delete                                             | destroy data-loss,outage
    ips release                                             | destroy identity-loss
    certs remove,delete                                     | destroy identity-loss
    mcp destroy                                             | destroy access-loss
    regions remove                                          | destroy access-loss
    postgres db drop                                        | destroy data-loss
    checks delete                                           | destroy data-loss
  `,
  otherwise: 'verbs', runsText: '--command -C',
  refine: (call, finding) => {
    const command = call.path.join(' ');
    if (/^(?:postgres|pg|mpg) connect$/.test(command)) {
      return sqlHandedIn({}, call, { dialects: ['postgresql'] }) ?? [{ ...finding, mutation: 'none' }];
    }
    // `scale count 0`, or by process group: `scale count web=0 worker=1`. Source: fly scale count --help.
    if (command !== 'scale count' || !call.args.some((w) => /(?:^|=)0$/.test(w.value ?? ''))) return undefined;
    const counts = call.args.map((w) => w.value ?? w.raw).join(' ');
    const reason = `fly: Scales to none (${counts}): no machine is left to answer, and those that run are destroyed.`;
    return [{ ...finding, mutation: 'destructive', effects: ['outage'], reason }];
  },
});
