import type { Action, FirstAsks, Input } from '../model';
import type { ActorFacts, Ask } from './protocol';

/** What is asked, and what the door knows of who asks. */
export interface Question {
  readonly action: Action;
  /** The variables that decide where it goes and as whom. */
  readonly env: Readonly<Record<string, string>>;
  /** What stands behind its standard input, where it has one. */
  readonly stdin?: 'terminal' | 'pipe' | 'file' | 'none';
  readonly facts: ActorFacts;
  /** The process that asks; it waits meanwhile. */
  readonly pid: number;
}

/** The question of a client, which is always about an argv. */
export function questionOf({ argv, cwd, executable, env, actor, pid, stdin }: Ask): Question {
  return { action: { kind: 'argv', argv, cwd, executable }, env, facts: actor, pid, ...(stdin && { stdin }) };
}

/** Why it may not run. */
export interface Refusal {
  /** `undecided`: nobody said no, and nobody could say yes. */
  readonly kind: 'denied' | 'undecided';
  /** One sentence, without secrets. */
  readonly reason: string;
  /** The whole of it for a terminal: what was not run, why, and what to do. */
  readonly lines: readonly string[];
}

/** What may run, and for how long. */
export interface Release {
  /** The id in the record. */
  readonly id: string;
  /** It may start only while these files have these digests. */
  readonly inputs: readonly Input[];
  /** And only up to then; see `monotonicMs`. */
  readonly until: number;
  /** What runs in place of the words that were asked about: exactly what was previewed. */
  readonly instead?: { readonly argv: readonly string[]; readonly withoutEnv: readonly string[] };
}

/** What a requester says after its question. */
export type Reply =
  /** Whoever asks does not want it any more. */
  | { readonly type: 'withdrawn' }
  /** Nobody is there any more, however that came. */
  | { readonly type: 'gone' }
  /** The answer to the tool's own question. */
  | { readonly type: 'answered'; readonly yes: boolean }
  /** It was not started: a file is not as it was. */
  | { readonly type: 'moved'; readonly path: string }
  /** It was not started: the time was over. */
  | { readonly type: 'late' }
  | { readonly type: 'ended'; readonly exitCode: number | null; readonly signal: string | null };

/**
 * The gate's side of a door: whoever asks, and can be told, refused and released. How that is said is the door's own affair: a shim's
 * client hears it over a socket, a hook can only say yes or no, a proxy forwards or answers itself.
 */
export interface Requester {
  readonly question: Question;
  /**
   * Whether it can run something else than what it asked about (a saved plan, copies of the files), and ask the tool's own question
   * before. One that can't is let go only with what it asked about.
   */
  readonly runsInstead: boolean;
  readonly gone: boolean;
  /** The next word comes within this time, or the gate is dead. @param held the hold's id, once a person decides. */
  wait(withinMs: number, held?: string): void;
  /** Lines for a person to read meanwhile. */
  tell(lines: readonly string[]): void;
  /** The last word: it may not run. */
  refuse(refusal: Refusal): void;
  /** It may run. */
  release(release: Release): void;
  /** The tool's own question, about exactly what was prepared; nothing is decided before the answer. Called only where `runsInstead`. */
  ask(asks: FirstAsks, withoutEnv: readonly string[]): void;
  /** Who hears its replies from now on, in place of whoever heard them before. */
  listen(listener: (reply: Reply) => void): void;
}
