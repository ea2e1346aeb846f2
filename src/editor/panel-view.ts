import { folderOf, mainOperation, type BlastRadius, type Hold, type Input, type Operation, type Risk } from '../model';
import { redactArgv } from '../model/redact';
import { actionText, redactionOf } from '../model/redact/action';
import { manyLines, oneLine, visible } from '../model/visible';
import { previewView } from './panel-preview';
import type { Fact, HoldLine, PanelView, PreviewView, Runs, Subject } from './panel-protocol';
import { commandLine, say, STATE_WORDS } from './panel-words';

/** A prediction for a file, shown without a hold: nothing waits, so there is nothing to decide. */
export interface Prediction {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly risk: Risk;
  readonly file: string;
  readonly preview: BlastRadius;
}

export const isWaiting = (hold: Hold): boolean => hold.state === 'pending' || hold.state === 'previewing';

/** "Delete stack payments-prod" from `cloudformation:DeleteStack` and its target. */
export function operationTitle(operations: readonly Operation[]): string {
  const operation = mainOperation(operations);
  if (!operation) return 'A command';
  const action = operation.operation.slice(operation.operation.indexOf(':') + 1);
  const words = action.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2').split(' ')
    .map((w, i) => (/^[A-Z0-9]{2,}s?$/.test(w) ? w : i === 0 ? w.charAt(0).toUpperCase() + w.slice(1) : w.toLowerCase()));
  const known = operation.targets.filter((t) => t.name !== undefined);
  const first = known[0]?.name;
  const kind = known.length === 1 && operation.operation.startsWith('kubernetes:') && /^[a-z]+$/i.test(known[0]?.type ?? '') && known[0]?.type !== 'resource' ? ` ${known[0]?.type}` : '';
  // "Apply" alone says nothing: these are known by their tool.
  const tool = first === undefined && /^(?:terraform|opentofu|pulumi|cdk|sam|helm)$/.test(operation.operation.split(':')[0] ?? '') ? `${capital(operation.tool)} ` : '';
  const names = first === undefined ? '' : known.length > 1 ? ` ${first} and ${known.length - 1} more` : ` ${first}`;
  const more = operations.filter((o) => o.mutation !== 'none').length - 1;
  return `${tool}${tool === '' ? words.join(' ') : words.join(' ').toLowerCase()}${kind}${names}${more > 0 ? ` (and ${more} more ${more === 1 ? 'operation' : 'operations'})` : ''}`;
}

/** A verdict's reason begins with the operation's, which stands in large print already. */
const ruleDetail = (reason: string, said: string | undefined): string =>
  (said && reason.startsWith(said) ? reason.slice(said.length).trim() : reason);

const CONFIDENCE = { certain: 'certain', likely: 'likely', guess: 'a guess' } as const;

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Tools whose commands always go to an account and a region: not to know them is worth saying. */
const IN_AWS: ReadonlySet<string> = new Set(['aws', 'awslocal', 'cdk', 'sam']);
const SHOWN_INPUTS = 5;

function facts(hold: Hold): Fact[] {
  const operation = mainOperation(hold.operations);
  const context = { ...operation?.context, ...hold.preview?.context };
  const inAws = operation === undefined || IN_AWS.has(operation.tool);
  const kind = { human: 'a person', agent: 'an AI agent', unknown: 'unknown whether agent or person' }[hold.actor.kind];
  const environment = hold.verdict.environment;
  const more: Fact[] = [
    ...(context.profile ? [{ label: 'Profile', value: context.profile, detail: '' }] : []),
    ...(context.endpoint ? [{ label: 'Endpoint', value: context.endpoint, detail: '' }] : []),
    ...Object.entries(context.other ?? {}).map(([label, value]) => ({ label: capital(label), value, detail: '' })),
  ];
  return [
    { label: 'Who asks', value: hold.actor.name || 'unknown', detail: [`${kind}, ${CONFIDENCE[hold.actor.confidence]}`, ...hold.actor.evidence].join(' · ') },
    ...(context.account !== undefined || inAws ? [{ label: 'Account', value: context.account ?? 'unknown', detail: '' }] : []),
    ...(context.region !== undefined || inAws ? [{ label: 'Region', value: context.region ?? 'unknown', detail: '' }] : []),
    { label: 'Environment', value: environment?.name ?? 'unknown', detail: environment?.because ?? 'no environment in the rules matches' },
    ...more,
    { label: 'Rule', value: `${hold.verdict.rule} says ${hold.verdict.kind}`, detail: ruleDetail(hold.verdict.reason, operation?.reason) },
    ...(operation?.guardsOff.length ? [{ label: 'Guards taken off', value: operation.guardsOff.join(' '), detail: '' }] : []),
    ...inputFacts(hold.inputs),
    ...(hold.kept ?? []).map((k) => ({ label: 'Saved before', value: k.path, detail: k.what })),
    ...(hold.decisionReason ? [{ label: 'Decision', value: hold.decisionReason, detail: '' }] : []),
  ];
}

/** What there is of an input besides its path. */
function inputDetail({ kind, sha256 }: Input): string {
  if (kind === 'closed') return 'you may not read it';
  if (kind === 'large') return 'too large to be read';
  if (kind === 'unbound') return 'can be read only once, so it is not known';
  if (sha256 === undefined) return 'could not be read';
  return `${kind === 'folder' ? 'a folder, by its names: ' : ''}sha256 ${sha256.slice(0, 12)}…`;
}

