import {
  OUTCOMES, type AffectedResource, type BlastRadius, type DataOutcome, type Hold, type HoldState, type Operation, type Outcome,
  type Reversibility, type Risk,
} from '../model';
import { redact, redactArgv } from '../model/redact';
import type { DependentRow, Fact, HoldLine, PanelView, PreviewView, ResourceGroup, ResourceRow, Subject } from './panel-protocol';

/** A prediction for a file, shown without a hold: nothing waits, so there is nothing to decide. */
export interface Prediction {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly risk: Risk;
  readonly file: string;
  readonly preview: BlastRadius;
}

const OUTCOME_WORDS: Readonly<Record<Outcome, { label: string; meaning: string }>> = {
  lost: { label: 'Lost', meaning: 'Deleted, with the data in it.' },
  replaced: { label: 'Replaced', meaning: 'A new one is made and the old one is deleted.' },
  interrupted: { label: 'Interrupted', meaning: 'Stays, but is not available while the change runs.' },
  unknown: { label: 'Unknown', meaning: 'What happens to these could not be seen. Count them as lost.' },
  snapshotted: { label: 'Snapshotted', meaning: 'Deleted after a snapshot of the data is taken.' },
  retained: { label: 'Retained', meaning: 'Stays as it is, but is no longer managed by the stack.' },
  modified: { label: 'Modified', meaning: 'Changed in place.' },
  added: { label: 'Added', meaning: 'New.' },
  unchanged: { label: 'Unchanged', meaning: 'Nothing happens to these.' },
};

const DATA_WORDS: Readonly<Record<DataOutcome, string>> = {
  lost: 'data is lost',
  snapshotted: 'snapshot kept',
  orphaned: 'left behind, unmanaged',
  kept: 'data is kept',
  none: 'holds no data',
  unknown: 'data: unknown',
};

const STATE_WORDS: Readonly<Record<HoldState, string>> = {
  previewing: 'Held. The preview is running',
  pending: 'Held. Waiting for your decision',
  approved: 'Approved. It runs in its terminal',
  denied: 'Denied. It did not run',
  moved: 'Held again: something changed after the approval',
  cancelled: 'Cancelled in its terminal. It did not run',
  expired: 'Expired. It did not run',
  abandoned: 'Not run: the window that held it was closed',
};

const SOURCE_WORDS: Readonly<Record<BlastRadius['source'], string>> = {
  'change-set': 'Change set (dry run by CloudFormation)',
  plan: 'Plan (dry run by the tool, kept for the run)',
  'dry-run': 'Dry run by the tool',
  'live-reads': 'Live reads',
  offline: 'Offline prediction, made without asking the cloud',
};

export const isWaiting = (hold: Hold): boolean => hold.state === 'pending' || hold.state === 'previewing';

/** A control or direction-changing character could make a command look like another one: shown as its code. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, (c) =>
    `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A text as it may be shown: without secrets, and looking like what it is. */
export const say = (text: string): string => visible(redact(text));

/** An argv as a line that a shell would read as the same words. */
export function commandLine(argv: readonly string[]): string {
  return argv.map((a) => (/^[\w@%+=:,./-]+$/.test(a) ? a : `'${a.replaceAll("'", "'\\''")}'`)).join(' ');
}

/** The operation that a person should think of first: the one that destroys, else the first. */
export function mainOperation(operations: readonly Operation[]): Operation | undefined {
  const weight = { destructive: 4, unknown: 3, modifying: 2, additive: 1, none: 0 };
  return [...operations].sort((a, b) => weight[b.mutation] - weight[a.mutation])[0];
}

/** The name a person types to approve: the target's own, or the operation's when the target is not known. */
export function nameToType(hold: Hold): string {
  const operation = mainOperation(hold.operations);
  const target = operation?.targets.find((t) => t.known && t.name !== undefined && t.name.trim() !== '');
  return target?.name ?? operation?.operation ?? hold.command.argv[0] ?? hold.id;
}

