import { commandTool } from './cli/command-tool';

/** cloud-nuke: deletes what is in an AWS account. */
export const cloudNuke = commandTool({
  names: ['cloud-nuke'], provider: 'cloud-nuke', source: 'cloud-nuke README, "Usage"',
  valued: `--region --exclude-region --older-than --newer-than --resource-type --exclude-resource-type --config --log-level --timeout
    --exclude-after --vpc-id --output-format --output-file`,
  flags: '--force --list-resource-types --delete-unaliased-kms-keys', harmless: '--dry-run --list-resource-types',
  guards: '--force --delete-unaliased-kms-keys', where: { region: '--region', profile: 'AWS_PROFILE' },
  commands: `
    inspect-aws,inspect-gcp,help | read
    aws,gcp                      | destroy data-loss,outage | irreversible
      # Everything in the account is deleted that its options do not spare.
    defaults-aws                 | destroy data-loss,outage  # The default networks and security groups of every region are deleted.
  `,
  otherwise: 'unknown',
});
