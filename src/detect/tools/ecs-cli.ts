import { commandTool } from './cli/command-tool';

/** Amazon ECS CLI. */
export const ecsCli = commandTool({
names: ['ecs-cli'], provider: 'ecs', source: 'Amazon ECS Developer Guide, "Amazon ECS CLI command line reference"',
  valued: '--cluster -c --region -r --cluster-config --ecs-profile --aws-profile --file -f --ecs-params --project-name -p --keypair --size --instance-type --vpc --subnets --security-group --image-id --launch-type --capability-iam --registry-id --role --role-arn --timeout --desired-count --deployment-max-percent --deployment-min-healthy-percent --task-id --config-name --profile-name --access-key --secret-key --target-groups',
  flags: '--force --verbose', guards: '--force', where: { region: '--region -r AWS_REGION', profile: '--aws-profile AWS_PROFILE', cluster: '--cluster -c' },
  commands: `
read ps; images; logs; check-attributes; compose ps; compose service ps; help; license; configure
add up; push; pull; registry-creds; configure profile|migrate|default; compose create|up|start|run; compose service create|up|start
mod scale; compose scale; compose service scale
kill:out scale +--size=0
kill:data,out down # The cluster and its instances are deleted.
kill:out compose stop|down|rm|delete; compose service stop|down|rm|delete`,
  otherwise: 'verbs',
});
