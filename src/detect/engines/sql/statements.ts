import type { Effect, Mutation, Reversibility } from '../../../model';
import { readingsOf, type Lexis, type SqlDialect } from './dialects';
import { sqlTokens, type Token } from './tokens';

export type { SqlDialect } from './dialects';

/** What one SQL statement does. */
export interface SqlStatement {
  /** `DROP TABLE`, `DELETE`, `SELECT`. */
  readonly verb: string;
  /** What its targets are (`table`, `database`). */
  readonly kind: string;
  readonly targets: readonly string[];
  readonly mutation: Mutation;
  readonly effects: readonly Effect[];
  readonly undo?: Reversibility;
  /** One sentence without the tool's name. */
  readonly reason: string;
}

/** Texts inside texts: a dollar-quoted body, EXECUTE 'text'. */
const MAX_DEPTH = 4;
/** Longer texts are cut into statements all the same; this only bounds what is kept. */
const MAX_STATEMENTS = 20_000;

/**
 * What the statements of a SQL text do: each that changes something, once per verb and target; reads are left out.
 * The grammar is that of the statements' beginnings and clauses in PostgreSQL 17, MySQL 8.4, SQLite, SQL Server, Oracle, ClickHouse,
 * BigQuery and CQL ("SQL Commands" and "SQL Statements" chapters of their manuals).
 * @param dialects by which the text is read; where nobody knows, whatever any dialect would run counts.
 */
export function sqlStatements(text: string, ...dialects: readonly SqlDialect[]): SqlStatement[] {
  return sqlText(text, dialects.length === 0 ? undefined : dialects).statements;
}

/** The statements of a text, and the commands of its client (`\\i FILE`, `source FILE`, `.read FILE`) without their first sign. */
export function sqlText(text: string, dialects: readonly SqlDialect[] | undefined): { readonly statements: SqlStatement[]; readonly commands: readonly string[] } {
  const out: SqlStatement[] = [];
  const seen = new Set<string>();
  const commands = new Set<string>();
  for (const lexis of readingsOf(text, dialects)) {
    const reading: Reading = { lexis, depth: 0, bodies: new Map(), variables: new Set(), commands, emit: (s) => {
      const key = `${s.verb} ${s.targets.join(',')} ${s.mutation}`;
      if (s.mutation === 'none' || seen.has(key) || out.length >= MAX_STATEMENTS) return;
      seen.add(key);
      out.push(s);
    } };
    collect(text, reading);
  }
  return { statements: out, commands: [...commands] };
}

interface Reading {
  readonly lexis: Lexis;
  readonly depth: number;
  readonly emit: (s: SqlStatement) => void;
  readonly commands: Set<string>;
  /** What stands in the functions that the text itself makes, by their names. */
  readonly bodies: Map<string, readonly Token[]>;
  /** Variables that were given a text as it stands. */
  readonly variables: Set<string>;
}

/** Statements whose strings are statements of their own. */
const TEXTS = /^(?:DO|EXECUTE|EXEC|PREPARE|BEGIN|DECLARE|IF)$/;
/** Statements that hold others without a sign between. */
const BLOCKS = /^(?:BEGIN|IF|DECLARE|WHILE|EXEC|EXECUTE)$/;
const INNER = /^(?:DROP|TRUNCATE|DELETE|UPDATE|ALTER|INSERT|MERGE)$/;
/** Functions that run the text that they are given. Source: PostgreSQL documentation, dblink, "XML Functions", "Text Search Functions"; pg_cron. */
const RUNS_TEXT = /^(?:DBLINK|DBLINK_EXEC|DBLINK_SEND_QUERY|DBLINK_OPEN|QUERY_TO_XML|QUERY_TO_XMLSCHEMA|QUERY_TO_XML_AND_XMLSCHEMA|TS_STAT|CROSSTAB|CONNECTBY|SCHEDULE|SCHEDULE_IN_DATABASE|OPENQUERY|OPENROWSET)$/;

function collect(text: string, reading: Reading): void {
  if (reading.depth > MAX_DEPTH) return;
  const { statements, commands } = sqlTokens(text, reading.lexis);
  for (const command of commands) reading.commands.add(command);
  for (const tokens of statements) one(tokens, reading);
}

