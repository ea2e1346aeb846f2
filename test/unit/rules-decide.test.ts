import assert from 'node:assert/strict';

import fc from 'fast-check';

import { RISKS, VERDICTS, type Actor, type Effect, type Mutation, type Operation, type Verdict } from '../../src/model';
import { decide } from '../../src/rules/decide';
import { HOLDING } from '../../src/rules/defaults';
import { EFFECTS, MUTATIONS, REVERSIBILITIES, TIERS, readRules } from '../../src/rules/read';
import type { EnvironmentRule, Rule, RuleSet } from '../../src/rules/rule';
import { AGENT, anOperation, anUpdate, aRadius, aResource, PERSON } from '../support/operations';

/** The rules of a file, which must be right. */
function rules(file: object, own = false): RuleSet {
  const { rules: set, problems } = readRules(JSON.stringify({ version: 1, ...file }), own ? 'own rules' : 'team rules', own);
  assert.deepEqual(problems, []);
  assert.ok(set);
  return set;
}
const one = (operation: Operation, { layers = [], own, actor = PERSON, preview }: { layers?: readonly RuleSet[]; own?: RuleSet; actor?: Actor; preview?: ReturnType<typeof aRadius> } = {}): Verdict =>
  decide({ operations: [operation], actor, layers, own, blastRadius: preview }).verdict;
const stack = (name: string | undefined, known = true): Pick<Operation, 'targets'> => ({ targets: [{ type: 'AWS::CloudFormation::Stack', name, known }] });

describe('Without any file', () => {
  const cases: readonly [string, Partial<Operation>, Verdict['kind'], Verdict['risk']][] = [
    ['what reads', { mutation: 'none', effects: [] }, 'allow', 'none'],
    ['what adds', { mutation: 'additive', effects: [] }, 'allow', 'low'],
    ['what adds and costs', { mutation: 'additive', effects: ['cost'] }, 'allow', 'low'],
    ['what modifies', { mutation: 'modifying', effects: [] }, 'allow', 'low'],
    ['what destroys nothing known', { mutation: 'destructive', effects: [] }, 'confirm', 'medium'],
    ['what loses data', {}, 'confirm', 'high'],
    ['what loses data in production', stack('payments-prod'), 'confirm', 'critical'],
    ['what loses data that can be had back', { reversibility: { kind: 'recoverable' } }, 'confirm', 'medium'],
    ['what loses data in production that can be had back', { ...stack('payments-prod'), reversibility: { kind: 'recoverable' } }, 'confirm', 'high'],
    ['what loses data with a guard switched off', { guardsOff: ['--force'], reversibility: { kind: 'recoverable' } }, 'confirm', 'high'],
    ['what interrupts', { effects: ['outage'] }, 'confirm', 'medium'],
    ['what interrupts production', { ...stack('payments-prod'), effects: ['outage'] }, 'confirm', 'high'],
    ['what exposes', { mutation: 'modifying', effects: ['exposure'] }, 'confirm', 'high'],
    ['what takes a guard away', { mutation: 'modifying', effects: ['guard-removal'] }, 'confirm', 'high'],
    ['what is not known', { mutation: 'unknown', effects: ['unknown'] }, 'confirm', 'medium'],
    ['what destroys and is only known to cost', { mutation: 'destructive', effects: ['cost'] }, 'confirm', 'medium'],
    ['what is not known, in production', { ...stack('x-prod'), mutation: 'unknown', effects: [] }, 'confirm', 'high'],
    ['what only a preview could judge', { mutation: 'modifying', effects: [], previewDecides: true }, 'confirm', 'medium'],
  ];
  for (const [what, change, kind, risk] of cases) {
    it(`${what}: ${kind}, ${risk}`, () => {
      const verdict = one(anOperation(change));
      assert.deepEqual([verdict.kind, verdict.risk], [kind, risk]);
      assert.match(verdict.rule, /^default:/);
      assert.match(verdict.reason, /Deletes stack payments\./);
    });
  }

  it('a person and an agent are judged alike', () => {
    fc.assert(fc.property(operations, (operation) => assert.deepEqual(one(operation, { actor: PERSON }), one(operation, { actor: AGENT }))));
  });

  it('nothing that may destroy passes, and nothing that only reads is held', () => {
    fc.assert(fc.property(operations, (operation) => {
      const { kind } = one(operation);
      if (operation.mutation === 'none') assert.equal(kind, 'allow');
      else if (operation.mutation === 'destructive' || operation.mutation === 'unknown' || operation.previewDecides || operation.effects.some((e) => e !== 'cost')) assert.equal(kind, 'confirm');
    }));
  });

  it('the strictest of several operations counts, with the highest risk', () => {
    const { verdict, perOperation } = decide({ operations: [anOperation({ mutation: 'additive', effects: [] }), anOperation({ effects: ['outage'], ...stack('a-prod') }), anOperation()], actor: PERSON, layers: [] });
    assert.deepEqual(perOperation.map((v) => v.kind), ['allow', 'confirm', 'confirm']);
    assert.deepEqual([verdict.kind, verdict.risk], ['confirm', 'high']);
    const worse = decide({ operations: [anOperation({ effects: ['outage'], reason: 'First.' }), anOperation({ reason: 'Second.' })], actor: PERSON, layers: [] });
    assert.equal(worse.verdict.reason, 'Second.', 'of two that are held, the one with the higher risk is told');
    assert.equal(decide({ operations: [], actor: PERSON, layers: [] }).verdict.kind, 'allow');
  });
});

