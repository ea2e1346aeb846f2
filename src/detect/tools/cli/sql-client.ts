import type { TargetContext } from '../../../model';
import type { Finding, Tool, Word } from '../../invocation';
import { fileText, found, readsUnseen, type CliCall } from './call';
import { commandTool } from './command-tool';
import { sqlFindings } from './sql-findings';
import { clientCommand, unreadFile } from './sql-commands';
import type { ClientCommands, SqlDialect } from '../../engines/sql/dialects';

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
  /** By whose grammar its text is read. */
  readonly dialects: readonly SqlDialect[];
  /** Whose commands it has between the statements (`\\! rm`, `.system`, `\\i file`). */
  readonly commands?: ClientCommands;
  /** Commands that stand as statements of their own (`SOURCE 'file'`): the same without quotes, one each. */
  readonly lines?: (text: string) => readonly string[];
  /** Options whose value names a file that it writes. */
  readonly writes?: string;
  /** Options with which it reads no statements at all. */
  readonly lists?: string;
  readonly singleDash?: boolean;
}

/** A tool that sends SQL: what it destroys is what its statements destroy, wherever their text stands. */
export function sqlClient(spec: SqlClientSpec): Tool {
  const sql = new Set(spec.sql.split(' ').filter((w) => w !== ''));
  const files = new Set(spec.files.split(' ').filter((w) => w !== ''));
  const lists = new Set((spec.lists ?? '').split(' '));
  const writes = new Set((spec.writes ?? '').split(' ').filter((w) => w !== ''));
  return commandTool({
    names: spec.names, provider: spec.provider, source: spec.source, valued: `${spec.valued} ${spec.sql} ${spec.files} ${spec.writes ?? ''}`, ...(spec.flags !== undefined && { flags: spec.flags }),
    commands: '', otherwise: 'quiet', where: spec.where, ...(spec.singleDash && { singleDash: true }),
    before: (call) => {
      const base = { context: withHost(call), targets: [] };
      const out: Finding[] = [];
      let given = call.options.some((o) => lists.has(o.name));
      const text = (value: string | undefined, raw: string): void => {
        given = true;
        out.push(...textFindings(value ?? raw, value === undefined, call, base, spec, []));
      };
      for (const option of call.options) {
        if (sql.has(option.name) && option.value) text(option.value.value, option.value.parts.map((p) => p ?? ' UNKNOWN_VALUE ').join(''));
        if (files.has(option.name) && option.value) {
          const name = option.value.value;
          if (name === '-') continue;
          given = true;
          out.push(...ofFile(name, name ?? option.value.raw, call, base, spec, []));
        }
        if (writes.has(option.name) && option.value) out.push(...written(option.value, call));
      }
      if (spec.sqlAfter !== undefined) for (const word of call.args.slice(spec.sqlAfter)) text(word.value, word.parts.map((p) => p ?? ' UNKNOWN_VALUE ').join(''));
      // Without a text of its own it reads its input, when there is any.
      if (!given) {
        const { stdin } = call.invocation;
        if (typeof stdin === 'string' && stdin.trim() !== '') text(stdin, stdin);
        else if (readsUnseen(call)) out.push(unread(call, 'its standard input', base));
      }
      return out.length > 0 ? out : [found(call, { action: 'connect', mutation: 'none', reason: `${call.tool}: Opens a connection.` })];
    },
  });
}

type Base = Pick<Finding, 'context' | 'targets'>;

function textFindings(sql: string, unknown: boolean, call: CliCall, base: Base, spec: SqlClientSpec, open: readonly string[]): Finding[] {
  const include = (name: string): readonly Finding[] => ofFile(name, name, call, base, spec, open);
  const command = (line: string, at: CliCall): readonly Finding[] => clientCommand(spec.commands ?? 'psql', line, at, include);
  return [
    ...sqlFindings(sql, unknown, call, base, { dialects: spec.dialects, ...(spec.commands && { command }) }),
    ...(spec.lines?.(sql) ?? []).flatMap((line) => clientCommand('snowsql', line, call, include)),
  ];
}

/** A file of statements: what stands there, as far as it can be read; a file may include others. */
function ofFile(name: string | undefined, shown: string, call: CliCall, base: Base, spec: SqlClientSpec, open: readonly string[]): Finding[] {
  if (name !== undefined && open.includes(name)) return [];
  const text = name === undefined || open.length > 8 ? undefined : fileText(name, call);
  if (text === undefined || name === undefined) return [unreadFile(shown, { ...call, context: base.context }, open.length === 0 && name !== undefined)];
  return textFindings(text, false, call, base, spec, [...open, name]).map((f) => (f.mutation === 'none' || f.reason.endsWith('.)') ? f : { ...f, reason: `${f.reason} (It is in ${name}.)` }));
}

/** What is written to a file of another machine may take the place of something; a file of this one is the shell's affair. */
const written = (word: Word, call: CliCall): readonly Finding[] => call.detect.elsewhere?.file(word, false, call.invocation) ?? [];

function unread(call: CliCall, what: string, base: { readonly context: TargetContext }): Finding {
  return found({ ...call, context: base.context }, { action: 'sql', mutation: 'modifying', door: 'unread', reason: `${call.tool}: Runs the statements of ${what}, which is not known here.`, unknowns: [what] });
}

/** The host in a connection address among the words (`postgres://user@host/db`). */
function withHost(call: CliCall): TargetContext {
  const url = call.args.map((w: Word) => /^\w+(?:\+\w+)?:\/\/(?:[^@/\s]*@)?([^/?\s]+)/.exec(w.value ?? '')?.[1]).find((h) => h !== undefined);
  return url === undefined ? call.context : { ...call.context, endpoint: url };
}
