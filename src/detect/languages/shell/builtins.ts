import type { TextRange } from '../../../model';
import { filtered } from './filters';
import type { Frame } from './frame';
import { evaluate, FISH, runFile, sourceOfField, withVariables } from './shells';
import { CWD, EXPORT_ALL, fork, functionsNamed, type Item, POSITIONAL, putAlias, putFunction, putVariable, setVariable, UNKNOWN_LIST, type Value, type Variable, variable } from './state';
import { field, GAP, hasGap, sourceAt, type Field } from './text';
import { walkSubstitutions } from './visit';
import { walkText } from './parts';
import { unwrap, WRAPPERS } from './wrappers';

export type Builtin = (args: readonly Field[], frame: Frame, range: TextRange, name: string) => void;

/** Builtins that change what the shell knows, or run what they are given. Source: bash(1), SHELL BUILTIN COMMANDS; zshbuiltins(1). */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ...['export', 'declare', 'typeset', 'local', 'readonly', 'integer', 'float'].map((name) => [name, declare] as const),
  ['unset', unset],
  ['set', set],
  ['shift', shift],
  ['cd', changeDirectory], ['pushd', changeDirectory],
  ['popd', (_args, { state }) => setVariable(state, CWD, [GAP], { exported: true })],
  ['alias', alias],
  ['unalias', (args, { state }) => args.forEach((a) => putAlias(state, a.text, [undefined]))],
  ['read', read],
  ['mapfile', readLines], ['readarray', readLines],
  ['getopts', (args, { state }) => [args[1]?.text ?? '', 'OPTARG', 'OPTIND'].forEach((n) => setVariable(state, n, [GAP]))],
  ['printf', printf],
  ['eval', evaluate],
  ['source', source], ['.', source],
  ['trap', trap],
  ['let', (args, frame, range) => args.forEach((a) => letExpression(a, frame, range))],
  ['test', test], ['[', test],
  ['hash', hash],
  ['compgen', (args, frame, range) => args.forEach((a) => walkSubstitutions(a.text, frame, range))],
  ['command', prefix], ['builtin', prefix], ['exec', prefix], ['noglob', prefix], ['nocorrect', prefix],
]);

function declare(args: readonly Field[], frame: Frame, _range: TextRange, name: string): void {
  const { state, locals, run } = frame;
  const options = args.filter((a) => /^[-+]/.test(a.text)).map((a) => a.text).join('');
  const change: Partial<Variable> = {
    ...((name === 'export' && !/-\w*n/.test(options)) || /-\w*x/.test(options) ? { exported: true } : {}),
    ...(name === 'export' && /-\w*n/.test(options) && { exported: false }),
    ...(name !== 'export' && /-\w*n/.test(options) && { reference: true }),
    ...(/-\w*l/.test(options) && { letters: 'lower' as const }),
    ...(/-\w*u/.test(options) && { letters: 'upper' as const }),
  };
  const hides = locals !== undefined && name !== 'export' && name !== 'readonly' && !/-\w*g/.test(options);
  for (const arg of args) {
    if (/^[-+]/.test(arg.text)) continue;
    const found = /^([A-Za-z_]\w*)(\+?=)?([^]*)$/.exec(arg.text);
    const target = found?.[1];
    if (target === undefined) continue;
    if (/-\w*f/.test(options)) {
      const definitions = functionsNamed(state, target);
      if (definitions && change.exported) putFunction(state, target, definitions.map((d) => d && { ...d, exported: true }));
      definitions?.forEach((d) => d && run.called.has(d));
      continue;
    }
    if (hides && !locals.has(target)) locals.set(target, variable(state, target));
    const value = (arg.assigned?.value ?? found?.[3] ?? '') as Value;
    if (arg.assigned || found?.[2] === '=') setVariable(state, target, [value], change);
    else if (found?.[2] === '+=') setVariable(state, target, [GAP], change);
    else if (hides) setVariable(state, target, [undefined], change);
    else if (Object.keys(change).length > 0) setVariable(state, target, variable(state, target)?.values ?? [GAP], change);
  }
}

