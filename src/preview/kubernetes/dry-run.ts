import { isOn, ownOptions, type KubeCommand } from './command';
import { inNamespace, type Place } from './kubectl';
import { SERVER_DRY_RUN } from './read-only';

/** Options that only change what is printed or how long kubectl waits, or that the preview asks for separately. */
const LEFT_OUT: readonly string[] = ['--dry-run', '--output', '--template', '--show-managed-fields', '--allow-missing-template-keys', '--wait', '--timeout', '--prune', '--prune-allowlist', '--applyset', '--all', '--cascade', '--grace-period', '--force'];
const OF_PRUNE: ReadonlySet<string> = new Set(['--prune', '--prune-allowlist', '--applyset', '--all']);

/** The same command as a server-side dry run. `apply --force` and its like are left out: with them kubectl refuses the dry run, and what it would force is told from the refusal. */
export function dryRunArgs(command: KubeCommand, place: Place, more: readonly string[], keep: readonly string[] = []): readonly string[] {
  const without = LEFT_OUT.filter((name) => !keep.includes(name) && !(command.path !== 'apply' && OF_PRUNE.has(name)));
  return [SERVER_DRY_RUN, ...ownOptions(command, without), ...(isOn(command, '--all-namespaces') ? [] : inNamespace(place.namespace)), ...command.words, ...more];
}
