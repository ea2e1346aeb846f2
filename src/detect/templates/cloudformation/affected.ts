import type { AffectedResource } from '../../../model';
import { withDowntime } from './downtime';
import { deletionPolicy, fateOfKept, fateOfRemoved, fateOfReplaced, replacePolicy } from './fate';
import { interruptionOf, type Interruption } from './guards';
import { loosened, opened, withLoosened } from './loosened';
import type { Cause, Change } from './plan';
import { effectiveType } from './resource-types';
import { isObject, scalarText, type Value } from './value';

/** True for what an update leaves alone. A nested stack is never quite that: CloudFormation goes into it on every update. */
export function unchanged(change: Change): boolean {
  return change.action === 'none' && !change.automatic;
}

/** A change with the fate of the resource and its data; undefined when nothing happens to it. */
export function affected(change: Change, imported = false): AffectedResource | undefined {
  const resource = fated(change, imported);
  return resource === undefined ? undefined : { ...withDowntime(resource, interruption(change)), ...placeOf(change.after ?? change.before) };
}

/** The CDK notes the construct in the template's metadata. Source: "Constructs and the construct tree", AWS CDK Developer Guide (`aws:cdk:path`). */
export function placeOf(resource: { readonly attributes: Readonly<Record<string, Value>> } | undefined): { readonly path?: string } {
  const metadata = resource?.attributes['Metadata'];
  const path = isObject(metadata) ? scalarText(metadata['aws:cdk:path']) : undefined;
  return path === undefined ? {} : { path };
}

/** What the properties that change interrupt. */
function interruption(change: Change): Interruption | undefined {
  return interruptionOf((change.after ?? change.before)?.type ?? '', change.causes.map((cause) => cause.names[0] ?? ''));
}

function fated(change: Change, imported: boolean): AffectedResource | undefined {
  if (unchanged(change)) return undefined;
  const resource = change.after ?? change.before;
  if (resource === undefined) return undefined;
  const same = { id: change.id, logicalId: change.id, type: resource.type };
  switch (change.action) {
    case 'add':
      return withLoosened<AffectedResource>({
        ...same, action: imported ? 'import' : 'add', replacement: 'no', outcome: 'added', data: imported ? fateOfKept(resource, undefined).data : 'none',
        reversibility: { kind: 'reversible', how: 'Take it out of the template again.' },
        because: [imported ? 'It is imported into the stack as it stands.' : change.before === undefined ? 'It is new in the template.' : 'Its condition becomes true.'],
      }, imported ? [] : opened(resource));
    case 'remove': {
      const old = change.before ?? resource;
      const { policy, because } = deletionPolicy(old);
      const fate = fateOfRemoved(old, policy);
      const why = change.after === undefined ? 'It is no longer in the template.' : 'Its condition becomes false.';
      return { ...same, type: old.type, action: 'remove', replacement: 'no', outcome: fate.outcome, data: fate.data, reversibility: fate.reversibility, because: [why, because, ...fate.because] };
    }
    case 'unknown':
      return {
        ...same, action: 'unknown', replacement: change.replacement, outcome: 'unknown', data: change.before === undefined ? 'none' : 'unknown',
        reversibility: { kind: 'unknown', how: 'Give the parameters that its condition depends on.' },
        because: ['Whether it exists after the update depends on a condition that is not known here.'],
      };
    case 'modify':
    case 'none': {
      const reasons = sentences(change);
      const old = change.before ?? resource;
      const found = change.before === undefined || change.after === undefined ? [] : loosened(change.before, change.after);
      if (change.replacement !== 'no') {
        const { policy, because } = replacePolicy((change.after ?? resource).attributes);
        const fate = fateOfReplaced(old, policy, change.replacement === 'yes');
        return withLoosened<AffectedResource>({ ...same, action: 'modify', replacement: change.replacement, outcome: fate.outcome, data: fate.data, reversibility: fate.reversibility, because: [...reasons, because, ...fate.because] }, found);
      }
      const interrupts = interruption(change);
      const fate = fateOfKept(resource, interrupts && `The change ${interrupts.what} (${interrupts.source}).`);
      return withLoosened<AffectedResource>({ ...same, action: 'modify', replacement: 'no', outcome: fate.outcome, data: fate.data, reversibility: fate.reversibility, because: [...reasons, ...fate.because] }, found);
    }
  }
}

/** Why it changes: one sentence a property, the gravest first. */
function sentences(change: Change): string[] {
  const resource = change.after ?? change.before;
  const type = resource?.type ?? '';
  if (change.automatic) return ['It is a nested stack: CloudFormation updates it with its parent, because its template may have changed.'];
  const rank = { yes: 0, may: 1, no: 2 };
  const seen = new Set<string>();
  const causes = [...change.causes].sort((a, b) => rank[a.replacement] - rank[b.replacement]);
  const found = causes.map((cause) => sentence(cause, change, type)).filter((text) => !seen.has(text) && seen.add(text));
  return [...found.slice(0, 12), ...change.attributes.map((name) => `${name} changes; the resource itself is left alone.`)];
}

function sentence(cause: Cause, change: Change, type: string): string {
  const name = cause.names.join('.');
  if (cause.names.length === 0) return `Its type changes from ${change.before?.type ?? 'another'} to ${type}.`;
  const what = cause.through === undefined ? `${name} changes` : `${name} refers to ${cause.through}, which changes`;
  const source = `(resource schema of ${effectiveType(type)})`;
  switch (cause.replacement) {
    case 'yes': return `${what}: requires replacement ${source}.`;
    case 'may': return cause.certain ? `${what}: may require replacement ${source}.` : `${what}: requires replacement if its value comes out different ${source}.`;
    case 'no': return `${what}: updated in place ${source}.`;
  }
}