function unset(args: readonly Field[], { state }: Frame): void {
  const functions = args.some((a) => a.text === '-f');
  for (const { text } of args) {
    if (text.startsWith('-')) continue;
    const element = /^(\w+)\[/.exec(text)?.[1];
    if (element !== undefined) setVariable(state, element, [UNKNOWN_LIST]);
    else if (functions || !variable(state, text)) putFunction(state, text, [undefined]);
    if (!functions && element === undefined) putVariable(state, text, { values: [undefined], exported: variable(state, text)?.exported === true });
  }
}

function set(args: readonly Field[], { state }: Frame): void {
  if (variable(state, FISH)) return setInFish(args, state);
  let at = 0;
  for (; at < args.length && /^[-+]./.test(args[at]?.text ?? ''); at++) {
    const text = args[at]?.text ?? '';
    if (text === '--') break;
    if (text === '-a' || (text === '-o' && args[at + 1]?.text === 'allexport')) setVariable(state, EXPORT_ALL, ['1']);
    if (text === '+a') state.variables?.delete(EXPORT_ALL);
    if (/^[-+]\w*o$/.test(text)) at++;
  }
  const dashes = args[at]?.text === '--';
  if (dashes || at < args.length) setPositional(args.slice(dashes ? at + 1 : at), state);
}

/** `set -gx NAME value value`. Source: fish documentation, set. */
function setInFish(args: readonly Field[], state: Frame['state']): void {
  const options = args.filter((a) => /^-/.test(a.text)).map((a) => a.text);
  const [name, ...values] = args.filter((a) => !/^-/.test(a.text));
  if (!name || !/^[A-Za-z_]\w*$/.test(name.text)) return;
  const erased = options.some((o) => /^-\w*e|^--erase$/.test(o));
  setVariable(state, name.text, [erased ? undefined : values.length === 1 && values[0] ? values[0].text : { items: values.map((v, i) => ({ key: String(i), text: v.text, multi: v.multi })) }], options.some((o) => /^-\w*x|^--export$/.test(o)) ? { exported: true } : {});
}

function setPositional(args: readonly Field[], state: Frame['state']): void {
  setVariable(state, POSITIONAL, [{ items: args.map((a, i) => ({ key: String(i + 1), text: a.text, multi: a.multi })) }]);
}

function shift(args: readonly Field[], { state }: Frame): void {
  const count = Number(args[0]?.text ?? '1');
  const values = variable(state, POSITIONAL)?.values ?? [];
  setVariable(state, POSITIONAL, values.map((v) => {
    if (typeof v !== 'object' || !Number.isInteger(count)) return UNKNOWN_LIST;
    // What may be any number of words stays: how many of them are left is not known.
    const open = v.items.findIndex((i) => i.multi);
    return open >= 0 && open < count ? { items: [...v.items.slice(open, open + 1), ...v.items.slice(open + 1)] } : { items: v.items.slice(count) };
  }));
}

function changeDirectory(args: readonly Field[], { state }: Frame): void {
  const dir = args.find((a) => !/^-./.test(a.text));
  const before = variable(state, CWD)?.values[0];
  const to = dir ? dir.text : (state.context.home ?? GAP);
  const next = to.startsWith('/') ? to : hasGap(to) || to === '-' || typeof before !== 'string' || hasGap(before) ? GAP : `${before}/${to}`;
  setVariable(state, CWD, [next === GAP ? GAP : normal(next)], { exported: true });
}

function normal(path: string): string {
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') out.pop();
    else if (part !== '' && part !== '.') out.push(part);
  }
  return `/${out.join('/')}`;
}

