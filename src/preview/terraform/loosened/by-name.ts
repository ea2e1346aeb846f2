import type { Effect } from '../../../model';
import type { Leaf } from './leaves';
import { KEEPING } from './keeping';
import { guarding, harmless, type Meaning } from './meaning';
import { OPENING } from './opening';
import { amount, switched, tlsVersion } from './values';

/** One thing that a change in place takes off, opens, stops or lets expire. */
export interface Found {
  readonly path: string;
  readonly effect: Effect;
  readonly sentence: string;
}

/** Types in which nought is without end. Source: hashicorp/azurerm and /aws, documentation of each: "0 will retain indefinitely". */
const ZERO_IS_FOREVER =
  /^(?:aws_cloudwatch_log_group|azurerm_(?:monitor_\w+|network_watcher_flow_log|m?s?sql_\w*(?:audit|threat|security)\w*|storage_account))$/;
/** Types whose values mean something to whoever wrote them, and to no provider. */
const OWN_VALUES = /^(?:terraform_data|null_resource|local_\w+|random_\w+|time_\w+|tls_\w+|archive_\w+|external)$/;

export const ownValues = (type: string): boolean => OWN_VALUES.test(type);

/** What the names of settings mean; the first that fits counts. */
const MEANINGS: readonly Meaning[] = [...KEEPING, ...OPENING];

/** What the change of one value loosens, by its name. */
export function byName(type: string, leaf: Leaf): Found | undefined {
  const meaning = MEANINGS.find((m) => means(m, type, leaf));
  if (meaning === undefined) return undefined;
  const effect = typeof meaning.effect === 'function' ? meaning.effect(type, leaf) : meaning.effect;
  const found = (what: string, as: Effect = effect): Found => ({ path: leaf.path, effect: as, sentence: `${leaf.path} ${what}` });
  if (leaf.fresh)
    return unknownMatters(meaning, leaf)
      ? found(`comes only with the apply: if it loosens what it was, ${meaning.says}.`, 'unknown')
      : undefined;
  const how = changed(meaning, type, leaf);
  return how === undefined ? undefined : found(`${how}: ${meaning.says}.`);
}

function means({ names, under, except, types }: Meaning, type: string, { name, parents }: Leaf): boolean {
  return (
    names.test(name) &&
    (under === undefined || under.test(parents)) &&
    (types === undefined || types.test(type)) &&
    !(except?.test(`${parents}.${name}`) ?? false)
  );
}

/** Where a guard stood, or an opening may come: a value that nobody knows yet may be the loose one. */
function unknownMatters({ change, computed, values }: Meaning, { then }: Leaf): boolean {
  if (computed === true) return false;
  switch (change) {
    case 'off':
      return switched(then) === 'on';
    case 'on':
      return switched(then) === 'off';
    case 'leaves':
      return holds(then, values);
    case 'shorter':
    case 'sooner':
    case 'older':
      return then !== undefined && then !== 0;
    case 'becomes':
      return !holds(then, values);
    case 'zero':
    case 'gone':
      return false;
  }
}

/** What happens to it, in words; undefined where that loosens nothing. */
function changed({ change, values, names }: Meaning, type: string, leaf: Leaf): string | undefined {
  const { then, now, secret } = leaf;
  switch (change) {
    case 'off': {
      if (switched(then) !== 'on' || switched(now) !== 'off') return undefined;
      const general = names.test('enabled');
      if (general && (harmless(leaf) || (now === undefined && !guarding(leaf)))) return undefined;
      return now === undefined ? 'is taken out' : 'is switched off';
    }
    case 'on':
      return switched(now) === 'on' && switched(then) !== 'on' && !(names.test('suspend') && harmless(leaf))
        ? 'is switched on'
        : undefined;
    case 'shorter':
    case 'sooner':
      return less(change, type, leaf);
    case 'zero':
      return amount(now) === 0 && now !== '' && (amount(then) ?? 0) > 0 ? 'becomes 0' : undefined;
    case 'gone':
      return some(then) && !some(now) && (!leaf.blockGone || guarding(leaf)) ? 'is taken out' : undefined;
    case 'becomes':
      return holds(now, values) && !holds(then, values) ? `becomes ${secret ? 'another' : word(now, values)}` : undefined;
    case 'leaves':
      return holds(then, values) && !holds(now, values) && !secret
        ? `is ${word(then, values)} no more`
        : holds(then, values) && !holds(now, values)
          ? 'changes'
          : undefined;
    case 'older': {
      const [old, young] = [tlsVersion(then), tlsVersion(now)];
      return old !== undefined && young !== undefined && young < old ? 'becomes an older version' : undefined;
    }
  }
}

function less(change: 'shorter' | 'sooner', type: string, { then, now, secret, blockGone }: Leaf): string | undefined {
  const forever = change === 'sooner' || ZERO_IS_FOREVER.test(type);
  const read = (value: unknown): number | undefined =>
    value === undefined || value === ''
      ? change === 'sooner'
        ? Infinity
        : undefined
      : amount(value) === 0 && forever
        ? Infinity
        : amount(value);
  const [old, young] = [read(then), read(now)];
  if (change === 'shorter' && old !== undefined && old > 0 && now === undefined)
    return blockGone || old !== Infinity ? 'is taken out' : undefined;
  if (old === undefined || young === undefined || young >= old) return undefined;
  return secret ? 'becomes less' : `becomes ${String(now)}${then === undefined ? '' : ` (it was ${String(then)})`}`;
}

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter((one): one is string => typeof one === 'string');
const holds = (value: unknown, values: RegExp | undefined): boolean =>
  values !== undefined && texts(value).some((one) => values.test(one));
/** Only a word that the table knows is repeated. */
const word = (value: unknown, values: RegExp | undefined): string =>
  texts(value)
    .find((one) => values?.test(one) === true)
    ?.slice(0, 60) ?? '';
const some = (value: unknown): boolean => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
