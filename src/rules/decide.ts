import { higherRisk, RISKS, VERDICTS, type Actor, type BlastRadius, type Effect, type Environment, type Operation, type ReversibilityKind, type Risk, type Target, type Verdict } from '../model';
import { HOLDING, PASSING, READ, type DefaultRule } from './defaults';
import { environmentByName, environmentsAt, namesOf, partsOfAddress, placeOf, strictestOf } from './environment';
import { anyMatches, globMatches } from './glob';
import { effectsOf, riskOf, undoOf } from './risk';
import type { Rule, RuleSet, When } from './rule';

export interface Question {
  readonly operations: readonly Operation[];
  readonly actor: Actor;
  /** The workspace's rules, the committed before the working copy. They only tighten. */
  readonly layers: readonly RuleSet[];
  /** The user's own rules: they may override a default. */
  readonly own?: RuleSet;
  readonly blastRadius?: BlastRadius;
}

export interface Decided {
  /** The strictest of all, with the highest risk. */
  readonly verdict: Verdict;
  /** One for each operation, in their order. */
  readonly perOperation: readonly Verdict[];
}

/** What the rules in force say. The strictest match wins; without operations there is nothing to hold. Never throws. */
export function decide({ operations, actor, layers, own, blastRadius }: Question): Decided {
  const perOperation = operations.map((operation) => judge(operation, actor, layers, own, blastRadius));
  const [first, ...rest] = perOperation;
  if (!first) return { verdict: { kind: 'allow', rule: 'default:nothing', reason: 'There is nothing here that changes anything.', risk: 'none' }, perOperation };
  const worst = rest.reduce((a, b) => {
    const order = compare(a, b);
    return order < 0 || (order === 0 && RISKS.indexOf(b.risk) > RISKS.indexOf(a.risk)) ? b : a;
  }, first);
  return { verdict: { ...worst, risk: perOperation.reduce<Risk>((risk, v) => higherRisk(risk, v.risk), 'none') }, perOperation };
}

/** All that a rule may ask about one operation. */
interface Facts {
  readonly operation: Operation;
  readonly actor: Actor;
  /** Every environment that it may belong to, as the asking file sees it; undefined is one that nothing names. */
  readonly environments: readonly (Environment | undefined)[];
  readonly effects: readonly Effect[];
  readonly undo: ReversibilityKind;
  readonly risk: Risk;
  /** What is shown: the strictest environment. */
  readonly shown: Environment | undefined;
  readonly blastRadius: BlastRadius | undefined;
}

function judge(operation: Operation, actor: Actor, layers: readonly RuleSet[], own: RuleSet | undefined, blastRadius: BlastRadius | undefined): Verdict {
  const place = placeOf(operation, blastRadius);
  const ownNamed = environmentsAt(place, own?.environments ?? []);
  const guess = ownNamed.length > 0 ? undefined : environmentByName(place);
  const layersNamed = layers.map((layer) => environmentsAt(place, layer.environments));
  // Declared ones first: of two with the same tier the declared one is shown.
  const all = [...ownNamed, ...layersNamed.flat(), ...(guess ? [guess] : [])];
  const shown = strictestOf(all);
  const facts: Facts = {
    operation, actor, environments: all, shown, blastRadius,
    effects: effectsOf(operation, blastRadius), undo: undoOf(operation, blastRadius), risk: riskOf(operation, shown, blastRadius),
  };
  const known = ownNamed.length > 0 || guess !== undefined;
  // For a file, a place that neither it nor a more trusted one names is unknown, whatever a less trusted one calls it.
  const seenFrom = (named: boolean): Facts => (named ? facts : { ...facts, environments: [...all, undefined] });
  const ownFacts = seenFrom(known);
  const verdicts = byDefault(ownFacts, own);
  const ask = (set: RuleSet, asked: Facts): void => {
    for (const rule of set.rules) if (rule.overrides === undefined && mayMean(rule.when, asked)) verdicts.push(byRule(rule, set, asked));
  };
  if (own) ask(own, ownFacts);
  layers.forEach((layer, i) => ask(layer, seenFrom(known || layersNamed.slice(0, i + 1).some((named) => named.length > 0))));
  // The first of the strictest: a file's rule that says the same as a default adds nothing.
  return verdicts.reduce((a, b) => (compare(a, b) < 0 ? b : a));
}

/**
 * The defaults' verdicts, never none: each that holds, or what the user put in its place, or else the one that lets it pass. What is
 * put in its place and is stricter counts wherever it may be meant; what is milder, only where it certainly is.
 */
function byDefault(facts: Facts, own: RuleSet | undefined): Verdict[] {
  const { operation, effects, blastRadius } = facts;
  const isEdit = operation.origin.kind === 'edit';
  const where = { actor: facts.actor, tier: tierOf(facts.shown), risk: facts.risk };
  const applies = (rule: DefaultRule): boolean => (rule.edit === true) === isEdit && rule.applies(operation, effects, blastRadius !== undefined, where);
  const holding = applies(READ) ? [] : HOLDING.filter(applies);
  if (holding.length === 0) {
    const passing = [READ, ...PASSING].find(applies) ?? READ;
    return [verdictOf(facts, passing.verdict, passing.id, `${operation.reason} ${passing.why}`)];
  }
  return holding.map((rule) => {
    const [override, ...more] = (own?.rules ?? []).filter((r) => r.overrides?.includes(rule.id) && (VERDICTS.indexOf(r.verdict) >= VERDICTS.indexOf(rule.verdict) ? mayMean(r.when, facts) : certainlyMeans(r.when, facts)));
    if (!override || !own) return verdictOf(facts, rule.verdict, rule.id, reasonOf(facts));
    return more.reduce((a, r) => [a, byRule(r, own, facts)].reduce((x, y) => (compare(x, y) < 0 ? y : x)), byRule(override, own, facts));
  });
}

