import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import Ajv from 'ajv';
import fc from 'fast-check';

import { dossierOf, type Dossier } from '../../src/gate/dossier/dossier';
import { dossierText, readDossier } from '../../src/gate/dossier/read';
import type { Action, Hold } from '../../src/model';
import { AGENT, anOperation, aRadius, aResource } from '../support/operations';
import { asTyped, leaked, plantedSecrets } from '../support/secrets';

const HEX = 'a'.repeat(64);
const ACTIONS: readonly Action[] = [
  {
    kind: 'argv',
    argv: ['aws', 'cloudformation', 'deploy', '--template-file', '/shop/t.yaml'],
    cwd: '/shop',
    executable: '/usr/local/bin/aws',
  },
  { kind: 'text', language: 'shell', text: 'kubectl delete namespace prod\n', path: '/shop/run.sh', cwd: '/shop' },
  { kind: 'tool-call', agent: 'Some Agent', tool: 'Bash', input: { command: 'aws s3 rb s3://orders --force' }, cwd: '/shop' },
  { kind: 'request', method: 'POST', service: 'dynamodb', path: '/', bodyDigest: HEX },
];

function hold(action: Action, change: Partial<Hold> = {}): Hold {
  return {
    id: 'h-12345678',
    state: 'pending',
    action,
    actor: { ...AGENT, evidence: ['AI_AGENT=… in the environment'] },
    operations: [anOperation()],
    inputs: [
      { path: '/shop/t.yaml', sha256: HEX },
      { path: '/home/ada/.aws/credentials', sha256: 'b'.repeat(64) },
      { path: '/shop/none', sha256: undefined, kind: 'missing' },
    ],
    verdict: {
      kind: 'approve',
      rule: 'team:prod',
      reason: 'Deletes stack payments.',
      risk: 'high',
      approvers: 2,
      environment: { name: 'prod', tier: 'production', because: 'its name' },
    },
    preview: {
      ...aRadius([aResource()], { context: { account: '123456789012', region: 'eu-west-1' }, stateDigest: 'c'.repeat(64) }),
      digest: 'd'.repeat(64),
      takenAt: '2026-01-01T00:00:00Z',
    },
    previewStatus: '',
    fingerprint: 'e'.repeat(64),
    since: '2026-01-01T00:00:00Z',
    ...change,
  };
}

const isOwn = (file: string): boolean => file.includes('/.aws/');
const made = (action: Action, change: Partial<Hold> = {}): Dossier => dossierOf(hold(action, change), 'f'.repeat(64), isOwn);

describe('a dossier', () => {
  const valid = new Ajv({ strict: true, allErrors: true }).compile(
    JSON.parse(readFileSync('schemas/dossier.schema.json', 'utf8')) as object,
  );

  for (const action of ACTIONS) {
    it(`of a ${action.kind} reads as it was written, and is what its schema says`, () => {
      const dossier = made(action);
      const read = readDossier(dossierText(dossier));
      assert.ok(read.ok, JSON.stringify(read));
      assert.deepEqual(read.dossier, dossier);
      assert.ok(valid(JSON.parse(dossierText(dossier))), JSON.stringify(valid.errors));
    });
  }

  it('keeps what means the same elsewhere apart from what binds to this machine', () => {
    for (const action of ACTIONS) {
      const { portable, local } = made(action);
      assert.doesNotMatch(JSON.stringify(portable), /\/shop|\/usr|\/home|credentials|AI_AGENT/);
      assert.deepEqual(
        portable.contents.map((c) => c.sha256),
        [HEX],
      );
      assert.equal(portable.target.account, '123456789012');
      assert.equal(local.inputs.length, 3);
    }
  });

  it('of the same question in another folder has the same portable digest, and of any other question another one', () => {
    const [argv] = ACTIONS;
    assert.ok(argv?.kind === 'argv');
    const { portable } = made(argv);
    const there = JSON.parse(
      JSON.stringify(hold(argv)).replaceAll('/shop', '/elsewhere/shop').replaceAll('/usr/local/bin', '/opt/bin'),
    ) as Hold;
    assert.equal(dossierOf(there, 'f'.repeat(64), isOwn).portable.digest, portable.digest);
    const others = [
      made({ ...argv, argv: [...argv.argv, '--force'] }),
      made(argv, { inputs: [{ path: '/shop/t.yaml', sha256: 'b'.repeat(64) }] }),
      made(argv, { preview: { ...hold(argv).preview!, digest: 'other' } }),
      made(argv, { preview: { ...hold(argv).preview!, stateDigest: 'other' } }),
      made(argv, { preview: { ...hold(argv).preview!, context: { account: '210987654321' } } }),
      dossierOf(hold(argv), 'other', isOwn),
      ...ACTIONS.slice(1).map((a) => made(a)),
    ];
    assert.equal(new Set([portable.digest, ...others.map((d) => d.portable.digest)]).size, others.length + 1);
  });

  it('is not read when a member is missing, of another kind, added, or changed in what the digest is over', () => {
    const whole = JSON.parse(dossierText(made(ACTIONS[0]!))) as Record<string, unknown>;
    const wrong: readonly Record<string, unknown>[] = [
      ...Object.keys(whole)
        .filter((name) => name !== 'preview' && name !== 'prepared')
        .flatMap((name) => [
          { ...whole, [name]: undefined },
          { ...whole, [name]: 7 },
        ]),
      { ...whole, more: 1 },
      { ...whole, form: 'holdpoint-dossier-2' },
      { ...whole, portable: { ...(whole['portable'] as object), rulesDigest: 'other' } },
    ];
    for (const one of wrong) {
      const read = readDossier(JSON.stringify(one));
      assert.ok(!read.ok && read.why.length > 5, JSON.stringify(one).slice(0, 300));
    }
    for (const text of ['', '{', 'null', '[]', '7']) assert.equal(readDossier(text).ok, false);
  });

  it('never falls over anything that it is given to read', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => assert.equal(readDossier(text).ok, false)),
      { numRuns: 2000 },
    );
  });

  it('holds no secret, whatever the action is and whoever repeats it', () => {
    const planted = plantedSecrets().filter((p) => p.argv !== undefined);
    assert.ok(planted.length > 400);
    fc.assert(
      fc.property(fc.constantFrom(...planted), fc.nat(2), ({ argv = [], secrets, source }, form) => {
        const line = asTyped(argv);
        const said = `It failed: ${line}. Not accepted: ${secrets.join(' ')}.`;
        const action: Action =
          form === 0
            ? { kind: 'argv', argv, cwd: '/shop', executable: '/usr/bin/x' }
            : form === 1
              ? { kind: 'text', language: 'shell', text: line }
              : { kind: 'tool-call', agent: 'Some Agent', tool: 'Bash', input: { command: line } };
        const text = dossierText(
          made(action, {
            operations: [anOperation({ reason: said, unknowns: [said] })],
            verdict: { kind: 'confirm', rule: 'r', reason: said, risk: 'high' },
            prepared: { argv, withoutEnv: [], files: [], explanation: said },
            actor: { ...AGENT, evidence: [said] },
            preview: aRadius([aResource({ because: [said] })], { warnings: [said], sourceDetail: said }),
          }),
        );
        assert.deepEqual(leaked(text, secrets), [], `${source}: ${text.slice(0, 600)}`);
      }),
      { numRuns: 1500, seed: 9 },
    );
  }).timeout(240_000);
});
