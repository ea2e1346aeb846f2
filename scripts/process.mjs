// Running other programs from the project's scripts: every wait has a limit, and every line says what is going on.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

/** Prints one line about a step of a script. */
export function say(line) {
  process.stdout.write(`· ${line}\n`);
}

/** The absolute path of a program on PATH, or undefined. */
export function which(name, PATH = process.env.PATH ?? '') {
  const suffixes = process.platform === 'win32' ? ['.cmd', '.exe', ''] : [''];
  for (const folder of PATH.split(path.delimiter)) {
    for (const suffix of suffixes) {
      const file = path.join(folder, name + suffix);
      try {
        accessSync(file, constants.X_OK);
        if (statSync(file).isFile()) return file;
      } catch {
        // Not here: the next folder.
      }
    }
  }
  return undefined;
}

/**
 * Runs a program to its end and collects what it prints.
 * Returns {code, output, errors}; code is 124 when the limit was reached and 127 when the program could not be started. Never throws.
 * `echo` also passes the output on as it comes; `apart` keeps what goes to stderr out of the output.
 */
export function run(program, args, { cwd = root, env = process.env, limitMs = 600_000, echo = false, apart = false, input } = {}) {
  return new Promise((resolve) => {
    // npm and npx are .cmd files on Windows, which only a shell can start.
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && /\.cmd$|^npm$/.test(program),
    });
    const chunks = [];
    const errors = [];
    const collect = (into, stream) => (chunk) => {
      into.push(chunk);
      if (echo) stream.write(chunk);
    };
    child.stdout.on('data', collect(chunks, process.stdout));
    child.stderr.on('data', collect(apart ? errors : chunks, process.stderr));
    if (input !== undefined) child.stdin.end(input);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, limitMs);
    const done = (code) => {
      clearTimeout(timer);
      resolve({ code: late ? 124 : code, output: Buffer.concat(chunks).toString('utf8'), errors: Buffer.concat(errors).toString('utf8') });
    };
    child.on('error', () => done(127));
    child.on('close', (code) => done(code ?? 1));
  });
}

/** The same, but a failure becomes an Error whose message ends with the last lines the program printed. */
export async function must(program, args, options) {
  const result = await run(program, args, options);
  if (result.code === 0) return result.output;
  const why = result.code === 124 ? 'took too long' : result.code === 127 ? 'could not be started' : `ended with ${result.code}`;
  throw new Error(`${path.basename(program)} ${args.join(' ')} ${why}\n${lastLines(result.output, 15)}`);
}

/** The last lines of a text, without empty ones. */
export function lastLines(text, count) {
  return text.split('\n').filter((line) => line.trim() !== '').slice(-count).join('\n');
}

/** Whether a program answers `--version` or the given arguments with success. */
export function answers(program, args = ['--version']) {
  return spawnSync(program, args, { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

/** Gives a TCP port on loopback that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Stops a process we started: asks first, then insists after the limit. */
export function stopChild(child, limitMs = 5_000) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** Polls until probe gives something truthy; undefined when the limit is reached. */
export async function until(probe, limitMs, everyMs = 100) {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) return undefined;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
