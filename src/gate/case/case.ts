import type { Actor, BlastRadius, Hold, HoldState, Input, Kept, Operation, Prepared, Verdict, Execution } from '../../model';
import type { Given } from '../approvals';
import type { Answer, Decision } from '../gate';
import type { Requester } from '../requester';
import type { Snapshot } from '../snapshot';
import type { CaseState } from './state';

/** How often a question was begun anew, and why. */
export interface Attempt {
  /** What whoever is asked is told of why; set once nothing more is tried without a person. */
  readonly again: string | undefined;
  /** How often its files moved under its preview. */
  readonly round: number;
  /** How often they moved under its start. */
  readonly starts: number;
}

export const FIRST: Attempt = { again: undefined, round: 0, starts: 0 };

/** One question, with all that was read of it. What can happen to it is told by its `state`; see `step`. */
export interface Case {
  /** Ties its lines in the record together (`h-7k2m9q`). */
  readonly id: string;
  readonly requester: Requester;
  readonly attempt: Attempt;
  readonly actor: Actor;
  readonly operations: readonly Operation[];
  /** The files that it was asked about, as they were then. */
  readonly snapshot: Snapshot;
  /** The action's name for people. */
  readonly title: string;
  /** Takes the action's secrets out of what is said about it. */
  readonly hide: (text: string) => string;
  readonly since: string;
  state: CaseState;
  /** What the rules said before a preview of the hold: a better look never makes fewer people decide. */
  decision: Decision;
  /** What they say now. */
  verdict: Verdict;
  inputs: readonly Input[];
  preview?: BlastRadius | undefined;
  prepared?: Prepared | undefined;
  asks?: readonly Execution[] | undefined;
  kept?: readonly Kept[] | undefined;
  /** The fingerprint; empty until there is one. */
  print: string;
  /** How its person's yes was given, while it is carried out. */
  yes?: { readonly reason: string; readonly given: Given };
  /** As those see it who watch the holds; absent as long as it was before nobody. */
  hold?: Hold;
  /** The preview that is being made. */
  running?: { cancel(): void } | undefined;
  timer?: NodeJS.Timeout;
  /** What it was told to run with. */
  handed?: Handed | undefined;
  /** What the second reading comes to. */
  checking?: Promise<Answer>;
  /** Why it was not released. */
  hindrance?: string;
}

/** What something runs with. */
export interface Handed {
  /** In place of its own words. */
  readonly argv?: readonly string[];
  /** The files that it runs from, copies among them, and what each held when decision and intent were written. */
  readonly files: readonly Input[];
  /** Removes the copies. */
  remove(): void;
}

/** The case as others see it. */
export function holdOf(it: Case, state: HoldState, status: string, reason: string | undefined): Hold {
  return {
    id: it.id,
    state,
    action: it.requester.question.action,
    actor: it.actor,
    operations: it.operations,
    inputs: it.inputs,
    verdict: it.verdict,
    ...(it.preview && { preview: it.preview }),
    ...(it.prepared && { prepared: it.prepared }),
    ...(it.kept && { kept: it.kept }),
    ...(it.asks && { asks: it.asks }),
    previewStatus: status,
    fingerprint: it.print,
    since: it.since,
    ...(reason !== undefined && { decisionReason: reason }),
  };
}
