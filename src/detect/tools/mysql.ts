import { sqlClient } from './cli/sql-client';

/** The mysql and mariadb clients. */
export const mysql = sqlClient({
  names: ['mysql', 'mariadb', 'mycli'], provider: 'mysql', source: 'MySQL 8.4 Reference Manual, "mysql Client Options"',
  valued: `-h --host -P --port -u --user -D --database -S --socket --protocol --default-character-set --ssl-ca --ssl-cert --ssl-key
    --ssl-mode --connect-timeout --max-allowed-packet --prompt --delimiter --tee --defaults-file --defaults-extra-file
    --defaults-group-suffix --login-path --password`,
  flags: `-p -B -N -s -t -v -f --force --batch --silent --skip-column-names --table --raw -r -A -G --verbose --compress -C --html -H
    --xml -X`,
  sql: '-e --execute --init-command', files: '',
  where: { host: '-h --host MYSQL_HOST', database: '-D --database', port: '-P --port', user: '-u --user' }, dialects: ['mysql'],
  commands: 'mysql',
});
