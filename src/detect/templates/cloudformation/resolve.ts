import { eachOnce, notKnown, type Unknown } from '../../../model';
import { expandForEach, MAX_LOOP_TEXT, type LoopBudget } from './for-each';
import { callFunction } from './functions';
import { parametersOf } from './parameters';
import { withGlobals } from './sam-generated';
import { transformNames, truthOf, type Place, type ResolvedResource, type ResolvedTemplate, type Scope, type Truth } from './scope';
import { asObject, concat, isKnown, isList, isSymbolic, scalarText, symbolic, type Plain, type PlainObject, type Value } from './value';

const TRUE: Truth = { known: true, value: true };
const ATTRIBUTES = ['DeletionPolicy', 'UpdateReplacePolicy', 'Metadata', 'CreationPolicy', 'UpdatePolicy'] as const;
/** Conditions name each other; a longer chain than this is a cycle or a joke. */
const MAX_CONDITION_DEPTH = 400;

/** Works out a template with the given parameters. Pure; `given` holds only values that were really given. */
export function resolveTemplate(template: PlainObject, given: ReadonlyMap<string, string>, place: Place): ResolvedTemplate {
  const parameters = parametersOf(template, given);
  const unknowns: Unknown[] = [];
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
      object = expandForEach(object, listItems, (loop) => unknowns.push(notKnown('value', loop, `The loop ${loop} goes over a list that is not known here.`)), budget);
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
    unknowns.push(notKnown('value', loop, `The loop ${loop} makes resources from a list that is not known here; they are not in this preview.`));
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
      else unknowns.push(notKnown('input', id, `${id} has no resource type; CloudFormation would refuse the template.`));
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
    resources, exports, transforms: [...transforms], unknowns: eachOnce(unknowns),
    missingParameters: parameters.missing, lookedUpParameters: parameters.lookedUp.filter((name) => used.has(name)),
  };
}

function names(value: Plain | undefined): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
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
