/** Looks at a file that a command reads: once, and so that a second look tells whether it is still the same one. */
import { createHash } from 'node:crypto';
import {
  closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readlinkSync, readSync, realpathSync, statSync,
  type BigIntStats, type Dirent,
} from 'node:fs';
import path from 'node:path';

import type { Input, InputKind } from '../model';

/** What was found at a path. */
export interface Look {
  readonly kind: InputKind;
  /** Of the content; of a folder's names; of a large file's size, place and time of change. */
  readonly sha256: string | undefined;
  /** As far as it was asked for. */
  readonly content?: Buffer;
  /** How the path led there, and what the system says about what was read. */
  readonly trail: readonly Step[];
  readonly stamp: string;
}

/** A folder or a link on the way to a file. */
interface Step {
  readonly id: string;
  readonly changed: bigint;
  readonly written: bigint;
  readonly link: boolean;
}

/** Larger files are data that is sent, not what decides; a digest of them would keep the command waiting. */
const MAX_BYTES = 64 * 1024 * 1024;
const CHUNK = 1024 * 1024;
const MAX_LINKS = 40;
/** What stands there belongs to the process that looks, not to the command. */
const OF_THE_PROCESS = /^\/(?:dev(?!\/shm\/.)|proc|sys)(?:\/|$)/;

interface Way {
  readonly end: 'there' | 'missing' | 'closed' | 'unbound';
  readonly trail: readonly Step[];
}

/**
 * Looks at what stands at an absolute path.
 * @param keep content up to this many bytes is given back. @param limit files up to this size are read.
 */