describe('A preview', () => {
  it('that shows only additions and changes lets an update pass', () => {
    const verdict = one(anUpdate(), { preview: aRadius([aResource(), aResource({ action: 'add', outcome: 'added', data: 'unknown' })]) });
    assert.deepEqual([verdict.kind, verdict.rule, verdict.risk], ['allow', 'default:previewed', 'low']);
    assert.equal(one(anUpdate(), { preview: aRadius([]) }).kind, 'allow');
  });

  it('that shows a loss holds the update, and says what is lost', () => {
    const lost = aResource({ id: 'Orders', action: 'modify', replacement: 'yes', outcome: 'replaced', data: 'lost' });
    const verdict = one(anUpdate(stack('payments-prod')), { preview: aRadius([aResource(), lost]) });
    assert.deepEqual([verdict.kind, verdict.rule, verdict.risk], ['confirm', 'default:data-loss', 'critical']);
    assert.match(verdict.reason, /Orders is replaced with its data/);
  });

  it('says how bad a loss is: with data or without, for good or not', () => {
    const risk = (change: Parameters<typeof aResource>[0], undo: 'irreversible' | 'recoverable'): string =>
      one(anUpdate(stack('a-prod')), { preview: aRadius([aResource({ action: 'remove', outcome: 'lost', ...change })], { reversibility: { kind: undo } }) }).risk;
    assert.equal(risk({ data: 'lost' }, 'irreversible'), 'critical');
    assert.equal(risk({ data: 'unknown' }, 'irreversible'), 'critical');
    assert.equal(risk({ data: 'lost' }, 'recoverable'), 'high');
    assert.equal(risk({ data: 'none' }, 'irreversible'), 'high');
  });

  for (const [what, change] of Object.entries({
    'is lost': { action: 'remove', outcome: 'lost', data: 'none' }, 'may be replaced': { replacement: 'may' }, 'is interrupted': { outcome: 'interrupted' },
    'goes with a snapshot': { action: 'remove', outcome: 'snapshotted', data: 'snapshotted' }, 'is unknown': { outcome: 'unknown' }, 'has an unknown fate of its data': { data: 'unknown' },
  } as const)) {
    it(`where something ${what} holds the update`, () => assert.equal(one(anUpdate(), { preview: aRadius([aResource(change)]) }).kind, 'confirm'));
  }

  it('that could not see everything holds the update, wherever it comes from', () => {
    for (const source of ['change-set', 'live-reads', 'offline'] as const) {
      const verdict = one(anUpdate(), { preview: aRadius([aResource()], { source, unknowns: [{ kind: 'change', subject: 'x', text: 'What changes inside a nested stack is not known.' }] }) });
      assert.deepEqual([verdict.kind, verdict.rule], ['confirm', 'default:unknown']);
    }
  });

  it('takes nothing away from what an operation does by itself', () => {
    assert.equal(one(anOperation(), { preview: aRadius([]) }).rule, 'default:data-loss');
    assert.equal(one(anUpdate({ effects: ['unknown', 'guard-removal'] }), { preview: aRadius([]) }).rule, 'default:exposure');
    assert.equal(one(anOperation({ effects: ['outage'] }), { preview: aRadius([aResource({ outcome: 'lost', data: 'lost' })]) }).risk, 'high');
  });

  it('tells the account and stack that the command does not say', () => {
    const layers = [rules({ environments: [{ name: 'main', tier: 'production', match: { account: '1111*' } }, { name: 'pay', tier: 'production', match: { stack: 'pay-*' } }] })];
    const update = anUpdate({ targets: [{ type: 'cloudformation:change-set', name: 'c', known: true }] });
    assert.equal(one(update, { layers, preview: aRadius([], { context: { account: '111122223333' } }) }).environment?.name, 'main');
    assert.equal(one(update, { layers, preview: aRadius([], { stack: 'pay-1' }) }).environment?.name, 'pay');
    assert.equal(one(update, { layers }).environment, undefined);
  });
});

