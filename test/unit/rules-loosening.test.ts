import assert from 'node:assert/strict';

import fc from 'fast-check';

import { VERDICTS, type Operation } from '../../src/model';
import { decide } from '../../src/rules/decide';
import { createRules } from '../../src/rules/load';
import { isConfirmed, looseningLines, looseningOf, type Confirmation } from '../../src/rules/loosening';
import { readRules } from '../../src/rules/read';
import type { RuleSet } from '../../src/rules/rule';
import { AGENT, anOperation, PERSON } from '../support/operations';

type File = { readonly environments?: readonly object[]; readonly rules?: readonly object[] };
const textOf = (file: File): string => JSON.stringify({ version: 1, ...file });
const setOf = (file: File): RuleSet => {
  const { rules, problems } = readRules(textOf(file), 'own rules', true);
  assert.deepEqual(problems, []);
  assert.ok(rules);
  return rules;
};
const ALL_OFF: File = { rules: ['default:data-loss', 'default:outage', 'default:exposure', 'default:unknown', 'default:destructive'].map((id) => ({ when: {}, verdict: 'allow', reason: 'r', overrides: id })) };
const confirmationOf = (file: File): Confirmation | undefined => looseningOf(setOf(file))?.asConfirmed;

/** The verdict with a file of the user's own, confirmed or not, beside a team's layers. */
const verdict = (file: File | undefined, confirmed: Confirmation | undefined, { operation = anOperation(), team = [], actor = PERSON }: { operation?: Operation; team?: readonly File[]; actor?: typeof PERSON } = {}): string => {
  const rules = createRules({ own: () => file && textOf(file), confirmed: () => confirmed });
  const { layers, own } = rules.current(team.map((t, i) => ({ key: String(i), source: 'team rules', text: textOf(t) })));
  return decide({ operations: [operation], actor, layers, own }).verdict.kind;
};

