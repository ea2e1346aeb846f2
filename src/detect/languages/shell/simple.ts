import { type Command, type Redirection, type Word } from 'unbash';

import type { TextRange } from '../../../model';
import type { Invocation } from '../../invocation';
import { assign, assignedValue } from './assign';
import { runArgv } from './command';
import { expand, expandText } from './expand';
import { writeFile } from './files';
import { type Frame } from './frame';
import { kindOf } from './kind';
import { wordsOutput } from './output';
import { copy } from './programs';
import { inputOf, inputSourceOf, openDescriptors } from './redirect';
import { invocation, report } from './report';
import { guardFile } from '../../engines/guard-files';
import { redirectedIntoGuard } from '../../engines/guard-removal';
import { aliasesNamed, fork, join, putAlias, type State, type Value, variable } from './state';
import { GAP, hasGap, sourceAt, type Field } from './text';
import { visitItem, visitWord, walkSubstitutions } from './visit';
import { walkText } from './parts';
import { first, worlds, type Pick } from './worlds';

/** What a command prints, wherever it goes. */
export function printedBy(command: Command, frame: Frame): string {
  const inner = { ...frame, state: fork(frame.state) };
  return command.name ? wordsOutput(argvOf(command.name, command, inner, first), inner, first) : '';
}

/** Where a command's output goes, if into a file. */
export function writesTo(redirects: readonly Redirection[]): { word: Word; append: boolean }[] {
  return redirects.flatMap((r) => {
    if (r.type !== 'Redirect' || !r.target || !/^(?:>|>>|>\||&>|&>>)$/.test(r.operator) || r.target.text === '/dev/null') return [];
    if (r.descriptor !== undefined && !(r.descriptor.type === 'FileDescriptor' && r.descriptor.value === 1)) return [];
    return [{ word: r.target, append: r.operator.endsWith('>>') }];
  });
}

/** Files that a shell, cron or git runs by itself. Sources: bash(1) and zsh(1), FILES; crontab(5); githooks(5). */
const STARTUP = /(?:^|\/)(?:\.bashrc|\.bash_profile|\.bash_login|\.bash_logout|\.profile|\.zshrc|\.zshenv|\.zprofile|\.zlogin|\.zlogout|\.envrc|\.git\/hooks\/[\w-]+|config\.fish)$|^\/etc\/(?:profile|bash\.bashrc|zsh\/\w+)$|^\/etc\/(?:profile\.d|cron\.(?:hourly|daily|weekly|monthly)|init\.d)\//;

function walkStartup(path: string, text: string, range: TextRange, frame: Frame): void {
  if (STARTUP.test(path)) walkText(sourceAt(text, range, path), { ...frame, state: fork(frame.state, true), chain: [...frame.chain, 'startup'] });
}

export function walkSimple(node: Command, frame: Frame): void {
  const { run, state, source } = frame;
  // The parser makes the lists of arguments and redirections anew from these; most commands have none of the latter.
  let plain = true;
  for (const item of node.prefix) {
    visitItem(item, node, frame);
    plain &&= item.type === 'Assignment';
  }
  for (const item of node.suffix) {
    visitItem(item, node, frame);
    plain &&= item.type === 'Word' || item.type === 'Assignment';
  }
  const redirects = plain ? NONE : node.redirects;
  const { name } = node;
  if (!name) {
    const range = source.locate(node.pos, node.end);
    // `> FILE` alone empties it.
    for (const { word, append } of state.context.elsewhere ? writesTo(redirects) : NO_WRITES) overwritten(expandText(word, frame, first), word.text, append, invocation([{ text: '>', raw: '>', multi: false, range }], frame, range), frame);
    return walkAssignments(node, frame);
  }
  visitWord(name, frame);

  if (run.names.has(name.text) && frame.without === 'nothing' && walkAlias(name, node, frame)) return;
  const writes = plain ? NO_WRITES : writesTo(redirects);
  const { stdout } = run;
  // `exec > FILE`: from here on all output goes there.
  if (name.text === 'exec' && node.args.length === 0 && writes[0]) run.stdout = { path: expandText(writes[0].word, frame, first), raw: writes[0].word.text };
  const kind = run.names.has(name.text) ? 'special' : kindOf(name.text, run);
  if (kind === 'data' && writes.length === 0 && !stdout && !state.context.elsewhere) return;
  if (kind === 'other' && !state.context.elsewhere && writes.length === 0 && !stdout && !run.fileNames.has(name.text) && !node.suffix.some((a) => a.type === 'Word' && mayRun(a.text, frame))) return;

  const range = source.locate(node.pos, node.end);
  const found = worlds((pick) => {
    let env: Map<string, string> | undefined;
    for (const p of node.prefix) if (p.type === 'Assignment') {
      const value = assignedValue(p, frame, pick);
      (env ??= new Map()).set(p.name, typeof value === 'string' ? value : GAP);
      special(p.name, value, range, frame);
    }
    return { argv: argvOf(name, node, frame, pick), env, input: plain ? undefined : inputOf(redirects, frame, pick), pick };
  });
  const inputSource = plain ? undefined : inputSourceOf(redirects, frame);
  const ways: State[] = [];
  for (const { argv, env, input, pick } of found) {
    const way = found.length === 1 ? state : fork(state);
    const inner: Frame = way === state && !env && input === undefined ? frame : {
      ...frame, state: way,
      ...(env && { env: new Map([...(frame.env ?? []), ...env]) }),
      ...(input !== undefined && { input, inputSource }),
    };
    if (!plain) openDescriptors(redirects, inner, pick);
    // `cat /usr/bin/aws > k` is a copy.
    for (const { word } of writes) if (argv[0]?.text === 'cat' && argv.length === 2 && argv[1]) copy([argv[1], ...expand(word, inner, pick)], inner);
    for (const { word, append } of writes) {
      const path = expandText(word, frame, pick);
      overwritten(path, word.text, append, invocation(argv, inner, range), frame);
      const text = wordsOutput(argv, { ...inner, state: fork(way) }, pick);
      writeFile(path, word.text, text, append, frame);
      if (guardFile(path)) report(redirectedIntoGuard(path, text, invocation(argv, inner, range)), frame);
      walkStartup(path, text, range, frame);
    }
    if (stdout && writes.length === 0) writeFile(stdout.path, stdout.raw, wordsOutput(argv, { ...inner, state: fork(way) }, pick), true, frame);
    runArgv(argv, inner, range);
    ways.push(way);
  }
  if (found.length > 1) join(state, ways);
}

