import { sqlClient } from './cli/sql-client';

/** clickhouse-client. */
export const clickhouseClient = sqlClient({
  names: ['clickhouse-client', 'clickhouse', 'clickhouse-local', 'chc'], provider: 'clickhouse',
  source: 'ClickHouse documentation, "Command-line client"',
  valued: `-h --host --port -u --user --password -d --database -f --format --config-file -C --connection --max_threads --log-level
    --param_x --receive_timeout --send_timeout`,
  flags: '--secure -s --multiquery -n --multiline -m --time -t --vertical -E --stacktrace --echo --progress client local',
  sql: '-q --query', files: '--queries-file', where: { host: '-h --host', database: '-d --database', port: '--port' },
  dialects: ['clickhouse'],
});
