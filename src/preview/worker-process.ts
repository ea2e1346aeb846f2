import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { redactionFor } from '../model/redact';
import { oneLine, withoutSequences } from '../model/visible';
import { readWorkerMessage, type WorkerMessage, type WorkerRequest } from './request';

/** Where the worker is and what it runs with. */
export interface WorkerPlace {
  /** The bundle `dist/preview-worker.js`. */
  readonly workerPath: string;
  /** Node, or Electron's binary, which then runs as Node. */
  readonly execPath: string;
  /** The held command's environment: region, profile and credentials come from here and nowhere else. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface WorkerRun {
  /** Resolves when the process is gone; never rejects. `detail` is the redacted end of what it wrote to standard error. */
  readonly ended: Promise<{ readonly killed: boolean; readonly detail: string }>;
  /** Asks it to stop and to remove what it made. */
  cancel(): void;
  /** Ends it at once. */
  kill(): void;
  readonly pid: number | undefined;
}

/** A message longer than this is not one of ours; the worker is stopped rather than read on. */
const MAX_OUTPUT = 64 * 1024 * 1024;
const MAX_STDERR = 4_000;

/**
 * Variables that would change our own process instead of the AWS calls: debuggers, preloads, switched-off TLS checks.
 * Everything else stays as the held command has it.
 */
const NOT_PASSED = /^(?:NODE_OPTIONS|NODE_PATH|NODE_CHANNEL_FD|NODE_CHANNEL_SERIALIZATION_MODE|NODE_V8_COVERAGE|NODE_TLS_REJECT_UNAUTHORIZED|NODE_DEBUG|VSCODE_INSPECTOR_OPTIONS|ELECTRON_.*)$/i;

/** Starts the worker with one request. Failing to start is an end like any other. */
export function startWorker(place: WorkerPlace, request: WorkerRequest, onMessage: (message: WorkerMessage) => void): WorkerRun {
  const env = Object.fromEntries(Object.entries(place.env).filter(([name, value]) => value !== undefined && !NOT_PASSED.test(name)));
  const child = spawn(place.execPath, [place.workerPath], { env: { ...env, ELECTRON_RUN_AS_NODE: '1' }, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  const hide = redactionFor(request.argv);
  let killed = false;
  let stderr = '';
  let received = 0;
  const kill = (): void => {
    killed = true;
    child.kill('SIGKILL');
  };
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > MAX_OUTPUT) kill();
  });
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => {
    stderr = (stderr + text).slice(-MAX_STDERR);
  });
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const message = readWorkerMessage(line);
    if (message !== undefined) onMessage(message);
  });
  const ended = new Promise<{ readonly killed: boolean; readonly detail: string }>((resolve) => {
    const startFailed = (error: Error): void => resolve({ killed: false, detail: hide(oneLine(error.message)) });
    child.once('error', startFailed);
    // `close` comes after the last of its output was read.
    child.once('close', () => resolve({ killed, detail: oneLine(hide(withoutSequences(stderr).trim().split('\n').slice(-3).join(' '))) }));
  });
  child.stdin.write(`${JSON.stringify(request)}\n`);
  return {
    ended, kill, pid: child.pid,
    cancel() {
      child.stdin.write(`${JSON.stringify({ kind: 'cancel' })}\n`);
      child.stdin.end();
    },
  };
}
