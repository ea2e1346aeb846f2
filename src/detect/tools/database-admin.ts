import type { Effect } from '../../model';
import type { Finding } from '../invocation';
import { flag, found, option, targetsOf } from './cli/call';
import { commandTool } from './cli/command-tool';
import { sqlHandedIn } from './cli/sql-findings';

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
  before: (call) => {
    const tool = (call.invocation.argv[0]?.value ?? '').replace(/^.*[\\/]/, '').replace(/\.exe$/, '');
    const texts = call.args.map((w) => w.value ?? '');
    const first = texts[0] ?? '';
    const make = (action: string, effects: readonly Effect[], reason: string): Finding[] => [found({ ...call, tool }, { action: `${tool}.${action}`, mutation: 'destructive', effects, targets: targetsOf(call.args, 'database'), reversibility: { kind: effects.includes('data-loss') ? 'irreversible' : 'unknown' }, reason: `${tool}: ${reason}` })];
    switch (tool) {
      case 'dropdb': return make('drop', ['data-loss'], `Drops the database ${texts.join(' ')}: all that is stored in it is lost.`);
      case 'dropuser': return make('drop', ['access-loss'], `Drops the role ${texts.join(' ')}.`);
      case 'mysqladmin': case 'mariadb-admin': {
        if (texts.includes('drop')) return make('drop', ['data-loss'], `Drops the database ${texts[texts.indexOf('drop') + 1] ?? ''}: all that is stored in it is lost.`);
        if (texts.some((t) => /^(?:shutdown|kill|stop-slave|stop-replica)$/.test(t))) return make('shutdown', ['outage'], 'Stops the server or a part of it.');
        if (texts.some((t) => /^flush-privileges$|^password$/.test(t))) return [];
        return [];
      }
      case 'pg_restore': return flag(call, '-c', '--clean') && option(call, '-l', '--list') === undefined ? make('clean', ['data-loss'], 'Drops the objects of the dump before it restores them: what they hold now is lost.') : [];
      case 'pg_dropcluster': case 'initdb': return tool === 'initdb' ? [] : make('drop', ['data-loss'], 'Deletes a PostgreSQL cluster with all its databases.');
      case 'pg_ctl': case 'pg_ctlcluster': return texts.some((t) => /^(?:stop|restart|kill|promote)$/.test(t)) ? make('stop', ['outage'], 'Stops or restarts the server.') : [];
      case 'pg_resetwal': return flag(call, '-n', '--dry-run') ? [] : make('resetwal', ['data-loss'], 'Throws the write-ahead log away: what was not written is lost and the data may be inconsistent.');
      case 'pg_rewind': return flag(call, '-n', '--dry-run') ? [] : make('rewind', ['data-loss'], 'Overwrites the data folder with the state of another server.');
      case 'pg_archivecleanup': return flag(call, '-n') ? [] : make('cleanup', ['data-loss'], 'Deletes archived logs: no restore to a point in time is possible from before.');
      case 'mongorestore': case 'mongoimport': case 'arangorestore': if (tool === 'mongoimport' && option(call, '--mode')?.value?.value === 'delete') return make('delete', ['data-loss'], 'Deletes the documents that the file names.');
        return flag(call, '--drop') ? make('drop', ['data-loss'], 'Drops the collections before it writes them: what they hold now is lost.') : [];
      case 'nodetool': return /^(?:decommission|removenode|clearsnapshot|stopdaemon|drain|assassinate|disablegossip|disablebinary|disablethrift|truncatehints|resetlocalschema|move|invalidate\w*x)$/.test(first) ? make(first, first === 'clearsnapshot' || first === 'truncatehints' ? ['data-loss'] : ['outage'], `${first} takes the node or its snapshots away.`) : [];
      case 'influx': return /^(?:delete|restore)$/.test(first) || /^(?:delete|rm|remove)$/.test(texts[1] ?? '') ? make([first, texts[1]].join('.'), ['data-loss'], 'Deletes data, a bucket or what belongs to it.') : [];
      case 'cockroach': {
        const from = option(call, '-f', '--file');
        const given = { text: option(call, '-e', '--execute')?.value, file: from && (from.value ?? call.args.at(-1)) };
        if (first === 'sql') return [...(sqlHandedIn(given, { ...call, tool }, { dialects: ['postgresql'] }) ?? [])];
        return /^(?:quit)$/.test(first) || (first === 'node' && /^(?:decommission|drain)$/.test(texts[1] ?? '')) ? make(first, ['outage'], 'Takes a node out of the cluster.') : [];
      }
      case 'pgbackrest': case 'barman': case 'wal-g': case 'clickhouse-backup': case 'cbbackupmgr': return texts.some((t) => /^(?:expire|stanza-delete|restore|delete|delete-backup|backup-fetch|remove|stop|retain|everything|clean|merge-x)$/.test(t)) && !flag(call, '--dry-run') && !(tool === 'wal-g' && texts.includes('delete') && !flag(call, '--confirm')) ? make(texts.find((t) => /^(?:expire|stanza-delete|restore|delete|delete-backup|backup-fetch|remove|stop|clean)$/.test(t)) ?? 'delete', ['data-loss'], 'Deletes backups, or overwrites the data folder with one.') : [];
      case 'patronictl': return /^(?:remove|reinit|restart|failover|switchover|pause|flush)$/.test(first) ? make(first, first === 'remove' || first === 'reinit' ? ['data-loss', 'outage'] : ['outage'], `${first} interrupts the cluster or deletes what a member holds.`) : [];
      case 'repmgr': return texts.some((t) => /^(?:unregister|promote|switchover|rejoin)$/.test(t)) && !flag(call, '--dry-run') ? make(texts.join('.'), ['outage'], 'Changes which server is the primary.') : [];
      case 'couchbase-cli': return /^(?:bucket-delete|bucket-flush|collection-manage-x|failover|rebalance-stop|node-reset|reset-cipher-suites|user-manage-x|group-manage-x)$/.test(first) ? make(first, ['data-loss'], `${first} deletes data or takes a node away.`) : [];
      case 'neo4j-admin': return texts.some((t) => /^(?:load|restore|unbind|delete-backup)$/.test(t)) ? make(texts.slice(0, 2).join('.'), ['data-loss'], 'Overwrites a database.') : [];
      case 'cypher-shell': {
        const text = texts.join(' ') || (call.invocation.stdin ?? '');
        return /\bDETACH\s+DELETE\b|\bDROP\s+(?:DATABASE|INDEX|CONSTRAINT|USER|ROLE)\b|\bDELETE\b/i.test(text) ? make('delete', ['data-loss'], 'Deletes nodes, relations or a database.') : [];
      }
      case 'gpstop': return make('stop', ['outage'], 'Stops the database.');
      default: return [];
    }
  },
});
