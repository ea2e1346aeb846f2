import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import type { ReaderContext, Finding } from '../invocation';
import { findInCommandText } from './commands';
import { judgeCall, type Evidence } from './program/judge';
import { joined, known, partsOf, text as textValue, UNKNOWN, type Call, type Value } from './program/value';
import { sdkService } from './sdk';

/** A longer text is not taken apart. */
const MAX_LENGTH = 4 * 1024 * 1024;
/** Without one of these words a program starts nothing and calls no cloud. */
const WORTH = /\b(?:boto3|botocore|aioboto3|aiobotocore|subprocess|os\.|system|popen|shutil|google|azure|kubernetes|requests|httpx|urllib|aiohttp|paramiko|fabric|invoke|pexpect|plumbum|sh|pty|execute|executescript|drop|asyncio|exec|eval|rmtree|psycopg|sqlalchemy|redis|pymongo)\b|^\s*[!%]/m;

interface State {
  readonly source: string;
  readonly names: Map<string, Value>;
  readonly modules: Set<string>;
  readonly context: ReaderContext;
  readonly findings: Finding[];
  /** How deep texts in texts (`exec("…")`) are. */
  readonly depth: number;
}

/**
 * What a Python program would do: commands that it starts, calls of boto3 and of the clouds' other libraries, statements for
 * databases. Values are folded through assignments in the order of the text. Never throws.
 */
