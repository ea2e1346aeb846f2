import { commandTool } from './cli/command-tool';

/** AWS Copilot. */
export const copilot = commandTool({
names: ['copilot'], provider: 'copilot', source: 'AWS Copilot documentation, "Commands"',
  valued: '--app -a --env -e --name -n --svc-type -t --dockerfile -d --image -i --port --profile --region --schedule -s --timeout --retries --storage-type --engine --command -c --container --task-id --tag --workload -w --task-group-name --cluster --follow --since --limit --resource-tags --output-dir --url --git-branch -b --source-string --json-path',
  flags: '--yes --force --prod --default-config --no-rollback --allow-downgrade', guards: '--yes --force --no-rollback --allow-downgrade', where: { app: '--app -a', environment: '--env -e' }, targets: '--name -n --env -e --app -a',
  commands: `
read app ls|list|show; env ls|show|override; svc ls|show|status|logs|package|override; job ls|logs|package|override; pipeline ls|show|status|override; storage; docs; version; completion; task logs; env package; job show
add init; app init|upgrade; env init|upgrade; svc init; job init; pipeline init; storage init; secret init
plan deploy; svc deploy; job deploy; env deploy; pipeline deploy; task run; job run; run; app deploy
kill:out svc pause ~undo copilot svc resume # The service stops answering.
mod svc resume; pipeline update
kill:data,out app delete ~gone # The application with all its environments, services and data stores is deleted.
kill:data,out env delete; svc delete; job delete; task delete; pipeline delete ~gone
runs svc exec; task exec`,
  otherwise: 'verbs', runsText: '--command -c',
});
