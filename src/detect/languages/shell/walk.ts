import {
  forEachChild, parse, type ArithmeticExpression, type Assignment, type Command, type CompoundList, type If, type ParsedScript, type Pipeline, type Redirection, type Statement, type SyntaxNode, type Word, type WordPart,
} from 'unbash';

import type { TextRange } from '../../../model';
import { arithmetic } from './arithmetic';
import { assign, assignedValue } from './assign';
import { runArgv } from './command';
import { affordable, expand, expandText } from './expand';
import { writeFile } from './files';
import { MAX_DEPTH, type Frame } from './frame';
import { kindOf } from './kind';
import { inScript, outputOf, pipedInput, wordsOutput } from './output';
import { parameter } from './parameter';
import { copy } from './programs';
import { inputOf, inputSourceOf, openDescriptors } from './redirect';
import { cantFollow, checkErrors } from './report';
import { aliasesNamed, fork, type FunctionDefinition, join, putAlias, putFunction, setVariable, type State, type Value, variable, widen } from './state';
import { GAP, sourceAt, type Field, type Source } from './text';
import { first, worlds, type Pick } from './worlds';

/** Loops over known words are gone through word by word up to this many. */
const MAX_ROUNDS = 16;

/** Walks a text: parses it, and looks at each command in the order in which a shell would run it. */
export function walkText(source: Source, frame: Frame): void {
  const inner: Frame = { ...frame, source };
  if (frame.chain.length > MAX_DEPTH) return cantFollow('it is nested too deeply', inner);
  const script = parse(source.text);
  walkScript(script, inner);
}

function walkScript(script: ParsedScript, frame: Frame): void {
  const inner = inScript(script, frame);
  walkStatements(script.commands, inner);
  if (script.errors && script.errors.length > 0) checkErrors(script, inner);
}

function walkStatements(statements: readonly Statement[], frame: Frame): void {
  for (const { command, background } of statements) walkNode(command, background ? { ...frame, state: fork(frame.state) } : frame);
}

/** What a function, `coproc` or group runs. */
export function walkBody(body: FunctionDefinition['body'], frame: Frame): void {
  if (body.type === 'CompoundList') walkStatements(body.commands, frame);
  else walkNode(body, frame);
}

function walkNode(node: Statement['command'], frame: Frame): void {
  const { state, run } = frame;
  if (++run.steps > run.maxSteps) return;
  switch (node.type) {
    case 'Command':
      return walkSimple(node, frame);
    case 'AndOr':
      return walkList(node.commands, 0, node.operators, frame);
    case 'Pipeline':
      return walkPipeline(node, frame);
    case 'Redirected': {
      node.redirects.forEach((r) => visitRedirect(r, frame));
      const input = inputOf(node.redirects, frame, first);
      const inputSource = inputSourceOf(node.redirects, frame);
      const before = writesTo(node.redirects).length > 0 ? fork(state) : undefined;
      walkNode(node.command, input === undefined ? frame : { ...frame, input, ...(inputSource && { inputSource }) });
      if (before) for (const { word, append } of writesTo(node.redirects)) {
        const text = outputOf(node.command, { ...frame, state: before, ...(input !== undefined && { input }) }, first);
        writeFile(expandText(word, frame, first), word.text, text, append, frame);
      }
      return;
    }
    case 'Subshell':
      return walkStatements(node.body.commands, { ...frame, state: fork(state) });
    case 'BraceGroup':
      return walkStatements(node.body.commands, frame);
    case 'If':
      return walkIf([{ clause: node.clause, then: node.then }, ...node.elif], node.else, frame);
    case 'Case': {
      visitWord(node.word, frame);
      const ways: State[] = node.items.some((item) => item.pattern.some((p) => p.text === '*')) ? [] : [state];
      let previous: State | undefined;
      for (const [i, item] of node.items.entries()) {
        item.pattern.forEach((p) => visitWord(p, frame));
        const way = fork(state);
        // Behind `;&` the commands of the item before have run as well.
        if (previous && node.items[i - 1]?.terminator !== ';;') join(way, [fork(state), previous]);
        walkStatements(item.body.commands, { ...frame, state: way });
        ways.push(way);
        previous = way;
      }
      return join(state, ways);
    }
    case 'While':
      return walkLoop(frame, [node.clause, node.body], (inner) => {
        walkStatements(node.clause.commands, inner);
        walkStatements(node.body.commands, inner);
      });
    case 'ArithmeticFor':
      if (node.initialize) visitArithmetic(node.initialize, frame);
      return walkLoop(frame, [node.body], (inner) => {
        if (node.test) visitArithmetic(node.test, inner);
        walkStatements(node.body.commands, inner);
        if (node.update) visitArithmetic(node.update, inner);
      });
    case 'For':
    case 'Select':
      return walkFor(node.name.value, node.wordlist, node.body, frame);
    case 'Function': {
      const definition: FunctionDefinition = { name: node.name.value, body: node.body, source: frame.source, exported: false };
      define(definition, frame);
      return;
    }
    case 'Coproc':
      return walkBody(node.body.type === 'Command' ? { type: 'CompoundList', pos: node.pos, end: node.end, commands: [{ type: 'Statement', pos: node.pos, end: node.end, command: node.body, background: false }] } : node.body, { ...frame, state: fork(state) });
    case 'TestCommand':
      return visitTree(node, frame);
    case 'ArithmeticCommand':
      if (node.expression) visitArithmetic(node.expression, frame);
      return;
  }
}

