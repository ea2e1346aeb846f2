import { awsLine } from '../detect/tools/aws/command-line';
import type { ChangeSetRef } from './request';

/**
 * What must be done even if this process ends: noted by the caller before the change set is made. Its argv holds only the
 * way to the account (profile, endpoint, …), no parameter and no credential, so that it may be written to disk.
 */
export interface CleanupTask {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly changeSet: ChangeSetRef;
}

/** The task for a change set that a preview of this command makes. */
export function cleanupTask(command: { readonly argv: readonly string[]; readonly cwd: string }, env: Readonly<Record<string, string | undefined>>, changeSet: ChangeSetRef): CleanupTask {
  const { globals } = awsLine(command.argv);
  const argv = ['aws', 'cloudformation', 'delete-change-set', '--region', changeSet.region];
  const valued: readonly (readonly [string, string | undefined])[] = [
    // Static keys in the environment win over a profile from the environment; they can't be noted, the profile can.
    ['profile', globals.get('profile')?.value ?? (env['AWS_ACCESS_KEY_ID'] ? undefined : env['AWS_DEFAULT_PROFILE'] || env['AWS_PROFILE'] || undefined)],
    ['endpoint-url', globals.get('endpoint-url')?.value ?? (env['AWS_ENDPOINT_URL_CLOUDFORMATION'] || env['AWS_ENDPOINT_URL'] || undefined)],
    ['ca-bundle', globals.get('ca-bundle')?.value ?? (env['AWS_CA_BUNDLE'] || undefined)],
  ];
  for (const [name, value] of valued) if (value !== undefined) argv.push(`--${name}`, value);
  for (const flag of ['no-verify-ssl', 'no-sign-request']) if (globals.has(flag)) argv.push(`--${flag}`);
  return { argv, cwd: command.cwd, changeSet };
}
