import { commandTool } from './cli/command-tool';

/** Amazon ECS CLI. */
export const ecsCli = commandTool({
  names: ['ecs-cli'], provider: 'ecs', source: 'Amazon ECS Developer Guide, "Amazon ECS CLI command line reference"',
  valued: `--cluster -c --region -r --cluster-config --ecs-profile --aws-profile --file -f --ecs-params --project-name -p --keypair
    --size --instance-type --vpc --subnets --security-group --image-id --launch-type --capability-iam --registry-id --role --role-arn
    --timeout --desired-count --deployment-max-percent --deployment-min-healthy-percent --task-id --config-name --profile-name
    --access-key --secret-key --target-groups`,
  flags: '--force --verbose', guards: '--force',
  where: { region: '--region -r AWS_REGION', profile: '--aws-profile AWS_PROFILE', cluster: '--cluster -c' },
  commands: `
    ps,images,logs,check-attributes,help,license,configure | read
    compose ps                                             | read
    compose service ps                                     | read
    up,push,pull,registry-creds                            | add
    configure profile,migrate,default                      | add
    compose create,up,start,run                            | add
    compose service create,up,start                        | add
    scale                                                  | change
    compose scale                                          | change
    compose service scale                                  | change
    scale +--size=0                                        | destroy outage
    down                                                   | destroy data-loss,outage  # The cluster and its instances are deleted.
    compose stop,down,rm,delete                            | destroy outage
    compose service stop,down,rm,delete                    | destroy outage
  `,
  otherwise: 'verbs',
});
