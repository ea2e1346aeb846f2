import { createInterface } from 'node:readline';
import { redactData, secretsOf as commandSecrets } from './model/redact';
import { removeChangeSet } from './preview/cloudformation/change-set';
import { readCommand } from './preview/cloudformation/command';
import { withConnection } from './preview/cloudformation/source';
import { secretsOf } from './preview/cloudformation/secrets';
import { describe, PreviewError } from './preview/failure';
import { readWorkerRequest, type CleanupRequest, type Failure, type PreviewRequest, type StateRequest, type WorkerMessage, type WorkerRequest } from './preview/request';
import { readFromSnapshot } from './preview/reading';
import type { SourceAt } from './preview/source';
import { sourceFor } from './preview/sources';

/*
 * One preview in a process of its own: its environment is the held command's, so region, profile and credentials are that
 * command's and no other's; it can be killed without harm; nothing it reads stays in memory.
 * It reads one request line, then listens: a cancel line, the end of its input, or a signal end the work, and what it made
 * is removed before it ends.
 */

const ending = new AbortController();
/** As it was at the start: connecting the SDK changes the process's own. */
const ENV: NodeJS.ProcessEnv = { ...process.env };
// It is this process's, not the command's.
delete ENV['ELECTRON_RUN_AS_NODE'];
let secrets: readonly string[] = secretsOf(undefined, process.env);

/** From now on these are taken out of whatever is said. */
function hide(more: readonly string[]): void {
  secrets = [...new Set([...secrets, ...more])].sort((a, b) => b.length - a.length);
}

/** Writes a message and waits until the pipe has it. The last gate for secrets: only what is run or removed later, word for word, passes as it is. */
function say(message: WorkerMessage): Promise<void> {
  const line = `${JSON.stringify(clean(message))}\n`;
  return new Promise((resolve) => {
    process.stdout.write(line, () => resolve());
  });
}

function clean(message: WorkerMessage): WorkerMessage {
  // A path that is taken apart would be another file; it stays between the two processes.
  if (message.kind === 'read' || message.kind === 'change-set' || message.kind === 'change-set-gone') return message;
  if (message.kind !== 'result' || message.prepared === undefined) return redactData(message, secrets);
  const { prepared } = message;
  return { ...redactData({ ...message, prepared: undefined }, secrets), prepared: { ...prepared, explanation: redactData(prepared.explanation, secrets) } };
}

function end(failure: Failure): void {
  if (!ending.signal.aborted) ending.abort(new PreviewError(failure));
}

const CANCELLED: Failure = { kind: 'cancelled', message: 'The preview was cancelled. The command is still held.' };

async function handle(request: WorkerRequest): Promise<void> {
  hide(commandSecrets(request.argv));
  readFromSnapshot(request.kind === 'cleanup' ? undefined : request.inputs, (input) => void say({ kind: 'read', input }));
  const timer = setTimeout(() => {
    end({ kind: 'timeout', message: `The preview took longer than ${Math.ceil(request.timeoutMs / 1000)} seconds and was ended. Preview again, or preview offline.` });
  }, request.timeoutMs);
  try {
    switch (request.kind) {
      case 'preview': return await preview(request);
      case 'state': return await state(request);
      case 'cleanup': return await cleanup(request);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** What a source may use; its events become messages. */
function at(): SourceAt {
  return {
    env: { ...ENV },
    signal: ending.signal,
    hide,
    events: {
      made: (changeSet) => say({ kind: 'change-set', changeSet }),
      gone: (name) => void say({ kind: 'change-set-gone', name }),
      progress: (text) => void say({ kind: 'progress', text }),
      asksConsent: (executions) => void say({ kind: 'asks-consent', executions }),
    },
  };
}

async function preview(request: PreviewRequest): Promise<void> {
  const source = await sourceFor(request);
  if (request.mode === 'offline') return say({ kind: 'result', blastRadius: source.offline() });
  try {
    await say({ kind: 'result', ...(await source.live(at())) });
  } catch (error) {
    const failure = failureOf(error);
    const standIn = failure.kind === 'cancelled' ? undefined : source.offline(failure.message);
    await say({ kind: 'failed', failure, ...(standIn === undefined ? {} : { standIn }) });
  }
}

async function state(request: StateRequest): Promise<void> {
  const source = await sourceFor(request);
  if (source.state === undefined) return say({ kind: 'failed', failure: { kind: 'command', message: 'The state behind this command can\'t be read again: its preview has none.' } });
  await say({ kind: 'state', stateDigest: await source.state(at()) });
}

async function cleanup(request: CleanupRequest): Promise<void> {
  const command = readCommand(request.argv, request.cwd);
  if (command === undefined) return say({ kind: 'failed', failure: { kind: 'command', message: 'The command that the change set was made for is not known any more.' } });
  // The region is the one it was made in, even if the environment says another by now.
  const connection = { ...command.connection, region: request.changeSet.region };
  await withConnection(undefined, { connection }, at(), (way) => removeChangeSet(way, request.changeSet, ending.signal));
  await say({ kind: 'cleaned' });
}

function failureOf(error: unknown): Failure {
  if (error instanceof PreviewError) return error.failure;
  const { name, message } = describe(error);
  return { kind: 'crashed', message: `The preview failed unexpectedly (${name}: ${message}). Preview again, or preview offline; the command is still held.` };
}

async function main(): Promise<void> {
  // The SDK's word about Node versions is for its developers.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(CANCELLED));
  // The parent may be gone; what was made must still be removed.
  process.stdout.on('error', () => end(CANCELLED));
  const lines = createInterface({ input: process.stdin });
  let started: Promise<void> | undefined;
  lines.on('line', (line) => {
    if (started !== undefined) return end(CANCELLED);
    const request = readWorkerRequest(line);
    started = request === undefined
      ? say({ kind: 'failed', failure: { kind: 'crashed', message: 'The preview got a request it does not understand. Reload the window, so that both parts have one version.' } })
      : handle(request).catch((error: unknown) => say({ kind: 'failed', failure: failureOf(error) }));
    // Exits itself: a socket or a credential process that still waits must not keep it alive.
    void started.finally(() => process.exit(0));
  });
  lines.on('close', () => {
    if (started === undefined) process.exit(0);
    end(CANCELLED);
  });
}

void main();
