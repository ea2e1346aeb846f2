import type { Unknown } from '../../../model';
import { createHash } from 'node:crypto';
import { asObject, keyOf, scalarText, type Plain, type PlainObject, type Value } from './value';

/** What is known about where the stack runs. Everything that is not given stays symbolic. */
export interface Place {
  readonly region?: string;
  readonly account?: string;
  readonly partition?: string;
  readonly stackName?: string;
}

/** A condition's value; unknown ones carry a key, so that the same question on both sides is the same unknown. */
export type Truth = { readonly known: true; readonly value: boolean } | { readonly known: false; readonly key: string };

/** A resource as CloudFormation would see it after functions, parameters and conditions. */
export interface ResolvedResource {
  readonly id: string;
  readonly type: string;
  readonly exists: Truth;
  readonly properties: Readonly<Record<string, Value>>;
  /** DeletionPolicy, UpdateReplacePolicy, Metadata, CreationPolicy, UpdatePolicy. */
  readonly attributes: Readonly<Record<string, Value>>;
  readonly dependsOn: readonly string[];
  /** True when a transform makes it and the template does not have it. */
  readonly generated?: boolean;
}

export interface ResolvedTemplate {
  readonly resources: ReadonlyMap<string, ResolvedResource>;
  /** Export name (a key where it is symbolic) to the value exported. */
  readonly exports: readonly { readonly output: string; readonly name: Value; readonly value: Value }[];
  readonly missingParameters: readonly string[];
  /** Those that AWS looks up and that a resource, a condition or an export depends on: the CDK has one that only its own rule reads. */
  readonly lookedUpParameters: readonly string[];
  /** Names of macros and transforms, at the top or inside. */
  readonly transforms: readonly string[];
  /** Sentences about what could not be worked out. */
  readonly unknowns: readonly Unknown[];
}

/** What functions need from the template around them. */
export interface Scope {
  readonly resolve: (node: Plain) => Value;
  readonly reference: (name: string) => Value;
  readonly attribute: (id: string, attribute: string) => Value;
  readonly condition: (name: string) => Truth;
  readonly mapping: (map: string) => PlainObject | undefined;
  readonly place: Place;
  readonly transform: (name: string) => void;
}

/** The truth of a resolved condition: conditions resolve to booleans, unknown ones to symbolic nodes. */
export function truthOf(value: Value): Truth {
  if (value === true || value === false) return { known: true, value };
  const text = scalarText(value);
  if (text === 'true' || text === 'false') return { known: true, value: text === 'true' };
  return { known: false, key: shortKey(keyOf(value)) };
}

/** Conditions that name each other twice would double their keys at every step: a long key gives way to its digest. */
function shortKey(key: string): string {
  return key.length <= 400 ? key : createHash('sha256').update(key).digest('hex');
}

/** Names of the transforms in a `Transform` section or `Fn::Transform` value. */
export function transformNames(value: Plain | undefined): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return (value as readonly Plain[]).flatMap(transformNames);
  const name = asObject(value)?.['Name'];
  return typeof name === 'string' ? [name] : [];
}
