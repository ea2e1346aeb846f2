import type { SyntaxNode } from '@lezer/common';
import type { Effect } from '../../model';
import { knownWord, type DetectContext, type Finding } from '../invocation';
import { judgePath } from '../tools/files/paths';
import { findInCommandText, findInWords } from './commands';
import { changesDatabase } from './javascript/databases';
import { append } from './javascript/fold';
import { sends } from './javascript/requests';
import { judgeCall } from './program/judge';
import { known, partsOf, UNKNOWN, type Call, type Value } from './program/value';
import { sdkCall, sdkService } from './sdk';

type Range = Call['range'];

/** What is known while a Go, Java or Ruby program is read. */
export interface Program {
  readonly tool: string;
  readonly context: DetectContext;
  /** Services whose AWS library is imported. */
  readonly services: readonly string[];
  readonly globals: Map<string, Value>;
  readonly found: Finding[];
  /** Functions of the program that hand their parameters to a command: argument lists with `@parameter:N` and `@rest:N` in them. */
  readonly wrappers: Map<string, readonly Value[]>;
  /** The names of the function that is read now. */
  locals: Map<string, Value>;
  /** The function that is read now. */
  current: string;
}

export const program = (tool: string, context: DetectContext, services: readonly string[]): Program => ({ tool, context, services, globals: new Map(), found: [], wrappers: new Map(), locals: new Map(), current: '' });

/** A longer program is not taken apart. */
export const MAX_LENGTH = 4 * 1024 * 1024;
export const MAX_NESTED = 60;

export const from = (path: string): Value => (path.length < 300 ? { kind: 'from', path } : UNKNOWN);

export const children = (node: SyntaxNode): SyntaxNode[] => {
  const out: SyntaxNode[] = [];
  for (let c = node.firstChild; c; c = c.nextSibling) out.push(c);
  return out;
};

export const lookUp = (name: string, { locals, globals }: Program): Value | undefined => locals.get(name) ?? globals.get(name);

/** `a + b + c`, a chain of binary expressions to the left, as one text. */
export function sum(node: SyntaxNode, evaluate: (node: SyntaxNode) => Value, isSum: (node: SyntaxNode) => boolean): Value {
  const terms: SyntaxNode[] = [];
  let at: SyntaxNode | null = node;
  while (at && isSum(at) && terms.length < 400) {
    if (at.lastChild) terms.push(at.lastChild);
    at = at.firstChild;
  }
  const first = at && terms.length < 400 ? evaluate(at) : UNKNOWN;
  return terms.reverse().reduce<Value>((value, term) => append(value, evaluate(term)), first);
}