/** The files that count for the yes. Those that are looked for and are not there are one line: they count too, and hide nothing else. */
function inputFacts(inputs: readonly Input[]): Fact[] {
  const there = inputs.filter(({ kind }) => kind !== 'missing');
  const missing = inputs.filter(({ kind }) => kind === 'missing').map((i) => i.path);
  const rest = there.length - SHOWN_INPUTS;
  return [
    ...there.slice(0, SHOWN_INPUTS).map((i) => ({ label: 'Reads', value: i.path, detail: inputDetail(i) })),
    ...(rest > 0 ? [{ label: 'Reads', value: `and ${rest} more files`, detail: 'all of them belong to the approval' }] : []),
    ...(missing.length > 0
      ? [{
        label: 'Looked for and not there', value: missing.length === 1 ? '1 file' : `${missing.length} files`,
        detail: [...missing.slice(0, SHOWN_INPUTS), ...(missing.length > SHOWN_INPUTS ? ['…'] : [])].join(' · '),
      }]
      : []),
  ];
}

/** What is said of a hold never repeats a secret of its action, whoever says it. */
function sayOf(hold: Hold): (text: string) => string {
  const hide = redactionOf(hold.action);
  return (text) => oneLine(hide(text));
}

/** What runs instead, where the preview prepared it. */
function runs(hold: Hold): Runs | null {
  // The same words, held to their files, are no other command.
  if (!hold.prepared || (hold.action.kind === 'argv' && commandLine(hold.prepared.argv) === commandLine(hold.action.argv))) return null;
  return { command: visible(commandLine(redactArgv(hold.prepared.argv))), explanation: say(hold.prepared.explanation) };
}

function holdSubject(hold: Hold): Subject {
  const say = sayOf(hold);
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
    command: (hold.action.kind === 'text' ? manyLines : visible)(actionText(hold.action)),
    cwd: say(folderOf(hold.action)),
    executable: hold.action.kind === 'argv' ? say(hold.action.executable) : '',
    runs: runs(hold),
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
  const offline = p.preview.source === 'offline';
  return {
    id: p.id, kind: 'prediction', state: 'prediction', stateText: offline ? 'Offline prediction. Nothing is running' : 'Previewed just now. Nothing is running',
    title: say(p.title), reason: say(p.reason), risk: p.risk, riskText: p.risk === 'none' ? 'no risk found' : `${p.risk} risk`,
    command: '', cwd: say(p.file), executable: '', runs: null, fingerprint: '',
    facts: [
      { label: 'File', value: say(p.file), detail: offline ? 'A file does not say where it will be deployed: account and region are not known here.' : '' },
      ...(p.preview.context.account === undefined ? [] : [{ label: 'Account', value: say(p.preview.context.account), detail: '' }]),
      ...Object.entries(p.preview.context.other ?? {}).map(([label, value]) => ({ label: say(capital(label)), value: say(value), detail: '' })),
    ],
    status: '', busy: false, canApprove: false, canDecide: false, canPreview: false, preview: previewView(p.preview),
  };
}

/** A line for lists: of the panel, of the status bar's tooltip, of the quick pick. */
export function holdLine(hold: Hold, selected = false): HoldLine {
  return {
    id: hold.id, title: sayOf(hold)(operationTitle(hold.operations)), risk: hold.verdict.risk, stateText: STATE_WORDS[hold.state],
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

/** The same as text, for a ticket or a chat: everything, whatever the page has drawn. */
export function asText(subject: Subject): string {
  const { preview, runs: instead } = subject;
  return [
    `${subject.title} (${subject.riskText})`,
    subject.stateText,
    subject.reason,
    ...(subject.command ? ['', `  ${subject.command}`, ...(subject.cwd ? [`  in ${subject.cwd}`] : [])] : []),
    ...(instead ? [`What runs: ${instead.command}`, `  ${instead.explanation}`] : []),
    '',
    ...subject.facts.map((f) => `${f.label}: ${f.value}${f.detail ? ` (${f.detail})` : ''}`),
    ...(preview ? previewText(preview) : ['', subject.status]),
    '',
  ].join('\n');
}

function previewText(preview: PreviewView): string[] {
  return [
    '', `${preview.headline}. As a whole: ${preview.wayBack}.`, `Source: ${preview.sourceLabel}. ${preview.sourceDetail} ${preview.takenAt}`,
    ...section('What could not be seen', preview.unknowns),
    ...section('Worth knowing', preview.warnings),
    ...preview.groups.filter((g) => g.outcome !== 'unchanged').flatMap((g) => [
      '', `${g.label} (${g.rows.length})`,
      ...g.rows.map((r) => `  ${[r.name, r.type, r.physicalId, r.data, ...r.traits.map((t) => `${t.label}: ${t.value}`), r.wayBack].filter(Boolean).join(' | ')}`),
    ]),
    ...preview.dependents.flatMap((group) => section(group.label, group.rows.map((d) => `${d.from} needs ${d.to}: ${d.detail}`))),
    ...section('How we know', preview.evidence.map((e) => `${e.what}: ${e.from}`)),
  ];
}

const section = (title: string, lines: readonly string[]): string[] => (lines.length ? ['', title, ...lines.map((l) => `  ${l}`)] : []);
