import { commandTool } from './cli/command-tool';

/** AWS Copilot. */
export const copilot = commandTool({
  names: ['copilot'], provider: 'copilot', source: 'AWS Copilot documentation, "Commands"',
  valued: `--app -a --env -e --name -n --svc-type -t --dockerfile -d --image -i --port --profile --region --schedule -s --timeout
    --retries --storage-type --engine --command -c --container --task-id --tag --workload -w --task-group-name --cluster --follow
    --since --limit --resource-tags --output-dir --url --git-branch -b --source-string --json-path`,
  flags: '--yes --force --prod --default-config --no-rollback --allow-downgrade',
  guards: '--yes --force --no-rollback --allow-downgrade', where: { app: '--app -a', environment: '--env -e' },
  targets: '--name -n --env -e --app -a',
  commands: `
    app ls,list,show                         | read
    env ls,show,override,package             | read
    svc ls,show,status,logs,package,override | read
    job ls,logs,package,override,show        | read
    pipeline ls,show,status,override         | read
    storage,docs,version,completion          | read
    task logs                                | read
    init                                     | add
    app init,upgrade                         | add
    env init,upgrade                         | add
    svc init                                 | add
    job init                                 | add
    pipeline init                            | add
    storage init                             | add
    secret init                              | add
    deploy,run                               | plan
    svc deploy                               | plan
    job deploy,run                           | plan
    env deploy                               | plan
    pipeline deploy                          | plan
    task run                                 | plan
    app deploy                               | plan
    svc pause                                | destroy outage | reversible: copilot svc resume  # The service stops answering.
    svc resume                               | change
    pipeline update                          | change
    app delete                               | destroy data-loss,outage | irreversible
      # The application with all its environments, services and data stores is deleted.
    env delete                               | destroy data-loss,outage | irreversible
    svc delete                               | destroy data-loss,outage | irreversible
    job delete                               | destroy data-loss,outage | irreversible
    task delete                              | destroy data-loss,outage | irreversible
    pipeline delete                          | destroy data-loss,outage | irreversible
    svc exec                                 | runs
    task exec                                | runs
  `,
  otherwise: 'verbs', runsText: '--command -c',
});
