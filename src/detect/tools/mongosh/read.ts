import type { SyntaxNode } from '@lezer/common';
import type { Effect, Mutation } from '../../../model';
import { argumentsOf, evaluate } from '../../languages/javascript/evaluate';
import { eachNode } from '../../languages/javascript/each';
import { children, code, type State } from '../../languages/javascript/state';
import { known, type Value } from '../../languages/program/value';
import type { ReaderContext } from '../../invocation';
import { COMMANDS, METHODS, READING, READING_COMMANDS, RUNNERS, WRITING, WRITING_COMMANDS } from './methods';

/** What one call of a script does. */
export interface MongoStep {
  readonly action: string;
  readonly mutation: Mutation;
  readonly effects: readonly Effect[];
  /** One sentence without the tool's name. */
  readonly reason: string;
  /** The collection where it is known. */
  readonly name?: string;
  readonly unknown?: string;
  /** A script that it loads, by the name that it is called by. */
  readonly loads?: string;
}

type Emit = (step: MongoStep) => void;

const MAX_LENGTH = 2 * 1024 * 1024;
/** Names that stand for a server, a database or what belongs to one. */
const ROOT = /^(?:db|rs|sh|sp|session)(?:\.|$)|(?:^|\.)(?:getSiblingDB|getDB|getMongo|Mongo|connect|getDatabase|getCollection)\(\)/;
/** A global object by which everything can be reached, and functions that call what they are given. */
const GLOBAL = /^(?:globalThis|global|window|this|self)$/;
const PASSED = /\.(?:call|apply|bind)$/;

/** What a text of mongosh would do, each call by itself. A name, a command or a pipeline that only shows when it runs is `unknown`. */
export function mongoSteps(text: string, context: ReaderContext, depth = 0): MongoStep[] {
  if (text.length > MAX_LENGTH || depth > 3) return [unread('script', 'Runs a script that is too long or too deep to be read.', 'the script')];
  const out = new Map<string, MongoStep>();
  const emit: Emit = (step) => {
    const key = [step.action, step.name, step.mutation, step.loads].join(' ');
    if (!out.has(key)) out.set(key, step);
  };
  // `use NAME` and `show NAME` are commands of the shell and no JavaScript. Source: mongosh documentation, "Run Commands".
  const script = text.replace(/^[ \t]*(?:use|show)[ \t]+[\w$.-]+[ \t]*;?[ \t]*(?=\r?\n|$)/gm, (line) => ' '.repeat(line.length));
  const seen = { computed: false, named: false };
  eachNode(script, context, (node, state) => {
    if (node.name === 'String' && METHODS.has(code(node, state).slice(1, -1))) seen.named = true;
    if (node.name === 'MemberExpression') reference(node, state, emit, seen);
    else if (node.name === 'CallExpression' || node.name === 'NewExpression' || node.name === 'TaggedTemplateExpression' || node.name === 'DynamicImport') called(node, state, emit, context, depth);
  });
  // More names than are followed one by one, of which one destroys.
  if (seen.computed && seen.named) emit(unread('call', 'Calls a method whose name only shows when it runs, and names one that destroys.', 'the name of a method'));
  return [...out.values()];
}

const unread = (action: string, reason: string, unknown: string): MongoStep => ({ action, mutation: 'unknown', effects: ['unknown'], reason, unknown });

const lost = (action: string, [effects, reason]: readonly [readonly Effect[], string], name?: string): MongoStep => ({ action, mutation: 'destructive', effects, reason, ...(name !== undefined && { name }) });

/** The name of a method or property as far as it is known: `x.drop`, `x["dr" + "op"]`. */
function nameOf(node: SyntaxNode, state: State): string | undefined {
  const parts = children(node);
  const last = parts.at(-1);
  if (last?.name === 'PropertyName' || last?.name === 'PrivatePropertyName') return code(last, state);
  const index = parts.at(-2);
  return index ? known(evaluate(index, state)) : undefined;
}

/** The collection that stands before a method. */
function collectionOf(node: SyntaxNode | null, state: State): string | undefined {
  if (node?.name === 'CallExpression') return known(argumentsOf(node, state)[0]);
  if (node?.name === 'VariableName') return code(node, state);
  return node?.name === 'MemberExpression' ? nameOf(node, state) : undefined;
}