describe('An environment', () => {
  const tier = (change: Partial<Operation>, layers: readonly RuleSet[] = [], own?: RuleSet): string | undefined => one(anOperation(change), { layers, own }).environment?.tier;

  it('is told by a whole part of a name', () => {
    const told = (names: readonly string[]): (string | undefined)[] => names.map((n) => tier(stack(n)));
    assert.deepEqual(new Set(told(['payments-prod', 'prod/db', 'PaymentsProd', 'PROD_x', 'eu-prd-1', 'prod2', 'live', 'arn:aws:cloudformation:eu-west-1:1:stack/a-production/x'])), new Set(['production']));
    assert.deepEqual(new Set(told(['a-staging', 'uat.b', 'StgStack'])), new Set(['staging']));
    assert.deepEqual(new Set(told(['dev', 'my-test-1', 'qa3', 'sandbox'])), new Set(['development']));
    assert.deepEqual(new Set(told(['product-catalog', 'delivery', 'developer', 'contest', 'olive', 'reproduction'])), new Set([undefined]));
    assert.equal(tier({ ...stack('x'), context: { profile: 'acme-prod' } }), 'production');
    assert.equal(tier({ ...stack('x-test'), context: { profile: 'acme-prod' } }), 'production');
    assert.equal(tier({ ...stack('x'), context: { other: { workspace: 'prod' } } }), 'production');
  });

  it('is recognised by all that a file says, in every spelling of a target', () => {
    const layers = [rules({ environments: [{ name: 'pay', tier: 'production', match: { stack: ['pay-*', 'bill-*'], region: 'eu-*' } }] })];
    const at = (name: string, region?: string): string | undefined => tier({ ...stack(name), context: { region } }, layers);
    assert.equal(at('Pay-1', 'eu-west-1'), 'production');
    assert.equal(at('bill-1', 'eu-west-1'), 'production');
    assert.equal(at('pay-1', 'us-east-1'), undefined);
    assert.equal(at('pay-1'), undefined);
    assert.equal(at('arn:aws:cloudformation:eu-west-1:123456789012:stack/pay-1/1a2b'), 'production');
    const bucket = [rules({ environments: [{ name: 'b', tier: 'production', match: { target: 'pay-*' } }] })];
    for (const name of ['pay-files', 's3://pay-files', 's3://pay-files/a/b', 'arn:aws:s3:::pay-files/key/more']) assert.equal(tier({ targets: [{ type: 'AWS::S3::Bucket', name, known: true }] }, bucket), 'production', name);
    const exactly = [rules({ environments: [{ name: 'b', tier: 'production', match: { target: 'files' } }] })];
    for (const name of ['s3://files/a', 'arn:aws:s3:::files/key', 'arn:aws:rds:eu-west-1:1:db:files', 'arn:aws:lambda:eu-west-1:1:function:files:live']) assert.equal(tier({ targets: [{ type: 'T', name, known: true }] }, exactly), 'production', name);
    assert.equal(tier({ ...stack('arn:aws:x:eu-west-1:777:y/z') }, [rules({ environments: [{ name: 'a', tier: 'staging', match: { account: '777' } }] })]), 'staging');
  });

  it('of a workspace file makes no target milder; the user\'s own file corrects a guess', () => {
    const dev = { environments: [{ name: 'play', tier: 'development', match: { stack: '*' } }] };
    assert.equal(tier(stack('live-demo'), [rules(dev)]), 'production');
    assert.equal(tier(stack('live-demo'), [], rules(dev, true)), 'development');
    assert.equal(tier(stack('x'), [rules({ environments: [{ name: 'x', tier: 'production', match: { stack: 'x' } }] })], rules(dev, true)), 'production');
  });
});