/** "Delete stack payments-prod" from `cloudformation:DeleteStack` and its target. */
export function operationTitle(operations: readonly Operation[]): string {
  const operation = mainOperation(operations);
  if (!operation) return 'A command';
  const action = operation.operation.slice(operation.operation.indexOf(':') + 1);
  const words = action.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2').split(' ')
    .map((w, i) => (/^[A-Z0-9]{2,}s?$/.test(w) ? w : i === 0 ? w.charAt(0).toUpperCase() + w.slice(1) : w.toLowerCase()));
  const known = operation.targets.filter((t) => t.name !== undefined);
  const first = known[0]?.name;
  const names = first === undefined ? '' : known.length > 1 ? ` ${first} and ${known.length - 1} more` : ` ${first}`;
  const more = operations.filter((o) => o.mutation !== 'none').length - 1;
  return `${words.join(' ')}${names}${more > 0 ? ` (and ${more} more ${more === 1 ? 'operation' : 'operations'})` : ''}`;
}

export function wayBackWords(r: Reversibility): string {
  const tail = `${r.how ? `: ${r.how}` : ''}${r.until ? ` (until ${r.until})` : ''}`;
  switch (r.kind) {
    case 'reversible': return `can be undone${tail}`;
    case 'recoverable': return `recoverable${tail}`;
    case 'irreversible': {
      const how = r.how?.replace(/^There is none: /, '');
      return how ? `cannot be undone. ${how.charAt(0).toUpperCase()}${how.slice(1)}` : 'cannot be undone';
    }
    case 'unknown': return `way back unknown${tail}`;
  }
}

function row(r: AffectedResource): ResourceRow {
  return {
    id: say(r.id),
    name: say(r.id.includes('/') ? r.id : r.logicalId),
    type: say(r.type),
    physicalId: say(r.physicalId ?? ''),
    data: DATA_WORDS[r.data],
    dataBad: r.data === 'lost' || r.data === 'unknown',
    wayBack: say(r.outcome === 'unchanged' || r.outcome === 'added' ? '' : wayBackWords(r.reversibility)),
    because: [...(r.replacement === 'may' ? ['It may be replaced: CloudFormation decides when it runs.'] : []), ...r.because].map(say),
  };
}

function groupsOf(preview: BlastRadius): ResourceGroup[] {
  return OUTCOMES.flatMap((outcome) => {
    const rows = preview.resources.filter((r) => r.outcome === outcome).map((r) => row(r));
    return rows.length ? [{ outcome, ...OUTCOME_WORDS[outcome], open: outcome !== 'unchanged', rows }] : [];
  });
}

/** What a person must know first, in one line; says so when nothing is known. */
export function headline(preview: BlastRadius): string {
  const touched = preview.resources.filter((r) => r.outcome !== 'unchanged');
  if (touched.length === 0) return preview.unknowns.length ? 'What it would take down is unknown' : 'Nothing changes';
  const data = (kind: DataOutcome): number => touched.filter((r) => r.data === kind).length;
  const [lost, unknown] = [data('lost'), data('unknown')];
  const words = [...(lost ? [`data lost in ${lost}`] : []), ...(unknown ? [`data unknown in ${unknown}`] : [])];
  return [`${touched.length} ${touched.length === 1 ? 'resource' : 'resources'} affected`, ...(words.length ? words : ['no data lost'])].join(', ');
}

/** Nodes outside of the stack are written `stack:orders`, `export:table`. */
const nodeName = (id: string): string => id.replace(/^(stack|export|import):/, '$1 ');

const HURT: ReadonlySet<Outcome> = new Set(['lost', 'replaced', 'interrupted', 'unknown', 'snapshotted', 'retained']);

