import { BUILTINS } from './builtins';
import type { Kind, Run } from './frame';
import { baseName, DATA, SHELLS } from './names';
import { PROGRAMS } from './programs';
import { WRAPPERS } from './wrappers';

/** What a word means as the name of a command, by its text in the source. Anything that is quoted or expanded is special. */
export function kindOf(text: string, run: Run): Kind {
  const known = run.kinds.get(text);
  if (known) return known;
  const kind = decide(text, run);
  // Long words are rarely met twice.
  if (text.length < 64) run.kinds.set(text, kind);
  return kind;
}

function decide(text: string, run: Run): Kind {
  if (!/^[\w./:=,@%+[\]-]+$/.test(text) || text.startsWith('=')) return 'special';
  if (run.toolNamed(text)) return 'tool';
  const name = baseName(text);
  if (BUILTINS.has(name) || PROGRAMS.has(name) || SHELLS.has(name) || WRAPPERS.has(name)) return 'special';
  if (DATA.has(name) && name !== 'tee' && name !== 'cp' && name !== 'mv' && name !== 'ln' && name !== 'install' && name !== 'curl' && name !== 'wget') return 'data';
  if (text.includes('/') || /\.(?:sh|bash|zsh|ksh)$/.test(text)) return 'path';
  return DATA.has(name) ? 'special' : 'other';
}
