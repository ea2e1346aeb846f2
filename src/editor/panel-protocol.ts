/**
 * What the review panel's page and the extension host say to each other: one form for each direction, from which the types come, and a
 * reader for each that gives undefined for anything else. Runs in both, so it imports the model only.
 */
import * as v from 'valibot';
import { OUTCOMES, RISKS, type HoldState } from '../model';

const text = v.string();
const flag = v.boolean();
const form = <T extends v.ObjectEntries>(fields: T) => v.pipe(v.object(fields), v.readonly());
const list = <T extends v.GenericSchema>(of: T) => v.pipe(v.array(of), v.readonly());
const risk = v.picklist(RISKS);
const outcome = v.picklist(OUTCOMES);

/** A line in the list of holds. */
const line = form({ id: text, title: text, risk, stateText: text, waiting: flag, selected: flag });
export type HoldLine = v.InferOutput<typeof line>;

/** `detail` is how we know, in small print. */
const fact = form({ label: text, value: text, detail: text });
export type Fact = v.InferOutput<typeof fact>;

const count = form({ outcome, label: text, count: v.pipe(v.number(), v.safeInteger()) });

/** Something said of a resource in one word or a few: what is done to it, how much it holds, how long it is gone. `bad` deserves the eye. */
const trait = form({ label: text, value: text, bad: flag });
export type Trait = v.InferOutput<typeof trait>;

const row = form({
  /** Names it in this view: in the list, in the graph, in what needs what. */
  key: text,
  id: text,
  name: text,
  type: text,
  /** Empty when not known. */
  physicalId: text,
  data: text,
  /** True when the data outcome deserves the eye: lost or unknown. */
  dataBad: flag,
  /** The stack, workspace, release or namespace that owns it; empty when not known. */
  owner: text,
  traits: list(trait),
  wayBack: text,
  /** Commands in `wayBack`, each exactly as it stands there. */
  commands: list(text),
  because: list(text),
});
export type ResourceRow = v.InferOutput<typeof row>;

const group = form({ outcome, label: text, meaning: text, open: flag, rows: list(row) });
export type ResourceGroup = v.InferOutput<typeof group>;

/** `from` needs `to`. */
const dependent = form({ from: text, to: text, fromKey: text, toKey: text, detail: text });
export type DependentRow = v.InferOutput<typeof dependent>;

/** What depends in one way ("Uses it as security group"). */
const dependents = form({ label: text, rows: list(dependent) });
export type DependentGroup = v.InferOutput<typeof dependents>;

/** A node of the graph that is no resource of the preview (`stack orders`). */
const outside = form({ key: text, name: text });
export type OutsideNode = v.InferOutput<typeof outside>;

/** An edge of the graph: `from` and `to` are keys of rows or of outside nodes, `why` is the kind in words with its detail. */
const edge = form({ from: text, to: text, why: text });
export type GraphEdge = v.InferOutput<typeof edge>;

const preview = form({
  /** Changes whenever the page must draw the preview anew. */
  key: text,
  sourceLabel: text,
  sourceDetail: text,
  takenAt: text,
  headline: text,
  wayBack: text,
  counts: list(count),
  groups: list(group),
  /** Who is affected although it is not acted on, by kind of need. */
  dependents: list(dependents),
  outside: list(outside),
  edges: list(edge),
  /** What was seen, and from where we know. */
  evidence: list(form({ what: text, from: text })),
  unknowns: list(text),
  warnings: list(text),
});
export type PreviewView = v.InferOutput<typeof preview>;

/** What runs on approval in place of what was typed, because only that is what the preview showed. */
const runs = form({ command: text, explanation: text });
export type Runs = v.InferOutput<typeof runs>;

/** What the person is looking at: a held command, or the offline prediction of a file's change. */
const subject = form({
  id: text,
  kind: v.picklist(['hold', 'prediction']),
  state: v.custom<HoldState | 'prediction'>((value) => typeof value === 'string'),
  stateText: text,
  title: text,
  reason: text,
  risk,
  riskText: text,
  /** Exactly what is asked about, redacted; empty for a prediction. */
  command: text,
  /** The folder, or the file of a prediction; empty where the action has none. */
  cwd: text,
  /** Absolute path of what would run; empty for what is no argv. */
  executable: text,
  /** Set when something else runs than `command`. */
  runs: v.nullable(runs),
  fingerprint: text,
  facts: list(fact),
  status: text,
  busy: flag,
  /** A yes has to wait for the preview to end or to be cancelled. */
  canApprove: flag,
  canDecide: flag,
  canPreview: flag,
  preview: v.nullable(preview),
});
export type Subject = v.InferOutput<typeof subject>;

/** `empty` is said when there is nothing to show. */
const view = form({ holds: list(line), subject: v.nullable(subject), empty: text });
export type PanelView = v.InferOutput<typeof view>;

const hostMessage = form({ type: v.literal('view'), view });
export type HostMessage = v.InferOutput<typeof hostMessage>;

const shortText = v.pipe(text, v.maxLength(4096));
const pageMessage = v.variant('type', [
  form({ type: v.literal('ready') }),
  form({ type: v.literal('select'), id: shortText }),
  form({ type: v.literal('approve'), id: shortText, fingerprint: shortText }),
  form({ type: v.literal('deny'), id: shortText }),
  form({ type: v.literal('preview'), id: shortText, mode: v.picklist(['live', 'offline']) }),
  form({ type: v.literal('cancel'), id: shortText }),
  form({ type: v.literal('copy'), id: shortText }),
]);
export type PageMessage = v.InferOutput<typeof pageMessage>;

/** Reads a message from the host; undefined for anything that is not one. */
export function readHostMessage(value: unknown): HostMessage | undefined {
  return v.is(hostMessage, value) ? value : undefined;
}

/** Reads a message from the page; undefined for anything that is not one. A message only asks: no message decides. */
export function readPageMessage(value: unknown): PageMessage | undefined {
  return v.is(pageMessage, value) ? value : undefined;
}
