/** What the system tells about its processes, for two questions: who started a command, and who could type at a terminal. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';

import { processStat } from '../model/process-stat';
import { connections, type Connection } from './login-peer';

export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** The words it was started with; empty where the system does not tell. */
  readonly argv: readonly string[];
  /** Number of its terminal, 0 without one. */
  readonly tty: number;
  /** The process that its session is named after. */
  readonly session: number;
  /** `ours` runs as this user, `foreign` with no id of this user at all (not even the real one of a set-uid program). */
  readonly user: 'ours' | 'foreign' | 'mixed';
  /** Path of its program; undefined where it may not be seen. */
  readonly program: string | undefined;
  /** Whether this user can't have put the program there: it and its folder belong to somebody else (to root, for root). */
  readonly installed: boolean;
  /** Variables that it was started with; undefined where they may not be seen. */
  readonly env: Readonly<Record<string, string>> | undefined;
  /** Numbers of the pseudo-terminals whose other end it holds; undefined where that may not be seen. */
  readonly masters: readonly number[] | undefined;
}

/** Each is read when it is asked for, so that a look at a few costs a few; `values` reads all. */
export type Processes = Pick<ReadonlyMap<number, ProcessFacts>, 'get' | 'values'>;

export interface ProcessTable {
  readonly self: number;
  readonly processes: Processes;
  /** How much of it the system tells: `ancestry` knows parents, names and terminals alone. */
  readonly depth: 'whole' | 'ancestry';
  /** False inside a user namespace that its own user made: there nothing that is seen of others has to be so. */
  readonly trueIds: boolean;
  /** Whether a program may put characters into its own terminal's input (ioctl TIOCSTI). */
  readonly injects: boolean;
  readonly root: boolean;
  /** The TCP connections of this machine; undefined where the system does not tell. */
  readonly connections: () => readonly Connection[] | undefined;
}

/** The table of this moment; undefined on a system that tells nothing. */
export function processTable(): ProcessTable | undefined {
  try {
    if (process.platform === 'linux') return onLinux();
    if (process.platform === 'darwin') return onMac();
  } catch {
    // What can't be read is not known.
  }
  return undefined;
}

/** Source: proc(5). */
function onLinux(): ProcessTable {
  const uid = process.getuid?.() ?? -1;
  const read = new Map<number, ProcessFacts | undefined>();
  const get = (pid: number): ProcessFacts | undefined => {
    if (!read.has(pid)) read.set(pid, factsOf(pid, uid));
    return read.get(pid);
  };
  const values = (): MapIterator<ProcessFacts> => new Map(readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).flatMap((entry) => {
    const facts = get(Number(entry));
    return facts ? [[facts.pid, facts]] : [];
  })).values();
  // Where it can't be read, nothing is known at all.
  if (!get(process.pid)) throw new Error('/proc tells nothing');
  const [inside, outside, length] = (text('/proc/self/uid_map') ?? '').trim().split(/\s+/).map(Number);
  // Since Linux 6.2 it can be switched off; where there is no switch it is on (Documentation/admin-guide/sysctl, "legacy_tiocsti").
  const injects = text('/proc/sys/dev/tty/legacy_tiocsti')?.trim() !== '0';
  return { self: process.pid, processes: { get, values }, depth: 'whole', trueIds: inside === 0 && outside === 0 && length === 4294967295, injects, root: uid === 0, connections };
}

