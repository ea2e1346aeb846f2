import type { Mutation } from '../../model';
import { sqlStatements, type SqlDialect } from './sql/statements';

/** A longer text is left undecided. */
const LONGEST = 200_000;
const ORDER: readonly Mutation[] = ['none', 'additive', 'modifying', 'unknown', 'destructive'];

/** The worst that a SQL or PartiQL text may do, read as any of these dialects would. What isn't a known statement is `unknown`. */
export function sqlEffect(text: string, ...dialects: readonly SqlDialect[]): Mutation {
  if (text.length > LONGEST) return 'unknown';
  if (text.trim() === '') return 'unknown';
  // One call deletes what its condition finds for good, as the API operation of the same name does.
  const worst = Math.max(0, ...sqlStatements(text, ...dialects).map((s) => ORDER.indexOf(s.verb === 'DELETE' ? 'destructive' : s.mutation)));
  return ORDER[worst] ?? 'unknown';
}
