import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/javascript';
import type { DetectContext, Finding } from '../invocation';
import { findInCommandText } from './commands';
import { judgeCall, type Evidence } from './program/judge';
import { joined, known, partsOf, text as textValue, UNKNOWN, type Call, type Value } from './program/value';

const MAX_LENGTH = 4 * 1024 * 1024;
const WORTH = /child_process|execa|\bzx\b|shelljs|aws-sdk|@google-cloud|googleapis|@azure|@kubernetes|\bfetch\b|axios|\bgot\b|\bDeno\b|\bBun\b|cross-spawn|\$`|query|\$executeRaw|dropDatabase|dropTable|sequelize|rimraf|\bfs\b|fs-extra|removalPolicy|RemovalPolicy|autoDeleteObjects|deletionProtection|terminationProtection|forceDestroy|protect\s*:|eval\(/;

interface State {
  readonly source: string;
  readonly names: Map<string, Value>;
  readonly modules: Set<string>;
  readonly context: DetectContext;
  readonly findings: Finding[];
}

const parsers = { ts: parser.configure({ dialect: 'ts' }), tsx: parser.configure({ dialect: 'ts jsx' }) };

/**
 * What a JavaScript or TypeScript program would do: commands that it starts, calls of the AWS SDK (2 and 3) and of the other
 * clouds' libraries, requests, statements for databases, and protections that a CDK or Pulumi program leaves out. Never throws.
 */
export function findInJavaScript(source: string, context: DetectContext, options: { readonly jsx?: boolean } = {}): Finding[] {
  if (source.length > MAX_LENGTH || !WORTH.test(source)) return [];
  const state: State = { source, names: new Map(), modules: new Set(), context, findings: [] };
  const mocked = /mockClient\(|jest\.mock\(\s*['"](?:@aws-sdk|aws-sdk)|vi\.mock\(\s*['"](?:@aws-sdk|aws-sdk)|aws-sdk-mock/.test(source);
  const evidence: Evidence = { modules: state.modules, tool: 'javascript' };
  const cursor = parsers[options.jsx === false ? 'ts' : 'tsx'].parse(source).cursor();
  do {
    const { name } = cursor;
    if (name === 'ImportDeclaration') imports(cursor.node, state);
    else if (name === 'VariableDeclaration') declare(cursor.node, state);
    else if (name === 'AssignmentExpression') assign(cursor.node, state);
    else if (name === 'Property' || name === 'PropertyDeclaration') protections(cursor.node, state);
    else if (name === 'TaggedTemplateExpression') tagged(cursor.node, state);
    else if (name === 'CallExpression' || name === 'NewExpression') {
      const call = callOf(cursor.node, state, 0);
      if (call && !(mocked && /^@aws/.test(call.path))) state.findings.push(...judgeCall(call, evidence, context));
    }
  } while (cursor.next());
  return state.findings;
}

const children = (node: SyntaxNode): SyntaxNode[] => {
  const out: SyntaxNode[] = [];
  for (let c = node.firstChild; c; c = c.nextSibling) out.push(c);
  return out;
};

/** Where a name of a module leads: the clients of the AWS SDK are all one. */
function fromModule(module: string, name: string): Value {
  const plain = module.replace(/^node:/, '');
  const aws = /^@aws-sdk\/(?:client|lib)-([\w-]+)$/.exec(plain)?.[1];
  if (aws !== undefined) return { kind: 'from', path: name === '*' ? `@aws:${aws}` : `@aws:${aws}.${name}` };
  const old = /^aws-sdk\/clients\/([\w-]+)$/.exec(plain)?.[1];
  if (old !== undefined) return { kind: 'from', path: `@aws:${old}` };
  return { kind: 'from', path: name === '*' || name === 'default' ? plain : `${plain}.${name}` };
}

function imports(node: SyntaxNode, { source, names, modules }: State): void {
  const code = source.slice(node.from, node.to).replace(/\s+/g, ' ');
  const module = /from ?['"]([^'"]+)['"]/.exec(code)?.[1];
  if (module === undefined) return;
  modules.add(module.replace(/^node:/, ''));
  const star = /\* as ([\w$]+)/.exec(code)?.[1];
  if (star !== undefined) names.set(star, fromModule(module, '*'));
  const whole = /^import (?:type )?([\w$]+)/.exec(code)?.[1];
  if (whole !== undefined && whole !== 'type') names.set(whole, fromModule(module, 'default'));
  for (const part of (/\{([^}]*)\}/.exec(code)?.[1] ?? '').split(',')) {
    const m = /^\s*(?:type )?([\w$]+)(?: as ([\w$]+))?/.exec(part);
    if (m?.[1] !== undefined) names.set(m[2] ?? m[1], fromModule(module, m[1]));
  }
}

function declare(node: SyntaxNode, state: State): void {
  const parts = children(node);
  parts.forEach((part, i) => {
    if (part.name !== 'Equals' || !parts[i + 1]) return;
    const target = parts.slice(0, i).reverse().find((p) => p.name !== 'TypeAnnotation');
    if (target) bind(target, evaluate(parts[i + 1] as SyntaxNode, state, 0), state);
  });
}

function bind(target: SyntaxNode, value: Value, { source, names, modules }: State): void {
  const code = source.slice(target.from, target.to);
  if (value.kind === 'from') modules.add(value.path.split('.')[0] ?? '');
  if (target.name === 'VariableDefinition') names.set(code, value);
  else if (target.name === 'ObjectPattern' && value.kind === 'from') {
    for (const part of code.slice(1, -1).split(',')) {
      const m = /^\s*([\w$]+)(?:\s*:\s*([\w$]+))?/.exec(part);
      if (m?.[1] !== undefined) names.set(m[2] ?? m[1], value.path.startsWith('@aws') || !value.path.startsWith('@aws-sdk/') ? { kind: 'from', path: `${value.path}.${m[1]}` } : fromModule(value.path, m[1]));
    }
  }
}

function assign(node: SyntaxNode, state: State): void {
  const [target, , value] = children(node);
  if (!target || !value) return;
  const name = state.source.slice(target.from, target.to);
  if (name.length < 80 && /^[\w.$]+$/.test(name)) state.names.set(name, evaluate(value, state, 0));
}

/** Protections that an infrastructure program leaves out. Sources: AWS CDK API reference (RemovalPolicy, autoDeleteObjects, deletionProtection), Pulumi documentation (forceDestroy, protect). */
const PROTECTIONS: readonly (readonly [RegExp, RegExp, string, string])[] = [
  [/^removalPolicy$/, /RemovalPolicy\.DESTROY/, 'cdk:RemovalPolicyDestroy', 'The resource and its data are deleted with the stack, or when it is replaced.'],
  [/^autoDeleteObjects$/, /^true$/, 'cdk:AutoDeleteObjects', 'The bucket is emptied when the stack is deleted.'],
  [/^(?:deletionProtection|terminationProtection|enableDeletionProtection)$/, /^false$/, 'iac:DeletionProtectionOff', 'Nothing keeps it from being deleted.'],
  [/^(?:forceDestroy|skipFinalSnapshot|forceDelete)$/, /^true$/, 'iac:ForceDestroy', 'It is deleted with all that is stored in it, without a last copy.'],
];

function protections(node: SyntaxNode, { source, findings }: State): void {
  const parts = children(node);
  const key = parts[0] ? source.slice(parts[0].from, parts[0].to).replace(/^['"]|['"]$/g, '') : '';
  const value = parts.at(-1);
  if (!value || key.length > 40) return;
  const found = PROTECTIONS.find(([name, text]) => name.test(key) && text.test(source.slice(value.from, value.to)));
  if (found && /aws-cdk|@pulumi|cdktf|sst/.test(source.slice(0, 20_000))) {
    findings.push({ operation: found[2], tool: 'javascript', mutation: 'modifying', effects: ['guard-removal'], reversibility: { kind: 'reversible' }, targets: [], context: {}, reason: `${key}: ${found[3]}`, unknowns: [], guardsOff: [key], range: { start: node.from, end: node.to } });
  }
}

/** Tags that run what they are given: zx and Bun's `$`, execa's `$` and `execaCommand`. */
function tagged(node: SyntaxNode, state: State): void {
  const [tag, template] = children(node);
  if (!tag || !template) return;
  const name = state.source.slice(tag.from, tag.to);
  const from = evaluate(tag, state, 0);
  const path = from.kind === 'from' ? from.path : '';
  if (!/^(?:zx\.\$|execa\.\$|bun\.\$|Bun\.\$|\$|\$\.sync|execa\.execa|dax[\w.-]*\.\$|.*\.\$)$/.test(path) && !/^\$(?:\(|$)/.test(name)) return;
  state.findings.push(...findInCommandText(partsOf(template.name === 'TemplateString' ? evaluate(template, state, 0) : UNKNOWN), { start: node.from, end: node.to }, state.context).filter((f) => f.mutation !== 'none'));
}

const MAX_NESTED = 60;

function evaluate(node: SyntaxNode, state: State, depth: number): Value {
  if (depth > MAX_NESTED) return UNKNOWN;
  const { source, names } = state;
  const code = (n: SyntaxNode): string => source.slice(n.from, n.to);
  switch (node.name) {
    case 'String': return textValue(unescaped(code(node).slice(1, -1)));
    case 'TemplateString': return template(node, state, depth);
    case 'BooleanLiteral': case 'Number': return textValue(code(node));
    case 'ParenthesizedExpression': case 'AwaitExpression': case 'UnaryExpression': { const inner = children(node)[1]; return inner ? evaluate(inner, state, depth + 1) : UNKNOWN; }
    case 'ArrayExpression': return { kind: 'list', items: children(node).filter((c) => !/^[[\],]$/.test(c.name)).map((c) => (c.name === 'SpreadElement' || c.name === 'Spread' ? { kind: 'list', items: [] } : evaluate(c, state, depth + 1))) };
    case 'ObjectExpression': {
      const entries = new Map<string, Value>();
      for (const property of children(node)) {
        if (property.name !== 'Property') continue;
        const parts = children(property);
        const key = parts[0] ? code(parts[0]).replace(/^['"]|['"]$/g, '') : '';
        const value = parts.at(-1);
        if (key !== '' && value) entries.set(key, parts.length === 1 ? (names.get(key) ?? UNKNOWN) : evaluate(value, state, depth + 1));
      }
      return { kind: 'map', entries };
    }
    case 'BinaryExpression': {
      const [left, operator, right] = children(node);
      return left && right && operator && code(operator) === '+' ? joined(evaluate(left, state, depth + 1), evaluate(right, state, depth + 1)) : left && operator && /^(?:\|\||\?\?)$/.test(code(operator)) ? evaluate(left, state, depth + 1) : UNKNOWN;
    }
    case 'VariableName': return names.get(code(node)) ?? { kind: 'from', path: code(node) };
    case 'MemberExpression': {
      const whole = code(node).replace(/\?\./g, '.');
      const set = whole.length < 80 ? names.get(whole) : undefined;
      if (set) return set;
      const parts = children(node);
      const [object] = parts;
      const property = parts.at(-1);
      if (!object) return UNKNOWN;
      const from = evaluate(object, state, depth + 1);
      if (from.kind !== 'from' || !property) return from.kind === 'map' && property ? (from.entries.get(code(property)) ?? UNKNOWN) : UNKNOWN;
      if (property.name === 'PropertyName' || property.name === 'PrivatePropertyName') return aws({ kind: 'from', path: `${from.path}.${code(property)}` });
      // `client['delete' + 'Bucket']`
      const named = known(evaluate(parts.at(-2) ?? property, state, depth + 1));
      return named === undefined ? UNKNOWN : aws({ kind: 'from', path: `${from.path}.${named}` });
    }
    case 'CallExpression': case 'NewExpression': {
      const call = callOf(node, state, depth + 1);
      return call ? result(call) : UNKNOWN;
    }
    case 'ConditionalExpression': { const parts = children(node); return parts[2] ? evaluate(parts[2], state, depth + 1) : UNKNOWN; }
    default: return UNKNOWN;
  }
}

/** `aws-sdk` names its clients by their service: `AWS.S3`. */
function aws(value: Extract<Value, { kind: 'from' }>): Value {
  const m = /^aws-sdk(?:\.default)?\.([A-Z]\w*)(\..*)?$/.exec(value.path);
  if (!m) return value;
  return { kind: 'from', path: `@aws:${m[1]}${m[2] === '.DocumentClient' ? '' : (m[2] ?? '')}` };
}

function result(call: Call): Value {
  const { path, args } = call;
  if (path === 'require' || path === 'import') {
    const module = known(args[0]);
    return module === undefined ? UNKNOWN : fromModule(module, '*');
  }
  if (/(?:^|\.)promisify$/.test(path) || path === 'util.promisify') return args[0] ?? UNKNOWN;
  if (/\.join$/.test(path) && path.startsWith('@list')) return UNKNOWN;
  // `new S3Client({})`, `new S3()`, `DynamoDBDocumentClient.from(client)`: the client of the service.
  const client = /^@aws:([\w-]+)(?:\.(?:[A-Z]\w*))?(?:\.from)?$/.exec(path);
  if (client && (call.isNew || path.endsWith('.from')) && !path.endsWith('Command')) return { kind: 'from', path: `@aws:${client[1] === 'dynamodb' && path.includes('Document') ? 'dynamodb' : client[1]}` };
  if (/^String\.raw$/.test(path)) return args[0] ?? UNKNOWN;
  return path.length < 300 ? { kind: 'from', path: path.startsWith('@aws') ? path : `${path}()` } : UNKNOWN;
}

function callOf(node: SyntaxNode, state: State, depth: number): Call | undefined {
  const parts = children(node);
  const isNew = node.name === 'NewExpression';
  const callee = parts[isNew ? 1 : 0];
  const list = parts.find((p) => p.name === 'ArgList');
  if (!callee) return undefined;
  if (callee.name === 'import') return { path: 'import', args: list ? argumentsOf(list, state, depth) : [], named: new Map(), isNew: false, range: { start: node.from, end: node.to } };
  const target = evaluate(callee, state, depth + 1);
  // `['aws', 's3'].join(' ')`
  if (target.kind !== 'from') return undefined;
  return { path: target.path.replace(/^@aws:([\w-]+)\.\1\./, '@aws:$1.'), args: list ? argumentsOf(list, state, depth) : [], named: new Map(), isNew, range: { start: node.from, end: node.to } };
}

function argumentsOf(list: SyntaxNode, state: State, depth: number): Value[] {
  return children(list).filter((c) => !/^[(),]$/.test(c.name)).slice(0, 200).map((c) => (c.name === 'SpreadElement' || c.name === 'Spread' ? { kind: 'list', items: [] } : evaluate(c, state, depth + 1)));
}

function template(node: SyntaxNode, state: State, depth: number): Value {
  const parts: (string | undefined)[] = [];
  let from = node.from + 1;
  for (const c of children(node)) {
    if (c.name !== 'Interpolation') continue;
    parts.push(unescaped(state.source.slice(from, c.from)));
    const inner = c.firstChild?.nextSibling;
    parts.push(...partsOf(inner ? evaluate(inner, state, depth + 1) : undefined));
    from = c.to;
  }
  parts.push(unescaped(state.source.slice(from, state.source.charAt(node.to - 1) === '`' ? node.to - 1 : node.to)));
  return { kind: 'text', parts };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', '\n': '' };

function unescaped(body: string): string {
  return body.includes('\\') ? body.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|[^])/g, (_, e: string) => (e.length > 1 ? String.fromCodePoint(Math.min(0x10ffff, parseInt(e.replace(/[^0-9a-fA-F]/g, ''), 16))) : (ESCAPES[e] ?? e))) : body;
}
