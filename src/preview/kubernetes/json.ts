/** Plain data of unknown shape, read without trusting it. */
export type Fields = Readonly<Record<string, unknown>>;

/** An object's fields; empty for anything else. */
export const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {});

/** A list's items; empty for anything else. */
export const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);

/** A text that is not empty. */
export const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export const number = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

/** What stands at the end of a path of names. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const name of path) here = Object.hasOwn(fields(here), name) ? fields(here)[name] : undefined;
  return here;
}
