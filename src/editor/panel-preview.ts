import { OUTCOMES, type AffectedResource, type BlastRadius, type DataOutcome, type Dependency, type DependencyKind, type Outcome } from '../model';
import type { DependentGroup, GraphEdge, OutsideNode, PreviewView, ResourceGroup, ResourceRow, Trait } from './panel-protocol';
import { ACTION_WORDS, DATA_WORDS, KIND_WORDS, OUTCOME_WORDS, SOURCE_WORDS, wayBackWords } from '../preview/render/words';
import { commandsIn, downtimeWords, say } from './panel-words';

function traits(r: AffectedResource): Trait[] {
  const downtime = r.downtime && downtimeWords(r.downtime);
  const all: readonly (Trait | undefined)[] = [
    { label: 'Action', value: ACTION_WORDS[r.action], bad: r.action === 'unknown' },
    r.size ? { label: 'Holds', value: say(r.size), bad: false } : undefined,
    r.lastBackup ? { label: 'Last backup', value: say(r.lastBackup), bad: /^(?:no(?:ne|t)?|never|unknown)\b/i.test(r.lastBackup) } : undefined,
    downtime && { label: 'Service', value: downtime.text, bad: downtime.bad },
    r.downtime?.long ? { label: 'Takes long', value: say(r.downtime.long), bad: true } : undefined,
  ];
  return all.filter((t) => t !== undefined);
}

/** A resource as a row. Its key is its place in the preview: an id may hold what is redacted, and so stop being unique. */
function row(r: AffectedResource, key: string): ResourceRow {
  const wayBack = say(r.outcome === 'unchanged' || r.outcome === 'added' ? '' : wayBackWords(r.reversibility));
  const commands = commandsIn(wayBack);
  return {
    key,
    id: say(r.id),
    // People know what a program made by its construct path.
    name: say(r.path ?? (r.id.includes('/') ? r.id : r.logicalId)),
    type: say(r.type),
    physicalId: say(r.physicalId ?? ''),
    data: DATA_WORDS[r.data],
    dataBad: r.data === 'lost' || r.data === 'unknown',
    owner: say(r.stack ?? ''),
    traits: r.outcome === 'unchanged' && r.downtime === undefined && r.action === 'none' ? traits(r).slice(1) : traits(r),
    wayBack: wayBack.replaceAll('`', ''),
    commands,
    because: [...(r.replacement === 'may' ? ['It may be replaced: that is decided only when it runs.'] : []), ...r.because].map(say),
  };
}

function groupsOf(rows: readonly (readonly [Outcome, ResourceRow])[]): ResourceGroup[] {
  const byOutcome = new Map<Outcome, ResourceRow[]>(OUTCOMES.map((o) => [o, []]));
  for (const [outcome, one] of rows) byOutcome.get(outcome)?.push(one);
  return [...byOutcome].flatMap(([outcome, list]) =>
    (list.length ? [{ outcome, ...OUTCOME_WORDS[outcome], open: outcome !== 'unchanged', rows: list }] : []));
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

/** Nodes outside of the preview are written `stack:orders`, `export:table`. */
const nodeName = (id: string): string => id.replace(/^(stack|stack-set|export|import|workspace|release|namespace|account):/, '$1 ');

/** The outcomes that hurt who needs a resource. */
const HURT: ReadonlySet<Outcome> = new Set(['lost', 'replaced', 'interrupted', 'unknown', 'snapshotted', 'retained']);
/** The kinds that a template is full of: listed only where what they need is hurt. The graph has them all. */
const INNER: ReadonlySet<DependencyKind> = new Set(['reference', 'depends-on', 'nested-stack']);

/** Whether a dependency belongs in the list: what it needs is hurt, or changed, or lies outside of what was seen. */
function listed(d: Dependency, outcomes: ReadonlyMap<string, Outcome>): boolean {
  const outcome = outcomes.get(d.to);
  if (d.kind === 'export') return true;
  if (INNER.has(d.kind)) return outcome !== undefined && HURT.has(outcome);
  return outcome === undefined || (outcome !== 'unchanged' && outcome !== 'added');
}

interface Needs {
  readonly dependents: readonly DependentGroup[];
  readonly outside: readonly OutsideNode[];
  readonly edges: readonly GraphEdge[];
}

function needs(preview: BlastRadius, keys: ReadonlyMap<string, string>): Needs {
  const outcomes = new Map(preview.resources.map((r) => [r.id, r.outcome]));
  const outside = new Map<string, OutsideNode>();
  const keyOf = (id: string): string => {
    const known = keys.get(id) ?? outside.get(id)?.key;
    if (known !== undefined) return known;
    const node = { key: `o${outside.size}`, name: say(nodeName(id)) };
    outside.set(id, node);
    return node.key;
  };
  const edges: GraphEdge[] = [];
  const byKind = new Map<DependencyKind, DependentGroup['rows'][number][]>();
  for (const d of preview.dependencies) {
    const [fromKey, toKey, detail] = [keyOf(d.from), keyOf(d.to), say(d.detail)];
    edges.push({ from: fromKey, to: toKey, why: detail ? `${KIND_WORDS[d.kind].one}: ${detail}` : KIND_WORDS[d.kind].one });
    if (!listed(d, outcomes)) continue;
    const rows = byKind.get(d.kind) ?? [];
    rows.push({ from: say(nodeName(d.from)), to: say(nodeName(d.to)), fromKey, toKey, detail });
    byKind.set(d.kind, rows);
  }
  const kinds = Object.keys(KIND_WORDS) as DependencyKind[];
  return {
    dependents: kinds.flatMap((kind) => (byKind.has(kind) ? [{ label: KIND_WORDS[kind].all, rows: byKind.get(kind) ?? [] }] : [])),
    outside: [...outside.values()],
    edges,
  };
}

/** A blast radius as the page shows it: in words, redacted, what is worst first. */
export function previewView(preview: BlastRadius): PreviewView {
  const keys = new Map(preview.resources.map((r, index) => [r.id, `r${index}`]));
  const groups = groupsOf(preview.resources.map((r, index) => [r.outcome, row(r, `r${index}`)]));
  return {
    key: `${preview.digest} ${preview.takenAt}`,
    sourceLabel: SOURCE_WORDS[preview.source],
    sourceDetail: say(preview.sourceDetail),
    takenAt: preview.takenAt,
    headline: headline(preview),
    wayBack: say(wayBackWords(preview.reversibility)).replaceAll('`', ''),
    counts: groups.map((g) => ({ outcome: g.outcome, label: g.label, count: g.rows.length })),
    groups,
    ...needs(preview, keys),
    evidence: (preview.evidence ?? []).map((e) => ({ what: say(e.what), from: say(e.from) })),
    unknowns: preview.unknowns.map((one) => say(one.text)),
    warnings: preview.warnings.map(say),
  };
}