/** One statement with all that it runs besides. */
function one(tokens: readonly Token[], reading: Reading): void {
  const { emit, lexis } = reading;
  const inner: Reading = { ...reading, depth: reading.depth + 1 };
  const first = tokens[0]?.text ?? '';
  const texts = (from: readonly Token[]): void => { for (const t of from) if (t.kind === 'string' && /\s/.test(t.text)) collect(t.text, inner); };
  if (first === 'PREPARE') return prepared(tokens, inner);
  emit(judge(tokens));
  // The body of DO, of EXECUTE '…' and of a procedure that is called at once is text of its own.
  if (TEXTS.test(first) || (first === 'SET' && tokens[1]?.text.startsWith('@'))) texts(tokens);
  if (first === 'SET' || first === 'DECLARE') assigned(tokens, reading);
  if (/^EXEC/.test(first) && textOfVariable(tokens.slice(1), reading)) emit(statement('EXECUTE', 'unknown', { effects: ['unknown'], reason: 'Runs a text that is put together when it runs.' }));
  // What stands inside BEGIN … END, behind IF … THEN, or behind another statement, without a sign of its own.
  if (BLOCKS.test(first) || (lexis.loose && !/^(?:CREATE|ALTER|GRANT|REVOKE|DENY|MERGE)$/.test(first))) blocks(tokens, emit);
  if (first === 'CREATE') created(tokens, reading);
  else {
    tokens.forEach((t, i) => {
      if (tokens[i + 1]?.text !== '(' || (t.kind !== 'word' && t.kind !== 'name')) return;
      const body = reading.bodies.get(t.text.toUpperCase());
      if (body) called(body, inner);
      if (RUNS_TEXT.test(t.text.toUpperCase())) texts(upToClosing(tokens.slice(i + 2)));
    });
  }
  // `WITH d AS (DELETE …) …` behind INSERT, and `COPY (DELETE …) TO …`.
  tokens.forEach((t, i) => {
    if (t.text === '(' && INNER.test(tokens[i + 1]?.text ?? '') && tokens[i + 1]?.kind === 'word' && /^(?:AS|MATERIALIZED|COPY)$/.test(tokens[i - 1]?.text ?? '')) emit(judge(upToClosing(tokens.slice(i + 1))));
  });
}

function blocks(tokens: readonly Token[], emit: Reading['emit']): void {
  tokens.forEach((t, i) => {
    const before = tokens[i - 1]?.text ?? '';
    if (i === 0 || t.kind !== 'word' || !INNER.test(t.text) || tokens[i + 1]?.text === '(') return;
    // `ON DELETE CASCADE`, `FOR UPDATE`, `ON DUPLICATE KEY UPDATE`, `ON CONFLICT (id) DO UPDATE` are clauses.
    if (/^(?:ON|FOR|BEFORE|AFTER|OR|AND|,|\.|INSTEAD|OF|KEY|GRANT|REVOKE|DENY)$/.test(before) || (before === 'DO' && tokens.slice(0, i).some((x) => x.text === 'CONFLICT'))) return;
    emit(judge(tokens.slice(i)));
  });
}

/** `PREPARE name (types) AS statement`, `PREPARE name FROM 'text'`, `… FROM @variable`: it is judged as if it ran. */
function prepared(tokens: readonly Token[], reading: Reading): void {
  const as = tokens.findIndex((t) => t.kind === 'word' && t.text === 'AS');
  const from = tokens.findIndex((t) => t.kind === 'word' && t.text === 'FROM');
  if (as > 0 && (from < 0 || as < from)) return one(tokens.slice(as + 1), reading);
  const source = tokens[from + 1];
  if (from < 0 || source === undefined) return;
  if (source.kind === 'string' || source.kind === 'name') collect(source.text, reading);
  else if (!reading.variables.has(source.text)) reading.emit(statement('PREPARE', 'unknown', { effects: ['unknown'], reason: 'Runs a text that is put together when it runs.' }));
}

/** Notes variables that are given a text as it stands: `SET @s = '…'`. */
function assigned(tokens: readonly Token[], reading: Reading): void {
  tokens.forEach((t, i) => {
    const value = tokens.slice(i + 1, i + 10).findIndex((x) => x.text === '=');
    if (!t.text.startsWith('@') || value < 0) return;
    const given = tokens.slice(i + value + 2).filter((x) => !/^(?:N|CONCAT_)$/.test(x.text));
    if (given[0]?.kind === 'string' && (given[1] === undefined || given[1].text === ',')) reading.variables.add(t.text);
    if (given[0]?.text === 'IF' && given.every((x) => x.text !== 'CONCAT')) reading.variables.add(t.text);
  });
}

/** `EXEC(@x)`, `EXEC sp_executesql @x`, `EXECUTE IMMEDIATE x`: a text that nobody sees. */
function textOfVariable(rest: readonly Token[], { variables }: Reading): boolean {
  const [head, next] = rest;
  const of = head?.text === '(' || head?.text === 'SP_EXECUTESQL' || head?.text === 'IMMEDIATE' ? next : undefined;
  return of !== undefined && of.kind === 'word' && of.text !== 'N' && !variables.has(of.text);
}

