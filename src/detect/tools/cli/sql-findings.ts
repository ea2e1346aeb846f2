import type { Effect, Mutation } from '../../../model';
import type { Finding, Word } from '../../invocation';
import { sqlText, type SqlDialect } from '../../engines/sql/statements';
import { fileText, found, readsUnseen, type CliCall } from './call';

/** How a text is read. */
export interface SqlReading {
  /** Undefined: whatever any dialect would run counts. */
  readonly dialects?: readonly SqlDialect[] | undefined;
  /** What a command of the client would do. */
  readonly command?: ((line: string, call: CliCall) => readonly Finding[]) | undefined;
}

/**
 * What a SQL text that a tool sends to a database would do: one finding for each statement that changes something.
 * @param unknown true when parts of the text are not known before it runs.
 * @param options whose grammar it is in, and what the client's own commands in it do.
 * @param base what the call is without the text: its place and tool are taken over.
 */
export function sqlFindings(sql: string, unknown: boolean, call: CliCall, base: Pick<Finding, 'context' | 'targets'>, options: SqlReading = {}): Finding[] {
  const where = { ...call, context: { ...call.context, ...base.context } };
  const { statements, commands } = sqlText(sql, options.dialects);
  const out = statements.map((s) => found(where, {
    action: s.verb, mutation: s.mutation, effects: s.effects,
    targets: s.targets.map((name) => ({ type: s.kind, name, known: true })),
    reason: `${call.tool}: ${s.reason}`,
    ...(s.undo && { reversibility: s.undo }),
  }));
  for (const command of commands) out.push(...(options.command?.(command, where) ?? []));
  if (unknown && !out.some((f) => f.mutation === 'destructive')) {
    return [...out, found(where, { action: 'sql', mutation: 'unknown' satisfies Mutation, effects: ['unknown' satisfies Effect], reason: `${call.tool}: Runs a statement that is not known here.`, unknowns: ['the text of the statement'] })];
  }
  return out.length > 0 ? out : [found(where, { action: 'sql', mutation: 'none', reason: `${call.tool}: Only reads.` })];
}

/**
 * What a command of a tool sends that takes its statements as a word, in a file or as its input (`turso db shell DB SQL`).
 * @param given the word or the file, as far as there is one.
 * @returns undefined where it opens a session: nothing is handed in.
 */
export function sqlHandedIn({ text, file }: { readonly text?: Word | undefined; readonly file?: Word | undefined }, call: CliCall, options: SqlReading): readonly Finding[] | undefined {
  const base = { context: call.context, targets: [] };
  const unread = (what: string): Finding => found(call, { action: 'sql', mutation: 'modifying', door: 'unread', reason: `${call.tool}: Runs the statements of ${what}, which nobody has read.`, unknowns: [what] });
  if (text) return sqlFindings(text.value ?? text.parts.map((p) => p ?? ' UNKNOWN_VALUE ').join(''), text.value === undefined, call, base, options);
  if (file) {
    const sql = file.value === undefined ? undefined : fileText(file.value, call);
    return sql === undefined ? [unread(file.value ?? file.raw)] : sqlFindings(sql, false, call, base, options);
  }
  const { stdin } = call.invocation;
  if (typeof stdin === 'string') return stdin.trim() === '' ? undefined : sqlFindings(stdin, false, call, base, options);
  return readsUnseen(call) ? [unread('its standard input')] : undefined;
}
