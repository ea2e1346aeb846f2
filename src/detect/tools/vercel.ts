import { commandTool } from './cli/command-tool';

/** Vercel CLI. */
export const vercel = commandTool({
  names: ['vercel', 'vc', 'now'], provider: 'vercel', source: 'Vercel documentation, "Vercel CLI Overview" and its commands',
  valued: `--token -t --scope -S --team -T --cwd -A --local-config --global-config -Q --name -n --env -e --build-env -b --meta -m
    --regions --target --environment --git-branch --project --limit --since --until --output -o --format --timeout --next -N --value
    --status --level --query --listen -l`,
  flags: '--yes -y --prod --force -f --debug -d --safe -s --all --confirm -c --public --no-wait --sensitive --prebuilt --cache',
  guards: '--yes -y --force -f --confirm', where: { scope: '--scope -S --team', project: '--project VERCEL_PROJECT_ID' },
  commands: `
    ls,list,inspect,logs,log,whoami,switch,bisect,build,dev,develop,help | read
    pull,login,logout,git,link,telemetry,curl,httpstat,open,cache,guidance | read
    mcp,api,metrics,usage,contract,activity,integration-resource,sandbox | read
    project ls,list,inspect                              | read
    projects ls                                          | read
    env ls,list,pull,run                                 | read
    domains ls,inspect,price,check                       | read
    dns ls                                               | read
    certs ls                                             | read
    alias ls,list                                        | read
    teams ls,list,switch                                 | read
    integration list,open,balance                        | read
    target list                                          | read
    blob list,get                                        | read
    blob store get,list                                  | read
    rolling-release fetch                                | read
    flags ls,inspect                                     | read
    deploy,init,redeploy                                 | add
    project add                                          | add
    alias set                                            | add
    env add                                              | add
    dns add,import                                       | add
    domains add,buy,transfer-in                          | add
    certs issue,add                                      | add
    secrets add                                          | add
    integration add,install                              | add
    blob put,copy,store                                  | add
    blob store create,add                                | add
    teams add,invite                                     | add
    git connect                                          | add
    alias !rm                                            | add
    promote,project,alias,target,microfrontends,webhooks | change
    env update                                           | change
    domains move                                         | change
    rolling-release configure,start,approve,complete     | change
    integration update                                   | change
    git disconnect                                       | change
    rollback                                             | destroy outage
    rolling-release abort                                | destroy outage
    remove,rm                                            | destroy data-loss,outage
      # The deployments, or all of the project with its addresses, are deleted.
    project rm,remove                                    | destroy data-loss,outage | irreversible
    projects rm,remove                                   | destroy data-loss,outage | irreversible
    domains rm,remove,transfer                           | destroy identity-loss
    dns rm,remove                                        | destroy identity-loss
    alias rm,remove                                      | destroy identity-loss
    certs rm,remove                                      | destroy identity-loss
    env rm,remove                                        | destroy access-loss
    secrets rm,remove,rename                             | destroy access-loss
    teams rm,remove                                      | destroy access-loss
    integration remove                                   | destroy data-loss
    integration-resource remove,disconnect,rm            | destroy data-loss
    blob del,delete                                      | destroy data-loss
    blob store remove,rm,delete                          | destroy data-loss
    cache dangerously-delete                             | destroy data-loss
    sandbox rm,remove                                    | destroy data-loss
    cache purge,invalidate                               | change
    flags rm,disable                                     | destroy guard-removal
  `,
  otherwise: 'quiet',
});