/** Notes what a function would run, and judges what runs by itself. */
function created(tokens: readonly Token[], reading: Reading): void {
  const kind = tokens.findIndex((t) => t.kind === 'word' && /^(?:FUNCTION|PROCEDURE|EVENT)$/.test(t.text));
  if (kind < 0 || kind > 5) return;
  const action = tokens.findIndex((t) => t.kind === 'word' && t.text === 'DO');
  if (tokens[kind]?.text === 'EVENT') return action < 0 ? undefined : one(tokens.slice(action + 1), reading);
  const names = namesAfter(tokens.slice(kind + 1), /^(?:IF|NOT|EXISTS)$/);
  const name = names[0]?.split('.').at(-1);
  if (name !== undefined) reading.bodies.set(name.toUpperCase(), tokens.slice(kind + 2));
}

function called(body: readonly Token[], reading: Reading): void {
  for (const t of body) if (t.kind === 'string' && /\s/.test(t.text)) collect(t.text, reading);
  blocks(body, reading.emit);
}

const statement = (verb: string, mutation: Mutation, parts: Partial<SqlStatement> = {}): SqlStatement => ({ verb, kind: 'table', targets: [], mutation, effects: [], reason: '', ...parts });

const GONE: Reversibility = { kind: 'irreversible' };

const DATA_KINDS = new Set(['TABLE', 'DATABASE', 'SCHEMA', 'KEYSPACE', 'MATERIALIZED', 'COLUMN', 'PARTITION', 'TABLESPACE', 'COLLECTION', 'SNAPSHOT', 'TABLES', 'DICTIONARY', 'SCHEMAS', 'PLUGGABLE', 'GRAPH', 'MODEL', 'TYPE', 'SEQUENCE', 'WAREHOUSE', 'STAGE', 'STREAM', 'FILEGROUP', 'EXTENSION', 'OWNED']);
const ACCESS_KINDS = new Set(['USER', 'ROLE', 'LOGIN', 'GROUP', 'POLICY', 'CREDENTIAL', 'CERTIFICATE', 'ROW', 'SERVER', 'QUOTA']);
/** What only says how something is done: it can be made again from its text. */
const MINOR_KINDS = new Set(['INDEX', 'VIEW', 'FUNCTION', 'PROCEDURE', 'TRIGGER', 'RULE', 'AGGREGATE', 'OPERATOR', 'CAST', 'COLLATION', 'CONVERSION', 'DOMAIN', 'EVENT', 'SYNONYM', 'STATISTICS', 'TEXT', 'TRANSFORM', 'CONSTRAINT', 'DEFAULT', 'PREPARE', 'ASSEMBLY', 'NAMED', 'SETTINGS', 'MACRO', 'ACCESS', 'LANGUAGE', 'FOREIGN', 'KEY', 'CHECK', 'PACKAGE', 'BUFFERED']);