function define(definition: FunctionDefinition, { run, state }: Frame): void {
  run.defined.add(definition);
  run.names.add(definition.name);
  putFunction(state, definition.name, [definition]);
}

/** In longer lists than this, each command sees what all before it may have left, not what they left if they ran. */
const MAX_LIST = 40;

/** `a && b || c`: what stands behind the first may run or not. */
function walkList(commands: readonly Statement['command'][], at: number, operators: readonly string[], frame: Frame): void {
  const { state } = frame;
  const command = commands[at];
  if (!command) return;
  walkNode(command, frame);
  if (at + 1 >= commands.length) return;
  if (at >= MAX_LIST) {
    for (const next of commands.slice(at + 1)) {
      const way = fork(state);
      walkNode(next, { ...frame, state: way });
      join(state, [way, state]);
    }
    return;
  }
  // An assignment succeeds, so what follows with `&&` runs for certain; unless a command in it fails.
  const certain = operators[at] === '&&' && command.type === 'Command' && !command.name && !command.prefix.some((p) => p.type === 'Assignment' && /\(|`/.test(p.text));
  if (certain) return walkList(commands, at + 1, operators, frame);
  const way = fork(state);
  walkList(commands, at + 1, operators, { ...frame, state: way });
  join(state, [way, state]);
}

function walkPipeline(node: Pipeline, frame: Frame): void {
  const { commands } = node;
  if (commands.length === 1 && commands[0]) return walkNode(commands[0], frame);
  commands.forEach((command, i) => {
    const way = fork(frame.state);
    const before = commands.slice(0, i);
    const input = i === 0 ? frame.input : lazy(() => pipedInput(before, { ...frame, state: fork(frame.state) }, first));
    walkNode(command, { ...frame, state: way, input, inputSource: i === 0 ? frame.inputSource : undefined });
    // zsh, and bash with lastpipe, run the last one in this shell.
    if (i === commands.length - 1) join(frame.state, [frame.state, way]);
  });
}

function lazy(make: () => string): () => string {
  let text: string | undefined;
  return () => (text ??= make());
}

function walkIf(branches: readonly Branch[], otherwise: CompoundList | undefined, frame: Frame): void {
  const [branch, ...more] = branches;
  if (!branch) {
    if (otherwise) walkStatements(otherwise.commands, frame);
    return;
  }
  walkStatements(branch.clause.commands, frame);
  const then = fork(frame.state);
  const other = fork(frame.state);
  walkStatements(branch.then.commands, { ...frame, state: then });
  walkIf(more, otherwise, { ...frame, state: other });
  join(frame.state, [then, other]);
}

type Branch = { readonly clause: If['clause']; readonly then: If['then'] };

/**
 * A loop whose rounds are not known: gone through until nothing new can be known at its beginning, three times at most;
 * then whatever still changes is unknown.
 */
function walkLoop(frame: Frame, body: readonly SyntaxNode[], round: (inner: Frame) => void): void {
  const { state, run } = frame;
  // Deep in other loops one round has to do: what the loop assigns is unknown from its beginning.
  const rounds = run.loops === 0 ? 3 : run.loops === 1 ? 2 : 1;
  if (rounds === 1) for (const name of assignedNames(body)) widen(state, name);
  run.loops++;
  for (let i = 1; i <= rounds; i++) {
    const way = fork(state);
    round({ ...frame, state: way });
    const changed = [...(way.variables?.keys() ?? [])].filter((name) => {
      const before = variable(state, name)?.values ?? [GAP];
      return !(way.variables?.get(name)?.values ?? []).every((v) => before.some((b) => same(b, v)));
    });
    join(state, [state, way]);
    if (changed.length === 0) break;
    if (i >= rounds - 1) for (const name of changed) widen(state, name);
  }
  run.loops--;
}

function assignedNames(nodes: readonly SyntaxNode[]): Set<string> {
  const names = new Set<string>();
  const look = (node: SyntaxNode): void => {
    if (node.type === 'Word' || node.type === 'Function') return;
    if (node.type === 'Assignment') names.add(node.name);
    if (node.type === 'For' || node.type === 'Select') names.add(node.name.value);
    if (node.type === 'Command' && node.name && /^(?:read|mapfile|readarray|printf|getopts|let|declare|local|typeset|export)$/.test(node.name.text)) {
      for (const arg of node.args) if (arg.type === 'Word' && /^[A-Za-z_]\w*/.test(arg.text)) names.add(String(/^\w+/.exec(arg.text)?.[0]));
    }
    forEachChild(node, look);
  };
  nodes.forEach(look);
  return names;
}

const same = (a: Value, b: Value): boolean => a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a.items) === JSON.stringify(b.items));

function walkFor(name: string, wordlist: readonly Word[] | undefined, body: CompoundList, frame: Frame): void {
  const { state, run } = frame;
  wordlist?.forEach((w) => visitWord(w, frame));
  const lists = worlds((pick) => (wordlist ? wordlist.flatMap((w) => expand(w, frame, pick)) : positionalFields(frame, pick)));
  const [only] = lists;
  if (lists.length === 1 && only && only.length <= MAX_ROUNDS && run.loops < 2 && only.every((f) => !f.multi)) {
    run.loops++;
    const leaves = /\b(?:break|continue|return|exit)\b/.test(frame.source.text.slice(body.pos, body.end));
    for (const word of only) {
      const way = leaves ? fork(state) : state;
      setVariable(way, name, [word.text]);
      walkStatements(body.commands, { ...frame, state: way });
      if (leaves) join(state, [way, state]);
    }
    run.loops--;
    return;
  }
  const values = [...new Set(lists.flat().map((f) => (f.multi ? GAP : f.text)))];
  walkLoop(frame, [body], (inner) => {
    setVariable(inner.state, name, values.length === 0 ? [''] : values.length > 7 ? [...values.slice(0, 7), GAP] : values);
    walkStatements(body.commands, inner);
  });
}

function positionalFields(frame: Frame, pick: Pick): Field[] {
  const range = frame.source.locate(0, 0);
  const values = variable(frame.state, '@')?.values ?? [];
  const value = values[values.length > 1 ? Math.max(0, pick('$@', values.length)) : 0];
  return typeof value === 'object' ? value.items.map((i) => ({ text: i.text, multi: i.multi, raw: '"$@"', range })) : [];
}

/** What a command prints, wherever it goes. */
function printedBy(command: Command, frame: Frame): string {
  const inner = { ...frame, state: fork(frame.state) };
  return command.name ? wordsOutput(argvOf(command.name, command, inner, first), inner, first) : '';
}

/** Where a command's output goes, if into a file. */
function writesTo(redirects: readonly Redirection[]): { word: Word; append: boolean }[] {
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

function walkSimple(node: Command, frame: Frame): void {
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
  if (!name) return walkAssignments(node, frame);
  visitWord(name, frame);

  if (run.names.has(name.text) && frame.without === 'nothing' && walkAlias(name, node, frame)) return;
  const writes = plain ? NO_WRITES : writesTo(redirects);
  const { stdout } = run;
  // `exec > FILE`: from here on all output goes there.
  if (name.text === 'exec' && node.args.length === 0 && writes[0]) run.stdout = { path: expandText(writes[0].word, frame, first), raw: writes[0].word.text };
  const kind = run.names.has(name.text) ? 'special' : kindOf(name.text, run);
  if (kind === 'data' && writes.length === 0 && !stdout) return;
  if (kind === 'other' && writes.length === 0 && !stdout && !run.fileNames.has(name.text) && !node.suffix.some((a) => a.type === 'Word' && mayRun(a.text, frame))) return;

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
      const text = wordsOutput(argv, { ...inner, state: fork(way) }, pick);
      writeFile(path, word.text, text, append, frame);
      walkStartup(path, text, range, frame);
    }
    if (stdout && writes.length === 0) writeFile(stdout.path, stdout.raw, wordsOutput(argv, { ...inner, state: fork(way) }, pick), true, frame);
    runArgv(argv, inner, range);
    ways.push(way);
  }
  if (found.length > 1) join(state, ways);
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

function visitItem(item: Command['prefix'][number] | Command['suffix'][number], command: Command, frame: Frame): void {
  if (item.type === 'Word') visitWord(item, frame, command);
  else if (item.type === 'Assignment') visitAssignment(item, frame);
  else visitRedirect(item, frame, command);
}

function visitAssignment(node: Assignment, frame: Frame): void {
  if (!/[`($]/.test(node.text)) return;
  if (node.value.type === 'Word') visitWord(node.value, frame);
  else node.value.elements.forEach((e) => visitWord(e, frame));
  if (node.index) visitWord(node.index, frame);
}

function visitRedirect(node: Redirection, frame: Frame, command?: Command): void {
  if (node.type === 'HereDoc') {
    if (!node.delimiter?.quoted && /[$`]/.test(node.body.text)) node.body.parts?.forEach((p) => visitPart(p, frame));
  } else if (node.target) visitWord(node.target, frame, command);
}

/** Looks into the commands inside a word, and makes the assignments of `${x:=y}`. */
function visitWord(word: Word, frame: Frame, command?: Command): void {
  const { text } = word;
  if (text.includes('`') || text.includes('(') || (text.includes('${') && /[=@[]/.test(text))) if (affordable(text.length, frame)) word.parts?.forEach((part) => visitPart(part, frame, command));
}

function visitPart(part: WordPart, frame: Frame, command?: Command): void {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
    case 'SimpleExpansion':
      return;
    case 'DoubleQuoted':
    case 'LocaleString':
      part.parts.forEach((p) => visitPart(p, frame, command));
      return;
    case 'CommandExpansion':
      if (part.script) walkScript(part.script, { ...frame, state: fork(frame.state), input: null });
      return;
    case 'ProcessSubstitution': {
      if (!part.script) return;
      // What is written into `>(…)` is what the command prints.
      const input = part.operator === '>' && command ? lazy(() => printedBy(command, frame)) : null;
      walkScript(part.script, { ...frame, state: fork(frame.state), input });
      return;
    }
    case 'ArithmeticExpansion':
      if (part.expression) visitArithmetic(part.expression, frame);
      return;
    case 'ParameterExpansion': {
      const { operation } = part;
      if (part.index) visitWord(part.index, frame);
      if (operation) forEachChild(part, (child) => {
        if (child.type === 'Word') visitWord(child, frame);
      });
      if (operation && 'operand' in operation && operation.operand && 'text' in operation.operand) visitWord(operation.operand, frame);
      if (operation?.type === 'Default' && operation.operator.endsWith('=')) worlds((pick) => parameter(part, true, frame, pick, []));
      // `${x@P}` expands the value once more; so do `${!x}` and `${a[x]}` with a value that has a subscript.
      const again = operation?.type === 'Transform' && operation.operand.text === 'P';
      const range = frame.source.locate(part.pos, part.end);
      if (again || part.prefix === '!') for (const text of textsOf(part.parameter, frame)) if (again || text.includes('[')) walkSubstitutions(text, frame, range);
      if (part.index && /^[A-Za-z_]\w*$/.test(part.index.text)) for (const text of textsOf(part.index.text, frame)) if (text.includes('[')) walkSubstitutions(text, frame, range);
      return;
    }
    default:
      forEachChild(part, (child) => visitTree(child, frame));
  }
}

/** All texts that a parameter may have, elements of arrays among them. */
function textsOf(name: string, { state }: Frame): string[] {
  const values = variable(state, /^\d+$|^\*$/.test(name) ? '@' : name)?.values ?? [];
  return values.flatMap((v) => (typeof v === 'string' ? [v] : v === undefined ? [] : v.items.map((i) => i.text)));
}

function visitTree(node: SyntaxNode, frame: Frame): void {
  switch (node.type) {
    case 'Word':
      // `[[ -v 'a[$(…)]' ]]` expands what is in the brackets.
      if (/\[.*[$`]/.test(node.value)) walkSubstitutions(node.value, frame, frame.source.locate(node.pos, node.end));
      visitSubscripts(node, frame);
      return visitWord(node, frame);
    case 'Script':
      return walkScript(node, { ...frame, state: fork(frame.state), input: null });
    case 'DoubleQuoted':
    case 'LocaleString':
    case 'CommandExpansion':
    case 'ProcessSubstitution':
    case 'ArithmeticExpansion':
    case 'ParameterExpansion':
      return visitPart(node, frame);
    default:
      forEachChild(node, (child) => visitTree(child, frame));
  }
}

/** A word of a test whose value is a name with a subscript: that is expanded once more. */
function visitSubscripts(word: Word, frame: Frame): void {
  for (const part of word.parts ?? []) {
    const name = part.type === 'SimpleExpansion' ? part.text.slice(1) : part.type === 'ParameterExpansion' ? part.parameter : undefined;
    if (name !== undefined) for (const text of textsOf(name, frame)) if (/\[[^]*[$`]/.test(text)) walkSubstitutions(text, frame, frame.source.locate(word.pos, word.end));
  }
}

/** An arithmetic expression: its command substitutions, its assignments, and what its variables hide in subscripts. */
function visitArithmetic(node: ArithmeticExpression, frame: Frame): void {
  const look = (n: SyntaxNode): void => {
    if (n.type === 'ArithmeticWord') {
      n.parts?.forEach((p) => visitPart(p, frame));
      if (/^[A-Za-z_]\w*$/.test(n.value)) {
        for (const value of variable(frame.state, n.value)?.values ?? []) if (typeof value === 'string' && /[$`]/.test(value)) walkSubstitutions(value, frame, frame.source.locate(n.pos, n.end));
      }
    } else if (n.type === 'ArithmeticCommandExpansion') {
      if (n.script) walkScript(n.script, { ...frame, state: fork(frame.state), input: null });
    } else forEachChild(n, look);
  };
  look(node);
  worlds((pick) => arithmetic(node, frame, pick));
}

/** Walks the substitutions in a text that a shell expands a second time. */
export function walkSubstitutions(text: string, frame: Frame, range: TextRange): void {
  if (!/[$`]/.test(text) || frame.chain.length > MAX_DEPTH) return;
  const mark = 'END_OF_TEXT';
  walkText(sourceAt(`: <<${mark}\n${text}\n${mark}\n`, range, frame.source.file), { ...frame, chain: [...frame.chain, 'expanded again'] });
}