function pathOf(node: SyntaxNode | null | undefined, state: State): string | undefined {
  const value = node ? evaluate(node, state) : undefined;
  return value?.kind === 'from' ? value.path : undefined;
}

/** A method that destroys counts where it is named: it may be called by another name, or handed on. */
function reference(node: SyntaxNode, state: State, emit: Emit, seen: { computed: boolean }): void {
  const object = node.firstChild;
  if (!object || (node.parent?.name === 'AssignmentExpression' && node.parent.firstChild?.from === node.from)) return;
  const path = pathOf(object, state);
  const name = nameOf(node, state);
  const called = node.parent?.name === 'CallExpression' && node.parent.firstChild?.from === node.from && node.parent.firstChild.to === node.to;
  // Of a list of names only the first few are followed.
  if (called && node.lastChild?.name === ']' && !/^(?:String|Number)$/.test(node.lastChild.prevSibling?.name ?? '')) seen.computed = true;
  if (name === undefined) {
    const value = evaluate(object, state);
    const data = value.kind === 'list' || value.kind === 'map' || value.kind === 'text';
    // Of a database a name in brackets is a collection; of a collection it is a method.
    if ((called && !data) || (path !== undefined && (/^(?:db|rs|sh)\.[^()]+$/.test(path) || /^(?:rs|sh)$/.test(path)))) emit(unread('call', `Calls a method of ${path ?? 'something'} whose name only shows when it runs.`, 'the name of a method'));
    return;
  }
  const loss = METHODS.get(name);
  if (!loss || (path === undefined && evaluate(object, state).kind === 'list')) return;
  // A collection may have any name: `db.drop.find()`.
  if (path !== undefined && /^db$/.test(path) && name === 'drop') return;
  emit(lost(name, loss, name === 'drop' ? collectionOf(object, state) : undefined));
}

function called(node: SyntaxNode, state: State, emit: Emit, context: ReaderContext, depth: number): void {
  const callee = node.name === 'NewExpression' ? node.firstChild?.nextSibling : node.name === 'DynamicImport' ? node : node.firstChild;
  if (!callee) return;
  if (node.name === 'DynamicImport') return emit(unread('import', 'Loads a module, which is not read.', 'a module'));
  const path = pathOf(callee, state)?.replace(PASSED, '');
  const args = argumentsOf(node, state);
  if (path === undefined) {
    if (callee.name === 'MemberExpression') {
      const name = nameOf(callee, state);
      // The receiver is not known and the name is: `db[c].deleteMany({})`.
      if (name !== undefined) method(name, undefined, args, callee, state, emit);
      return;
    }
    if (!/^(?:ArrowFunction|FunctionExpression|ParenthesizedExpression|super)$/.test(callee.name) && !state.functions.has(code(callee, state))) emit(unread('call', `Calls ${code(callee, state).slice(0, 40)}, which only shows what it is when it runs.`, 'a function'));
    return;
  }
  if (/^(?:eval|Function|globalThis\.eval|global\.eval|window\.eval|vm\.\w+|db\.eval|setTimeout|setInterval)$/.test(path)) return evaluated(path, args, emit, context, depth);
  if (/(?:^|\.)(?:load|require)$/.test(path)) return loaded(path, args, emit);
  if (RUNNERS.test(path)) return emit(unread('run', `Starts other programs (${path}).`, 'what it starts'));
  if (GLOBAL.test(path.split('.')[0] ?? '') && callee.name === 'MemberExpression' && nameOf(callee, state) === undefined) return emit(unread('call', 'Calls a function whose name only shows when it runs.', 'a function'));
  const name = path.slice(path.lastIndexOf('.') + 1);
  method(name, path, args, callee, state, emit);
}

/** A text that is run as a script. */
function evaluated(path: string, args: readonly Value[], emit: Emit, context: ReaderContext, depth: number): void {
  const text = known(args.at(path === 'Function' ? -1 : 0));
  if (text !== undefined) for (const step of mongoSteps(text, context, depth + 1)) emit(step);
  else if (!/^set/.test(path)) emit(unread('eval', 'Runs a text that is put together when it runs.', 'the text'));
}

