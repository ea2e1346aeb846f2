/**
 * What the review panel's page and the extension host say to each other: one union for each direction,
 * and a reader for each that gives undefined for anything else. Runs in both, so it imports the model only.
 */
import { OUTCOMES, type HoldState, type Outcome, type Risk } from '../model';

/** A line in the list of holds. */
export interface HoldLine {
  readonly id: string;
  readonly title: string;
  readonly risk: Risk;
  readonly stateText: string;
  readonly waiting: boolean;
  readonly selected: boolean;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** How we know, in small print. */
  readonly detail: string;
}

export interface Count {
  readonly outcome: Outcome;
  readonly label: string;
  readonly count: number;
}

/** Something said of a resource in one word or a few: what is done to it, how much it holds, how long it is gone. */
export interface Trait {
  readonly label: string;
  readonly value: string;
  /** True when it deserves the eye. */
  readonly bad: boolean;
}

export interface ResourceRow {
  /** Names it in this view: in the list, in the graph, in what needs what. */
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Empty when not known. */
  readonly physicalId: string;
  readonly data: string;
  /** True when the data outcome deserves the eye: lost or unknown. */
  readonly dataBad: boolean;
  /** The stack, workspace, release or namespace that owns it; empty when not known. */
  readonly owner: string;
  readonly traits: readonly Trait[];
  readonly wayBack: string;
  /** Commands in `wayBack`, each exactly as it stands there. */
  readonly commands: readonly string[];
  readonly because: readonly string[];
}

export interface ResourceGroup {
  readonly outcome: Outcome;
  readonly label: string;
  readonly meaning: string;
  readonly open: boolean;
  readonly rows: readonly ResourceRow[];
}

/** `from` needs `to`. */
export interface DependentRow {
  readonly from: string;
  readonly to: string;
  readonly fromKey: string;
  readonly toKey: string;
  readonly detail: string;
}

/** What depends in one way ("Uses it as security group"). */
export interface DependentGroup {
  readonly label: string;
  readonly rows: readonly DependentRow[];
}

/** A node of the graph that is no resource of the preview (`stack orders`). */
export interface OutsideNode {
  readonly key: string;
  readonly name: string;
}

/** An edge of the graph: `from` and `to` are keys of rows or of outside nodes, `why` is the kind in words with its detail. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

/** What was seen, and from where we know. */
export interface EvidenceLine {
  readonly what: string;
  readonly from: string;
}

/** What runs on approval in place of what was typed, because only that is what the preview showed. */
export interface Runs {
  readonly command: string;
  readonly explanation: string;
}

export interface PreviewView {
  /** Changes whenever the page must draw the preview anew. */
  readonly key: string;
  readonly sourceLabel: string;
  readonly sourceDetail: string;
  readonly takenAt: string;
  readonly headline: string;
  readonly wayBack: string;
  readonly counts: readonly Count[];
  readonly groups: readonly ResourceGroup[];
  /** Who is affected although it is not acted on, by kind of need. */
  readonly dependents: readonly DependentGroup[];
  readonly outside: readonly OutsideNode[];
  readonly edges: readonly GraphEdge[];
  readonly evidence: readonly EvidenceLine[];
  readonly unknowns: readonly string[];
  readonly warnings: readonly string[];
}

/** What the person is looking at: a held command, or the offline prediction of a file's change. */
export interface Subject {
  readonly id: string;
  readonly kind: 'hold' | 'prediction';
  readonly state: HoldState | 'prediction';
  readonly stateText: string;
  readonly title: string;
  readonly reason: string;
  readonly risk: Risk;
  readonly riskText: string;
  /** Exactly what is asked about, redacted; empty for a prediction. */
  readonly command: string;
  /** The folder, or the file of a prediction; empty where the action has none. */
  readonly cwd: string;
  /** Absolute path of what would run; empty for what is no argv. */
  readonly executable: string;
  /** Set when something else runs than `command`. */
  readonly runs: Runs | null;
  readonly fingerprint: string;
  readonly facts: readonly Fact[];
  readonly status: string;
  readonly busy: boolean;
  /** A yes has to wait for the preview to end or to be cancelled. */
  readonly canApprove: boolean;
  readonly canDecide: boolean;
  readonly canPreview: boolean;
  readonly preview: PreviewView | null;
}

