import { commandTool } from './cli/command-tool';

/** aws-nuke: deletes everything in an account. Without --no-dry-run it only lists. */
export const awsNuke = commandTool({
  names: ['aws-nuke'], provider: 'aws-nuke', source: 'aws-nuke documentation, "Options" and "Usage"',
  valued: `--config -c --profile --access-key-id --secret-access-key --session-token --assume-role-arn --target -t --exclude -e
    --cloud-control --region --default-region --force-sleep --log-level -l --include --exclude-resource --max-wait-retries
    --feature-flag --assume-role-session-name --assume-role-external-id`,
  flags: '--no-dry-run --force --quiet -q --run', guards: '--no-dry-run --force --no-prompt --prompt-delay',
  where: { profile: '--profile AWS_PROFILE', region: '--region --default-region' },
  commands: `
    resource-types,version,explain-config,explain-account,config,completion | read
    +--no-dry-run          | destroy data-loss,outage | irreversible
      # Everything in the account is deleted that its configuration does not spare.
    nuke,run +--no-dry-run | destroy data-loss,outage | irreversible
      # Everything in the account is deleted that its configuration does not spare.
    nuke,run               | read
  `,
  otherwise: 'unknown',
});
