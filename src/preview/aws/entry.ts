import type { AffectedResource, DataOutcome, Dependency, DependencyKind, Downtime, Operation, Outcome, ResourceAction, Reversibility, Unknown } from '../../model';
import { at } from './json';
import type { Held } from './held';
import type { Answer, Read } from './reader';

/** What an entry may look at. */
export interface Look {
  readonly held: Held;
  readonly operation: Operation;
  /** The name or id on the command line. */
  readonly target: string;
}

export type Reads = Readonly<Record<string, Read>>;

/** The answers of all reads so far, by the names that the entry gave them. */
export type Answers = Readonly<Record<string, Answer>>;

/** What an entry says about one target. */
export interface Told {
  /** False: there is no such thing. Undefined: the read failed. */
  readonly exists: boolean | undefined;
  readonly physicalId?: string;
  readonly action?: ResourceAction;
  readonly outcome?: Outcome;
  readonly data?: DataOutcome;
  readonly size?: string;
  readonly lastBackup?: string;
  readonly reversibility?: Reversibility;
  readonly downtime?: Downtime;
  readonly because?: readonly string[];
  /** Further resources, and how they hang together with the target (by its name on the command line). */
  readonly also?: readonly AffectedResource[];
  readonly dependencies?: readonly Dependency[];
  readonly warnings?: readonly string[];
  readonly unknowns?: readonly Unknown[];
}

/** How one operation is previewed: which reads, and what their answers say. One entry per operation, in `table.ts`. */
export interface Entry {
  /** Page of the API reference. */
  readonly source: string;
  /** Resource type of the target in CloudFormation's words. */
  readonly type: string;
  /** The thing in words for sentences ("DB instance"). */
  readonly noun: string;
  /** What it acts on; the operation's targets when absent. */
  readonly targets?: (held: Held, operation: Operation) => readonly string[];
  /** Reads in stages: those of one stage run at the same time, a later stage sees the answers of those before. */
  readonly stages: readonly ((look: Look, answers: Answers) => Reads)[];
  readonly tell: (look: Look, answers: Answers) => Told;
  /**
   * What must still be so when the command runs: id, creation time, protection; never counters. From the answers of the
   * first stage only. Absent: this operation has no state to compare.
   */
  readonly identity?: (answers: Answers) => unknown;
  /** The id under which CloudFormation knows it; the target's own name when absent, null where a stack has no part in what is done (objects, messages, a restart). */
  readonly stackId?: ((look: Look, answers: Answers) => string | undefined) | null;
}

/** The data of an answer; undefined when it is missing or unknown. */
export function data(answers: Answers, name: string, ...path: readonly (string | number)[]): unknown {
  const answer = answers[name];
  return answer?.kind === 'data' ? (path.length === 0 ? answer.data : at(answer.data, ...path)) : undefined;
}

/** Whether the target is there, from the answer of its main read. */
export function existence(answers: Answers, name: string, ...path: readonly (string | number)[]): boolean | undefined {
  const answer = answers[name];
  if (answer === undefined || answer.kind === 'unknown') return undefined;
  if (answer.kind === 'missing') return false;
  return path.length === 0 || at(answer.data, ...path) !== undefined;
}

/** A resource that uses the target, or is touched with it. */
export function node(id: string, type: string, outcome: Outcome, because: string, more: Partial<AffectedResource> = {}): AffectedResource {
  return {
    id, logicalId: id, physicalId: id, type, action: 'none', replacement: 'no', outcome, data: 'none',
    reversibility: outcome === 'unchanged' ? { kind: 'reversible' } : { kind: 'unknown' }, because: [because], ...more,
  };
}

/** A way in which `from` needs `to`. */
export function needs(from: string, to: string, kind: DependencyKind, detail: string): Dependency {
  return { from, to, kind, detail };
}
