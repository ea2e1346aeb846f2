import { found } from './cli/call';
import { commandTool } from './cli/command-tool';

/** Apache Kafka's own scripts, with and without `.sh`. */
export const kafka = commandTool({
  names: [
    'kafka-topics', 'kafka-topics.sh', 'kafka-consumer-groups', 'kafka-consumer-groups.sh', 'kafka-configs', 'kafka-configs.sh',
    'kafka-acls', 'kafka-acls.sh', 'kafka-delete-records', 'kafka-delete-records.sh', 'kafka-reassign-partitions',
    'kafka-reassign-partitions.sh', 'kafka-storage', 'kafka-storage.sh', 'kafka-server-stop', 'kafka-server-stop.sh',
    'zookeeper-server-stop', 'zookeeper-server-stop.sh', 'kafka-leader-election', 'kafka-leader-election.sh',
    'kafka-streams-application-reset', 'kafka-streams-application-reset.sh', 'kafka-share-groups', 'kafka-share-groups.sh',
  ],
  provider: 'kafka', source: 'Apache Kafka documentation, "Operations"; `kafka-topics.sh --help` and its siblings of 3.9',
  valued: `--bootstrap-server --bootstrap-controller --zookeeper --topic --partitions --replication-factor --config --delete-config
    --command-config --group --timeout --add-config --entity-type --entity-name --offset-json-file --reassignment-json-file
    --topics-to-move-json-file --broker-list --throttle --to-offset --to-datetime --by-duration --shift-by --from-file --principal
    --allow-principal --deny-principal --producer --operation --cluster-id -t -c --release-version --add-config-file --application-id
    --input-topics --intermediate-topics --path-to-json-file --election-type --partition`,
  flags: `--list --describe --create --delete --alter --if-exists --if-not-exists --reset-offsets --delete-offsets --execute --verify
    --generate --cancel --remove --add --force --all-topics --all-groups --to-earliest --to-latest --dry-run --export`,
  targets: '--topic --group', guards: '--force --if-exists --all-groups --all-topics',
  where: { endpoint: '--bootstrap-server --zookeeper' },
  commands: `
    +--delete                   | destroy data-loss | irreversible  # What is stored in it is lost.
    +--delete-offsets           | destroy data-loss
    +--reset-offsets +--execute | destroy data-loss  # The consumers read again, or skip, what lies between.
    +--reset-offsets            | read
    +--remove !--list           | destroy access-loss
    +--delete-config            | destroy guard-removal
    +--alter                    | change
    +--add-config               | change
    +--execute                  | change
    +--add                      | change
    +--cancel                   | change
    +--create                   | add
    +--list                     | read
    +--describe                 | read
    +--verify                   | read
    +--generate                 | read
  `,
  otherwise: 'quiet',
  refine: (call, finding) => (finding.mutation === 'modifying' && /--(?:add-config|config)$/.test(call.options.find((o) => /retention\.(?:ms|bytes)|cleanup\.policy/.test(o.value?.value ?? ''))?.name ?? '') ? [{
    ...finding, mutation: 'destructive', effects: ['data-loss'],
    reason: `${finding.reason} A lower retention deletes what is older.`,
  }] : undefined),
  before: (call) => {
    const name = (call.invocation.argv[0]?.value ?? '').replace(/^.*[\\/]/, '').replace(/\.sh$/, '');
    if (call.options.some((o) => o.name === '--dry-run')) return [found(call, {
      action: name, mutation: 'none',
      reason: `${name}: Only shows what would be done.`,
    })];
    if (name === 'kafka-delete-records') return [found(call, {
      action: 'delete-records', mutation: 'destructive', effects: ['data-loss'], reversibility: { kind: 'irreversible' },
      reason: 'kafka: Deletes the records before the offsets that its file names.',
    })];
    if (name.endsWith('-server-stop')) return [found(call, {
      action: 'stop', mutation: 'destructive', effects: ['outage'],
      reason: 'kafka: Stops every broker on this machine.',
    })];
    if (name === 'kafka-streams-application-reset') return [found(call, {
      action: 'application-reset', mutation: 'destructive', effects: ['data-loss'],
      reason: 'kafka: Resets a Streams application: its internal topics are deleted.',
    })];
    if (name === 'kafka-storage') return call.args[0]?.value === 'format' ? [found(call, {
      action: 'format', mutation: 'destructive', effects: ['data-loss'],
      reason: 'kafka: Formats the log folders of a broker.',
    })] : [];
    return undefined;
  },
});
