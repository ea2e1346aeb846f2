import { parse, type Command, type CommandNode, type CompoundList, type HereDoc, type ParsedScript, type PipelineNode, type Redirection, type Statement, type SyntaxNode, type Word as Node } from 'unbash';
import { forEachChild } from 'unbash';

import type { Word } from '../invocation';
import type { TextRange } from '../../model';
import { runWords } from './shell-command';
import { outputOf, outputOfScript, type OutputDeps } from './shell-output';
import { copyState, join, MAX_DEPTH, MAX_STEPS, MAX_VALUES, UNKNOWN, type Frame, type Run, type State } from './shell-state';
import { expand, expandWhole, variable, type Choice, type Expander } from './shell-words';

/** Combinations of possible values that one command is looked at with; beyond, what varies is unknown. */
const MAX_CHOICES = 16;

/** Walks a text: parses it, and looks at each command in the order in which a shell would run it. */
export function walkText(text: string, state: State, frame: Omit<Frame, 'source'>, run: Run): ParsedScript | undefined {
  if (frame.depth > MAX_DEPTH) return undefined;
  const script = parse(text);
  walkScript(script, state, { ...frame, source: text }, run);
  return script;
}

function walkScript(script: ParsedScript, state: State, frame: Frame, run: Run): void {
  // Scripts in backticks have a source of their own, in which their positions count.
  const inner = script.source === undefined || script.source === frame.source ? frame : { ...frame, source: script.source, within: frame.within ?? { start: script.pos, end: script.end } };
  for (const statement of script.commands) walkStatement(statement, state, inner, run);
}

export function walkStatement({ command, background }: Statement, state: State, frame: Frame, run: Run): void {
  if (background) walkPipeline(command, copyState(state), frame, run);
  else walkPipeline(command, state, frame, run);
}

export function walkList(list: CompoundList, state: State, frame: Frame, run: Run): void {
  for (const statement of list.commands) walkStatement(statement, state, frame, run);
}

function walkPipeline(node: PipelineNode | Statement['command'], state: State, frame: Frame, run: Run): void {
  if (node.type === 'AndOr') {
    node.commands.forEach((command, i) => {
      if (i === 0) walkPipeline(command, state, frame, run);
      else if (node.operators[i - 1] === '&&') walkPipeline(command, state, frame, run);
      else maybe(state, (copy) => walkPipeline(command, copy, frame, run));
    });
    return;
  }
  if (node.type !== 'Pipeline') return walkCommand(node, state, frame, run, null);
  if (node.commands.length === 1 && node.commands[0]) return walkCommand(node.commands[0], state, frame, run, null);
  let text: string | undefined | null = null;
  node.commands.forEach((command, i) => {
    // Each part of a pipeline has a shell of its own, but zsh and bash with lastpipe run the last one here.
    const own = i === node.commands.length - 1 ? state : copyState(state);
    const before = node.commands[i - 1];
    walkCommand(command, own, frame, run, text, before?.type === 'Command' ? before : undefined);
    text = text === undefined ? undefined : outputOf({ ...node, commands: node.commands.slice(0, i + 1) }, outputs(state, frame, run));
  });
}

/** Something that may run or not: what it changes is possible afterwards. */
function maybe(state: State, action: (copy: State) => void): void {
  const copy = copyState(state);
  action(copy);
  join(state, copy);
}