const RESERVED = /^(?:if|then|elif|else|fi|for|while|until|do|done|case|esac|select|function|time|coproc|\{|\}|!|\[\[)$/;

function alias(args: readonly Field[], frame: Frame, range: TextRange): void {
  const { state, run } = frame;
  for (const { text } of args) {
    const at = text.indexOf('=');
    if (at <= 0) continue;
    // An alias for a word of the grammar is followed where it stands: the parser does not know it.
    if (RESERVED.test(text.slice(0, at))) walkText(sourceAt(text.slice(at + 1), range, frame.source.file), { ...frame, state: fork(state), chain: [...frame.chain, 'alias'] });
    run.names.add(text.slice(0, at));
    putAlias(state, text.slice(0, at), [text.slice(at + 1)]);
  }
}

/** The lines that a command may read; undefined when they are not known. */
function lines({ input }: Frame): string[] | undefined {
  if (input === null) return undefined;
  const text = input();
  const all = text.replace(/\n$/, '').split('\n');
  return all.length > 64 ? undefined : all;
}

function read(args: readonly Field[], frame: Frame, range: TextRange): void {
  const { state } = frame;
  let array = false;
  let at = 0;
  for (; at < args.length && /^-./.test(args[at]?.text ?? ''); at++) {
    const text = args[at]?.text ?? '';
    const letters = text.slice(1);
    array ||= letters.includes('a') || letters.includes('A');
    // An option with a value takes the rest of its word, or the next word.
    const valued = [...letters].findIndex((c) => 'adinNptu'.includes(c));
    if (valued >= 0 && letters.charAt(valued) !== 'a' && valued === letters.length - 1) at++;
  }
  const names = args.slice(at).map((a) => a.text);
  args.forEach((a) => subscripts(a, frame, range));
  const targets = names.length > 0 ? names : ['REPLY'];
  const all = lines(frame);
  const given = frame.env?.get('IFS') ?? ((): string => {
    const ifs = variable(state, 'IFS')?.values[0];
    return typeof ifs === 'string' ? ifs : ' \t\n';
  })();
  const ifs = hasGap(given) ? ' \t\n' : given;
  const rows = all?.map((line) => cutLine(line, ifs, array ? Infinity : targets.length)) ?? [];
  targets.forEach((name, i) => {
    if (!/^[A-Za-z_]\w*$/.test(name)) return;
    if (rows.length === 0) return setVariable(state, name, [array ? UNKNOWN_LIST : GAP]);
    setVariable(state, name, rows.map((row) => (array ? { items: row.map((text, at): Item => ({ key: String(at), text, multi: hasGap(text) })) } : (row[i] ?? ''))));
  });
}

/** One line as `read` splits it: the last name gets the rest. */
function cutLine(line: string, ifs: string, count: number): string[] {
  const space = [...ifs].filter((c) => ' \t\n'.includes(c)).join('');
  const isSpace = (c: string): boolean => space.includes(c) && c !== '';
  let start = 0;
  let end = line.length;
  while (start < end && isSpace(line.charAt(start))) start++;
  while (end > start && isSpace(line.charAt(end - 1))) end--;
  const out: string[] = [];
  let at = start;
  while (at < end && out.length + 1 < count) {
    let stop = at;
    while (stop < end && !ifs.includes(line.charAt(stop))) stop++;
    out.push(line.slice(at, stop));
    at = stop;
    while (at < end && isSpace(line.charAt(at))) at++;
    if (at < end && !isSpace(line.charAt(at)) && ifs.includes(line.charAt(at)) && at >= stop) {
      at++;
      while (at < end && isSpace(line.charAt(at))) at++;
    }
  }
  if (at < end || out.length === 0) out.push(line.slice(at, end));
  return out;
}

function readLines(args: readonly Field[], frame: Frame): void {
  const name = args.findLast((a) => /^[A-Za-z_]\w*$/.test(a.text))?.text ?? 'MAPFILE';
  const all = lines(frame);
  setVariable(frame.state, name, [all ? { items: all.map((text, i) => ({ key: String(i), text, multi: hasGap(text) })) } : UNKNOWN_LIST]);
}

function printf(args: readonly Field[], frame: Frame, range: TextRange): void {
  if (args[0]?.text !== '-v') return;
  const target = args[1];
  if (!target) return;
  subscripts(target, frame, range);
  const text = filtered('printf', args.slice(2).map((a) => a.text), { input: '', file: () => GAP });
  const element = /^([A-Za-z_]\w*)\[/.exec(target.text)?.[1];
  if (element !== undefined) setVariable(frame.state, element, [UNKNOWN_LIST]);
  else if (/^[A-Za-z_]\w*$/.test(target.text)) setVariable(frame.state, target.text, [text]);
}

function source(args: readonly Field[], frame: Frame, range: TextRange): void {
  const words = args[0]?.text === '--' ? args.slice(1) : args;
  const [file, ...rest] = words;
  // fish reads what is piped in.
  if (!file && frame.input) withVariables(frame, (inner) => runFile(field('/dev/stdin', range), [], inner, range, 'source'));
  if (file) withVariables(frame, (inner) => runFile(file, rest, inner, range, 'source'));
}

function trap(args: readonly Field[], frame: Frame, range: TextRange): void {
  const words = args.filter((a) => a.text !== '--');
  const [action] = words;
  if (!action || words.length < 2 || /^-/.test(action.text) || action.text === '') return;
  const inner: Frame = { ...frame, wrappers: [...frame.wrappers, 'trap'], chain: [...frame.chain, 'trap'] };
  frame.run.traps.push({ source: sourceOfField(action, frame, range), frame: inner });
  walkText(sourceOfField(action, frame, range), { ...inner, state: fork(frame.state) });
}

function letExpression(arg: Field, frame: Frame, range: TextRange): void {
  walkSubstitutions(arg.text, frame, range);
  const name = /^\s*([A-Za-z_]\w*)\s*[-+*/%&|^<>]*=|^\s*(?:\+\+|--)?([A-Za-z_]\w*)(?:\+\+|--)?/.exec(arg.text);
  const target = name?.[1] ?? name?.[2];
  if (target !== undefined) setVariable(frame.state, target, [/^\s*\w+\s*=\s*(\d+)\s*$/.exec(arg.text)?.[1] ?? GAP]);
}

/** A name with a subscript is expanded once more: `'a[$(…)]'`. */
function test(args: readonly Field[], frame: Frame, range: TextRange): void {
  args.forEach((a) => subscripts(a, frame, range));
}

function subscripts(arg: Field, frame: Frame, range: TextRange): void {
  if (/\[[^]*[$`]/.test(arg.text)) walkSubstitutions(arg.text, frame, range);
}

/** `hash -p /path/to/aws k` makes `k` that file. */
function hash(args: readonly Field[], { run }: Frame): void {
  const at = args.findIndex((a) => a.text === '-p');
  const path = args[at + 1];
  const name = args[at + 2];
  if (at < 0 || !path || !name) return;
  run.links.set(name.text, path.text);
  run.kinds.set(name.text, 'special');
}

/** `command`, `builtin`, `exec`: the same words without functions, or as a program. */
function prefix(args: readonly Field[], frame: Frame, range: TextRange, name: string): void {
  const wrapper = WRAPPERS.get(name);
  if (!wrapper) return;
  if (name === 'command' && /^-[pvV]*[vV]/.test(args[0]?.text ?? '')) return;
  unwrap(name, wrapper, args, frame, range);
}

