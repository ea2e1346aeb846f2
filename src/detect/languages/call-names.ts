import type { ReaderContext, Finding } from '../invocation';
import { knownWord } from '../invocation';
import { sqlStatements } from '../engines/sql/statements';
import { judgePath } from '../engines/paths';
import { findInCommandText, findInWords, type Parts } from './commands';
import { sdkCall, sdkService } from './sdk';

/** How a language is read whose programs are only looked at for the names of calls. */
export interface CallNames {
  readonly tool: string;
  /** Comments; strings are kept. */
  readonly comments: RegExp;
  /** The services whose library is imported, from the whole text. */
  readonly services: (text: string) => readonly string[];
  /** Evidence of another cloud's library. */
  readonly others: (text: string) => 'google' | 'azure' | 'kubernetes' | undefined;
  /** A call: group 1 the method, group 2 its arguments as far as the next line. */
  readonly call: RegExp;
  /** A call that starts a program with words (group 1), or with one text for a shell (group 2). */
  readonly starts: RegExp;
  /** The API's name for a method (`delete_bucket`, `deleteBucket`, `DeleteBucket`). */
  readonly api: (method: string) => string;
}

const MAX_LENGTH = 4 * 1024 * 1024;
const LITERAL = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`([^`]*)`/g;

/** What a program would do, by the names of the calls in it and the libraries that it imports. Takes linear time; never throws. */
export function findByCallNames(source: string, language: CallNames, context: ReaderContext): Finding[] {
  if (source.length > MAX_LENGTH) return [];
  const text = source.replace(language.comments, (m) => (/^["'`]/.test(m) ? m : m.replace(/[^\n]/g, ' ')));
  const out: Finding[] = [];
  const services = language.services(text);
  const other = language.others(text);
  for (const m of services.length > 0 || other ? text.matchAll(language.call) : []) {
    const [whole, method = '', args = ''] = m;
    const range = { start: m.index, end: m.index + whole.length };
    const values = new Map([...args.matchAll(/(\w+)\s*[:(=]\s*(?:aws\.String\()?"([^"]*)"/g)].map((a) => [pascal(a[1] ?? ''), a[2]] as const));
    const api = language.api(method);
    const found = services.map((service) => sdkCall({ sdk: 'aws', tool: language.tool, service, method: api, args: values, range })).find((f) => f !== undefined && f.mutation !== 'unknown');
    if (found) out.push(found);
    else if (other) {
      const made = sdkCall({ sdk: other, tool: language.tool, service: whole.slice(0, 60), method: method.charAt(0).toLowerCase() + method.slice(1), args: new Map(), range });
      if (made) out.push(made);
    }
  }
  for (const m of text.matchAll(language.starts)) {
    const range = { start: m.index, end: m.index + m[0].length };
    const words = literals(m[1] ?? '');
    const command = m[2] === undefined ? undefined : literals(m[2])[0] ?? [m[2]];
    const found = m[1] !== undefined && words.length > 0 ? (words.length === 1 && /\s/.test(words[0]?.[0] ?? '') ? findInCommandText(words[0] ?? [], range, context) : findInWords(words, range, context)) : command ? findInCommandText(command, range, context) : [];
    out.push(...found.filter((f) => f.mutation !== 'none'));
  }
  for (const m of text.matchAll(/\b(?:Exec|ExecContext|execute|executeUpdate|exec_query|Raw|execute_sql|MustExec)\s*\(\s*(?:ctx,\s*)?("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)/g)) {
    for (const s of sqlStatements((m[1] ?? '').slice(1, -1))) if (s.mutation === 'destructive') out.push({ operation: `sql:${s.verb}`, tool: language.tool, mutation: 'destructive', effects: s.effects, reversibility: { kind: 'irreversible' }, targets: [], context: {}, reason: `${language.tool}: ${s.reason}`, unknowns: [], guardsOff: [], range: { start: m.index, end: m.index + m[0].length } });
  }
  for (const m of text.matchAll(/\b(?:os\.RemoveAll|FileUtils\.rm_rf|FileUtils\.remove_dir|FileUtils\.deleteDirectory)\s*\(\s*["']([^"']*)["']/g)) {
    const judged = judgePath(knownWord(m[1] ?? ''), true, { cwd: context.cwd }, context);
    if (judged?.certain) out.push({ operation: 'files:delete', tool: language.tool, mutation: 'destructive', effects: judged.effects, reversibility: { kind: 'irreversible' }, targets: [], context: {}, reason: `${language.tool}: Deletes ${m[1]}: ${judged.why}`, unknowns: [], guardsOff: [], range: { start: m.index, end: m.index + m[0].length } });
  }
  return out;
}

/** The strings of some arguments in order; what stands between them and is none is a gap. */
function literals(text: string): Parts[] {
  const out: Parts[] = [];
  let from = 0;
  for (const m of text.matchAll(LITERAL)) {
    if (/[\w)]\s*,/.test(text.slice(from, m.index).replace(/^\s*,/, ''))) out.push([undefined]);
    const body = (m[1] ?? m[2] ?? m[3] ?? '').replace(/\\(["'\\])/g, '$1');
    out.push(body.split(/#\{[^}]*\}|%[sdvq]/).flatMap((piece, i) => (i === 0 ? [piece] : [undefined, piece])));
    from = m.index + m[0].length;
  }
  if (/,\s*\w/.test(text.slice(from)) && out.length > 0) out.push([undefined]);
  return out;
}

const pascal = (name: string): string => name.split('_').map((w) => w.charAt(0).toUpperCase() + w.slice(1)).join('');

/** The names that are services of the table, each once. */
export function servicesIn(names: Iterable<string | undefined>): string[] {
  return [...new Set([...names].flatMap((n) => (n !== undefined && sdkService(n) !== undefined ? [n] : [])))];
}

export { pascal };
