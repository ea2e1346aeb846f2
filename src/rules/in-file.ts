import { higherRisk, type Operation, type Risk, type Verdict } from '../model';
import { HOLDING, PASSING } from './defaults';

/** Who will run a file is not known: what depends on that alone is asked when it runs. */
const OF_THE_ASKER: ReadonlySet<string> = new Set([...HOLDING, ...PASSING].filter((rule) => rule.asker === true).map((rule) => rule.id));

/**
 * What is said of a file: each thing that it does, or that its edit would do, with its verdict; without what the rules let pass.
 * @param verdicts what the rules say of each, in the same order.
 */
export function findingsOf<T extends { readonly operation: Operation }>(
  found: readonly T[],
  verdicts: readonly Verdict[],
): (T & { readonly verdict: Verdict; readonly risk: Risk })[] {
  return found.flatMap((one, i) => {
    const verdict = verdicts[i];
    if (verdict === undefined || verdict.kind === 'allow' || (one.operation.door !== undefined && OF_THE_ASKER.has(verdict.rule)))
      return [];
    return [{ ...one, verdict, risk: higherRisk(verdict.risk, one.operation.risk ?? 'none') }];
  });
}
