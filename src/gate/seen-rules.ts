import { chmodSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { readRulesList, readRulesText } from './read-rules';

/** A committed rules file as it was last seen at a branch. */
export interface SeenRules {
  /** The `.git` that all working trees of the repository share. */
  readonly repository: string;
  /** From the top of the repository, with slashes. */
  readonly file: string;
  /** `HEAD`, or the full name of a default branch. */
  readonly ref: string;
  /** Where it was in a working tree, each an absolute path: it counts there even when the repository is gone. */
  readonly places: readonly string[];
  readonly commit: string;
  readonly text: string;
  /** When it, or what came before it at this branch, was first seen, and when last anew (ISO 8601). */
  readonly since: string;
  readonly at: string;
}

/** What is remembered of committed rules. */
export interface SeenStore {
  all(): readonly SeenRules[];
  /** Notes and forgets. A note takes the place of the one with the same repository, file and branch. */
  change(noted: readonly SeenRules[], forgotten: readonly SeenRules[]): void;
}

const MOST_PLACES = 20;
/** Beyond so many characters, what was seen longest ago is forgotten. */
const MOST_TEXT = 4 * 1024 * 1024;

export const seenKey = ({ repository, file, ref }: Pick<SeenRules, 'repository' | 'file' | 'ref'>): string => [repository, file, ref].join('\n');

/** The memory after a change, pure: newest first, bounded. */
export function changedSeen(all: readonly SeenRules[], noted: readonly SeenRules[], forgotten: readonly SeenRules[]): readonly SeenRules[] {
  const gone = new Set([...noted, ...forgotten].map(seenKey));
  const placesOf = (fresh: SeenRules): readonly string[] => {
    const before = all.filter((s) => seenKey(s) === seenKey(fresh));
    return [...new Set([...fresh.places, ...before.flatMap((s) => s.places)])].slice(0, MOST_PLACES);
  };
  const next = [...noted.map((n) => ({ ...n, places: placesOf(n) })), ...all.filter((s) => !gone.has(seenKey(s)))];
  next.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  let size = 0;
  return next.filter((s) => (size += s.text.length) <= MOST_TEXT);
}

/** Reads what another part, or another time, has written; what is not of this shape is left out. */
export function readSeen(text: string | undefined): readonly SeenRules[] {
  try {
    const data: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(data) ? data.filter(isSeen) : [];
  } catch {
    return [];
  }
}

function isSeen(value: unknown): value is SeenRules {
  const s = value as Partial<Record<keyof SeenRules, unknown>> | null;
  return typeof s === 'object' && s !== null && [s.repository, s.file, s.ref, s.commit, s.text, s.since, s.at].every((v) => typeof v === 'string')
    && Array.isArray(s.places) && s.places.every((p) => typeof p === 'string');
}

/**
 * The memory in a file of Holdpoint's home. Any program of the same user can write it: the editor keeps a copy where those
 * can't. Where Holdpoint has no home, nothing is remembered and nothing is made.
 */
export function seenFile(file: string): SeenStore {
  let known: { readonly stamp: string; readonly all: readonly SeenRules[] } | undefined;
  const stampOf = (): string => {
    try {
      const { mtimeMs, size, ino } = statSync(file);
      return `${mtimeMs} ${size} ${ino}`;
    } catch {
      return '';
    }
  };
  const all = (): readonly SeenRules[] => {
    const stamp = stampOf();
    if (stamp === '') return [];
    if (known?.stamp !== stamp) known = { stamp, all: readSeen(readOrNothing(file)) };
    return known.all;
  };
  return {
    all,
    change(noted, forgotten) {
      if (!existsSync(path.dirname(file))) return;
      const next = changedSeen(all(), noted, forgotten);
      write(file, JSON.stringify(next));
      // The shims look at it before they let a read go.
      write(readRulesList(path.dirname(file)), readRulesText(next));
      known = undefined;
    },
  };
}

function write(file: string, text: string): void {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, text, { mode: 0o600 });
  chmodSync(fresh, 0o600);
  renameSync(fresh, file);
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
