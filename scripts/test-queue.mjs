// Runs built test files as a queue that several workers take from, the longest first. Each has a process of its own; what it printed comes
// whole when it has ended. How long a file took is in test/durations.json: a hint for the order and nothing more.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root, run } from './process.mjs';

const DURATIONS = path.join(root, 'test/durations.json');
/** Short files share a process, because starting one takes longer than they do. */
const SHARED_SECONDS = 8;
/** How long a file takes, in seconds: as it was recorded, or by its size where it never was. */
function hint(file, recorded) {
  return recorded[file] ?? statSync(path.join(root, file)).size / 4_000;
}

/**
 * Groups of files with about the same work, the longest first.
 * @param apart every file is a group of its own.
 */
function queueOf(files, recorded, apart = false) {
  const known = files.map((file) => ({ files: [file], seconds: hint(file, recorded) })).sort((a, b) => b.seconds - a.seconds);
  const groups = [];
  for (const one of known) {
    const open = apart ? undefined : groups.find((group) => group.seconds + one.seconds <= SHARED_SECONDS);
    if (open === undefined) groups.push(one);
    else {
      open.files.push(...one.files);
      open.seconds += one.seconds;
    }
  }
  return groups.sort((a, b) => b.seconds - a.seconds);
}

/** Runs mocha over some built files and reads its own counts. */
async function mocha(files, limitMs) {
  const started = Date.now();
  // The limit only ends what hangs: how long something takes is measured in the bench, never asserted.
  const { code, output } = await run(
    process.execPath,
    [
      path.join(root, 'node_modules/mocha/bin/mocha.js'), '--enable-source-maps', '--timeout', '60000', '--forbid-only', '--forbid-pending',
      ...files.map((file) => path.join('out', file.replace(/\.ts$/, '.js'))),
    ],
    { limitMs },
  );
  const count = (word) => Number(new RegExp(`^\\s+(\\d+) ${word}`, 'm').exec(output)?.[1] ?? 0);
  const failed = count('failing');
  const why = code === 124 ? `\n  stopped after ${limitMs / 1000} s: ${files.join(', ')}\n` : '';
  process.stdout.write(output + why);
  // mocha that stops before its end (a crash, the limit) has not passed, whatever it printed.
  return { files, passed: count('passing'), failed: code === 0 ? failed : Math.max(failed, 1), seconds: (Date.now() - started) / 1000 };
}

/**
 * Runs the files. Gives {passed, failed, failing}: the last are the files in which something failed.
 * @param spare workers beyond the processors, for files that wait for others. @param record write down how long each took; every file then has a process of its own.
 */
export async function runQueue(files, { limitMs, spare = 0, record = false }) {
  const recorded = JSON.parse(readFileSync(DURATIONS, 'utf8'));
  const workers = os.availableParallelism() + spare;
  const queue = queueOf(files, recorded, record);
  const results = [];
  const work = async () => {
    for (let group = queue.shift(); group !== undefined; group = queue.shift()) results.push(await mocha(group.files, limitMs));
  };
  await Promise.all(Array.from({ length: Math.min(workers, queue.length) }, work));
  if (record) keep(recorded, files, results);
  const sum = (what) => results.reduce((total, result) => total + result[what], 0);
  return { passed: sum('passed'), failed: sum('failed'), failing: results.filter((r) => r.failed > 0).map((r) => r.files.join(', ')) };
}

/** Writes the table of durations: one file a line, sorted, whole seconds; what is gone from the folders just run is left out. */
function keep(recorded, files, results) {
  const folders = new Set(files.map((file) => path.dirname(file)));
  const others = Object.entries(recorded).filter(([file]) => !folders.has(path.dirname(file)));
  const now = results.map(({ files: [file], seconds }) => [file, Math.max(1, Math.round(seconds))]);
  const lines = [...others, ...now].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, seconds]) => `${JSON.stringify(file)}: ${seconds}`);
  writeFileSync(DURATIONS, `{\n${lines.join(',\n')}\n}\n`);
}
