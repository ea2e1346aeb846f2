/** Looks into the JSON answers of the AWS CLI, of which nothing is certain: every step may be missing. */

/** What stands at a path of member names and positions; undefined when any step is missing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Readonly<Record<string | number, unknown>>)[step];
  }
  return here ?? undefined;
}

/** The text at a path; numbers as text; undefined for anything else and for an empty text. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The number at a path, also when it is written as text (SQS does). */
export function numberAt(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = at(value, ...path);
  if (typeof found === 'number') return found;
  return typeof found === 'string' && /^\d+(?:\.\d+)?$/.test(found) ? Number(found) : undefined;
}

/** The list at a path; empty when there is none. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The texts of the list at a path, or of one member of each of its items. */
export function textsAt(value: unknown, path: readonly (string | number)[], member?: string): string[] {
  return listAt(value, ...path).flatMap((item) => (member === undefined ? (typeof item === 'string' ? [item] : []) : (textAt(item, member) ?? [])));
}

/** True only when the member is there and true. */
export function isOn(value: unknown, ...path: readonly (string | number)[]): boolean {
  return at(value, ...path) === true;
}
