import type { Finding, Invocation, Word } from '../invocation';
import { found, targetsOf, type Subject } from './finding';
import { guardFile, switchedOff } from './guard-files';

/** A finding for a guard that a command takes away. */
export function guardRemoval(call: Subject, action: string, word: Word | undefined, reason: string): Finding {
  return found({ ...call, provider: 'holdpoint' }, { action, mutation: 'destructive', effects: ['guard-removal'], targets: word ? targetsOf([word], 'file') : [], reversibility: { kind: 'recoverable', how: 'put the file back from git, or let the extension write it again' }, reason });
}

/** A finding for a redirection into a file of a guard. */
export function redirectedIntoGuard(path: string, text: string, invocation: Invocation): Finding[] {
  const guard = guardFile(path);
  if (!guard) return [];
  const [off] = switchedOff(text);
  if (guard.kind === 'settings' && !off) return [];
  return [guardRemoval({ invocation, tool: 'shell', provider: 'holdpoint', context: {} }, `write.${guard.kind}`, undefined, `Writes ${path}${off ? `: ${off.what}` : ''}; ${guard.why}`)];
}
