import { commandTool } from '../cli/command-tool';

/** AWS SAM CLI. A deployment is a CloudFormation update. */
export const sam = commandTool({
  names: ['sam', 'samlocal'], provider: 'sam', source: 'AWS SAM Developer Guide, "AWS SAM CLI command reference"',
  valued: `--stack-name --region --profile --template-file -t --template --s3-bucket --s3-prefix --capabilities --parameter-overrides
    --config-file --config-env --image-repository --image-repositories --role-arn --kms-key-id --notification-arns --tags
    --signing-profiles --metadata --base-dir -s --build-dir -b --cache-dir --container-env-var --event -e --name -n --filter
    --start-time --end-time --output --resource-id --code --watch-exclude --on-failure --max-wait-duration -p --port --runtime -r
    --dependency-manager -d --app-template --location -l --output-dir -o --env-vars`,
  flags: `--no-prompts --guided -g --no-confirm-changeset --force-upload --no-execute-changeset --resolve-s3 --save-params
    --resolve-image-repos`,
  guards: '--no-prompts --no-confirm-changeset', where: { profile: '--profile AWS_PROFILE', region: '--region AWS_REGION' },
  targets: '--stack-name',
  commands: `
    validate,build,local,list,logs,traces,docs,test-runner | read
    local invoke,start-api,start-lambda,generate-event     | read
    init,package,publish                                   | add
    pipeline init,bootstrap                                | add
    deploy +--no-execute-changeset                         | read
    deploy,sync                                            | plan
    sync --code                                            | plan
    remote invoke                                          | job  # It calls a deployed function, and what that does is not seen here.
    delete                                                 | destroy data-loss,outage
      # The stack is deleted with all that has no DeletionPolicy Retain.
  `,
  otherwise: 'unknown', lastCounts: true,
});