describe('A rule', () => {
  const deny = (when: object): RuleSet => rules({ rules: [{ id: 'no', when, verdict: 'deny', reason: 'Not here.' }] });
  const denies = (when: object, change: Partial<Operation> = {}, actor: Actor = PERSON): boolean => one(anOperation(change), { layers: [deny(when)], actor }).kind === 'deny';

  it('applies when all that it says applies, and gives its name and reason', () => {
    const verdict = one(anOperation(), { layers: [deny({})] });
    assert.deepEqual([verdict.kind, verdict.rule, verdict.reason, verdict.risk], ['deny', 'team rules: no', 'Deletes stack payments. Not here.', 'high']);
    const yes: readonly [object, Partial<Operation>?, Actor?][] = [
      [{ effect: 'data-loss' }], [{ effect: ['outage', 'data-loss'] }], [{ operation: 'cloudformation:*' }], [{ operation: 'CLOUDFORMATION:delete?tack' }],
      [{ resourceType: 'AWS::CloudFormation::*' }], [{ target: 'pay*' }], [{ target: ['x', 'payments'] }], [{ risk: 'high' }], [{ risk: 'low' }],
      [{ reversibility: 'irreversible' }], [{ mutation: 'destructive' }], [{ tier: 'unknown' }], [{ environment: 'unknown' }],
      [{ tier: 'production', environment: 'prod' }, stack('a-prod')], [{ actor: 'human' }], [{ actor: 'agent' }, {}, AGENT], [{ actor: 'claude*' }, {}, AGENT],
      [{ target: 'orders' }, { targets: [{ type: 'AWS::DynamoDB::Table', name: 'arn:aws:dynamodb:eu-west-1:1:table/orders', known: true }] }],
      // What is not known may be what the rule is about.
      [{ target: 'orders' }, stack(undefined, false)], [{ target: 'orders' }, stack('pay', false)], [{ target: 'orders' }, { targets: [] }], [{ resourceType: 'AWS::RDS::*' }, { targets: [] }],
    ];
    for (const [when, change, actor] of yes) assert.ok(denies(when, change, actor), JSON.stringify([when, change]));
  });

  it('does not apply when one thing that it says does not', () => {
    const no: readonly [object, Partial<Operation>?, Actor?][] = [
      [{ effect: 'outage' }], [{ operation: 'rds:*' }], [{ operation: 'cloudformation:Delete' }], [{ resourceType: 'AWS::RDS::*' }], [{ target: 'pay' }],
      [{ risk: 'critical' }], [{ reversibility: 'reversible' }], [{ mutation: ['additive', 'none'] }], [{ tier: 'production' }], [{ environment: 'prod' }],
      [{ tier: 'unknown' }, stack('a-prod')], [{ actor: 'agent' }], [{ actor: 'human' }, {}, AGENT], [{ actor: 'cursor*' }, {}, AGENT], [{ effect: 'data-loss', target: 'x' }],
    ];
    for (const [when, change, actor] of no) assert.ok(!denies(when, change, actor), JSON.stringify([when, change]));
  });

  it('that is milder than a default changes nothing', () => {
    assert.equal(one(anOperation(), { layers: [rules({ rules: [{ when: {}, verdict: 'allow', reason: 'r' }] })] }).kind, 'confirm');
    assert.equal(one(anOperation(), { own: rules({ rules: [{ when: {}, verdict: 'allow', reason: 'r' }] }, true) }).kind, 'confirm');
  });

  it('that asks for more people wins over one that asks for fewer, in whatever order', () => {
    const approve = (approvers: number): RuleSet => rules({ rules: [{ when: {}, verdict: 'approve', approvers, reason: 'r' }] });
    for (const layers of [[approve(2), approve(3)], [approve(3), approve(2)]]) assert.equal(one(anOperation(), { layers }).approvers, 3);
    const two = rules({ rules: [{ when: { target: 'a' }, verdict: 'approve', approvers: 3, reason: 'r' }, { when: {}, verdict: 'approve', approvers: 2, reason: 'r' }] });
    assert.equal(decide({ operations: [anOperation(), anOperation(stack('a'))], actor: PERSON, layers: [two] }).verdict.approvers, 3);
  });

  it('about unknown places is not passed by a name that a less trusted file gives', () => {
    const strict = deny({ tier: 'unknown' });
    const named = { environments: [{ name: 'x', tier: 'development' as const, match: { stack: ['*'] } }], rules: [], source: 'w' };
    assert.equal(one(anOperation(), { layers: [strict, named] }).kind, 'deny', 'the committed file does not know the working copy\'s environments');
    assert.equal(one(anOperation(), { own: strict, layers: [named] }).kind, 'deny');
    const prod = { ...named, environments: [{ name: 'x', tier: 'production' as const, match: { stack: ['*'] } }] };
    assert.equal(one(anOperation(), { layers: [deny({ tier: 'production' }), prod] }).kind, 'deny', 'but it counts where it is stricter');
    assert.equal(one(anOperation(), { layers: [{ ...strict, environments: named.environments }] }).kind, 'confirm', 'a file that names the place itself');
  });
});

