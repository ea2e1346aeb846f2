import { forEachChild, parse, type CompoundList, type If, type ParsedScript, type Pipeline, type Statement, type SyntaxNode, type Word } from 'unbash';

import { expand, expandText } from './expand';
import { writeFile } from './files';
import { MAX_DEPTH, type Frame } from './frame';
import { inScript, outputOf, pipedInput } from './output';
import { inputOf, inputSourceOf } from './redirect';
import { cantFollow, checkErrors, invocation } from './report';
import { overwritten, writesTo, walkSimple } from './simple';
import { fork, type FunctionDefinition, join, putFunction, setVariable, type State, type Value, variable, widen } from './state';
import { GAP, lazy, type Field, type Source } from './text';
import { visitRedirect, visitWord, visitTree, visitArithmetic } from './visit';
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

export function walkScript(script: ParsedScript, frame: Frame): void {
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
        const range = frame.source.locate(node.pos, node.end);
        overwritten(expandText(word, frame, first), word.text, append, invocation([{ text: '{', raw: '{', multi: false, range }], frame, range), frame);
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
