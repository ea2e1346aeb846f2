import { flag, found, targetsOf } from './cli/call';
import { commandTool } from './cli/command-tool';

/** mysqlimport and mariadb-import: text files into the tables that are named after them. */
export const mysqlimport = commandTool({
  names: ['mysqlimport', 'mariadb-import'], provider: 'mysql',
  source: 'MySQL 8.4 Reference Manual, "mysqlimport"; MariaDB documentation, "mariadb-import"',
  valued: `-h --host -P --port -u --user -S --socket -c --columns --fields-terminated-by --fields-enclosed-by
    --fields-optionally-enclosed-by --fields-escaped-by --lines-terminated-by --ignore-lines --default-character-set --defaults-file
    --defaults-extra-file --defaults-group-suffix --login-path --protocol --ssl-ca --ssl-cert --ssl-key --ssl-mode --use-threads
    --max-allowed-packet --plugin-dir --bind-address`,
  flags: `-p -D -d --delete -r --replace -i --ignore -L --local -l --lock-tables -f --force -s --silent -v --verbose -C --compress
    --low-priority`,
  guards: '-f --force', commands: '', otherwise: 'quiet', where: { host: '-h --host MYSQL_HOST', port: '-P --port' },
  before: (call) => {
    const [database, ...files] = call.args;
    if (database === undefined || files.length === 0) return [];
    const targets = targetsOf(files, 'file');
    const name = database.value ?? database.raw;
    // MySQL has -D for it, MariaDB -d.
    if (flag(call, '--delete', '-D', '-d')) {
      return [found(call, {
        action: 'import.delete', mutation: 'destructive', effects: ['data-loss'], reversibility: { kind: 'irreversible' }, targets,
        reason: `mysqlimport: Empties the tables of ${name} that the files are named after before it fills them: their rows are lost.`,
      })];
    }
    const mutation = flag(call, '--replace', '-r') ? 'modifying' : 'additive';
    return [found(call, { action: 'import', mutation, targets, reason: `mysqlimport: Puts rows into ${name}.` })];
  },
});