function factsOf(pid: number, uid: number): ProcessFacts | undefined {
  const stat = text(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const { name, parent, session, tty } = processStat(stat);
  const ids = (/^Uid:\s+(.*)$/m.exec(text(`/proc/${pid}/status`) ?? '')?.[1] ?? '').split(/\s+/).map(Number);
  const user = ids.every((id) => id === uid) ? 'ours' : ids.includes(uid) ? 'mixed' : 'foreign';
  const near = user === 'ours';
  let masters: readonly number[] | undefined | 'unread' = 'unread';
  return {
    pid, parent: Number(parent), name, session: Number(session), tty: Number(tty), user,
    argv: (text(`/proc/${pid}/cmdline`) ?? '').split('\0').slice(0, 20),
    ...programOf(pid, uid), env: near ? variables(text(`/proc/${pid}/environ`)) : undefined,
    // Far more to read than all the rest, and seldom wanted.
    get masters() {
      if (masters === 'unread') masters = near ? mastersOf(pid) : undefined;
      return masters;
    },
  };
}

function programOf(pid: number, uid: number): Pick<ProcessFacts, 'program' | 'installed'> {
  try {
    const program = readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
    const fixed = (file: string): boolean => {
      const stat = statSync(file);
      return (uid === 0 ? stat.uid === 0 : stat.uid !== uid) && (stat.mode & 0o022) === 0;
    };
    // The link leads to the program that runs, even where another file has its name by now.
    return { program, installed: fixed(`/proc/${pid}/exe`) && fixed(path.dirname(program)) };
  } catch {
    return { program: undefined, installed: false };
  }
}

/** Every thread may have descriptors of its own (clone(2), unshare(2): CLONE_FILES); those of the process are its first thread's. */
function mastersOf(pid: number): number[] | undefined {
  let threads: string[];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch (error) {
    return isGone(error) ? [] : undefined;
  }
  const found = new Set<number>();
  for (const thread of threads) {
    const folder = `/proc/${pid}/task/${thread}`;
    try {
      for (const fd of readdirSync(`${folder}/fd`)) {
        const index = masterAt(folder, fd);
        if (index !== undefined) found.add(index);
      }
    } catch (error) {
      // One that ended holds nothing, though its parent has not fetched it yet.
      if (!isGone(error) && !isOver(folder)) return undefined;
    }
  }
  return [...found];
}

function masterAt(folder: string, fd: string): number | undefined {
  let to = '';
  try {
    to = readlinkSync(`${folder}/fd/${fd}`);
  } catch {
    // Closed meanwhile.
  }
  if (!/\/ptmx$/.test(to)) return undefined;
  const index = /^tty-index:\s*(\d+)/m.exec(text(`${folder}/fdinfo/${fd}`) ?? '')?.[1];
  // A kernel that does not say which one it is: it may be any.
  return index === undefined ? ANY_MASTER : Number(index);
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code));
}

function isOver(folder: string): boolean {
  const stat = text(`${folder}/stat`);
  return stat === undefined || processStat(stat).isOver;
}

/** Stands for a terminal of an unknown number. */
export const ANY_MASTER = -1;

function variables(environ: string | undefined): Record<string, string> | undefined {
  if (environ === undefined) return undefined;
  return Object.fromEntries(environ.split('\0').filter((v) => v.includes('=')).map((v) => [v.slice(0, v.indexOf('=')), v.slice(v.indexOf('=') + 1)]));
}

function text(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}

/** Source: ps(1) of macOS. It does not tell who holds a pseudo-terminal's other end. */
function onMac(): ProcessTable {
  const uid = process.getuid?.() ?? -1;
  const processes = new Map<number, ProcessFacts>();
  const ttys = new Map<string, number>([['??', 0]]);
  for (const line of execFileSync('/bin/ps', ['-axo', 'pid=,ppid=,uid=,ruid=,tty=,comm='], { encoding: 'utf8', timeout: 3000 }).split('\n')) {
    const [, pid, parent, effective, real, tty, program] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined || tty === undefined || program === undefined) continue;
    if (!ttys.has(tty)) ttys.set(tty, ttys.size);
    const ids = [Number(effective), Number(real)];
    processes.set(Number(pid), {
      pid: Number(pid), parent: Number(parent), name: path.basename(program), argv: [], tty: ttys.get(tty) ?? 0, session: 0,
      user: ids.every((id) => id === uid) ? 'ours' : ids.includes(uid) ? 'mixed' : 'foreign', program, installed: false, env: undefined, masters: undefined,
    });
  }
  return { self: process.pid, processes, depth: 'ancestry', trueIds: true, injects: true, root: uid === 0, connections: () => undefined };
}
