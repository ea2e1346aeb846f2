import { sqlClient } from './cli/sql-client';

/** psql, for PostgreSQL and what speaks like it. */
export const psql = sqlClient({
  names: ['psql', 'pgcli', 'cockroach-sql'], provider: 'postgresql', source: 'PostgreSQL documentation, "psql"',
  valued: `-d --dbname -F --field-separator -h --host -p --port -P --pset -R --record-separator -T --table-attr -U --username -v --set
    --variable`,
  flags: `-a -A -b -e -E -H -l -n -q -s -S -t -V -w -W -x -X -z -0 -1 --echo-all --no-align --csv --html --list --no-readline --quiet
    --single-step --single-line --tuples-only --no-password --password --expanded --no-psqlrc --single-transaction`,
  sql: '-c --command', files: '-f --file',
  where: { host: '-h --host PGHOST', database: '-d --dbname PGDATABASE', port: '-p --port PGPORT', user: '-U --username PGUSER' },
  lists: '-l --list', dialects: ['postgresql'], commands: 'psql', writes: '-o --output -L --log-file',
});
