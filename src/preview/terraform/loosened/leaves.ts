import { isDeepStrictEqual } from 'node:util';
import type { Values } from '../plan-json';
import { joined } from './expression';

/** One value on both sides of a change, with the names that lead to it. */
export interface Leaf {
  /**
   * As a person finds it in the configuration (`settings[0].deletion_protection_enabled`); of what is sensitive only as far as
   * the sensitive part.
   */
  readonly path: string;
  /** The last name, in lower case with underscores. */
  readonly name: string;
  /** The names above it, joined by dots, without the places in lists. */
  readonly parents: string;
  readonly then: unknown;
  readonly now: unknown;
  /** True where the value comes only with the apply. */
  readonly fresh: boolean;
  /** True where the value must not be repeated. */
  readonly secret: boolean;
  /** True where the block that it stood in is gone as a whole. */
  readonly blockGone: boolean;
}

/** What a plan says of a change besides the values: of the same shape as these, `true` where it applies. */
export interface Marks {
  readonly unknown?: unknown;
  readonly secretBefore?: unknown;
  readonly secretAfter?: unknown;
}

/** What is named by whoever wrote the configuration, or is a text for people: a word there means nothing to the provider. */
const OWN_WORDS =
  joined(
    '^(?:tags|tags_all|default_tags|volume_tags|labels|\\w+_labels|annotations|\\w+_annotations|',
    'match_labels|description|\\w+_description|comment|comments|summary|message|environment|',
    'environment_variables|variables|env|app_settings|triggers|triggers_replace|keepers|user_data\\w*|',
    'custom_data|metadata_startup_script|secret_data|binary_data|substitutions|timeouts)$',
  );

const MAX_DEPTH = 40;

/**
 * The values of two sides to any depth. Blocks are lists of objects: equal ones belong together, then those of one name, then by
 * their place; what has no counterpart is compared with nothing.
 */
export function leavesOf(before: Values, after: Values, marks: Marks = {}): Leaf[] {
  const out: Leaf[] = [];
  walk({ then: before, now: after, ...marks }, { path: '', names: [], secret: false, blockGone: false }, out, 0);
  return out;
}

interface Pair extends Marks {
  readonly then: unknown;
  readonly now: unknown;
}
interface Place {
  readonly path: string;
  readonly names: readonly string[];
  readonly secret: boolean;
  readonly blockGone: boolean;
}

function walk(pair: Pair, at: Place, out: Leaf[], depth: number): void {
  const secret = at.secret || pair.secretBefore === true || pair.secretAfter === true;
  const fresh = pair.unknown === true;
  if (depth > MAX_DEPTH || (!fresh && isDeepStrictEqual(pair.then, pair.now) && !holdsTrue(pair.unknown))) return;
  const here = { ...at, secret };
  if (isObject(pair.then) || isObject(pair.now)) {
    const [then, now] = [fields(pair.then), fields(pair.now)];
    const blockGone = at.blockGone || (!fresh && isObject(pair.then) && !isObject(pair.now));
    for (const key of new Set([
      ...Object.keys(then),
      ...Object.keys(now),
      ...(isObject(pair.unknown) ? Object.keys(pair.unknown) : []),
    ])) {
      const name = snake(key);
      if (OWN_WORDS.test(name)) continue;
      const path = secret ? at.path : at.path === '' ? key : `${at.path}.${key}`;
      walk(
        {
          then: then[key],
          now: now[key],
          unknown: fresh ? true : fields(pair.unknown)[key],
          secretBefore: fields(pair.secretBefore)[key],
          secretAfter: fields(pair.secretAfter)[key],
        },
        { path, names: [...at.names, name], secret, blockGone },
        out,
        depth + 1,
      );
    }
    return;
  }
  if (blocks(pair.then) || blocks(pair.now)) {
    for (const { a, b } of paired(listOf(pair.then), listOf(pair.now))) {
      const [then, now] = [listOf(pair.then)[a ?? -1], listOf(pair.now)[b ?? -1]];
      const path = secret ? at.path : `${at.path}[${b ?? a ?? 0}]`;
      walk(
        {
          then,
          now,
          unknown: fresh ? true : listOf(pair.unknown)[b ?? -1],
          secretBefore: listOf(pair.secretBefore)[a ?? -1],
          secretAfter: listOf(pair.secretAfter)[b ?? -1],
        },
        { ...here, path },
        out,
        depth + 1,
      );
    }
    return;
  }
  const name = at.names.at(-1) ?? '';
  out.push({
    path: at.path,
    name,
    parents: at.names.slice(0, -1).join('.'),
    then: pair.then ?? undefined,
    now: pair.now ?? undefined,
    fresh: fresh || holdsTrue(pair.unknown),
    secret: secret || holdsTrue(pair.secretBefore) || holdsTrue(pair.secretAfter),
    blockGone: at.blockGone,
  });
}

/** Which entries of two lists belong together, by their places. */
function paired(then: readonly unknown[], now: readonly unknown[]): { readonly a?: number; readonly b?: number }[] {
  const pairs: { a?: number; b?: number }[] = [];
  const free = new Set(then.keys());
  const left = new Set(now.keys());
  const match = (same: (a: number, b: number) => boolean): void => {
    for (const b of [...left]) {
      const a = [...free].find((one) => same(one, b));
      if (a === undefined) continue;
      free.delete(a);
      left.delete(b);
      pairs.push({ a, b });
    }
  };
  match((a, b) => isDeepStrictEqual(then[a], now[b]));
  match((a, b) => identity(then[a]) !== undefined && identity(then[a]) === identity(now[b]));
  const [olds, news] = [[...free], [...left]];
  for (let i = 0; i < Math.max(olds.length, news.length); i++)
    pairs.push({ ...(olds[i] === undefined ? {} : { a: olds[i] }), ...(news[i] === undefined ? {} : { b: news[i] }) });
  return pairs.sort((x, y) => (x.b ?? x.a ?? 0) - (y.b ?? y.a ?? 0));
}

/** By what a provider tells blocks of one kind apart, where they have a name at all. */
function identity(value: unknown): string | undefined {
  for (const name of ['id', 'rule_id', 'name', 'key', 'sid', 'region_name', 'priority']) {
    const one = fields(value)[name];
    if ((typeof one === 'string' && one !== '') || typeof one === 'number') return `${name} ${one}`;
  }
  return undefined;
}

const blocks = (value: unknown): boolean => Array.isArray(value) && value.some(isObject);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);
const holdsTrue = (value: unknown): boolean =>
  value === true || (Array.isArray(value) && value.some(holdsTrue)) || (isObject(value) && Object.values(value).some(holdsTrue));

export function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const fields = (value: unknown): Values => (isObject(value) ? value : {});

/** `persistentVolumeReclaimPolicy` and `retention.ms` as the providers write names. */
export const snake = (key: string): string =>
  key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[.\-/ ]/g, '_')
    .toLowerCase();
