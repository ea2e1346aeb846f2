import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { openLedger } from '../../src/ledger/ledger';
import { bundled } from '../support/programs';
import { temporary } from '../support/temporary';

const TABLE = (key: string): string => `Resources:\n  Orders:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      KeySchema:\n        - AttributeName: ${key}\n          KeyType: HASH\n`;

describe('the command line', function () {
  this.timeout(60_000);
  let cli = '';
  let folder = '';

  before(() => {
    cli = path.join(bundled(), 'cli.js');
  });
  beforeEach(() => {
    folder = temporary('hp-cli-');
    git('init', '-q');
  });

  const git = (...args: string[]) => spawnSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
  const put = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  const run = (args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, input, encoding: 'utf8', env: { ...process.env, HOME: folder, ...env } });
    return { status, stdout, stderr };
  };

  it('answers commands line by line, in order, and says what is wrong with a line in its place', () => {
    const lines = [{ cmd: 'aws cloudformation delete-stack --stack-name payments-prod' }, { cmd: 'aws s3 ls' }].map((l) => JSON.stringify(l));
    const { status, stdout } = run(['check', '--commands', '-'], `${lines[0]}\n\nnot json\n${lines[1]}\n`);
    const [held, bad, read] = stdout.trim().split('\n').map((l) => JSON.parse(l) as Record<string, unknown>);
    assert.equal(status, 2);
    assert.deepEqual([held?.['cmd'], held?.['verdict'], held?.['risk']], ['aws cloudformation delete-stack --stack-name payments-prod', 'confirm', 'critical']);
    const [operation] = held?.['operations'] as Record<string, unknown>[];
    assert.deepEqual([operation?.['operation'], operation?.['targets'], operation?.['reversibility']], ['cloudformation:DeleteStack', ['payments-prod'], 'irreversible']);
    assert.ok(typeof bad?.['error'] === 'string');
    assert.deepEqual([read?.['verdict'], read?.['operations']], ['allow', []]);
  });

  it('answers pairs of templates with what changes, unchanged resources left out', () => {
    const before = { Resources: { T: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'a' } }, Q: { Type: 'AWS::SQS::Queue' } } };
    const after = { Resources: { T: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'b' } }, Q: { Type: 'AWS::SQS::Queue' } } };
    const { status, stdout } = run(['preview', '--templates', '-'], `${JSON.stringify({ before: { template: before, parameters: null }, after: { template: after } })}\n`);
    assert.equal(status, 0);
    const answer = JSON.parse(stdout) as { source: string; resources: unknown[] };
    assert.equal(answer.source, 'offline');
    assert.deepEqual(answer.resources, [{ logicalId: 'T', type: 'AWS::DynamoDB::Table', action: 'modify', replacement: 'yes', data: 'lost' }]);
  });

  it('checks files: what would be held gives 1, nothing gives 0, a file that is not there gives 2', () => {
    put('fix.sh', 'for s in prod; do\n  aws cloudformation delete-stack --stack-name "payments-$s"\ndone\n');
    put('look.sh', 'aws s3 ls\n');
    const held = run(['check', 'fix.sh']);
    assert.equal(held.status, 1);
    assert.match(held.stdout, /^fix\.sh:2:3 {2}critical {2}cloudformation:DeleteStack {2}payments-prod\n/);
    assert.equal(run(['check', 'look.sh']).status, 0);
    const missing = run(['check', 'gone.sh']);
    assert.deepEqual([missing.status, missing.stderr], [2, 'holdpoint: gone.sh: no such file\n']);
    assert.match(JSON.stringify(JSON.parse(run(['check', '--json', 'fix.sh']).stdout)), /"operation":"cloudformation:DeleteStack"/);
  });

  it('compares a template with git HEAD, in check and in preview', () => {
    put('t.yaml', TABLE('id'));
    git('add', '-A');
    git('commit', '-qm', 'x');
    put('t.yaml', TABLE('other'));
    assert.match(run(['check', 't.yaml']).stdout, /Orders \(AWS::DynamoDB::Table\) is replaced by a new one, because KeySchema/);
    const preview = run(['preview', 't.yaml']);
    assert.equal(preview.status, 0);
    assert.match(preview.stdout, /^Predicted offline, from the templates alone\.\n\n(?:Lost|Replaced) \(1\)\n {2}Orders {2}AWS::DynamoDB::Table {2}data: lost\n/);
  });

  it('tries the examples of rules, tells every fault of a broken file, and keeps guarding with it', () => {
    put('.vscode/holdpoint.json', JSON.stringify({ version: 1, rules: [{ id: 'a', when: { actor: 'agent', effect: 'data-loss' }, verdict: 'deny', reason: 'No.', examples: [{ command: 'aws s3 rb s3://b --force', verdict: 'deny' }] }] }));
    assert.match(run(['rules', 'test']).stdout, /1 of 1 examples as expected/);
    put('.vscode/holdpoint.json', '{ "version": 1, "rules": [{ "verdict": "denyy" }] }');
    const broken = run(['rules', 'check']);
    assert.equal(broken.status, 1);
    assert.match(broken.stdout, /holdpoint\.json:1:\d+ {2}"denyy" is not known here/);
    put('a.sh', 'aws s3 rb s3://b --force\n');
    const check = run(['check', 'a.sh']);
    assert.equal(check.status, 1);
    assert.match(check.stderr, /"denyy" is not known here/);
  });

  it('lets the user\'s own rules tighten at once, and says where those that loosen would count', () => {
    const own = (rules: object): void => put('.holdpoint/rules.json', JSON.stringify({ version: 1, rules: [rules] }));
    const asked = (): Record<string, unknown> => JSON.parse(run(['check', '--commands', '-'], `${JSON.stringify({ cmd: 'aws s3 rb s3://b --force' })}\n`).stdout) as Record<string, unknown>;
    own({ when: {}, verdict: 'deny', reason: 'No.' });
    assert.equal(asked()['verdict'], 'deny');
    own({ when: {}, verdict: 'allow', reason: 'Yes.', overrides: ['default:data-loss', 'default:destructive', 'default:unknown', 'default:outage', 'default:exposure'] });
    assert.equal(asked()['verdict'], 'confirm');
    put('x.sh', 'aws s3 rb s3://b --force\n');
    assert.equal(run(['check', 'x.sh']).status, 1);
  });

  it('shows what the record has of the past, joined and by what is asked for, and says what does not verify', () => {
    const ledger = openLedger(path.join(folder, '.holdpoint/ledger'));
    const write = (id: string, name: string, target: string, decision: 'approved' | 'denied'): void => {
      ledger.append({
        type: 'asked', id, argv: ['aws', 'cloudformation', 'delete-stack', '--stack-name', target], cwd: '/', executable: '/usr/bin/aws', gatePid: 1, held: true,
        actor: { kind: 'agent', name, evidence: [], confidence: 'certain' }, operations: [{ operation: 'cloudformation:DeleteStack', effects: ['data-loss'], targets: [target] }],
        verdict: { kind: 'confirm', rule: 'default:data-loss', reason: 'It destroys.', risk: 'high' },
      });
      ledger.append({ type: 'decided', id, decision, by: 'kim', reason: 'as agreed', fingerprint: 'f', confirmed: 'panel' });
      if (decision === 'denied') return;
      ledger.append({ type: 'run', id, fingerprint: 'f' });
      ledger.append({ type: 'ended', id, exitCode: 0, signal: null });
    };
    write('h-1', 'Claude Code', 'payments', 'approved');
    write('h-2', 'Cursor', 'orders', 'denied');
    const all = run(['ledger', 'show']);
    assert.equal(all.status, 0, all.stderr);
    assert.match(all.stdout, /^h-1 {2}succeeded\n {2}\S+ {2}asked +held \(high\) for agent Claude Code: aws cloudformation delete-stack --stack-name payments\n.* decided +approved by kim in the editor: as agreed\n.* ended +with exit code 0\n\nh-2 {2}refused\n/s);
    const ids = (...args: string[]): string[] => (JSON.parse(run(['ledger', 'show', '--json', ...args]).stdout) as { id: string }[]).map((c) => c.id);
    assert.deepEqual(ids(), ['h-1', 'h-2']);
    assert.deepEqual([ids('--agent', 'cursor'), ids('--target', 'pay'), ids('--outcome', 'refused'), ids('--since', '1h'), ids('--until', '1h')], [['h-2'], ['h-1'], ['h-2'], ['h-1', 'h-2'], []]);
    for (const wrong of [['--outcome', 'fine'], ['--since', 'tuesday']]) assert.equal(run(['ledger', 'show', ...wrong]).status, 2);
    assert.equal(run(['ledger', 'verify', '--agent', 'x']).status, 2);
    const file = path.join(folder, '.holdpoint/ledger/ledger.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"decision":"denied"', '"decision":"approved"'));
    const broken = run(['ledger', 'show']);
    assert.equal(broken.status, 1);
    assert.match(broken.stdout, /h-2 {2}waiting/);
    assert.match(broken.stderr, /line 6 was changed.*\n.*does not verify/);
  });

  it('asks about a tool that no shim stands before, and says why it runs nothing that it does not know', () => {
    put('bin/docker', '#!/bin/sh\necho the real docker "$@"\n');
    chmodSync(path.join(folder, 'bin/docker'), 0o755);
    const exec = (...argv: string[]) => run(['exec', '--', ...argv], '', { PATH: `${path.join(folder, 'bin')}${path.delimiter}${process.env['PATH']}` });
    assert.deepEqual([exec('docker', 'ps').status, exec('docker', 'ps').stdout], [0, 'the real docker ps\n']);
    const held = exec('docker', 'volume', 'rm', 'payments');
    assert.deepEqual([held.status, held.stdout], [77, '']);
    assert.match(held.stderr, /Holdpoint holds: docker volume rm payments/);
    const unknown = exec('frobnicate', 'x');
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /does not know what 'frobnicate' does: it does not run it\. If you mean it, run it without 'holdpoint exec --'/);
    const wrapped = exec('sudo', 'docker', 'volume', 'rm', 'payments');
    assert.equal(wrapped.status, 2);
    assert.match(wrapped.stderr, /'sudo' starts another command.*Write 'sudo' before 'holdpoint' and the other command behind '--'/);
  });

  it('refuses words that it does not know with what to write instead', () => {
    for (const args of [['destroy'], ['check'], ['check', '--jsonn', 'x'], ['check', '--commands', 'x'], ['ledger'], ['ledger', 'verify', 'x'], ['exec', 'aws'], ['exec', '--', 'frobnicate', 'x'], ['rules', 'x'], ['preview']]) {
      const { status, stderr } = run(args);
      assert.equal(status, 2, args.join(' '));
      assert.match(stderr, /^holdpoint: /, args.join(' '));
    }
    for (const name of ['check', 'preview', 'exec', 'ledger', 'rules']) assert.match(run([name, '--help']).stdout, new RegExp(`^holdpoint ${name}`));
    assert.match(run(['--help']).stdout, /holdpoint check FILE/);
    assert.equal(run(['--version']).stdout.trim(), (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version);
  });
});
