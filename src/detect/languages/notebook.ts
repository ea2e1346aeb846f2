import { parseTree } from 'jsonc-parser';
import type { ReaderContext, Finding } from '../invocation';
import { tooDeep } from '../engines/yaml';
import { findInPython } from './python';
import { findInShell } from './shell';

const MAX_LENGTH = 8 * 1024 * 1024;

/** What the code cells of a Jupyter notebook would do; each finding stands at its cell. Source: the notebook format, nbformat 4. */
export function findInNotebook(text: string, context: ReaderContext): Finding[] {
  if (text.length > MAX_LENGTH || !/"cell_type"/.test(text) || tooDeep(text)) return [];
  const value = (node: ReturnType<typeof parseTree>, key: string) => node?.children?.find((c) => c.children?.[0]?.value === key)?.children?.[1];
  const cells = value(parseTree(text), 'cells')?.children ?? [];
  return cells.filter((c) => value(c, 'cell_type')?.value === 'code').flatMap((cell) => {
    const source = value(cell, 'source');
    const code = source?.type === 'array' ? (source.children ?? []).map((l) => String(l.value)).join('') : String(source?.value ?? '');
    const range = { start: source?.offset ?? 0, end: (source?.offset ?? 0) + (source?.length ?? 0) };
    const shell = /^%%(?:bash|sh|script\s+\w+)\s*\n/.exec(code)?.[0];
    const found = shell === undefined ? findInPython(code, context) : findInShell(code.slice(shell.length), context);
    return found.filter((f) => f.mutation !== 'none').map((f) => ({ ...f, range }));
  });
}
