import { isSecretName, isTellingName, REDACTED, type Note } from './names';

/** Values that say what is meant and open nothing: a person decides by them. */
const PLAIN = [
  /^(?:true|false|yes|no|on|off|null|none|nil|default|latest|enabled?|disabled?|always|never|auto|present|absent|started|stopped|restarted|reloaded)$/i,
  /^-?\d{1,6}(?:\.\d{1,3})?(?:[kKMGTP]i?[bB]?|m|ms|s|h|d|%)?$/,
  /^(?:prod(?:uction)?|prd|staging|stage|stg|dev(?:elopment|el)?|test(?:ing)?|qa|uat|sandbox|preprod|preview|demo|live|local|main|master|canary|blue|green|shared|global)(?:-?\d{1,2})?$/i,
  // Regions and zones of AWS, Google Cloud and Azure.
  /^[a-z]{2}(?:-(?:gov|iso[a-z]?))?-(?:north|south|east|west|central)(?:east|west)?-?\d[a-z]?$|^(?:us|europe|asia|australia|northamerica|southamerica|me|africa)-[a-z]{4,12}\d(?:-[a-f])?$|^(?:north|south|east|west|central)[a-z]{2,12}\d?$/,
  /^arn:[a-z-]+:[\w-]*:[\w-]*:\d*:[\w/.:*-]{1,512}$/,
  /^(?:vpc|subnet|sg|ami|i|vol|eni|igw|rtb|snap|eipalloc|tgw|nat|lt|acl|pcx|vpce)-[0-9a-f]{8,17}$/,
  /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?::\d{1,5})?$/,
  /^(?:db\.|cache\.|ml\.)?[a-z]{1,3}\d[a-z]{0,4}\.(?:\d{0,2}x?large|small|medium|micro|nano|metal)$|^(?:Standard|Basic|Premium)_[A-Z]\w{1,12}$/,
  /^v?\d{1,4}\.\d{1,4}(?:\.\d{1,4})?(?:[-+][a-z]{1,6}\.?\d{0,3})?$/,
  /^(?:fileb?:\/\/|s3:\/\/|gs:\/\/)[^?]{1,1024}$/,
  /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w./-]{0,200})?$/,
  // Not expanded: the name of a variable, not its value.
  /^\$(?:\w+|\{\w+\}|\(\w+\))$|^%\w+%$|^\{\{[^{}]{1,80}\}\}$/,
];

/** True for a value that is shown wherever it stands. */
export function isPlain(value: string): boolean {
  return value === '' || value.includes(REDACTED) || (value.length <= 1024 && PLAIN.some((shape) => shape.test(value)));
}

/** Looks like a name that a person gave: words with separators, not a row of random characters. */
function looksNamed(value: string): boolean {
  if (!/^[\w./:@*,-]{1,200}$/.test(value)) return false;
  // Letters, or numbers, or a word with a number behind it (`web01`); not letters and digits as they fall.
  return value.split(/[./:@,_*-]/).every((part) => /^(?:[a-z]*|[A-Z]{1,12}|(?:[A-Z]?[a-z]{2,20}){1,6})\d{0,6}$|^v?\d{1,6}[a-z]?$|^[a-z]\d[a-z]{1,2}$|^\d*x?(?:large|small|medium)$/.test(part));
}

/** Takes out one value that is a secret by its place. What only names a file or a variable stays. */
export function hide(value: string, note?: Note): string {
  if (value === '' || value.includes(REDACTED)) return value;
  if (/^fileb?:\/\/|^\$(?:\w+|\{\w+\})$|^@[\w./~-]+$|^[<-]$/.test(value)) return value;
  note?.(value);
  return REDACTED;
}

/**
 * `KEY=VALUE`: the key stays, and the value where it says what is meant.
 * @param strict every value goes, whatever it looks like: where only secrets stand (`--from-literal`).
 */
export function hidePair(text: string, strict: boolean, note?: Note, sign = '='): string {
  const at = text.indexOf(sign);
  if (at <= 0) return text;
  const key = text.slice(0, at).replace(/:$/, '');
  const value = text.slice(at + sign.length);
  // The path of a state in its bucket; a key that has no path is no such key.
  const named = isTellingName(key) || (key === 'key' && /[./]/.test(value));
  if (!strict && !isSecretName(key) && (isPlain(value) || (named && looksNamed(value)))) return text;
  return `${text.slice(0, at + sign.length)}${hide(value, note)}`;
}

/** `A=1,B=2`; a comma behind a backslash belongs to its value (Helm's and gcloud's way). A part without a sign goes on the one before. */
export function hidePairs(text: string, strict: boolean, note?: Note): string {
  // gcloud topic escaping: ^DELIMITER^A=1DELIMITERB=2
  const other = /^\^([^^]{1,10})\^/.exec(text);
  const delimiter = other?.[1] ?? ',';
  const parts: string[] = [];
  for (const part of text.slice(other?.[0].length ?? 0).split(delimiter)) {
    const last = parts.at(-1);
    if (last !== undefined && (last.endsWith('\\') || !part.includes('='))) parts[parts.length - 1] = `${last}${delimiter}${part}`;
    else parts.push(part);
  }
  return `${other?.[0] ?? ''}${parts.map((part) => hidePair(part, strict, note)).join(delimiter)}`;
}

/** `user:password`: the user stays. */
export function hideLogin(text: string, note?: Note, sign = ':'): string {
  const at = text.indexOf(sign);
  return at < 0 ? text : `${text.slice(0, at + 1)}${hide(text.slice(at + 1), note)}`;
}

/** What is secret in a piece of data by its place. */
export interface Places {
  /** True for a key whose value is a secret. */
  readonly secret: (key: string) => boolean;
  /** True for a key under which every value is one, as in a map of environment variables. */
  readonly all: (key: string) => boolean;
}

/** In a list of names and values, what is beside the value. */
const LABELS = /^(?:name|key|parameterkey|optionname|namespace|type|property)$/i;

/** Takes secrets out of parsed JSON: by key, and each value under a key that holds only such (a list of name and value, or a map). */
export function hideInData(data: unknown, places: Places, note?: Note, within = false): unknown {
  if (typeof data === 'string') return within && !isPlain(data) ? hide(data, note) : data;
  if (Array.isArray(data)) return data.map((item) => hideInData(item, places, note, within));
  if (typeof data !== 'object' || data === null) return data;
  const pair = Object.entries(data).find(([key, value]) => /^(?:name|key|parameterkey)$/i.test(key) && typeof value === 'string')?.[1] as string | undefined;
  const listed = Object.keys(data).some((key) => /value$/i.test(key));
  return Object.fromEntries(Object.entries(data).map(([key, value]) => {
    if (typeof value === 'string' && pair !== undefined && /value$/i.test(key) && isSecretName(pair)) return [key, hide(value, note)];
    if (typeof value === 'string' && (places.secret(key) || (within && isSecretName(key)))) return [key, hide(value, note)];
    if (typeof value === 'string' && within && listed && LABELS.test(key)) return [key, value];
    if (typeof value === 'string' && within && isTellingName(key) && looksNamed(value)) return [key, value];
    return [key, hideInData(value, places, note, within || places.all(key))];
  }));
}
