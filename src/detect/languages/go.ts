import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/go';
import type { DetectContext, Finding } from '../invocation';
import { append, unescaped } from './javascript/fold';
import { children, formatted, from, judgeLibraryCall, judgeRemoval, judgeRequest, lookUp, MAX_LENGTH, MAX_NESTED, once, parameter, plain, program, servicesIn, startsWords, startsWrapped, sum, type Program } from './library-calls';
import { known, text, UNKNOWN, type Value } from './program/value';

const WORTH = /"os\/exec"|"syscall"|aws-sdk-go|k8s\.io\/|sigs\.k8s\.io|cloud\.google\.com\/go|google\.golang\.org\/api|azure-sdk-for-go|"net\/http"|resty|"database\/sql"|sqlx|pgx|gorm|redis|mongo-driver|RemoveAll|tfexec|go\/auto"|bitfield\/script|docker\/docker\/client|digitalocean|hcloud|cloudflare-go/;

/** Go with what is read of a program of it. */
interface Go extends Program { readonly source: string; readonly types: Map<string, Value> }

/**
 * What a Go program would do: commands, calls of the AWS SDK (1 and 2), client-go and controller-runtime, Google's and Azure's
 * libraries, statements for databases, requests. Sources: the libraries' references on pkg.go.dev. Never throws.
 */
