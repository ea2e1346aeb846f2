import type { Reversibility, TargetContext } from './operation';

/** Where a preview comes from. `offline` is a prediction without any call to a cloud. */
export type PreviewSource = 'change-set' | 'live-reads' | 'offline';

export type ResourceAction = 'add' | 'modify' | 'remove' | 'import' | 'none' | 'unknown';

/** `may` is what the provider itself leaves open until it runs. */
export type Replacement = 'yes' | 'may' | 'no';

/** What becomes of the data in a resource; `none` is a resource that holds no data. */
export type DataOutcome = 'lost' | 'snapshotted' | 'orphaned' | 'kept' | 'none' | 'unknown';

/** What happens to a resource, for grouping; in the order in which a reader must see them. */
export type Outcome =
  | 'lost'
  | 'replaced'
  | 'interrupted'
  | 'unknown'
  | 'snapshotted'
  | 'retained'
  | 'modified'
  | 'added'
  | 'unchanged';

export const OUTCOMES: readonly Outcome[] = [
  'lost', 'replaced', 'interrupted', 'unknown', 'snapshotted', 'retained', 'modified', 'added', 'unchanged',
];

/** One resource in a blast radius. */
export interface AffectedResource {
  /** Unique in this blast radius: the path of logical ids through nested stacks (`Db`, `Network/Vpc`). */
  readonly id: string;
  readonly logicalId: string;
  readonly physicalId?: string;
  /** Provider's type name, `AWS::DynamoDB::Table`. */
  readonly type: string;
  /** The stack that owns it, by name, where it is known. */
  readonly stack?: string;
  readonly action: ResourceAction;
  readonly replacement: Replacement;
  readonly outcome: Outcome;
  readonly data: DataOutcome;
  readonly reversibility: Reversibility;
  /** Why, each a sentence with its source ("KeySchema changes: requires replacement (resource specification)"). */
  readonly because: readonly string[];
}

/** `from` needs `to`: if `to` goes, `from` is affected. */
export interface Dependency {
  readonly from: string;
  readonly to: string;
  readonly kind: 'reference' | 'depends-on' | 'export' | 'nested-stack';
  /** In words ("Ref in Properties.TableName"; "stack orders imports export payments-table"). */
  readonly detail: string;
}

/** What a change would take down, and how we know. */
export interface BlastRadius {
  readonly source: PreviewSource;
  /** One sentence for the person: what was asked, when ("Change set, read twice and joined"). */
  readonly sourceDetail: string;
  readonly context: TargetContext;
  readonly stack?: string;
  readonly resources: readonly AffectedResource[];
  readonly dependencies: readonly Dependency[];
  /** Of the whole: the worst of its parts. */
  readonly reversibility: Reversibility;
  /** What could not be seen, each a sentence with what to do. */
  readonly unknowns: readonly string[];
  /** What would keep the operation from succeeding, or is worth knowing ("Termination protection is on"). */
  readonly warnings: readonly string[];
  /** SHA-256 (hex) over the canonical rows: two previews with one digest say the same. */
  readonly digest: string;
  /** SHA-256 (hex) over the state the preview was made from (status, last update, deployed template, parameters); undefined offline. */
  readonly stateDigest?: string;
  /** ISO 8601 time. */
  readonly takenAt: string;
}
