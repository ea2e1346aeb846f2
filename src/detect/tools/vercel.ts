import { commandTool } from './cli/command-tool';

/** Vercel CLI. */
export const vercel = commandTool({
names: ['vercel', 'vc', 'now'], provider: 'vercel', source: 'Vercel documentation, "Vercel CLI Overview" and its commands',
  valued: '--token -t --scope -S --team -T --cwd -A --local-config --global-config -Q --name -n --env -e --build-env -b --meta -m --regions --target --environment --git-branch --project --limit --since --until --output -o --format --timeout --next -N --value --status --level --query --listen -l',
  flags: '--yes -y --prod --force -f --debug -d --safe -s --all --confirm -c --public --no-wait --sensitive --prebuilt --cache', guards: '--yes -y --force -f --confirm', where: { scope: '--scope -S --team', project: '--project VERCEL_PROJECT_ID' },
  commands: `
read ls|list; inspect; logs|log; whoami; project ls|list|inspect; projects ls; env ls|list|pull|run; env ls; domains ls|inspect|price|check; dns ls; certs ls; alias ls|list; teams ls|list|switch; switch; bisect; build; dev|develop; help; pull; login; logout; git; link; telemetry; integration list|open|balance; target list; blob list|get; blob store get|list; rolling-release fetch; curl; httpstat; open; cache; flags ls|inspect; guidance; mcp; api; metrics; usage; contract; activity; integration-resource; sandbox
add deploy; project add; alias set; env add; dns add|import; domains add|buy|transfer-in; certs issue|add; secrets add; integration add|install; init; blob put|copy|store; blob store create|add; redeploy; teams add|invite; git connect
add alias !rm
mod promote; env update; domains move; project; alias; rolling-release configure|start|approve|complete; target; integration update; git disconnect; microfrontends; webhooks
kill:out rollback; rolling-release abort
kill:data,out remove|rm # The deployments, or all of the project with its addresses, are deleted.
kill:data,out project rm|remove; projects rm|remove ~gone
kill:id domains rm|remove|transfer; dns rm|remove; alias rm|remove; certs rm|remove
kill:access env rm|remove; secrets rm|remove|rename; teams rm|remove
kill:data integration remove; integration-resource remove|disconnect; blob del|delete; blob store remove|rm|delete; blob store delete; cache purge|invalidate|dangerously-delete; integration-resource rm; sandbox rm|remove
mod cache purge|invalidate
kill:guard flags rm|disable`,
  otherwise: 'quiet',
});
