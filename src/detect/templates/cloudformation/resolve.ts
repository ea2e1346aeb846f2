import { createHash } from 'node:crypto';
import { expandForEach, MAX_LOOP_TEXT, type LoopBudget } from './for-each';
import { callFunction } from './functions';
import { parametersOf } from './parameters';
import { withGlobals } from './sam-generated';
import { asObject, concat, isKnown, isList, isSymbolic, keyOf, scalarText, symbolic, type Plain, type PlainObject, type Value } from './value';

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
  readonly unknowns: readonly string[];
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

const TRUE: Truth = { known: true, value: true };
const ATTRIBUTES = ['DeletionPolicy', 'UpdateReplacePolicy', 'Metadata', 'CreationPolicy', 'UpdatePolicy'] as const;
/** Conditions name each other; a longer chain than this is a cycle or a joke. */
const MAX_CONDITION_DEPTH = 400;

/** Works out a template with the given parameters. Pure; `given` holds only values that were really given. */
export function resolveTemplate(template: PlainObject, given: ReadonlyMap<string, string>, place: Place): ResolvedTemplate {
  const parameters = parametersOf(template, given);
  const unknowns = new Set<string>();
  const used = new Set<string>();
  const transforms = new Set<string>(transformNames(template['Transform']));
  const mappings = asObject(template['Mappings']) ?? {};
  const truths = new Map<string, Truth>();
  const budget: LoopBudget = { left: MAX_LOOP_TEXT };
  let depth = 0;

  const scope: Scope = {
    place,
    resolve,
    reference: (name) => {
      if (parameters.values.has(name)) {
        used.add(name);
        return parameters.values.get(name);
      }
      if (name.startsWith('AWS::')) return pseudo(name, place);
      return symbolic({ sym: 'ref', id: name });
    },
    attribute: (id, attribute) => symbolic({ sym: 'att', id, attribute }),
    condition,
    mapping: (map) => asObject(mappings[map]),
    transform: (name) => transforms.add(name),
  };

  function resolve(node: Plain): Value {
    if (typeof node === 'string') return node.includes('{{resolve:') ? dynamicReference(node) : node;
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node)) return (node as readonly Plain[]).map(resolve).filter((item) => item !== undefined);
    let object = node as PlainObject;
    let keys = Object.keys(object);
    const only = keys.length === 1 ? keys[0] : undefined;
    if (only !== undefined && (only === 'Ref' || only === 'Condition' || only.startsWith('Fn::'))) {
      const called = callFunction(only, object[only] ?? null, scope);
      if (called !== null) return called.value;
    }
    if (keys.some((key) => key.startsWith('Fn::ForEach::'))) {
      object = expandForEach(object, listItems, (loop) => unknowns.add(`The loop ${loop} goes over a list that is not known here.`), budget);
      keys = Object.keys(object);
    }
    const result: Record<string, Value> = {};
    for (const key of keys) {
      const value = key === 'Fn::Transform' ? callFunction(key, object[key] ?? null, scope)?.value : resolve(object[key] ?? null);
      if (value !== undefined) result[key] = value;
    }
    return result;
  }

  function condition(name: string): Truth {
    const known = truths.get(name);
    if (known !== undefined) return known;
    const declared = asObject(template['Conditions'])?.[name];
    if (declared === undefined || depth >= MAX_CONDITION_DEPTH) return { known: false, key: `condition ${name}` };
    truths.set(name, { known: false, key: `condition ${name}` });
    depth++;
    const truth = truthOf(resolve(declared));
    depth--;
    truths.set(name, truth);
    return truth;
  }

  const listItems = (collection: Plain): readonly string[] | undefined => {
    const list = resolve(collection);
    if (!isList(list) || !isKnown(list)) return undefined;
    return list.map((item) => scalarText(item) ?? '');
  };

  const resources = new Map<string, ResolvedResource>();
  const globals = template['Globals'] === undefined ? undefined : resolve(template['Globals']);
  const declaredResources = expandForEach(asObject(template['Resources']) ?? {}, listItems, (loop) => {
    unknowns.add(`The loop ${loop} makes resources from a list that is not known here; they are not in this preview.`);
  }, budget);
  for (const [id, declaration] of Object.entries(declaredResources)) {
    if (id === 'Fn::Transform') {
      scope.resolve({ [id]: declaration });
      continue;
    }
    const resource = asObject(declaration);
    const type = resource?.['Type'];
    if (resource === undefined || typeof type !== 'string') {
      if (resource?.['Fn::Transform'] !== undefined) resolve({ 'Fn::Transform': resource['Fn::Transform'] });
      else unknowns.add(`${id} has no resource type; CloudFormation would refuse the template.`);
      continue;
    }
    const exists = typeof resource['Condition'] === 'string' ? condition(resource['Condition']) : TRUE;
    const properties = resolve(resource['Properties'] ?? {});
    const plain = typeof properties === 'object' && properties !== null && !isList(properties) && !isSymbolic(properties) ? properties : {};
    const attributes: Record<string, Value> = {};
    for (const name of ATTRIBUTES) if (resource[name] !== undefined) attributes[name] = resolve(resource[name]);
    resources.set(id, {
      id, type, exists,
      properties: globals === undefined ? plain : withGlobals(type, plain, globals),
      attributes,
      dependsOn: names(resource['DependsOn']),
    });
  }

  const exports = Object.entries(asObject(template['Outputs']) ?? {}).flatMap(([output, declaration]) => {
    const declared = asObject(declaration);
    const name = asObject(declared?.['Export'])?.['Name'];
    if (declared === undefined || name === undefined) return [];
    const on = declared['Condition'];
    const exists = typeof on === 'string' ? condition(on) : TRUE;
    return exists.known && !exists.value ? [] : [{ output, name: resolve(name), value: resolve(declared['Value'] ?? null) }];
  });
  return {
    resources, exports, transforms: [...transforms], unknowns: [...unknowns],
    missingParameters: parameters.missing, lookedUpParameters: parameters.lookedUp.filter((name) => used.has(name)),
  };
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

function names(value: Plain | undefined): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
}

/** Names of the transforms in a `Transform` section or `Fn::Transform` value. */
export function transformNames(value: Plain | undefined): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return (value as readonly Plain[]).flatMap(transformNames);
  const name = asObject(value)?.['Name'];
  return typeof name === 'string' ? [name] : [];
}

function pseudo(name: string, place: Place): Value {
  const partition = place.partition ?? (place.region === undefined ? 'aws' : partitionOf(place.region));
  switch (name) {
    case 'AWS::NoValue': return undefined;
    case 'AWS::Region': return place.region ?? symbolic({ sym: 'pseudo', name });
    case 'AWS::AccountId': return place.account ?? symbolic({ sym: 'pseudo', name });
    case 'AWS::StackName': return place.stackName ?? symbolic({ sym: 'pseudo', name });
    case 'AWS::Partition': return partition;
    case 'AWS::URLSuffix': return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    default: return symbolic({ sym: 'pseudo', name });
  }
}

function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** `{{resolve:…}}` stays what is written: CloudFormation looks it up only when it touches the resource. */
function dynamicReference(text: string): Value {
  const parts = text.split(/(\{\{resolve:[^}]*\}\})/);
  return concat(parts.map((part) => (part.startsWith('{{resolve:')
    ? symbolic({ sym: 'outside', key: part, what: `the dynamic reference to ${part.split(':')[1] ?? 'a service'}` })
    : part)));
}
