import type { Effect, Mutation } from '../../model';
import type { Finding } from '../invocation';
import { found, readsUnseen, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';

const KILLS: Readonly<Record<string, readonly [readonly Effect[], string]>> = {
  FLUSHALL: [['data-loss'], 'Deletes every key of every database.'], FLUSHDB: [['data-loss'], 'Deletes every key of the database.'],
  SHUTDOWN: [['outage'], 'Stops the server; with NOSAVE what was not saved is lost.'], SWAPDB: [['data-loss'], 'Swaps two databases under everybody who uses them.'], FAILOVER: [['outage'], 'Makes a replica the primary.'],
  REPLICAOF: [['data-loss'], 'Makes the server a copy of another: its own keys are thrown away.'], SLAVEOF: [['data-loss'], 'Makes the server a copy of another: its own keys are thrown away.'], RESTORE: [['data-loss'], 'Overwrites a key.'],
  MIGRATE: [['data-loss'], 'Moves keys to another server.'], XTRIM: [['data-loss'], 'Deletes entries of a stream.'], LTRIM: [['data-loss'], 'Deletes entries of a list.'],
};
/** Takes away the keys that it names: one by name is a change as any of the application's own; those that another command lists are not known. */
const BY_NAME = /^(?:DEL|UNLINK|GETDEL)$/;
/** Nobody types more keys than this: they come from a list. */
const MOST_BY_NAME = 9;
/** Without commands of its own it looks at the keys or the server. Source: `redis-cli --help`. */
const LOOKS = /^--(?:scan|bigkeys|memkeys|hotkeys|keystats|stat|latency\S*|lru-test|intrinsic-latency|rdb|replica|slave)$/;
/** Commands with a word of their own behind them. Source: Redis documentation, "Commands". */
const PAIRS: Readonly<Record<string, readonly [readonly Effect[], string]>> = {
  'CLUSTER RESET': [['outage', 'data-loss'], 'Takes the node out of its cluster.'], 'CLUSTER FORGET': [['outage'], 'Takes a node out of the cluster.'], 'CLUSTER FLUSHSLOTS': [['outage'], 'The node answers for no key any more.'], 'CLUSTER DELSLOTS': [['outage'], 'The node does not answer for these slots any more.'], 'CLUSTER FAILOVER': [['outage'], 'Makes a replica the primary.'],
  'ACL DELUSER': [['access-loss'], 'Deletes a user.'], 'CLIENT KILL': [['outage'], 'Ends connections.'], 'SCRIPT FLUSH': [['outage'], 'Deletes cached scripts.'], 'FUNCTION FLUSH': [['outage'], 'Deletes all functions.'], 'FUNCTION DELETE': [['outage'], 'Deletes functions.'], 'XGROUP DESTROY': [['data-loss'], 'Deletes a consumer group.'], 'DEBUG SEGFAULT': [['outage'], 'Crashes the server.'], 'DEBUG RELOAD': [['outage'], 'Reloads the server.'], 'CONFIG RESETSTAT': [[], ''],
};
const READS = /^(?:GET|MGET|EXISTS|TYPE|TTL|PTTL|KEYS|SCAN|HGET|HGETALL|HMGET|HKEYS|HVALS|HLEN|HSCAN|LRANGE|LLEN|LINDEX|SMEMBERS|SCARD|SISMEMBER|SSCAN|ZRANGE|ZSCORE|ZCARD|ZSCAN|INFO|PING|DBSIZE|STRLEN|MONITOR|TIME|ROLE|LASTSAVE|COMMAND|MEMORY|LATENCY|SLOWLOG|OBJECT|DUMP|XRANGE|XLEN|XINFO|XREAD|PUBSUB|AUTH|SELECT|HELLO|ECHO|RANDOMKEY|WAIT|SUBSCRIBE|PSUBSCRIBE|GETRANGE|BITCOUNT|PFCOUNT|GEOPOS|SORT_RO|HELP|CLIENT|CLUSTER|CONFIG|ACL|SENTINEL|MODULE)$/;

function judge(words: readonly (string | undefined)[], call: CliCall): Finding | undefined {
  const [first, second] = words;
  if (first === undefined) return found(call, { action: 'unknown', mutation: 'unknown', reason: `${call.tool}: Sends a command that is not known.`, unknowns: ['the command'] });
  const verb = first.toUpperCase();
  const pair = `${verb} ${(second ?? '').toUpperCase()}`;
  const known = PAIRS[pair] ?? (Object.hasOwn(KILLS, verb) ? KILLS[verb] : undefined);
  const targets = words.slice(1, 6).flatMap((name) => (name === undefined ? [] : [{ type: 'key', name, known: true }]));
  if (pair === 'REPLICAOF NO' || pair === 'SLAVEOF NO') return found(call, { action: verb, mutation: 'destructive', effects: ['outage'], reason: `${call.tool}: The server stops being a replica.` });
  if (known && known[0].length > 0) return found(call, { action: pair in PAIRS ? pair.replace(' ', '.') : verb, mutation: 'destructive', effects: known[0], targets: PAIRS[pair] ? [] : targets, reversibility: { kind: known[0].includes('data-loss') ? 'irreversible' : 'unknown' }, reason: `${call.tool}: ${known[1]}` });
  if (BY_NAME.test(verb)) {
    const listed = words.length > MOST_BY_NAME || call.invocation.wrappers.some((w) => /xargs|parallel/.test(w)) || call.args.some((w) => w.multi || (w.value === undefined && !w.parts.some(Boolean)));
    if (listed) return found(call, { action: verb, mutation: 'destructive', effects: ['data-loss'], targets, reversibility: { kind: 'irreversible' }, reason: `${call.tool}: Deletes every key that it is given.` });
    return found(call, { action: verb, mutation: 'modifying', targets, reversibility: { kind: 'irreversible' }, reason: `${call.tool}: Deletes ${targets.length === 1 ? 'a key' : 'keys'} by name.` });
  }
  if (verb === 'CONFIG' && (second ?? '').toUpperCase() === 'SET') {
    const guard = /^(?:save|appendonly|requirepass|protected-mode|dir|dbfilename|maxmemory-policy|rename-command|min-replicas-to-write)$/i.test(words[2] ?? '');
    return found(call, { action: 'CONFIG.SET', mutation: guard ? 'destructive' : 'modifying', effects: guard ? ['guard-removal'] : [], reason: `${call.tool}: Changes the setting ${words[2] ?? ''}.` });
  }
  if (verb === 'EVAL' || verb === 'EVALSHA' || verb === 'FCALL') {
    const kills = /redis\.p?call\(\s*['"](?:del|unlink|flushall|flushdb)/i.test(second ?? '');
    return found(call, { action: verb, mutation: kills ? 'destructive' : 'modifying', effects: kills ? ['data-loss'] : [], reason: `${call.tool}: Runs a script${kills ? ' that deletes keys' : ''}.` });
  }
  const mutation: Mutation = READS.test(verb) ? 'none' : 'modifying';
  return found(call, { action: verb, mutation, targets: mutation === 'none' ? [] : targets.slice(0, 1), reason: `${call.tool}: ${mutation === 'none' ? 'Reads' : 'Writes'} (${verb}).` });
}

/** redis-cli and valkey-cli. */
export const redisCli = commandTool({
  names: ['redis-cli', 'valkey-cli', 'keydb-cli', 'iredis'], provider: 'redis', source: 'Redis documentation, "Redis CLI" and "Commands"',
  valued: '-h --host -p --port -s --socket -a --pass -u --uri -n --user -r -i -d -D -t --eval --cacert --cert --key --sni --pattern --functions-rdb --intrinsic-latency --lru-test -X', flags: '-c -x -e --raw --no-raw --tls --insecure --no-auth-warning --stat --bigkeys --memkeys --hotkeys --scan --latency --latency-history --ldb --pipe --verbose --csv --json --quoted-input --cluster-yes --show-pushes -2 -3 --askpass --rdb --replica --cluster',
  commands: '', otherwise: 'quiet', where: { host: '-h --host', port: '-p --port', endpoint: '-u --uri REDIS_URL', database: '-n' }, stopsAt: (words) => words.length > 0,
  before: (call) => {
    const lines: (string | undefined)[][] = [];
    if (call.options.some((o) => o.name === '--cluster')) {
      const verb = call.args[0]?.value ?? '';
      const kills = /^(?:del-node|reshard|rebalance|fix|call|import|set-timeout)$/.test(verb);
      return [found(call, { action: `cluster.${verb}`, mutation: verb === 'call' ? 'unknown' : verb === 'del-node' ? 'destructive' : kills ? 'modifying' : verb === 'create' || verb === 'add-node' ? 'additive' : 'none', effects: verb === 'del-node' ? ['outage'] : verb === 'call' ? ['unknown'] : [], reason: `${call.tool}: cluster ${verb}.` })];
    }
    const script = call.options.find((o) => o.name === '--eval' || o.name === '--functions-rdb');
    const piped = call.invocation.stdin !== '' && typeof call.invocation.stdin !== 'string' && call.options.some((o) => o.name === '--pipe');
    const unseen = call.args.length === 0 && !call.options.some((o) => LOOKS.test(o.name)) && readsUnseen(call);
    if (script || piped || unseen) return [found(call, { action: script ? 'eval' : 'pipe', mutation: 'modifying', door: 'unread', reason: `${call.tool}: Runs ${script ? `the script ${script.value?.value ?? script.value?.raw ?? ''}` : 'the commands of its input'}, which nobody has read.`, unknowns: [script ? 'what the script does' : 'the commands'] })];
    if (call.args.length > 0) lines.push(call.args.map((w) => w.value));
    else if (typeof call.invocation.stdin === 'string') for (const line of call.invocation.stdin.split('\n').slice(0, 2000)) if (line.trim() !== '') lines.push(line.trim().split(/\s+/));
    const out = lines.flatMap((words) => judge(words, call) ?? []);
    return out.length > 0 ? out : [found(call, { action: 'connect', mutation: 'none', reason: `${call.tool}: Opens a connection.` })];
  },
});
