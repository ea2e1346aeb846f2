import { commandTool } from './cli/command-tool';

/** Railway CLI. */
export const railway = commandTool({
names: ['railway'], provider: 'railway', source: 'Railway documentation, "CLI API reference"',
  valued: '--service -s --environment -e --project -p --projectId --name -n --template -t --database -d --image --mount-path -m --volume -v --port --lines --filter --json-path --region --workspace -w --repo -r --team --variables --set --set-from-stdin --deployment --session',
  flags: '--yes -y --detach --ci --skip-deploys --json --kv --build --deployment', guards: '--yes -y', where: { service: '--service -s RAILWAY_SERVICE', environment: '--environment -e RAILWAY_ENVIRONMENT', project: '--project -p' },
  commands: `
read status; logs; list; whoami; variables !--set !--set-from-stdin; vars; open; docs; domain; environment link; environment config; link; unlink; login; logout; completion; shell; connect; deployment list; volume list; service status; ssh; starship; service logs; service; functions list; function list; metrics; usage; check_updates; project list|link; env; environment; project; variable list; service link
runs run
add init; add; up; deploy; environment new; volume add; functions new; function new; dev; develop; scale; upgrade; service add; project new|create
mod variables +--set|--set-from-stdin; variable set; redeploy; service redeploy; volume update|attach; functions push|link; function push|link; environment edit; scale; config
kill:out down; service delete; restart; service restart; volume detach; deployment remove; functions delete; function delete # The last deployment is taken down.
kill:data,out environment delete|remove; project delete; delete ~recover a project within 48 hours by the mail that Railway sends
kill:data volume delete|remove|rm ~gone # The volume and its backups are deleted.
kill:access variable delete; variables delete; vars delete
kill:data service delete`,
  otherwise: 'verbs', stopsAt: (words) => words[0]?.value === 'run' && words.length > 1,
});
