import type { Operation, Origin } from '../model';
import type { DetectContext, Finding } from './invocation';
import { findInShell } from './languages/shell';
import { withKnownName } from './operation-name';
import { withReaders } from './readers';
import { toolNamed } from './tools/registry';
import { wordsOf } from './words';

/** What stands behind a command's standard input when it starts; `none` reads nothing. */
export type StdinKind = 'terminal' | 'pipe' | 'file' | 'none';

/**
 * What an argv at the moment of execution would do.
 * @param argv argv[0] is the command's name or path.
 * @param stdin what its standard input is; undefined when nobody says.
 * @returns its operations, reads included with mutation `none`; empty when no tool knows the command.
 */
export function detectArgv(argv: readonly string[], context: DetectContext, stdin?: StdinKind): Operation[] {
  const name = argv[0];
  if (name === undefined) return [];
  const tool = toolNamed(name);
  if (!tool) return [];
  const env = new Map(Object.entries(context.env ?? {}));
  const findings = tool.detect(
    { argv: wordsOf(argv), env, cwd: context.cwd, stdin: stdin === 'terminal' ? null : stdin === 'none' ? '' : undefined, range: { start: 0, end: 0 }, wrappers: [] },
    withReaders(stdin === 'pipe' || stdin === 'file' ? { ...context, stdin: 'unseen' } : context),
  );
  return findings.map((f) => withOrigin(f, { kind: 'argv', argv, cwd: context.cwd ?? '' }));
}

/** What a shell command line would do. Positions count UTF-16 units in `text`. */
export function detectCommand(text: string, context: DetectContext): Operation[] {
  return findInShell(text, withReaders(context)).map((f) => withOrigin(f, { kind: 'command', text, range: f.range }));
}

/** What a shell script would do. Positions count UTF-16 units in `text`. */
export function detectScript(path: string, text: string, context: DetectContext): Operation[] {
  return findInShell(text, withReaders(context)).map((f) => withOrigin(f, { kind: 'file', path, range: f.range }));
}

function withOrigin(finding: Finding, origin: Origin): Operation {
  const { range: _range, ...operation } = withKnownName(finding);
  return { ...operation, origin };
}
