import type { Action, Actor, BlastRadius, Command, Effect, Operation, Outcome, Verdict } from '../model';
import { redactedAction } from '../model/redact/action';

/** An operation as the ledger keeps it: what, on what, with what effect. */
export interface RecordedOperation {
  readonly operation: string;
  readonly effects: readonly Effect[];
  readonly targets: readonly string[];
}

/** What was asked about; lines of before know commands only, and have their words as members of their own. See `askedAction`. */
type AskedAbout = { readonly action: Action } | Command;

/**
 * What is written. Every text in it is redacted by the writer. `id` ties the lines of one command together:
 * asked, perhaps previewed, decided, run, ended.
 */
export type LedgerRecord =
  | AskedAbout & {
      readonly type: 'asked';
      readonly id: string;
      readonly actor: Actor;
      readonly operations: readonly RecordedOperation[];
      readonly verdict: Pick<Verdict, 'kind' | 'rule' | 'reason' | 'risk'>;
      readonly held: boolean;
      /** The process that holds it: once it is gone, so is the hold. */
      readonly gatePid: number;
    }
  | {
      readonly type: 'previewed';
      readonly id: string;
      readonly source: BlastRadius['source'];
      readonly digest: string;
      readonly stateDigest?: string;
      readonly counts: Readonly<Partial<Record<Outcome, number>>>;
      readonly unknowns: number;
    }
  | { readonly type: 'preview-failed'; readonly id: string; readonly why: string }
  | {
      readonly type: 'decided';
      readonly id: string;
      readonly decision: 'allowed' | 'approved' | 'denied' | 'moved' | 'cancelled' | 'expired';
      /** Who decided: a person's login name, or the rule. */
      readonly by: string;
      readonly reason: string;
      readonly fingerprint: string;
      /** How a person's yes was given: in the editor, or at a terminal; `terminal-weak` where a program of the same user could have typed it. */
      readonly confirmed?: 'panel' | 'terminal' | 'terminal-weak';
      /** Who holds the other end of that terminal, and why the yes is weak. */
      readonly terminal?: string;
    }
  /** Where the state before an approved run is saved. */
  | { readonly type: 'kept'; readonly id: string; readonly files: readonly { readonly path: string; readonly what: string }[] }
  /** The intent: on disk before the command starts. */
  | { readonly type: 'run'; readonly id: string; readonly fingerprint: string }
  | { readonly type: 'ended'; readonly id: string; readonly exitCode: number | null; readonly signal: string | null }
  /** The window that held it went away; it was not run. */
  | { readonly type: 'abandoned'; readonly id: string }
  /** A window began to answer. */
  | { readonly type: 'gate-opened'; readonly id: string; readonly gate: string; readonly gatePid: number; readonly version: string }
  /** A gate that no window opened, or a command that no window let go. */
  | { readonly type: 'alarm'; readonly id: string; readonly what: string }
  /** A guarded command that ran around the shim. */
  | { readonly type: 'escaped'; readonly id: string; readonly commandLine: string; readonly operations: readonly RecordedOperation[] }
  /** A temporary change set that must be removed, and its removal. */
  | { readonly type: 'cleanup-needed'; readonly id: string; readonly argv: readonly string[]; readonly cwd: string; readonly changeSet: { readonly name: string; readonly stack: string; readonly region: string }; /** That this installation wrote it. */ readonly proof?: string }
  | { readonly type: 'cleanup-done'; readonly id: string; readonly changeSet: string }
  /** A person went on with a record whose end was not known, or had `missing` lines fewer than were written. */
  | { readonly type: 'resealed'; readonly by: string; readonly reason: string; readonly missing: number | null; readonly confirmed?: 'panel' | 'terminal' | 'terminal-weak'; readonly terminal?: string }
  /** The guard of a window went off, and came on again. */
  | { readonly type: 'guard-off' | 'guard-on'; readonly how: string; readonly by: string }
  /** A person let something loosen what is in force: what, and the digest of exactly that. */
  | { readonly type: 'loosened'; readonly what: string; readonly digest: string; readonly by: string }
  /** An earlier writer left half a line; it was put aside into this file. */
  | { readonly type: 'torn'; readonly setAside: string };

/** A line of the ledger. */
export type LedgerLine = LedgerRecord & {
  /** 0, 1, 2 … */
  readonly seq: number;
  /** ISO 8601. */
  readonly time: string;
  /** `hash` of the line before; for the first line the id of the chain. */
  readonly prev: string;
  /** SHA-256 (hex) over the canonical JSON form (RFC 8785) of the line without this member. */
  readonly hash: string;
};

/** What a line of kind `asked` is about, in whichever form it was written. */
export function askedAction(line: Extract<LedgerRecord, { type: 'asked' }>): Action {
  return 'action' in line ? line.action : { kind: 'argv', argv: line.argv, cwd: line.cwd, executable: line.executable };
}

/** Of a longer text so much is kept; the fingerprint covers all of it. */
const KEPT_TEXT = 4096;

/** What of an action is kept: without secrets, and of a long text its beginning. An argv is kept whole. */
export function recordedAction(action: Action): Action {
  const clean = redactedAction(action);
  if (clean.kind === 'text') return { ...clean, text: beginning(clean.text) };
  return clean.kind === 'tool-call' ? { ...clean, input: beginnings(clean.input) as Readonly<Record<string, unknown>> } : clean;
}

const beginning = (text: string): string => (text.length > KEPT_TEXT ? `${text.slice(0, KEPT_TEXT)}…` : text);

function beginnings(value: unknown): unknown {
  if (typeof value === 'string') return beginning(value);
  if (Array.isArray(value)) return value.map(beginnings);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, beginnings(inner)]));
}

/** What of an operation is kept. */
export function recorded(operation: Operation, redact: (text: string) => string): RecordedOperation {
  return {
    operation: redact(operation.operation),
    effects: operation.effects,
    targets: operation.targets.map((t) => (t.name === undefined ? 'unknown' : redact(t.name))),
  };
}
