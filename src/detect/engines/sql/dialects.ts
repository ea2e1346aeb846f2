/** Whose grammar a text is read by. */
export type SqlDialect = 'postgresql' | 'mysql' | 'sqlite' | 'mssql' | 'oracle' | 'clickhouse' | 'cassandra' | 'snowflake' | 'googlesql' | 'trino' | 'redshift' | 'partiql';

/** Whose commands of its own a client has between the statements. */
export type ClientCommands = 'psql' | 'mysql' | 'sqlite' | 'sqlcmd' | 'snowsql';

/** How a server cuts a text into words: where its strings, names and comments end. */
export interface Lexis {
  /** Quotes in which a backslash takes the next character with it. */
  readonly backslash: string;
  /** `E'…'`, in which it does in any case. */
  readonly escapes?: boolean;
  /** Quotes around strings; those around names. */
  readonly strings: string;
  readonly names: string;
  /** A quote that is written twice stands for itself. */
  readonly doubled: boolean;
  readonly brackets?: boolean;
  /** `$tag$ … $tag$`, or `$$ … $$` alone. */
  readonly dollar?: 'tags' | 'plain';
  /** `'''…'''`, `r'…'`. */
  readonly triple?: boolean;
  /** `q'[…]'`. */
  readonly quoting?: boolean;
  /** Comments: `--` with anything behind it or with a blank only, `//`, `#`. */
  readonly dashes: 'always' | 'blank';
  readonly slashes?: boolean;
  readonly hash?: 'always' | 'blank';
  /** A carriage return ends a line, too. */
  readonly returns?: boolean;
  readonly nested?: boolean;
  /** The text of comments that begin with `/*!` is run. */
  readonly executed?: boolean;
  readonly delimiter?: boolean;
  readonly go?: boolean;
  /** Statements need no sign between them. */
  readonly loose?: boolean;
  readonly word: RegExp;
  readonly commands?: ClientCommands;
}

const WORD = /[\p{L}_@#][\p{L}\p{N}_@#$]*/uy;

/** PostgreSQL: src/backend/parser/scan.l, and src/fe_utils/psqlscan.l for psql. */
const POSTGRESQL: Lexis = { backslash: '', escapes: true, strings: "'", names: '"', doubled: true, dollar: 'tags', dashes: 'always', returns: true, nested: true, word: /[\p{L}_][\p{L}\p{N}_$]*/uy, commands: 'psql' };
/** MySQL 8.4 Reference Manual, "String Literals", "Comments", "Schema Object Names"; MariaDB, "Comment Syntax"; client/mysql.cc, add_line(). */
const MYSQL: Lexis = { backslash: `'"`, strings: `'"`, names: '`', doubled: true, dashes: 'blank', hash: 'always', executed: true, delimiter: true, word: /[\p{L}_$@][\p{L}\p{N}_$]*/uy, commands: 'mysql' };
/** SQLite: src/tokenize.c. */
const SQLITE: Lexis = { backslash: '', strings: "'", names: '"`', doubled: true, brackets: true, dashes: 'always', word: /[\p{L}_$@#:][\p{L}\p{N}_$]*/uy, commands: 'sqlite' };
/** Transact-SQL reference, "Constants", "Comment", "Database identifiers"; sqlcmd, "GO". */
const MSSQL: Lexis = { backslash: '', strings: "'", names: '"', doubled: true, brackets: true, dashes: 'always', nested: true, go: true, loose: true, word: WORD, commands: 'sqlcmd' };
/** Oracle SQL Language Reference, "Text Literals", "Comments". */
const ORACLE: Lexis = { backslash: '', strings: "'", names: '"', doubled: true, quoting: true, dashes: 'always', word: WORD };
/** ClickHouse: src/Parsers/Lexer.cpp. */
const CLICKHOUSE: Lexis = { backslash: `'"\``, strings: "'", names: '"`', doubled: true, dollar: 'tags', dashes: 'always', slashes: true, hash: 'blank', word: /[\p{L}_][\p{L}\p{N}_$]*/uy };
/** Apache Cassandra: Lexer.g; CQL, "Constants" and "Comments". */
const CASSANDRA: Lexis = { backslash: '', strings: "'", names: '"', doubled: true, dollar: 'plain', dashes: 'always', slashes: true, returns: true, word: WORD };
/** Snowflake documentation, "String & binary data types", "Identifier requirements". */
const SNOWFLAKE: Lexis = { backslash: "'", strings: "'", names: '"', doubled: true, dollar: 'plain', dashes: 'always', slashes: true, word: /[\p{L}_@][\p{L}\p{N}_$]*/uy, commands: 'snowsql' };
/** GoogleSQL, "Lexical structure and syntax": BigQuery and Spanner. */
const GOOGLESQL: Lexis = { backslash: `'"\``, strings: `'"`, names: '`', doubled: false, triple: true, dashes: 'always', hash: 'always', word: WORD };
/** Trino: SqlBase.g4, which Athena's engine shares. */
const TRINO: Lexis = { backslash: '', strings: "'", names: '"`', doubled: true, dashes: 'always', returns: true, word: WORD };
/** Hive: HiveLexer.g, which Athena's DDL statements are read by. */
const HIVE: Lexis = { ...TRINO, backslash: `'"`, strings: `'"`, names: '`' };
/** Amazon DynamoDB developer guide, "PartiQL reference". */
const PARTIQL: Lexis = { backslash: '', strings: "'", names: '"', doubled: true, dashes: 'always', word: WORD };

const READINGS: Readonly<Record<SqlDialect, readonly Lexis[]>> = {
  postgresql: [POSTGRESQL],
  // What stands behind `/*!99999` is run by no server, and what stands behind `/*!` by every one.
  mysql: [MYSQL, { ...MYSQL, executed: false }],
  sqlite: [SQLITE], mssql: [MSSQL], oracle: [ORACLE], clickhouse: [CLICKHOUSE], cassandra: [CASSANDRA], snowflake: [SNOWFLAKE], googlesql: [GOOGLESQL], trino: [TRINO, HIVE], partiql: [PARTIQL],
  // Its strings are documented with backslashes; PostgreSQL's setting says otherwise.
  redshift: [POSTGRESQL, { ...POSTGRESQL, backslash: "'" }],
};

/** All that makes one reading differ from another. */
const TELLING = /[\\"`$#[\r]|--|\/[/*]|'''|q'/i;

/**
 * The ways in which a text may be read: by one dialect, by several, or by any where it is not known. A setting that the text itself
 * mentions may turn a rule round.
 */
export function readingsOf(text: string, dialects: readonly SqlDialect[] | undefined): readonly Lexis[] {
  const known = dialects ?? (TELLING.test(text) ? (Object.keys(READINGS) as SqlDialect[]) : (['mysql', 'postgresql'] satisfies SqlDialect[]));
  const base = [...new Set(known.flatMap((d) => READINGS[d]))];
  const more: Lexis[] = [];
  if (/standard_conforming_strings/i.test(text)) for (const lexis of base) if (lexis.escapes) more.push({ ...lexis, backslash: "'" });
  if (/sql_mode/i.test(text)) for (const lexis of base) if (lexis.delimiter) more.push({ ...lexis, backslash: '' });
  return [...base, ...more];
}
