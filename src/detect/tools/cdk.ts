import { commandTool } from './cli/command-tool';

/** The AWS CDK's CLI. A deployment is a CloudFormation update: only its change set tells what it replaces. */
export const cdk = commandTool({
  names: ['cdk', 'aws-cdk', 'cdklocal'], provider: 'cdk', source: 'AWS CDK Developer Guide, "AWS CDK CLI reference"',
  valued: '--app -a --context -c --plugin -p --profile --output -o --role-arn -r --toolkit-stack-name --region --require-approval --change-set-name --parameters --outputs-file -O --concurrency --build-exclude -E --tags -t --from-path --from-stack --stack-name --account --language -l --resource-mapping -m --trust --cloudformation-execution-policies --method --template --proxy --ca-bundle-path --notification-arns --hotswap-mode --progress --type --rollback-buffer-days --created-buffer-days --bootstrap-stack-name',
  flags: '--force -f --all --exclusively -e --hotswap --hotswap-fallback --no-rollback -R --rollback --require-approval=never --execute --no-execute --yes -y',
  guards: '--force -f --require-approval --no-rollback --yes -y', where: { profile: '--profile AWS_PROFILE', region: '--region AWS_REGION', account: '--account' },
  commands: `
read synth|synthesize; diff; list|ls; doctor; docs|doc; metadata; notices; acknowledge|ack; context; drift; flags; cli-telemetry; version
add init; bootstrap; import; migrate
read deploy +--no-execute; deploy +--method=prepare-change-set
read deploy +--execute=false
plan deploy; watch
kill:data,out destroy ~recover what has RemovalPolicy RETAIN or SNAPSHOT stays # The stacks are deleted with all that has no RemovalPolicy RETAIN.
mod rollback; refactor
kill:data gc # Assets that no stack seems to use are deleted.
kill:data orphan
mod context +--clear|--reset|-e`,
  otherwise: 'unknown',
  safer: (call) => (call.path[0] === 'destroy' ? { title: 'See first what is in the stacks (cdk list --long)', replace: 'cdk list --long' } : undefined),
});
