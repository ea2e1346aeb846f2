import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { detectAction } from '../../src/gate/detect-action';
import type { Gate, GateDeps } from '../../src/gate/gatekeeper';
import type { Reply, Requester } from '../../src/gate/requester';
import { askedAction } from '../../src/ledger/record';
import type { Action, BlastRadius, Verdict } from '../../src/model';
import { operation, until } from '../support/gate';
import { pending, recordedGates } from '../support/recorded-gates';
import { temporary } from '../support/temporary';

const verdict = (kind: Verdict['kind']): Verdict => ({ kind, rule: `test:${kind}`, reason: `Because of ${kind}.`, risk: 'high' });
const SAFE: BlastRadius = {
  source: 'plan',
  sourceDetail: '',
  context: {},
  resources: [],
  dependencies: [],
  reversibility: { kind: 'unknown' },
  unknowns: [],
  warnings: [],
  digest: 'd',
  takenAt: '2026-01-01T00:00:00Z',
};

/** What a hook answers: yes or no, once. It starts nothing itself and hears nothing of the end. */
interface HookAnswer {
  readonly answer: 'yes' | 'no' | undefined;
  readonly why: string;
  readonly said: readonly string[];
}

/** A hook as a requester: it waits for one word, can't run anything else than what it asked about, and says nothing but that it is gone. */
function hook(action: Action): { readonly requester: Requester; readonly now: () => HookAnswer; readonly leave: () => void } {
  const said: string[] = [];
  const got: { answer: 'yes' | 'no'; why: string }[] = [];
  let gone = false;
  let listener: (reply: Reply) => void = () => undefined;
  const answer = (yes: boolean, why: string): void => void got.push({ answer: yes ? 'yes' : 'no', why });
  return {
    requester: {
      question: { action, env: {}, facts: { marks: {}, ancestry: [], tty: false, user: 'ada' }, pid: 1 },
      runsInstead: false,
      get gone() {
        return gone;
      },
      wait: () => undefined,
      tell: (lines) => void said.push(...lines),
      refuse: ({ reason }) => answer(false, reason),
      release({ instead }) {
        assert.equal(instead, undefined, 'a hook can run nothing else');
        answer(true, '');
      },
      ask: () => assert.fail('a hook can ask nothing'),
      listen: (next) => (listener = next),
    },
    now: () => {
      assert.ok(got.length <= 1, 'answered once');
      return { answer: got[0]?.answer, why: got[0]?.why ?? '', said };
    },
    leave: () => {
      gone = true;
      listener({ type: 'gone' });
    },
  };
}

const CALL: Action = {
  kind: 'tool-call',
  agent: 'Some Agent',
  tool: 'Bash',
  input: { command: 'aws rds delete-db-instance --db-instance-identifier prod --master-user-password hunter2hunter2' },
};
const ACTIONS: readonly Action[] = [
  CALL,
  { kind: 'text', language: 'shell', text: 'kubectl delete namespace prod\n', cwd: os.tmpdir() },
  {
    kind: 'request',
    method: 'DELETE',
    service: 'dynamodb.eu-west-1.amazonaws.com',
    path: '/?X-Amz-Signature=abcdef0123456789abcdef0123456789',
    bodyDigest: 'a'.repeat(64),
  },
];

