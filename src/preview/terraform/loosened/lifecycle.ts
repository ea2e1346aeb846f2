import type { Values } from '../plan-json';
import type { Found } from './by-name';
import { fields } from './leaves';

/** A rule that deletes what is old: for what, and after how long. */
interface Deleting {
  readonly scope: string;
  readonly days: number;
}

/**
 * Rules of a Google bucket or registry that delete what no rule deleted before, or sooner. Source: google_storage_bucket
 * lifecycle_rule, google_artifact_registry_repository cleanup_policies.
 */
export function expiringRules(type: string, before: Values, after: Values): Found[] {
  const name =
    type === 'google_storage_bucket' ? 'lifecycle_rule' : type === 'google_artifact_registry_repository' ? 'cleanup_policies' : undefined;
  if (name === undefined) return [];
  const old = deleting(before[name]);
  const added = deleting(after[name]).some((rule) => !old.some((one) => one.scope === rule.scope && one.days <= rule.days));
  return added
    ? [{ path: name, effect: 'data-loss', sentence: `${name} changes: what is old is deleted that was not before, or not as soon.` }]
    : [];
}

function deleting(rules: unknown): Deleting[] {
  return (Array.isArray(rules) ? (rules as readonly unknown[]) : []).map(fields).flatMap((rule): Deleting[] => {
    const action = typeof rule['action'] === 'string' ? rule['action'] : first(rule['action'])['type'];
    if (typeof action !== 'string' || !/^delete$/i.test(action)) return [];
    const { age, ...rest } = first(rule['condition']);
    return [
      {
        scope: JSON.stringify(
          Object.entries(rest)
            .filter(([, value]) => value !== null && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0))
            .sort(),
        ),
        days: typeof age === 'number' && age > 0 ? age : 0,
      },
    ];
  });
}

const first = (value: unknown): Values => fields(Array.isArray(value) ? value[0] : value);
