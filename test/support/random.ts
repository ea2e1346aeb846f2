/** Chooses the same way for the same seed, so that what failed once fails again. */
export interface Dice {
  /** A whole number from 0 up to, but not, `below`. */
  readonly number: (below: number) => number;
  readonly one: <T>(from: readonly T[]) => T;
  readonly chance: (of: number) => boolean;
}

/** mulberry32, a small generator of pseudo-random numbers. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const number = (below: number): number => Math.floor(next() * below);
  return {
    number, chance: (of) => next() < of,
    one: (from) => {
      const found = from[number(from.length)];
      if (found === undefined) throw new Error('nothing to choose from');
      return found;
    },
  };
}
