/**
 * Chooses one of several possibilities by a key: the same key gets the same choice everywhere in one world, so that
 * `"$x" "$x"` never has two values. Gives -1 when there were too many worlds: then the value is a gap.
 */
export type Pick = (key: string, count: number) => number;

const MAX_WORLDS = 16;

/** Where only one possibility matters. */
export const first: Pick = () => 0;

/** Evaluates once for every combination of the possibilities that the evaluation asks about. */
export function worlds<T>(evaluate: (pick: Pick) => T): T[] {
  // Most evaluations ask nothing.
  let chosen: Map<string, { at: number; readonly count: number }> | undefined;
  const pick: Pick = (key, count) => {
    chosen ??= new Map();
    const known = chosen.get(key);
    if (known) return known.at;
    chosen.set(key, { at: 0, count });
    return 0;
  };
  const out: T[] = [];
  for (;;) {
    out.push(evaluate(pick));
    if (!chosen || chosen.size === 0) return out;
    if (out.length >= MAX_WORLDS) {
      out.push(evaluate(() => -1));
      return out;
    }
    // The next combination: the last choice that has another one; what was asked after it is asked anew.
    let moved = false;
    for (const [key, choice] of [...chosen].reverse()) {
      if (choice.at + 1 < choice.count) {
        choice.at++;
        moved = true;
        break;
      }
      chosen.delete(key);
    }
    if (!moved) return out;
  }
}