function walkCommand(node: CommandNode | Statement['command'], state: State, frame: Frame, run: Run, piped: string | undefined | null, before?: Command): void {
  if (++run.steps > MAX_STEPS) return;
  switch (node.type) {
    case 'Command':
      return walkSimple(node, state, frame, run, piped, before);
    case 'Pipeline':
    case 'AndOr':
      return walkPipeline(node, state, frame, run);
    case 'Redirected':
      node.redirects.forEach((r) => lookInto(r, state, frame, run));
      return walkCommand(node.command, state, frame, run, piped);
    case 'Subshell':
      return walkList(node.body, copyState(state), frame, run);
    case 'BraceGroup':
      return walkList(node.body, state, frame, run);
    case 'If': {
      walkList(node.clause, state, frame, run);
      const ways: State[] = [];
      const way = (body: CompoundList): void => {
        const copy = copyState(state);
        walkList(body, copy, frame, run);
        ways.push(copy);
      };
      way(node.then);
      for (const elif of node.elif) {
        walkList(elif.clause, state, frame, run);
        way(elif.then);
      }
      if (node.else) way(node.else);
      return merge(state, ways, node.else !== undefined);
    }
    case 'Case': {
      lookIntoWord(node.word, state, frame, run);
      const ways = node.items.map((item) => {
        item.pattern.forEach((p) => lookIntoWord(p, state, frame, run));
        const copy = copyState(state);
        walkList(item.body, copy, frame, run);
        return copy;
      });
      return merge(state, ways, node.items.some((item) => item.pattern.some((p) => p.text === '*')));
    }
    case 'While':
      forget(node, state);
      walkList(node.clause, state, frame, run);
      return maybe(state, (copy) => walkList(node.body, copy, frame, run));
    case 'For':
    case 'Select':
      return walkFor(node.name.value, node.wordlist, node.body, state, frame, run);
    case 'ArithmeticFor':
      forget(node, state);
      return maybe(state, (copy) => walkList(node.body, copy, frame, run));
    case 'Function':
      state.functions.set(node.name.value, { body: node.body, source: frame.source });
      return;
    case 'Coproc':
      return walkBody(node.body, copyState(state), frame, run);
    case 'TestCommand':
    case 'ArithmeticCommand':
      return lookInto(node, state, frame, run);
  }
}

/** The body of a function or coprocess. */
export function walkBody(body: CommandNode | CompoundList, state: State, frame: Frame, run: Run): void {
  if (body.type === 'CompoundList') walkList(body, state, frame, run);
  else walkCommand(body, state, frame, run, null);
}

function merge(state: State, ways: readonly State[], complete: boolean): void {
  const [first, ...rest] = ways;
  if (!first) return;
  if (complete) {
    // One of them runs for certain: what was before counts only where a way kept it.
    for (const name of [...state.vars.keys()]) if (!first.vars.has(name)) state.vars.delete(name);
    for (const [name, value] of first.vars) state.vars.set(name, value);
    state.cwd = first.cwd;
    state.positional = first.positional;
    join(state, first);
  } else join(state, first);
  for (const way of rest) join(state, way);
}

