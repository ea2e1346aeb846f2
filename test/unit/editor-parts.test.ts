import assert from 'node:assert/strict';
import fs, { statSync } from 'node:fs';
import path from 'node:path';
import { mock } from 'node:test';
import type { Verdict } from '../../src/model';
import { abandonedHolds } from '../../src/editor/abandoned';
import { mayBeJudged } from '../../src/detect/file-kind';
import { judge, kindOf, predictFile, type Decide } from '../../src/editor/judge';
import { statusText, type StatusFacts } from '../../src/editor/status-text';
import { openLedger } from '../../src/ledger/ledger';
import type { LedgerRecord } from '../../src/ledger/record';
import { watchRecord } from '../../src/editor/record';
import { removeLeftovers } from '../../src/gate/previewer';
import { openHistory } from '../../src/ledger/history';
import { readLedger, verifyLedger } from '../../src/ledger/verify';
import { temporary } from '../support/temporary';

describe('the status bar', () => {
  const quiet: StatusFacts = { held: [], risk: 'none', files: [], trouble: [] };
  const off = { kind: 'off', why: 'the gate failed' } as const;

  it('puts a held command above everything', () => {
    assert.deepEqual(statusText({ ...quiet, held: ['a'], risk: 'critical', trouble: [off] }), { text: '$(shield) Held: 1', label: 'Holdpoint: 1 command is held', color: 'error' });
  });

  it('never looks well while the guard is off', () => {
    const status = statusText({ ...quiet, risk: 'critical', trouble: [off] });
    assert.match(status.text, /off/);
    assert.match(status.label, /the gate failed/);
    assert.equal(status.color, 'warning');
  });

  it('warns of high risk in the files, and stays quiet for less', () => {
    assert.deepEqual([statusText({ ...quiet, risk: 'high' }).color, statusText({ ...quiet, risk: 'medium' }).color], ['warning', undefined]);
  });

  it('says when something is not as it should be', () => {
    assert.match(statusText({ ...quiet, trouble: [{ kind: 'degraded', why: 'The team rules are broken' }] }).label, /team rules are broken/);
  });
});

describe('a command that an earlier window held', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporary('hp-abandoned-');
  });

  const asked = (id: string, gatePid: number): LedgerRecord => ({
    type: 'asked', id, argv: ['aws', 'cloudformation', 'delete-stack', '--stack-name', 'x'], cwd: '/', executable: '/usr/bin/aws',
    actor: { kind: 'human', name: 'kim', evidence: [], confidence: 'likely' },
    operations: [{ operation: 'cloudformation:DeleteStack', effects: ['data-loss'], targets: ['x'] }],
    verdict: { kind: 'confirm', rule: 'r', reason: 'It destroys.', risk: 'high' }, held: true, gatePid,
  });

  it('is shown as not run, and written down once', async () => {
    const ledger = openLedger(folder);
    ledger.append(asked('h-1', 1));
    const dead = (): boolean => false;
    const [hold] = await abandonedHolds(openHistory(folder), ledger, dead);
    assert.equal(hold?.state, 'abandoned');
    assert.equal(hold?.operations[0]?.targets[0]?.name, 'x');
    assert.equal((await abandonedHolds(openHistory(folder), ledger, dead)).length, 1);
    assert.equal((await readLedger(folder)).filter((l) => l.type === 'abandoned').length, 1);
    assert.equal((await verifyLedger(folder)).ok, true);
  });

  it('is found in the one reading of the record that the start of a window needs', async () => {
    const ledger = openLedger(folder);
    for (let i = 0; i < 60; i++) ledger.append(asked(`h-${i}`, 1));
    const { size } = statSync(path.join(folder, 'ledger.jsonl'));
    const { end } = await openHistory(folder).now();
    const history = openHistory(folder);
    const reads = mock.method(fs, 'createReadStream');
    try {
      const record = watchRecord(ledger, folder, { head: () => end && { chain: '', ...end }, noteHead: async () => undefined }, () => undefined, (error) => assert.fail(String(error)), history);
      await record.check();
      record.dispose();
      await abandonedHolds(history, ledger, () => true);
      await removeLeftovers(history, { workerPath: '', execPath: '', record: () => undefined });
      const read = reads.mock.calls.reduce((sum, { arguments: [, options] }) => sum + 1 + (options as { end: number }).end - (options as { start: number }).start, 0);
      assert.ok(read >= size && read < 1.1 * size, `${read} bytes of ${size} were read`);
    } finally {
      reads.mock.restore();
    }
  });

  it('is left alone while its window is open, or when it was decided', async () => {
    const ledger = openLedger(folder);
    ledger.append(asked('h-1', 1));
    ledger.append(asked('h-2', 2));
    ledger.append({ type: 'decided', id: 'h-2', decision: 'denied', by: 'kim', reason: 'no', fingerprint: 'f' });
    assert.deepEqual(await abandonedHolds(openHistory(folder), ledger, (pid) => pid === 1), []);
  });

  it('is forgotten after a day', async () => {
    const ledger = openLedger(folder);
    ledger.append(asked('h-1', 1));
    assert.deepEqual(await abandonedHolds(openHistory(folder), ledger, () => false, Date.now() + 25 * 60 * 60 * 1000), []);
  });
});

