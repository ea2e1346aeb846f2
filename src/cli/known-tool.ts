import { WRAPPERS } from '../detect/languages/shell/wrappers';
import { toolNamed } from '../detect/tools/registry';
import { UsageError } from './usage';

/**
 * Lets pass a command whose tool is known, whether a shim stands before that tool or not.
 * @param whatFor how the sentence goes on for a command that nothing is known of, with the next step.
 * @throws UsageError with why it is not known and what to write instead.
 */
export function mustBeKnown(name: string, whatFor: string): void {
  if (toolNamed(name)) return;
  const base = name.slice(name.lastIndexOf('/') + 1);
  if (WRAPPERS.has(base)) {
    throw new UsageError(
      `'${name}' starts another command; that one is asked about. Write '${base}' before 'holdpoint' and the other command behind '--'.`,
    );
  }
  throw new UsageError(`Holdpoint does not know what '${name}' does: ${whatFor}`);
}
