import type { Effect, Reversibility, TargetContext } from './operation';

/**
 * Where a preview comes from: CloudFormation's change set, a tool's saved plan, a tool's own dry run, reads of what stands
 * now, or `offline`, a prediction without any call.
 */
export type PreviewSource = 'change-set' | 'plan' | 'dry-run' | 'live-reads' | 'offline';

/** `forget`: it stays as it is, and the tool no longer manages it. */
export type ResourceAction = 'add' | 'modify' | 'remove' | 'import' | 'forget' | 'none' | 'unknown';

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

/** What a change means for those who use a resource while it happens. */
export interface Downtime {
  /** Whether it is out of service for a while, or for good. */
  readonly interrupted: 'yes' | 'may' | 'no' | 'unknown';
  /** For a replacement: which of the two comes first. */
  readonly order?: 'create-first' | 'delete-first';
  /** Set when making or changing one is known to take long: how long, in words, with the source. */
  readonly long?: string;
}

/** One resource in a blast radius. */
export interface AffectedResource {
  /** Unique in this blast radius: the path of logical ids through nested stacks (`Db`, `Network/Vpc`). */
  readonly id: string;
  readonly logicalId: string;
  /** Where it stands in the program that made it, where the tool says so (`Payments/Orders/Resource` of the CDK). */
  readonly path?: string;
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
  /** How much it holds, as a read told it ("120 GiB", "3 objects, 1.2 MB"); absent when nothing told it. */
  readonly size?: string;
  /** When it was last backed up, as a read told it, or that nothing was found. */
  readonly lastBackup?: string;
  readonly downtime?: Downtime;
  /** What the change does besides its outcome: takes a guard off, opens something. */
  readonly effects?: readonly Effect[];
  /** Why, each a sentence with its source ("KeySchema changes: requires replacement (resource specification)"). */
  readonly because: readonly string[];
}

/** Why one resource needs another. `owner` is Kubernetes's owner reference or another tool's parent; `network` is a way through which traffic comes. */
export type DependencyKind =
  | 'reference'
  | 'depends-on'
  | 'export'
  | 'nested-stack'
  | 'security-group'
  | 'kms-key'
  | 'iam-role'
  | 'dns-record'
  | 'event-source'
  | 'target-group'
  | 'network'
  | 'volume'
  | 'owner';

/** `from` needs `to`: if `to` goes, `from` is affected. */
export interface Dependency {
  readonly from: string;
  readonly to: string;
  readonly kind: DependencyKind;
  /** In words ("Ref in Properties.TableName"; "stack orders imports export payments-table"). */
  readonly detail: string;
}

/** Where a part of a preview comes from. */
export interface Evidence {
  /** What it tells ("resources and actions", "size of orders-db"). */
  readonly what: string;
  /** The call, file or table ("terraform show -json of the plan made just now"). */
  readonly from: string;
}

/**
 * What a preview could not see, by what it is about: a value that is not known here, an input that was not read, what stands now, who needs it, what
 * it holds, what a change does inside, a program whose deeds can't be seen, which account or cluster is meant, or what nothing binds to the run.
 */
export const UNKNOWN_KINDS = ['value', 'input', 'state', 'dependents', 'data', 'change', 'program', 'target', 'binding'] as const;
export type UnknownKind = (typeof UNKNOWN_KINDS)[number];

/** One thing that a preview could not see. */
export interface Unknown {
  readonly kind: UnknownKind;
  /** The thing that it is about, by name: a resource, an export, a file, a stack. */
  readonly subject: string;
  /** A sentence for the person, with what to do. */
  readonly text: string;
}

/** One thing that could not be seen: of what kind, about what, and the sentence for the person. */
export const notKnown = (kind: UnknownKind, subject: string, text: string): Unknown => ({ kind, subject, text });

/** Several sentences about one thing. */
export const allNotKnown = (kind: UnknownKind, subject: string, texts: readonly string[]): Unknown[] => texts.map((text) => notKnown(kind, subject, text));

/** The same, each said once. */
export function eachOnce(unknowns: readonly Unknown[]): Unknown[] {
  return [...new Map(unknowns.map((one) => [`${one.kind}\u0000${one.subject}\u0000${one.text}`, one])).values()];
}

/**
 * What a preview would execute and needs a yes for: a macro of a template, a program that the configuration names, a provider that is none of the
 * well-known, or whatever a file says that can't be read with certainty.
 */
export type ExecutionKind = 'macro' | 'program' | 'provider' | 'unread';

export interface Execution {
  readonly kind: ExecutionKind;
  /** The thing itself, by name: a macro, a provider's address, a file. */
  readonly subject: string;
  /** In a few words, to follow "would execute". */
  readonly text: string;
}

/** Several in words. */
export const executionWords = (all: readonly Execution[]): string => all.map((one) => one.text).join(', ');

/** What a change would take down, and how we know. */
export interface BlastRadius {
  readonly source: PreviewSource;
  /** One sentence for the person: what was asked, when ("Change set, read twice and joined"). */
  readonly sourceDetail: string;
  /** Further sources, one for each kind of statement. */
  readonly evidence?: readonly Evidence[];
  readonly context: TargetContext;
  /** The stack, workspace, release or namespace it is about. */
  readonly stack?: string;
  readonly resources: readonly AffectedResource[];
  readonly dependencies: readonly Dependency[];
  /** Of the whole: the worst of its parts. */
  readonly reversibility: Reversibility;
  /** What could not be seen. */
  readonly unknowns: readonly Unknown[];
  /** What would keep the operation from succeeding, or is worth knowing ("Termination protection is on"). */
  readonly warnings: readonly string[];
  /** SHA-256 (hex) over the canonical rows: two previews with one digest say the same. */
  readonly digest: string;
  /** SHA-256 (hex) over the state the preview was made from (status, last update, deployed template, parameters); undefined offline. */
  readonly stateDigest?: string;
  /** ISO 8601 time. */
  readonly takenAt: string;
}
