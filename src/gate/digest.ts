import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, statSync, type BigIntStats } from 'node:fs';

const CHUNK = 1024 * 1024;

/**
 * SHA-256 (hex) of a file's content; undefined when it can't be read or is no ordinary file. A named pipe would keep its
 * reader waiting for ever and can be read only once, so it has no digest.
 */
export function fileDigest(file: string): string | undefined {
  let fd: number | undefined;
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to never returns. Windows has neither.
    fd = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!fstatSync(fd).isFile()) return undefined;
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(CHUNK);
    for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk)) hash.update(chunk.subarray(0, read));
    return hash.digest('hex');
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** SHA-256 (hex) of bytes. */
export const digestOfBytes = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const KEPT = 16;
const known = new Map<string, { readonly stamp: string; readonly digest: string | undefined }>();

/** As `fileDigest`, for large files that seldom change (executables): read again only when the file system says that they changed. */
export function keptFileDigest(file: string): string | undefined {
  let stamp: string;
  try {
    const { dev, ino, size, mtimeNs, ctimeNs }: BigIntStats = statSync(file, { bigint: true });
    // The change time can't be set back by hand, other than the time of modification.
    stamp = [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return undefined;
  }
  const before = known.get(file);
  if (before?.stamp === stamp) return before.digest;
  const digest = fileDigest(file);
  known.delete(file);
  known.set(file, { stamp, digest });
  for (const oldest of [...known.keys()].slice(0, -KEPT)) known.delete(oldest);
  return digest;
}
