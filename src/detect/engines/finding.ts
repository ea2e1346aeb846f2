import type { Door, Effect, Mutation, Reversibility, SaferForm, Target, TargetContext } from '../../model';
import type { Finding, Invocation, Word } from '../invocation';

/** Whose finding it is. */
export interface Subject {
  readonly invocation: Invocation;
  /** The tool's name as operations carry it (`kubectl`). */
  readonly tool: string;
  /** The first part of the operation's name (`kubernetes`). */
  readonly provider: string;
  readonly context: TargetContext;
}

/** Words as targets. A word that isn't known keeps its text in the source and says so. */
export function targetsOf(words: readonly Word[], type: string): Target[] {
  return words.map((word) => (word.value === undefined || word.multi ? { type, name: word.raw === '' ? undefined : word.raw, known: false } : { type, name: word.value, known: true }));
}

/** What the targets are called in a sentence, with a blank before it; empty when nothing names them. */
export function named(targets: readonly Target[]): string {
  const names = targets.flatMap((t) => (t.name === undefined ? [] : [t.name]));
  if (names.length === 0) return '';
  return ` ${names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')}`;
}

export interface FindingParts {
  /** Without the provider: `Delete`, `compute.instances.delete`. */
  readonly action: string;
  readonly mutation: Mutation;
  readonly reason: string;
  readonly effects?: readonly Effect[];
  readonly reversibility?: Reversibility;
  readonly targets?: readonly Target[];
  readonly unknowns?: readonly string[];
  readonly guardsOff?: readonly string[];
  readonly context?: TargetContext;
  readonly saferForm?: SaferForm | undefined;
  readonly previewDecides?: boolean;
  readonly door?: Door | undefined;
}

/** A finding of this call with the parts that are always the same filled in. */
export function found(call: Subject, parts: FindingParts): Finding {
  const targets = parts.targets ?? [];
  return {
    operation: `${call.provider}:${parts.action === '' ? 'unknown' : parts.action}`,
    tool: call.tool,
    mutation: parts.mutation,
    effects: parts.effects ?? (parts.mutation === 'unknown' ? ['unknown'] : []),
    reversibility: parts.reversibility ?? { kind: parts.mutation === 'none' || parts.mutation === 'additive' ? 'reversible' : 'unknown' },
    targets,
    context: { ...call.context, ...parts.context },
    reason: parts.reason,
    unknowns: [...targets.filter((t) => !t.known).map((t) => `the ${t.type} comes from ${t.name ?? 'something that is not known'}`), ...(parts.unknowns ?? [])],
    guardsOff: parts.guardsOff ?? [],
    ...(parts.saferForm && { saferForm: parts.saferForm }),
    ...(parts.previewDecides && { previewDecides: true }),
    ...(parts.door && { door: parts.door }),
    range: call.invocation.range,
  };
}