function dependents(preview: BlastRadius): { importers: DependentRow[]; references: DependentRow[] } {
  const hurt = new Set(preview.resources.filter((r) => HURT.has(r.outcome)).map((r) => r.id));
  const rows = (exports: boolean, all: boolean): DependentRow[] =>
    preview.dependencies.filter((d) => (d.kind === 'export') === exports && (all || hurt.has(d.to)))
      .map((d) => ({ from: say(nodeName(d.from)), to: say(nodeName(d.to)), detail: say(d.detail) }));
  return { importers: rows(true, true), references: rows(false, false) };
}

export function previewView(preview: BlastRadius): PreviewView {
  const groups = groupsOf(preview);
  return {
    key: `${preview.digest} ${preview.takenAt}`,
    sourceLabel: SOURCE_WORDS[preview.source],
    sourceDetail: say(preview.sourceDetail),
    takenAt: preview.takenAt,
    headline: headline(preview),
    wayBack: say(wayBackWords(preview.reversibility)),
    counts: groups.map((g) => ({ outcome: g.outcome, label: g.label, count: g.rows.length })),
    groups,
    ...dependents(preview),
    unknowns: preview.unknowns.map(say),
    warnings: preview.warnings.map(say),
  };
}

/** A verdict's reason begins with the operation's, which stands in large print already. */
const ruleDetail = (reason: string, said: string | undefined): string =>
  (said && reason.startsWith(said) ? reason.slice(said.length).trim() : reason);

const CONFIDENCE = { certain: 'certain', likely: 'likely', guess: 'a guess' } as const;

function facts(hold: Hold): Fact[] {
  const operation = mainOperation(hold.operations);
  const context = { ...operation?.context, ...hold.preview?.context };
  const kind = { human: 'a person', agent: 'an AI agent', unknown: 'unknown whether agent or person' }[hold.actor.kind];
  const environment = hold.verdict.environment;
  const more: Fact[] = [
    ...(context.profile ? [{ label: 'Profile', value: context.profile, detail: '' }] : []),
    ...(context.endpoint ? [{ label: 'Endpoint', value: context.endpoint, detail: '' }] : []),
    ...Object.entries(context.other ?? {}).map(([label, value]) => ({ label, value, detail: '' })),
  ];
  return [
    { label: 'Who asks', value: hold.actor.name || 'unknown', detail: [`${kind}, ${CONFIDENCE[hold.actor.confidence]}`, ...hold.actor.evidence].join(' · ') },
    { label: 'Account', value: context.account ?? 'unknown', detail: '' },
    { label: 'Region', value: context.region ?? 'unknown', detail: '' },
    { label: 'Environment', value: environment?.name ?? 'unknown', detail: environment?.because ?? 'no environment in the rules matches' },
    ...more,
    { label: 'Rule', value: `${hold.verdict.rule} says ${hold.verdict.kind}`, detail: ruleDetail(hold.verdict.reason, operation?.reason) },
    ...(operation?.guardsOff.length ? [{ label: 'Guards taken off', value: operation.guardsOff.join(' '), detail: '' }] : []),
    ...hold.inputs.map((i) => ({ label: 'Reads', value: i.path, detail: i.sha256 ? `sha256 ${i.sha256.slice(0, 12)}…` : 'could not be read' })),
    ...(hold.decisionReason ? [{ label: 'Decision', value: hold.decisionReason, detail: '' }] : []),
  ];
}

function holdSubject(hold: Hold): Subject {
  const operation = mainOperation(hold.operations);
  const missing = [...new Set(hold.operations.flatMap((o) => o.unknowns))];
  const reason = [operation?.reason ?? hold.verdict.reason, ...missing.map((u) => `Not known: ${u}.`)].join(' ');
  return {
    id: hold.id,
    kind: 'hold',
    state: hold.state,
    stateText: STATE_WORDS[hold.state],
    title: say(operationTitle(hold.operations)),
    reason: say(reason),
    risk: hold.verdict.risk,
    riskText: `${hold.verdict.risk} risk`,
    command: visible(commandLine(redactArgv(hold.command.argv))),
    cwd: say(hold.command.cwd),
    executable: say(hold.command.executable),
    fingerprint: hold.fingerprint,
    facts: facts(hold).map((f) => ({ label: say(f.label), value: say(f.value), detail: say(f.detail) })),
    status: say(hold.previewStatus),
    busy: hold.state === 'previewing',
    canApprove: hold.state === 'pending',
    canDecide: isWaiting(hold),
    canPreview: hold.state === 'pending',
    preview: hold.preview ? previewView(hold.preview) : null,
  };
}

