import type { RuleSet } from './rule';

/**
 * Whether a rule may say something of what only reads. A read has no effects, so a rule that names some is not about it; a rule that
 * overrides stands in for a default that holds, and none holds a read.
 */
export function concernsReads({ rules }: Pick<RuleSet, 'rules'>): boolean {
  return rules.some(({ when, overrides }) => overrides === undefined && when.effect === undefined && (when.mutation === undefined || when.mutation.includes('none')));
}