describe('An override in the user\'s own file', () => {
  const own = (when: object, verdict = 'allow', overrides: string | readonly string[] = 'default:data-loss'): RuleSet => rules({ rules: [{ id: 'mine', when, verdict, reason: 'It is mine.', overrides }] }, true);
  const kind = (when: object, change: Partial<Operation> = {}, actor: Actor = PERSON): string => one(anOperation(change), { own: own(when), actor }).kind;

  it('stands in for the default that it names', () => {
    const verdict = one(anOperation(stack('my-dev')), { own: own({ tier: 'development' }) });
    assert.deepEqual([verdict.kind, verdict.rule], ['allow', 'own rules: mine']);
    assert.equal(one(anOperation(), { own: own({}, 'deny') }).kind, 'deny');
  });

  it('leaves every other default in force', () => {
    assert.equal(kind({}, { effects: ['data-loss', 'access-loss'] }), 'confirm');
    assert.equal(one(anOperation({ effects: ['data-loss', 'access-loss'] }), { own: own({}, 'allow', ['default:data-loss', 'default:exposure']) }).kind, 'allow');
    for (const rule of HOLDING) assert.equal(one(anOperation({ effects: ['data-loss', 'outage', 'exposure', 'unknown'] }), { own: own({}, 'allow', rule.id) }).kind, 'confirm');
  });

  it('covers only what is certainly meant', () => {
    assert.equal(kind({ target: 'pay*' }), 'allow');
    assert.equal(kind({ effect: 'data-loss', resourceType: 'AWS::*', tier: 'unknown', mutation: 'destructive' }), 'allow');
    for (const [when, change] of [
      [{ target: 'pay*' }, stack('pay', false)], [{ target: 'pay*' }, { targets: [] }], [{ resourceType: '*' }, { targets: [] }],
      [{ target: 'pay*' }, { targets: [...stack('payments').targets, ...stack('other').targets] }],
      [{ target: 'table*' }, { targets: [{ type: 'AWS::DynamoDB::Table', name: 'arn:aws:dynamodb:eu-west-1:1:stack/orders/table-1', known: true }] }],
      [{ tier: 'unknown' }, { unknowns: ['the profile comes from $P'] }], [{ tier: 'development' }, stack('a-prod')], [{ effect: 'outage' }, { effects: ['outage', 'data-loss'] }],
      [{ effect: 'outage' }, { effects: [] }], [{ resourceType: '*' }, { targets: [{ type: '', name: 'x', known: true }] }],
      [{ mutation: 'modifying' }, {}], [{ operation: 'rds:*' }, {}], [{ reversibility: 'recoverable' }, {}],
    ] as const) assert.equal(one(anOperation(change), { own: own(when, 'allow', HOLDING.map((d) => d.id)) }).kind, 'confirm', JSON.stringify([when, change]));
  });

  it('never applies to a risk or a higher one, and to nothing but the default that it names', () => {
    const risky: RuleSet = { ...own({}), rules: own({}).rules.map((r) => ({ ...r, when: { risk: 'low' as const } })) };
    assert.equal(one(anOperation(), { own: risky }).kind, 'confirm');
    assert.equal(one(anOperation(), { own: own({}, 'deny', 'default:outage') }).kind, 'confirm');
  });

  it('for people does not cover one who only has no mark of an agent', () => {
    assert.equal(kind({ actor: 'human' }), 'allow');
    assert.equal(kind({ actor: 'human' }, {}, { ...PERSON, confidence: 'guess' }), 'confirm');
    assert.equal(kind({ actor: 'human' }, {}, AGENT), 'confirm');
  });

  it('is not widened by a place that a workspace file names', () => {
    const layers = [rules({ environments: [{ name: 'dev', tier: 'development', match: { stack: '*' } }] })];
    assert.equal(one(anOperation(), { own: own({ tier: 'development' }), layers }).kind, 'confirm');
    assert.equal(one(anOperation(), { own: own({ environment: 'dev' }), layers }).kind, 'confirm');
    const prod = [rules({ environments: [{ name: 'p', tier: 'production', match: { stack: '*' } }] })];
    assert.equal(one(anOperation(stack('my-dev')), { own: own({ tier: 'development' }), layers: prod }).kind, 'confirm');
  });

  it('takes the strictest of several, and a workspace still tightens', () => {
    const two: RuleSet = { ...own({}), rules: [...own({}).rules, ...own({}, 'warn').rules] };
    assert.equal(one(anOperation(), { own: two }).kind, 'warn');
    const layers = [rules({ rules: [{ when: {}, verdict: 'approve', reason: 'Team.' }] })];
    assert.equal(one(anOperation(), { own: own({}), layers }).kind, 'approve');
  });
});

