import { sqlClient } from './cli/sql-client';

/** sqlite3. */
export const sqlite3 = sqlClient({
  names: ['sqlite3', 'sqlite', 'litecli', 'duckdb'], provider: 'sqlite',
  source: 'SQLite documentation, "Command Line Shell For SQLite"; DuckDB documentation, "CLI"', singleDash: true,
  valued: '-init -newline -nullvalue -separator -lookaside -mmap -pagecache -maxsize -vfs',
  flags: `-batch -bail -csv -header -json -line -list -markdown -readonly -table -box -column -html -noheader -quote -safe -interactive
    -append -ascii -echo`,
  sql: '-cmd -c -s', files: '', sqlAfter: 1, where: {},
  // DuckDB reads strings as PostgreSQL does.
  dialects: ['sqlite', 'postgresql'], commands: 'sqlite',
});
