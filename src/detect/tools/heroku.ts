import { option, runWords } from './cli/call';
import { commandTool } from './cli/command-tool';
import { sqlHandedIn } from './cli/sql-findings';

/** Heroku CLI. */
export const heroku = commandTool({
  names: ['heroku'], provider: 'heroku', source: 'Heroku Dev Center, "Heroku CLI Commands"',
  valued: `--app -a --remote -r --team -t --pipeline -p --confirm -c --stage -s --size --type --region --space --name -n --as --num
    --dyno -d --tail-lines --source --ps --stack --buildpack -b --addon --format --wait-interval --keep --schedule --at --expires
    --credential --to --file --manifest --git-url --branch --env --lines --payload --level --description --scope --password --cidr`,
  flags: '--force -f --yes --json --shell --bypass --no-wait --wait --exit-code', guards: '--force -f --confirm -c --bypass',
  where: { app: '--app -a HEROKU_APP', team: '--team -t', pipeline: '--pipeline -p' }, joinedBy: ':',
  commands: `
    apps,apps:info,addons,logs,ps,releases,config,pg,domains,certs,access | read
    authorizations,buildpacks,ci,clients,features,keys,labs,members,orgs | read
    pipelines,plugins,redis,regions,reviewapps,sessions,spaces,stack,status | read
    teams,telemetry,trusted-ips,usage,version,webhooks,which,whoami,auth | read
    autocomplete,container,dashboard,help,search,commands,data,builds,psql | read
    kafka,login,logout,config:edit                          | read
    apps info,open,errors,favorites                         | read
    addons info,docs,open,plans,services,wait               | read
    ps wait,copy                                            | read
    releases info,output,retries                            | read
    config get,edit                                         | read
    pg info,ps,psql,locks,diagnose,outliers,bloat,blocking,backups | read
    pg connection-pooling,credentials,links,vacuum-stats,wait,index-size | read
    pg backups info,schedules,url,download                  | read
    pg backups *url                                         | read
    pg credentials *url,info                                | read
    domains info,wait                                       | read
    certs info                                              | read
    authorizations info                                     | read
    buildpacks info,search,versions                         | read
    ci info,last,debug                                      | read
    clients info                                            | read
    features info                                           | read
    git clone,remote                                        | read
    labs info                                               | read
    local run,version                                       | read
    pipelines info,open,diff                                | read
    plugins inspect                                         | read
    redis info,cli,wait,stats,credentials,maintenance,timeout | read
    run +--help                                             | read
    spaces info,ps,topology,vpn,peerings,hosts              | read
    webhooks info,deliveries,events                         | read
    auth whoami,token,login,2fa                             | read
    container login,logout                                  | read
    data maintenances,labels                                | read
    builds info,output                                      | read
    kafka info,topics,wait,tail,zookeeper                   | read
    kafka topics info                                       | read
    apps create                                             | add
    create,fork,git,local,run                               | add
    addons create,attach                                    | add
    pg copy +--help                                         | add
    pg backups capture,schedule                             | add
    domains add                                             | add
    keys add                                                | add
    pipelines create,add,connect,setup                      | add
    buildpacks add,set                                      | add
    certs add,generate,auto                                 | add
    certs auto enable                                       | add
    drains add                                              | add
    access add                                              | add
    members add                                             | add
    spaces create                                           | add
    authorizations create                                   | add
    webhooks add                                            | add
    reviewapps enable                                       | add
    labs enable                                             | add
    features enable                                         | add
    container push,release                                  | add
    clients create                                          | add
    builds create                                           | add
    ci run,rerun                                            | add
    plugins install,link                                    | add
    redis create,promote                                    | add
    kafka topics create                                     | add
    pg credentials create                                   | add
    telemetry add                                           | add
    spaces vpn connect                                      | add
    run detached,inside                                     | add
    ps exec                                                 | add
    pg psql +-c,--command                                   | ask
    config set                                              | change
    ps scale,resize,type,autoscale                          | change
    maintenance off                                         | change
    releases rollback                                       | change
    rollback,drains,update,notifications                    | change
    pg promote,upgrade,unfollow,maintenance,settings,vacuum | change
    apps rename,join,leave,lock,unlock,transfer,stacks      | change
    apps stacks set                                         | change
    stack set                                               | change
    labs disable                                            | change
    features disable                                        | change
    pipelines promote,update,transfer                       | change
    buildpacks remove,clear                                 | change
    domains update                                          | change
    certs update                                            | change
    reviewapps disable                                      | change
    addons upgrade,downgrade,rename,detach                  | change
    ps autoscale enable,disable                             | change
    plugins uninstall                                       | change
    pg connection-pooling attach                            | change
    redis maxmemory,keyspace-notifications,upgrade          | change
    kafka topics compaction,retention-time,replication-factor | change
    keys remove                                             | change
    apps destroy,delete                                     | destroy data-loss,outage | irreversible
      # The app with its add-ons and their data is deleted.
    destroy                                                 | destroy data-loss,outage | irreversible
      # The app with its add-ons and their data is deleted.
    addons destroy,remove                                   | destroy data-loss | irreversible
      # The add-on and the data in it are deleted.
    pg reset                                                | destroy data-loss | recoverable: from a backup, if one was taken
      # The database is emptied.
    pg copy,push                                            | destroy data-loss  # The database at the destination is overwritten.
    pg backups restore                                      | destroy data-loss  # The database at the destination is overwritten.
    pg pull                                                 | add
    pg backups delete,cancel,unschedule                     | destroy data-loss
    redis reset                                             | destroy data-loss
    pg kill,killall,detach                                  | destroy outage
    ps stop,kill,restart                                    | destroy outage
    dyno kill,restart,stop,*                                | destroy outage
    maintenance on                                          | destroy outage
    restart,stop,kill                                       | destroy outage
    data maintenances run                                   | destroy outage
    dyno scale,resize,type                                  | add
    config unset,remove                                     | destroy access-loss
    access remove                                           | destroy access-loss
    members remove,set                                      | destroy access-loss
    authorizations revoke,destroy,rotate,update             | destroy access-loss
    keys clear                                              | destroy access-loss
    certs remove                                            | destroy access-loss
    clients destroy,rotate                                  | destroy access-loss
    sessions destroy                                        | destroy access-loss
    pg credentials destroy,rotate,repair-default            | destroy access-loss
    access update                                           | change
    domains remove,clear                                    | destroy identity-loss
    spaces destroy                                          | destroy data-loss,outage
    pipelines destroy,remove                                | destroy data-loss,outage
    drains remove                                           | destroy guard-removal
    webhooks remove                                         | destroy guard-removal
    telemetry remove                                        | destroy guard-removal
    trusted-ips remove                                      | destroy guard-removal
    certs auto disable                                      | destroy guard-removal
    kafka topics destroy                                    | destroy data-loss
    kafka consumer-groups destroy                           | destroy data-loss
    kafka fail                                              | destroy data-loss
    builds purge-cache,cache                                | destroy data-loss
    builds cancel                                           | change
    ps scale 0                                              | destroy outage
    container rm                                            | destroy data-loss
  `,
  otherwise: 'verbs',
  refine: (call, finding) => {
    if (/^ps.scale$|^scale$/.test(call.path.join('.'))) {
      const zero = call.args.some((w) => /(?:^|=)0(?::|$)/.test(w.value ?? ''));
      return zero ? [{
        ...finding, mutation: 'destructive', effects: ['outage'],
        reason: `${finding.reason} No dyno is left to answer.`,
      }] : undefined;
    }
    if (call.path[0] === 'run') {
      const at = call.invocation.argv.findIndex((w) => /^run/.test(w.value ?? ''));
      const words = call.rest && call.rest.length > 0 ? call.rest : call.invocation.argv.slice(at + 1).filter((w, i, all) => !/^(?:-a|--app|-r|--remote|--size|-s|-e|--env|--type)$/.test(w.value ?? '') && !/^-/.test(w.value ?? '-') && !/^(?:-a|--app|-r|--remote|--size|-s|-e|--env|--type)$/.test(all[i - 1]?.value ?? ''));
      return runWords(words, call);
    }
    if (call.path.join(' ') === 'pg psql') {
      // Elsewhere -f is a switch, so that its value is a word.
      const from = option(call, '-f', '--file');
      const given = { text: option(call, '-c', '--command')?.value, file: from && (from.value ?? call.args.at(-1)) };
      return sqlHandedIn(given, call, { dialects: ['postgresql'] }) ?? [];
    }
    return undefined;
  },
});