export function findInPython(source: string, context: ReaderContext, depth = 0): Finding[] {
  if (source.length > MAX_LENGTH || depth > 4 || !WORTH.test(source)) return [];
  const state: State = { source, names: new Map(), modules: new Set(), context, findings: [], depth };
  // Mocked clouds are no clouds. Source: moto and botocore.stub documentation.
  const mocked = /@mock_(?:aws|s3|ec2|dynamodb|rds|iam|sts|lambda|sqs|sns|\w+)\b|with mock_aws\(|Stubber\(|from moto import/.test(source);
  const cells = source.replace(/^(\s*)[!%](?:(?:sx|system)\s+)?(.*)$/gm, (line, indent: string, command: string, at: number) => {
    if (/^\s*!|^\s*%(?:sx|system)\b/.test(line)) state.findings.push(...findInCommandText([command.replace(/\{[^}]*\}/g, '"$UNKNOWN_VALUE"')], { start: at, end: at + line.length }, context));
    return indent + 'pass'.padEnd(line.length - indent.length).slice(0, line.length - indent.length);
  });
  const tree = parser.parse(cells.length === source.length ? cells : source);
  const cursor = tree.cursor();
  const evidence: Evidence = { modules: state.modules, tool: 'python' };
  do {
    const { name } = cursor;
    if (name === 'ImportStatement') imports(cursor.node, state);
    else if (name === 'AssignStatement') assign(cursor.node, state);
    else if (name === 'WithStatement' || name === 'ForStatement') bindings(cursor.node, state);
    else if (name === 'CallExpression') {
      const call = callOf(cursor.node, state);
      if (call && !(mocked && call.path.startsWith('@aws'))) state.findings.push(...findings(call, evidence, state));
    }
  } while (cursor.next());
  return state.findings;
}

function findings(call: Call, evidence: Evidence, state: State): Finding[] {
  if (call.path === 'exec' || call.path === 'eval') {
    const inner = known(call.args[0]);
    return inner === undefined ? [] : findInPython(inner, state.context, state.depth + 1).map((f) => ({ ...f, range: call.range }));
  }
  return judgeCall(call, evidence, state.context);
}

const children = (node: SyntaxNode): SyntaxNode[] => {
  const out: SyntaxNode[] = [];
  for (let c = node.firstChild; c; c = c.nextSibling) out.push(c);
  return out;
};

function imports(node: SyntaxNode, { source, names, modules }: State): void {
  const code = source.slice(node.from, node.to).replace(/[()\\]/g, ' ').replace(/\s+/g, ' ');
  const from = /^from ([\w.]+) import (.*)$/.exec(code);
  if (from) {
    modules.add(from[1] ?? '');
    for (const part of (from[2] ?? '').split(',')) {
      const m = /^\s*(\w+)(?: as (\w+))?/.exec(part);
      if (m?.[1] === undefined) continue;
      modules.add(`${from[1]}.${m[1]}`);
      names.set(m[2] ?? m[1], { kind: 'from', path: `${from[1]}.${m[1]}` });
    }
    return;
  }
  for (const part of code.replace(/^import /, '').split(',')) {
    const m = /^\s*([\w.]+)(?: as (\w+))?/.exec(part);
    if (m?.[1] === undefined) continue;
    modules.add(m[1]);
    names.set(m[2] ?? m[1].split('.')[0] ?? m[1], { kind: 'from', path: m[2] === undefined ? (m[1].split('.')[0] ?? m[1]) : m[1] });
  }
}

function assign(node: SyntaxNode, state: State): void {
  const parts = children(node);
  const at = parts.findIndex((p) => p.name === 'AssignOp' || p.name === 'UpdateOp');
  const [target] = parts;
  const value = parts.slice(at + 1).at(-1);
  if (at < 1 || !target || !value || parts.slice(0, at).some((p) => p.name === ',')) return;
  const name = state.source.slice(target.from, target.to);
  if (name.length > 80 || !/^[\w.]+$/.test(name)) return;
  const now = evaluate(value, state, 0);
  state.names.set(name, parts[at]?.name === 'UpdateOp' ? joined(state.names.get(name) ?? UNKNOWN, now) : now);
}

/** `with X as y`, `for y in X`: the name is what the expression gives. */
function bindings(node: SyntaxNode, state: State): void {
  const parts = children(node);
  if (node.name === 'ForStatement') {
    const at = parts.findIndex((p) => p.name === 'in');
    const name = parts[1] ? state.source.slice(parts[1].from, parts[1].to) : '';
    const over = parts[at + 1] ? evaluate(parts[at + 1] as SyntaxNode, state, 0) : UNKNOWN;
    if (/^\w+$/.test(name)) state.names.set(name, over.kind === 'from' && over.path.startsWith('@awsr') ? over : over.kind === 'list' && over.items.length === 1 ? (over.items[0] ?? UNKNOWN) : UNKNOWN);
    return;
  }
  parts.forEach((p, i) => {
    const name = parts[i + 1];
    if (p.name === 'as' && name && parts[i - 1]) state.names.set(state.source.slice(name.from, name.to), evaluate(parts[i - 1] as SyntaxNode, state, 0));
  });
}

const MAX_NESTED = 60;

function evaluate(node: SyntaxNode, state: State, depth: number): Value {
  if (depth > MAX_NESTED) return UNKNOWN;
  const { source, names } = state;
  const code = (n: SyntaxNode): string => source.slice(n.from, n.to);
  switch (node.name) {
    case 'String': return { kind: 'text', parts: [stringText(code(node))] };
    case 'ContinuedString': return children(node).map((c) => evaluate(c, state, depth + 1)).reduce(joined);
    case 'FormatString': return formatted(node, state, depth);
    case 'Boolean': case 'Number': return textValue(code(node).toLowerCase());
    case 'ParenthesizedExpression': { const inner = children(node)[1]; return inner ? evaluate(inner, state, depth + 1) : UNKNOWN; }
    case 'AwaitExpression': { const inner = children(node)[1]; return inner ? evaluate(inner, state, depth + 1) : UNKNOWN; }
    case 'ArrayExpression': case 'TupleExpression': return { kind: 'list', items: children(node).filter((c) => !/^[[\](),]$/.test(c.name)).map((c) => (c.name === '*' ? { kind: 'list', items: [] } : evaluate(c, state, depth + 1))) };
    case 'DictionaryExpression': {
      const parts = children(node).filter((c) => !/^[{},:]$/.test(c.name));
      const entries = new Map<string, Value>();
      for (let i = 0; i + 1 < parts.length && i < 400; i += 2) {
        const key = known(evaluate(parts[i] as SyntaxNode, state, depth + 1));
        if (key !== undefined) entries.set(key, evaluate(parts[i + 1] as SyntaxNode, state, depth + 1));
      }
      return { kind: 'map', entries };
    }
    case 'BinaryExpression': {
      const [left, operator, right] = children(node);
      if (!left || !right || !operator) return UNKNOWN;
      if (code(operator) === '+') return joined(evaluate(left, state, depth + 1), evaluate(right, state, depth + 1));
      // `'…%s…' % x`
      const pattern = code(operator) === '%' ? known(evaluate(left, state, depth + 1)) : undefined;
      return pattern === undefined ? UNKNOWN : filled(pattern, /%[sdrf]|%\(\w+\)[sd]/, right.name === 'TupleExpression' ? (evaluate(right, state, depth + 1) as Extract<Value, { kind: 'list' }>).items : [evaluate(right, state, depth + 1)]);
    }
    case 'VariableName': return names.get(code(node)) ?? namedLike(code(node), state) ?? { kind: 'from', path: code(node) };
    case 'MemberExpression': {
      const whole = code(node);
      const set = whole.length < 80 ? names.get(whole) : undefined;
      if (set) return set;
      const [object, dot, property] = children(node);
      if (!object) return UNKNOWN;
      const from = evaluate(object, state, depth + 1);
      if (dot?.name !== '.') return from.kind === 'list' ? UNKNOWN : from;
      const own = property ? namedLike(code(property), state) : undefined;
      if (own && code(object) === 'self') return own;
      return from.kind === 'from' && property ? { kind: 'from', path: `${from.path}.${code(property)}` } : from.kind === 'text' ? UNKNOWN : from;
    }
    case 'CallExpression': {
      const call = callOf(node, state, depth + 1);
      return call ? result(call) : UNKNOWN;
    }
    case 'ConditionalExpression': { const [first] = children(node); return first ? evaluate(first, state, depth + 1) : UNKNOWN; }
    default: return UNKNOWN;
  }
}

/** What a call gives: a client, a resource, a list of words, a formatted text. */
function result(call: Call): Value {
  const { path, args, named } = call;
  if (/^(?:boto3|aioboto3|aiobotocore\.session|boto3\.session|botocore\.session|boto3\.Session\(\)|boto3\.session\.Session\(\)|aioboto3\.Session\(\)|[\w.]*(?:session|Session)(?:\(\))?(?:\.\w+\(\))?)\.(?:client|create_client)$/.test(path)) return { kind: 'from', path: `@aws:${known(args[0] ?? named.get('service_name')) ?? ''}` };
  if (/(?:boto3|[sS]ession(?:\(\))?)\.resource$/.test(path)) return { kind: 'from', path: `@awsr:${known(args[0] ?? named.get('service_name')) ?? ''}` };
  if (path === 'shlex.split') { const t = known(args[0]); return t === undefined ? { kind: 'list', items: args[0] ? [args[0]] : [] } : { kind: 'list', items: (t.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map((w) => textValue(w.replace(/^(['"])([^]*)\1$/, '$2'))) }; }
  if (path === 'paramiko.SSHClient' || path === 'fabric.Connection' || path === 'invoke.Context') return { kind: 'from', path: `${path}()` };
  if (/^requests\.(?:Session|session)$|^httpx\.(?:Client|AsyncClient)$/.test(path)) return { kind: 'from', path: '@session' };
  if (/\.(?:format)$/.test(path) && args.length >= 0 && path.startsWith('@text:')) return filled(path.slice(6, -7), /\{\w*(?:![rs])?(?::[^}]*)?\}/, args);
  if (/^(?:str|sqlalchemy\.text|text|psycopg2?\.sql\.SQL)$/.test(path)) return args[0] ?? UNKNOWN;
  if (path === 'os.path.join') return args.reduce((a, b) => joined(joined(a, textValue('/')), b));
  if (path === 'os.path.expanduser' || path === 'pathlib.Path' || path === 'Path') return args[0] ?? UNKNOWN;
  if (path === 'getattr' && args[0]?.kind === 'from') { const name = known(args[1]); return { kind: 'from', path: `${args[0].path}.${name ?? partsOf(args[1]).map((p) => p ?? '').join('')}` }; }
  return path.length < 300 ? { kind: 'from', path: `${path}()` } : UNKNOWN;
}

/** Names that tell a client where nothing else does: `s3_client`, `ec2`, in a program that imports boto3. */
function namedLike(name: string, { modules }: State): Value | undefined {
  if (![...modules].some((m) => /^(?:boto3|botocore|aioboto3|aiobotocore|mypy_boto3)/.test(m))) return undefined;
  const m = /^_?(?:aws_)?(\w+?)_?(client|conn|resource)?$/.exec(name.toLowerCase());
  const service = m?.[1] === undefined ? undefined : sdkService(m[1]);
  return service === undefined || (m?.[2] === undefined && !/^(?:s3|ec2|rds|iam|ecs|eks|sqs|sns|kms|elb|elbv2|route53|dynamodb|cloudformation|autoscaling|cfn)$/.test(name)) ? undefined : { kind: 'from', path: `@aws${m?.[2] === 'resource' ? 'r' : ''}:${m?.[1]}` };
}

function callOf(node: SyntaxNode, state: State, depth = 0): Call | undefined {
  const [callee, list] = children(node);
  if (!callee || !list) return undefined;
  const object = callee.name === 'MemberExpression' ? callee.firstChild : null;
  const method = callee.name === 'MemberExpression' ? callee.lastChild : null;
  // `'…{}…'.format(x)`: the text itself is what is called on.
  const literal = object && method && /^(?:String|ContinuedString|VariableName|ParenthesizedExpression)$/.test(object.name) && state.source.slice(method.from, method.to) === 'format' ? known(evaluate(object, state, depth + 1)) : undefined;
  const target = literal !== undefined ? { kind: 'from' as const, path: `@text:${literal}.format` } : evaluate(callee, state, depth + 1);
  if (target.kind !== 'from') return undefined;
  const args: Value[] = [];
  const named = new Map<string, Value>();
  const parts = children(list);
  for (let i = 0; i < parts.length && i < 400; i++) {
    const part = parts[i];
    if (!part || /^[(),]$/.test(part.name)) continue;
    if (part.name === 'VariableName' && parts[i + 1]?.name === 'AssignOp' && parts[i + 2]) {
      named.set(state.source.slice(part.from, part.to), evaluate(parts[i + 2] as SyntaxNode, state, depth + 1));
      i += 2;
    } else if (part.name === '**' || part.name === '*') {
      const next = parts[i + 1];
      const value = next ? evaluate(next, state, depth + 1) : UNKNOWN;
      if (value.kind === 'map') for (const [k, v] of value.entries) named.set(k, v);
      i++;
    } else args.push(evaluate(part, state, depth + 1));
  }
  return { path: target.path, args, named, isNew: false, range: { start: node.from, end: node.to } };
}

function filled(pattern: string, mark: RegExp, values: readonly Value[]): Value {
  const pieces = pattern.split(mark);
  return { kind: 'text', parts: pieces.flatMap((piece, i) => (i === 0 ? [piece] : [...partsOf(values[i - 1]), piece])) };
}

function formatted(node: SyntaxNode, state: State, depth: number): Value {
  const parts: (string | undefined)[] = [];
  const whole = state.source.slice(node.from, node.to);
  const open = /^[a-zA-Z]*("""|'''|"|')/.exec(whole)?.[0] ?? '"';
  const close = open.replace(/^[a-zA-Z]*/, '');
  let from = node.from + open.length;
  for (const c of children(node)) {
    if (c.name !== 'FormatReplacement') continue;
    parts.push(unescaped(state.source.slice(from, c.from)).replaceAll('{{', '{').replaceAll('}}', '}'));
    const inner = c.firstChild?.nextSibling;
    parts.push(...partsOf(inner ? evaluate(inner, state, depth + 1) : undefined));
    from = c.to;
  }
  parts.push(unescaped(state.source.slice(from, node.to - (whole.endsWith(close) ? close.length : 0))).replaceAll('{{', '{').replaceAll('}}', '}'));
  return { kind: 'text', parts };
}

function stringText(code: string): string {
  const m = /^([a-zA-Z]*)("""|'''|"|')([^]*?)(?:\2)?$/.exec(code);
  const body = m?.[3] ?? code;
  return /r/i.test(m?.[1] ?? '') ? body : unescaped(body);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', '\n': '' };

function unescaped(body: string): string {
  return body.includes('\\') ? body.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^])/g, (_, e: string) => (e.length > 1 ? String.fromCharCode(parseInt(e.slice(1), 16)) : (ESCAPES[e] ?? e))) : body;
}