function judge(tokens: readonly Token[]): SqlStatement {
  const first = tokens.find((t) => t.text !== '(');
  const verb = first?.kind === 'word' ? first.text : '';
  const rest = tokens.slice(tokens.indexOf(first ?? tokens[0] ?? NOTHING) + 1);
  switch (verb) {
    case '': return statement('', 'none');
    case 'EXPLAIN': case 'DESCRIBE': case 'DESC': case 'ANALYZE':
      return verb === 'EXPLAIN' && rest.some((t) => t.text === 'ANALYZE' || t.text === 'ANALYSE') ? judge(rest.slice(rest.findIndex((t) => /^(?:SELECT|INSERT|UPDATE|DELETE|WITH|MERGE|CREATE|VALUES|EXECUTE)$/.test(t.text)))) : statement(verb, 'none');
    case 'WITH': return withQuery(rest);
    case 'DROP': return drop(rest);
    case 'TRUNCATE': {
      const targets = namesAfter(rest, /^(?:TABLE|ONLY|DATABASE|IF|EXISTS|ALL|TABLES|FROM)$/);
      return statement('TRUNCATE', 'destructive', { targets, effects: ['data-loss'], undo: GONE, reason: `Empties ${listed(targets, 'a table')}: every row is lost.` });
    }
    case 'DELETE': return deletion(rest);
    case 'UPDATE': return update(rest);
    case 'ALTER': return alter(rest);
    case 'MERGE': return hasSequence(rest, 'THEN', 'DELETE') ? statement('MERGE', 'destructive', { targets: namesAfter(rest, /^(?:INTO|TOP|ONLY)$/), effects: ['data-loss'], undo: GONE, reason: `Merges, and deletes rows that ${hasSequence(rest, 'BY', 'SOURCE') ? 'its source does not have' : 'its condition finds'}.` }) : statement(verb, 'modifying', { reason: 'Merges rows.' });
    case 'INSERT': case 'REPLACE': case 'UPSERT':
      return rest.some((t) => t.text === 'OVERWRITE') && verb === 'INSERT'
        ? statement('INSERT OVERWRITE', 'destructive', { targets: namesAfter(rest, /^(?:OVERWRITE|INTO|TABLE|LOCAL|DIRECTORY)$/), effects: ['data-loss'], reason: 'Replaces the rows of a table.' })
        : statement(verb, 'additive', { reason: 'Adds rows.' });
    case 'SELECT':
      return selectsInto(rest) ?? callsDestroyer(rest) ?? statement(verb, 'none');
    case 'REVOKE': return statement(verb, 'destructive', { effects: ['access-loss'], reason: 'Takes rights away.' });
    case 'GRANT': return rest.some((t) => t.text === 'PUBLIC') && rest.some((t) => t.text === 'ALL') ? statement(verb, 'destructive', { effects: ['exposure'], reason: 'Gives everybody all rights.' }) : statement(verb, 'modifying', { reason: 'Gives rights.' });
    case 'CREATE': {
      const replaces = rest[0]?.text === 'OR' && rest[1]?.text === 'REPLACE';
      const table = replaces && rest.slice(2, 5).some((t) => t.text === 'TABLE' || t.text === 'DATABASE' || t.text === 'SCHEMA');
      return table ? statement('CREATE OR REPLACE TABLE', 'destructive', { targets: namesAfter(rest.slice(2), /^(?:TABLE|DATABASE|SCHEMA|TRANSIENT|TEMPORARY|TEMP|IF|NOT|EXISTS)$/), effects: ['data-loss'], reason: 'Replaces a table that may exist: its rows are lost.' }) : statement(verb, replaces ? 'modifying' : 'additive', { reason: 'Creates something.' });
    }
    case 'SHUTDOWN': return statement(verb, 'destructive', { effects: ['outage'], reason: 'Stops the database server.' });
    case 'KILL': return statement(verb, 'destructive', { effects: ['outage'], reason: 'Ends a connection or a query of somebody.' });
    case 'RESET': return /^(?:MASTER|BINARY|SLAVE|REPLICA|QUERY|PERSIST)$/.test(rest[0]?.text ?? '') && rest[0]?.text !== 'QUERY' ? statement(`RESET ${rest[0]?.text}`, 'destructive', { effects: ['data-loss', 'guard-removal'], reason: 'Deletes the binary logs or what replication needs: no restore to a point in time is possible from before.' }) : statement(verb, 'none');
    case 'PURGE': return statement(verb, 'destructive', { effects: ['data-loss'], undo: GONE, reason: 'Purges logs or dropped tables for good.' });
    case 'FLASHBACK': case 'RESTORE': return statement(verb, 'destructive', { effects: ['data-loss'], reason: 'Puts an earlier state over the present one.' });
    case 'OPTIMIZE': case 'VACUUM': case 'REINDEX': case 'CLUSTER': case 'REFRESH': case 'COMMENT': case 'COPY': case 'LOAD': case 'IMPORT': case 'RENAME': case 'ATTACH': case 'REASSIGN': case 'SECURITY': case 'ENABLE': case 'INSTALL': case 'HANDLER': case 'CHANGE': case 'STOP': case 'START': case 'SYSTEM': case 'UNDROP': case 'MSCK': case 'BACKUP': case 'UNLOAD': case 'EXCHANGE':
      return maintenance(verb, rest);
    case 'CALL': return statement(verb, 'unknown', { effects: ['unknown'], reason: 'Calls a procedure, which may do anything.' });
    case 'DETACH': return rest.some((t) => t.text === 'PERMANENTLY') ? statement(verb, 'destructive', { effects: ['outage'], reason: 'Detaches a table for good.' }) : statement(verb, 'modifying', { reason: 'Detaches a database or table.' });
    case 'DISABLE': return statement(verb, 'modifying', { reason: 'Switches a trigger or rule off.' });
    case 'EXEC': case 'EXECUTE': return execute(rest);
    case 'DBCC': return rest.some((t) => t.text === 'REPAIR_ALLOW_DATA_LOSS') ? statement(verb, 'destructive', { effects: ['data-loss'], reason: 'Repairs by throwing away what is damaged.' }) : statement(verb, 'none');
    default: return statement(verb, READS.has(verb) ? 'none' : 'unknown', { effects: READS.has(verb) ? [] : ['unknown'], reason: `${verb} is no statement that is known here.` });
  }
}

const NOTHING: Token = { kind: 'sign', text: '', raw: '' };

const READS = new Set(['SHOW', 'VALUES', 'TABLE', 'USE', 'SET', 'BEGIN', 'COMMIT', 'ROLLBACK', 'START', 'END', 'SAVEPOINT', 'RELEASE', 'PRAGMA', 'LIST', 'HELP', 'DECLARE', 'FETCH', 'CLOSE', 'OPEN', 'LISTEN', 'NOTIFY', 'UNLISTEN', 'LOCK', 'UNLOCK', 'CHECK', 'CHECKSUM', 'CHECKPOINT', 'DISCARD', 'DEALLOCATE', 'PREPARE', 'ABORT', 'IF', 'WHILE', 'FOR', 'LOOP', 'RETURN', 'PRINT', 'RAISE', 'EXISTS', 'WATCH', 'CONSISTENCY', 'TRACING', 'EXPAND', 'SOURCE', 'CAPTURE', 'PAGING', 'LOGIN', 'EXIT', 'QUIT', 'DO', 'ELSE', 'THEN', 'FLUSH', 'CACHE', 'APPLY', 'BATCH', 'SIGNAL', 'GET', 'CONNECT', 'SPOOL', 'PROMPT', 'WHENEVER', 'PACK', 'FROM', 'PIVOT', 'SUMMARIZE', 'XA', 'BINLOG', 'DELIMITER', 'TEE', 'STATUS', 'WAITFOR', 'GO', 'USING', 'LET', 'ASSERT', 'REPORT']);

