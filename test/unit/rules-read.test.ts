import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import fc from 'fast-check';

import { RISKS, VERDICTS } from '../../src/model';
import { globMatches } from '../../src/rules/glob';
import { createRules, type RulesInForce, type TeamText } from '../../src/rules/load';
import { EFFECTS, FIELDS, MUTATIONS, OVERRIDABLE, readRules, REVERSIBILITIES, TIERS } from '../../src/rules/read';
import { tryExamples } from '../../src/rules/try';
import { AGENT, anOperation } from '../support/operations';

const file = (...rules: string[]): string => `{ "version": 1, "rules": [\n${rules.join(',\n')}\n] }`;
const RULE = '{ "id": "a", "when": {}, "verdict": "deny", "reason": "r" }';

describe('Reading rules', () => {
  it('takes comments, trailing commas, single texts for lists, and a byte order mark', () => {
    const text = `{
      // who may
      "$schema": "x", "version": 1,
      "environments": [{ "name": "prod", "tier": "production", "match": { "account": ["1", "2"], "stack": "p-*" } }],
      "rules": [{ "when": { "effect": "data-loss", "actor": ["agent"] }, "verdict": "approve", "approvers": 2, "reason": "r", "examples": [{ "command": "aws x", "verdict": "approve" }] },],
    }`;
    const { rules, problems } = readRules(text, 'team rules');
    assert.deepEqual(problems, []);
    assert.deepEqual(JSON.parse(JSON.stringify(rules)), {
      source: 'team rules',
      environments: [{ name: 'prod', tier: 'production', match: { account: ['1', '2'], stack: ['p-*'] } }],
      rules: [{ id: 'rule-1', when: { effect: ['data-loss'], actor: ['agent'] }, verdict: 'approve', reason: 'r', approvers: 2, examples: [{ command: 'aws x', verdict: 'approve' }] }],
    });
    assert.deepEqual(readRules(`\ufeff${text}`, 's').problems, []);
  });

  const wrong: readonly [string, string, string, RegExp][] = [
    ['no JSON', '{ "version": 1, "rules": [ }', '}', /not JSON/],
    ['an empty file', '', '', /empty/],
    ['a list', '[]', '[]', /must be an object/],
    ['no version', '{ "rules": [] }', '{ "rules": [] }', /"version": 1/],
    ['another version', '{ "version": 2 }', '2', /reads version 1/],
    ['an unknown member', '{ "version": 1, "ignore": [] }', '"ignore"', /no member "ignore".*environments, rules/],
    ['a member twice', '{ "version": 1, "version": 1 }', '"version"', /twice/],
    ['rules that are no list', '{ "version": 1, "rules": {} }', '{}', /must be a list/],
    ['an unknown word', file(RULE.replace('deny', 'forbid')), '"forbid"', /one of: allow, warn, confirm, approve, deny/],
    ['a word in another case', file(RULE.replace('deny', 'Deny')), '"Deny"', /one of/],
    ['a number for a text', file(RULE.replace('"r"', '7')), '7', /text in quotes/],
    ['no reason', file('{ "when": {}, "verdict": "deny" }'), '{ "when": {}, "verdict": "deny" }', /"reason" is missing/],
    ['no when', file('{ "verdict": "deny", "reason": "r" }'), '{ "verdict": "deny", "reason": "r" }', /"when" is missing/],
    ['two rules of one name', file(RULE, RULE), '"a"', /another rule "a"/],
    ['the name of a default', file(RULE.replace('"a"', '"default:x"')), '"default:x"', /built-in/],
    ['an unknown member in when', file(RULE.replace('{}', '{ "effects": "outage" }')), '"effects"', /no member "effects".*effect/],
    ['an unknown effect', file(RULE.replace('{}', '{ "effect": ["outage", "boom"] }')), '"boom"', /"boom" is not known/],
    ['an empty list', file(RULE.replace('{}', '{ "target": [] }')), '[]', /would match nothing/],
    ['an empty pattern', file(RULE.replace('{}', '{ "target": "" }')), '""', /text in quotes/],
    ['a regular expression', file(RULE.replace('{}', '{ "target": "prod-.*" }')), '"prod-.*"', /Write \* for any run/],
    ['a pattern of another language', file(RULE.replace('{}', '{ "target": ["a", "{b,c}"] }')), '"{b,c}"', /Write a list/],
    ['an empty match', '{ "version": 1, "environments": [{ "name": "a", "tier": "staging", "match": {} }] }', '{}', /every target/],
    ['an unknown tier', '{ "version": 1, "environments": [{ "name": "a", "tier": "prod", "match": { "stack": "a" } }] }', '"prod"', /production, staging, development/],
    ['approvers with another verdict', file(RULE.replace('}, "v', '}, "approvers": 2, "v')), '2', /goes with the verdict "approve"/],
    ['half an approver', file(RULE.replace('"deny"', '"approve", "approvers": 1.5')), '1.5', /whole number/],
    ['an override in a workspace', file(RULE.replace('}, "v', '}, "overrides": "default:outage", "v')), '"default:outage"', /your own rules file/],
    ['an example without a command', file(RULE.replace('"r" }', '"r", "examples": [{ "verdict": "deny" }] }')), '{ "verdict": "deny" }', /"command" is missing/],
  ];
  for (const [what, text, at, message] of wrong) {
    it(`tells ${what} at its place, and gives no rules`, () => {
      const { rules, problems } = readRules(text, 'team rules');
      assert.equal(rules, undefined);
      const found = problems.find((p) => message.test(p.message));
      assert.ok(found, JSON.stringify(problems));
      if (at !== '') assert.equal(text.slice(found.start, found.end), at);
      const before = text.slice(0, found.start).split('\n');
      assert.deepEqual([found.line, found.column], [before.length, (before.at(-1) ?? '').length + 1]);
    });
  }

  it('tells what an override can not say', () => {
    const override = (when: string, name = '"default:outage"'): string => file(`{ "when": ${when}, "verdict": "warn", "reason": "r", "overrides": ${name} }`);
    assert.deepEqual(readRules(override('{ "tier": "development" }', '["default:outage", "default:data-loss"]'), 'own rules', true).problems, []);
    assert.match(readRules(override('{ "risk": "low" }'), 'own rules', true).problems[0]?.message ?? '', /can't say what an override lets pass/);
    assert.match(readRules(override('{}', '"default:read"'), 'own rules', true).problems[0]?.message ?? '', /one of: default:data-loss/);
  });

  it('never falls over, whatever the text', () => {
    const json = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 5 }, fc.constantFrom('version', 'rules', 'when', 'verdict', '__proto__', 'constructor', 'deny', '*', ''), fc.integer(), fc.constant(null), fc.boolean(), fc.array(tie('any')),
        fc.dictionary(fc.constantFrom('version', 'rules', 'environments', 'when', 'match', 'verdict', 'reason', 'id', 'effect', 'toString', '__proto__', 'examples', 'tier', 'name'), tie('any'))),
    })).any;
    fc.assert(fc.property(fc.oneof(json.map((j) => JSON.stringify(j)), fc.string(), fc.constantFrom(file(RULE)).chain((t) => fc.nat(t.length).map((n) => t.slice(0, n)))), (text) => {
      const { rules, problems } = readRules(text, 's');
      assert.equal(rules === undefined, problems.length > 0);
      for (const p of problems) assert.ok(p.start >= 0 && p.end >= p.start && p.line > 0 && p.column > 0 && p.message.endsWith('.'));
    }), { numRuns: 2000 });
    for (const text of ['['.repeat(300_000), '{"a":'.repeat(100_000), `${file(RULE)}${' '.repeat(2_000_000)}`]) assert.equal(readRules(text, 's').rules, undefined);
  });

  it('agrees with the schema, member by member and word by word', () => {
    type Part = { properties?: Record<string, Part>; enum?: string[]; items?: Part; additionalProperties?: boolean; description?: string };
    const schema = JSON.parse(readFileSync('schemas/holdpoint.schema.json', 'utf8')) as Part & { definitions: Record<string, Part> };
    const { environment, rule, when, default: defaults, verdict, effect, tier, reversibility, mutation } = schema.definitions;
    const objects: Record<keyof typeof FIELDS, Part | undefined> = {
      file: schema, environment, match: environment?.properties?.['match'], rule, when, example: rule?.properties?.['examples']?.items,
    };
    for (const [what, part] of Object.entries(objects)) {
      assert.deepEqual(Object.keys(part?.properties ?? {}).sort(), [...FIELDS[what as keyof typeof FIELDS]].sort(), what);
      assert.equal(part?.additionalProperties, false, what);
      for (const [name, member] of Object.entries(part?.properties ?? {})) assert.ok(member.description ?? JSON.stringify(member).includes('$ref'), `${what}.${name} has a description`);
    }
    const words: readonly (readonly [Part | undefined, readonly string[]])[] = [
      [verdict, VERDICTS], [effect, EFFECTS], [tier, [...TIERS, 'unknown']], [reversibility, REVERSIBILITIES], [mutation, MUTATIONS], [defaults, OVERRIDABLE],
      [when?.properties?.['risk'], RISKS], [environment?.properties?.['tier'], TIERS],
    ];
    for (const [part, list] of words) assert.deepEqual(part?.enum, [...list]);
  });
});

