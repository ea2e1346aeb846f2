import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { makePlace, type Place } from '../support/gate';

const rulesOf = (...rules: readonly object[]): string => JSON.stringify({ version: 1, rules: rules.map((r) => ({ verdict: 'deny', reason: 'Not by this team.', ...r })) }, undefined, 2);
const NO_CHANGE = rulesOf({ when: { mutation: ['additive', 'modifying', 'destructive', 'unknown'] } });
const NO_SECRETS = rulesOf({ when: { operation: 'secretsmanager:GetSecretValue', actor: ['agent', 'unknown', 'human'] }, examples: [{ command: 'aws secretsmanager get-secret-value --secret-id x', verdict: 'deny' }] });
const NO_LOSS = rulesOf({ when: { effect: 'data-loss' } }, { when: { mutation: ['destructive'] } });
const SECRET = ['secretsmanager', 'get-secret-value', '--secret-id', 'x'];

/** Without a window: the shim, the client and the rules as they are for anybody. */
describe('The rules of a team', function () {
  this.timeout(120_000);
  let place: Place;
  let repo: string;
  beforeEach(async () => {
    place = await makePlace();
    repo = path.join(place.base, 'repo');
    mkdirSync(path.join(repo, 'sub'), { recursive: true });
    for (const tool of ['terraform', 'kubectl', 'helm']) writeFileSync(path.join(place.tools, tool), readFileSync(path.join(place.tools, 'aws')), { mode: 0o755 });
    writeFileSync(path.join(repo, 'keep.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: keep}\n');
  });

  const put = (folder: string, text: string): void => {
    mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    writeFileSync(path.join(folder, '.vscode', 'holdpoint.json'), text);
  };
  const commit = (): void => {
    for (const args of [['init', '-q'], ['add', '-A'], ['-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', 'commit', '-qm', 'rules']]) assert.equal(spawnSync('git', args, { cwd: repo }).status, 0);
  };
  const run = (cwd: string, tool: string, args: readonly string[]): { readonly ran: boolean; readonly code: number | null; readonly said: string } => {
    rmSync(place.env['STUB_LOG'] ?? '', { force: true });
    const { status, stderr } = spawnSync(path.join(place.home.bin, tool), args, { cwd, env: place.env, encoding: 'utf8' });
    return { ran: existsSync(place.env['STUB_LOG'] ?? ''), code: status, said: stderr };
  };
  const denied = (cwd: string, tool: string, args: readonly string[]): void => {
    const { ran, code, said } = run(cwd, tool, args);
    assert.equal(ran, false, args.join(' '));
    assert.equal(code, 77, said);
    assert.match(said, /Not by this team/, args.join(' '));
  };

  it('count for what a command names, wherever it is started', () => {
    put(repo, NO_CHANGE);
    commit();
    assert.equal(run(place.work, 'terraform', ['workspace', 'new', 'q']).ran, true);
    denied('/', 'terraform', [`-chdir=${repo}`, 'workspace', 'new', 'q']);
    denied(place.work, 'terraform', ['-chdir=../repo', 'workspace', 'new', 'q']);
    denied(place.work, 'terraform', ['-chdir=../repo/sub', 'workspace', 'new', 'q']);
    denied('/', 'kubectl', ['apply', '-f', path.join(repo, 'keep.yaml')]);
    denied('/', 'kubectl', ['apply', `--filename=${repo}`]);
    denied(place.work, 'aws', ['s3api', 'put-bucket-tagging', '--bucket', 'b', '--tagging', 'file://../repo/keep.yaml']);
    denied(place.work, 'helm', ['install', 'x', '../repo/sub']);
  });

  it('about a read are what happens, as their own test says', () => {
    put(repo, NO_SECRETS);
    const told = spawnSync(path.join(place.home.bin, 'holdpoint'), ['rules', 'test'], { cwd: repo, env: place.env, encoding: 'utf8' });
    assert.match(told.stdout, /1 of 1 examples as expected/, told.stderr);
    for (const cwd of [repo, path.join(repo, 'sub')]) denied(cwd, 'aws', SECRET);
    assert.equal(run(repo, 'aws', ['ec2', 'describe-instances']).ran, true);
    commit();
    denied(repo, 'aws', SECRET);
    rmSync(path.join(repo, '.vscode'), { recursive: true });
    assert.match(readFileSync(path.join(place.home.dir, 'read-rules'), 'utf8'), new RegExp(`^${repo}$`, 'm'));
    for (const cwd of [repo, path.join(repo, 'sub')]) denied(cwd, 'aws', SECRET);
    denied('/', 'aws', [...SECRET, '--cli-input-json', `file://${path.join(repo, 'keep.yaml')}`]);
  });

  it('about a read bind it too when they are a person\'s own, and however they are written', () => {
    for (const text of [
      NO_SECRETS, JSON.stringify(JSON.parse(NO_SECRETS)), NO_SECRETS.replace('"when"', '"wh\\u0065n"'), NO_SECRETS.replace('"operation"', '// "effect": none\n"operation"'),
      NO_SECRETS.replace('"operation"', '/* "effect": */ "operation"'), rulesOf({ when: { effect: 'data-loss' } }, { when: { operation: 'secretsmanager:*' } }, { when: { effect: 'outage' } }),
      rulesOf({ when: { operation: 'secretsmanager:*', mutation: ['none', 'destructive'] } }), NO_SECRETS.replaceAll('\n', '\r\n'),
      NO_SECRETS.replace('Not by this team.', 'Not by this team. \\"effect\\": x'),
    ]) {
      put(repo, text);
      denied(path.join(repo, 'sub'), 'aws', SECRET);
      rmSync(path.join(repo, '.vscode'), { recursive: true });
      writeFileSync(path.join(place.home.dir, 'rules.json'), text);
      denied(place.work, 'aws', SECRET);
      rmSync(path.join(place.home.dir, 'rules.json'));
    }
  });

  it('that are about no read leave reads to the shim alone', () => {
    renameSync(path.join(place.home.lib, 'client.js'), path.join(place.home.lib, 'client.away'));
    const loose = JSON.stringify({ version: 1, rules: [{ when: { target: 'scratch-*' }, verdict: 'allow', reason: 'r', overrides: ['default:data-loss'] }] }, undefined, 2);
    for (const text of [NO_LOSS, NO_LOSS.replaceAll('\n', '\r\n'), JSON.stringify({ version: 1, rules: [] })]) {
      put(repo, text);
      assert.equal(run(path.join(repo, 'sub'), 'aws', SECRET).ran, true, text);
    }
    writeFileSync(path.join(place.home.dir, 'rules.json'), loose);
    assert.equal(run(path.join(repo, 'sub'), 'aws', SECRET).ran, true);
  });
});