function predictionSubject(p: Prediction): Subject {
  return {
    id: p.id, kind: 'prediction', state: 'prediction', stateText: 'Offline prediction. Nothing is running',
    title: say(p.title), reason: say(p.reason), risk: p.risk, riskText: p.risk === 'none' ? 'no risk found' : `${p.risk} risk`,
    command: '', cwd: say(p.file), executable: '', fingerprint: '',
    facts: [
      { label: 'File', value: say(p.file), detail: 'A file does not say where it will be deployed: account and region are not known here.' },
    ],
    status: '', busy: false, canApprove: false, canDecide: false, canPreview: false, preview: previewView(p.preview),
  };
}

/** A line for lists: of the panel, of the status bar's tooltip, of the quick pick. */
export function holdLine(hold: Hold, selected = false): HoldLine {
  return {
    id: hold.id, title: say(operationTitle(hold.operations)), risk: hold.verdict.risk, stateText: STATE_WORDS[hold.state],
    waiting: isWaiting(hold), selected,
  };
}

/**
 * What the panel shows.
 * @param holds newest first.
 * @param chosen the hold's or prediction's id; when it is gone, the newest hold that waits stands in.
 */
export function panelView(holds: readonly Hold[], prediction: Prediction | undefined, chosen: string | undefined): PanelView {
  const hold = holds.find((h) => h.id === chosen);
  const subject = hold ? holdSubject(hold)
    : prediction && prediction.id === chosen ? predictionSubject(prediction)
    : undefined;
  const fallback = subject ? undefined : holds.find(isWaiting) ?? holds[0];
  const shown = subject ?? (fallback ? holdSubject(fallback) : null);
  return {
    // Those that wait stand first; each kind stays newest first.
    holds: [...holds.filter(isWaiting), ...holds.filter((h) => !isWaiting(h))].map((h) => holdLine(h, h.id === shown?.id)),
    subject: shown,
    empty: 'Nothing is held. A destructive command that is run in a terminal of this window stops here first.',
  };
}

/** The same as text, for a ticket or a chat. */
export function asText(subject: Subject): string {
  const preview = subject.preview;
  return [
    `${subject.title} (${subject.riskText})`,
    subject.stateText,
    subject.reason,
    ...(subject.command ? ['', `  ${subject.command}`, `  in ${subject.cwd}`] : []),
    '',
    ...subject.facts.map((f) => `${f.label}: ${f.value}${f.detail ? ` (${f.detail})` : ''}`),
    ...(preview
      ? [
          '', `${preview.headline}. As a whole: ${preview.wayBack}.`, `Source: ${preview.sourceLabel}. ${preview.sourceDetail} ${preview.takenAt}`,
          ...preview.groups.filter((g) => g.outcome !== 'unchanged').flatMap((g) => [
            '', `${g.label} (${g.rows.length})`,
            ...g.rows.map((r) => `  ${[r.name, r.type, r.physicalId, r.data, r.wayBack].filter(Boolean).join(' | ')}`),
          ]),
          ...section('Stacks that import from it', preview.importers.map((d) => d.detail)),
          ...section('References inside the stack', preview.references.map((d) => `${d.from} needs ${d.to}: ${d.detail}`)),
          ...section('Unknown', preview.unknowns),
          ...section('Warnings', preview.warnings),
        ]
      : ['', subject.status]),
    '',
  ].join('\n');
}

const section = (title: string, lines: readonly string[]): string[] => (lines.length ? ['', title, ...lines.map((l) => `  ${l}`)] : []);