function drop(rest: readonly Token[]): SqlStatement {
  const kind = rest.find((t) => t.kind === 'word' && !/^(?:TEMPORARY|TEMP|IF|EXISTS|EXTERNAL|TRANSIENT|GLOBAL|LOCAL|CONCURRENTLY)$/.test(t.text))?.text ?? '';
  const temporary = rest[0]?.text === 'TEMPORARY' || rest[0]?.text === 'TEMP';
  const at = rest.findIndex((t) => t.text === kind);
  const names = namesAfter(rest.slice(at + 1), /^(?:IF|EXISTS|VIEW|TABLE|CONCURRENTLY|MAPPING|SECURITY|FUNCTION|BY|DATABASE)$/);
  const word = kind.toLowerCase();
  if (temporary) return statement(`DROP ${kind}`, 'modifying', { kind: word, targets: names, reason: 'Drops a temporary table.' });
  if (ACCESS_KINDS.has(kind)) return statement(`DROP ${kind}`, 'destructive', { kind: word, targets: names, effects: ['access-loss'], undo: GONE, reason: `Drops the ${word} ${listed(names, 'named')}: who uses it loses access.` });
  if (MINOR_KINDS.has(kind)) return statement(`DROP ${kind}`, 'destructive', { kind: word, targets: names, effects: ['outage'], undo: { kind: 'recoverable', how: `create the ${word} again from its definition` }, reason: `Drops the ${word} ${listed(names, 'named')}: what uses it fails or slows down.` });
  if (kind === 'PUBLICATION' || kind === 'SUBSCRIPTION' || kind === 'REPLICATION') return statement(`DROP ${kind}`, 'destructive', { kind: word, targets: names, effects: ['outage'], reason: `Drops the ${word} ${listed(names, 'named')}: replication stops.` });
  return statement(`DROP ${kind}`.trim(), 'destructive', {
    kind: word || 'object', targets: names, effects: ['data-loss'], undo: GONE,
    reason: `Drops ${DATA_KINDS.has(kind) ? `the ${word} ` : ''}${listed(names, 'what it names')}: all that is stored in it is lost.`,
  });
}

function deletion(rest: readonly Token[]): SqlStatement {
  const targets = namesAfter(rest, /^(?:FROM|ONLY|LOW_PRIORITY|QUICK|IGNORE|TOP)$/);
  if (conditioned(rest)) return statement('DELETE', 'modifying', { targets, reason: `Deletes the rows of ${listed(targets, 'a table')} that its condition finds.` });
  return statement('DELETE', 'destructive', { targets, effects: ['data-loss'], undo: GONE, reason: `Deletes every row of ${listed(targets, 'a table')}: there is no WHERE.` });
}

function update(rest: readonly Token[]): SqlStatement {
  if (rest[0]?.text === 'STATISTICS') return statement('UPDATE STATISTICS', 'none');
  const targets = namesAfter(rest, /^(?:ONLY|LOW_PRIORITY|IGNORE|OR|ROLLBACK|ABORT|REPLACE|FAIL)$/);
  if (conditioned(rest)) return statement('UPDATE', 'modifying', { targets, reason: `Changes the rows of ${listed(targets, 'a table')} that its condition finds.` });
  return statement('UPDATE', 'destructive', { targets, effects: ['data-loss'], undo: GONE, reason: `Overwrites a column in every row of ${listed(targets, 'a table')}: there is no WHERE.` });
}

/** True when a WHERE, or a LIMIT on the rows, stands outside all brackets and is not always true (`WHERE 1=1`, `WHERE true`). */
function conditioned(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const [i, t] of tokens.entries()) {
    if (t.text === '(' && t.kind === 'sign') depth++;
    else if (t.text === ')' && t.kind === 'sign') depth--;
    else if (depth === 0 && t.kind === 'word' && (t.text === 'WHERE' || t.text === 'IF')) {
      const after = tokens.slice(i + 1).filter((x) => x.text !== '(' && x.text !== ')');
      const [a, sign, b, more] = after;
      if (a === undefined) return true;
      const always = (a.text === 'TRUE' && sign === undefined) || (a.kind === 'number' && a.text !== '0' && sign === undefined)
        || (a.kind !== 'word' && a.kind !== 'name' && sign?.text === '=' && b?.kind === a.kind && b.text === a.text && more === undefined);
      return !always;
    } else if (depth === 0 && t.kind === 'word' && (t.text === 'LIMIT' || t.text === 'TOP')) return true;
  }
  return false;
}

