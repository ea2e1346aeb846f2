import type { BlastRadius, Environment, Operation, Target } from '../model';
import { anyMatches } from './glob';
import { MATCH_FIELDS, type EnvironmentRule, type MatchField } from './rule';

/** Words that name an environment when they stand as a whole part of a name: what teams call them without a file. */
const NAMES: readonly { readonly name: string; readonly tier: Environment['tier']; readonly words: ReadonlySet<string> }[] = [
  { name: 'prod', tier: 'production', words: new Set(['prod', 'production', 'prd', 'live']) },
  { name: 'staging', tier: 'staging', words: new Set(['staging', 'stage', 'stg', 'uat', 'preprod']) },
  { name: 'dev', tier: 'development', words: new Set(['dev', 'development', 'test', 'testing', 'qa', 'sandbox', 'demo']) },
];

/** Strictness of tiers: where several environments match, the strictest is meant. */
const ORDER: readonly Environment['tier'][] = ['development', 'unknown', 'staging', 'production'];

/** The first of the strictest; undefined when there is none. */
export function strictestOf(environments: readonly Environment[]): Environment | undefined {
  return environments.reduce<Environment | undefined>((a, b) => (a && ORDER.indexOf(a.tier) >= ORDER.indexOf(b.tier) ? a : b), undefined);
}

/** What an operation says about where it acts, each a list of names that stand for the same. */
export type Place = Readonly<Record<MatchField, readonly string[]>>;

/** @param blastRadius what a preview learned about the place counts where the command does not say it. */
export function placeOf({ targets, context }: Operation, blastRadius?: BlastRadius): Place {
  const found = blastRadius?.context;
  const one = (...values: (string | undefined)[]): string[] => values.flatMap((v) => (v === undefined || v === '' ? [] : [v]));
  const arns = targets.flatMap((t) => arnParts(t.name) ?? []);
  const other = { ...found?.other, ...context.other };
  return {
    account: unique([...one(context.account ?? found?.account), ...arns.flatMap((a) => one(a.account))]),
    // Where the command alone does not tell which of two is meant, it is taken for both.
    region: unique([...one(context.region ?? found?.region), ...eitherOf(other['regions']), ...arns.flatMap((a) => one(a.region))]),
    profile: unique([...one(context.profile ?? found?.profile), ...eitherOf(other['profiles'])]),
    target: unique([...targets.flatMap(namesOf), ...one(blastRadius?.stack)]),
    stack: unique([...targets.flatMap((t) => (t.type === 'AWS::CloudFormation::Stack' ? namesOf(t) : [])), ...one(blastRadius?.stack)]),
    cluster: one(other['context'], other['cluster']),
    workspace: one(other['workspace']),
  };
}

const eitherOf = (text: string | undefined): string[] => (text === undefined ? [] : text.split(' or '));

/** The environments of one file that a place belongs to. */
export function environmentsAt(place: Place, rules: readonly EnvironmentRule[]): Environment[] {
  return rules.flatMap((rule) => {
    const fields = MATCH_FIELDS.filter((f) => rule.match[f] !== undefined);
    const fits = fields.length > 0 && fields.every((f) => anyMatches(rule.match[f] ?? [], place[f]));
    return fits ? [{ name: rule.name, tier: rule.tier, because: fields.map((f) => `${f} matches ${(rule.match[f] ?? []).join(' or ')}`).join(', ') }] : [];
  });
}

/** The environment that names tell where no file does. `prod` in one name and `test` in another: the strict one counts. */
export function environmentByName(place: Place): Environment | undefined {
  return strictestOf(NAMES.flatMap(({ name, tier, words }) => {
    for (const field of ['target', 'profile', 'workspace', 'cluster'] as const) {
      const value = place[field].find((v) => partsOf(v).some((part) => words.has(part)));
      if (value !== undefined) return [{ name, tier, because: `the ${field === 'target' ? 'name' : field} ${value} says so` }];
    }
    return [];
  }));
}

/**
 * The names of a target: as given, and the ones inside an address, so that a pattern over names is not passed by spelling the
 * same thing as an ARN or as `s3://bucket/key`.
 */
export function namesOf({ name }: Pick<Target, 'name'>): string[] {
  if (name === undefined || name === '') return [];
  const s3 = /^s3:\/\/(([^/]+).*)$/i.exec(name);
  if (s3) return unique([name, s3[1] ?? '', s3[2] ?? '']);
  const arn = arnParts(name);
  if (!arn) return [name];
  // `stack/payments-prod/1a2b`, `table/orders`, `function:pay:live`: the kind, then the name. Amazon S3 has no kind.
  const parts = arn.resource.split(/[/:]/).filter((part) => part !== '');
  const own = arn.service === 's3' ? parts[0] : (parts[1] ?? parts[0]);
  return unique([name, arn.resource, ...(own === undefined ? [] : [own])]);
}

/** More than the names: every part of an address, for rules that would rather hold too much. */
export function partsOfAddress({ name }: Pick<Target, 'name'>): string[] {
  const inside = arnParts(name)?.resource ?? /^s3:\/\/(.+)$/i.exec(name ?? '')?.[1];
  return inside === undefined ? [] : inside.split(/[/:]/).filter((part) => part !== '');
}

/** `arn:partition:service:region:account:resource` (AWS reference, "Amazon Resource Names"). */
function arnParts(name: string | undefined): { readonly service: string; readonly region: string; readonly account: string; readonly resource: string } | undefined {
  const parts = name?.split(':') ?? [];
  if (parts[0]?.toLowerCase() !== 'arn' || parts.length < 6) return undefined;
  return { service: parts[2] ?? '', region: parts[3] ?? '', account: parts[4] ?? '', resource: parts.slice(5).join(':') };
}

/** `PaymentsProd2-eu` has the parts payments, prod, eu. */
function partsOf(name: string): string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/).map((part) => part.replace(/(?<=[a-z])\d+$/, ''));
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
