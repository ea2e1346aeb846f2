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
  const pairs: Record<string, string> = {};
  let last: string | undefined;
  for (const segment of splitAtCommas(text)) {
    const equals = /^([A-Za-z][A-Za-z0-9_-]*)\s*=/.exec(segment);
    if (equals?.[1] !== undefined) {
      last = equals[1];
      const value = unquote(segment.slice(equals[0].length).trimStart());
      if (value === undefined) return undefined;
      pairs[last] = value;
    } else if (last !== undefined) {
      // A comma without a name behind it belongs to the value before (a list, which CloudFormation joins the same way).
      const value = unquote(segment);
      if (value === undefined) return undefined;
      pairs[last] = `${pairs[last] ?? ''},${value}`;
    } else return undefined;
  }
  return last === undefined ? undefined : pairs;
}

/** Splits at commas outside of quotes; `\,` is a comma in a value. */
function splitAtCommas(text: string): string[] {
  const out: string[] = [];
  let current = '';
  let quote: string | undefined;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '\\' && i + 1 < text.length) {
      current += char + text.charAt(i + 1);
      i += 1;
    } else if (quote !== undefined) {
      if (char === quote) quote = undefined;
      current += char;
    } else if ((char === '"' || char === "'") && /=\s*$/.test(current)) {
      quote = char;
      current += char;
    } else if (char === ',') {
      out.push(current);
      current = '';
    } else current += char;
  }
  out.push(current);
  return out;
}

/**
 * The text of a value; undefined where it is not plain: a structure, a quote that is not the whole value, or a backslash, of which the CLI
 * takes away only the one before a comma outside of quotes. Source: awscli/shorthand.py, ShorthandParser (_value, _consume_quoted, _must_consume).
 */
function unquote(text: string): string | undefined {
  const quoted = /^(["'])([^\\]*)\1$/.exec(text)?.[2];
  if (quoted !== undefined) return /["']/.test(quoted) ? undefined : quoted;
  const plain = text.replaceAll('\\,', ',');
  return /^["'[{]|\\/.test(plain) ? undefined : plain;
}