function walkFor(name: string, list: readonly Node[] | undefined, body: CompoundList, state: State, frame: Frame, run: Run): void {
  list?.forEach((node) => lookIntoWord(node, state, frame, run));
  const words = list ? list.flatMap((node) => expandOnce(node, state, frame, run)) : state.positional;
  const known = words?.every((w) => w.value !== undefined && !w.multi && !/[*?[]/.test(w.value)) ?? false;
  if (!words || !known || words.length > MAX_CHOICES) {
    forget(body, state);
    state.vars.set(name, UNKNOWN);
    return maybe(state, (copy) => walkList(body, copy, frame, run));
  }
  for (const word of words) {
    state.vars.set(name, variable(word.value));
    walkList(body, state, frame, run);
  }
}

/** Variables that a loop's body sets have unknown values when it comes round again. */
function forget(node: SyntaxNode, state: State): void {
  const visit = (n: SyntaxNode): void => {
    if (n.type === 'Assignment') {
      // One that is set to the same text each time stays known.
      const constant = n.value.type === 'Word' && !n.value.parts?.some((p) => p.type !== 'Literal' && p.type !== 'SingleQuoted');
      if (!constant || n.append) state.vars.set(n.name, UNKNOWN);
    }
    forEachChild(n, visit);
  };
  visit(node);
}

/** A simple command: its words, in each of the ways in which its variables may be set. */
function walkSimple(node: Command, state: State, frame: Frame, run: Run, piped: string | undefined | null, before: Command | undefined): void {
  for (const item of [...node.prefix, ...node.suffix]) lookInto(item, state, frame, run);
  if (node.name) lookIntoWord(node.name, state, frame, run);
  const given = inputText(node, state, frame, run);
  const stdin = given === null ? piped : given;
  const assigns = node.prefix.flatMap((p) => (p.type === 'Assignment' ? [p] : []));
  if (!node.name) {
    for (const a of assigns) assign(a, state, frame, run);
    return;
  }
  const name = node.name;
  const once = (choice: Choice): void => {
    const x = expander(state, frame, run, choice);
    const env = new Map<string, string | undefined>();
    for (const a of assigns) env.set(a.name, a.value.type === 'Word' ? expandWhole(a.value.parts, a.value.value, x) : undefined);
    const args = node.suffix.flatMap((item): readonly (Word | { readonly assign: Extract<typeof item, { type: 'Assignment' }> })[] =>
      item.type === 'Word' ? expand(item, x) : item.type === 'Assignment' ? [{ assign: item }] : []);
    // An assignment behind the command is one for `export` and its kind, and a plain word for every other command.
    const words = [...expand(name, x), ...args.map((a) => ('assign' in a ? assignmentWord(a.assign, x) : a))];
    if (choice.open.size > 0 && choice.chosen.size === 0 && combinations(choice.open) <= MAX_CHOICES) return;
    runWords(words, { env, stdin, piped: before, range: rangeOf(node, frame), redirects: redirectsOf(node, x), state, frame, run });
  };
  const open: Choice = { chosen: new Map(), open: new Map() };
  once(open);
  if (open.open.size === 0 || combinations(open.open) > MAX_CHOICES) return;
  // Values that depend on each other are tried in all combinations: more than happens, never less.
  let ways: Map<string, string>[] = [new Map()];
  for (const [variableName, values] of open.open) ways = ways.flatMap((way) => values.map((v) => new Map(way).set(variableName, v)));
  for (const chosen of ways) once({ chosen, open: new Map() });
}

function combinations(open: ReadonlyMap<string, readonly string[]>): number {
  let count = 1;
  for (const values of open.values()) count *= values.length;
  return count;
}

function assignmentWord(node: { readonly text: string; readonly name: string; readonly value: { readonly type: string }; readonly pos: number; readonly end: number }, x: Expander): Word {
  const value = node.value.type === 'Word' ? expandWhole((node.value as Node).parts, (node.value as Node).value, x) : undefined;
  const text = value === undefined ? undefined : `${node.name}=${value}`;
  return { raw: node.text, value: text, parts: text === undefined ? [`${node.name}=`, undefined] : [text], multi: false, range: x.range(node) };
}

function assign(node: Extract<Command['prefix'][number], { type: 'Assignment' }>, state: State, frame: Frame, run: Run): void {
  const x = expander(state, frame, run);
  const before = state.vars.get(node.name);
  if (node.value.type === 'ArrayValue') {
    const elements = node.value.elements.flatMap((e) => expand(e, x));
    state.vars.set(node.name, { elements: node.append ? [...(before?.elements ?? []), ...elements] : elements });
    return;
  }
  if (node.index) {
    state.vars.set(node.name, UNKNOWN);
    return;
  }
  // A variable with several possible values carries them over where it is copied whole.
  const possible = possibleValues(node.value, state, frame, run);
  if (node.append) {
    const combined = before?.values?.flatMap((b) => possible?.map((p) => b + p) ?? []);
    state.vars.set(node.name, combined && combined.length > 0 && combined.length <= MAX_VALUES ? { values: combined } : UNKNOWN);
    return;
  }
  state.vars.set(node.name, possible && possible.length > 0 && possible.length <= MAX_VALUES ? { values: possible } : UNKNOWN);
}

function possibleValues(node: Node, state: State, frame: Frame, run: Run): string[] | undefined {
  const open: Choice = { chosen: new Map(), open: new Map() };
  const plain = expandWhole(node.parts, node.value, expander(state, frame, run, open));
  if (open.open.size === 0) return plain === undefined ? undefined : [plain];
  if (combinations(open.open) > MAX_VALUES) return undefined;
  let ways: Map<string, string>[] = [new Map()];
  for (const [name, values] of open.open) ways = ways.flatMap((way) => values.map((v) => new Map(way).set(name, v)));
  const texts = ways.map((chosen) => expandWhole(node.parts, node.value, expander(state, frame, run, { chosen, open: new Map() })));
  return texts.every((t) => t !== undefined) ? [...new Set(texts as string[])] : undefined;
}

/** Looks for commands inside a word or another part: substitutions run whatever becomes of their output. */
function lookInto(node: SyntaxNode, state: State, frame: Frame, run: Run): void {
  if (node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution') {
    if (node.script) {
      const own = node.script.source === undefined ? frame : { ...frame, within: frame.within ?? { start: node.pos, end: node.end } };
      if (frame.depth < MAX_DEPTH) walkScript(node.script, copyState(state), { ...own, depth: frame.depth + 1 }, run);
    }
    return;
  }
  if (node.type === 'Word' && !node.parts) return;
  forEachChild(node, (child) => lookInto(child, state, frame, run));
}

function lookIntoWord(node: Node, state: State, frame: Frame, run: Run): void {
  if (node.parts) lookInto(node, state, frame, run);
}

export function expander(state: State, frame: Frame, run: Run, choice: Choice = { chosen: new Map(), open: new Map() }): Expander {
  return {
    state, choice, home: run.context.home,
    range: (node) => frame.within ?? { start: node.pos, end: node.end },
    output: (script) => outputOfScript(script, outputs(state, script?.source === undefined ? frame : { ...frame, source: script.source }, run)),
  };
}

function expandOnce(node: Node, state: State, frame: Frame, run: Run): Word[] {
  return expand(node, expander(state, frame, run));
}

function outputs(state: State, frame: Frame, run: Run): OutputDeps {
  return {
    words: (command) => {
      const x = expander(state, frame, run);
      return [...(command.name ? expand(command.name, x) : []), ...command.suffix.flatMap((s) => (s.type === 'Word' ? expand(s, x) : []))];
    },
    input: (command) => inputText(command, state, frame, run),
    file: (path) => fileText(path, state, run),
    shadowed: (name) => state.functions.has(name) || state.aliases.has(name),
  };
}

/** The text of a file that the script wrote before, or that stands on disk. */
export function fileText(path: string, state: State, run: Run): string | undefined {
  const full = absolute(path, state);
  for (const key of [full, path]) if (key !== undefined && state.files.has(key)) return state.files.get(key);
  return full === undefined ? undefined : run.context.readFile?.(full);
}

export function absolute(path: string, { cwd }: State): string | undefined {
  if (path.startsWith('/')) return tidy(path);
  return cwd === undefined ? undefined : tidy(`${cwd}/${path}`);
}

function tidy(path: string): string {
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') out.pop();
    else if (part !== '' && part !== '.') out.push(part);
  }
  return `/${out.join('/')}`;
}

