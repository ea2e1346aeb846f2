import { readFileSync } from 'node:fs';
import path from 'node:path';

import { processStat } from '../model/process-stat';

/** A gate that can look follows the line itself; this is what a command says of it. */
const DEPTH = 200;

/** The parents of this process. */
export interface Ancestry {
  /** Names, nearest first, each followed by its script's where it is an interpreter. */
  readonly names: readonly string[];
  /** Their numbers, nearest first. */
  readonly pids: readonly number[];
}

/**
 * Who started this process. Empty where the system does not tell.
 * Linux reads `/proc`; macOS asks `ps` once. On Windows there is no quick way, and marks must do.
 */
export async function ancestry(): Promise<Ancestry> {
  try {
    if (process.platform === 'linux') return onLinux();
    if (process.platform === 'darwin') return await onMac();
  } catch {
    // Knowing less is no reason to fail: the marks are the first source.
  }
  return { names: [], pids: [] };
}

/** Programs that tell nothing by their own name: the script they run does (`node /usr/bin/gemini`). */
const INTERPRETERS = /^(node|MainThread|bun|deno|python[\d.]*)$/;

/**
 * The name of the script that an interpreter was started with, without folder and ending; undefined for a program given as
 * text (`-e`, `-c`), which may hold secrets.
 */
export function scriptOf(argv: readonly string[]): string | undefined {
  const script = argv.slice(1).find((word) => word !== '' && (!word.startsWith('-') || /^-(-eval|-print|[a-zA-Z]*[ecp])/.test(word)));
  return script === undefined || script.startsWith('-') ? undefined : path.parse(script).name.slice(0, 60);
}

/** The script of a process that is an interpreter. */
export function scriptIn(name: string, argv: readonly string[]): string | undefined {
  return INTERPRETERS.test(name) ? scriptOf(argv) : undefined;
}

function onLinux(): Ancestry {
  const names: string[] = [];
  const pids: number[] = [];
  for (let pid = process.ppid; pid > 1 && names.length < DEPTH; ) {
    pids.push(pid);
    const { name, parent } = processStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    names.push(name);
    const script = scriptIn(name, INTERPRETERS.test(name) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0') : []);
    if (script !== undefined) names.push(script);
    pid = Number(parent);
  }
  return { names, pids };
}

async function onMac(): Promise<Ancestry> {
  const { execFileSync } = await import('node:child_process');
  const table = new Map<number, { readonly parent: number; readonly name: string }>();
  for (const line of execFileSync('/bin/ps', ['-axo', 'pid=,ppid=,comm='], { encoding: 'utf8', timeout: 1000 }).split('\n')) {
    const [, pid, parent, name] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (pid && parent && name) table.set(Number(pid), { parent: Number(parent), name: name.slice(name.lastIndexOf('/') + 1) });
  }
  const names: string[] = [];
  const pids: number[] = [];
  let pid = process.ppid;
  for (let entry = table.get(pid); entry && names.length < DEPTH; entry = table.get(pid)) {
    names.push(entry.name);
    pids.push(pid);
    pid = entry.parent;
  }
  return { names, pids };
}
