import { createHash } from 'node:crypto';

import canonicalize from 'canonicalize';

import { VERDICTS } from '../model';
import { oneLine } from '../model/visible';
import { HOLDING } from './defaults';
import type { EnvironmentRule, Rule, RuleSet, When } from './rule';

/*
 * The user's own file may loosen, and any program that writes files can write it. So what of it makes an answer milder than it
 * would be without the file counts only once a person has confirmed exactly that; what tightens is in force at once.
 */

/** What a person said yes to. */
export interface Confirmation {
  /** SHA-256 (hex) of the canonical form of what loosens. */
  readonly loosens: string;
  /** The same of each rule that tightened then: a loosening was confirmed beside them, and holds only as long as they are all there. */
  readonly tightens: readonly string[];
}

/** What of the user's own rules makes an answer milder than without the file. */
export interface Loosening {
  readonly rules: readonly Rule[];
  /** They stand in the place of what a target's name tells, and make a place known that was not. */
  readonly environments: readonly EnvironmentRule[];
  /** What is noted when a person confirms all of this. */
  readonly asConfirmed: Confirmation;
}

/** The loosening part of the user's own rules; undefined when nothing in them loosens. */
export function looseningOf(own: RuleSet): Loosening | undefined {
  const rules = own.rules.filter(isMilder);
  // A place that is called production is never judged milder for it.
  if (rules.length === 0 && own.environments.every((e) => e.tier === 'production')) return undefined;
  const digest = (value: unknown): string => createHash('sha256').update(canonicalize(JSON.parse(JSON.stringify(value))) ?? '').digest('hex');
  return {
    rules, environments: own.environments,
    asConfirmed: {
      loosens: digest({ rules: rules.map(meaningOf).map(digest).sort(), environments: own.environments.map(digest).sort() }),
      tightens: own.rules.filter((r) => !isMilder(r)).map(meaningOf).map(digest).sort(),
    },
  };
}

/** Whether a person has confirmed this: the same loosening, beside at least the rules that tightened then. */
export function isConfirmed({ asConfirmed }: Loosening, confirmed: Confirmation | undefined): boolean {
  return confirmed !== undefined && confirmed.loosens === asConfirmed.loosens && confirmed.tightens.every((d) => asConfirmed.tightens.includes(d));
}

/**
 * The user's own rules without what loosens.
 * @returns `own` with what tightens, and `beside`: the file's environments, which then stand beside what else is known of a
 * place, like those of a workspace's file. It goes behind all other layers, so that it makes nothing known to them.
 */
export function withoutLoosening(own: RuleSet): { readonly own: RuleSet; readonly beside: RuleSet } {
  return { own: { ...own, environments: [], rules: own.rules.filter((r) => !isMilder(r)) }, beside: { ...own, rules: [] } };
}

/** What a person is shown, one line for each: what it is now, and what it would become. */
export function looseningLines({ rules, environments }: Loosening): string[] {
  return [
    ...rules.flatMap((rule) => (rule.overrides ?? []).flatMap((id) => {
      const before = HOLDING.find((d) => d.id === id);
      if (!before || VERDICTS.indexOf(rule.verdict) >= VERDICTS.indexOf(before.verdict)) return [];
      return [`${before.why} Now: ${before.verdict}. With your rule ${quoted(rule.id)}: ${rule.verdict}, ${conditions(rule.when)}.`];
    })),
    ...environments.map(({ name, tier, match }) => {
      const said = Object.entries(match).map(([field, globs]) => `${field} ${globs.map(quoted).join(' or ')}`).join(' and ');
      return `What matches ${said} counts as ${quoted(name)} (${tier}), whatever its name tells.`;
    }),
  ];
}

/** An override whose verdict is milder than that of a default which it stands in for. */
function isMilder({ overrides, verdict }: Rule): boolean {
  return (overrides ?? []).some((id) => VERDICTS.indexOf(verdict) < VERDICTS.indexOf(HOLDING.find((d) => d.id === id)?.verdict ?? 'deny'));
}

/** What a rule does; its name, its reason and its examples do nothing. */
function meaningOf({ when, verdict, approvers, overrides }: Rule): unknown {
  const sorted = Object.fromEntries(Object.entries(when).map(([field, value]) => [field, Array.isArray(value) ? [...value].sort() : value]));
  return { when: sorted, verdict, approvers, overrides: overrides && [...overrides].sort() };
}

/** A foreign text on one line between quotes that it can't end: it is never taken for a sentence of ours. */
function quoted(text: string): string {
  return `"${oneLine(text).replaceAll('"', '\'\'')}"`;
}

function conditions(when: When): string {
  const said = Object.entries(when).flatMap(([field, value]) => {
    return value === undefined ? [] : [`${field} is ${(Array.isArray(value) ? value : [value]).map((v) => quoted(String(v))).join(' or ')}`];
  });
  return said.length === 0 ? 'for everything' : `where ${said.join(', and ')}`;
}
