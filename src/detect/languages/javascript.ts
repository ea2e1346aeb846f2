import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { parser } from '@lezer/javascript';
import type { ReaderContext, Finding } from '../invocation';
import { argumentsOf, bindParameters, callOf, evaluate } from './javascript/evaluate';
import { changesDatabase, tagChangesDatabase } from './javascript/databases';
import { programOf, unprotects, unprotectsByCall } from './javascript/protections';
import { sends } from './javascript/requests';
import { runs, runsTag } from './javascript/runners';
import { callsCloud } from './javascript/sdks';
import { children, code, inner, MAX_CHOICES, type LocalFunction, type Scope, type State } from './javascript/state';
import { walk } from './javascript/walk';
import { judgeCall } from './program/judge';
import { known, partsOf, type Call } from './program/value';

const MAX_LENGTH = 4 * 1024 * 1024;
const TOOL = 'javascript';
/** Without one of these words a program starts nothing, sends nothing and calls no cloud. */
const WORTH = /child_process|child-process|execa|\bzx\b|shelljs|cross-spawn|nano-spawn|tinyexec|teen_process|promise-spawn|node-pty|@actions\/exec|\bssh2\b|node-ssh|aws-sdk|google-cloud|googleapis|@azure|@kubernetes|fetch\(|axios|\bgot\b|\bky\b|superagent|undici|https?\.request|XMLHttpRequest|[oO]ctokit|\bDeno\.|\bBun\.|['"]bun['"]|\bdax\b|\$`|\$\(|\.drop|dropTable|\.sync\(|synchronize|truncate|deleteMany|[fF]lush(?:all|db|All|Db)|FLUSH|rimraf|\b(?:rm|rmSync|rmdir|rmdirSync|emptyDir|emptyDirSync|remove|removeSync)\(|pulumi|aws-cdk|cdktf|cloudflare|dockerode|elasticsearch|opensearch|kafkajs|firebase-admin|node-vault|eval\(|Function\(|runIn/;
/** Statements that lose something. */
const WORTH_SQL = /\b(?:drop\s+(?:table|database|schema|view|index|user|role|column|type|keyspace|collection|materialized|function|policy|owned|if)|truncate\b|delete\s+from|alter\s+\w+|revoke\s|detach\s+delete|update\s+\S{1,80}\s+set)\b/i;
/** A function's body is read again for a call of it when it may start or send something. */
const WORTH_FOLLOWING = /exec|spawn|\$|run|query|send|delete|fetch|request|[cC]ommand|\bsh\b|shell/;
const MAX_ENTERED = 3;

const parsers = { ts: parser.configure({ dialect: 'ts' }), tsx: parser.configure({ dialect: 'ts jsx' }) };

/**
 * What a JavaScript or TypeScript program would do: commands that it starts, calls of the AWS SDK (2 and 3) and of the other
 * clouds' libraries, requests, statements for databases, and protections that a CDK or Pulumi program gives away. Names are
 * followed through assignments, parameters and functions of the same file. Never throws.
 * @param options.jsx false where `<T>x` is a cast and not an element (`.ts`).
 */
export function findInJavaScript(source: string, context: ReaderContext, options: { readonly jsx?: boolean; readonly typescript?: boolean } = {}, depth = 0): Finding[] {
  if (source.length > MAX_LENGTH || depth > 3 || !(WORTH.test(source) || WORTH_SQL.test(source))) return [];
  const root: Scope = { names: new Map(), outer: undefined };
  // Sources: aws-sdk-client-mock, aws-sdk-mock, Jest and Vitest documentation.
  const mocked = /\bmockClient\(|\b(?:jest|vi)\.(?:mock|unstable_mockModule|doMock)\(\s*['"](?:@aws-sdk|aws-sdk)|['"]aws-sdk-mock['"]/.test(source);
  const state: State = { source, context, modules: new Set(), functions: new Map(), mocked, depth, scope: root, choice: 0, choices: 1, entered: 0, budget: 400, found: [], followed: new Set() };
  const tree = parsers[options.jsx === false ? 'ts' : 'tsx'].parse(source);
  const scopes = new Map<number, Scope>();
  // Read twice: what a function uses may be set further down.
  walk(tree, state, scopes, () => undefined);
  const followed: { readonly at: number; readonly finding: Finding }[] = [];
  walk(tree, state, scopes, (node) => {
    judge(node, state);
    if (node.name === 'CallExpression') followed.push(...follow(node.node, state));
  });
  return settled(state, followed);
}

/** The findings of the file and of what its calls lead to, each once. */
function settled(state: State, followed: readonly { readonly at: number; readonly finding: Finding }[]): Finding[] {
  // What a function of the file does with a parameter is known where it is called, when nobody else may call it.
  const bodies = [...state.functions.values()].filter((f) => !f.exported && state.followed.has(f.body.from));
  const own = state.found.filter((f) => f.mutation !== 'unknown' || !bodies.some(({ body }) => body.from <= f.range.start && f.range.end <= body.to));
  const key = (f: Finding, at: number): string => `${at} ${f.operation} ${f.mutation}`;
  const seen = new Set(own.map((f) => key(f, f.range.start)));
  const all = [...own, ...followed.filter(({ at, finding }) => !seen.has(key(finding, at))).map(({ finding }) => finding)];
  const told = new Set<string>();
  return all.filter((f) => {
    const k = `${key(f, f.range.start)} ${f.targets.map((t) => t.name).join()}`;
    return !told.has(k) && told.add(k);
  });
}

/** Judges one node with every value that its conditions leave. */
function judge(node: SyntaxNodeRef, state: State): void {
  const { name } = node;
  if (name === 'Property' || name === 'PropertyDeclaration') {
    const program = programOf(state.modules);
    if (program !== undefined) state.found.push(...unprotects(node.node, state, program));
    return;
  }
  if (name !== 'CallExpression' && name !== 'NewExpression' && name !== 'TaggedTemplateExpression') return;
  const at = node.node;
  state.choices = 1;
  for (let choice = 0; choice < state.choices && choice < MAX_CHOICES; choice++) {
    state.choice = choice;
    state.found.push(...(name === 'TaggedTemplateExpression' ? judgeTag(at, state) : judgeNode(at, state)));
  }
  state.choice = 0;
}

function judgeTag(node: SyntaxNode, state: State): Finding[] {
  const run = runsTag(node, state);
  if (run.length > 0) return run;
  const [tag, body] = children(node);
  const value = tag ? evaluate(tag, state) : undefined;
  return tag && body && value?.kind === 'from' && !rollsBack(node, state) ? tagChangesDatabase(value.path, partsOf(evaluate(body, state)), TOOL, { start: node.from, end: node.to }) : [];
}

const REMOVES = /^(?:fs|fs\/promises|fs-extra|graceful-fs|rimraf|del|trash|shelljs|Deno)\b/;

function judgeNode(node: SyntaxNode, state: State): Finding[] {
  const call = callOf(node, state);
  if (!call) return [];
  const program = programOf(state.modules);
  const off = program === undefined ? [] : unprotectsByCall(call.path, node, state, program);
  if (off.length > 0) return off;
  const inside = evaluated(call);
  if (inside !== undefined) return findInJavaScript(inside, state.context, {}, state.depth + 1).map((f) => ({ ...f, range: call.range }));
  const found = runs(call, state) ?? sends(call, state.context) ?? callsCloud(call, state, TOOL);
  if (found) return found;
  const database = changesDatabase(call, TOOL);
  if (database) return database.length > 0 && rollsBack(node, state) ? [] : database;
  return REMOVES.test(call.path) ? judgeCall({ ...call, path: call.path.replace(/^(?:graceful-fs|fs-extra)\b/, 'fs-extra').replace(/^Deno\.remove/, 'fs.rm') }, { modules: new Set(), tool: TOOL }, state.context) : [];
}

/** The text that `eval`, `new Function` or the module `vm` runs. */
function evaluated({ path, args }: Call): string | undefined {
  return /^(?:eval|globalThis\.eval|window\.eval|Function|vm\.(?:runInThisContext|runInNewContext|runInContext|Script))$/.test(path) ? known(args.at(path === 'Function' ? -1 : 0)) : undefined;
}

/** In a migration's way back (`exports.down`, `async down()`): only a rollback runs it, and that is judged by itself. Source: Knex, Sequelize and TypeORM, Migrations. */
function rollsBack(node: SyntaxNode, state: State): boolean {
  let at: SyntaxNode | null = node;
  for (let i = 0; at && i < 60; i++, at = at.parent) {
    const name: SyntaxNode | null | undefined = at.name === 'FunctionDeclaration' ? at.getChild('VariableDefinition') : at.name === 'MethodDeclaration' || at.name === 'Property' ? at.getChild('PropertyDefinition') : at.name === 'AssignmentExpression' ? at.firstChild : at.name === 'VariableDeclaration' ? at.getChild('VariableDefinition') : null;
    if (name && name.to - name.from < 40 && /^(?:exports\.|module\.exports\.)?down$/.test(code(name, state))) return true;
  }
  return false;
}

/** What a call of the program's own function does with these arguments; `at` is where in the function. */
function follow(node: SyntaxNode, state: State): { readonly at: number; readonly finding: Finding }[] {
  const callee = node.firstChild;
  if (!callee || callee.to - callee.from > 80 || state.entered >= MAX_ENTERED || state.budget <= 0) return [];
  const local = state.functions.get(code(callee, state)) ?? ofInstance(node, state);
  if (!local?.parameters || local.body.to - local.body.from > 20_000 || (local.body.from <= node.from && node.to <= local.body.to) || !WORTH_FOLLOWING.test(code(local.body, state))) return [];
  const outer = { found: state.found, scope: state.scope };
  const out: { readonly at: number; readonly finding: Finding }[] = [];
  state.choices = 1;
  const all = [];
  for (let choice = 0; choice < state.choices && choice < MAX_CHOICES; choice++) {
    state.choice = choice;
    all.push(argumentsOf(node, state));
  }
  state.choice = 0;
  for (const args of all) {
    if (args.every((a) => a.kind === 'unknown' || (a.kind === 'from' && !/^@|\(\)$/.test(a.path)))) continue;
    state.budget--;
    state.entered++;
    state.found = [];
    state.scope = inner(local.scope);
    bindParameters(local.parameters, args, state);
    walk(local.body, state, undefined, (n) => {
      judge(n, state);
      if (n.name === 'CallExpression') out.push(...follow(n.node, state).map(({ at, finding }) => ({ at, finding: { ...finding, range: { start: node.from, end: node.to } } })));
    });
    out.push(...state.found.map((f) => ({ at: f.range.start, finding: { ...f, range: { start: node.from, end: node.to } } })));
    state.followed.add(local.body.from);
    state.entered--;
    state.found = outer.found;
    state.scope = outer.scope;
  }
  return out;
}

/** A method of an object of one of the program's own classes. */
function ofInstance(node: SyntaxNode, state: State): LocalFunction | undefined {
  const call = node.firstChild?.name === 'MemberExpression' ? callOf(node, state) : undefined;
  return call && /^[A-Z]\w*\(\)\.\w+$/.test(call.path) ? state.functions.get(call.path) : undefined;
}
