import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const DEPTH = 12;

/**
 * Names of the parent processes, nearest first, at most 12. Empty where the system does not tell.
 * Linux reads `/proc`; macOS asks `ps` once. On Windows there is no quick way, and marks must do.
 */
export function ancestry(): string[] {
  try {
    if (process.platform === 'linux') return onLinux();
    if (process.platform === 'darwin') return onMac();
  } catch {
    // Knowing less is no reason to fail: the marks are the first source.
  }
  return [];
}

function onLinux(): string[] {
  const names: string[] = [];
  for (let pid = process.ppid; pid > 1 && names.length < DEPTH; ) {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const close = stat.lastIndexOf(')');
    names.push(stat.slice(stat.indexOf('(') + 1, close));
    pid = Number(stat.slice(close + 2).split(' ')[1]);
  }
  return names;
}

function onMac(): string[] {
  const table = new Map<number, { readonly parent: number; readonly name: string }>();
  for (const line of execFileSync('/bin/ps', ['-axo', 'pid=,ppid=,comm='], { encoding: 'utf8', timeout: 1000 }).split('\n')) {
    const [, pid, parent, name] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (pid && parent && name) table.set(Number(pid), { parent: Number(parent), name: name.slice(name.lastIndexOf('/') + 1) });
  }
  const names: string[] = [];
  for (let entry = table.get(process.ppid); entry && names.length < DEPTH; entry = table.get(entry.parent)) names.push(entry.name);
  return names;
}
