import type { Effect } from '../../../model';
import { readTable } from '../../knowledge/load';
import { deletionPolicy, replacePolicy, type Policy } from './fate';
import { guardIsOn, guardsOf } from './guards';
import { newlyExpired, newlyOpen, newlyPublic } from './loosened-lists';
import type { Loosening } from './loosening';
import { effectiveType } from './resource-types';
import { propertyAt, statefulness } from './stateful-types';
import { isList, keyOf, scalarText, type Value } from './value';

/** A resource on one side of a change. */
export interface Side {
  readonly type: string;
  readonly properties: Readonly<Record<string, Value>>;
  readonly attributes?: Readonly<Record<string, Value>>;
}

/** How a property's change loosens something; `unset` is what counts where it is not written. */
export interface Rule {
  readonly type: string;
  readonly property: string;
  readonly rule: 'becomes' | 'leaves' | 'zero' | 'shorter' | 'gone' | 'fewer' | 'changed';
  readonly values?: readonly string[];
  readonly unset?: string;
  readonly effect: Effect;
  readonly says: string;
  readonly source: string;
}

const STRENGTH: Readonly<Record<Policy, number>> = { Delete: 0, unknown: 0, Snapshot: 1, Retain: 2 };

/**
 * What changing a resource in place takes off, opens, stops or lets expire: the one function that marks, the prediction and rows of change
 * sets go by. Nothing of it is an outcome, so that nothing else would tell of it.
 * Source: the table `cfn-guards.json`, with a source per entry; for what is in lists `loosened-lists.ts`.
 */
export function loosened(before: Side, after: Side): readonly Loosening[] {
  const type = effectiveType(after.type);
  if (effectiveType(before.type) !== type) return [];
  return [
    ...policiesLoosened(before, after),
    ...guardsOf(type).flatMap((guard): Loosening[] => {
      const [then, now] = [guardIsOn(guard, before.properties), guardIsOn(guard, after.properties)];
      if (then === false || now === true || same(before, after, guard.property)) return [];
      const says = `${guard.property} changes: it loses its ${guard.what} (${guard.source}).`;
      return [{ property: guard.property, effect: 'guard-removal', says, certain: then === true && now === false, guard: true }];
    }),
    ...looseningsOf(type).flatMap((rule): Loosening[] => {
      const holds = same(before, after, rule.property) ? false : applies(rule, propertyAt(before.properties, rule.property), propertyAt(after.properties, rule.property));
      const verb = holds === undefined ? 'changes; if so, it' : 'changes: it';
      return holds === false ? [] : [{ property: rule.property, effect: rule.effect, says: `${rule.property} ${verb} ${rule.says} (${rule.source}).`, certain: holds === true }];
    }),
    ...newlyOpen(type, before.properties, after.properties), ...newlyPublic(before.properties, after.properties), ...newlyExpired(type, before.properties, after.properties),
  ];
}

/** What something new opens that others have already: a policy that is attached to it, a rule of its group. */
export function opened(after: Side): readonly Loosening[] {
  const type = effectiveType(after.type);
  return ATTACHED.test(type) ? [...newlyOpen(type, {}, after.properties), ...newlyPublic({}, after.properties)] : [];
}

/** Source: CloudFormation template reference of each: they have no more of their own than what they are attached to. */
const ATTACHED = /^AWS::(?:S3::BucketPolicy|SQS::QueuePolicy|SNS::TopicPolicy|SecretsManager::ResourcePolicy|EC2::SecurityGroupIngress|Lambda::Permission)$/;

/** Which properties of a type can loosen something when nothing is known of their values. @param names top-level properties that change. */
export function mayLoosen(type: string, names: readonly string[]): readonly Loosening[] {
  const own = effectiveType(type);
  const first = (property: string): string => property.split(/[.[]/)[0] ?? property;
  const entries = [...guardsOf(own).map((g) => ({ property: g.property, effect: 'guard-removal' as const, what: `takes its ${g.what} off`, source: g.source })), ...looseningsOf(own).map((r) => ({ ...r, what: r.says }))];
  return entries.filter((entry) => names.includes(first(entry.property)))
    .map(({ property, effect, what, source }) => ({ property, effect, certain: false, says: `${first(property)} changes, and its values are not known here: it may be that it ${what} (${source}).` }));
}

/** Adds what was loosened to a resource of a preview. */
export function withLoosened<R extends { readonly because: readonly string[] }>(resource: R, found: readonly Loosening[]): R & { readonly effects?: readonly Effect[] } {
  if (found.length === 0) return resource;
  return { ...resource, because: [...resource.because, ...new Set(found.map((one) => one.says))], effects: [...new Set(found.map((one) => one.effect))] };
}

/** The settings of a type whose change may loosen it, besides its guards. */
export function looseningsOf(type: string): readonly Rule[] {
  return readTable<{ readonly loosenings: readonly Rule[] }>('cfn-guards.json').loosenings.filter((rule) => rule.type === type);
}

const same = (before: Side, after: Side, property: string): boolean => keyOf(propertyAt(before.properties, property)) === keyOf(propertyAt(after.properties, property));

/** Undefined: a value is not known here, and it may apply. */
function applies({ rule, values = [], unset }: Rule, before: Value, after: Value): boolean | undefined {
  const [then, now] = [before === undefined ? unset : scalarText(before), after === undefined ? unset : scalarText(after)];
  const open = (value: Value, text: string | undefined): boolean => value !== undefined && text === undefined;
  const among = (text: string | undefined): boolean => text !== undefined && values.some((one) => one.toLowerCase() === text.toLowerCase());
  switch (rule) {
    case 'becomes': return open(after, now) ? undefined : among(now) && !among(then);
    case 'leaves': return open(before, then) ? (among(now) ? false : undefined) : among(then) && (open(after, now) ? undefined : !among(now));
    case 'zero': return open(after, now) ? undefined : now !== undefined && Number(now) === 0 && !(then !== undefined && Number(then) === 0);
    case 'shorter': {
      if (open(before, then) || open(after, now)) return undefined;
      const length = (text: string | undefined): number => (text === undefined || text === 'forever' ? Infinity : Number(text));
      return length(now) < length(then);
    }
    case 'gone': return before !== undefined && after === undefined;
    case 'fewer': return isList(before) && (after === undefined || (isList(after) && after.length < before.length));
    case 'changed': return before !== undefined && after !== undefined ? true : after !== undefined;
  }
}

/** A policy of the resource's own that lets go of more than before. Only what holds data or has an identity is missed. */
function policiesLoosened(before: Side, after: Side): Loosening[] {
  if (before.attributes === undefined || after.attributes === undefined || statefulness(after.type, after.properties).tier === 'stateless') return [];
  const [then, now] = [{ ...before, attributes: before.attributes }, { ...after, attributes: after.attributes }];
  const pairs = [
    ['DeletionPolicy', deletionPolicy(then).policy, deletionPolicy(now).policy], ['UpdateReplacePolicy', replacePolicy(then.attributes).policy, replacePolicy(now.attributes).policy],
  ] as const;
  return pairs.flatMap(([name, old, next]): Loosening[] => (STRENGTH[next] >= STRENGTH[old] ? []
    : [{ property: name, effect: 'guard-removal', certain: next !== 'unknown', guard: true, says: `It loses its ${name}: ${old} (${name} attribute, CloudFormation template reference).` }]));
}
