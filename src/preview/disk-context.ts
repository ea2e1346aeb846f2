import { readFileSync, readdirSync, statSync } from 'node:fs';
import os from 'node:os';

import type { DetectContext } from '../detect/invocation';

/** More than this is no text that somebody wrote. */
const MAX_TEXT = 1024 * 1024;

export interface DiskOptions {
  /** The text of a file; undefined when it can't be read. */
  readonly read?: (file: string) => string | undefined;
  /** After so many different files the others count as unread. */
  readonly most?: number;
}

/**
 * What detection may look at for one judgement: the files of this machine, each read once, but not this process's environment, which is
 * not the command's.
 * @param cwd the folder that the judged text stands in.
 */
export function diskContext(cwd: string, { read = smallText, most = Infinity }: DiskOptions = {}): DetectContext {
  const known = new Map<string, string | undefined>();
  return {
    cwd,
    home: os.homedir(),
    readFile(file) {
      if (!known.has(file)) known.set(file, known.size < most ? read(file) : undefined);
      return known.get(file);
    },
    namesIn(folder) {
      try {
        return readdirSync(folder);
      } catch {
        return undefined;
      }
    },
  };
}

function smallText(file: string): string | undefined {
  try {
    return statSync(file).size > MAX_TEXT ? undefined : readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