function withQuery(rest: readonly Token[]): SqlStatement {
  let depth = 0;
  let worst: SqlStatement | undefined;
  for (const [i, t] of rest.entries()) {
    if (t.text === '(' && t.kind === 'sign') depth++;
    else if (t.text === ')' && t.kind === 'sign') depth--;
    else if (t.kind === 'word' && /^(?:DELETE|UPDATE|INSERT|MERGE)$/.test(t.text) && (depth === 0 || rest[i - 1]?.text === '(')) {
      // Inside brackets the statement ends where they close.
      const judged = judge(depth === 0 ? rest.slice(i) : upToClosing(rest.slice(i)));
      if (!worst || judged.mutation === 'destructive') worst = judged;
    }
  }
  return worst ?? statement('WITH', 'none');
}

function upToClosing(tokens: readonly Token[]): readonly Token[] {
  let depth = 0;
  for (const [i, t] of tokens.entries()) {
    if (t.kind !== 'sign') continue;
    if (t.text === '(') depth++;
    else if (t.text === ')' && --depth < 0) return tokens.slice(0, i);
  }
  return tokens;
}

/** Settings that keep data or access safe. Source: PostgreSQL documentation, "Server Configuration". */
const SAFETY = /^(?:FSYNC|FULL_PAGE_WRITES|SYNCHRONOUS_COMMIT|WAL_LEVEL|ARCHIVE_MODE|ARCHIVE_COMMAND|ARCHIVE_LIBRARY|ROW_SECURITY|SSL|AUTOVACUUM|IGNORE_CHECKSUM_FAILURE|IGNORE_INVALID_PAGES|ZERO_DAMAGED_PAGES|LOG_STATEMENT|LOG_CONNECTIONS)$/;

function alter(rest: readonly Token[]): SqlStatement {
  const kind = rest.find((t) => t.kind === 'word')?.text ?? '';
  const safety = kind === 'SYSTEM' ? rest.find((t) => SAFETY.test(t.text.toUpperCase())) : undefined;
  if (safety) return statement('ALTER SYSTEM', 'destructive', { kind: 'setting', targets: [safety.raw], effects: ['guard-removal'], undo: { kind: 'recoverable', how: 'ALTER SYSTEM RESET' }, reason: `Changes ${safety.raw}, which keeps the data of the server safe.` });
  if (kind === 'SYSTEM' && /^(?:KILL|DISCONNECT|SHUTDOWN)$/.test(rest[1]?.text ?? '')) return statement('ALTER SYSTEM', 'destructive', { effects: ['outage'], reason: 'Ends sessions of the server.' });
  const names = namesAfter(rest.slice(rest.findIndex((t) => t.text === kind) + 1), /^(?:IF|EXISTS|ONLY)$/).slice(0, 1);
  const of = listed(names, `a ${kind.toLowerCase()}`);
  const at = rest.findIndex((t, i) => t.kind === 'word' && t.text === 'DROP' && i > 0);
  if (at >= 0) {
    const what = rest[at + 1]?.text ?? '';
    const minor = /^(?:CONSTRAINT|INDEX|DEFAULT|NOT|FOREIGN|PRIMARY|CHECK|KEY|EXPRESSION|IDENTITY|STATISTICS|PROJECTION)$/.test(what);
    const dropped = namesAfter(rest.slice(at + 1), /^(?:COLUMN|IF|EXISTS|PARTITION|CONSTRAINT|INDEX|DEFAULT|NOT|NULL|FOREIGN|PRIMARY|KEY|CHECK)$/).slice(0, 1);
    if (ACCESS_KINDS.has(kind)) return statement(`ALTER ${kind} DROP`, 'destructive', { kind: 'role', targets: names, effects: ['access-loss'], reason: `Takes something from ${of}.` });
    if (minor) return statement(`ALTER ${kind} DROP ${what}`, 'destructive', { targets: names, effects: ['guard-removal'], undo: { kind: 'recoverable', how: 'add it again' }, reason: `Drops ${what === 'NOT' || what === 'DEFAULT' ? 'a rule' : `the ${what.toLowerCase()} ${dropped.join(' ')}`.trim()} of ${of}.` });
    return statement(`ALTER ${kind} DROP ${what === 'COLUMN' || what === 'PARTITION' ? what : 'COLUMN'}`, 'destructive', { targets: names, effects: ['data-loss'], undo: GONE, reason: `Drops ${what === 'PARTITION' ? 'a partition' : `the column ${dropped.join(' ')}`.trim()} of ${of}: what is stored in it is lost.` });
  }
  if (rest.some((t) => t.text === 'TRUNCATE')) return statement('ALTER TABLE TRUNCATE', 'destructive', { targets: names, effects: ['data-loss'], undo: GONE, reason: `Empties a partition of ${of}.` });
  // ClickHouse: `ALTER TABLE t DELETE WHERE …`, `CLEAR COLUMN`.
  const clickhouse = rest.findIndex((t, i) => i > 1 && t.kind === 'word' && (t.text === 'DELETE' || t.text === 'CLEAR') && rest[i - 1]?.text !== 'ON');
  if (clickhouse >= 0) return conditioned(rest.slice(clickhouse)) ? statement('ALTER TABLE DELETE', 'modifying', { targets: names, reason: `Deletes rows of ${of}.` }) : statement('ALTER TABLE CLEAR', 'destructive', { targets: names, effects: ['data-loss'], undo: GONE, reason: `Empties a part of ${of}.` });
  if (hasSequence(rest, 'DISABLE', 'ROW') || hasSequence(rest, 'DISABLE', 'TRIGGER') || hasSequence(rest, 'NO', 'FORCE')) return statement('ALTER TABLE DISABLE', 'destructive', { targets: names, effects: ['guard-removal'], reason: `Switches a protection of ${of} off.` });
  if ((kind === 'USER' || kind === 'LOGIN' || kind === 'ROLE') && rest.some((t) => /^(?:NOLOGIN|LOCK|DISABLE|PASSWORD|IDENTIFIED)$/.test(t.text))) return statement(`ALTER ${kind}`, rest.some((t) => /^(?:NOLOGIN|LOCK|DISABLE)$/.test(t.text)) ? 'destructive' : 'modifying', { kind: 'user', targets: names, effects: rest.some((t) => /^(?:NOLOGIN|LOCK|DISABLE)$/.test(t.text)) ? ['access-loss'] : [], reason: `Changes who can log in as ${of}.` });
  if (kind === 'DATABASE' && hasSequence(rest, 'SET', 'OFFLINE')) return statement('ALTER DATABASE SET OFFLINE', 'destructive', { kind: 'database', targets: names, effects: ['outage'], reason: `Takes the database ${of} offline.` });
  return statement(`ALTER ${kind}`, 'modifying', { targets: names, reason: `Changes ${of}.` });
}

