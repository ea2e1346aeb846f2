import { newlyPublic } from '../../../detect/templates/cloudformation/loosened-lists';
import { isObject as isMap, isList, keyOf, scalarText, type Value } from '../../../detect/templates/cloudformation/value';
import type { Found } from './by-name';
import { isObject, type Leaf } from './leaves';

/**
 * What the new text of a policy lets in, and what of it no longer forbids. Source: IAM user guide, "IAM JSON policy elements
 * reference"; Google Cloud, "Policy".
 */
export function policyLoosened(leaf: Leaf): Found[] {
  const found = (effect: Found['effect'], what: string): Found[] => [{ path: leaf.path, effect, sentence: `${leaf.path} ${what}` }];
  const then = document(leaf.then);
  if (leaf.fresh) return then === undefined ? [] : found('unknown', 'comes only with the apply: what it allows then is not known.');
  const now = document(leaf.now);
  if (now === undefined)
    return then !== undefined && denials(then).length > 0 && leaf.now === undefined
      ? found('guard-removal', 'is taken out: what it forbade is forbidden no more.')
      : [];
  const [before, after] = [{ policy: then as Value }, { policy: now as Value }];
  return [
    ...(newlyPublic(before, after).length > 0 || publicMembers(now).some((one) => !publicMembers(then).includes(one))
      ? found('exposure', 'lets everybody in.')
      : []),
    ...(everything(now).some((one) => !everything(then).includes(one))
      ? found('exposure', 'allows every action on every resource.')
      : []),
    ...(then !== undefined && !denials(then).every((old) => denials(now).some((one) => forbidsAsMuch(old, one)))
      ? found('guard-removal', 'no longer forbids all that it forbade.')
      : []),
  ];
}

/** A policy document, from its text. */
function document(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'string' || !/^\s*\{/.test(value)) return undefined;
  try {
    const read: unknown = JSON.parse(value);
    return isObject(read) && (read['Statement'] !== undefined || Array.isArray(read['bindings'])) ? read : undefined;
  } catch {
    return undefined;
  }
}

const items = (value: Value): readonly Value[] => (value === undefined ? [] : isList(value) ? value : [value]);
type Statement = Readonly<Record<string, Value>>;
const statements = (policy: unknown): readonly Statement[] => (isObject(policy) ? items(policy['Statement'] as Value).filter(isMap) : []);
const denials = (policy: unknown): readonly Statement[] => statements(policy).filter((one) => scalarText(one['Effect']) === 'Deny');
const wild = (value: Value): boolean => /^[*:]*\*[*:]*$/.test(scalarText(value) ?? '');
const all = (one: Statement, name: string): boolean => one[`Not${name}`] !== undefined || items(one[name]).some(wild);

/** Statements that allow everything, of policies that stand with who may. */
function everything(policy: unknown): string[] {
  return statements(policy)
    .filter(
      (one) =>
        scalarText(one['Effect']) === 'Allow' &&
        one['Principal'] === undefined &&
        one['NotPrincipal'] === undefined &&
        one['Condition'] === undefined &&
        all(one, 'Action') &&
        all(one, 'Resource'),
    )
    .map(() => 'everything');
}

function publicMembers(policy: unknown): string[] {
  const bindings = isObject(policy) && Array.isArray(policy['bindings']) ? (policy['bindings'] as readonly unknown[]) : [];
  return bindings.flatMap((one) =>
    isObject(one) && Array.isArray(one['members'])
      ? (one['members'] as readonly unknown[])
          .filter((m) => m === 'allUsers' || m === 'allAuthenticatedUsers')
          .map((m) => `${String(m)} ${String(one['role'])}`)
      : [],
  );
}

/** Whether a statement forbids all that another did: as many actions and resources, for the same callers, under the same condition. */
function forbidsAsMuch(old: Statement, one: Statement): boolean {
  const covers = (name: string): boolean => {
    if (old[`Not${name}`] !== undefined || one[`Not${name}`] !== undefined)
      return keyOf(old[`Not${name}`]) === keyOf(one[`Not${name}`]) && keyOf(old[name]) === keyOf(one[name]);
    const now = items(one[name]);
    return now.some(wild) || items(old[name]).every((value) => now.some((other) => keyOf(other) === keyOf(value)));
  };
  return (
    covers('Action') &&
    covers('Resource') &&
    keyOf(old['Principal']) === keyOf(one['Principal']) &&
    keyOf(old['NotPrincipal']) === keyOf(one['NotPrincipal']) &&
    keyOf(old['Condition']) === keyOf(one['Condition'])
  );
}
