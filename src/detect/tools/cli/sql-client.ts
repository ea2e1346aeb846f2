import type { TargetContext } from '../../../model';
import type { Finding, Tool, Word } from '../../invocation';
import { fileText, found, type CliCall } from './call';
import { commandTool } from './command-tool';
import { sqlFindings } from './sql-findings';

/** A client that sends SQL to a database. */
export interface SqlClientSpec {
  readonly names: readonly string[];
  readonly provider: string;
  readonly source: string;
  readonly valued: string;
  readonly flags?: string;
  /** Options whose value is SQL. */
  readonly sql: string;
  /** Options whose value names a file of SQL. */
  readonly files: string;
  /** How many words are the connection; what follows is SQL (`sqlite3 DB SQL`). Undefined: no word is SQL. */
  readonly sqlAfter?: number;
  /** Where it connects to, by option and variable. */
  readonly where: Readonly<Record<string, string>>;
  /** Commands of the client itself in a text (`\\! rm`, `.system`, `\\i file`): what they would run. */
  readonly meta?: (text: string, call: CliCall) => Finding[];
  readonly singleDash?: boolean;
}

/** A tool that sends SQL: what it destroys is what its statements destroy, wherever their text stands. */
export function sqlClient(spec: SqlClientSpec): Tool {
  const sql = new Set(spec.sql.split(' ').filter((w) => w !== ''));
  const files = new Set(spec.files.split(' ').filter((w) => w !== ''));
  return commandTool({
    names: spec.names, provider: spec.provider, source: spec.source, valued: `${spec.valued} ${spec.sql} ${spec.files}`, ...(spec.flags !== undefined && { flags: spec.flags }),
    commands: '', otherwise: 'quiet', where: spec.where, ...(spec.singleDash && { singleDash: true }),
    before: (call) => {
      const base = { context: withHost(call), targets: [] };
      const out: Finding[] = [];
      let given = false;
      const text = (value: string | undefined, raw: string): void => {
        given = true;
        out.push(...sqlFindings(value ?? known(raw), value === undefined, call, base), ...(value === undefined ? [] : (spec.meta?.(value, call) ?? [])));
      };
      for (const option of call.options) {
        if (sql.has(option.name) && option.value) text(option.value.value, option.value.parts.map((p) => p ?? ' UNKNOWN_VALUE ').join(''));
        if (files.has(option.name) && option.value) {
          const name = option.value.value;
          if (name === '-') continue;
          given = true;
          out.push(...ofFile(name === undefined ? undefined : fileText(name, call), name ?? option.value.raw, call, base, spec.meta));
        }
      }
      if (spec.sqlAfter !== undefined) for (const word of call.args.slice(spec.sqlAfter)) text(word.value, word.parts.map((p) => p ?? ' UNKNOWN_VALUE ').join(''));
      // Without a text of its own it reads its input, when there is any.
      if (!given) {
        const { stdin } = call.invocation;
        if (typeof stdin === 'string' && stdin.trim() !== '') text(stdin, stdin);
        else if (stdin === undefined && call.invocation.wrappers.length === 0 && isPiped(call)) out.push(unread(call, 'its standard input', base));
      }
      return out.length > 0 ? out : [found(call, { action: 'connect', mutation: 'none', reason: `${call.tool}: Opens a connection.` })];
    },
  });
}

/** At the moment of execution nothing is known of the input, and most often it is a terminal. */
const isPiped = (call: CliCall): boolean => call.detect.readFile !== undefined && call.invocation.range.end > 0;

function ofFile(text: string | undefined, name: string, call: CliCall, base: { readonly context: TargetContext; readonly targets: Finding['targets'] }, meta: SqlClientSpec['meta']): Finding[] {
  if (text === undefined) {
    // A dump or a migration is the ordinary case: what it is called is a hint, and nothing else is known.
    return [found({ ...call, context: base.context }, { action: 'sql', mutation: /drop|destroy|delete|truncate|wipe|reset|clean|down|teardown|purge/i.test(name) ? 'unknown' : 'modifying', reason: `${call.tool}: Runs the statements in ${name}, which could not be read.`, targets: [{ type: 'file', name, known: true }] })];
  }
  return [...sqlFindings(text, false, call, base), ...(meta?.(text, call) ?? [])].map((f) => (f.mutation === 'none' ? f : { ...f, reason: `${f.reason} (It is in ${name}.)` }));
}

function unread(call: CliCall, what: string, base: { readonly context: TargetContext }): Finding {
  return found({ ...call, context: base.context }, { action: 'sql', mutation: 'modifying', reason: `${call.tool}: Runs the statements of ${what}, which is not known here.`, unknowns: [what] });
}

const known = (raw: string): string => raw;

/** The host in a connection address among the words (`postgres://user@host/db`). */
function withHost(call: CliCall): TargetContext {
  const url = call.args.map((w: Word) => /^\w+(?:\+\w+)?:\/\/(?:[^@/\s]*@)?([^/?\s]+)/.exec(w.value ?? '')?.[1]).find((h) => h !== undefined);
  return url === undefined ? call.context : { ...call.context, endpoint: url };
}
