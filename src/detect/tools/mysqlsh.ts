import { sqlClient } from './cli/sql-client';

/** MySQL Shell where it speaks SQL; its JavaScript and Python are not read: their text counts as statements that are not known. */
export const mysqlsh = sqlClient({
  names: ['mysqlsh'], provider: 'mysql', source: 'MySQL Shell 8.4, "mysqlsh — The MySQL Shell"',
  valued: `-h --host -P --port -u --user -p --password -D --schema --database -S --socket --uri --ssl-mode --log-level --result-format`,
  flags: `--sql --sqlc --sqlx --js --javascript --py --python --mx --mc -i --interactive --quiet-start --json --table --tabbed
    --vertical -E --force -A --no-wizard`,
  sql: '-e --execute -c --pyc', files: '-f --file', where: { host: '-h --host', user: '-u --user', port: '-P --port' },
  dialects: ['mysql'], commands: 'mysql',
});
