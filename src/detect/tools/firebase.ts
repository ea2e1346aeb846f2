import { commandTool } from './cli/command-tool';

/** Firebase CLI. */
export const firebase = commandTool({
  names: ['firebase', 'firebase-tools'], provider: 'firebase', source: 'Firebase documentation, "Firebase CLI reference"',
  valued: `--project -P --config -c --account --token --only --except --message -m --public -p --data -d --database --instance --region
    --site --app --output -o --limit --expires -e --size-limit --location --nonce --backup -b --retention -r --backend --service
    --schema`,
  flags: `--force -f --non-interactive --json --debug --recursive -r --shallow --all-collections --confirm --disable-triggers
    --interactive -i -y --yes`,
  harmless: '--dry-run', guards: '--force -f --non-interactive --confirm -y --yes',
  where: { project: '--project -P FIREBASE_PROJECT' },
  commands: `
    projects:list,apps:list,apps:sdkconfig,functions:list,functions:log | read
    functions:config:get,functions:config:export,functions:secrets:access | read
    functions:secrets:get,hosting:sites:list,hosting:sites:get | read
    hosting:channel:list,hosting:channel:open,database:get,database:profile | read
    database:instances:list,database:settings:get,firestore:indexes | read
    firestore:databases:list,firestore:databases:get,firestore:backups:list | read
    firestore:backups:get,firestore:backups:schedules:list   | read
    firestore:operations:list,firestore:locations,login,login:list,login:ci | read
    login:add,login:use,logout,use,open,help,serve,emulators:start | read
    emulators:export,auth:export,ext,ext:list,ext:info,ext:export,target | read
    setup:emulators:firestore,appdistribution:testers:list   | read
    appdistribution:group:list,appdistribution:groups:list,remoteconfig:get | read
    remoteconfig:versions:list,experiments:list,apphosting:backends:list | read
    apphosting:backends:get,apphosting:secrets:describe      | read
    crashlytics:symbols:upload,dataconnect:sdk:generate      | read
    dataconnect:services:list,dataconnect:sql:diff,dataconnect:sql:grant | read
    internaltesting,mcp,studio:export,functions:shell,apps:android:sha:list | read
    projects                                                 | read
    hosting:clone +--help                                    | read
    emulators:exec                                           | runs
    init,projects:create,projects:addfirebase,apps:create    | add
    hosting:sites:create,hosting:channel:create,hosting:channel:deploy | add
    database:instances:create,firestore:databases:create     | add
    firestore:backups:schedules:create,auth:import,ext:install,ext:configure | add
    target:apply,functions:secrets:set,functions:config:set  | add
    apphosting:backends:create,apphosting:rollouts:create    | add
    apphosting:secrets:set,appdistribution:distribute        | add
    appdistribution:testers:add,database:push,setup:web,experiments:enable | add
    apphosting:secrets:grantaccess,apps:android:sha:create   | add
    deploy,hosting:clone,database:update,database:settings:set | change
    firestore:databases:update,ext:update,remoteconfig:rollback,target:clear | change
    target:remove,functions:artifacts:setpolicy,dataconnect:sql:migrate | change
    experiments:disable,apphosting:backends:update           | change
    firestore:backups:schedules:update,firestore:databases:restore | change
    functions:config:clone,functions:config:migrate          | change
    functions:config:unset                                   | destroy data-loss
    database:remove                                          | destroy data-loss | irreversible
      # The data at this path of the database is deleted.
    database:set                                             | destroy data-loss  # The data at this path of the database is replaced.
    firestore:delete                                         | destroy data-loss | irreversible
    firestore:databases:delete,firestore:bulkdelete          | destroy data-loss
    firestore:databases:bulkdelete                           | destroy data-loss
    firestore:backups:delete,firestore:backups:schedules:delete | destroy guard-removal
    ext:uninstall                                            | destroy guard-removal
    functions:delete,hosting:disable,hosting:channel:delete  | destroy outage
    hosting:sites:delete,apphosting:backends:delete          | destroy outage
    dataconnect:services:delete,database:instances:disable   | destroy outage
    database:instances:delete,functions:secrets:destroy      | destroy data-loss
    functions:secrets:prune                                  | destroy data-loss
    appdistribution:testers:remove,apps:android:sha:delete   | destroy access-loss
    apphosting:secrets:revoke,appdistribution:testers:delete | destroy access-loss
    appdistribution:groups:delete,appdistribution:group:delete | destroy access-loss
    apps:delete,projects:delete                              | destroy data-loss,outage
  `,
  otherwise: 'verbs',
});