export function lookAt(file: string, { keep = 0, limit = MAX_BYTES }: { readonly keep?: number; readonly limit?: number } = {}): Look {
  const { end, trail } = wayTo(file);
  if (end !== 'there') return { kind: end, sha256: undefined, trail, stamp: end };
  let fd: number | undefined;
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to never returns. Windows has neither.
    fd = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(fd, { bigint: true });
    if (stat.isDirectory()) return { kind: 'folder', sha256: listing(file), trail, stamp: placeOf(stat) };
    if (!stat.isFile()) return { kind: 'unbound', sha256: undefined, trail, stamp: 'unbound' };
    const stamp = stampOf(stat);
    if (stat.size > limit) return { kind: 'large', sha256: digest(stamp), trail, stamp };
    const hash = createHash('sha256');
    const content: Buffer[] | undefined = stat.size <= keep ? [] : undefined;
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK, Number(stat.size) + 1));
    for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk)) {
      hash.update(chunk.subarray(0, read));
      content?.push(Buffer.from(chunk.subarray(0, read)));
    }
    // Written to while it was read: a second look will find another stamp.
    return { kind: 'file', sha256: hash.digest('hex'), trail, stamp, ...(content && { content: Buffer.concat(content) }) };
  } catch (error) {
    const kind = isMissing(error) ? 'missing' : isFolderError(error) ? 'folder' : 'closed';
    return { kind, sha256: kind === 'folder' ? listing(file) : undefined, trail, stamp: kind };
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Whether a path still leads to what was seen there, on the same way, and nobody touched it meanwhile: not even to put it back. */
export function stillThere(file: string, { kind, sha256, trail, stamp }: Look): boolean {
  if (kind === 'unbound') return true;
  const now = wayTo(file);
  if (kind === 'missing' || kind === 'closed') return now.end === kind || (kind === 'closed' && now.end === 'there');
  if (now.end !== 'there' || now.trail.length !== trail.length || !now.trail.every((step, i) => sameStep(trail[i], step))) return false;
  try {
    const stat = statSync(file, { bigint: true });
    if (kind === 'folder') return stat.isDirectory() && (stamp === 'folder' || placeOf(stat) === stamp) && listing(file) === sha256;
    return stampOf(stat) === stamp;
  } catch {
    return false;
  }
}

/** Whether an input is not what it was. What can be read only once was never known, so it is not compared. */
export function isMoved(input: Input): boolean {
  if (input.kind === 'unbound') return false;
  const now = lookAt(input.path, { limit: input.kind === 'large' ? MAX_BYTES : Infinity });
  return now.sha256 !== input.sha256 || (input.kind !== undefined && input.kind !== now.kind);
}

/**
 * The path of a word that is seen from a folder, in one form. Behind a link `..` is not the folder before it: such a path stays
 * as it is, for the system to walk.
 */
export function seenFrom(folder: string, word: string): string {
  const whole = path.isAbsolute(word) ? word : `${folder}${path.sep}${word}`;
  const short = path.resolve(whole);
  if (!whole.split(/[\\/]/).includes('..')) return short;
  try {
    // The other realpath takes `..` out of the text first.
    const [asWalked, asWritten] = [whole, short].map((file) => realpathSync.native(path.dirname(file)));
    return asWalked === asWritten && path.basename(whole) === path.basename(short) ? short : whole;
  } catch {
    // One of them is not there: as the system would walk it.
    return goesThroughLink(whole) ? whole : short;
  }
}

function goesThroughLink(whole: string): boolean {
  return wayTo(whole).trail.some((step) => step.link);
}

/** Walks a path step by step as the system does, and notes every folder and link. */
function wayTo(file: string): Way {
  const trail: Step[] = [];
  let at = path.parse(file).root;
  const rest = split(file.slice(at.length));
  let links = 0;
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === '..') at = path.dirname(at);
    if (name === '..') continue;
    const next = path.join(at, name);
    if (OF_THE_PROCESS.test(next)) return { end: 'unbound', trail };
    let stat: BigIntStats;
    try {
      stat = lstatSync(next, { bigint: true });
      if (stat.isSymbolicLink()) {
        if (++links > MAX_LINKS) return { end: 'closed', trail };
        const target = readlinkSync(next);
        if (path.isAbsolute(target)) at = path.parse(target).root;
        rest.unshift(...split(path.isAbsolute(target) ? target.slice(at.length) : target));
      } else {
        if (!stat.isDirectory() && rest.length > 0) return { end: 'missing', trail };
        at = next;
      }
    } catch (error) {
      return { end: isMissing(error) ? 'missing' : 'closed', trail };
    }
    const link = stat.isSymbolicLink();
    if (link || stat.isDirectory()) trail.push({ id: placeOf(stat), changed: stat.ctimeNs, written: stat.mtimeNs, link });
  }
  return { end: 'there', trail };
}

const split = (text: string): string[] => text.split(path.sep === '\\' ? /[\\/]/ : /\//).filter((name) => name !== '' && name !== '.');

/**
 * A folder that was exchanged and put back has another time of change, and its old time of writing; one in which files come
 * and go has both new, which says nothing about this file.
 */
function sameStep(before: Step | undefined, now: Step): boolean {
  if (before === undefined || before.id !== now.id || before.link !== now.link) return false;
  if (now.link) return before.changed === now.changed;
  return before.changed === now.changed || before.written !== now.written;
}

const placeOf = ({ dev, ino }: BigIntStats): string => `${dev} ${ino}`;
/** The time of change can't be set back by hand, other than the time of writing. */
const stampOf = (stat: BigIntStats): string => [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(' ');
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** SHA-256 over the names in a folder and what kind each is. */
function listing(folder: string): string | undefined {
  try {
    const kind = (e: Dirent): string => (e.isDirectory() ? 'folder' : e.isSymbolicLink() ? 'link' : 'file');
    const names = readdirSync(folder, { withFileTypes: true }).map((e) => `${e.name}\0${kind(e)}`);
    return digest(names.sort().join('\n'));
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;
const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
/** Windows opens no folder. */
const isFolderError = (error: unknown): boolean => codeOf(error) === 'EISDIR' || (path.sep === '\\' && codeOf(error) === 'EPERM');
