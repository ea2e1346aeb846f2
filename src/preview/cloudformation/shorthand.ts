import { readShorthand, UNKNOWN } from '../../detect/tools/aws/shorthand';

/** A structure in the AWS CLI's shorthand or JSON, as text pairs. */
export type Pairs = Readonly<Record<string, string>>;

/**
 * Reads what stands behind a list-of-structures option such as `--parameters` or `--tags`: shorthand words
 * (`ParameterKey=A,ParameterValue=B`), one JSON list, or JSON objects. Source: AWS CLI user guide, "Shorthand syntax".
 * @returns the structures, or a sentence saying what could not be read.
 */
export function readStructures(words: readonly string[]): readonly Pairs[] | string {
  const out: Pairs[] = [];
  for (const word of words) {
    const text = word.trim();
    if (text === '') continue;
    if (text.startsWith('[') || text.startsWith('{')) {
      const list = jsonStructures(text);
      if (list === undefined) return 'it is not valid JSON';
      out.push(...list);
    } else {
      const pairs = readPairs(text);
      if (pairs === undefined) return `'${text.slice(0, 40)}' is neither shorthand nor JSON`;
      out.push(pairs);
    }
  }
  return out;
}

/** The members of one structure of a JSON text or value, their values as text. */
export function pairsOf(value: unknown): Pairs | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, typeof inner === 'string' ? inner : JSON.stringify(inner)]));
}

function jsonStructures(text: string): Pairs[] | undefined {
  try {
    const data: unknown = JSON.parse(text);
    const list = (Array.isArray(data) ? data : [data]).map(pairsOf);
    return list.some((item) => item === undefined) ? undefined : list.filter((item) => item !== undefined);
  } catch {
    return undefined;
  }
}

function readPairs(text: string): Pairs | undefined {
  const read = readShorthand(text);
  // A file behind `@=` is not read here.
  if (read === undefined || Object.values(read).includes(UNKNOWN)) return undefined;
  const pairs: Record<string, string> = {};
  for (const [key, value] of Object.entries(read)) {
    // A list in the place of a text is what CloudFormation would join the same way; a structure is no text.
    const text = typeof value === 'string' ? value : Array.isArray(value) && value.every((v) => typeof v === 'string') ? value.join(',') : undefined;
    if (text === undefined) return undefined;
    pairs[key] = text;
  }
  return pairs;
}
