import { guardRemoval } from '../engines/guard-removal';
import type { DetectContext, Finding, ReaderContext } from '../invocation';
import { cleaned } from './shell/clean';
import { runArgv, runWithin } from './shell/command';
import { expand, expandPattern, expandText, textOf } from './shell/expand';
import type { Frame, Interpreter, Run } from './shell/frame';
import { invocation, nameIn, report, reportUnknown } from './shell/report';
import { printedBy } from './shell/simple';
import { fork, newState, POSITIONAL, setVariable, UNKNOWN_LIST } from './shell/state';
import { GAP } from './shell/text';
import { walkBody, walkScript, walkText } from './shell/walk';

const INTERPRETER: Interpreter = { walkText, walkScript, walkBody, runArgv, runWithin, printedBy, expand, expandText, expandPattern, textOf };

/** A text longer than this is not taken apart; when it names a guarded tool it is unknown. */
const MAX_LENGTH = 16 * 1024 * 1024;

/**
 * Every operation that a shell text would run, reads included with mutation `none`. Never throws: what can't be known or
 * followed is a finding with mutation `unknown`.
 * @param text a command line or a script in the grammar of bash, which POSIX sh and most of zsh share.
 */
export function findInShell(text: string, context: ReaderContext): Finding[] {
  const source = cleaned(text);
  const run: Run = {
    interpreter: INTERPRETER, context, remote: () => onOther(context), toolNamed: context.readers.toolNamed, tools: context.readers.tools(), findings: [], files: new Map(), fileNames: new Set(), substitutions: new Map(), links: new Map(), defined: new Set(), called: new Set(), calls: new Map(), matters: 0, names: new Set(), seen: new Set(), kinds: new Map(), traps: [],
    steps: 0, maxSteps: 100_000 + text.length, characters: 0, maxCharacters: 2_000_000 + 8 * text.length, loops: 0,
  };
  const state = newState(context);
  const frame: Frame = { run, state, source, wrappers: [], env: undefined, input: inputGiven(context), without: 'nothing', locals: undefined, chain: [] };
  const unread = (why: string): void => {
    if (nameIn(text, run) >= 0) reportUnknown('shell:unparsed', `This names a guarded tool and could not be followed: ${why}.`, why, { start: 0, end: text.length }, frame);
  };
  if (text.length > MAX_LENGTH) {
    unread('the text is too long');
    return run.findings;
  }
  try {
    walkText(source, frame);
    for (const trap of run.traps) walkText(trap.source, { ...trap.frame, state: fork(state) });
    // A function that nothing here calls may be called by whoever sources this.
    for (const definition of run.defined) {
      if (run.called.has(definition)) continue;
      const inner = fork(state);
      setVariable(inner, POSITIONAL, [UNKNOWN_LIST]);
      walkBody(definition.body, { ...frame, state: inner, source: definition.source, locals: new Map(), chain: [`function ${definition.name}`] });
    }
  } catch (error) {
    // The stack has an end: what was found counts, and the rest is not known.
    if (!(error instanceof RangeError)) throw error;
    unread('it is nested too deeply');
  }
  takenOffPath(text, frame);
  // Loops in loops that were made to tire us out are no reason for silence, whatever the text names.
  if (run.steps > run.maxSteps || run.characters > run.maxCharacters) reportUnknown('shell:unparsed', 'This would take too many steps to follow.', 'it would take too many steps', { start: 0, end: text.length }, frame);
  return unique(run.findings);
}

/** What is known where another machine runs a part of this text; what counts the texts in texts goes with it. */
function onOther({ env, readers }: ReaderContext): ReaderContext {
  return { readers, elsewhere: readers.elsewhere, env: Object.fromEntries(Object.entries(env ?? {}).filter(([name]) => name.startsWith(' '))) };
}

/** What the text as a whole reads. */
function inputGiven({ stdin }: DetectContext): Frame['input'] {
  return stdin === undefined ? null : stdin === 'unseen' ? () => GAP : () => stdin.text;
}

/** The shims stand first on PATH: a text that takes them out of it means just that. */
function takenOffPath(text: string, frame: Frame): void {
  if (!text.includes('holdpoint')) return;
  const found = /(?:^|[\s;&|])PATH=(?!["']?[^:\s]*\.holdpoint\/bin["']?:)[^\n;]*holdpoint/.exec(text);
  if (!found) return;
  const range = { start: found.index, end: found.index + found[0].length };
  report([guardRemoval({ invocation: invocation([{ text: 'PATH', raw: 'PATH', multi: false, range }], frame, range), tool: 'shell', provider: 'holdpoint', context: {} }, 'path', undefined, 'Takes the shims off PATH: commands are not asked about any more.')], frame);
}

/** The same operation on the same target at the same place counts once: loops and branches come by several times. */
function unique(findings: readonly Finding[]): Finding[] {
  if (findings.length < 2) return [...findings];
  const seen = new Set<string>();
  return findings.filter((f) => {
    const key = `${f.range.start} ${f.range.end} ${f.operation} ${f.mutation} ${JSON.stringify([f.targets, f.context])}`;
    return !seen.has(key) && seen.add(key);
  });
}
