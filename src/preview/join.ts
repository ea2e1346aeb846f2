import { notKnown, type BlastRadius, type Dependency, type Unknown } from '../model';
import { blastRadius, digestOf, type Gathered } from './radius';

/** One stack's part of a preview that is about several. */
export interface Part {
  /** What its resources' ids begin with; unique among the parts. */
  readonly name: string;
  readonly radius: BlastRadius;
}

const UNCHECKED = 'Not all of these stacks could be read, so whether they change between this preview and the run is not checked.';
const OUTSIDE = /^(?:export|import|stack):/;
/** From the source that knows least to the one that knows most: the whole is only as good as its weakest part. */
const WEAKEST_FIRST: readonly BlastRadius['source'][] = ['offline', 'live-reads', 'plan', 'dry-run', 'change-set'];

/**
 * Joins the blast radii of several stacks into one: ids get the stack's name in front, sentences too.
 * @param whole what is said about all of them together.
 */
export function joinRadii(parts: readonly Part[], whole: Pick<Gathered, 'sourceDetail' | 'context' | 'unknowns' | 'warnings'>): BlastRadius {
  const one = parts.length === 1;
  const said = (name: string, sentences: readonly string[]): string[] => (one ? [...sentences] : sentences.map((sentence) => `${name}: ${sentence}`));
  const unseen = (name: string, all: readonly Unknown[]): readonly Unknown[] => (one ? all : all.map(({ kind, subject, text }) => notKnown(kind, `${name}/${subject}`, `${name}: ${text}`)));
  const dependencies = parts.flatMap(({ name, radius }) => {
    const inPart = (id: string): string => (OUTSIDE.test(id) ? id : `${name}/${id}`);
    return radius.dependencies.map((d): Dependency => ({ ...d, from: inPart(d.from), to: inPart(d.to) }));
  });
  const states = parts.map(({ name, radius }) => [name, radius.stateDigest ?? null]);
  return blastRadius({
    ...whole,
    source: WEAKEST_FIRST.find((source) => parts.some(({ radius }) => radius.source === source)) ?? 'offline',
    ...(one && parts[0]?.radius.stack !== undefined ? { stack: parts[0].radius.stack } : {}),
    evidence: parts.flatMap(({ name, radius }) => [{ what: name, from: radius.sourceDetail }, ...(radius.evidence ?? []).map((one) => ({ ...one, what: `${name}: ${one.what}` }))]),
    resources: parts.flatMap(({ name, radius }) => radius.resources.map((resource) => ({ ...resource, id: `${name}/${resource.id}` }))),
    dependencies: [...dependencies, ...acrossParts(dependencies)],
    unknowns: [...whole.unknowns, ...(states.some(([, state]) => state === null) && states.some(([, state]) => state !== null) ? [notKnown('binding', 'the stacks', UNCHECKED)] : []), ...parts.flatMap(({ name, radius }) => unseen(name, radius.unknowns))],
    warnings: [...whole.warnings, ...parts.flatMap(({ name, radius }) => said(name, radius.warnings))],
    ...(states.every(([, state]) => state !== null) && states.length > 0 ? { stateDigest: digestOf(states) } : {}),
  });
}

/** Where one part imports what another exports, the resources themselves belong together. */
function acrossParts(dependencies: readonly Dependency[]): Dependency[] {
  const exported = new Map<string, string[]>();
  for (const { from, to, kind } of dependencies) {
    if (kind === 'export' && from.startsWith('export:')) exported.set(from.slice('export:'.length), [...(exported.get(from.slice('export:'.length)) ?? []), to]);
  }
  return dependencies.filter((d) => d.kind === 'export' && d.to.startsWith('import:')).flatMap((d) => {
    const name = d.to.slice('import:'.length);
    return (exported.get(name) ?? []).map((to): Dependency => ({ from: d.from, to, kind: 'export', detail: `${d.from} imports ${name}, which ${to} exports` }));
  });
}
