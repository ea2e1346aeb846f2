import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { DetectContext } from '../../src/detect/invocation';
import { temporary } from './temporary';

/** What a sandbox's PATH has besides the stub: nothing that could reach out of its folder. */
export const REAL = [
  'bash', 'sh', 'dash', 'zsh', 'fish', 'cat', 'tee', 'env', 'nohup', 'nice', 'setsid', 'stdbuf', 'timeout', 'flock', 'script', 'xargs', 'find', 'base64', 'xxd', 'rev', 'tr', 'sed', 'awk', 'perl',
  'openssl', 'printf', 'echo', 'true', 'false', 'sleep', 'mktemp', 'mkdir', 'chmod', 'cp', 'mv', 'ln', 'ls', 'head', 'tail', 'cut', 'sort', 'seq', 'dirname', 'basename', 'which', 'grep', 'wc',
];

export const where = (tool: string): string | undefined => ['/usr/bin', '/bin', '/usr/local/bin', '/opt/homebrew/bin'].map((d) => path.join(d, tool)).find((f) => existsSync(f));
/** A folder with a PATH of its own, in which real bash runs texts against a stub that only notes its words. */
export interface Sandbox {
  readonly work: string;
  readonly log: string;
  readonly context: DetectContext;
}

export function sandbox(): Sandbox {
  const root = temporary('shell-');
  const bin = path.join(root, 'bin');
  const work = path.join(root, 'work');
  const log = path.join(root, 'log');
  mkdirSync(bin);
  mkdirSync(work);
  for (const tool of REAL) {
    const file = where(tool);
    if (file !== undefined) symlinkSync(file, path.join(bin, tool));
  }
  writeFileSync(path.join(bin, 'aws'), `#!/bin/sh\n{ printf '%s\\037' aws "$@"; printf '\\036'; } >> '${log}'\n`);
  // Wrappers that can't be had in a sandbox only run the words behind their options.
  writeFileSync(path.join(bin, 'sudo'), '#!/bin/sh\n[ "$1" = -u ] && shift 2\nexec "$@"\n');
  for (const tool of ['aws', 'sudo']) chmodSync(path.join(bin, tool), 0o755);
  return { work, log, context: { cwd: work, home: work, env: { PATH: bin, HOME: work }, readFile: readable } };
}

function readable(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** An empty working directory with these files, which can be executed. */
export function place(box: Sandbox, files: Readonly<Record<string, string>> | undefined): void {
  rmSync(box.work, { recursive: true, force: true });
  mkdirSync(box.work);
  for (const [name, text] of Object.entries(files ?? {})) {
    const file = path.join(box.work, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: 0o755 });
  }
}

/** Every argv that real bash gave to the stub. */
export function executed(box: Sandbox, text: string): string[][] {
  rmSync(box.log, { force: true });
  const bash = where('bash');
  assert.ok(bash !== undefined, 'bash is needed: install it');
  spawnSync(bash, ['-c', text], { cwd: box.work, env: { PATH: box.context.env?.['PATH'], HOME: box.work }, timeout: 5000, stdio: 'ignore' });
  const written = readable(box.log) ?? '';
  return written.split('\x1e').filter((r) => r !== '').map((r) => r.split('\x1f').slice(0, -1));
}