/** What a here-document, here-string or `<` gives to a command; null when there is none, undefined when it is not known. */
function inputText(command: Command, state: State, frame: Frame, run: Run): string | undefined | null {
  let text: string | undefined | null = null;
  for (const r of [...command.prefix, ...command.suffix]) {
    if (r.type === 'HereDoc') text = hereText(r, state, frame, run);
    else if (r.type === 'HereString') {
      const value = r.target ? expandWhole(r.target.parts, r.target.value, expander(state, frame, run)) : '';
      text = value === undefined ? undefined : `${value}\n`;
    } else if (r.type === 'Redirect' && r.operator === '<' && r.target && (r.descriptor === undefined || (r.descriptor.type === 'FileDescriptor' && r.descriptor.value === 0))) {
      const process = r.target.parts?.[0];
      if (process?.type === 'ProcessSubstitution') text = process.script ? outputOfScript(process.script, outputs(state, frame, run)) : undefined;
      else {
        const path = expandWhole(r.target.parts, r.target.value, expander(state, frame, run));
        text = path === undefined ? undefined : fileText(path, state, run);
      }
    }
  }
  return text;
}

function hereText(node: HereDoc, state: State, frame: Frame, run: Run): string | undefined {
  const text = node.delimiter?.quoted ? node.body.text : expandWhole(node.body.parts, node.body.text, expander(state, frame, run));
  return node.operator === '<<-' ? text?.replace(/^\t+/gm, '') : text;
}

/** A file that a command writes, by `>` or `>>`. */
export interface Written {
  readonly path: string;
  readonly append: boolean;
}

function redirectsOf(node: Command, x: Expander): Written[] {
  return [...node.prefix, ...node.suffix].flatMap((r: Redirection | Command['suffix'][number] | Command['prefix'][number]) => {
    if (r.type !== 'Redirect' || !r.target || !['>', '>>', '>|', '&>', '&>>'].includes(r.operator)) return [];
    const path = expandWhole(r.target.parts, r.target.value, x);
    return path === undefined ? [] : [{ path, append: r.operator.endsWith('>>') }];
  });
}

/** The output of one command on its own, for what it writes into a file. */
export function printed(words: readonly Word[], stdin: string | undefined | null, state: State, frame: Frame, run: Run): string | undefined {
  const node = { type: 'Command', pos: 0, end: 0, name: undefined, prefix: [], suffix: [], args: [], redirects: [] } as unknown as Command;
  return outputOf(node, { ...outputs(state, frame, run), words: () => words, input: () => stdin });
}

function rangeOf(node: Command, frame: Frame): TextRange {
  return frame.within ?? { start: (node.name ?? node).pos, end: node.end };
}