describe('A pattern', () => {
  it('has * and ?, and does not look at case', () => {
    for (const [pattern, text] of [['*', ''], ['a*', 'A'], ['*-prod', 'x-PROD'], ['a?c', 'abc'], ['*a*b*', 'xxaxxbxx'], ['a.c', 'a.c'], ['(x)+', '(x)+'], ['**', 'x']] as const) assert.ok(globMatches(pattern, text), pattern);
    for (const [pattern, text] of [['a', 'ab'], ['', 'a'], ['a?', 'a'], ['*-prod', 'prod'], ['a.c', 'abc'], ['*a', 'ab']] as const) assert.ok(!globMatches(pattern, text), pattern);
  });

  it('matches what the same regular expression matches', () => {
    const chars = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    const regexp = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
    fc.assert(fc.property(chars, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (pattern, text) => assert.equal(globMatches(pattern, text), regexp(pattern).test(text))), { numRuns: 3000 });
  });

  it('can not be made to hang', function () {
    this.timeout(2000);
    assert.equal(globMatches(`${'*a'.repeat(2000)}b`, 'a'.repeat(20_000)), false);
  });
});

describe('The rules in force', () => {
  const deny = file(RULE);
  const head = (text: string | undefined, why?: string): TeamText => ({ key: '/w', source: 'team rules at HEAD', text, ...(why === undefined ? {} : { why }) });
  const now = (text: string): TeamText => ({ key: '/w', source: 'team rules', text });
  const keep = (team: readonly TeamText[], own?: string): RulesInForce => createRules({ own: () => own }).current(team);

  it('are the committed and the working copy and the user\'s own', () => {
    const { layers, own, problems } = keep([head(deny), now(deny)], deny);
    assert.deepEqual([layers.map((l) => l.source), own?.source, problems], [['team rules at HEAD', 'team rules'], 'own rules', []]);
    assert.deepEqual(keep([]).layers, []);
  });

  it('stay those of the last good version while a file is broken, and say what is wrong', () => {
    const rules = createRules({ own: () => undefined });
    const good = rules.current([now(deny)]);
    assert.equal(rules.current([now(deny)]), good, 'nothing is read anew');
    const broken = rules.current([now('{ "version": 1, "rules": [')]);
    assert.equal(broken.layers[0]?.rules[0]?.verdict, 'deny');
    assert.equal(broken.problems[0]?.source, 'team rules');
    assert.notEqual(broken.digest, good.digest);
    assert.equal(rules.current([now(deny)]).digest, good.digest);
    assert.deepEqual(rules.current([]).layers, []);
  });

  it('stay in force when a file can not be read', () => {
    const rules = createRules({ own: () => undefined });
    rules.current([head(deny)]);
    const unread = rules.current([head(undefined, 'git did not answer')]);
    assert.equal(unread.layers.length, 1);
    assert.match(unread.problems[0]?.problem.message ?? '', /git did not answer/);
  });
});

describe('The examples of rules', () => {
  it('are tried with the defaults in force', () => {
    const { rules } = readRules(file('{ "when": { "target": "orders" }, "verdict": "deny", "reason": "r", "examples": [{ "command": "orders", "verdict": "deny" }, { "command": "other", "verdict": "deny" }] }'), 's');
    assert.ok(rules);
    const detect = (command: string) => [anOperation({ targets: [{ type: 't', name: command, known: true }] })];
    assert.deepEqual(tryExamples(rules, detect, AGENT).map((t) => [t.command, t.got, t.ok]), [['orders', 'deny', true], ['other', 'confirm', false]]);
  });

  it('of the user\'s own file may override', () => {
    const { rules } = readRules(file('{ "when": {}, "verdict": "warn", "reason": "r", "overrides": "default:data-loss", "examples": [{ "command": "x", "verdict": "warn" }] }'), 's', true);
    assert.ok(rules);
    assert.deepEqual(tryExamples(rules, () => [anOperation()], AGENT, true).map((t) => t.ok), [true]);
  });
});