function selectsInto(rest: readonly Token[]): SqlStatement | undefined {
  let depth = 0;
  for (const t of rest) {
    if (t.text === '(') depth++;
    else if (t.text === ')') depth--;
    else if (depth === 0 && t.kind === 'word' && t.text === 'INTO') return statement('SELECT INTO', 'additive', { reason: 'Writes what it selects into a table or a file.' });
    else if (depth === 0 && t.text === 'FROM') return undefined;
  }
  return undefined;
}

/** Functions that a SELECT may call and that stop or delete something. Source: PostgreSQL documentation, "System Administration Functions", "Server-Side Functions" of large objects, adminpack, dblink; SQLite, "Command Line Shell", writefile(). */
function callsDestroyer(rest: readonly Token[]): SqlStatement | undefined {
  const loads = rest.find((t, i) => t.kind === 'word' && rest[i + 1]?.text === '(' && t.text === 'LOAD_EXTENSION');
  if (loads) return statement(loads.text, 'unknown', { effects: ['unknown'], reason: 'Loads a library, which may do anything.' });
  const writes = rest.find((t, i) => t.kind === 'word' && rest[i + 1]?.text === '(' && /^(?:LO_EXPORT|WRITEFILE|PG_FILE_WRITE|PG_FILE_UNLINK|PG_FILE_RENAME)$/.test(t.text));
  if (writes) return statement(writes.text, 'destructive', { kind: 'file', effects: ['data-loss'], undo: GONE, reason: `Calls ${writes.raw}, which overwrites or deletes a file.` });
  const call = rest.find((t, i) => t.kind === 'word' && rest[i + 1]?.text === '(' && /^(?:PG_TERMINATE_BACKEND|PG_DROP_REPLICATION_SLOT|LO_UNLINK|PG_SWITCH_WAL|PG_PROMOTE|DROP_CHUNKS|PG_RELOAD_CONF|PG_CANCEL_BACKEND|CITUS_REMOVE_NODE|DROP_HYPERTABLE|RUN_COMMAND_ON_WORKERS|DBLINK_EXEC|PG_LOGICAL_SLOT_GET_CHANGES)$/.test(t.text));
  if (!call) return undefined;
  if (/^PG_(?:SWITCH_WAL|RELOAD_CONF|CANCEL_BACKEND)$/.test(call.text)) return statement(call.text, 'modifying', { reason: `Calls ${call.raw}.` });
  const data = /LO_UNLINK|DROP_/.test(call.text);
  return statement(call.text, 'destructive', { effects: [data ? 'data-loss' : 'outage'], reason: `Calls ${call.raw}, which ${data ? 'deletes data' : 'ends what others are using'}.` });
}

