import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { BlastRadius, Operation, Verdict } from '../../src/model';
import type { Gate, GateDeps, PreviewJob } from '../../src/gate/gatekeeper';
import type { GateMessage } from '../../src/gate/protocol';
import type { Conversation } from '../../src/gate/server';
import { socketRequester } from '../../src/gate/socket-requester';
import { isMoved, lookAt } from '../../src/preview/input-file';
import { argvOf, operation, until } from '../support/gate';
import { recordedGates } from '../support/recorded-gates';
import { temporary } from '../support/temporary';

const verdict = (kind: Verdict['kind']): Verdict => ({ kind, rule: `test:${kind}`, reason: 'Because.', risk: 'high' });
const NOTHING_LOST: BlastRadius = {
  source: 'live-reads', sourceDetail: '', context: {}, resources: [], dependencies: [], reversibility: { kind: 'unknown' }, unknowns: [], warnings: [], digest: 'd', takenAt: '2026-01-01T00:00:00Z',
};

describe('a command that a preview would release', () => {
  let dir = '';
  const { records, make } = recordedGates();
  beforeEach(() => {
    dir = temporary('hp-release-');
    put('kubectl', 'tool');
    put('m.yaml', 'kind: ConfigMap');
    put('.kube/config', 'one');
  });

  const put = (name: string, text: string): string => {
    const file = path.join(dir, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  /** A tool's own preview that reads the disk itself: `meanwhile` happens while it does. */
  const gate = (meanwhile: (round: number, job: PreviewJob) => void, change: Partial<GateDeps> = {}): Gate => {
    let round = 0;
    return make({
      detect: (action): Operation[] => [{ ...operation(argvOf(action), 'unknown'), previewDecides: true }],
      decide: (_o, _a, _c, preview) => ({ verdict: verdict(preview === undefined ? 'confirm' : 'allow'), rulesDigest: 'r' }),
      previewer: {
        start: (job) => {
          meanwhile(round++, job);
          return { result: Promise.resolve({ kind: 'done', blastRadius: NOTHING_LOST }), cancel: () => undefined };
        },
        readState: () => Promise.resolve({ ok: true, stateDigest: undefined }),
      },
      ...change,
    });
  };
  const ask = (g: Gate, ...more: string[]): { readonly got: GateMessage[]; tell: Conversation['onMessage'] } => {
    const got: GateMessage[] = [];
    const client: Conversation = {
      ask: { type: 'ask', token: '', tool: 'kubectl', executable: path.join(dir, 'kubectl'), argv: ['kubectl', 'apply', ...(more.length > 0 ? more : ['-f', 'm.yaml'])], cwd: dir, env: { HOME: dir }, pid: 1, actor: { marks: {}, ancestry: [], tty: true, user: 'ada' } },
      gone: false, onMessage: () => undefined, onGone: () => undefined, say: () => undefined, send: (message) => void got.push(message),
    };
    g.ask(socketRequester(client));
    return { got, tell: (message) => client.onMessage(message) };
  };
  const runOf = (got: readonly GateMessage[]): Extract<GateMessage, { type: 'run' }> | undefined => got.find((m) => m.type === 'run');
  const backAndForth = (name: string): void => {
    for (const text of ['other', name === '.kube/config' ? 'one' : 'kind: ConfigMap']) put(name, text);
  };

  it('runs with the digests of what it was judged by', async () => {
    const { got } = ask(gate(() => undefined));
    await until(() => runOf(got) !== undefined, 'it runs');
    const inputs = runOf(got)?.inputs ?? [];
    assert.deepEqual(inputs.filter((i) => i.kind === undefined).map((i) => path.relative(dir, i.path)), ['.kube/config', 'm.yaml']);
    assert.deepEqual(inputs.filter(isMoved), []);
    put('m.yaml', 'kind: Namespace');
    assert.deepEqual(inputs.filter(isMoved).map((i) => path.relative(dir, i.path)), ['m.yaml']);
  });

  for (const name of ['.kube/config', 'm.yaml']) {
    it(`is previewed again when ${name} was another one meanwhile, and then runs`, async () => {
      const { got } = ask(gate((round) => { if (round === 0) backAndForth(name); }));
      await until(() => runOf(got) !== undefined, 'it runs');
      assert.deepEqual(records.map((r) => (r.type === 'decided' ? `${r.type} ${r.decision}` : r.type)), ['asked', 'decided moved', 'asked', 'previewed', 'decided allowed', 'run']);
    });

    it(`is held when ${name} is another one in every preview, and the picture says so`, async () => {
      const g = gate(() => backAndForth(name));
      const { got } = ask(g);
      await until(() => g.list()[0]?.state === 'pending', 'it waits');
      assert.equal(runOf(got), undefined);
      assert.match(g.list()[0]?.preview?.unknowns[0]?.text ?? '', new RegExp(`${name.replaceAll('.', '\\.')} was changed or exchanged while the preview was made`));
    });
  }

  it('is held when what it reads comes out of a pipe, whatever the preview saw in it', async () => {
    execFileSync('mkfifo', [path.join(dir, 'pipe.yaml')]);
    const g = gate(() => undefined);
    const { got } = ask(g, '-f', 'pipe.yaml');
    await until(() => g.list()[0]?.state === 'pending', 'it waits');
    assert.equal(runOf(got), undefined);
    assert.match(g.list()[0]?.preview?.unknowns[0]?.text ?? '', /pipe\.yaml can't be tied to what is shown here/);
  });

  it('runs with what its preview read besides, and not when the preview read something else there', async () => {
    const besides = put('besides', 'x');
    const { sha256 } = lookAt(besides);
    const one = ask(gate((_, job) => job.snapshot?.add({ path: besides, sha256 })));
    await until(() => runOf(one.got) !== undefined, 'it runs');
    assert.ok(runOf(one.got)?.inputs.some((i) => i.path === besides && i.sha256 === sha256));
    const g = gate((_, job) => job.snapshot?.add({ path: besides, sha256: 'another' }));
    const two = ask(g);
    await until(() => g.list()[0]?.state === 'pending', 'it waits');
    assert.equal(runOf(two.got), undefined);
  });

  it('is not asked about for ever when its files never rest', async () => {
    const { got, tell } = ask(gate(() => undefined, { detect: (action) => [operation(argvOf(action), 'additive')], decide: () => ({ verdict: verdict('allow'), rulesDigest: 'r' }) }));
    for (let i = 0; i < 50 && got.at(-1)?.type !== 'refuse'; i += 1) {
      const before = got.length;
      tell({ type: 'moved', path: '/log' });
      await until(() => got.length > before, 'it answers');
    }
    const last = got.at(-1);
    assert.ok(last?.type === 'refuse' && last.code === 75 && /The file \/log changed after the preview, again and again/.test(last.lines.join(' ')), JSON.stringify(last));
  });

  it('gives its preview the content that it was judged by, in the place where the disk has another', async () => {
    let text: string | undefined;
    const { got } = ask(gate((round, job) => {
      if (round > 0) return;
      renameSync(path.join(dir, 'm.yaml'), path.join(dir, 'old'));
      put('m.yaml', 'kind: Namespace');
      text = job.snapshot?.contents().get(path.join(dir, 'm.yaml'))?.toString();
    }));
    await until(() => runOf(got) !== undefined, 'it runs');
    assert.equal(text, 'kind: ConfigMap');
    assert.equal(runOf(got)?.inputs.find((i) => i.path.endsWith('m.yaml'))?.sha256, lookAt(path.join(dir, 'm.yaml')).sha256, 'what runs is what was previewed the second time');
  });
});
