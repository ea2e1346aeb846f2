import { commandTool } from './cli/command-tool';

/** Firebase CLI. */
export const firebase = commandTool({
names: ['firebase', 'firebase-tools'], provider: 'firebase', source: 'Firebase documentation, "Firebase CLI reference"',
  valued: '--project -P --config -c --account --token --only --except --message -m --public -p --data -d --database --instance --region --site --app --output -o --limit --expires -e --size-limit --location --nonce --backup -b --retention -r --backend --service --schema',
  flags: '--force -f --non-interactive --json --debug --recursive -r --shallow --all-collections --confirm --disable-triggers --interactive -i -y --yes', harmless: '--dry-run', guards: '--force -f --non-interactive --confirm -y --yes', where: { project: '--project -P FIREBASE_PROJECT' },
  commands: `
read projects:list; apps:list|apps:sdkconfig; apps:sdkconfig; functions:list|functions:log|functions:config:get; functions:log; functions:config:get|functions:config:export; functions:config:export; functions:secrets:access|functions:secrets:get; functions:secrets:get; hosting:sites:list; hosting:sites:get; hosting:channel:list|hosting:channel:open; hosting:channel:open; hosting:clone +--help; database:get|database:profile|database:instances:list; database:profile; database:instances:list|database:settings:get; database:settings:get; firestore:indexes|firestore:databases:list|firestore:databases:get; firestore:databases:list; firestore:databases:get; firestore:backups:list; firestore:backups:get; firestore:backups:schedules:list; firestore:operations:list; firestore:locations; login|login:list|login:ci; login:list; login:ci; login:add; login:use; logout; use; open; help; serve; emulators:start|emulators:exec|emulators:export; emulators:exec; emulators:start; emulators:export; auth:export; ext|ext:list|ext:info; ext:list; ext:info; ext:export; target; setup:emulators:firestore; appdistribution:testers:list; appdistribution:group:list; appdistribution:groups:list; remoteconfig:get; remoteconfig:versions:list; experiments:list; apphosting:backends:list; apphosting:backends:get; apphosting:secrets:describe; crashlytics:symbols:upload; dataconnect:sdk:generate; dataconnect:services:list; dataconnect:sql:diff; dataconnect:sql:grant; internaltesting; mcp; studio:export; functions:shell; apps:android:sha:list; projects
runs emulators:exec
add init; projects:create; projects:addfirebase; apps:create; hosting:sites:create; hosting:channel:create; hosting:channel:deploy; database:instances:create; firestore:databases:create; firestore:backups:schedules:create; auth:import; ext:install; ext:configure; target:apply; functions:secrets:set; functions:config:set; apphosting:backends:create; apphosting:rollouts:create; apphosting:secrets:set; appdistribution:distribute; appdistribution:testers:add; database:push; setup:web; experiments:enable; apphosting:secrets:grantaccess; apps:android:sha:create
mod deploy; hosting:clone; database:update; database:settings:set; firestore:databases:update; ext:update; remoteconfig:rollback; target:clear; target:remove; functions:artifacts:setpolicy; dataconnect:sql:migrate; experiments:disable; apphosting:backends:update; firestore:backups:schedules:update; firestore:databases:restore; functions:config:clone; functions:config:migrate
kill:data functions:config:unset
kill:data database:remove ~gone # The data at this path of the database is deleted.
kill:data database:set # The data at this path of the database is replaced.
kill:data firestore:delete ~gone; firestore:databases:delete; firestore:bulkdelete; firestore:databases:bulkdelete
kill:guard firestore:backups:delete; firestore:backups:schedules:delete; ext:uninstall
kill:out functions:delete; hosting:disable; hosting:channel:delete; hosting:sites:delete; apphosting:backends:delete; dataconnect:services:delete; database:instances:disable
kill:data database:instances:delete; functions:secrets:destroy; functions:secrets:prune
kill:access appdistribution:testers:remove; apps:android:sha:delete; apphosting:secrets:revoke; appdistribution:testers:delete; appdistribution:groups:delete; appdistribution:group:delete
kill:data,out apps:delete; projects:delete`,
  otherwise: 'verbs',
});