function maintenance(verb: string, rest: readonly Token[]): SqlStatement {
  if (verb === 'COPY' && rest.some((t) => t.text === 'PROGRAM')) return statement('COPY PROGRAM', 'unknown', { effects: ['unknown'], reason: 'Starts a program on the database server.' });
  if (verb === 'SYSTEM' && /^(?:SHUTDOWN|KILL|DROP|STOP)$/.test(rest[0]?.text ?? '') && rest[1]?.text !== 'CACHE') return statement(`SYSTEM ${rest[0]?.text}`, rest.some((t) => t.text === 'CACHE') ? 'none' : 'destructive', { effects: ['outage'], reason: 'Stops a part of the server.' });
  if (verb === 'STOP') return statement(verb, 'destructive', { effects: ['outage'], reason: 'Stops replication.' });
  if (verb === 'BACKUP' || verb === 'UNLOAD') return statement(verb, 'additive', { reason: 'Writes a copy.' });
  if (verb === 'REASSIGN' || verb === 'CHANGE' || verb === 'RENAME') return statement(verb, 'modifying', { reason: `${verb} changes what something is called or belongs to.` });
  return statement(verb, 'modifying', { reason: `${verb.charAt(0)}${verb.slice(1).toLowerCase()}: changes no data by itself.` });
}

/** SQL Server's procedures that destroy or start programs. Source: Transact-SQL reference, system stored procedures. */
function execute(rest: readonly Token[]): SqlStatement {
  const name = rest.find((t) => t.kind === 'word' && !/^(?:MASTER|MSDB|DBO|SYS|IMMEDIATE)$/.test(t.text))?.text ?? '';
  if (/^XP_CMDSHELL$/.test(name)) return statement('XP_CMDSHELL', 'unknown', { effects: ['unknown'], reason: 'Starts a program on the database server.' });
  if (/^SP_(?:DROPSERVER|DROPLOGIN|DROPUSER|DROPROLE|REVOKEDBACCESS|REVOKELOGIN|DROP_\w+|DELETE_\w+|DETACH_DB|DBREMOVE|REMOVEDBREPLICATION|CERTIFY_REMOVABLE)$/.test(name)) return statement(name, 'destructive', { effects: ['data-loss'], reason: `Calls ${name.toLowerCase()}, which removes what it names.` });
  if (/^SP_MSFOREACHTABLE$|^SP_MSFOREACHDB$/.test(name)) return statement(name, 'unknown', { effects: ['unknown'], reason: 'Runs a text for every table or database.' });
  return statement('EXEC', 'modifying', { reason: `Calls ${name.toLowerCase() || 'a procedure'}.` });
}

function hasSequence(tokens: readonly Token[], a: string, b: string): boolean {
  return tokens.some((t, i) => t.text === a && t.kind === 'word' && tokens[i + 1]?.text === b);
}

const CLAUSES = /^(?:WHERE|SET|CASCADE|RESTRICT|USING|RETURNING|LIMIT|ON|AS|PURGE|FORCE|WITH|RESTART|CONTINUE|OUTPUT|ORDER|IN|SYNC|ADD|DROP|ALTER|RENAME|MODIFY|DELETE|INNER|JOIN|LEFT|OPTION|VALUES|SELECT|FROM|TO|FOR|CHANGE|OWNER|ENABLE|DISABLE|NOT|NO|IDENTIFIED|NOLOGIN|PASSWORD|LOCK|TRUNCATE|CLEAR|PARTITION)$/;

/** Names at the beginning of some tokens: `a.b, "c"`. Words that `skipped` matches come before them. */
function namesAfter(tokens: readonly Token[], skipped: RegExp): string[] {
  const names: string[] = [];
  let name = '';
  let started = false;
  for (const t of tokens) {
    if (t.kind === 'word' && !started && skipped.test(t.text)) continue;
    if (t.kind === 'word' && CLAUSES.test(t.text) && name === '' && started) break;
    if (t.kind === 'word' || t.kind === 'name' || (t.kind === 'string' && !started)) {
      if (t.kind === 'word' && CLAUSES.test(t.text) && !name.endsWith('.')) break;
      if (name !== '' && !name.endsWith('.')) break;
      name += t.kind === 'word' ? t.raw : t.text;
      started = true;
    } else if (t.text === '.' && name !== '') name += '.';
    else if (t.text === '*' && name.endsWith('.')) name += '*';
    else if (t.text === ',' && name !== '') {
      names.push(name);
      name = '';
      if (names.length >= 16) break;
    } else if (t.text === '(' && !started) continue;
    else break;
  }
  if (name !== '') names.push(name);
  return names;
}

const listed = (names: readonly string[], otherwise: string): string => (names.length === 0 ? otherwise : names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', '));
