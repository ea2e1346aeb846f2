import { fileText } from './cli/call';
import { commandTool } from './cli/command-tool';
import { sqlFindings } from './cli/sql-findings';

/** Wrangler, for Cloudflare Workers, KV, R2, D1 and the rest of the developer platform. */
export const wrangler = commandTool({
names: ['wrangler', 'wrangler2'], provider: 'cloudflare', source: 'Cloudflare developer documentation, "Wrangler commands"',
  valued: '--config -c --env -e --cwd --name --binding --namespace-id --preview-id --file -f --command --message -m --path --compatibility-date --account-id --tag --bucket --jurisdiction -J --storage-class --location --branch --project-name --commit-hash --percentage --timestamp --bookmark --event-type --queue --format --search --status --sampling-rate --port --ip --metadata --ttl --expiration --expiration-ttl --prefix --id --domain --zone-id --days --date --condition --production-branch --output --env-file --version-id --secret',
  flags: '--local --remote --yes -y --force --skip-confirmation --json --preview --minify --no-bundle --keep-vars --latest --all', harmless: '--dry-run', guards: '--force --yes -y --skip-confirmation', where: { environment: '--env -e CLOUDFLARE_ENV', account: 'CLOUDFLARE_ACCOUNT_ID' }, targets: '--name --namespace-id --binding --project-name',
  commands: `
read whoami; login; logout; dev; tail; deployments list|status|view; versions list|view; types; init; generate; docs; d1 list|info|insights|export|time-travel info; d1 time-travel info; d1 migrations list; r2 bucket list|info; r2 object get; r2 bucket lifecycle list; r2 sql; kv namespace list; kv key list|get; kv:key list|get; kv:namespace list; secret list; secret:list; queues list|info; pages dev; pages project list; pages deployment list|tail; pages deployment tail; pages secret list; vectorize list|get|query|info|list-vectors|get-vectors; hyperdrive list|get; ai; build; check; check startup; mtls-certificate list; pipelines list|get; workflows list|describe; workflows instances list|describe; telemetry; containers list|info|images; pages functions build; dispatch-namespace list|get; secrets-store; secrets-store store|secret list|get; secrets-store secret list|get; cert list; r2 bucket * list|get; r2 bucket notification list; queues consumer list; queues subscription list; browser; triggers; vpc service list|get; setup
add deploy; publish; versions upload; d1 create; d1 migrations create; r2 bucket create; r2 object put; kv namespace create; kv key put; kv bulk put|get; kv:namespace create; kv:key put; kv:bulk put; secret put|bulk; secret:put; secret:bulk; queues create; queues consumer add; pages project create; pages deploy|publish; pages secret put|bulk; vectorize create|insert|upsert; vectorize create-metadata-index; hyperdrive create; mtls-certificate upload; pipelines create; workflows trigger; pages deployment create; pages download; dispatch-namespace create; containers build|push; cert upload; r2 bucket * add|enable; queues resume-delivery; cloudchamber; secrets-store secret create|update|duplicate; secrets-store store create; triggers deploy; versions secret put|bulk; d1 migrations apply +--local; d1 execute +--local; complete
mod versions deploy; hyperdrive update; d1 migrations apply; pipelines update; queues update; versions secret; dispatch-namespace rename; r2 bucket update; r2 bucket cors set; workflows instances resume|restart; r2 bucket sippy enable
kill:out rollback; queues pause-delivery; workflows instances pause|terminate|terminate-all
kill:data,out delete ~gone # The Worker is deleted, with its Durable Objects and their data.
kill:data d1 delete ~gone; d1 time-travel restore; r2 bucket delete; r2 object delete; kv namespace delete; kv key delete; kv bulk delete; kv:namespace delete; kv:key delete; kv:bulk delete; queues delete|purge; vectorize delete|delete-vectors|delete-metadata-index; workflows delete; pipelines delete; pipelines * delete; secrets-store store delete
kill:data,out pages project delete; pages deployment delete; dispatch-namespace delete; containers delete; containers images delete
kill:data r2 bucket lifecycle add|set # Its rules may delete objects by age.
kill:guard r2 bucket lock remove|set; r2 bucket lifecycle remove; r2 bucket notification delete
kill:open r2 bucket dev-url enable
kill:access secret delete; secret:delete; pages secret delete; mtls-certificate delete; cert delete; secrets-store secret delete; versions secret delete; hyperdrive delete
kill:out queues consumer remove; queues consumer * remove; r2 bucket * remove|disable|delete; r2 bucket domain remove; queues subscription delete; vpc service delete
ask d1 execute`,
  otherwise: 'verbs',
  refine: (call, finding) => {
    if (call.path.slice(0, 2).join(' ') !== 'd1 execute' || call.options.some((o) => o.name === '--local')) return undefined;
    const given = call.options.find((o) => o.name === '--command')?.value;
    const file = call.options.find((o) => o.name === '--file' || o.name === '-f')?.value?.value;
    const text = given ? given.value : file === undefined ? undefined : fileText(file, call);
    return sqlFindings(text ?? '', text === undefined, call, finding, { dialects: ['sqlite'] });
  },
});
