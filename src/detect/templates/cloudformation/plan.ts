import type { Replacement } from '../../../model';
import { differences, usesIn, type Certainty, type Difference, type Use } from './compare';
import { effectiveType, resourceType } from './resource-types';
import type { ResolvedResource, ResolvedTemplate, Truth } from './scope';
import { propertyAt } from './stateful-types';
import { concat, isKnown, isList, isSymbolic, keyOf, symbolic, visitSymbols, type Value } from './value';

/** Why a resource changes: the property, and what it follows from. */
export interface Cause extends Difference {
  readonly replacement: Replacement;
  /** The logical id whose change is the reason, for a change that comes through a reference. */
  readonly through: string | undefined;
}

/** What happens to one logical id, before anything is said about its data. */
export interface Change {
  readonly id: string;
  readonly action: 'add' | 'modify' | 'remove' | 'unknown' | 'none';
  readonly replacement: Replacement;
  readonly before: ResolvedResource | undefined;
  readonly after: ResolvedResource | undefined;
  /** Differing properties; a type that changes is a cause of its own with no names. */
  readonly causes: readonly Cause[];
  /** Differing resource attributes (`Metadata`, `DeletionPolicy`, …). */
  readonly attributes: readonly string[];
  /** True for a nested stack that CloudFormation goes into although nothing about it differs here. */
  readonly automatic: boolean;
}

const WORSE: readonly Replacement[] = ['no', 'may', 'yes'];
export const worseReplacement = (a: Replacement, b: Replacement): Replacement => (WORSE.indexOf(a) >= WORSE.indexOf(b) ? a : b);

/**
 * Attributes of a resource that an update in place can change, by name. All others are fixed with the physical resource, so a
 * reference to them only changes when it is replaced.
 */
const VOLATILE = /version|revision|stream|(^|\.)(public|private)?ip|address$|port$|status|state$|publicdns|etag|hash|digest|value|output|time|date|count/i;

/** Every logical id of both templates with what happens to it; those that stay as they are have action `none`. */
export function planUpdate(before: ResolvedTemplate, after: ResolvedTemplate): Map<string, Change> {
  const changes = new Map<string, Change>();
  for (const [id, old] of before.resources) if (!after.resources.has(id)) changes.set(id, gone(old));
  const uses = new Map<string, readonly Use[]>();
  for (const [id, resource] of after.resources) uses.set(id, usesIn(resource.properties));
  for (const id of inOrderOfUse(after.resources, uses)) {
    const resource = after.resources.get(id);
    if (resource !== undefined) changes.set(id, planOne(before.resources.get(id), resource, uses.get(id) ?? [], before, after, changes));
  }
  return changes;
}

function gone(old: ResolvedResource): Change {
  const exists = !old.exists.known || old.exists.value;
  return { id: old.id, action: exists ? 'remove' : 'none', replacement: 'no', before: old, after: undefined, causes: [], attributes: [], automatic: false };
}

function planOne(
  old: ResolvedResource | undefined, resource: ResolvedResource, uses: readonly Use[],
  before: ResolvedTemplate, after: ResolvedTemplate, changes: ReadonlyMap<string, Change>,
): Change {
  const id = resource.id;
  const is = presence(old?.exists, resource.exists);
  const plain = { id, before: old, after: resource, causes: [], attributes: [], automatic: false } as const;
  if (is !== 'both') return { ...plain, action: is, replacement: is === 'unknown' && old !== undefined ? 'may' : 'no' };
  if (old === undefined) return { ...plain, action: 'add', replacement: 'no' };
  if (old.type !== resource.type) {
    const sameWhenTransformed = effectiveType(old.type) === effectiveType(resource.type);
    const cause: Cause = { names: [], path: [], certain: true, replacement: sameWhenTransformed ? 'may' : 'yes', through: undefined };
    return { ...plain, action: 'modify', replacement: cause.replacement, causes: [cause] };
  }
  const type = resourceType(resource.type);
  const direct = differences(old.properties, resource.properties, certaintyIn(before, after, changes));
  const causes: Cause[] = direct.map((difference) => ({
    ...difference, through: undefined, replacement: weigh(type.replacement(difference.names), difference.certain),
  }));
  const changed = new Set(direct.map((difference) => difference.path.join('\u0000')));
  for (const use of uses) {
    const target = changes.get(use.id);
    if (target === undefined || changed.has(use.path.join('\u0000')) || !reaches(use, target, before, after)) continue;
    changed.add(use.path.join('\u0000'));
    causes.push({ names: use.names, path: use.path, certain: false, through: use.id, replacement: weigh(type.replacement(use.names), false) });
  }
  const attributes = [...new Set([...Object.keys(old.attributes), ...Object.keys(resource.attributes)])]
    .filter((name) => keyOf(old.attributes[name]) !== keyOf(resource.attributes[name]));
  const automatic = causes.length === 0 && attributes.length === 0 && effectiveType(resource.type) === 'AWS::CloudFormation::Stack';
  return {
    ...plain, causes, attributes, automatic,
    action: causes.length > 0 || attributes.length > 0 ? 'modify' : 'none',
    replacement: causes.reduce<Replacement>((worst, cause) => worseReplacement(worst, cause.replacement), 'no'),
  };
}

