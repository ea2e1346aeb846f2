import { FROM_BEST_TO_WORST, type Mutation } from '../../../model';
import { sqlStatements, type SqlDialect } from '../../engines/sql/statements';

/** A longer text is left undecided. */
const LONGEST = 200_000;
/** The worst that a SQL or PartiQL text may do, read as any of these dialects would. What isn't a known statement is `unknown`. */
export function sqlEffect(text: string, ...dialects: readonly SqlDialect[]): Mutation {
  if (text.length > LONGEST) return 'unknown';
  if (text.trim() === '') return 'unknown';
  // One call deletes what its condition finds for good, as the API operation of the same name does.
  const worst = Math.max(0, ...sqlStatements(text, ...dialects).map((s) => FROM_BEST_TO_WORST.indexOf(s.verb === 'DELETE' ? 'destructive' : s.mutation)));
  return FROM_BEST_TO_WORST[worst] ?? 'unknown';
}
