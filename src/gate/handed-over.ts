import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Input } from '../model';
import { digestOfBytes } from './digest';
import type { Snapshot } from './snapshot';

/** A command line that reads copies of what was looked at. */
export interface HandedOver {
  readonly argv: readonly string[];
  /** The copies; they count as what it runs from. */
  readonly files: readonly Input[];
  /** Removes them: the command ended, or it does not run. */
  remove(): void;
}

/** Makes the copies for a command. @returns undefined where no word of it can name a copy. @throws when they can't be written: then nothing may run. */
export type HandOver = (argv: readonly string[], snapshot: Pick<Snapshot, 'places' | 'bytes'>) => HandedOver | undefined;

/**
 * Hands the tool what was looked at: between the last look at a file and the moment in which the tool opens it, another one can come
 * to stand at its path. So the bytes of the snapshot go into a closed folder of this command, and the words name these copies.
 * @param temporary the folder in which each command gets one of its own, swept like those of previews.
 */
export function createHandOver(temporary: string, log: (line: string) => void): HandOver {
  return (argv, snapshot) => {
    const wanted = snapshot.places(argv).flatMap((place) => {
      const bytes = new Map(place.files.flatMap((file) => {
        const content = snapshot.bytes(file);
        return content === undefined ? [] : [[file, content] as const];
      }));
      return bytes.size === 0 ? [] : [{ place, bytes }];
    });
    if (wanted.length === 0) return undefined;
    const folder = path.join(temporary, `${process.pid}-${randomBytes(8).toString('hex')}`);
    const remove = (): void => {
      try {
        rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      } catch (error) {
        log(`The folder ${folder} with a command's input files could not be removed: ${String(error)}`);
      }
    };
    try {
      const copies = new Map<string, Input>();
      for (const { bytes } of wanted) {
        for (const [file, content] of bytes) if (!copies.has(file)) copies.set(file, copy(folder, copies.size, file, content));
      }
      const words = [...argv];
      for (const { place } of wanted) words[place.at] = place.spell((file) => copies.get(file)?.path ?? file) ?? words[place.at] ?? '';
      return { argv: words, files: [...copies.values()], remove };
    } catch (error) {
      remove();
      throw error;
    }
  };
}

/** Some tools tell by the ending what is in a file, so the name stays; what a tool might read as something else in it does not. */
function copy(folder: string, number: number, file: string, content: Buffer): Input {
  const own = path.join(folder, String(number));
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const to = path.join(own, path.basename(file).replace(/[^A-Za-z0-9._-]/g, '_'));
  // A new file or none: nobody else's is written to.
  writeFileSync(to, content, { mode: 0o400, flag: 'wx' });
  return { path: to, sha256: digestOfBytes(content) };
}
