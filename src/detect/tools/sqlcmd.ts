import { sqlClient } from './cli/sql-client';

/** sqlcmd, for SQL Server and Azure SQL. */
export const sqlcmd = sqlClient({
  names: ['sqlcmd', 'mssql-cli', 'bcp-query'], provider: 'mssql', source: 'Microsoft Learn, "sqlcmd utility"',
  valued: `-S --server -d --database-name -U --user-name -P --password -l --login-timeout -t --query-timeout -s -w -h -v --variables -H
    -K -m -V -y -Y -a -c -z -Z -F --authentication-method`,
  flags: '-E -N -C -b -I -G -k -e -p -r -u -x -X -R -1', sql: '-q -Q --query --initial-query', files: '-i --input-file',
  where: { host: '-S --server SQLCMDSERVER', database: '-d --database-name SQLCMDDBNAME', user: '-U --user-name SQLCMDUSER' },
  dialects: ['mssql'], commands: 'sqlcmd', writes: '-o --output-file',
});
