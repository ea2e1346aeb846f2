import { fileText } from './cli/call';
import { commandTool } from './cli/command-tool';
import { sqlFindings } from './cli/sql-findings';

/** Wrangler, for Cloudflare Workers, KV, R2, D1 and the rest of the developer platform. */
export const wrangler = commandTool({
  names: ['wrangler', 'wrangler2'], provider: 'cloudflare', source: 'Cloudflare developer documentation, "Wrangler commands"',
  valued: `--config -c --env -e --cwd --name --binding --namespace-id --preview-id --file -f --command --message -m --path
    --compatibility-date --account-id --tag --bucket --jurisdiction -J --storage-class --location --branch --project-name --commit-hash
    --percentage --timestamp --bookmark --event-type --queue --format --search --status --sampling-rate --port --ip --metadata --ttl
    --expiration --expiration-ttl --prefix --id --domain --zone-id --days --date --condition --production-branch --output --env-file
    --version-id --secret`,
  flags: '--local --remote --yes -y --force --skip-confirmation --json --preview --minify --no-bundle --keep-vars --latest --all',
  harmless: '--dry-run', guards: '--force --yes -y --skip-confirmation',
  where: { environment: '--env -e CLOUDFLARE_ENV', account: 'CLOUDFLARE_ACCOUNT_ID' },
  targets: '--name --namespace-id --binding --project-name',
  commands: `
    whoami,login,logout,dev,tail,types,init,generate,docs,secret:list,ai | read
    build,check,telemetry,secrets-store,browser,triggers,setup | read
    deployments list,status,view                           | read
    versions list,view                                     | read
    d1 list,info,insights,export,time-travel info          | read
    d1 migrations list                                     | read
    r2 bucket list,info                                    | read
    r2 object get                                          | read
    r2 bucket lifecycle list                               | read
    r2 sql                                                 | read
    kv namespace list                                      | read
    kv key list,get                                        | read
    kv:key list,get                                        | read
    kv:namespace list                                      | read
    secret list                                            | read
    queues list,info                                       | read
    pages dev                                              | read
    pages project list                                     | read
    pages deployment list,tail                             | read
    pages secret list                                      | read
    vectorize list,get,query,info,list-vectors,get-vectors | read
    hyperdrive list,get                                    | read
    check startup                                          | read
    mtls-certificate list                                  | read
    pipelines list,get                                     | read
    workflows list,describe                                | read
    workflows instances list,describe                      | read
    containers list,info,images                            | read
    pages functions build                                  | read
    dispatch-namespace list,get                            | read
    secrets-store store,secret list,get                    | read
    cert list                                              | read
    r2 bucket * list,get                                   | read
    r2 bucket notification list                            | read
    queues consumer list                                   | read
    queues subscription list                               | read
    vpc service list,get                                   | read
    deploy,publish,secret:put,secret:bulk,cloudchamber,complete | add
    versions upload                                        | add
    d1 create                                              | add
    d1 migrations create                                   | add
    r2 bucket create                                       | add
    r2 object put                                          | add
    kv namespace create                                    | add
    kv key put                                             | add
    kv bulk put,get                                        | add
    kv:namespace create                                    | add
    kv:key put                                             | add
    kv:bulk put                                            | add
    secret put,bulk                                        | add
    queues create,resume-delivery                          | add
    queues consumer add                                    | add
    pages project create                                   | add
    pages deploy,publish,download                          | add
    pages secret put,bulk                                  | add
    vectorize create,insert,upsert,create-metadata-index   | add
    hyperdrive create                                      | add
    mtls-certificate upload                                | add
    pipelines create                                       | add
    workflows trigger                                      | add
    pages deployment create                                | add
    dispatch-namespace create                              | add
    containers build,push                                  | add
    cert upload                                            | add
    r2 bucket * add,enable                                 | add
    secrets-store secret create,update,duplicate           | add
    secrets-store store create                             | add
    triggers deploy                                        | add
    versions secret put,bulk                               | add
    d1 migrations apply +--local                           | add
    d1 execute +--local                                    | add
    versions deploy,secret                                 | change
    hyperdrive update                                      | change
    d1 migrations apply                                    | change
    pipelines update                                       | change
    queues update                                          | change
    dispatch-namespace rename                              | change
    r2 bucket update                                       | change
    r2 bucket cors set                                     | change
    workflows instances resume,restart                     | change
    r2 bucket sippy enable                                 | change
    rollback                                               | destroy outage
    queues pause-delivery                                  | destroy outage
    workflows instances pause,terminate,terminate-all      | destroy outage
    delete                                                 | destroy data-loss,outage | irreversible
      # The Worker is deleted, with its Durable Objects and their data.
    d1 delete                                              | destroy data-loss | irreversible
    d1 time-travel restore                                 | destroy data-loss
    r2 bucket delete                                       | destroy data-loss
    r2 object delete                                       | destroy data-loss
    kv namespace delete                                    | destroy data-loss
    kv key delete                                          | destroy data-loss
    kv bulk delete                                         | destroy data-loss
    kv:namespace delete                                    | destroy data-loss
    kv:key delete                                          | destroy data-loss
    kv:bulk delete                                         | destroy data-loss
    queues delete,purge                                    | destroy data-loss
    vectorize delete,delete-vectors,delete-metadata-index  | destroy data-loss
    workflows delete                                       | destroy data-loss
    pipelines delete                                       | destroy data-loss
    pipelines * delete                                     | destroy data-loss
    secrets-store store delete                             | destroy data-loss
    pages project delete                                   | destroy data-loss,outage
    pages deployment delete                                | destroy data-loss,outage
    dispatch-namespace delete                              | destroy data-loss,outage
    containers delete                                      | destroy data-loss,outage
    containers images delete                               | destroy data-loss,outage
    r2 bucket lifecycle add,set                            | destroy data-loss  # Its rules may delete objects by age.
    r2 bucket lock remove,set                              | destroy guard-removal
    r2 bucket lifecycle remove                             | destroy guard-removal
    r2 bucket notification delete                          | destroy guard-removal
    r2 bucket dev-url enable                               | destroy exposure
    secret delete                                          | destroy access-loss
    secret:delete                                          | destroy access-loss
    pages secret delete                                    | destroy access-loss
    mtls-certificate delete                                | destroy access-loss
    cert delete                                            | destroy access-loss
    secrets-store secret delete                            | destroy access-loss
    versions secret delete                                 | destroy access-loss
    hyperdrive delete                                      | destroy access-loss
    queues consumer remove                                 | destroy outage
    queues consumer * remove                               | destroy outage
    r2 bucket * remove,disable,delete                      | destroy outage
    r2 bucket domain remove                                | destroy outage
    queues subscription delete                             | destroy outage
    vpc service delete                                     | destroy outage
    d1 execute                                             | ask
  `,
  otherwise: 'verbs',
  refine: (call, finding) => {
    if (call.path.slice(0, 2).join(' ') !== 'd1 execute' || call.options.some((o) => o.name === '--local')) return undefined;
    const given = call.options.find((o) => o.name === '--command')?.value;
    const file = call.options.find((o) => o.name === '--file' || o.name === '-f')?.value?.value;
    const text = given ? given.value : file === undefined ? undefined : fileText(file, call);
    return sqlFindings(text ?? '', text === undefined, call, finding, { dialects: ['sqlite'] });
  },
});
