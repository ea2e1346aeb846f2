import { spawn } from 'node:child_process';
import { redact } from '../model/redact';
import { oneLine, withoutSequences } from '../model/visible';
import { cancelled } from './cloudformation/connection';
import { fail } from './failure';

export interface ToolCall {
  /** Absolute path of the real tool. */
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Limit of this one call; the signal ends it besides. */
  readonly limitMs?: number;
  /** Largest output that is read; more ends the call. */
  readonly maxBytes?: number;
  /** Bytes for its standard input; it gets an empty one otherwise, so that no question can wait for an answer. */
  readonly input?: string;
  /** At either limit: the tool is stopped and what it said until then is the answer, not an error. */
  readonly partial?: boolean;
}

export interface ToolAnswer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Set when it was stopped at a limit, so that more would have come. */
  readonly cut?: boolean;
}

const LIMIT_MS = 60_000;
const MAX_BYTES = 512 * 1024 * 1024;
const MAX_STDERR = 64 * 1024;
/** Time for a tool to end by itself after an interrupt: Terraform waits for its plugins. */
const GRACE_MS = 5_000;

/**
 * Runs an infrastructure tool for a preview: without a terminal, without a question, in a process group of its own, so that
 * its plugins end with it.
 * @returns its output, whatever its exit code. @throws PreviewError when it can't start, is too slow, says too much, or the preview was cancelled.
 */
export function runTool(call: ToolCall): Promise<ToolAnswer> {
  const name = call.executable.split(/[\\/]/).pop() ?? call.executable;
  const what = `${name} ${call.args.filter((arg) => !arg.startsWith('-')).slice(0, 2).join(' ')}`.trim();
  const limitMs = call.limitMs ?? LIMIT_MS;
  return new Promise((resolve, reject) => {
    if (call.signal.aborted) return reject(cancelled(call.signal));
    const own = process.platform !== 'win32';
    const child = spawn(call.executable, [...call.args], { cwd: call.cwd, env: call.env, stdio: ['pipe', 'pipe', 'pipe'], detached: own, windowsHide: true });
    const out: Buffer[] = [];
    let bytes = 0;
    let stderr = '';
    let ended: 'limit' | 'size' | 'cancel' | undefined;
    let hard: NodeJS.Timeout | undefined;
    const kill = (signal: NodeJS.Signals): void => {
      try {
        if (own && child.pid !== undefined) process.kill(-child.pid, signal);
        else child.kill(signal);
      } catch {
        // It is gone already.
      }
    };
    const stop = (why: typeof ended): void => {
      if (ended !== undefined) return;
      ended = why;
      kill('SIGINT');
      hard = setTimeout(() => kill('SIGKILL'), GRACE_MS);
    };
    const cancel = (): void => stop('cancel');
    const limit = setTimeout(() => stop('limit'), limitMs);
    call.signal.addEventListener('abort', cancel, { once: true });
    child.stdin.on('error', () => undefined);
    child.stdin.end(call.input ?? '');
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > (call.maxBytes ?? MAX_BYTES)) stop('size');
      else out.push(chunk);
    });
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      if (stderr.length < MAX_STDERR) stderr += text;
    });
    const settle = (then: () => void): void => {
      clearTimeout(limit);
      clearTimeout(hard);
      call.signal.removeEventListener('abort', cancel);
      // Nothing that it started may outlive it.
      if (ended !== undefined) kill('SIGKILL');
      then();
    };
    child.once('error', (error) => settle(() => reject(asError(() => fail('command', `${call.executable} can't be started for the preview (${error.message}). Check that it is installed, then preview again.`)))));
    child.once('close', (code) => settle(() => {
      if (ended === 'cancel') return reject(cancelled(call.signal));
      if (ended !== undefined && call.partial === true) return resolve({ code, stdout: Buffer.concat(out).toString('utf8'), stderr, cut: true });
      if (ended === 'limit') return reject(asError(() => fail('timeout', `${what} did not end within ${Math.ceil(limitMs / 1000)} seconds and was stopped. Preview again; if it stays slow, run it by hand to see where it waits.`)));
      if (ended === 'size') return reject(asError(() => fail('refused', `${what} gives more than ${Math.round((call.maxBytes ?? MAX_BYTES) / 1048576)} MB, which the preview does not read. Narrow the command to a part of it.`)));
      resolve({ code, stdout: Buffer.concat(out).toString('utf8'), stderr });
    }));
  });
}

/** The last words of a tool that failed, for a message: without colours, boxes and secrets. */
export function lastWords(answer: Pick<ToolAnswer, 'stdout' | 'stderr'>, most = 600): string {
  const text = oneLine(withoutSequences(answer.stderr.trim() === '' ? answer.stdout : answer.stderr)
    .replace(/^[│╷╵|]\s?/gm, '').replace(/\s+/g, ' ').trim());
  return cut(redact(text), most).replace(/[.\s]+$/, '');
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);

/** Reads a tool's JSON. @throws PreviewError naming what was asked. */
export function toolJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail('refused', `${what} did not answer with JSON. Check that the tool is the one you expect and preview again.`);
  }
}

function asError(throwing: () => never): unknown {
  try {
    return throwing();
  } catch (error) {
    return error;
  }
}
