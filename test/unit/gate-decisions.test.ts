import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import type { BlastRadius, Operation, Verdict } from '../../src/model';
import type { Gate, GateDeps, PreviewOutcome } from '../../src/gate/gatekeeper';
import type { ClientMessage, GateMessage } from '../../src/gate/protocol';
import type { Conversation } from '../../src/gate/server';
import { socketRequester } from '../../src/gate/socket-requester';
import { argvOf, operation, until } from '../support/gate';
import { pending, recordedGates } from '../support/recorded-gates';
import { temporary } from '../support/temporary';

const verdict = (kind: Verdict['kind'], change: Partial<Verdict> = {}): Verdict => ({ kind, rule: `test:${kind}`, reason: `Because of ${kind}.`, risk: 'high', ...change });
const radius = (digest = 'd'): BlastRadius => ({
  source: 'offline', sourceDetail: '', context: {}, resources: [], dependencies: [], reversibility: { kind: 'unknown' },
  unknowns: [], warnings: [], digest, takenAt: '2026-01-01T00:00:00Z',
});
const FAILED: PreviewOutcome = { kind: 'failed', message: 'no preview here' };

describe('the gate', () => {
  let dir: string;
  const { records, types, make } = recordedGates();
  before(() => {
    dir = temporary('hp-decide-');
    writeFileSync(path.join(dir, 'aws'), 'tool');
  });

  const gate = (change: Partial<GateDeps> = {}): Gate => make({
    detect: (action) => [operation(argvOf(action), 'destructive')],
    decide: () => ({ verdict: verdict('confirm'), rulesDigest: 'r' }),
    previewer: { start: () => ({ result: Promise.resolve(FAILED), cancel: () => undefined }), readState: () => Promise.resolve({ ok: true, stateDigest: undefined }) },
    ...change,
  });

  interface Client extends Conversation {
    gone: boolean;
    readonly got: GateMessage[];
    readonly tell: (message: ClientMessage) => void;
    readonly leave: () => void;
  }
  const ask = (g: Gate, argv: readonly string[] = ['aws', 'cloudformation', 'delete-stack'], gone = false): Client => {
    const got: GateMessage[] = [];
    const client: Client = {
      ask: { type: 'ask', token: '', tool: 'aws', executable: path.join(dir, 'aws'), argv, cwd: dir, env: {}, pid: 1, actor: { marks: {}, ancestry: [], tty: true, user: 'ada' } },
      gone, got, onMessage: () => undefined, onGone: () => undefined,
      say: (lines) => void got.push({ type: 'say', lines }),
      send: (message) => void got.push(message),
      tell: (message) => client.onMessage(message),
      leave: () => {
        client.gone = true;
        client.onGone();
      },
    };
    g.ask(socketRequester(client));
    return client;
  };
  const last = (client: Client): GateMessage | undefined => client.got.at(-1);
  const runs = (client: Client): number => client.got.filter((m) => m.type === 'run').length;
  const decisive = (argv: readonly string[]): Operation => ({ ...operation(argv, 'unknown'), previewDecides: true });

  it('lets a command run at once when the rules allow it, decision and intent first', () => {
    const client = ask(gate({ decide: () => ({ verdict: verdict('allow'), rulesDigest: 'r' }) }));
    assert.deepEqual(client.got.map((m) => m.type), ['heard', 'run']);
    assert.deepEqual(types(), ['asked', 'allowed', 'run']);
    client.tell({ type: 'outcome', exitCode: 3, signal: null });
    client.leave();
    assert.deepEqual(records.slice(3), [{ type: 'ended', id: (records[0] as { id: string }).id, exitCode: 3, signal: null }]);
  });

  it('says its warning before a command runs', () => {
    const client = ask(gate({ decide: () => ({ verdict: verdict('warn', { reason: 'Password=hunter22 goes away.' }), rulesDigest: 'r' }) }));
    assert.deepEqual(client.got.slice(1).map((m) => (m.type === 'say' ? m.lines : m.type)), [['Holdpoint warns: Password=[redacted] goes away.'], 'run']);
  });

  it('refuses what a rule denies, with the rule and its reason', () => {
    const g = gate({ decide: () => ({ verdict: verdict('deny'), rulesDigest: 'r' }) });
    const client = ask(g);
    const refusal = last(client);
    assert.ok(refusal?.type === 'refuse');
    assert.equal(refusal.code, 77);
    assert.match(refusal.lines.join('\n'), /test:deny: Because of deny\./);
    assert.deepEqual(types(), ['asked', 'denied']);
    assert.deepEqual(g.list(), []);
  });

  for (const broken of ['asked', 'decided', 'run'] as const) {
    it(`lets nothing run when the record of '${broken}' can not be written, allowed or approved`, async () => {
      const record: GateDeps['record'] = (r) => (r.type === broken ? { ok: false, why: 'the disk is full' } : (records.push(r), { ok: true }) as ReturnType<GateDeps['record']>);
      const allowed = ask(gate({ record, decide: () => ({ verdict: verdict('allow'), rulesDigest: 'r' }) }));
      const g = gate({ record });
      const approved = ask(g);
      if (broken !== 'asked') {
        const hold = await pending(g);
        const answer = await g.approve(hold.id, hold.fingerprint, 'x');
        assert.ok(!answer.ok && answer.why.includes('the disk is full'));
        assert.equal(g.list()[0]?.state, 'cancelled');
      }
      for (const client of [allowed, approved]) {
        assert.equal(runs(client), 0);
        const refusal = last(client);
        assert.ok(refusal?.type === 'refuse');
        assert.equal(refusal.code, 75);
        assert.match(refusal.lines.join('\n'), /the disk is full/);
      }
    });
  }

  for (const [what, change] of [
    ['detection', { detect: () => { throw new Error('a bug'); } }],
    ['the rules', { decide: () => { throw new Error('a bug'); } }],
    ['identification', { identify: () => { throw new Error('a bug'); } }],
  ] as const) {
    it(`refuses when ${what} fails`, () => {
      const client = ask(gate(change));
      return until(() => last(client)?.type === 'refuse', 'it is refused').then(() => {
        const refusal = last(client);
        assert.ok(refusal?.type === 'refuse' && refusal.code === 75);
        assert.match(refusal.lines.join('\n'), /can't decide: a bug/);
      });
    });
  }

  it('gives one yes one run, however often and however fast it is said', async () => {
    const g = gate();
    const client = ask(g);
    const hold = await pending(g);
    const answers = await Promise.all(Array.from({ length: 20 }, () => g.approve(hold.id, hold.fingerprint, 'x')));
    assert.equal(answers.filter((a) => a.ok).length, 1);
    assert.equal((await g.approve(hold.id, hold.fingerprint, 'x')).ok, false);
    assert.equal(g.deny(hold.id, 'x').ok, false);
    assert.equal(runs(client), 1);
    assert.deepEqual(types(), ['asked', 'preview-failed', 'approved', 'run']);
  });

  it('writes no intent and holds nothing for a client that is gone already', () => {
    const allowed = ask(gate({ decide: () => ({ verdict: verdict('allow'), rulesDigest: 'r' }) }), undefined, true);
    assert.equal(runs(allowed), 0);
    assert.deepEqual(types(), ['asked']);
    const g = gate();
    ask(g, undefined, true);
    assert.deepEqual(g.list().map((h) => h.state), ['cancelled']);
  });

  it('takes a no while a yes is being checked', async () => {
    let answer: (state: { ok: true; stateDigest: string }) => void = () => undefined;
    const g = gate({ previewer: {
      start: () => ({ result: Promise.resolve({ kind: 'done', blastRadius: { ...radius(), stateDigest: 's' } }), cancel: () => undefined }),
      readState: () => new Promise((resolve) => (answer = resolve)),
    } });
    const client = ask(g);
    const hold = await pending(g);
    const approving = g.approve(hold.id, hold.fingerprint, 'x');
    assert.equal(g.deny(hold.id, 'stop').ok, true);
    answer({ ok: true, stateDigest: 's' });
    assert.equal((await approving).ok, false);
    assert.equal(runs(client), 0);
    assert.equal(g.list()[0]?.state, 'denied');
  });

  it('checks what a yes also covers before the client starts: the tool itself', async () => {
    const g = gate();
    const client = ask(g);
    const hold = await pending(g);
    await g.approve(hold.id, hold.fingerprint, 'x');
    const run = last(client);
    assert.ok(run?.type === 'run');
    assert.deepEqual(run.inputs.map((i) => i.path), [path.join(dir, 'aws')]);
    assert.match(run.inputs[0]?.sha256 ?? '', /^[0-9a-f]{64}$/);
  });

  it('does not take one person for several', async () => {
    const g = gate({ decide: () => ({ verdict: verdict('approve', { approvers: 2 }), rulesDigest: 'r' }) });
    const client = ask(g);
    const hold = await pending(g);
    const answer = await g.approve(hold.id, hold.fingerprint, 'x');
    assert.ok(!answer.ok && answer.why.includes('more than one person'));
    assert.equal(runs(client), 0);
    assert.equal(g.deny(hold.id, 'x').ok, true);
  });

  it('ends a hold at its limit', async () => {
    const g = gate({ settings: () => ({ holdMs: 30, previewMs: 1000, previewMode: 'live' }) });
    const client = ask(g);
    await pending(g);
    // The limit itself keeps no process alive, so the wait does.
    await until(() => last(client)?.type === 'refuse', 'it is refused');
    const refusal = last(client);
    assert.ok(refusal?.type === 'refuse' && refusal.code === 75);
    assert.equal(g.list()[0]?.state, 'expired');
    assert.equal(types().at(-1), 'expired');
  });

  it('tells a client how long it may take, always more than the gate allows itself', async () => {
    const g = gate({ settings: () => ({ holdMs: 10_000, previewMs: 2000, previewMode: 'live' }) });
    const client = ask(g);
    await pending(g);
    const [heard] = client.got;
    const held = client.got.find((m) => m.type === 'held');
    assert.ok(heard?.type === 'heard' && heard.withinMs > 2000);
    assert.ok(held?.type === 'held' && held.withinMs > 10_000 && held.id === g.list()[0]?.id);
  });

  it('refuses all that waits when its window closes', async () => {
    const g = gate();
    const clients = [ask(g), ask(g)];
    await pending(g);
    g.dispose();
    for (const client of clients) assert.equal(last(client)?.type, 'refuse');
    assert.deepEqual(g.list().map((h) => h.state), ['cancelled', 'cancelled']);
  });

  it('remembers the last 200, and never forgets one that waits', async () => {
    const g = gate();
    ask(g, ['aws', 'first']);
    await pending(g);
    for (let i = 0; i < 250; i++) {
      ask(g, ['aws', String(i)]);
      g.deny(g.list()[0]?.id ?? '', 'no');
    }
    const list = g.list();
    assert.equal(list.filter((h) => h.state === 'denied').length, 200);
    assert.deepEqual(list.filter((h) => h.state === 'pending').map((h) => argvOf(h.action)[1]), ['first']);
  });

  describe('previews', () => {
    it('decide where only they can: what turns out harmless runs at once, on record', async () => {
      const g = gate({
        detect: (action) => [decisive(argvOf(action))],
        decide: (_o, _a, _c, preview) => ({ verdict: verdict(preview ? 'allow' : 'confirm'), rulesDigest: 'r' }),
        previewer: { start: () => ({ result: Promise.resolve({ kind: 'done', blastRadius: radius() }), cancel: () => undefined }), readState: () => Promise.resolve({ ok: true, stateDigest: undefined }) },
      });
      const client = ask(g);
      await until(() => runs(client) === 1, 'it runs');
      assert.deepEqual(types(), ['asked', 'previewed', 'allowed', 'run']);
      assert.deepEqual(g.list(), []);
    });

    it('that fail let nothing go: it is held', async () => {
      const g = gate({ detect: (action) => [decisive(argvOf(action))], decide: (_o, _a, _c, preview) => ({ verdict: verdict(preview ? 'allow' : 'confirm'), rulesDigest: 'r' }) });
      const client = ask(g);
      await pending(g);
      assert.equal(runs(client), 0);
    });

    it('of several operations at once let nothing go either', async () => {
      const g = gate({
        detect: (action) => [decisive(argvOf(action)), decisive(argvOf(action))],
        decide: (_o, _a, _c, preview) => ({ verdict: verdict(preview ? 'allow' : 'confirm'), rulesDigest: 'r' }),
        previewer: { start: () => ({ result: Promise.resolve({ kind: 'done', blastRadius: radius() }), cancel: () => undefined }), readState: () => Promise.resolve({ ok: true, stateDigest: undefined }) },
      });
      const client = ask(g);
      assert.equal((await pending(g)).verdict.kind, 'confirm');
      assert.equal(runs(client), 0);
    });

    for (const how of ['cancel', 'leave'] as const) {
      it(`end when the command is withdrawn (${how}), and it is on record that it did not run`, async () => {
        let cancelled = 0;
        let settle: (outcome: PreviewOutcome) => void = () => undefined;
        const g = gate({
          detect: (action) => [decisive(argvOf(action))],
          decide: (_o, _a, _c, preview) => ({ verdict: verdict(preview ? 'allow' : 'confirm'), rulesDigest: 'r' }),
          previewer: {
            start: () => ({ result: new Promise((resolve) => (settle = resolve)), cancel: () => void cancelled++ }),
            readState: () => Promise.resolve({ ok: true, stateDigest: undefined }),
          },
        });
        const client = ask(g);
        if (how === 'cancel') client.tell({ type: 'cancel' });
        else client.leave();
        assert.equal(cancelled, 1);
        settle({ kind: 'done', blastRadius: radius() });
        await until(() => types().includes('cancelled'), 'it is on record');
        assert.deepEqual(types(), ['asked', 'cancelled']);
        assert.equal(runs(client), 0);
        assert.deepEqual(g.list(), []);
      });
    }

    it('that show what a rule denies end the hold with that denial', async () => {
      const g = gate({
        decide: (_o, _a, _c, preview) => ({ verdict: verdict(preview ? 'deny' : 'confirm'), rulesDigest: 'r' }),
        previewer: { start: () => ({ result: Promise.resolve({ kind: 'done', blastRadius: radius() }), cancel: () => undefined }), readState: () => Promise.resolve({ ok: true, stateDigest: undefined }) },
      });
      const client = ask(g);
      await until(() => last(client)?.type === 'refuse', 'it is refused');
      const [hold] = g.list();
      assert.ok(hold?.state === 'denied');
      assert.equal((await g.approve(hold.id, hold.fingerprint, 'x')).ok, false);
      assert.equal(runs(client), 0);
    });

    it('do not let go what is held, nor make fewer people decide, and a better look lowers the risk again', async () => {
      const seen: { kind: Verdict['kind']; risk: Verdict['risk'] }[] = [
        { kind: 'confirm', risk: 'critical' }, { kind: 'allow', risk: 'low' }, { kind: 'confirm', risk: 'medium' },
      ];
      let round = -1;
      const g = gate({
        decide: (_o, _a, _c, preview) => ({ verdict: preview ? verdict(seen[round]?.kind ?? 'allow', { risk: seen[round]?.risk }) : verdict('confirm', { risk: 'high' }), rulesDigest: 'r' }),
        previewer: { start: () => (round++, { result: Promise.resolve({ kind: 'done', blastRadius: radius(String(round)) }), cancel: () => undefined }), readState: () => Promise.resolve({ ok: true, stateDigest: undefined }) },
      });
      ask(g);
      const risks: string[] = [];
      for (const _ of seen) {
        const hold = await pending(g);
        risks.push(`${hold.verdict.kind} ${hold.verdict.risk}`);
        g.preview(hold.id, 'offline', false);
      }
      assert.deepEqual(risks, ['confirm critical', 'confirm high', 'confirm medium']);
    });

    it('made again change what a yes is for: one to the older picture does not count', async () => {
      let round = 0;
      const g = gate({ previewer: {
        start: () => ({ result: Promise.resolve({ kind: 'done', blastRadius: radius(String(round++)) }), cancel: () => undefined }),
        readState: () => Promise.resolve({ ok: true, stateDigest: undefined }),
      } });
      const client = ask(g);
      const first = await pending(g);
      g.preview(first.id, 'offline', false);
      const second = await pending(g);
      assert.notEqual(second.fingerprint, first.fingerprint);
      assert.equal((await g.approve(first.id, first.fingerprint, 'x')).ok, false);
      assert.equal(runs(client), 0);
      assert.equal((await g.approve(second.id, second.fingerprint, 'x')).ok, true);
    });

    it('that would execute something say what, until they were made with it', async () => {
      const g = gate({ previewer: {
        start: (job) => ({ result: Promise.resolve(job.allowExecution ? { kind: 'done', blastRadius: radius('with') } : { kind: 'asks-consent', executions: [{ kind: 'program', subject: 'main.tf', text: 'data external in main.tf' }], standIn: radius('without') }), cancel: () => undefined }),
        readState: () => Promise.resolve({ ok: true, stateDigest: undefined }),
      } });
      ask(g);
      const first = await pending(g);
      assert.deepEqual(first.asks?.map((one) => one.text), ['data external in main.tf']);
      assert.match(first.previewStatus, /would execute this first: data external in main\.tf/);
      g.preview(first.id, 'live', true);
      assert.equal((await pending(g)).asks, undefined);
    });

    it('keep what stands before an approved run, and let nothing run when that fails', async () => {
      let broken = true;
      const kept = [{ path: '/kept/state', what: 'the state' }];
      const g = gate({ previewer: {
        start: () => ({ result: Promise.resolve({ kind: 'done', blastRadius: radius('x') }), cancel: () => undefined }),
        keep: () => {
          if (broken) throw new Error('ENOSPC: no space left on device');
          return kept;
        },
        readState: () => Promise.resolve({ ok: true, stateDigest: undefined }),
      } });
      const client = ask(g);
      const hold = await pending(g);
      const refused = await g.approve(hold.id, hold.fingerprint, 'x');
      assert.ok(!refused.ok && /could not be saved before the run \(ENOSPC/.test(refused.why));
      assert.equal(runs(client), 0);
      broken = false;
      assert.equal((await g.approve(hold.id, hold.fingerprint, 'x')).ok, true);
      assert.deepEqual(g.list()[0]?.kept, kept);
      assert.equal(runs(client), 1);
    });

    it('that come late, after a newer one or after a cancel, are dropped', async () => {
      const settle: ((outcome: PreviewOutcome) => void)[] = [];
      const g = gate({ previewer: {
        start: () => ({ result: new Promise((resolve) => settle.push(resolve)), cancel: () => undefined }),
        readState: () => Promise.resolve({ ok: true, stateDigest: undefined }),
      } });
      ask(g);
      const id = g.list()[0]?.id ?? '';
      g.preview(id, 'offline', false);
      settle[0]?.({ kind: 'done', blastRadius: radius('old') });
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(g.list()[0]?.state, 'previewing');
      g.cancelPreview(id);
      assert.equal(g.list()[0]?.state, 'pending');
      settle[1]?.({ kind: 'done', blastRadius: radius('new') });
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(g.list()[0]?.preview, undefined);
      assert.match(g.list()[0]?.previewStatus ?? '', /cancelled/);
    });

    it('do not stand in the way of a decision: while one is made, nothing can be approved unseen', async () => {
      const g = gate({ previewer: { start: () => ({ result: new Promise(() => undefined), cancel: () => undefined }), readState: () => Promise.resolve({ ok: true, stateDigest: undefined }) } });
      const client = ask(g);
      const [hold] = g.list();
      assert.equal(hold?.state, 'previewing');
      assert.equal((await g.approve(hold.id, hold.fingerprint, 'x')).ok, false);
      assert.equal(g.deny(hold.id, 'no').ok, true);
      assert.equal(runs(client), 0);
    });
  });
});