/** On another machine what a redirection writes over is not of this workspace. */
export function overwritten(path: string, raw: string, append: boolean, command: Invocation, frame: Frame): void {
  const { elsewhere } = frame.state.context;
  if (elsewhere) report(elsewhere.file({ raw, value: hasGap(path) ? undefined : path, parts: [path], multi: false, range: command.range }, append, command), frame);
}

const NONE: readonly Redirection[] = [];

const NO_WRITES: ReturnType<typeof writesTo> = [];

/** Whether a word of a command that is not known may be the command that it runs. */
function mayRun(text: string, frame: Frame): boolean {
  if (/^-/.test(text)) return false;
  if (/^[\w./:=,@%+-]+$/.test(text)) return kindOf(text, frame.run) === 'tool' || kindOf(text, frame.run) === 'special';
  return true;
}

function argvOf(name: Word, node: Command, frame: Frame, pick: Pick): Field[] {
  const out = expand(name, frame, pick);
  for (const arg of node.suffix) {
    if (arg.type === 'Word') out.push(...expand(arg, frame, pick));
    else if (arg.type === 'Assignment') {
      const value = assignedValue(arg, frame, pick);
      const text = `${arg.name}${arg.index ? `[${arg.index.text}]` : ''}=${typeof value === 'string' ? value : GAP}`;
      out.push({ text, multi: false, raw: arg.text, range: frame.source.locate(arg.pos, arg.end), assigned: { name: arg.name, value } });
    }
  }
  return out;
}

function walkAssignments(node: Command, frame: Frame): void {
  const { state } = frame;
  const layers = worlds((pick) => {
    const way = fork(state);
    for (const p of node.prefix) if (p.type === 'Assignment') assign(p, { ...frame, state: way }, pick, {});
    return way;
  });
  join(state, layers);
  for (const p of node.prefix) {
    if (p.type !== 'Assignment') continue;
    const range = frame.source.locate(node.pos, node.end);
    for (const layer of layers) for (const value of variable(layer, p.name)?.values ?? []) special(p.name, value, range, frame);
  }
}

/** Variables whose value a shell runs or expands. Source: bash(1), Shell Variables, PROMPTING. */
function special(name: string, value: Value, range: TextRange, frame: Frame): void {
  // A subscript with a substitution in it waits to be expanded by arithmetic: there is no other use for it.
  if (typeof value === 'string' && (/^PS[0-4]$/.test(name) || /^\w+\[[^]*(?:\$\(|`)/.test(value))) return walkSubstitutions(value, frame, range);
  if (name === 'PROMPT_COMMAND') {
    const text = typeof value === 'string' ? value : value?.items.map((i) => i.text).join('\n');
    if (text !== undefined) walkText(sourceAt(text, range, frame.source.file), { ...frame, state: fork(frame.state), chain: [...frame.chain, 'PROMPT_COMMAND'] });
  } else if (typeof value === 'object' && (name === 'BASH_ALIASES' || name === 'aliases')) {
    for (const item of value.items) {
      frame.run.names.add(item.key);
      putAlias(frame.state, item.key, [item.text]);
    }
  }
}

/** An alias is text that takes the place of the word: the command is read anew. */
function walkAlias(name: Word, node: Command, frame: Frame): boolean {
  const values = aliasesNamed(frame.state, name.text);
  if (!values || frame.chain.includes(`alias ${name.text}`)) return false;
  const rest = frame.source.text.slice(name.end, node.end);
  const head = frame.source.text.slice(node.pos, name.pos);
  for (const value of values) {
    if (value === undefined) continue;
    let text = `${head}${value}${rest}`;
    // A blank at its end: the next word is looked up as an alias, too.
    const next = /\s$/.test(value) ? /^\s*([\w.-]+)/.exec(rest)?.[1] : undefined;
    const more = next === undefined ? undefined : aliasesNamed(frame.state, next)?.[0];
    if (next !== undefined && more !== undefined) text = `${head}${value}${rest.replace(next, () => more)}`;
    walkText(sourceAt(text, frame.source.locate(node.pos, node.end), frame.source.file), { ...frame, chain: [...frame.chain, `alias ${name.text}`] });
  }
  return !values.includes(undefined);
}
