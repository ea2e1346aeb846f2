import type { Finding } from '../invocation';
import { found, readsUnseen, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';
import { readCommandTable } from './cli/table';

/** What the server's commands destroy, and those that read; any other writes. Source: Redis documentation, "Commands". */
const SERVER = new Map(readCommandTable(`
  FLUSHALL            | destroy data-loss | irreversible  # Deletes every key of every database.
  FLUSHDB             | destroy data-loss | irreversible  # Deletes every key of the database.
  SWAPDB              | destroy data-loss | irreversible  # Swaps two databases under everybody who uses them.
  REPLICAOF,SLAVEOF   | destroy data-loss | irreversible  # Makes the server a copy of another: its own keys are thrown away.
  REPLICAOF,SLAVEOF NO | destroy outage  # The server stops being a replica.
  RESTORE             | destroy data-loss | irreversible  # Overwrites a key.
  MIGRATE             | destroy data-loss | irreversible  # Moves keys to another server.
  XTRIM               | destroy data-loss | irreversible  # Deletes entries of a stream.
  LTRIM               | destroy data-loss | irreversible  # Deletes entries of a list.
  XGROUP DESTROY      | destroy data-loss | irreversible  # Deletes a consumer group.
  SHUTDOWN            | destroy outage  # Stops the server; with NOSAVE what was not saved is lost.
  FAILOVER            | destroy outage  # Makes a replica the primary.
  CLUSTER RESET       | destroy outage,data-loss | irreversible  # Takes the node out of its cluster.
  CLUSTER FORGET      | destroy outage  # Takes a node out of the cluster.
  CLUSTER FLUSHSLOTS  | destroy outage  # The node answers for no key any more.
  CLUSTER DELSLOTS    | destroy outage  # The node does not answer for these slots any more.
  CLUSTER FAILOVER    | destroy outage  # Makes a replica the primary.
  CLIENT KILL         | destroy outage  # Ends connections.
  SCRIPT FLUSH        | destroy outage  # Deletes cached scripts.
  FUNCTION FLUSH      | destroy outage  # Deletes all functions.
  FUNCTION DELETE     | destroy outage  # Deletes functions.
  DEBUG SEGFAULT      | destroy outage  # Crashes the server.
  DEBUG RELOAD        | destroy outage  # Reloads the server.
  ACL DELUSER         | destroy access-loss  # Deletes a user.
  GET,MGET,EXISTS,TYPE,TTL,PTTL,KEYS,SCAN,RANDOMKEY,STRLEN,GETRANGE,BITCOUNT,PFCOUNT,GEOPOS,SORT_RO,OBJECT,DUMP | read
  HGET,HGETALL,HMGET,HKEYS,HVALS,HLEN,HSCAN,LRANGE,LLEN,LINDEX,SMEMBERS,SCARD,SISMEMBER,SSCAN,ZRANGE,ZSCORE,ZCARD,ZSCAN | read
  XRANGE,XLEN,XINFO,XREAD,SUBSCRIBE,PSUBSCRIBE,PUBSUB,WAIT,MONITOR | read
  INFO,PING,DBSIZE,TIME,ROLE,LASTSAVE,COMMAND,MEMORY,LATENCY,SLOWLOG,AUTH,SELECT,HELLO,ECHO,HELP | read
  CLIENT,CLUSTER,CONFIG,ACL,SENTINEL,MODULE | read
`).flatMap((entry) => {
  const [first = [], second = ['']] = entry.path;
  return first.flatMap((one) => second.map((two) => [`${one} ${two}`.trim(), entry] as const));
}));

/** Deletes the keys that it names: one by name is a change as any of the application's own; those of a list are not known. */
const BY_NAME = /^(?:DEL|UNLINK|GETDEL)$/;
/** Nobody types more keys than this: they come from a list. */
const MOST_BY_NAME = 9;
/** Without commands of its own it looks at the keys or the server. Source: `redis-cli --help`. */
const LOOKS = /^--(?:scan|bigkeys|memkeys|hotkeys|keystats|stat|latency\S*|lru-test|intrinsic-latency|rdb|replica|slave)$/;
/** Settings that guard the data or the access. Source: Redis documentation, "Redis configuration". */
const GUARDS = /^(?:save|appendonly|requirepass|protected-mode|dir|dbfilename|maxmemory-policy|rename-command|min-replicas-to-write)$/i;

function judge(words: readonly (string | undefined)[], call: CliCall): Finding {
  const [first, second = ''] = words;
  const said = (reason: string): string => `${call.tool}: ${reason}`;
  if (first === undefined) return found(call, {
    action: 'unknown', mutation: 'unknown',
    reason: said('Sends a command that is not known.'), unknowns: ['the command'],
  });
  const verb = first.toUpperCase();
  const pair = `${verb} ${second.toUpperCase()}`;
  const targets = words.slice(1, 6).flatMap((name) => (name === undefined ? [] : [{ type: 'key', name, known: true }]));
  const known = SERVER.get(pair) ?? SERVER.get(verb);
  if (known?.mutation === 'destructive' && known.effects !== 'by-noun') {
    const whole = SERVER.has(pair);
    return found(call, {
      action: whole ? pair.replace(' ', '.') : verb, mutation: 'destructive', effects: known.effects, targets: whole ? [] : targets,
      reason: said(known.note ?? ''), ...(known.undo && { reversibility: known.undo }),
    });
  }
  if (BY_NAME.test(verb)) return keysGone(verb, words, targets, call);
  if (pair === 'CONFIG SET') {
    const guard = GUARDS.test(words[2] ?? '');
    const effects = guard ? ['guard-removal'] as const : [];
    return found(call, {
      action: 'CONFIG.SET', mutation: guard ? 'destructive' : 'modifying', effects,
      reason: said(`Changes the setting ${words[2] ?? ''}.`),
    });
  }
  if (verb === 'EVAL' || verb === 'EVALSHA' || verb === 'FCALL') {
    const kills = /redis\.p?call\(\s*['"](?:del|unlink|flushall|flushdb)/i.test(second);
    const effects = kills ? ['data-loss'] as const : [];
    return found(call, {
      action: verb, mutation: kills ? 'destructive' : 'modifying', effects,
      reason: said(`Runs a script${kills ? ' that deletes keys' : ''}.`),
    });
  }
  const reads = known?.mutation === 'none';
  return found(call, {
    action: verb, mutation: reads ? 'none' : 'modifying', targets: reads ? [] : targets.slice(0, 1),
    reason: said(`${reads ? 'Reads' : 'Writes'} (${verb}).`),
  });
}

function keysGone(verb: string, words: readonly (string | undefined)[], targets: Finding['targets'], call: CliCall): Finding {
  const listed = words.length > MOST_BY_NAME || call.invocation.wrappers.some((w) => /xargs|parallel/.test(w))
    || call.args.some((w) => w.multi || (w.value === undefined && !w.parts.some(Boolean)));
  const own = { action: verb, targets, reversibility: { kind: 'irreversible' } } as const;
  if (listed) return found(call, {
    ...own, mutation: 'destructive', effects: ['data-loss'],
    reason: `${call.tool}: Deletes every key that it is given.`,
  });
  return found(call, {
    ...own, mutation: 'modifying',
    reason: `${call.tool}: Deletes ${targets.length === 1 ? 'a key' : 'keys'} by name.`,
  });
}

/** `redis-cli --cluster COMMAND`. Source: `redis-cli --cluster help`. */
const CLUSTER = new Map(readCommandTable(`
  del-node                                | destroy outage
  call                                    | ask
  reshard,rebalance,fix,import,set-timeout | change
  create,add-node                         | add
`).flatMap((entry) => entry.path[0]?.map((word) => [word, entry] as const) ?? []));

function cluster(verb: string, call: CliCall): Finding {
  const entry = CLUSTER.get(verb);
  const mutation = entry === undefined || entry.mutation === 'runs' ? 'none' : entry.mutation;
  const effects = entry === undefined || entry.effects === 'by-noun' ? [] : entry.effects;
  return found(call, { action: `cluster.${verb}`, mutation, effects, reason: `${call.tool}: cluster ${verb}.` });
}

/** redis-cli and valkey-cli. */
export const redisCli = commandTool({
  names: ['redis-cli', 'valkey-cli', 'keydb-cli', 'iredis'], provider: 'redis',
  source: 'Redis documentation, "Redis CLI" and "Commands"',
  valued: `-h --host -p --port -s --socket -a --pass -u --uri -n --user -r -i -d -D -t --eval --cacert --cert --key --sni --pattern
    --functions-rdb --intrinsic-latency --lru-test -X`,
  flags: `-c -x -e --raw --no-raw --tls --insecure --no-auth-warning --stat --bigkeys --memkeys --hotkeys --scan --latency
    --latency-history --ldb --pipe --verbose --csv --json --quoted-input --cluster-yes --show-pushes -2 -3 --askpass --rdb --replica
    --cluster`,
  commands: '', otherwise: 'quiet', where: { host: '-h --host', port: '-p --port', endpoint: '-u --uri REDIS_URL', database: '-n' },
  stopsAt: (words) => words.length > 0,
  before: (call) => {
    if (call.options.some((o) => o.name === '--cluster')) return [cluster(call.args[0]?.value ?? '', call)];
    const { stdin } = call.invocation;
    const script = call.options.find((o) => o.name === '--eval' || o.name === '--functions-rdb');
    const piped = stdin !== '' && typeof stdin !== 'string' && call.options.some((o) => o.name === '--pipe');
    const unseen = call.args.length === 0 && !call.options.some((o) => LOOKS.test(o.name)) && readsUnseen(call);
    if (script || piped || unseen) {
      const what = script ? `the script ${script.value?.value ?? script.value?.raw ?? ''}` : 'the commands of its input';
      return [found(call, {
        action: script ? 'eval' : 'pipe', mutation: 'modifying', door: 'unread',
        unknowns: [script ? 'what the script does' : 'the commands'],
        reason: `${call.tool}: Runs ${what}, which nobody has read.`,
      })];
    }
    if (call.args.length > 0) return [judge(call.args.map((w) => w.value), call)];
    const lines = (stdin ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '').slice(0, 2000);
    const out = lines.map((line) => judge(line.split(/\s+/), call));
    return out.length > 0 ? out : [found(call, { action: 'connect', mutation: 'none', reason: `${call.tool}: Opens a connection.` })];
  },
});