export function findInGo(source: string, context: DetectContext): Finding[] {
  if (source.length > MAX_LENGTH || !WORTH.test(source)) return [];
  const p: Go = { ...program('go', context, servicesIn([...source.matchAll(/"github\.com\/aws\/aws-sdk-go(?:-v2)?\/service\/(\w+)/g)].map((m) => m[1]))), source, types: new Map() };
  const tree = parser.parse(source);
  for (const last of [false, true]) {
    p.found.length = 0;
    tree.cursor().iterate((ref) => {
      const { name } = ref;
      if (name === 'ImportSpec') imports(ref.node, p);
      else if (name === 'TypeSpec') types(ref.node, p);
      else if (name === 'FunctionDecl' || name === 'MethodDecl') begin(ref.node, p);
      else if (name === 'FunctionLiteral') parameters(ref.node.getChild('Parameters'), p, false);
      else if (name === 'VarDecl' || name === 'ConstSpec' || name === 'VarSpec' || name === 'Assignment' || name === 'RangeClause') assign(ref.node, p);
      else if (name === 'CallExpr') call(ref.node, p, last);
    }, (ref) => {
      if (ref.name === 'FunctionDecl' || ref.name === 'MethodDecl') Object.assign(p, { locals: new Map(), current: '' });
    });
  }
  return once(p.found);
}

const code = (node: SyntaxNode, p: Go): string => p.source.slice(node.from, node.to);

/** Where a package leads; clients of the AWS SDK are written `@aws:SERVICE`. */
function moduleOf(path: string): string {
  const aws = /^github\.com\/aws\/aws-sdk-go(?:-v2)?\/service\/(\w+)/.exec(path)?.[1];
  if (aws !== undefined) return `@aws:${aws}`;
  const last = path.split('/').filter((s) => !/^v\d+\w*$/.test(s)).at(-1)?.replace(/^go-|-go$/g, '') ?? path;
  if (/^(?:k8s\.io\/(?:client-go|kubectl|metrics)|sigs\.k8s\.io\/controller-runtime)/.test(path) && !/\/(?:tools\/cache|util|informers|listers|scheme)/.test(path)) return `@kubernetes/${last}`;
  if (/^(?:cloud\.google\.com\/go|google\.golang\.org\/api)\b/.test(path)) return `@google-cloud/${last}`;
  return /^github\.com\/Azure\/azure-sdk-for-go/.test(path) ? `@azure/${last}` : last;
}

function imports(node: SyntaxNode, p: Go): void {
  const literal = node.getChild('String');
  if (!literal) return;
  const path = code(literal, p).slice(1, -1);
  const alias = node.getChild('DefName');
  const own = path.split('/').filter((s) => !/^v\d+$/.test(s)).at(-1)?.replace(/^go-|-go$/g, '').replace(/\.v\d+$/, '') ?? path;
  p.globals.set(alias ? code(alias, p) : own, from(moduleOf(path)));
}

/** An object of the type that is written here. */
function typed(node: SyntaxNode | null | undefined, p: Go): Value | undefined {
  const name = node ? code(node, p).replace(/^[*&\s]+/, '') : '';
  if (name.length > 80) return undefined;
  const [root = '', type] = name.split('.');
  if (type === undefined) return p.types.get(root);
  const module = p.globals.get(root);
  if (module?.kind !== 'from' || !/^@|^(?:redis|sql|sqlx|pgx|gorm|mongo|tfexec|auto|godo|cloudflare)\b/.test(module.path)) return undefined;
  return /^@aws:/.test(module.path) ? (/(?:Client|API|^[A-Z]\w*)$/.test(type) && !/(?:Input|Output|Request|Options)$/.test(type) ? module : undefined) : from(`${module.path}.${type}()`);
}

/** Fields by their names; a type that has a client inside is that client, too. */
function types(node: SyntaxNode, p: Go): void {
  const name = node.getChild('DefName');
  for (const field of node.getChild('StructType')?.getChild('StructBody')?.getChildren('FieldDecl') ?? []) {
    const parts = children(field);
    const type = typed(parts.at(-1)?.name === 'String' ? parts.at(-2) : parts.at(-1), p);
    if (!type) continue;
    const names = parts.filter((c) => c.name === 'FieldName');
    for (const n of names) p.types.set(`.${code(n, p)}`, type);
    if (names.length === 0) {
      p.types.set(`.${code(field, p).split('.').at(-1) ?? ''}`, type);
      if (name) p.types.set(code(name, p), type);
    }
  }
}

function begin(node: SyntaxNode, p: Go): void {
  const name = node.getChild('DefName') ?? node.getChild('FieldName');
  p.locals = new Map();
  p.current = name ? code(name, p) : '';
  const lists = node.getChildren('Parameters');
  if (node.name === 'MethodDecl') parameters(lists[0] ?? null, p, false);
  parameters(lists[node.name === 'MethodDecl' ? 1 : 0] ?? null, p, true);
}

function parameters(list: SyntaxNode | null, p: Go, own: boolean): void {
  let i = 0;
  for (const one of list?.getChildren('Parameter') ?? []) {
    const parts = children(one);
    for (const name of parts.filter((c) => c.name === 'DefName')) p.locals.set(code(name, p), typed(parts.at(-1), p) ?? (own ? parameter(i++, parts.some((c) => c.name === '...')) : from(code(name, p))));
  }
}

function assign(node: SyntaxNode, p: Go): void {
  const parts = children(node);
  const at = parts.findIndex((c) => c.name === ':=' || c.name === '=' || c.name === 'UpdateOp');
  const targets = parts.slice(0, at < 0 ? undefined : at).filter((c) => c.name === 'DefName' || c.name === 'VariableName' || c.name === 'SelectorExpr');
  const values = at < 0 ? [] : parts.slice(at + 1).filter((c) => c.name !== ',' && c.name !== 'range');
  const type = node.name === 'VarSpec' ? parts.find((c) => /Type$|^TypeName$/.test(c.name)) : undefined;
  targets.forEach((target, i) => {
    const name = code(target, p);
    if (name === '_' || name.length > 80) return;
    const source = values[i] ?? (i === 0 ? values[0] : undefined);
    let value = source ? evaluate(source, p, 0) : UNKNOWN;
    if (node.name === 'RangeClause') value = i === 1 || targets.length === 1 ? (value.kind === 'list' && value.items.length === 1 ? (value.items[0] ?? UNKNOWN) : value.kind === 'from' && value.path.startsWith('@') ? value : UNKNOWN) : UNKNOWN;
    if (parts[at]?.name === 'UpdateOp') value = append(lookUp(name, p) ?? UNKNOWN, value);
    (p.current === '' ? p.globals : p.locals).set(name, value.kind === 'unknown' ? (typed(type, p) ?? value) : value);
  });
}

function evaluate(node: SyntaxNode, p: Go, depth: number): Value {
  if (depth > MAX_NESTED) return UNKNOWN;
  const next = (n: SyntaxNode | null | undefined): Value => (n ? evaluate(n, p, depth + 1) : UNKNOWN);
  switch (node.name) {
    case 'String': { const raw = code(node, p); return text(raw.startsWith('`') ? raw.slice(1, -1) : unescaped(raw.slice(1, -1))); }
    case 'Number': case 'Bool': case 'True': case 'False': return text(code(node, p));
    case 'BinaryExp': return sum(node, next, (n) => n.name === 'BinaryExp' && n.firstChild?.nextSibling !== null && n.firstChild?.nextSibling !== undefined && code(n.firstChild.nextSibling, p) === '+');
    case 'ParenthesizedExpr': case 'UnaryExp': return next(children(node)[1]);
    case 'VariableName': return lookUp(code(node, p), p) ?? (/^(?:true|false)$/.test(code(node, p)) ? text(code(node, p)) : from(code(node, p)));
    case 'SelectorExpr': {
      const set = node.to - node.from < 80 ? lookUp(code(node, p), p) : undefined;
      if (set) return set;
      const field = node.lastChild ? code(node.lastChild, p) : '';
      const of = next(node.firstChild);
      if (of.kind === 'from' && of.path.startsWith('@') && !/^@(?:parameter|rest):/.test(of.path)) return from(`${of.path}.${field}`);
      return p.types.get(`.${field}`) ?? (of.kind === 'from' ? from(`${of.path.replace(/^@\w+:\d+/, 'p')}.${field}`) : UNKNOWN);
    }
    case 'TypedLiteral': return literal(node, p, depth);
    case 'CallExpr': return result(node, p, depth);
    case 'IndexExpr': { const of = next(node.firstChild); return of.kind === 'from' ? of : UNKNOWN; }
    default: return UNKNOWN;
  }
}

/** `[]string{"a"}`, `&s3.DeleteBucketInput{Bucket: name}`. */
function literal(node: SyntaxNode, p: Go, depth: number): Value {
  const elements = node.getChild('LiteralValue')?.getChildren('Element') ?? [];
  const keyed = elements.some((e) => e.firstChild?.name === 'Key');
  if (!keyed) return { kind: 'list', items: elements.slice(0, 300).flatMap((e) => (e.firstChild ? [evaluate(e.firstChild, p, depth + 1)] : [])) };
  return { kind: 'map', entries: new Map(elements.slice(0, 300).flatMap((e) => (e.firstChild && e.lastChild ? [[code(e.firstChild, p).replace(/^"|"$/g, ''), evaluate(e.lastChild, p, depth + 1)] as const] : []))) };
}

function argumentsOf(node: SyntaxNode, p: Go, depth: number): Value[] {
  const parts = node.getChild('Arguments') ? children(node.getChild('Arguments') as SyntaxNode) : [];
  return parts.filter((c) => !/^(?:[(),]|\.\.\.)$/.test(c.name) && !/Comment$/.test(c.name)).slice(0, 300).flatMap((c) => {
    const value = evaluate(c, p, depth + 1);
    const spread = c.nextSibling?.name === '...';
    return spread && value.kind === 'list' ? value.items : spread && value.kind !== 'from' ? [{ kind: 'list', items: [] } as const] : [value];
  });
}

function result(node: SyntaxNode, p: Go, depth: number): Value {
  const callee = node.firstChild;
  const path = callee ? evaluate(callee, p, depth + 1) : UNKNOWN;
  if (path.kind !== 'from') return UNKNOWN;
  const args = argumentsOf(node, p, depth);
  if (/^(?:fmt\.Sprintf|fmt\.Sprint)$/.test(path.path)) return formatted(args);
  if (path.path === 'strings.Join') return args[0]?.kind === 'list' ? args[0].items.reduce<Value>((a, b, i) => (i === 0 ? b : append(append(a, args[1] ?? UNKNOWN), b)), text('')) : UNKNOWN;
  if (path.path === 'strings.Fields' || path.path === 'strings.Split') { const whole = known(args[0]); return { kind: 'list', items: whole === undefined ? [{ kind: 'list', items: [] }] : whole.split(known(args[1]) ?? /\s+/).filter((w) => w !== '').slice(0, 300).map(text) }; }
  if (path.path === 'append') return args[0]?.kind === 'list' ? { kind: 'list', items: [...args[0].items, ...args.slice(1)].slice(0, 400) } : UNKNOWN;
  if (/(?:^|\.)(?:String|Bool|Ptr|To|string|StringPtr|TrimSpace|context)$/.test(path.path)) return args[0] ?? UNKNOWN;
  if (/^(?:filepath|path)\.Join$/.test(path.path)) return args.reduce<Value>((a, b, i) => (i === 0 ? b : append(append(a, text('/')), b)), text(''));
  const aws = /^(@aws:\w+)\.New\w*$/.exec(path.path)?.[1];
  return aws !== undefined ? from(aws) : from(`${path.path}()`);
}

function call(node: SyntaxNode, p: Go, last: boolean): void {
  const callee = node.firstChild;
  const target = callee ? evaluate(callee, p, 0) : UNKNOWN;
  if (target.kind !== 'from') return;
  const { path } = target;
  const args = argumentsOf(node, p, 0);
  const range = { start: node.from, end: node.to };
  if (/^exec\.Command(?:Context)?$/.test(path)) return startsWords(path.endsWith('Context') ? args.slice(1) : args, range, p);
  if (/^syscall\.Exec$/.test(path)) return startsWords(args[1]?.kind === 'list' ? args[1].items : args.slice(0, 1), range, p);
  if (/^script\.(?:Exec|Pipe\(\)\.Exec)$/.test(path)) return startsWords(args.slice(0, 1), range, p);
  if (!last) return;
  const method = path.slice(path.lastIndexOf('.') + 1);
  if (startsWrapped(method, args, range, p)) return;
  if (/^http\.NewRequest(?:WithContext)?$/.test(path)) { const [m, url] = path.endsWith('Context') ? args.slice(1) : args; return judgeRequest(m?.kind === 'from' ? text(m.path.replace(/^http\.Method/, '').toUpperCase()) : m, url, undefined, range, p); }
  if (/^resty\..*\.Delete$/.test(path)) return judgeRequest(text('DELETE'), args[0], undefined, range, p);
  if (/^os\.RemoveAll$/.test(path)) return judgeRemoval(args[0], range, p);
  if (/^(?:tfexec)\..*\.Destroy$/.test(path)) return void p.found.push(plain('terraform:Destroy', ['data-loss', 'outage'], 'Runs terraform destroy: everything in the state is deleted.', range, p));
  if (/^auto\..*\.(?:Destroy|RemoveStack)$/.test(path)) return void p.found.push(plain(`pulumi:${method}`, ['data-loss', 'outage'], `Calls ${method} on a Pulumi stack: everything in it is deleted.`, range, p));
  if (/^(?:godo|hcloud|cloudflare|linodego|client)\..*\.(?:Delete\w*|Remove\w*|\w+Prune|Destroy\w*)$/.test(path) && /\(\)/.test(path)) return void p.found.push(plain(`go:${method}`, ['data-loss', 'outage'], `Calls ${method}: what it names is deleted.`, range, p));
  if (/\.Migrator\(\)\.(?:DropTable|DropColumn)$/.test(path)) return void p.found.push(plain(`sql:${method}`, ['data-loss'], `Calls ${method}: tables or columns are dropped with what is in them.`, range, p));
  if (/^mongo\b.*\.Drop$/.test(path)) return void p.found.push(plain('sql:Drop', ['data-loss'], 'Drops a collection or database.', range, p));
  const named = /^@(?:kubernetes|google-cloud|azure)\//.test(path) ? path.replace(/\.(?:Do|Context|Wait)$/, '') : path.replace(/(?:WithContext|Request)$/, '');
  judgeLibraryCall({ path: named, args: args.filter((a) => !(a.kind === 'from' && /(?:^|\.)(?:ctx|context)|^context\.|\(\)$/.test(a.path))), named: new Map(), isNew: false, range }, p);
}
