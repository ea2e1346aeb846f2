import type { Finding, Word } from '../invocation';
import { fileText, found, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';
import { mongoSteps, type MongoStep } from './mongosh/read';

const MAX_LOADED = 4;

/** What a text of mongosh would do. What it loads is read, too. */
function scriptFindings(text: string, call: CliCall, loaded: readonly string[] = []): Finding[] {
  return mongoSteps(text, call.detect).flatMap((step): Finding[] => (step.loads === undefined ? [findingOf(step, call)] : fileFindings(step.loads, call, loaded)));
}

function findingOf(step: MongoStep, call: CliCall): Finding {
  return found(call, {
    action: step.action, mutation: step.mutation, effects: step.effects, reason: `${call.tool}: ${step.reason}`,
    ...(step.mutation !== 'additive' && { reversibility: { kind: step.effects.includes('data-loss') ? 'irreversible' : 'unknown' } }),
    targets: step.name === undefined ? [] : [{ type: 'collection', name: step.name, known: true }],
    ...(step.unknown !== undefined && { unknowns: [step.unknown] }),
  });
}

/** A file of a script: what stands there, or a door that nobody has looked behind. */
function fileFindings(name: string, call: CliCall, loaded: readonly string[]): Finding[] {
  const text = loaded.includes(name) || loaded.length >= MAX_LOADED ? undefined : fileText(name, call);
  if (loaded.includes(name)) return [];
  if (text !== undefined) return scriptFindings(text, call, [...loaded, name]).map((f) => (f.mutation === 'none' ? f : { ...f, reason: `${f.reason} (It is in ${name}.)` }));
  return [found(call, { action: 'run', mutation: 'modifying', door: 'unread', reason: `${call.tool}: Runs the script ${name}, which was not read.`, targets: [{ type: 'file', name, known: true }], unknowns: [`what ${name} does`] })];
}

/** A text on the command line, with gaps where only the shell knows it. */
function textFindings(word: Word, call: CliCall): Finding[] {
  if (word.value !== undefined) return scriptFindings(word.value, call);
  const loss = scriptFindings(word.parts.map((p) => p ?? 'UNKNOWN').join(''), call).filter((f) => f.mutation === 'destructive');
  return loss.length > 0 ? loss : [found(call, { action: 'eval', mutation: 'unknown', reason: `${call.tool}: Runs a text that is not known.`, unknowns: [`the text comes from ${word.raw}`] })];
}

/** mongosh and the older mongo shell: `mongosh [options] [address] [files]`; a first word that is no file is the address. */
export const mongosh = commandTool({
  names: ['mongosh', 'mongo'], provider: 'mongodb', source: 'mongosh documentation, "Options" and "mongosh Methods"',
  valued: `--host --port -u --username -p --password --authenticationDatabase --authenticationMechanism --tlsCertificateKeyFile
    --tlsCAFile --sslCAFile --awsAccessKeyId --apiVersion --eval -e --file -f`,
  flags: '--quiet --nodb --norc --tls --ssl --shell --verbose --retryWrites --json --ipv6', commands: '', otherwise: 'quiet',
  where: { host: '--host', port: '--port' },
  before: (call) => {
    const texts = call.options.flatMap((o) => ((o.name === '--eval' || o.name === '-e') && o.value ? [o.value] : []));
    const files = [...call.args.filter((w, i) => i > 0 || /\.(?:[cm]?js|mongodb)$/.test(w.value ?? '')), ...call.options.flatMap((o) => ((o.name === '--file' || o.name === '-f') && o.value ? [o.value] : []))];
    const out = texts.flatMap((word) => textFindings(word, call));
    for (const word of files) out.push(...(word.value === undefined ? [found(call, { action: 'run', mutation: 'unknown', reason: `${call.tool}: Runs a script that is not known.`, unknowns: [`the script comes from ${word.raw}`] })] : fileFindings(word.value, call, [])));
    if (texts.length === 0 && files.length === 0 && typeof call.invocation.stdin === 'string') out.push(...scriptFindings(call.invocation.stdin, call));
    return out.length > 0 ? out : [found(call, { action: 'connect', mutation: 'none', reason: `${call.tool}: ${texts.length + files.length > 0 ? 'Only reads.' : 'Opens a connection.'}` })];
  },
});