/** Modules of Node.js that only compute. Source: Node.js documentation. */
const COMPUTES = /^(?:node:)?(?:util|path|url|assert|crypto|os|events|querystring|string_decoder|timers|buffer|perf_hooks|punycode)$/;

function loaded(path: string, args: readonly Value[], emit: Emit): void {
  const file = known(args[0]);
  if (file === undefined) return emit(unread('load', 'Loads a script whose name only shows when it runs.', 'the script'));
  if (/require$/.test(path) && COMPUTES.test(file)) return;
  if (/require$/.test(path) && /^(?:node:)?(?:fs|child_process|net|http|https|worker_threads|vm|module)\b/.test(file)) {
    if (!/^(?:node:)?fs/.test(file)) emit(unread('require', `Loads ${file}, by which it may start programs or run other text.`, 'what it does with it'));
    return;
  }
  emit({ action: 'load', mutation: 'modifying', effects: [], reason: `Loads ${file}.`, loads: file });
}

/** The methods whose arguments decide. */
function method(name: string, path: string | undefined, args: readonly Value[], callee: SyntaxNode, state: State, emit: Emit): void {
  const collection = collectionOf(callee.firstChild, state);
  const of = collection ?? 'a collection';
  const rooted = path === undefined || ROOT.test(path);
  if (METHODS.has(name)) {
    // Named elsewhere as a member already; a bare name comes from a pattern: `const { dropDatabase } = db`.
    const loss = METHODS.get(name);
    if (callee.name !== 'MemberExpression' && loss) emit(lost(name, loss));
    else if (loss && path !== undefined && PASSED.test(pathOf(callee, state) ?? '')) emit(lost(name, loss));
    return;
  }
  const [first, second] = args;
  switch (name) {
    case 'deleteMany': case 'remove': case 'findOneAndDelete':
      if ((first !== undefined && !isEmpty(first)) || !(rooted || name === 'deleteMany')) break;
      return emit(lost(name, [['data-loss'], `Deletes every document of ${of}: the condition is empty.`], collection));
    case 'updateMany': case 'update':
      if (first === undefined || !isEmpty(first)) break;
      return emit(lost(name, [['data-loss'], `Changes every document of ${of}: the condition is empty.`], collection));
    case 'runCommand': case 'adminCommand': return command(first, emit);
    case 'aggregate': return aggregate(args, collection, emit);
    case 'renameCollection': {
      const target = known(second);
      if (second === undefined || target === 'false') return emit({ action: name, mutation: 'modifying', effects: [], reason: `Renames ${of}.` });
      return emit(lost(name, [['data-loss'], `Renames ${of} over another collection, which is dropped.`], collection));
    }
    case 'bulkWrite': return bulk(first, collection, emit);
    case 'fsyncUnlock': break;
  }
  const writes = WRITING.get(name);
  if (writes !== undefined && (rooted || /^(?:insert|update|delete|replace|create|findOneAnd)/.test(name))) {
    emit({ action: name, mutation: writes, effects: [], reason: `Calls ${name}${collection === undefined ? '' : ` on ${collection}`}.` });
  } else if (rooted && path !== undefined && path.includes('.') && !path.endsWith('()') && !READING.has(name)) {
    emit(unread(name, `Calls ${path.slice(0, 60)}, which is no method that is known here.`, `what ${name} does`));
  }
}

const isEmpty = (value: Value): boolean => value.kind === 'map' && value.entries.size === 0;

/** Operations of `bulkWrite`. Source: MongoDB documentation, db.collection.bulkWrite(). */
function bulk(operations: Value | undefined, collection: string | undefined, emit: Emit): void {
  if (operations?.kind !== 'list') return emit(unread('bulkWrite', 'Writes or deletes many documents; which, only its operations tell.', 'the operations'));
  const of = collection ?? 'a collection';
  for (const item of operations.items) {
    const [name, given] = item.kind === 'map' ? ([...item.entries][0] ?? []) : [];
    const filter = given?.kind === 'map' ? given.entries.get('filter') : undefined;
    if (name === undefined || given?.kind !== 'map') emit(unread('bulkWrite', 'Writes or deletes many documents; which, only its operations tell.', 'the operations'));
    else if (/^(?:deleteMany|updateMany)$/.test(name) && (filter === undefined || isEmpty(filter))) emit(lost('bulkWrite', [['data-loss'], `${name === 'deleteMany' ? 'Deletes' : 'Changes'} every document of ${of}: the condition is empty.`], collection));
    else emit({ action: 'bulkWrite', mutation: 'modifying', effects: [], reason: `Writes documents of ${of}.` });
  }
}

