import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';

import { readLines } from '../ledger/reading';
import { alive, birthOf, isSocketPlace } from './discovery';
import type { Home } from './home';
import { listensAny } from './listener';

/** A socket that nobody listens at refuses at once. */
const CONNECT_MS = 1000;
/** Clocks of this machine may differ by so much. */
const SLACK_MS = 5000;

/**
 * Windows that are open though no file tells where they listen: somebody may keep removing it. They count as silent, so nobody is
 * asked in their place. Looked for only where no window was found.
 * @returns what is known of them, in words.
 */
export async function hiddenWindows(home: Home): Promise<readonly string[]> {
  const [sockets, processes] = await Promise.all([openSockets(home), openGates(home)]);
  return [
    ...sockets.map((socket) => `something listens where a window does, and no file tells of it: ${socket}`),
    ...processes.map((pid) => `the window of process ${pid} is open by the record, and no file tells where it listens`),
  ];
}

async function openSockets(home: Home): Promise<string[]> {
  let names: string[] = [];
  try {
    names = readdirSync(home.run).filter((name) => name.endsWith('.sock'));
  } catch {
    // There is no folder, so there is no socket in it.
  }
  const open = await Promise.all(names.map(async (name) => ((await connects(path.join(home.run, name))) ? [path.join(home.run, name)] : [])));
  return open.flat();
}

function connects(file: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(file);
    const done = (answer: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    // Full of connections that nobody takes, which is no sign of an end.
    const timer = setTimeout(() => done(true), CONNECT_MS);
    socket.once('connect', () => done(true));
    socket.once('error', (error: NodeJS.ErrnoException) => done(error.code === 'EAGAIN'));
  });
}

/** The processes that opened a gate by the record, and that have lived since before that line: it is no other process of that number. */
async function openGates(home: Home): Promise<number[]> {
  const opened = new Map<number, number>();
  // Each line counts, whether it verifies or not: one window too many is the safe side.
  try {
    for await (const line of readLines(home.ledger)) if (line.type === 'gate-opened') opened.set(line.gatePid, Date.parse(line.time));
  } catch {
    // A record that is broken denies by itself.
  }
  return [...opened].flatMap(([pid, at]) => (alive(pid) && bornBefore(pid, at) && listensAny(pid, (socket) => isSocketPlace(home, socket)) !== false ? [pid] : []));
}

function bornBefore(pid: number, at: number): boolean {
  const born = bornAt(pid);
  return born !== undefined && born <= at + SLACK_MS;
}

/** When a process began, in milliseconds since 1970; undefined where the system does not tell, and for one that is over. */
function bornAt(pid: number): number | undefined {
  try {
    if (process.platform === 'darwin') {
      const born = Date.parse(execFileSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', timeout: 1000, env: { LC_ALL: 'C' } }).trim());
      return Number.isNaN(born) ? undefined : born;
    }
    const birth = birthOf(pid);
    // proc(5): btime is the start of the system in seconds since 1970; a process's own is counted from there, 100 a second for every program.
    const start = /^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1];
    return birth === undefined || birth === 'over' || start === undefined ? undefined : Number(start) * 1000 + Number(birth) * 10;
  } catch {
    return undefined;
  }
}