/** Where AWS must look something up to know the new value, a certain replacement is only a possible one. */
function weigh(replacement: Replacement, certain: boolean): Replacement {
  return replacement === 'yes' && !certain ? 'may' : replacement;
}

function presence(before: Truth | undefined, after: Truth): 'add' | 'remove' | 'both' | 'none' | 'unknown' {
  if (before === undefined) return after.known ? (after.value ? 'add' : 'none') : 'unknown';
  if (before.known && after.known) return before.value ? (after.value ? 'both' : 'remove') : after.value ? 'add' : 'none';
  if (!before.known && !after.known && before.key === after.key) return 'both';
  return 'unknown';
}

/**
 * An order in which everything comes after what it refers to; without recursion, for chains of any length.
 * References in a circle (CloudFormation refuses them) come last in the order of the template.
 */
function inOrderOfUse(resources: ReadonlyMap<string, ResolvedResource>, uses: ReadonlyMap<string, readonly Use[]>): string[] {
  const waiting = new Map<string, number>();
  const users = new Map<string, string[]>();
  for (const id of resources.keys()) {
    const targets = new Set((uses.get(id) ?? []).map((use) => use.id));
    let open = 0;
    for (const target of targets) {
      if (target === id || !resources.has(target)) continue;
      open++;
      const list = users.get(target);
      if (list === undefined) users.set(target, [id]);
      else list.push(id);
    }
    waiting.set(id, open);
  }
  const order = [...resources.keys()].filter((id) => waiting.get(id) === 0);
  for (let i = 0; i < order.length; i++) {
    for (const user of users.get(order[i] ?? '') ?? []) {
      const open = (waiting.get(user) ?? 0) - 1;
      waiting.set(user, open);
      if (open === 0) order.push(user);
    }
  }
  if (order.length < resources.size) {
    const done = new Set(order);
    for (const id of resources.keys()) if (!done.has(id)) order.push(id);
  }
  return order;
}

/** Whether a change of the target gives the reference another value. */
function reaches(use: Use, target: Change, before: ResolvedTemplate, after: ResolvedTemplate): boolean {
  if (target.action === 'none' || target.action === 'remove') return false;
  if (target.action !== 'modify') return true;
  if (target.replacement !== 'no') {
    const [old, now] = [knownValue(use, before), knownValue(use, after)];
    return old === undefined || now === undefined || keyOf(old) !== keyOf(now);
  }
  if (use.attribute === undefined) return false;
  const attribute = use.attribute.split('.');
  const touched = target.causes.some((cause) => attribute.every((part, i) => cause.names[i] === undefined || cause.names[i] === part) && cause.names.length > 0);
  if (touched) return true;
  const resource = target.after;
  if (resource === undefined || target.causes.length === 0) return false;
  if (propertyAt(resource.properties, use.attribute) !== undefined) return false;
  const type = resourceType(resource.type);
  return !type.known || resource.type === 'AWS::CloudFormation::Stack' || (!type.identifier.includes(use.attribute) && VOLATILE.test(use.attribute));
}

/** What a reference is worth when the resource's own properties say so. */
function knownValue(use: { readonly id: string; readonly attribute: string | undefined }, template: ResolvedTemplate): Value {
  const resource = template.resources.get(use.id);
  if (resource === undefined) return undefined;
  const property = use.attribute ?? resourceType(resource.type).reference;
  const value = property === undefined ? undefined : propertyAt(resource.properties, property);
  return isKnown(value) ? value : undefined;
}

/** Puts known property values in the place of references, one step deep. */
function settle(value: Value, template: ResolvedTemplate): Value {
  if (isList(value)) return value.map((item) => settle(item, template));
  if (!isSymbolic(value)) return value;
  switch (value.sym) {
    case 'ref': return knownValue({ id: value.id, attribute: undefined }, template) ?? value;
    case 'att': {
      const type = template.resources.get(value.id)?.type;
      // `GetAtt` of what `Ref` gives is the same value.
      const same = type !== undefined && resourceType(type).reference === value.attribute;
      return knownValue(value, template) ?? (same ? symbolic({ sym: 'ref', id: value.id }) : value);
    }
    case 'concat': return concat(value.parts.map((part) => settle(part, template)));
    default: return value;
  }
}

function certaintyIn(before: ResolvedTemplate, after: ResolvedTemplate, changes: ReadonlyMap<string, Change>): Certainty {
  return (a, b) => {
    const [old, now] = [settle(a, before), settle(b, after)];
    if (keyOf(old) === keyOf(now)) return 'same';
    let open = false;
    visitSymbols(old, (leaf) => { open ||= leaf.sym === 'outside'; });
    visitSymbols(now, (leaf) => {
      if (leaf.sym === 'outside') open = true;
      else if (leaf.sym === 'ref' || leaf.sym === 'att') {
        const change = changes.get(leaf.id);
        // A resource that is new, or gets a new identity, has a value that nobody knows before.
        open ||= change === undefined || change.action === 'add' || change.action === 'unknown' || change.replacement !== 'no';
      }
    });
    return open ? 'open' : 'differs';
  };
}
