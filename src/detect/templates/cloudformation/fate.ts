import type { DataOutcome, Outcome, Reversibility } from '../../../model';
import { statefulness } from './stateful-types';
import { scalarText, type Value } from './value';

/** What a policy makes of a resource that goes. */
export type Policy = 'Delete' | 'Retain' | 'Snapshot' | 'unknown';

export interface Fate {
  readonly outcome: Outcome;
  readonly data: DataOutcome;
  readonly reversibility: Reversibility;
  readonly because: readonly string[];
}

interface Going {
  readonly type: string;
  readonly properties: Readonly<Record<string, Value>>;
  readonly attributes: Readonly<Record<string, Value>>;
}

const DELETION_POLICY_PAGE = 'DeletionPolicy attribute, CloudFormation template reference';
const REPLACE_POLICY_PAGE = 'UpdateReplacePolicy attribute, CloudFormation template reference';

/**
 * The policy for a resource that leaves its stack: what is written, else the default, which is Snapshot for an RDS cluster
 * and for an RDS instance outside of a cluster. Source: DeletionPolicy attribute, CloudFormation template reference.
 */
export function deletionPolicy(resource: Going): { readonly policy: Policy; readonly because: string } {
  const written = resource.attributes['DeletionPolicy'];
  if (written !== undefined) return { policy: asPolicy(written), because: `DeletionPolicy is ${named(written)} in the deployed template (${DELETION_POLICY_PAGE}).` };
  const snapshots = resource.type === 'AWS::RDS::DBCluster' || (resource.type === 'AWS::RDS::DBInstance' && resource.properties['DBClusterIdentifier'] === undefined);
  return snapshots
    ? { policy: 'Snapshot', because: `No DeletionPolicy is set; the default for ${resource.type} is Snapshot (${DELETION_POLICY_PAGE}).` }
    : { policy: 'Delete', because: `No DeletionPolicy is set; the default is Delete (${DELETION_POLICY_PAGE}).` };
}

/** The policy for the old resource of a replacement; there is no default but Delete. Source: UpdateReplacePolicy attribute, same reference. */
export function replacePolicy(attributes: Going['attributes']): { readonly policy: Policy; readonly because: string } {
  const written = attributes['UpdateReplacePolicy'];
  return written === undefined
    ? { policy: 'Delete', because: `No UpdateReplacePolicy is set, so the old resource is deleted (${REPLACE_POLICY_PAGE}).` }
    : { policy: asPolicy(written), because: `UpdateReplacePolicy is ${named(written)} (${REPLACE_POLICY_PAGE}).` };
}

/** `RetainExceptOnCreate` deletes only what the failing create itself made; a resource that stands is retained. */
function asPolicy(value: Value): Policy {
  switch (scalarText(value)) {
    case 'Delete': return 'Delete';
    case 'Retain':
    case 'RetainExceptOnCreate': return 'Retain';
    case 'Snapshot': return 'Snapshot';
    default: return 'unknown';
  }
}

function named(value: Value): string {
  return scalarText(value) ?? 'not known here';
}

/** What happens to a resource that is deleted from its stack. */
export function fateOfRemoved(resource: Going, policy: Policy): Fate {
  const state = statefulness(resource.type, resource.properties);
  const source = `Source: ${state.source}.`;
  if (policy === 'Retain') {
    return {
      outcome: 'retained', data: state.tier === 'stateless' || state.tier === 'identity-breaking' ? 'none' : 'orphaned',
      reversibility: { kind: 'recoverable', how: 'It stays in the account without a stack; import it again with a change set of type IMPORT.', until: 'somebody deletes it by hand' },
      because: ['It stays in the account, but no stack owns it any more.'],
    };
  }
  if (policy === 'unknown') {
    return { outcome: 'unknown', data: state.tier === 'stateless' ? 'none' : 'unknown', reversibility: { kind: 'unknown', how: 'Give the parameter that the policy depends on.' }, because: ['Its deletion policy is not known here.'] };
  }
  if (policy === 'Snapshot' && state.snapshot) {
    return {
      outcome: 'snapshotted', data: 'snapshotted',
      reversibility: { kind: 'recoverable', how: state.afterDeletion.how?.replace(', if one was made', ' that the deletion makes'), until: 'that snapshot is deleted' },
      because: [`A snapshot is taken before it is deleted. ${source}`],
    };
  }
  if (state.tier === 'unknown' || state.tier === 'nested') {
    const what = state.tier === 'nested' ? 'It is a nested stack: what is in it is deleted as its own template says.' : `What ${resource.type} holds is not known: confirm with its owner.`;
    return { outcome: 'unknown', data: 'unknown', reversibility: state.afterDeletion, because: [what] };
  }
  return {
    outcome: 'lost', data: state.holdsData ? 'lost' : 'none', reversibility: state.afterDeletion,
    because: [state.holdsData ? `It holds data, which goes with it. ${source}`
      : state.tier === 'identity-breaking' ? `It holds no data of its own, but what refers to it by name or address breaks. ${source}`
        : 'It holds no data.'],
  };
}

/** What happens to the old resource when a new one takes its place, or may. */
export function fateOfReplaced(resource: Going, policy: Policy, certain: boolean): Fate {
  const old = fateOfRemoved(resource, policy);
  const state = statefulness(resource.type, resource.properties);
  if (state.tier === 'unknown' || state.tier === 'nested') {
    return { ...old, outcome: 'unknown', data: 'unknown', because: old.because };
  }
  const data: DataOutcome = old.data;
  const may = certain ? '' : 'If it is replaced: ';
  return { ...old, outcome: 'replaced', data, because: old.because.map((sentence) => `${may}${sentence}`) };
}

/** What happens to a resource that is changed where it stands. */
export function fateOfKept(resource: Going, interruption: string | undefined): Fate {
  const state = statefulness(resource.type, resource.properties);
  const data: DataOutcome = state.tier === 'stateless' ? 'none' : state.tier === 'unknown' || state.tier === 'nested' ? 'unknown' : state.holdsData ? 'kept' : 'none';
  const unknown = state.tier === 'unknown' || state.tier === 'nested';
  return {
    outcome: unknown ? 'unknown' : interruption === undefined ? 'modified' : 'interrupted', data,
    reversibility: unknown
      ? { kind: 'unknown', how: state.tier === 'nested' ? 'Preview the nested template too.' : `What a change to a ${resource.type} does is up to its provider.` }
      : { kind: 'reversible', how: 'Deploy the earlier template and parameters again.' },
    because: interruption === undefined ? [] : [interruption],
  };
}