const name = fc.constantFrom('payments-prod', 'my-dev', 'orders', 's3://prod-b/k', 'arn:aws:cloudformation:eu-west-1:1:stack/a-test/x', undefined);
const operations: fc.Arbitrary<Operation> = fc.record({
  mutation: fc.constantFrom<Mutation>(...MUTATIONS),
  effects: fc.uniqueArray(fc.constantFrom<Effect>(...EFFECTS), { maxLength: 3 }),
  reversibility: fc.constantFrom(...REVERSIBILITIES).map((kind) => ({ kind })),
  targets: fc.array(fc.record({ type: fc.constantFrom('AWS::CloudFormation::Stack', 'AWS::RDS::DBInstance', ''), name, known: fc.boolean() }), { maxLength: 2 }),
  context: fc.record({ account: fc.constantFrom('111', '222'), profile: fc.constantFrom('prod', 'x') }, { requiredKeys: [] }),
  unknowns: fc.constantFrom<string[]>([], ['x']), guardsOff: fc.constantFrom<string[]>([], ['--force']), previewDecides: fc.boolean(),
  operation: fc.constantFrom('cloudformation:DeleteStack', 'rds:DeleteDBInstance'),
}).map((change) => anOperation(change));

const globs = fc.uniqueArray(fc.constantFrom('*', 'p*', '*prod*', 'dev', 'unknown', 'orders', 'AWS::RDS::*', 'rds:*', '111'), { minLength: 1, maxLength: 2 });
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 2 });
const whens = fc.record({
  effect: optional(fc.uniqueArray(fc.constantFrom<Effect>(...EFFECTS), { minLength: 1, maxLength: 3 })),
  operation: optional(globs), resourceType: optional(globs), environment: optional(globs), target: optional(globs),
  tier: optional(fc.uniqueArray(fc.constantFrom(...TIERS, 'unknown' as const), { minLength: 1 })),
  actor: optional(fc.uniqueArray(fc.constantFrom('human', 'agent', 'Claude*'), { minLength: 1 })),
  risk: optional(fc.constantFrom(...RISKS)), reversibility: optional(fc.uniqueArray(fc.constantFrom(...REVERSIBILITIES), { minLength: 1 })),
  mutation: optional(fc.uniqueArray(fc.constantFrom<Mutation>(...MUTATIONS), { minLength: 1 })),
});
const ruleSets = (overriding: boolean): fc.Arbitrary<RuleSet> => fc.record({
  source: fc.constant('rules'),
  environments: fc.array(fc.record({
    name: fc.constantFrom('prod', 'dev', 'x'), tier: fc.constantFrom(...TIERS),
    match: fc.record({ account: globs, target: globs, profile: globs }, { requiredKeys: ['target'] }),
  }) as fc.Arbitrary<EnvironmentRule>, { maxLength: 3 }),
  rules: fc.array(fc.record({
    id: fc.string(), when: whens, verdict: fc.constantFrom(...VERDICTS), reason: fc.constant('r'), approvers: optional(fc.integer({ min: 1, max: 4 })), examples: fc.constant([]),
    overrides: overriding ? optional(fc.uniqueArray(fc.constantFrom(...HOLDING.map((d) => d.id)), { minLength: 1 })) : fc.constant(undefined),
  }) as fc.Arbitrary<Rule>, { maxLength: 4 }),
});

