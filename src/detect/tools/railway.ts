import { commandTool } from './cli/command-tool';
import { sqlHandedIn } from './cli/sql-findings';

/** Railway CLI. */
export const railway = commandTool({
  names: ['railway'], provider: 'railway', source: 'Railway documentation, "CLI API reference"',
  valued: `--service -s --environment -e --project -p --projectId --name -n --template -t --database -d --image --mount-path -m --volume
    -v --port --lines --filter --json-path --region --workspace -w --repo -r --team --variables --set --set-from-stdin --deployment
    --session`,
  flags: '--yes -y --detach --ci --skip-deploys --json --kv --build --deployment', guards: '--yes -y',
  where: { service: '--service -s RAILWAY_SERVICE', environment: '--environment -e RAILWAY_ENVIRONMENT', project: '--project -p' },
  commands: `
    status,logs,list,whoami,vars,open,docs,domain,link,unlink,login,logout | read
    completion,shell,ssh,starship,service,metrics,usage | read
    check_updates,env,environment,project  | read
    variables !--set !--set-from-stdin     | read
    environment link,config                | read
    deployment list                        | read
    volume list                            | read
    service status,logs,link               | read
    functions list                         | read
    function list                          | read
    project list,link                      | read
    variable list                          | read
    run                                    | runs
    init,add,up,deploy,dev,develop,upgrade | add
    environment new                        | add
    volume add                             | add
    functions new                          | add
    function new                           | add
    service add                            | add
    project new,create                     | add
    variables +--set,--set-from-stdin      | change
    variable set                           | change
    redeploy,scale,config,connect          | change
    service redeploy                       | change
    volume update,attach                   | change
    functions push,link                    | change
    function push,link                     | change
    environment edit                       | change
    down,restart                           | destroy outage  # The last deployment is taken down.
    service restart                        | destroy outage  # The last deployment is taken down.
    volume detach                          | destroy outage  # The last deployment is taken down.
    deployment remove                      | destroy outage  # The last deployment is taken down.
    functions delete                       | destroy outage  # The last deployment is taken down.
    function delete                        | destroy outage  # The last deployment is taken down.
    environment delete,remove              | destroy data-loss,outage
      | recoverable: a project within 48 hours by the mail that Railway sends
    project delete                         | destroy data-loss,outage
      | recoverable: a project within 48 hours by the mail that Railway sends
    delete                                 | destroy data-loss,outage
      | recoverable: a project within 48 hours by the mail that Railway sends
    volume delete,remove,rm                | destroy data-loss | irreversible  # The volume and its backups are deleted.
    variable delete                        | destroy access-loss
    variables delete                       | destroy access-loss
    vars delete                            | destroy access-loss
    service delete                         | destroy data-loss,outage
  `,
  otherwise: 'verbs',
  // A client of whatever database the service is. Source: Railway documentation, "connect".
  refine: (call, finding) => (call.path[0] === 'connect' ? sqlHandedIn({}, call, {}) ?? [{ ...finding, mutation: 'none' }] : undefined),
  stopsAt: (words) => words[0]?.value === 'run' && words.length > 1,
});
