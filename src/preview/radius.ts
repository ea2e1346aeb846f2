import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { eachOnce, type AffectedResource, type BlastRadius, type Dependency, type Evidence, type PreviewSource, type Reversibility, type ReversibilityKind, type TargetContext, type Unknown } from '../model';

/** The parts of a blast radius that a preview gathers; the rest follows from them. */
export interface Gathered {
  readonly source: PreviewSource;
  readonly sourceDetail: string;
  readonly evidence?: readonly Evidence[];
  readonly context: TargetContext;
  readonly stack?: string;
  readonly resources: readonly AffectedResource[];
  readonly dependencies: readonly Dependency[];
  readonly unknowns: readonly Unknown[];
  readonly warnings: readonly string[];
  readonly stateDigest?: string;
  /** Of an operation without resources to tell it from. */
  readonly reversibility?: Reversibility;
}

/** Puts a blast radius together: sorts what has no order, computes digest and reversibility. */
export function blastRadius(gathered: Gathered, now: Date = new Date()): BlastRadius {
  const resources = [...gathered.resources].sort(by((r) => r.id));
  const dependencies = [...gathered.dependencies].sort(by((d) => `${d.from}\u0000${d.to}\u0000${d.kind}\u0000${d.detail}`));
  return {
    source: gathered.source,
    sourceDetail: gathered.sourceDetail,
    ...(gathered.evidence === undefined || gathered.evidence.length === 0 ? {} : { evidence: gathered.evidence }),
    context: gathered.context,
    ...(gathered.stack === undefined ? {} : { stack: gathered.stack }),
    resources,
    dependencies,
    reversibility: gathered.reversibility ?? worst(resources.map((r) => r.reversibility)),
    unknowns: eachOnce(gathered.unknowns),
    warnings: [...new Set(gathered.warnings)],
    digest: digestOf({ resources, dependencies }),
    ...(gathered.stateDigest === undefined ? {} : { stateDigest: gathered.stateDigest }),
    takenAt: now.toISOString(),
  };
}

/** SHA-256 (hex) over the canonical JSON (RFC 8785) of plain data. */
export function digestOf(data: unknown): string {
  return createHash('sha256').update(canonicalize(JSON.parse(JSON.stringify(data))) ?? '').digest('hex');
}

const WORST_FIRST: readonly ReversibilityKind[] = ['irreversible', 'unknown', 'recoverable', 'reversible'];

/** The worst of several; nothing to undo is reversible. */
export function worst(all: readonly Reversibility[]): Reversibility {
  for (const kind of WORST_FIRST) {
    const found = all.find((one) => one.kind === kind);
    if (found) return found;
  }
  return { kind: 'reversible' };
}

function by<T>(key: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
}
