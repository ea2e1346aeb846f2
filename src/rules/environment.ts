import type { Environment, Operation } from '../model';
import { anyMatches } from './glob';
import { MATCH_FIELDS, type EnvironmentRule, type MatchField } from './rule';

/** Words that name an environment when they stand as a whole part of a name: what teams call them without a file. */
const NAMES: readonly { readonly name: string; readonly tier: Environment['tier']; readonly words: ReadonlySet<string> }[] = [
  { name: 'prod', tier: 'production', words: new Set(['prod', 'production', 'prd', 'live']) },
  { name: 'staging', tier: 'staging', words: new Set(['staging', 'stage', 'stg', 'uat', 'preprod']) },
  { name: 'dev', tier: 'development', words: new Set(['dev', 'development', 'test', 'testing', 'qa', 'sandbox', 'demo']) },
];

/** Strictness of tiers: where several environments match, the strictest is meant. */
const ORDER: readonly Environment['tier'][] = ['development', 'unknown', 'staging', 'production'];

/**
 * The environment that an operation acts on: the strictest of the rules' that match it, else the one that its names tell.
 * @returns undefined when nothing tells.
 */
export function environmentOf(operation: Operation, rules: readonly EnvironmentRule[]): Environment | undefined {
  const values = valuesOf(operation);
  const matching = rules.flatMap((rule) => {
    const fields = MATCH_FIELDS.filter((f) => rule.match[f] !== undefined);
    const fits = fields.length > 0 && fields.every((f) => anyMatches(rule.match[f] ?? [], values[f]));
    return fits ? [{ name: rule.name, tier: rule.tier, because: `${fields.map((f) => `${f} matches ${(rule.match[f] ?? []).join(' or ')}`).join(', ')}` }] : [];
  });
  const [strictest] = matching.sort((a, b) => ORDER.indexOf(b.tier) - ORDER.indexOf(a.tier));
  return strictest ?? byName(values);
}

function byName(values: Readonly<Record<MatchField, readonly string[]>>): Environment | undefined {
  const found = NAMES.flatMap(({ name, tier, words }) => {
    for (const field of ['target', 'profile', 'workspace', 'cluster'] as const) {
      const value = values[field].find((v) => v.toLowerCase().split(/[^a-z0-9]+/).some((part) => words.has(part)));
      if (value !== undefined) return [{ name, tier, because: `the ${field === 'target' ? 'name' : field} ${value} says so` }];
    }
    return [];
  });
  // `prod` in one name and `test` in another: the strict one counts.
  return found.sort((a, b) => ORDER.indexOf(b.tier) - ORDER.indexOf(a.tier))[0];
}

function valuesOf({ targets, context }: Operation): Readonly<Record<MatchField, readonly string[]>> {
  const names = targets.flatMap((t) => t.name ?? []);
  const one = (value: string | undefined): string[] => (value === undefined ? [] : [value]);
  const other = context.other ?? {};
  return {
    account: one(context.account), region: one(context.region), profile: one(context.profile), target: names,
    stack: targets.flatMap((t) => (t.type === 'AWS::CloudFormation::Stack' ? (t.name ?? []) : [])),
    cluster: one(other['context'] ?? other['cluster']), workspace: one(other['workspace']),
  };
}