const BEFORE = 'Resources:\n  Table:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: a\n  Api:\n    Type: AWS::SSM::Parameter\n    Properties: { Type: String, Value: !Ref Table }\n';
const AFTER = BEFORE.replace('TableName: a', 'TableName: b');
const confirm: Decide = async (operations) => operations.map((): Verdict => ({ kind: 'confirm', rule: 'r', reason: 'x', risk: 'high' }));
const head = (text: string) => async () => ({ kind: 'text', text }) as const;

describe('the judge of files', () => {
  it('offers a safer command only where the text is a shell command itself', async () => {
    const none = async () => ({ kind: 'new' }) as const;
    const shell = await judge('/a/x.sh', 'kubectl delete ns prod\n', undefined, none, confirm);
    const python = await judge('/a/x.py', 'import os\nos.system("kubectl delete ns prod")\n', undefined, none, confirm);
    const terraform = await judge('/a/main.tf', '', undefined, async () => ({ kind: 'text', text: 'resource "aws_db_instance" "a" {\n}\n' }) as const, confirm);
    assert.ok((shell?.marks[0]?.fixes.length ?? 0) > 0);
    assert.deepEqual([python?.marks.length, python?.marks[0]?.fixes.length], [1, 0]);
    assert.equal(terraform?.marks[0]?.code, 'terraform:deleted');
    assert.equal(terraform?.risk, 'critical');
  });

  it('tells the kinds of file by name, language and text', async () => {
    assert.equal(await kindOf('/a/t.yaml', BEFORE, undefined), 'cloudformation');
    assert.equal(await kindOf('/a/t.yaml', 'apiVersion: v1\nkind: Pod\n', undefined), 'kubernetes');
    assert.equal(await kindOf('/a/t.yaml', 'a: 1\n', undefined), undefined);
    assert.equal(await kindOf('/a/run', 'echo', 'shellscript'), 'shell');
    assert.equal(await kindOf('/a/t.yaml', `${BEFORE}#${'x'.repeat(1024 * 1024)}`, undefined), undefined);
    for (const name of ['a/t.yml', 'a/t.template', 'a/deploy', 'a/.envrc', 'a/fix.sh']) assert.ok(mayBeJudged(name), name);
    for (const name of ['a/t.css', 'a/t.png', 'a/node_modules/x.js']) assert.equal(mayBeJudged(name), false, name);
  });

  it('marks what would be replaced, with what depends on it', async () => {
    const judged = await judge('/a/t.yaml', AFTER, 'yaml', head(BEFORE), confirm);
    const [mark] = judged?.marks ?? [];
    assert.equal(mark?.code, 'cloudformation:replaced');
    assert.equal(mark?.resource, 'Table');
    assert.equal(AFTER.slice(mark?.related[0]?.range.start, mark?.related[0]?.range.end), 'Api');
  });

  it('marks nothing in a template that can not be compared, and says why', async () => {
    const judged = await judge('/a/t.yaml', AFTER, 'yaml', async () => ({ kind: 'unavailable', why: 'no git' }), confirm);
    assert.deepEqual(judged, { kind: 'cloudformation', marks: [], risk: 'none', notCompared: 'no git' });
  });

  it('predicts no numbers when it does not know what was there before', async () => {
    const blind = await predictFile('t.yaml', AFTER, { kind: 'unavailable', why: 'no git' });
    assert.deepEqual(blind.resources, []);
    assert.ok(blind.unknowns.map((one) => one.text).some((u) => u.includes('no git')));
    const seen = await predictFile('t.yaml', AFTER, { kind: 'text', text: BEFORE });
    assert.equal(seen.resources.find((r) => r.id === 'Table')?.outcome, 'replaced');
  });
});
