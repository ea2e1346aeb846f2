import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';

/** A moto server on loopback: AWS's wire protocol without AWS. */
export interface Moto {
  readonly url: string;
  /** What a command needs to reach it, and nothing of the machine's own AWS settings. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 60_000;

/**
 * Starts a moto server on a port that the system chooses and waits until it answers.
 * @throws with one line saying so when moto is not installed: then these tests did not run and don't count as passed.
 */
export async function startMoto(): Promise<Moto> {
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PYTHONUNBUFFERED: '1' } });
  const url = await addressOf(child);
  // When something else fails before a test can stop it, it must neither live on nor keep the test run from ending.
  process.once('exit', () => child.kill('SIGKILL'));
  child.unref();
  for (const stream of [child.stdout, child.stderr]) (stream as Socket | null)?.unref();
  return {
    url,
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing-secret',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
    },
    stop: () => new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.ref();
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 3000).unref();
    }),
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`moto_server did not start within ${START_LIMIT_MS / 1000} seconds: ${output.slice(-500)}`));
    }, START_LIMIT_MS);
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1];
      if (url !== undefined) {
        clearTimeout(limit);
        resolve(url);
      }
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(limit);
      reject(error.code === 'ENOENT' ? new Error('moto_server is not installed (pip install "moto[server]"): what needs it was not tested.') : error);
    });
    child.once('exit', (code) => {
      clearTimeout(limit);
      reject(new Error(`moto_server ended with ${code}: ${output.slice(-500)}`));
    });
  });
}
