/**
 * What the review panel's page and the extension host say to each other: one union for each direction,
 * and a reader for each that gives undefined for anything else. Runs in both, so it imports types only.
 */
import type { HoldState, Outcome, Risk } from '../model';

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

export interface ResourceRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Empty when not known. */
  readonly physicalId: string;
  readonly data: string;
  /** True when the data outcome deserves the eye: lost or unknown. */
  readonly dataBad: boolean;
  readonly wayBack: string;
  readonly because: readonly string[];
}

export interface ResourceGroup {
  readonly outcome: Outcome;
  readonly label: string;
  readonly meaning: string;
  readonly open: boolean;
  readonly rows: readonly ResourceRow[];
}

export interface DependentRow {
  readonly from: string;
  readonly to: string;
  readonly detail: string;
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
  readonly importers: readonly DependentRow[];
  readonly references: readonly DependentRow[];
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
  /** Exactly what would run, redacted; empty for a prediction. */
  readonly command: string;
  readonly cwd: string;
  /** Absolute path of what would run; empty for a prediction. */
  readonly executable: string;
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

const dependent = record({ from: text, to: text, detail: text });
const row = record({ id: text, name: text, type: text, physicalId: text, data: text, dataBad: flag, wayBack: text, because: list(text) });
const preview = record({
  key: text, sourceLabel: text, sourceDetail: text, takenAt: text, headline: text, wayBack: text,
  counts: list(record({ outcome: text, label: text, count: whole })),
  groups: list(record({ outcome: text, label: text, meaning: text, open: flag, rows: list(row) })),
  importers: list(dependent), references: list(dependent), unknowns: list(text), warnings: list(text),
});
const subject = record({
  id: text, kind: text, state: text, stateText: text, title: text, reason: text, risk: text, riskText: text,
  command: text, cwd: text, executable: text, fingerprint: text, facts: list(record({ label: text, value: text, detail: text })),
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
