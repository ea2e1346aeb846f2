import { higherRisk, RISKS, stricter, VERDICTS, type Actor, type BlastRadius, type Effect, type Environment, type Operation, type Risk, type Verdict } from '../model';
import { DEFAULTS } from './defaults';
import { environmentOf } from './environment';
import { anyMatches, globMatches } from './glob';
import { effectsOf, riskOf } from './risk';
import type { Rule, RuleSet, When } from './rule';

export interface Question {
  readonly operations: readonly Operation[];
  readonly actor: Actor;
  /** The workspace's rules: committed and working copy. They only tighten. */
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

/** What the rules in force say. The strictest match wins; without operations there is nothing to hold. */
export function decide({ operations, actor, layers, own, blastRadius }: Question): Decided {
  const sets = own ? [...layers, own] : layers;
  const environments = sets.flatMap((s) => s.environments);
  const perOperation = operations.map((operation): Verdict => {
    const environment = environmentOf(operation, environments);
    const effects = effectsOf(operation, blastRadius);
    const risk = riskOf(operation, environment, blastRadius);
    const facts: Facts = { operation, actor, environment, effects, risk };
    const verdicts = [byDefault(facts, blastRadius !== undefined, own)];
    for (const set of sets) {
      for (const rule of set.rules) {
        if (rule.overrides === undefined && matches(rule.when, facts)) verdicts.push(byRule(rule, set, facts));
      }
    }
    // The first of the strictest: a file's rule that says the same as a default adds nothing.
    return verdicts.reduce((a, b) => (VERDICTS.indexOf(b.kind) > VERDICTS.indexOf(a.kind) || (a.kind === b.kind && (b.approvers ?? 0) > (a.approvers ?? 0)) ? b : a));
  });
  const [first, ...rest] = perOperation;
  if (!first) return { verdict: { kind: 'allow', rule: 'default:nothing', reason: 'There is nothing here that changes anything.', risk: 'none' }, perOperation };
  const worst = rest.reduce((a, b) => (a.kind !== b.kind ? (stricter(a.kind, b.kind) === a.kind ? a : b) : RISKS.indexOf(b.risk) > RISKS.indexOf(a.risk) ? b : a), first);
  return { verdict: { ...worst, risk: perOperation.reduce<Risk>((risk, v) => higherRisk(risk, v.risk), 'none') }, perOperation };
}

interface Facts {
  readonly operation: Operation;
  readonly actor: Actor;
  readonly environment: Environment | undefined;
  readonly effects: readonly Effect[];
  readonly risk: Risk;
}

function byDefault(facts: Facts, previewed: boolean, own: RuleSet | undefined): Verdict {
  const { operation, effects, environment, risk } = facts;
  const rule = DEFAULTS.find((d) => d.applies(operation, effects, previewed));
  if (!rule) throw new Error('no built-in rule applies');
  const override = own?.rules.find((r) => r.overrides === rule.id && matches(r.when, facts));
  if (override && own) return byRule(override, own, facts);
  return { kind: rule.verdict, rule: rule.id, reason: `${operation.reason}${rule.verdict === 'allow' ? ` ${rule.why}` : ''}`, risk, environment };
}

function byRule(rule: Rule, set: RuleSet, { operation, environment, risk }: Facts): Verdict {
  const reason = `${operation.reason} ${rule.reason}`.trim();
  return { kind: rule.verdict, rule: `${set.source}: ${rule.id}`, reason, risk, environment, ...(rule.approvers === undefined ? {} : { approvers: rule.approvers }) };
}

function matches(when: When, { operation, actor, environment, effects, risk }: Facts): boolean {
  const some = <T>(wanted: readonly T[] | undefined, given: readonly T[]): boolean => wanted === undefined || wanted.some((w) => given.includes(w));
  const glob = (wanted: readonly string[] | undefined, given: readonly (string | undefined)[]): boolean => wanted === undefined || anyMatches(wanted, given);
  // What is not known may be what the rule is about: a rule that names a target covers an unknown one too.
  const targets = operation.targets.length > 0 ? operation.targets : [{ type: '', name: undefined, known: false }];
  return some(when.effect, effects)
    && glob(when.operation, [operation.operation])
    && (when.resourceType === undefined || targets.some((t) => t.type === '' || anyMatches(when.resourceType ?? [], [t.type])))
    && glob(when.environment, [environment?.name ?? 'unknown'])
    && some(when.tier, [environment?.tier ?? 'unknown'])
    && (when.actor === undefined || when.actor.some((a) => a === actor.kind || globMatches(a, actor.name)))
    && (when.risk === undefined || RISKS.indexOf(risk) >= RISKS.indexOf(when.risk))
    && (when.target === undefined || targets.some((t) => !t.known || anyMatches(when.target ?? [], [t.name])))
    && some(when.reversibility, [operation.reversibility.kind])
    && some(when.mutation, [operation.mutation]);
}