describe('The user\'s own rules', () => {
  it('that switch every default off loosen nothing before a person has confirmed exactly that', () => {
    assert.equal(verdict(ALL_OFF, undefined), 'confirm');
    assert.equal(verdict(ALL_OFF, confirmationOf(ALL_OFF)), 'allow');
    assert.equal(verdict(ALL_OFF, { loosens: '0'.repeat(64), tightens: [] }), 'confirm');
  });

  it('that loosen otherwise than was confirmed loosen nothing', () => {
    const one: File = { rules: [{ when: { target: 'scratch-*' }, verdict: 'allow', reason: 'r', overrides: 'default:data-loss' }] };
    const more: File = { rules: [{ when: { target: '*' }, verdict: 'allow', reason: 'r', overrides: 'default:data-loss' }] };
    const scratch = anOperation({ targets: [{ type: 't', name: 'scratch-1', known: true }] });
    assert.equal(verdict(one, confirmationOf(one), { operation: scratch }), 'allow');
    assert.equal(verdict(more, confirmationOf(one), { operation: scratch }), 'confirm');
  });

  it('tighten at once, and say what they want of a reason, a name and an order without being confirmed anew', () => {
    const tight: File = { rules: [{ id: 'a', when: {}, verdict: 'deny', reason: 'r' }] };
    assert.equal(verdict(tight, undefined), 'deny');
    assert.equal(looseningOf(setOf(tight)), undefined);
    const [first, second] = ALL_OFF.rules ?? [];
    const before = confirmationOf({ rules: [first ?? {}, second ?? {}] });
    const after = looseningOf(setOf({ rules: [{ ...second, reason: 'other', id: 'x' }, { ...first, examples: [{ command: 'x', verdict: 'allow' }] }] }));
    assert.ok(after && isConfirmed(after, before));
  });

  it('loosen no more when a rule that tightened beside them is taken away, and go on when one is added', () => {
    const guard = { id: 'guard', when: { target: 'payments' }, verdict: 'deny', reason: 'r' };
    const loose = { id: 'loose', when: {}, verdict: 'allow', reason: 'r', overrides: 'default:data-loss' };
    const confirmed = confirmationOf({ rules: [guard, loose] });
    assert.equal(verdict({ rules: [guard, loose] }, confirmed, { operation: anOperation({ targets: [{ type: 't', name: 'x', known: true }] }) }), 'allow');
    assert.equal(verdict({ rules: [loose] }, confirmed), 'confirm');
    assert.equal(verdict({ rules: [guard, loose, { ...guard, id: 'more', when: { target: 'x' } }] }, confirmed, { operation: anOperation({ targets: [{ type: 't', name: 'y', known: true }] }) }), 'allow');
  });

  it('that call production something else take no team\'s rule away, nor the one for what nobody knows', () => {
    const dev: File = { environments: [{ name: 'dev', tier: 'development', match: { stack: '*' } }] };
    const stack = (name: string): Operation => anOperation({ targets: [{ type: 'AWS::CloudFormation::Stack', name, known: true }] });
    const team = [{ rules: [{ when: { tier: ['production', 'unknown'] }, verdict: 'deny', reason: 'r' }] }];
    for (const name of ['payments-prod', 'payments']) {
      assert.equal(verdict(dev, undefined, { operation: stack(name), team }), 'deny', name);
      assert.equal(verdict(dev, confirmationOf(dev), { operation: stack(name), team }), 'confirm', name);
    }
  });

  it('never make an answer milder than it is without them, whatever they say', () => {
    const word = fc.constantFrom('prod', 'dev', 'a-prod', 'x', '*', 'a*');
    const when = fc.record({ target: word, environment: word, tier: fc.constantFrom('production', 'development', 'unknown'), effect: fc.constantFrom('data-loss', 'outage', 'unknown'), actor: fc.constantFrom('human', 'agent') }, { requiredKeys: [] });
    const kind = fc.constantFrom(...VERDICTS);
    const overrides = fc.constantFrom('default:data-loss', 'default:outage', 'default:unknown', 'default:destructive', 'default:exposure');
    const rule = (ids: fc.Arbitrary<string | undefined>): fc.Arbitrary<object> => fc.record({ when, verdict: kind, reason: fc.constant('r'), overrides: ids }).map(({ overrides: o, ...r }) => (o === undefined ? r : { ...r, overrides: o }));
    const environment = fc.record({ name: word, tier: fc.constantFrom('production', 'staging', 'development'), match: fc.record({ stack: word }) });
    const own = fc.record({ environments: fc.array(environment, { maxLength: 3 }), rules: fc.array(rule(fc.option(overrides, { nil: undefined })), { maxLength: 5 }) });
    const team = fc.array(fc.record({ environments: fc.array(environment, { maxLength: 2 }), rules: fc.array(rule(fc.constant(undefined)), { maxLength: 3 }) }), { maxLength: 2 });
    const operation = fc.record({ name: word, effects: fc.subarray(['data-loss', 'outage', 'unknown'] as const), mutation: fc.constantFrom('destructive', 'modifying', 'unknown', 'none') })
      .map(({ name, ...o }) => anOperation({ ...o, targets: [{ type: 'AWS::CloudFormation::Stack', name, known: true }] }));
    fc.assert(fc.property(own, team, operation, fc.constantFrom(PERSON, AGENT), (file, layers, o, actor) => {
      const rank = (f: File | undefined): number => VERDICTS.indexOf(verdict(f, undefined, { operation: o, team: layers, actor }) as (typeof VERDICTS)[number]);
      assert.ok(rank(file) >= rank(undefined));
    }), { numRuns: 1500 });
  });

  it('say nothing of their own in what a person is asked to confirm', () => {
    const lie = 'x": confirm, where target is scratch-*.\n\n(Everything below is the old text of this file, no longer in force.)\n"y';
    const rule = { when: { target: lie }, verdict: 'allow', reason: 'r', overrides: 'default:data-loss' };
    const named = readRules(textOf({ rules: [{ ...rule, id: lie, when: {} }] }), 'own rules', true);
    assert.match(named.problems[0]?.message ?? '', /^An "id" is up to 60 letters/);
    assert.equal(named.rules, undefined);
    const environments = [{ name: lie, tier: 'development', match: { stack: lie } }];
    for (const set of [setOf({ rules: [{ ...rule, id: 'fine' }], environments }), { source: 's', environments: [], rules: [{ id: lie, when: {}, verdict: 'allow', reason: 'r', overrides: ['default:data-loss'], examples: [] }] } as RuleSet]) {
      const lines = looseningLines(looseningOf(set) ?? assert.fail());
      assert.ok(lines.length > 0);
      for (const line of lines) {
        assert.doesNotMatch(line, /[\n\r]/);
        assert.doesNotMatch(line.replaceAll(/"[^"]*"/g, '""'), /scratch|Everything|"y/, line);
      }
    }
  });

  it('that would loosen are told, each with what it is now and what it would become, and change the digest once confirmed', () => {
    const file: File = { environments: [{ name: 'box', tier: 'development', match: { stack: 'box-*' } }], rules: [{ id: 'mine', when: { environment: 'box', effect: 'data-loss' }, verdict: 'warn', reason: 'r', overrides: ['default:data-loss'] }] };
    const loosening = looseningOf(setOf(file));
    assert.ok(loosening);
    assert.deepEqual(looseningLines(loosening), [
      'Data would be lost. Now: confirm. With your rule "mine": warn, where effect is "data-loss", and environment is "box".',
      'What matches stack "box-*" counts as "box" (development), whatever its name tells.',
    ]);
    const inForce = (confirmed: Confirmation | undefined) => createRules({ own: () => textOf(file), confirmed: () => confirmed }).current([]);
    assert.ok(inForce(undefined).unconfirmed);
    assert.equal(inForce(loosening.asConfirmed).unconfirmed, undefined);
    assert.notEqual(inForce(undefined).digest, inForce(loosening.asConfirmed).digest);
  });
});
