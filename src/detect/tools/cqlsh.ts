import { sqlClient } from './cli/sql-client';

/** cqlsh, for Cassandra and ScyllaDB. */
export const cqlsh = sqlClient({
  names: ['cqlsh', 'cqlsh.py'], provider: 'cassandra', source: 'Apache Cassandra documentation, "cqlsh: the CQL shell"',
  valued: `-u --username -p --password -k --keyspace --encoding --cqlshrc --cqlversion --protocol-version --connect-timeout
    --request-timeout --credentials --secure-connect-bundle -b`,
  flags: '--ssl --no-color -C --color --debug --tty --no-file-io --disable-history', sql: '-e --execute', files: '-f --file',
  where: { keyspace: '-k --keyspace', user: '-u --username' }, dialects: ['cassandra'],
  lines: (text) => [...text.matchAll(/(?:^|[;\n])\s*(source|capture)\s+('[^'\n]+')/gi)].map((m) => `${m[1]} ${m[2]}`),
});
