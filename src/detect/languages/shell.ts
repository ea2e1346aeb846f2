import type { DetectContext, Finding } from '../invocation';

/** Every operation that a shell text would run. */
export function findInShell(_text: string, _context: DetectContext): Finding[] {
  return [];
}
