import type { Finding } from '../invocation';
import { found, option, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';
import { programOf, programTable } from './cli/programs';
import { sqlHandedIn } from './cli/sql-findings';

/** What each of them takes away. Of wal-g nothing is deleted without --confirm. */
const judge = programTable(`
  dropdb                                  | destroy data-loss  # Drops the database %: all that is stored in it is lost.
  dropuser                                | destroy access-loss  # Drops the role %.
  mysqladmin,mariadb-admin drop           | destroy data-loss  # Drops a database: all that is stored in it is lost.
  mysqladmin,mariadb-admin shutdown,kill,stop-slave,stop-replica | destroy outage  # Stops the server or a part of it.
  pg_restore +-c,--clean !-l,--list       | destroy data-loss
    # Drops the objects of the dump before it restores them: what they hold now is lost.
  pg_dropcluster                          | destroy data-loss  # Deletes a PostgreSQL cluster with all its databases.
  pg_ctl,pg_ctlcluster stop,restart,kill,promote | destroy outage  # Stops or restarts the server.
  pg_resetwal !-n,--dry-run               | destroy data-loss
    # Throws the write-ahead log away: what was not written is lost and the data may be inconsistent.
  pg_rewind !-n,--dry-run                 | destroy data-loss  # Overwrites the data folder with the state of another server.
  pg_archivecleanup !-n                   | destroy data-loss
    # Deletes archived logs: no restore to a point in time is possible from before.
  mongoimport +--mode=delete              | destroy data-loss  # Deletes the documents that the file names.
  mongorestore,mongoimport,arangorestore +--drop | destroy data-loss
    # Drops the collections before it writes them: what they hold now is lost.
  nodetool decommission,removenode,stopdaemon,drain,assassinate,move,resetlocalschema | destroy outage  # Takes the node away.
  nodetool disablegossip,disablebinary,disablethrift | destroy outage  # Takes the node away.
  nodetool clearsnapshot,truncatehints    | destroy data-loss  # Deletes snapshots or hints of the node.
  influx delete,restore                   | destroy data-loss  # Deletes data, a bucket or what belongs to it.
  influx * delete,rm,remove               | destroy data-loss  # Deletes data, a bucket or what belongs to it.
  cockroach quit                          | destroy outage  # Takes a node out of the cluster.
  cockroach node decommission,drain       | destroy outage  # Takes a node out of the cluster.
  pgbackrest,barman,clickhouse-backup,cbbackupmgr,wal-g expire,stanza-delete,restore,delete,delete-backup !--dry-run | destroy data-loss
    # Deletes backups, or overwrites the data folder with one.
  pgbackrest,barman,clickhouse-backup,cbbackupmgr,wal-g backup-fetch,remove,stop,retain,everything,clean !--dry-run | destroy data-loss
    # Deletes backups, or overwrites the data folder with one.
  wal-g delete !--confirm                 | read
  wal-g delete * !--confirm               | read
  patronictl remove,reinit                | destroy data-loss,outage  # Interrupts the cluster, and deletes what a member holds.
  patronictl restart,failover,switchover,pause,flush | destroy outage  # Interrupts the cluster.
  repmgr unregister,promote,switchover,rejoin !--dry-run | destroy outage  # Changes which server is the primary.
  couchbase-cli bucket-delete,bucket-flush,failover,rebalance-stop,node-reset,reset-cipher-suites | destroy data-loss
    # Deletes data or takes a node away.
  neo4j-admin load,restore,unbind,delete-backup | destroy data-loss  # Overwrites a database.
  gpstop                                  | destroy outage  # Stops the database.
`, 'database');

/** Statements that delete. Source: Neo4j documentation, "Cypher Manual". */
const CYPHER_DELETES = /\bDETACH\s+DELETE\b|\bDROP\s+(?:DATABASE|INDEX|CONSTRAINT|USER|ROLE)\b|\bDELETE\b/i;

function before(call: CliCall): readonly Finding[] {
  const tool = programOf(call);
  if (tool === 'cockroach' && call.args[0]?.value === 'sql') {
    const from = option(call, '-f', '--file');
    const given = { text: option(call, '-e', '--execute')?.value, file: from && (from.value ?? call.args.at(-1)) };
    return sqlHandedIn(given, { ...call, tool }, { dialects: ['postgresql'] }) ?? [];
  }
  if (tool !== 'cypher-shell') return judge(call);
  const text = call.args.map((w) => w.value ?? '').join(' ') || (call.invocation.stdin ?? '');
  return !CYPHER_DELETES.test(text) ? [] : [found({ ...call, tool }, {
    action: 'cypher-shell.delete', mutation: 'destructive', effects: ['data-loss'], reversibility: { kind: 'irreversible' },
    reason: 'cypher-shell: Deletes nodes, relations or a database.',
  })];
}

/** Programs that come with a database and delete, overwrite or stop it. */
export const databaseAdmin = commandTool({
  names: [
    'dropdb', 'dropuser', 'mysqladmin', 'mariadb-admin', 'pg_restore', 'pg_dropcluster', 'pg_ctl', 'pg_ctlcluster', 'pg_resetwal',
    'pg_rewind', 'initdb', 'mongorestore', 'mongoimport', 'nodetool', 'influx', 'cockroach', 'curator', 'mysqlpump', 'pg_archivecleanup',
    'vacuumdb', 'createdb', 'pgbackrest', 'wal-g', 'barman', 'repmgr', 'patronictl', 'rethinkdb', 'arangorestore', 'neo4j-admin',
    'cypher-shell', 'clickhouse-backup', 'innobackupex', 'xtrabackup', 'couchbase-cli', 'cbbackupmgr', 'gpstop', 'orchestrator',
  ],
  provider: 'database',
  source: 'PostgreSQL documentation, "PostgreSQL Client Applications" and "Server Applications"; MySQL Reference Manual, '
    + '"mysqladmin"; MongoDB Database Tools; Cassandra "nodetool"; InfluxDB, CockroachDB, pgBackRest, WAL-G, Patroni and Neo4j '
    + 'command references',
  valued: `-h --host -p --port -U --username -u --user -P --password -d --dbname --db --database -n --schema -t --table -F --format -j
    --jobs --file --stanza --repo --set -c --config -D --pgdata -m --mode -l -o -k --keyspace --nsInclude --nsFrom --nsTo --uri
    --collection --archive --token --org --org-id --bucket -b --id --name --start --stop --predicate --maintenance-db --config-file
    --certs-dir --url --to --from --type --target -a --address --cluster --time -T -e --execute -i --input`,
  flags: `-i --interactive --if-exists --clean -1 --drop --force --immediate --purge --candidate --recursive --skip-drop-confirm --all
    --confirm`,
  guards: '--force -f --if-exists', where: { host: '-h --host PGHOST', database: '-d --dbname --db', port: '-p --port' }, commands: '',
  otherwise: 'quiet',
  before,
});
