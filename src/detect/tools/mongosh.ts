import type { Effect } from '../../model';
import type { Finding } from '../invocation';
import { fileText, found, option, targetsOf, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';

/** Methods of mongosh that destroy. Source: mongosh documentation, "mongosh Methods". */
const METHODS: Readonly<Record<string, readonly [readonly Effect[], string]>> = {
  dropDatabase: [['data-loss'], 'Drops the database with every collection in it.'],
  drop: [['data-loss'], 'Drops a collection with every document in it.'],
  dropIndex: [['outage'], 'Drops an index: queries that use it slow down.'], dropIndexes: [['outage'], 'Drops indexes: queries that use them slow down.'],
  dropUser: [['access-loss'], 'Drops a user.'], dropAllUsers: [['access-loss'], 'Drops every user of the database.'], removeUser: [['access-loss'], 'Drops a user.'],
  dropRole: [['access-loss'], 'Drops a role.'], dropAllRoles: [['access-loss'], 'Drops every role of the database.'], revokeRolesFromUser: [['access-loss'], 'Takes roles from a user.'], revokePrivilegesFromRole: [['access-loss'], 'Takes rights from a role.'],
  shutdownServer: [['outage'], 'Stops the server.'], killOp: [['outage'], 'Ends an operation.'], removeShard: [['outage'], 'Takes a shard out of the cluster.'], stepDown: [['outage'], 'Makes the primary step down.'], fsyncLock: [['outage'], 'Blocks writes to the server.'],
  bulkWrite: [['unknown'], 'Writes or deletes many documents; which, only its operations tell.'],
};
const COMMANDS: Readonly<Record<string, readonly [readonly Effect[], string]>> = {
  dropDatabase: [['data-loss'], 'Drops the database with every collection in it.'], drop: [['data-loss'], 'Drops a collection.'], shutdown: [['outage'], 'Stops the server.'], dropUser: [['access-loss'], 'Drops a user.'], dropAllUsersFromDatabase: [['access-loss'], 'Drops every user.'], dropRole: [['access-loss'], 'Drops a role.'], replSetStepDown: [['outage'], 'Makes the primary step down.'],
};

/** What a text of mongosh would destroy, by the calls in it; strings and comments are taken out first. */
export function mongoFindings(text: string, call: CliCall): Finding[] {
  const bare = text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, ' ');
  const out: Finding[] = [];
  const add = (action: string, effects: readonly Effect[], reason: string, name?: string): void => {
    out.push(found(call, { action, mutation: effects[0] === 'unknown' ? 'unknown' : 'destructive', effects, reversibility: { kind: effects.includes('data-loss') ? 'irreversible' : 'unknown' }, reason: `${call.tool}: ${reason}`, targets: name === undefined ? [] : [{ type: 'collection', name, known: true }] }));
  };
  for (const m of bare.matchAll(/([\w$.'"[\]()]*)\.\s*(\w+)\s*\(\s*([^]{0,400})/g)) {
    const [, path = '', method = '', args = ''] = m;
    const name = /(?:\.|getCollection\(['"])([\w$-]+)['")\]]*$/.exec(path)?.[1];
    if (/^(?:deleteMany|remove|deleteOne|findOneAndDelete)$/.test(method)) {
      const all = /^(?:\{\s*\}|\))/.test(args);
      if (all && method !== 'deleteOne') add(method, ['data-loss'], `Deletes every document of ${name ?? 'a collection'}: the condition is empty.`, name);
      continue;
    }
    if ((method === 'updateMany' || method === 'update') && /^\{\s*\}\s*,/.test(args)) {
      add(method, ['data-loss'], `Changes every document of ${name ?? 'a collection'}: the condition is empty.`, name);
      continue;
    }
    if (method === 'runCommand' || method === 'adminCommand') {
      const command = /^\{\s*['"]?(\w+)/.exec(args)?.[1] ?? '';
      const known = COMMANDS[command];
      if (known) add(command, known[0], known[1]);
      continue;
    }
    const known = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
    if (known && /^(?:db|rs|sh|conn|session|col|coll|collection|client)\b|\.db\b|getSiblingDB|getDB|getCollection|db\[/.test(path)) add(method, known[0], known[1], method === 'drop' ? name : undefined);
  }
  for (const m of bare.matchAll(/\b(child_process|execSync|spawnSync)\b/g)) {
    add('run', ['unknown'], `Starts other programs (${m[1]}).`);
    break;
  }
  return out;
}

/** mongosh and the older mongo shell. */
export const mongosh = commandTool({
  names: ['mongosh', 'mongo'], provider: 'mongodb', source: 'mongosh documentation, "Options" and "mongosh Methods"',
  valued: '--host --port -u --username -p --password --authenticationDatabase --authenticationMechanism --tlsCertificateKeyFile --tlsCAFile --sslCAFile --awsAccessKeyId --apiVersion --eval -e --file -f', flags: '--quiet --nodb --norc --tls --ssl --shell --verbose --retryWrites --json --ipv6',
  commands: '', otherwise: 'quiet', where: { host: '--host', port: '--port' },
  before: (call) => {
    const texts = call.options.filter((o) => o.name === '--eval' || o.name === '-e').map((o) => o.value);
    const files = [...call.args.filter((w) => /\.(?:js|mongodb)$/.test(w.value ?? '')), ...(option(call, '--file', '-f')?.value ? [option(call, '--file', '-f')?.value ?? call.args[0]] : [])];
    const out: Finding[] = [];
    for (const word of texts) {
      if (word?.value !== undefined) out.push(...mongoFindings(word.value, call));
      else out.push(...(word && mongoFindings(word.parts.map((p) => p ?? 'UNKNOWN').join(''), call).length > 0 ? mongoFindings(word.parts.map((p) => p ?? 'UNKNOWN').join(''), call) : [found(call, { action: 'eval', mutation: 'unknown', reason: `${call.tool}: Runs a text that is not known.`, unknowns: [`the text comes from ${word?.raw ?? 'an option'}`] })]));
    }
    for (const word of files) {
      const text = word?.value === undefined ? undefined : fileText(word.value, call);
      out.push(...(text === undefined ? [found(call, { action: 'run', mutation: 'modifying', reason: `${call.tool}: Runs a script that could not be read.`, targets: word ? targetsOf([word], 'file') : [] })] : mongoFindings(text, call)));
    }
    if (texts.length === 0 && files.length === 0 && typeof call.invocation.stdin === 'string') out.push(...mongoFindings(call.invocation.stdin, call));
    return out.length > 0 ? out : [found(call, { action: 'connect', mutation: 'none', reason: `${call.tool}: Opens a connection.` })];
  },
});
