import type { CliCall } from '../cli/call';
import { commandTool } from '../cli/command-tool';

/** Options with which a deployment changes something though its change set is only made. Source: aws-cdk-cli, packages/aws-cdk/lib/cli/cli.ts, determineDeploymentMethod. */
const DEPLOYS = ['--hotswap', '--hotswap-fallback', '--hotswapFallback', '--watch', '-m', '--method', '--no-execute', '--execute'];

/**
 * Whether a deployment only makes a change set: one switch that says so, and nothing else about it, neither in the words nor in the
 * variables that set options (`.env('CDK')`). A method that is given twice is a list to yargs, and then it deploys.
 * Source: aws-cdk-cli, packages/aws-cdk/lib/cli/parse-command-line-arguments.ts; yargs-parser, setKey and its boolean negation, which knows no value.
 */
function onlyPrepares({ options, invocation, detect }: CliCall): boolean {
  const about = options.filter((o) => DEPLOYS.includes(o.name));
  const [one, ...more] = about;
  if (one === undefined || more.length > 0 || ['CDK_EXECUTE', 'CDK_METHOD', 'CDK_HOTSWAP', 'CDK_HOTSWAP_FALLBACK', 'CDK_WATCH'].some((name) => invocation.env.has(name) || detect.env?.[name] !== undefined)) return false;
  if (one.name === '--no-execute') return one.value === undefined;
  return (one.name === '--execute' && one.value?.value === 'false') || (/^(?:--method|-m)$/.test(one.name) && one.value?.value === 'prepare-change-set');
}

/** The AWS CDK's CLI. A deployment is a CloudFormation update: only its change set tells what it replaces. */
export const cdk = commandTool({
  names: ['cdk', 'aws-cdk', 'cdklocal'], provider: 'cdk', source: 'AWS CDK Developer Guide, "AWS CDK CLI reference"',
  valued: `--app -a --context -c --plugin -p --profile --output -o --role-arn -r --toolkit-stack-name --region --require-approval
    --change-set-name --parameters --outputs-file -O --concurrency --build-exclude -E --tags -t --from-path --from-stack --stack-name
    --account --language -l --resource-mapping -m --trust --cloudformation-execution-policies --method --template --proxy
    --ca-bundle-path --notification-arns --hotswap-mode --progress --type --rollback-buffer-days --created-buffer-days
    --bootstrap-stack-name`,
  flags: `--force -f --all --exclusively -e --hotswap --hotswap-fallback --no-rollback -R --rollback --require-approval=never
    --no-execute --watch --yes -y`,
  guards: '--force -f --require-approval --no-rollback --yes -y',
  where: { profile: '--profile AWS_PROFILE', region: '--region AWS_REGION', account: '--account' },
  commands: `
    synth,synthesize,diff,list,ls,doctor,docs,doc,metadata,notices | read
    acknowledge,ack,context,drift,flags,cli-telemetry,version | read
    init,migrate                  | add
    bootstrap                     | add
    bootstrap +--template,--toolkit-stack-name,--trust,--trust-for-lookup,--cloudformation-execution-policies,
      --public-access-block-configuration,--custom-permissions-boundary,--qualifier | ask
      # It updates a stack: whatever stands under its name becomes what the template says, or others get the rights to deploy.
    import                        | add
    import +--force               | ask  # It goes on although the comparison with what stands there fails.
    deploy,watch                  | plan
    destroy                       | destroy data-loss,outage | recoverable: what has RemovalPolicy RETAIN or SNAPSHOT stays
      # The stacks are deleted with all that has no RemovalPolicy RETAIN.
    rollback,refactor             | change
    rollback +--force,-f,--orphan | ask
      # Resources that do not roll back are given up: they stay as they are, and the stack no longer knows how.
    refactor +--force             | ask
    gc +--action=print            | read
    gc                            | destroy data-loss  # Assets that no stack seems to use are deleted.
    orphan                        | destroy data-loss
    context +--clear,--reset,-e   | change
  `,
  otherwise: 'unknown',
  refine: (call, finding) => (call.path[0] === 'deploy' && onlyPrepares(call) ? [{ ...finding, previewDecides: false, mutation: 'none', effects: [], guardsOff: [], reason: 'cdk: Only makes change sets: no resource changes.' }] : undefined),
  safer: (call) => (call.path[0] === 'destroy' ? { title: 'See first what is in the stacks (cdk list --long)', replace: 'cdk list --long' } : undefined),
});
