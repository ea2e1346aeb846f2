import { readTable } from '../../knowledge/load';
import type { Reversibility } from '../../../model';
import { effectiveType, resourceType } from './resource-types';
import { isObject, scalarText, type Value } from './value';

export type Tier = 'irrecoverable' | 'recoverable' | 'identity-breaking' | 'stateless' | 'nested' | 'unknown';

interface Entry {
  readonly tier: Tier;
  readonly how: string;
  readonly until?: string;
  readonly snapshot?: boolean;
  readonly blocks?: string;
  readonly when?: readonly { readonly property: string; readonly is: string; readonly tier: Tier; readonly how: string; readonly until?: string }[];
  readonly source: string;
}

/** What is lost with a resource, and the way back. */
export interface Statefulness {
  readonly tier: Tier;
  /** True when there is data that can be lost, kept or snapshotted. */
  readonly holdsData: boolean;
  /** Whether the policies take `Snapshot` for it. */
  readonly snapshot: boolean;
  /** When the deletion goes through. */
  readonly afterDeletion: Reversibility;
  /** What can keep a deletion from succeeding, where only the account knows. */
  readonly blocks: string | undefined;
  readonly source: string;
}

/**
 * The statefulness of a resource with these properties.
 * Source: the table `stateful-types.json`, with a source per entry; a type that no schema knows is `unknown`.
 */
export function statefulness(type: string, properties: Readonly<Record<string, Value>>): Statefulness {
  const table = readTable<{ readonly types: Readonly<Record<string, Entry>> }>('stateful-types.json').types;
  const name = effectiveType(type);
  const entry = Object.hasOwn(table, name) ? table[name] : undefined;
  if (entry === undefined) {
    const known = resourceType(type).known;
    return {
      tier: known ? 'stateless' : 'unknown', holdsData: false, snapshot: false, blocks: undefined,
      afterDeletion: known
        ? { kind: 'recoverable', how: 'Deploy the template that has it again; it gets a new identity.', until: 'the template is lost' }
        : { kind: 'unknown', how: `What deleting a ${type} does is up to its provider: ask its owner.` },
      source: known ? 'not in the list of types that hold data' : 'no resource schema is known',
    };
  }
  const special = entry.when?.find((rule) => matches(propertyAt(properties, rule.property), rule.is));
  const { tier, how, until } = special ?? entry;
  return {
    tier, snapshot: entry.snapshot === true && tier !== 'identity-breaking', blocks: entry.blocks, source: entry.source,
    holdsData: tier === 'irrecoverable' || tier === 'recoverable',
    afterDeletion: tier === 'nested' ? { kind: 'unknown', how }
      : tier === 'recoverable' ? { kind: 'recoverable', how, until }
        : { kind: 'irreversible', how },
  };
}

function matches(value: Value, is: string): boolean {
  return is === 'set' ? value !== undefined : scalarText(value)?.toLowerCase() === is;
}

/** The value at a dotted path of property names; `List[key]` takes the `Value` of the list's item with that `Key`. */
export function propertyAt(properties: Readonly<Record<string, Value>>, path: string): Value {
  let at: Value = properties;
  for (const part of path.split(/\.(?![^[]*\])/)) {
    if (!isObject(at)) return undefined;
    const keyed: RegExpExecArray | null = /^(.+)\[(.+)\]$/.exec(part);
    if (keyed === null) at = at[part];
    else {
      const list: Value = at[keyed[1] ?? ''];
      const item = Array.isArray(list) ? (list as readonly Value[]).find((one) => isObject(one) && scalarText(one['Key']) === keyed[2]) : undefined;
      at = isObject(item) ? item['Value'] : undefined;
    }
  }
  return at;
}
