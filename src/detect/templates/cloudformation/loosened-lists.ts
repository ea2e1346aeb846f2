import type { Loosening } from './loosening';
import { propertyAt } from './stateful-types';
import { isKnown, isList, isObject, keyOf, scalarText, type Value } from './value';

type Properties = Readonly<Record<string, Value>>;

/** Every address there is. Source: SecurityGroupIngress, CloudFormation template reference. */
const EVERYWHERE = /^(?:0\.0\.0\.0|::|0:0:0:0:0:0:0:0)\/0$/;

/** Rules that let the whole internet in and were not there before. */
export function newlyOpen(type: string, before: Properties, after: Properties): Loosening[] {
  if (type !== 'AWS::EC2::SecurityGroup' && type !== 'AWS::EC2::SecurityGroupIngress') return [];
  const rules = (properties: Properties): readonly Value[] => (type === 'AWS::EC2::SecurityGroupIngress' ? [properties] : items(properties['SecurityGroupIngress']));
  const known = new Set(rules(before).map(ruleKey));
  const wide = rules(after).filter((rule) => isObject(rule) && [rule['CidrIp'], rule['CidrIpv6']].some((cidr) => EVERYWHERE.test(scalarText(cidr) ?? '')) && !known.has(ruleKey(rule)));
  return wide.length === 0 ? [] : [{
    property: type === 'AWS::EC2::SecurityGroup' ? 'SecurityGroupIngress' : 'CidrIp', effect: 'exposure', certain: true,
    says: 'It lets the whole internet in (SecurityGroupIngress, CloudFormation template reference).',
  }];
}

/** What a rule says, whatever it is called. */
function ruleKey(rule: Value): string {
  if (!isObject(rule)) return keyOf(rule);
  return keyOf(Object.fromEntries(Object.entries(rule).filter(([name]) => name !== 'Description')));
}

/** Statements that let everybody in and were not there before. Source: IAM user guide, "AWS JSON policy elements: Principal". */
export function newlyPublic(before: Properties, after: Properties): Loosening[] {
  const found: Loosening[] = [];
  for (const [property, value] of Object.entries(after)) {
    const known = new Set(publicStatements(before[property]).map(keyOf));
    if (publicStatements(value).every((statement) => known.has(keyOf(statement)))) continue;
    found.push({ property, effect: 'exposure', certain: true, says: `${property} lets everybody in (AWS JSON policy elements: Principal, IAM user guide).` });
  }
  // A permission of a function is a statement by itself. Source: AWS::Lambda::Permission, CloudFormation template reference.
  if (scalarText(after['Principal']) === '*' && after['Action'] !== undefined && scalarText(before['Principal']) !== '*') {
    found.push({ property: 'Principal', effect: 'exposure', certain: true, says: 'Principal lets everybody in (AWS::Lambda::Permission, CloudFormation template reference).' });
  }
  return found;
}

function publicStatements(value: Value): readonly Value[] {
  const document = typeof value === 'string' && /^\s*\{/.test(value) ? parsed(value) : value;
  if (!isObject(document)) return [];
  const statements = document['Statement'];
  return (isList(statements) ? statements : [statements]).filter((one) => isObject(one) && scalarText(one['Effect']) === 'Allow' && (one['NotPrincipal'] !== undefined || everybody(one['Principal'])) && !narrowed(one['Condition']));
}

function everybody(principal: Value): boolean {
  if (scalarText(principal) === '*') return true;
  if (!isObject(principal)) return false;
  return items(principal['AWS']).some((one) => scalarText(one) === '*');
}

/** A condition that names who may: an account, an organization, an address, a network. Source: IAM user guide, "AWS global condition context keys". */
function narrowed(condition: Value): boolean {
  return isObject(condition) && Object.entries(condition).some(([operator, keys]) => !/^(?:Not|Null|Bool)|Not/.test(operator) && isObject(keys)
    && Object.entries(keys).some(([key, value]) => /^aws:(?:source|principal(?!type))|^kms:calleraccount$|^lambda:functionurlauthtype$/i.test(key) && !items(value).some((one) => /^(?:\*|0\.0\.0\.0\/0|::\/0)$/.test(scalarText(one) ?? ''))));
}

function parsed(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

/**
 * Rules of a bucket that let objects expire, and which no earlier rule did as soon. Source: AWS::S3::Bucket Rule, CloudFormation template
 * reference: ExpirationInDays, ExpirationDate, NoncurrentVersionExpiration; an incomplete upload that is given up is no object.
 */
export function newlyExpired(type: string, before: Properties, after: Properties): Loosening[] {
  if (type !== 'AWS::S3::Bucket') return [];
  const rules = (side: Properties): readonly Expiring[] => items(propertyAt(side, 'LifecycleConfiguration.Rules')).flatMap(expiring);
  const old = rules(before);
  const added = rules(after).filter((rule) => !old.some((one) => (one.scope === rule.scope || one.scope === EVERY_OBJECT) && one.current <= rule.current && one.noncurrent <= rule.noncurrent));
  return added.length === 0 ? [] : [{
    property: 'LifecycleConfiguration', effect: 'data-loss', certain: added.every((rule) => rule.certain),
    says: 'LifecycleConfiguration changes: objects are deleted after a time that did not expire before, or not as soon (AWS::S3::Bucket Rule, CloudFormation template reference).',
  }];
}

const SCOPE = ['Prefix', 'TagFilters', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan', 'ExpirationDate'];
/** A rule without any of these is for all that is in the bucket. */
const EVERY_OBJECT = SCOPE.map(() => keyOf(undefined)).join(' ');

interface Expiring { readonly scope: string; readonly current: number; readonly noncurrent: number; readonly certain: boolean }

function expiring(rule: Value): Expiring[] {
  if (!isObject(rule)) return rule === undefined ? [] : [{ scope: keyOf(rule), current: 0, noncurrent: 0, certain: false }];
  if (scalarText(rule['Status']) === 'Disabled') return [];
  const inner = rule['NoncurrentVersionExpiration'];
  const noncurrent = days(rule['NoncurrentVersionExpirationInDays'] ?? (isObject(inner) ? inner['NoncurrentDays'] : inner));
  const current = Math.min(days(rule['ExpirationInDays']), rule['ExpirationDate'] === undefined ? Infinity : 0);
  if (current === Infinity && noncurrent === Infinity) return [];
  // Which objects it is for; two rules of the same objects are compared by their days.
  const scope = SCOPE.map((name) => keyOf(rule[name] === '' ? undefined : rule[name])).join(' ');
  return [{ scope, current, noncurrent, certain: isKnown(rule) }];
}

/** A number that is not known here may be any. */
function days(value: Value): number {
  if (value === undefined) return Infinity;
  const number = Number(scalarText(value) ?? 0);
  return Number.isFinite(number) ? number : 0;
}

const items = (value: Value): readonly Value[] => (value === undefined ? [] : isList(value) ? value : [value]);