/** A format with its arguments: `%s`, `%d`, `%v`. */
export function formatted([pattern, ...args]: readonly Value[]): Value {
  const text = known(pattern);
  if (text === undefined) return pattern?.kind === 'text' ? pattern : UNKNOWN;
  return { kind: 'text', parts: text.split(/%[-+#0-9.]*[svdqnxf]/).flatMap((piece, i) => (i === 0 ? [piece] : [...partsOf(args[i - 1]), piece])) };
}

/** Parameters of a function that is read, so that what it does with them can be told where it is called. */
export const parameter = (index: number, rest: boolean): Value => from(`@${rest ? 'rest' : 'parameter'}:${index}`);

const placed = (value: Value): boolean => value.kind === 'from' && /^@(?:parameter|rest):\d+$/.test(value.path);

/** What a program that is started with these words would do; words that are parameters make the function a wrapper. */
export function startsWords(items: readonly Value[], range: Range, p: Program): void {
  if (items.some(placed) && p.current !== '') p.wrappers.set(p.current, items);
  if (items[0]?.kind !== 'text') return;
  const words = items.map((i) => (i.kind === 'text' ? i.parts : i.kind === 'list' || (i.kind === 'from' && i.path.startsWith('@rest:')) ? ('many' as const) : [undefined]));
  const [first] = items;
  // One text with blanks is a command line: `exec("aws s3 ls")`.
  const found = items.length === 1 && /\s/.test(partsOf(first).join('')) ? findInCommandText(partsOf(first), range, p.context) : findInWords(words, range, p.context);
  p.found.push(...found.filter((f) => f.mutation !== 'none' && !(f.mutation === 'unknown' && items.some(placed))));
}

/** What a text that a shell reads would do. */
export function startsText(value: Value | undefined, range: Range, p: Program): void {
  if (value && placed(value) && p.current !== '') p.wrappers.set(p.current, [value]);
  if (value?.kind === 'text' && value.parts.some((part) => part !== undefined && part.trim() !== '')) p.found.push(...findInCommandText(value.parts, range, p.context).filter((f) => f.mutation !== 'none'));
}

/** A call of a function of the program that hands its parameters to a command. */
export function startsWrapped(name: string, args: readonly Value[], range: Range, p: Program): boolean {
  const words = p.wrappers.get(name);
  if (!words || name === p.current) return false;
  startsWords(words.flatMap((w) => {
    const m = w.kind === 'from' ? /^@(parameter|rest):(\d+)$/.exec(w.path) : null;
    return m ? (m[1] === 'rest' ? args.slice(Number(m[2])).flatMap((a) => (a.kind === 'list' && a.items.length > 0 ? a.items : [a])) : [args[Number(m[2])] ?? UNKNOWN]) : [w];
  }), range, p);
  return true;
}

const NO_MODULES: ReadonlySet<string> = new Set();
/** Words of methods that destroy in no cloud's library. */
const HARMLESS = /(?:^|\.)(?:stop\w*|reset\w*|removeListener\w*|removeAll\w*|deleteCharAt|delete_if|delete_at|disable|remove)$/i;

/** A call of a library: the AWS SDK, the other clouds, databases and requests. `path` says where what is called comes from. */
export function judgeLibraryCall(call: Call, p: Program): void {
  const { path, args, range } = call;
  const method = path.slice(path.lastIndexOf('.') + 1);
  const aws = /^@aws(r?):([\w-]+)\.(.*)$/.exec(path);
  if (aws) {
    const as = aws[1] === 'r' ? path : `@aws:${aws[2]}.${method}`;
    if (/^[a-z]*_?(?:delete|stop|remove|clear)$/i.test(method) && aws[1] !== 'r') return;
    p.found.push(...judgeCall({ ...call, path: as }, { modules: NO_MODULES, tool: p.tool }, p.context));
    return;
  }
  if (/^@(?:google-cloud|azure|kubernetes)\//.test(path)) {
    if (!HARMLESS.test(path) || (/^@azure/.test(path) && /^(?:deallocate|powerOff|begin)/i.test(method))) p.found.push(...judgeCall(call, { modules: NO_MODULES, tool: p.tool }, p.context));
    return;
  }
  const database = changesDatabase({ ...call, path: path.replace(/\.(?:exec|query|execute)(?:Context|Update|LargeUpdate|_query|_update|_params|_batch)?$/i, '.execute').replace(/\.(?:Raw|prepareStatement|addBatch|createNativeQuery|nativeQuery|select_all|exec_params|update|MustExec|QueryRow|QueryRowContext|NamedExec)$/, '.execute'), args: args.filter((a, i) => i > 0 || a.kind === 'text' || args[1]?.kind !== 'text') }, p.tool);
  if (database) {
    p.found.push(...database);
    return;
  }
  // An object whose origin isn't followed: the service is imported, and no other object has such a method.
  if (p.services.length > 0 && path.includes('.') && !path.includes('()') && /[a-z][A-Z_]|_[a-z]/.test(method)) {
    const api = (/_/.test(method) ? method.split('_').map((w) => w.charAt(0).toUpperCase() + w.slice(1)).join('') : method.charAt(0).toUpperCase() + method.slice(1)).replace(/(?:WithContext|Async|Request)$/, '');
    const found = p.services.map((service) => sdkCall({ sdk: 'aws', tool: p.tool, service, method: api, args: new Map(), range })).find((f) => f && f.mutation !== 'unknown');
    if (found) p.found.push(found);
  }
}

/** A request to an address: judged as the `curl` that would send it. */
export function judgeRequest(method: Value | undefined, url: Value | undefined, body: Value | undefined, range: Range, p: Program): void {
  const options = new Map<string, Value>([['method', method ?? UNKNOWN], ['url', url ?? UNKNOWN], ...(body ? [['data', body] as const] : [])]);
  p.found.push(...(sends({ path: 'axios', args: [{ kind: 'map', entries: options }], named: new Map(), isNew: false, range }, p.context) ?? []));
}

/** A folder that a call deletes with all in it. */
export function judgeRemoval(path: Value | undefined, range: Range, p: Program): void {
  const text = known(path);
  const judged = text === undefined ? undefined : judgePath(knownWord(text), true, { cwd: p.context.cwd }, p.context);
  if (judged?.certain) p.found.push(plain('files:delete', judged.effects, `Deletes ${text}: ${judged.why}`, range, p));
}

/** A call that destroys by its name. */
export function plain(operation: string, effects: readonly Effect[], reason: string, range: Range, p: Program): Finding {
  return { operation, tool: p.tool, mutation: 'destructive', effects, reversibility: { kind: effects.includes('data-loss') ? 'irreversible' : 'unknown' }, targets: [], context: {}, reason: `${p.tool}: ${reason}`, unknowns: [], guardsOff: [], range };
}

/** The names that are services of the AWS table, each once. */
export function servicesIn(names: Iterable<string | undefined>): string[] {
  return [...new Set([...names].flatMap((n) => (n !== undefined && sdkService(n) !== undefined ? [n] : [])))];
}

/** Findings once each. */
export function once(found: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return found.filter((f) => {
    const key = `${f.operation} ${f.range.start} ${f.targets.map((t) => t.name).join()}`;
    return !seen.has(key) && seen.add(key);
  });
}
