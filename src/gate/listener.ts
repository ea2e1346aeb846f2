import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Whether this process, and no other, listens under a socket's path; undefined where the system does not tell.
 * Source: proc(5), net/unix: number, path and inode of each socket, the flag __SO_ACCEPTCON (0x10000) of one that listens.
 */
export function listens(pid: number, socket: string): boolean | undefined {
  try {
    const inodes = new Set(readFileSync('/proc/net/unix', 'utf8').split('\n').flatMap((line) => {
      const [, , , flags = '', , , inode = '', ...name] = line.trim().split(/\s+/);
      return name.join(' ') === socket && (Number.parseInt(flags, 16) & 0x10000) !== 0 ? [`socket:[${inode}]`] : [];
    }));
    // Another namespace's sockets are not in the list.
    if (inodes.size === 0) return undefined;
    for (const fd of readdirSync(`/proc/${pid}/fd`)) {
      try {
        inodes.delete(readlinkSync(`/proc/${pid}/fd/${fd}`));
      } catch {
        // Closed meanwhile.
      }
    }
    // One that was moved away keeps its name in the list: the path leads to the other then.
    return inodes.size === 0;
  } catch {
    return undefined;
  }
}
