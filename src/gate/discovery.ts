import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { processStat } from '../model/process-stat';
import { real } from './real-path';
import type { Home } from './home';
import type { Discovery } from './protocol';

/** Writes or renews a window's discovery file: a reader sees the old one or the new one, never a half. */
export function announce(home: Home, id: string, discovery: Discovery): void {
  mkdirSync(home.run, { recursive: true, mode: 0o700 });
  const file = path.join(home.run, `${id}.json`);
  writeFileSync(`${file}.new`, JSON.stringify(discovery), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Takes a window's discovery file and socket away. What the file calls its socket is only its writer's word: nothing but a place for sockets is touched. */
export function withdraw(home: Home, id: string, socket: string): void {
  rmSync(path.join(home.run, `${id}.json`), { force: true });
  if (process.platform === 'win32' || !isSocketPlace(home, socket)) return;
  const folder = path.dirname(socket);
  rmSync(socket, { force: true });
  if (folder === home.run) return;
  try {
    rmdirSync(folder);
  } catch {
    // Not empty, so it is not only the socket's; or it is gone already.
  }
}

/** Whether a window's socket can be there: in the folder of the windows, or in a folder of its own for temporary files. */
export function isSocketPlace(home: Home, socket: string): boolean {
  const folder = path.dirname(socket);
  if (path.normalize(socket) !== socket) return false;
  if (folder === home.run) return socket.endsWith('.sock');
  return path.basename(socket) === 's' && path.dirname(folder) === os.tmpdir() && path.basename(folder).startsWith(SOCKET_FOLDER) && !isLink(folder);
}

function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch {
    return false;
  }
}

/** How a folder begins that holds a socket alone, because the home's path is too long for one. */
export const SOCKET_FOLDER = 'hp-socket-';

/** What is found of the windows that are open. */
export interface Found {
  /**
   * The gates that may answer for a command in a folder, best first: the window whose folder holds it (the deepest one), then
   * the window that had the focus last.
   */
  readonly gates: readonly Discovery[];
  /** What is there and can't be used, in words. It may be a window that somebody silenced, so it does not count as none. */
  readonly unusable: readonly string[];
}

/** Finds the windows. Files of dead processes are swept away on the way. */
export function findGates(home: Home, cwd: string): Found {
  let names: string[];
  try {
    names = readdirSync(home.run);
  } catch (error) {
    return { gates: [], unusable: (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : [`the folder of the windows can't be read (${why(error)}): ${home.run}`] };
  }
  const here = real(cwd);
  const gates: { readonly discovery: Discovery; readonly depth: number }[] = [];
  const unusable: string[] = [];
  for (const name of names) {
    if (!name.endsWith('.json')) continue;
    const file = path.join(home.run, name);
    const discovery = read(file);
    if (discovery === undefined) continue;
    if (typeof discovery === 'string') {
      const pid = /^(\d+)-[0-9a-f]{8}\.json$/.exec(name)?.[1];
      if (pid !== undefined && !alive(Number(pid))) rmSync(file, { force: true, recursive: true });
      else unusable.push(`what tells where a window listens ${discovery}: ${file}`);
      continue;
    }
    if (!alive(discovery.pid) || isAnother(discovery)) {
      withdraw(home, name.slice(0, -'.json'.length), discovery.socket);
      continue;
    }
    gates.push({ discovery, depth: Math.max(0, ...discovery.folders.map((f) => (holds(real(f), here) ? f.length : 0))) });
  }
  return { gates: gates.sort((a, b) => b.depth - a.depth || b.discovery.focusedAt - a.discovery.focusedAt).map((g) => g.discovery), unusable };
}

/** The gates alone; see `findGates`. */
export function gatesFor(home: Home, cwd: string): readonly Discovery[] {
  return findGates(home, cwd).gates;
}

/** Reads a discovery file; undefined when it is gone, words when it is not usable. */
function read(file: string): Discovery | string | undefined {
  try {
    const stat = statSync(file);
    // Somebody else's file, or one that others may write, could lead us to a gate that says yes to all.
    if (process.getuid && stat.uid !== process.getuid()) return 'belongs to another user';
    if (process.getuid && (stat.mode & 0o077) !== 0) return 'is open to other users';
    const data = JSON.parse(readFileSync(file, 'utf8')) as Partial<Discovery> | null;
    const whole = data !== null && typeof data.pid === 'number' && typeof data.socket === 'string' && typeof data.token === 'string' &&
      Array.isArray(data.folders) && data.folders.every((f) => typeof f === 'string') && typeof data.focusedAt === 'number';
    return whole ? (data as Discovery) : 'is not complete';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : `can't be read (${why(error)})`;
  }
}

function why(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error instanceof SyntaxError ? 'it is not JSON' : String(error));
}

/** Whether the number of a window that ended was given to another process since. */
function isAnother({ pid, birth }: Discovery): boolean {
  if (birth === undefined) return false;
  const now = birthOf(pid);
  return now !== undefined && now !== birth;
}

/** When a process began, in the system's own count since its start; undefined where the system does not tell. */
export function birthOf(pid: number): string | undefined {
  try {
    const { isOver, start } = processStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    // One that ended and was not fetched yet by its parent is no process any more.
    return isOver ? 'over' : start;
  } catch {
    return undefined;
  }
}

/** Whether a process exists; one that we may not signal exists too. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function holds(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative));
}
