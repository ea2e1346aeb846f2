/** What the gate costs a command: the same stub tool bare, read-only through the shim, and an allowed write through shim, client and gate. */
import { spawnSync } from 'node:child_process';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { bundleFile, makePlace } from '../test/support/gate';

const RUNS = 40;

/** Prints medians of whole processes, the three kinds in turn so that the machine's moods hit all alike. */
export async function run(): Promise<void> {
  const place = await makePlace();
  writeFileSync(path.join(place.tools, 'aws'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  // The gate answers from a process of its own, as an editor's extension host does.
  const gate = spawn(process.execPath, [await bundleFile('test/support/gate-process.ts'), place.home.dir, place.work], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await new Promise<void>((resolve) => gate.stdout.once('data', () => resolve()));
    const kinds = {
      'bare command': [path.join(place.tools, 'aws'), ['s3', 'ls']],
      'read-only through the shim': [path.join(place.home.bin, 'aws'), ['s3', 'ls']],
      'allowed write through the gate': [path.join(place.home.bin, 'aws'), ['s3', 'mb', 's3://x']],
      'an empty Node process': [process.execPath, ['-e', '0']],
    } as const;
    const times = new Map<string, number[]>(Object.keys(kinds).map((k) => [k, []]));
    for (let i = 0; i < RUNS; i++) {
      for (const [kind, [file, args]] of Object.entries(kinds)) {
        const started = process.hrtime.bigint();
        const { status } = spawnSync(file, args, { cwd: place.work, env: place.env, stdio: 'ignore' });
        if (status !== 0) throw new Error(`${kind} ended with ${status}`);
        if (i >= 3) times.get(kind)?.push(Number(process.hrtime.bigint() - started) / 1e6);
      }
    }
    const median = (kind: string): number => [...(times.get(kind) ?? [])].sort((a, b) => a - b)[Math.floor((RUNS - 3) / 2)] ?? NaN;
    const bare = median('bare command');
    for (const kind of Object.keys(kinds)) {
      const ms = median(kind);
      console.log(`${kind.padEnd(32)} ${ms.toFixed(1).padStart(7)} ms   ${(ms - bare >= 0 ? '+' : '') + (ms - bare).toFixed(1)} ms   ×${(ms / bare).toFixed(1)}`);
    }
  } finally {
    gate.kill('SIGKILL');
    place.remove();
  }
}