/** Stages that write. Source: MongoDB documentation, "$out (aggregation)" and "$merge (aggregation)". */
function aggregate(args: readonly Value[], collection: string | undefined, emit: Emit): void {
  const stages = args.flatMap((a) => (a.kind === 'list' ? a.items : [a]));
  for (const stage of stages) {
    if (stage.kind !== 'map') emit(unread('aggregate', 'Runs a pipeline that only shows when it runs: it may replace a collection.', 'the pipeline'));
    else if (stage.entries.has('$out')) emit(lost('aggregate.$out', [['data-loss'], `Replaces the collection ${outOf(stage.entries.get('$out')) ?? 'that it names'} by what the pipeline gives.`], outOf(stage.entries.get('$out')) ?? collection));
    else if (stage.entries.has('$merge')) emit({ action: 'aggregate.$merge', mutation: 'modifying', effects: [], reason: 'Merges what the pipeline gives into a collection.' });
    else if ([...stage.entries.keys()].some((key) => /^[[`(]/.test(key))) emit(unread('aggregate', 'Runs a pipeline with a stage whose name only shows when it runs.', 'the pipeline'));
  }
}

const outOf = (value: Value | undefined): string | undefined => (value?.kind === 'map' ? known(value.entries.get('coll')) : known(value));

/** A database command. */
function command(value: Value | undefined, emit: Emit): void {
  const [name, given] = value?.kind === 'map' ? ([...value.entries][0] ?? []) : [known(value)];
  if (name === undefined || /^[[`(]/.test(name)) return emit(unread('runCommand', 'Runs a command of the database that only shows when it runs.', 'the command'));
  const parts = value?.kind === 'map' ? value.entries : undefined;
  const loss = COMMANDS.get(name);
  const collection = known(given);
  if (loss) return emit(lost(name, loss, name === 'drop' ? collection : undefined));
  switch (name) {
    case 'renameCollection': return emit(parts?.get('dropTarget') !== undefined && known(parts.get('dropTarget')) !== 'false'
      ? lost(name, [['data-loss'], 'Renames a collection over another one, which is dropped.'], collection)
      : { action: name, mutation: 'modifying', effects: [], reason: 'Renames a collection.' });
    case 'delete': case 'update': return changes(name, parts?.get(name === 'delete' ? 'deletes' : 'updates'), collection, emit);
    case 'aggregate': return aggregate([parts?.get('pipeline') ?? { kind: 'unknown' }], collection, emit);
    case 'mapReduce': case 'mapreduce': return emit(unread(name, 'Runs functions of its own, and may replace a collection.', 'what it writes'));
  }
  if (READING_COMMANDS.has(name)) return;
  if (WRITING_COMMANDS.has(name)) return emit({ action: name, mutation: 'modifying', effects: [], reason: `Runs the command ${name}.` });
  emit(unread(name, `Runs ${name}, which is no command that is known here.`, `what ${name} does`));
}

function changes(name: string, list: Value | undefined, collection: string | undefined, emit: Emit): void {
  if (list?.kind !== 'list') return emit(unread(name, 'Changes documents; which, only shows when it runs.', 'the conditions'));
  for (const item of list.items) {
    const condition = item.kind === 'map' ? item.entries.get('q') : undefined;
    const one = item.kind === 'map' && known(item.entries.get('limit')) === '1';
    const multi = name === 'delete' ? !one : item.kind === 'map' && known(item.entries.get('multi')) === 'true';
    if (condition === undefined || (isEmpty(condition) && multi)) emit(lost(name, [['data-loss'], `${name === 'delete' ? 'Deletes' : 'Changes'} every document of ${collection ?? 'a collection'}: the condition is empty.`], collection));
    else emit({ action: name, mutation: 'modifying', effects: [], reason: `Runs the command ${name}.` });
  }
}
