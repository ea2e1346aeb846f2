import type { ParsedScript } from 'unbash';

import type { TextRange } from '../../../model';
import type { Finding, Invocation } from '../../invocation';
import type { Frame, Run } from './frame';
import { CWD, TARGETS, variable } from './state';
import { hasGap, toWord, type Field } from './text';
import { baseName } from './names';

/** Keeps what was found, with the file it stands in. */
export function report(findings: readonly Finding[], { run, source }: Frame): void {
  for (const finding of findings) {
    run.findings.push(source.file === undefined ? finding : { ...finding, reason: `${finding.reason} (It is in ${baseName(source.file)}, which this runs.)` });
  }
}

/** What an action would report, instead of reporting it. */
export function collected(run: Run, action: () => void): Finding[] {
  const before = run.findings.length;
  action();
  return run.findings.splice(before);
}

/** A finding of the shell itself: something is run, and what it is can't be known. */
export function reportUnknown(operation: string, reason: string, unknown: string, range: TextRange, frame: Frame): void {
  report([{
    operation, tool: 'shell', mutation: 'unknown', effects: ['unknown'], reversibility: { kind: 'unknown' }, targets: [], context: {}, reason, unknowns: [unknown], guardsOff: [], range,
  }], frame);
}

/** The words as a tool takes them. */
export function invocation(argv: readonly Field[], frame: Frame, range: TextRange): Invocation {
  const cwd = variable(frame.state, CWD)?.values;
  // Both cost time, and are rarely looked at: a tool is asked while the state is as it is for its command.
  let env: ReadonlyMap<string, string | undefined> | undefined;
  return {
    argv: argv.map(toWord),
    get env() {
      return (env ??= environment(frame));
    },
    cwd: cwd?.length === 1 && typeof cwd[0] === 'string' && !hasGap(cwd[0]) ? cwd[0] : undefined,
    get stdin() {
      const text = frame.input === null ? null : frame.input();
      return text === null ? null : hasGap(text) ? undefined : text;
    },
    range,
    wrappers: frame.wrappers,
  };
}

export function environment({ state, env }: Frame): Map<string, string | undefined> {
  const out = new Map<string, string | undefined>(Object.entries(state.context.env ?? {}).filter(([, value]) => value !== undefined));
  for (const name of state.environment) {
    const found = variable(state, name);
    if (!found || (!found.exported && !TARGETS.test(name))) continue;
    const [value] = found.values;
    if (found.values.length === 1 && value === undefined) out.delete(name);
    else out.set(name, found.values.length === 1 && typeof value === 'string' && !hasGap(value) ? value : undefined);
  }
  for (const [name, value] of env ?? []) out.set(name, hasGap(value) ? undefined : value);
  return out;
}

/** Whether a guarded tool's name stands in a text as a word, where it was not looked at as a command; its place, else -1. */
export function nameIn(text: string, run: Run, unseen: (at: number) => boolean = () => true): number {
  for (const found of text.matchAll(/[\w.+-]+/g)) {
    if (found[0].length >= 40) continue;
    const tool = run.toolNamed(found[0]);
    if (tool && !tool.everyday && unseen(found.index)) return found.index;
  }
  return -1;
}

/** What is not followed is unknown, if it may run a guarded tool. */
export function cantFollow(why: string, frame: Frame): void {
  const { source, run } = frame;
  if (nameIn(source.text, run) >= 0) reportUnknown('shell:unparsed', `Runs something that names a guarded tool and could not be followed: ${why}.`, why, source.locate(0, source.text.length), frame);
}

/**
 * A text with errors has a best-effort tree: where a guarded tool is named in a broken statement but was not seen as a
 * command, the statement is unknown.
 */
export function checkErrors(script: ParsedScript, frame: Frame): void {
  const { run, source } = frame;
  const wide = source.text.length;
  for (const error of script.errors ?? []) {
    const broken = script.commands.filter((s) => s.pos <= error.pos && error.pos <= Math.max(s.end, s.pos + 1));
    const before = script.commands.filter((s) => s.end <= error.pos);
    const after = script.commands.find((s) => s.pos > error.pos);
    const start = Math.min(error.pos, ...broken.map((s) => s.pos), ...(broken.length === 0 ? before.slice(-1).map((s) => s.pos) : []));
    // A statement that never ends takes in all that follows.
    const end = /unterminated|unclosed|expected|unexpected end/i.test(error.message) && !after ? Math.min(wide, script.end || wide) : Math.max(after?.pos ?? wide, ...broken.map((s) => s.end));
    const at = nameIn(source.text.slice(start, end), run, (i) => !run.seen.has(source.locate(start + i, start + i + 1).start));
    if (at < 0) continue;
    reportUnknown('shell:unparsed', `This names a guarded tool and could not be read as shell text: ${error.message}.`, error.message, source.locate(start + at, end), frame);
    return;
  }
}