describe('A workspace', () => {
  const milder = (a: Verdict, b: Verdict): boolean => VERDICTS.indexOf(a.kind) < VERDICTS.indexOf(b.kind) || RISKS.indexOf(a.risk) < RISKS.indexOf(b.risk)
    || (a.kind === b.kind && (a.approvers ?? 0) < (b.approvers ?? 0));

  it('takes nothing from a stricter word of the user by naming the place anew', () => {
    const operation = { ...({ operation: 'cloudformation:DeleteStack', tool: 'aws', mutation: 'unknown', effects: [], reversibility: { kind: 'reversible' }, targets: [{ type: 'AWS::CloudFormation::Stack', name: 'payments-prod', known: false }], context: {}, reason: 'Deletes it.', unknowns: [], guardsOff: [], origin: { kind: 'argv', argv: ['aws'], cwd: '/' } } as const) };
    const own = { source: 'rules', environments: [], rules: [{ id: 'mine', when: { environment: ['*prod*'] }, verdict: 'deny' as const, reason: 'r', examples: [], overrides: ['default:unknown'] }] };
    const added = { source: 'rules', environments: [{ name: 'x', tier: 'production' as const, match: { target: ['*'] } }], rules: [] };
    const ask = (layers: readonly typeof added[]): string => decide({ operations: [operation], actor: AGENT, own: own as never, layers: layers as never }).verdict.kind;
    assert.equal(ask([]), 'deny');
    assert.equal(ask([added]), 'deny');
  });

  it('makes no verdict milder and no risk lower, whatever its file says', () => {
    const preview = optional(fc.constantFrom(aRadius([]), aRadius([aResource({ outcome: 'lost', data: 'lost' })]), aRadius([], { unknowns: [{ kind: 'state', subject: 'x', text: 'x' }], context: { account: '111' } })));
    fc.assert(fc.property(fc.array(operations, { minLength: 1, maxLength: 3 }), ruleSets(true), fc.array(ruleSets(false), { maxLength: 2 }), ruleSets(false), fc.constantFrom(AGENT, PERSON), preview, (ops, own, layers, added, actor, blastRadius) => {
      const ask = { operations: ops, actor, own, blastRadius };
      const before = decide({ ...ask, layers });
      const after = decide({ ...ask, layers: [...layers, added] });
      before.perOperation.forEach((verdict, i) => assert.ok(!milder(after.perOperation[i]!, verdict)));
      assert.ok(!milder(after.verdict, before.verdict));
      assert.ok(!milder(before.verdict, decide({ ...ask, layers: [] }).verdict));
    }), { numRuns: Number(process.env['RULES'] ?? 3000) });
  }).timeout(300_000);

  it('gets the same answer to the same question', () => {
    fc.assert(fc.property(fc.array(operations), ruleSets(true), ruleSets(false), (ops, own, layer) => {
      const ask = (): unknown => decide({ operations: ops, actor: AGENT, own, layers: [layer] });
      assert.deepEqual(ask(), ask());
    }));
  });
});
