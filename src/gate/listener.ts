import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Whether this process, and no other, listens under a socket's path; undefined where the system does not tell.
 * Source: proc(5), net/unix: number, path and inode of each socket, the flag __SO_ACCEPTCON (0x10000) of one that listens.
 */
export function listens(pid: number, socket: string): boolean | undefined {
  try {
    const inodes = new Set(listening((name) => name === socket));
    // Another namespace's sockets are not in the list.
    if (inodes.size === 0) return undefined;
    for (const to of descriptors(pid)) inodes.delete(to);
    // One that was moved away keeps its name in the list: the path leads to the other then.
    return inodes.size === 0;
  } catch {
    return undefined;
  }
}

/**
 * Whether a process listens under any path of a kind, be the file there or removed; undefined where the system does not tell.
 */
export function listensAny(pid: number, isPlace: (socket: string) => boolean): boolean | undefined {
  try {
    const net = (of: string): string => readlinkSync(`/proc/${of}/ns/net`);
    // Another namespace's sockets are not in the list.
    if (net(`${pid}`) !== net('self')) return undefined;
    const inodes = new Set(listening(isPlace));
    return descriptors(pid).some((to) => inodes.has(to));
  } catch {
    return undefined;
  }
}

function listening(isPlace: (socket: string) => boolean): string[] {
  return readFileSync('/proc/net/unix', 'utf8').split('\n').flatMap((line) => {
    const [, , , flags = '', , , inode = '', ...name] = line.trim().split(/\s+/);
    return (Number.parseInt(flags, 16) & 0x10000) !== 0 && isPlace(name.join(' ')) ? [`socket:[${inode}]`] : [];
  });
}

function descriptors(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
    } catch {
      // Closed meanwhile.
      return [];
    }
  });
}