export interface PanelView {
  readonly holds: readonly HoldLine[];
  readonly subject: Subject | null;
  /** Said when there is nothing to show. */
  readonly empty: string;
}

export type HostMessage = { readonly type: 'view'; readonly view: PanelView };

export type PageMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'select'; readonly id: string }
  | { readonly type: 'approve'; readonly id: string; readonly fingerprint: string }
  | { readonly type: 'deny'; readonly id: string }
  | { readonly type: 'preview'; readonly id: string; readonly mode: 'live' | 'offline' }
  | { readonly type: 'cancel'; readonly id: string }
  | { readonly type: 'copy'; readonly id: string };

type Check = (value: unknown) => boolean;
const text: Check = (v) => typeof v === 'string';
const flag: Check = (v) => typeof v === 'boolean';
const whole: Check = (v) => Number.isSafeInteger(v);
const list = (of: Check): Check => (v) => Array.isArray(v) && v.every(of);
const maybe = (of: Check): Check => (v) => v === null || of(v);
const record = (fields: Readonly<Record<string, Check>>): Check => (v) =>
  typeof v === 'object' && v !== null && Object.entries(fields).every(([name, check]) => check((v as Record<string, unknown>)[name]));

const outcome: Check = (v) => (OUTCOMES as readonly unknown[]).includes(v);
const dependent = record({ from: text, to: text, fromKey: text, toKey: text, detail: text });
const trait = record({ label: text, value: text, bad: flag });
const row = record({
  key: text, id: text, name: text, type: text, physicalId: text, data: text, dataBad: flag, owner: text, traits: list(trait),
  wayBack: text, commands: list(text), because: list(text),
});
const preview = record({
  key: text, sourceLabel: text, sourceDetail: text, takenAt: text, headline: text, wayBack: text,
  counts: list(record({ outcome, label: text, count: whole })),
  groups: list(record({ outcome, label: text, meaning: text, open: flag, rows: list(row) })),
  dependents: list(record({ label: text, rows: list(dependent) })),
  outside: list(record({ key: text, name: text })), edges: list(record({ from: text, to: text, why: text })),
  evidence: list(record({ what: text, from: text })), unknowns: list(text), warnings: list(text),
});
const subject = record({
  id: text, kind: text, state: text, stateText: text, title: text, reason: text, risk: text, riskText: text,
  command: text, cwd: text, executable: text, runs: maybe(record({ command: text, explanation: text })), fingerprint: text, facts: list(record({ label: text, value: text, detail: text })),
  status: text, busy: flag, canApprove: flag, canDecide: flag, canPreview: flag, preview: maybe(preview),
});
const line = record({ id: text, title: text, risk: text, stateText: text, waiting: flag, selected: flag });
const view = record({ holds: list(line), subject: maybe(subject), empty: text });

/** Reads a message from the host; undefined for anything that is not one. */
export function readHostMessage(value: unknown): HostMessage | undefined {
  return record({ type: (t) => t === 'view', view })(value) ? (value as HostMessage) : undefined;
}

const shortText: Check = (v) => typeof v === 'string' && v.length <= 4096;
const pageMessages: Readonly<Record<PageMessage['type'], Check>> = {
  ready: record({}),
  select: record({ id: shortText }),
  approve: record({ id: shortText, fingerprint: shortText }),
  deny: record({ id: shortText }),
  preview: record({ id: shortText, mode: (m) => m === 'live' || m === 'offline' }),
  cancel: record({ id: shortText }),
  copy: record({ id: shortText }),
};

/** Reads a message from the page; undefined for anything that is not one. A message only asks: no message decides. */
export function readPageMessage(value: unknown): PageMessage | undefined {
  const type = typeof value === 'object' && value !== null ? (value as { type?: unknown }).type : undefined;
  if (typeof type !== 'string' || !Object.hasOwn(pageMessages, type)) return undefined;
  return pageMessages[type as PageMessage['type']](value) ? (value as PageMessage) : undefined;
}