function byRule(rule: Rule, set: RuleSet, facts: Facts): Verdict {
  return {
    ...verdictOf(facts, rule.verdict, `${set.source}: ${rule.id}`, `${reasonOf(facts)} ${rule.reason}`.trim()),
    ...(rule.approvers === undefined ? {} : { approvers: rule.approvers }),
  };
}

function verdictOf({ risk, shown }: Facts, kind: Verdict['kind'], rule: string, reason: string): Verdict {
  return { kind, rule, reason, risk, environment: shown };
}

const SAID: Readonly<Record<string, string>> = { lost: 'is lost', replaced: 'is replaced', interrupted: 'is interrupted', unknown: 'may change in a way that is not known', snapshotted: 'goes, after a snapshot' };

/** The operation's own sentence, and what a preview found where only that could tell. */
function reasonOf({ operation, blastRadius }: Facts): string {
  if (!operation.previewDecides || !blastRadius) return operation.reason;
  const bad = blastRadius.resources.flatMap((r) => {
    const said = SAID[r.outcome];
    return said === undefined ? [] : [`${r.id} ${said}${r.data === 'lost' ? ' with its data' : ''}`];
  });
  const more = bad.length > 3 ? `, and ${bad.length - 3} more` : '';
  if (bad.length > 0) return `${operation.reason} The preview says: ${bad.slice(0, 3).join(', ')}${more}.`;
  return blastRadius.unknowns.length > 0 ? `${operation.reason} The preview could not see everything.` : operation.reason;
}

/** Negative when `b` is stricter than `a`. */
function compare(a: Verdict, b: Verdict): number {
  return VERDICTS.indexOf(a.kind) - VERDICTS.indexOf(b.kind) || (a.approvers ?? 0) - (b.approvers ?? 0);
}

const names = (wanted: readonly string[] | undefined, given: readonly string[]): boolean => wanted === undefined || anyMatches(wanted, given);
const some = <T>(wanted: readonly T[] | undefined, given: readonly T[]): boolean => wanted === undefined || given.some((g) => wanted.includes(g));
const every = <T>(wanted: readonly T[] | undefined, given: readonly T[]): boolean => wanted === undefined || given.every((g) => wanted.includes(g));
const asks = (wanted: readonly string[], { kind, name }: Actor): boolean => wanted.some((a) => a.toLowerCase() === kind || globMatches(a, name));
const nameOf = (environment: Environment | undefined): string => environment?.name ?? 'unknown';
const tierOf = (environment: Environment | undefined): Environment['tier'] => environment?.tier ?? 'unknown';
const isTarget = (wanted: readonly string[], target: Target): boolean => anyMatches(wanted, namesOf(target));

/** Whether a rule that tightens applies. What is not known may be what the rule is about: it covers an unknown target too. */
function mayMean(when: When, { operation, actor, environments, effects, undo, risk }: Facts): boolean {
  const { target, resourceType } = when;
  const targets: readonly Target[] = operation.targets.length > 0 ? operation.targets : [{ type: '', name: undefined, known: false }];
  return some(when.effect, effects)
    && names(when.operation, [operation.operation])
    && (resourceType === undefined || targets.some((t) => t.type === '' || anyMatches(resourceType, [t.type])))
    && names(when.environment, environments.map(nameOf))
    && some(when.tier, environments.map(tierOf))
    && (when.actor === undefined || asks(when.actor, actor))
    && (when.risk === undefined || RISKS.indexOf(risk) >= RISKS.indexOf(when.risk))
    && (target === undefined || targets.some((t) => !t.known || isTarget(target, t) || anyMatches(target, partsOfAddress(t))))
    && some(when.reversibility, [undo])
    && some(when.mutation, [operation.mutation]);
}

/** Whether a rule that loosens applies: only to what is known in every part that the rule speaks of. */
function certainlyMeans(when: When, { operation, actor, environments, effects, undo }: Facts): boolean {
  const { target, resourceType, environment } = when;
  const { targets } = operation;
  const ofPlace = target !== undefined || resourceType !== undefined || environment !== undefined || when.tier !== undefined;
  return (when.effect === undefined || (effects.length > 0 && every(when.effect, effects)))
    && names(when.operation, [operation.operation])
    && (!ofPlace || operation.unknowns.length === 0)
    && (resourceType === undefined || (targets.length > 0 && targets.every((t) => t.type !== '' && anyMatches(resourceType, [t.type]))))
    && (environment === undefined || environments.every((e) => anyMatches(environment, [nameOf(e)])))
    && every(when.tier, environments.map(tierOf))
    // A mark can be taken off: that there is none is no proof of a person.
    && (when.actor === undefined || (asks(when.actor, actor) && !(actor.kind === 'human' && actor.confidence === 'guess')))
    // "This risk or a higher one" can't loosen; the reader refuses it.
    && when.risk === undefined
    && (target === undefined || (targets.length > 0 && targets.every((t) => t.known && isTarget(target, t))))
    && every(when.reversibility, [undo])
    && every(when.mutation, [operation.mutation]);
}