describe('a requester that can only say yes or no', () => {
  let dir: string;
  const { records, types, make } = recordedGates();
  before(() => {
    dir = temporary('hp-hook-');
    writeFileSync(path.join(dir, 'terraform'), 'tool');
  });

  const gate = (change: Partial<GateDeps> = {}): Gate =>
    make({
      detect: (action, env) => detectAction(action, { cwd: dir, env }),
      decide: (operations) => ({
        verdict: verdict(operations.every((o) => o.mutation === 'none') ? 'allow' : 'confirm'),
        rulesDigest: 'r',
      }),
      previewer: {
        start: () => assert.fail('no tool previews this'),
        readState: () => Promise.resolve({ ok: true, stateDigest: undefined }),
      },
      ...change,
    });

  for (const action of ACTIONS) {
    it(`is held, shown and answered yes or no about a ${action.kind}`, async () => {
      for (const yes of [true, false]) {
        records.splice(0);
        const g = gate();
        const { requester, now } = hook(action);
        g.ask(requester);
        const hold = await pending(g);
        assert.deepEqual(hold.action, action);
        assert.match(now().said.join('\n'), /^Holdpoint holds: /);
        assert.doesNotMatch(now().said.join('\n'), /hunter2|abcdef0123456789/);
        assert.equal(now().answer, undefined);
        const answer = yes ? await g.approve(hold.id, hold.fingerprint, 'right') : g.deny(hold.id, 'wrong');
        assert.deepEqual(answer, { ok: true });
        assert.deepEqual([now().answer, now().why], yes ? ['yes', ''] : ['no', 'wrong']);
        assert.deepEqual(types(), yes ? ['asked', 'previewed', 'approved', 'run'] : ['asked', 'previewed', 'denied']);
        const [asked] = records;
        assert.ok(asked?.type === 'asked');
        assert.equal(askedAction(asked).kind, action.kind);
        assert.doesNotMatch(JSON.stringify(records), /hunter2|abcdef0123456789/);
      }
    });
  }

  it('is let go at once by what only reads, and it is on record that its end was not seen', () => {
    const { requester, now, leave } = hook({ kind: 'text', language: 'shell', text: 'kubectl get pods\n' });
    gate().ask(requester);
    assert.equal(now().answer, 'yes');
    leave();
    assert.deepEqual(types(), ['asked', 'allowed', 'run', 'ended']);
  });

  it('is refused by a rule, with its reason', () => {
    const { requester, now } = hook(CALL);
    gate({ decide: () => ({ verdict: verdict('deny'), rulesDigest: 'r' }) }).ask(requester);
    assert.deepEqual([now().answer, now().why], ['no', 'Because of deny.']);
  });

  it('is refused when the window closes, when nobody decides in time, and when the gate itself breaks', async () => {
    const closing = hook(CALL);
    const one = gate();
    one.ask(closing.requester);
    one.dispose();
    assert.equal(closing.now().answer, 'no');
    const late = hook(CALL);
    gate({ settings: () => ({ holdMs: 20, previewMs: 1000, previewMode: 'live' }) }).ask(late.requester);
    await until(() => late.now().answer === 'no', 'it is refused');
    const broken = hook(CALL);
    gate({
      detect: () => {
        throw new Error('a bug');
      },
    }).ask(broken.requester);
    assert.match(broken.now().why, /can't decide: a bug/);
  });

  it('that goes away takes its question with it', async () => {
    const { requester, now, leave } = hook(CALL);
    const g = gate();
    g.ask(requester);
    const hold = await pending(g);
    leave();
    assert.equal((await g.approve(hold.id, hold.fingerprint, 'x')).ok, false);
    assert.equal(now().answer, undefined);
    assert.equal(types().at(-1), 'cancelled');
  });

  it('is not let go by a plan that it can not run: what counts are its own words and the files they read', async () => {
    const plan = {
      argv: ['terraform', 'apply', 'plan'],
      withoutEnv: [],
      files: [],
      explanation: 'On approval exactly this plan is applied.',
    };
    const previewer: GateDeps['previewer'] = {
      start: () => ({ result: Promise.resolve({ kind: 'done', blastRadius: SAFE, prepared: plan }), cancel: () => undefined }),
      readState: () => Promise.resolve({ ok: true, stateDigest: undefined }),
    };
    const detect: GateDeps['detect'] = () => [{ ...operation(['terraform', 'apply'], 'unknown'), previewDecides: true }];
    const action: Action = { kind: 'argv', argv: ['terraform', 'apply'], cwd: dir, executable: path.join(dir, 'terraform') };
    const held = gate({ detect, previewer });
    const one = hook(action);
    held.ask(one.requester);
    assert.equal((await pending(held)).prepared, undefined);
    const two = hook(action);
    gate({
      detect,
      previewer,
      decide: (_o, _a, _c, preview) => ({ verdict: verdict(preview ? 'allow' : 'confirm'), rulesDigest: 'r' }),
    }).ask(two.requester);
    await until(() => two.now().answer === 'yes', 'it is let go with its own words');
  });
});

describe('consent', () => {
  const { make } = recordedGates();

  it('is asked of the approvals at every yes: for exactly this fingerprint, with as many people as the rule wants', async () => {
    const asked: unknown[] = [];
    let enough = false;
    const g = make({
      detect: (action) => detectAction(action, {}),
      decide: () => ({ verdict: { ...verdict('approve'), approvers: 3 }, rulesDigest: 'r' }),
      approvals: {
        consent: (yes, quorum) => (
          asked.push([yes.fingerprint, yes.by, quorum]),
          enough ? { enough: true } : { enough: false, why: 'one of three has agreed' }
        ),
      },
      previewer: {
        start: () => assert.fail('no tool previews this'),
        readState: () => Promise.resolve({ ok: true, stateDigest: undefined }),
      },
    });
    const { requester, now } = hook(CALL);
    g.ask(requester);
    const hold = await pending(g);
    assert.deepEqual(await g.approve(hold.id, hold.fingerprint, 'x'), { ok: false, why: 'one of three has agreed' });
    assert.deepEqual([g.list()[0]?.state, now().answer], ['pending', undefined]);
    enough = true;
    assert.deepEqual(await g.approve(hold.id, hold.fingerprint, 'x'), { ok: true });
    assert.equal(now().answer, 'yes');
    assert.deepEqual(asked, [
      [hold.fingerprint, 'tester', 3],
      [hold.fingerprint, 'tester', 3],
    ]);
  });
});
