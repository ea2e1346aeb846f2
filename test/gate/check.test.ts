import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { temporary } from '../support/temporary';

const cli = path.resolve('dist/cli.js');

describe('holdpoint check', () => {
  let dir: string;
  const git = (...args: string[]): string => execFileSync('git', ['-c', 'user.email=a@example.com', '-c', 'user.name=a', '-c', 'commit.gpgsign=false', ...args], { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const put = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    writeFileSync(path.join(dir, name), text);
  };
  const run = (args: readonly string[], input = '') => spawnSync(process.execPath, [cli, 'check', ...args], { cwd: dir, input, encoding: 'utf8', env: { ...process.env, HOME: path.join(dir, 'home') }, timeout: 55_000 });
  const found = (args: readonly string[], input = ''): { file: string; line: number; operation: string }[] => JSON.parse(run([...args, '--format', 'json'], input).stdout);

  beforeEach(() => {
    dir = temporary('holdpoint-check-');
    git('init', '-q', '-b', 'main');
    put('deploy.sh', 'echo hi\nterraform plan\n');
    put('main.tf', 'resource "aws_db_instance" "a" {\n  identifier = "a"\n}\n');
    git('add', '-A');
    git('commit', '-qm', 'first');
  });

  it('looks through folders, and leaves out what ignore files at any level name', () => {
    put('a/b/x.sh', 'terraform destroy\n');
    put('a/ignored/x.sh', 'terraform destroy\n');
    put('a/.gitignore', 'ignored/\n');
    put('a/b/.holdpointignore', 'y.*\n');
    put('a/b/y.py', 'import os\nos.system("terraform destroy")\n');
    put('node_modules/z/x.sh', 'terraform destroy\n');
    put('c/Makefile', 'x:\n\tkubectl delete ns prod\n');
    assert.deepEqual(found(['.']).map((f) => `${f.file}:${f.line} ${f.operation}`), ['a/b/x.sh:1 terraform:destroy', 'c/Makefile:2 kubernetes:delete']);
    assert.equal(run(['.']).status, 1);
    assert.equal(run(['deploy.sh', 'main.tf']).status, 0);
  });

  it('tells only what a branch changed', () => {
    put('old.sh', 'terraform destroy\necho a\n');
    git('add', '-A');
    git('commit', '-qm', 'old');
    git('checkout', '-qb', 'work');
    put('old.sh', 'terraform destroy\necho b\n');
    put('new.sh', 'helm uninstall x\n');
    put('main.tf', '');
    assert.deepEqual(found(['--diff', 'main']).map((f) => `${f.file} ${f.operation}`).sort(), ['main.tf terraform:deleted', 'new.sh helm:uninstall']);
    rmSync(path.join(dir, 'main.tf'));
    assert.ok(found(['--diff', 'main']).some((f) => f.operation === 'terraform:deleted'));
    const wrong = run(['--diff', 'no-such-branch']);
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /no-such-branch could not be read.*Name a commit/s);
    assert.equal(run(['--diff', '--upload-pack=x']).status, 2);
  });

  it('tells what is staged, not what lies in the working tree', () => {
    put('a.sh', 'terraform destroy\n');
    git('add', 'a.sh');
    put('a.sh', 'echo nothing\n');
    put('b.sh', 'terraform destroy\n');
    assert.deepEqual(found(['--staged']).map((f) => f.file), ['a.sh']);
  });

  it('reads standard input as a file of the given name', () => {
    assert.deepEqual(found(['--stdin', 'x.py'], 'import os\nos.system("helm uninstall x")\n').map((f) => `${f.file}:${f.line}`), ['x.py:2']);
    assert.deepEqual(found(['--stdin', 'x.txt'], 'terraform destroy\n'), []);
  });

  it('writes SARIF that its schema accepts, with marks that outlive a move', () => {
    put('weird name|`.sh', 'echo "x"\nterraform destroy -auto-approve\n');
    put('k/x.ps1', 'Remove-AzResourceGroup -Name rg -Force\n');
    const schema = JSON.parse(readFileSync('test/support/sarif-schema-2.1.0.json', 'utf8'));
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    const compiled = ajv.compile(schema);
    const valid = (value: unknown): boolean => compiled(value) === true;
    const first = JSON.parse(run(['.', '--format', 'sarif']).stdout);
    assert.ok(valid(first), JSON.stringify(compiled.errors?.slice(0, 3)));
    assert.equal(first.runs[0].results.length, 2);
    assert.ok(!valid({ ...first, version: 3 }), 'the schema rejects nothing');
    put('weird name|`.sh', 'echo "x"\n\n\nterraform destroy -auto-approve\n');
    const second = JSON.parse(run(['.', '--format', 'sarif', 'missing.sh'].slice(0, 3)).stdout);
    const prints = (s: typeof first): string[] => s.runs[0].results.map((r: { partialFingerprints: Record<string, string> }) => r.partialFingerprints['holdpoint/v1']).sort();
    assert.deepEqual(prints(second), prints(first));
    const problems = JSON.parse(run(['missing.sh', '--format', 'sarif']).stdout);
    assert.ok(valid(problems), JSON.stringify(compiled.errors?.slice(0, 3)));
    assert.equal(problems.runs[0].invocations[0].executionSuccessful, false);
  });

  it('writes Markdown in which no name breaks the table, into a file when asked', () => {
    put('a|b`.sh', 'terraform destroy\n');
    assert.equal(run(['.', '--format', 'markdown', '--output', 'out.md']).status, 1);
    const text = readFileSync(path.join(dir, 'out.md'), 'utf8');
    const row = text.split('\n').find((l) => l.includes('terraform:destroy')) ?? '';
    assert.equal(row.replace(/\\\|/g, '').split('|').length, 6, row);
  });

  it('lets the exit code follow the risk that is asked for, and refuses words that it does not know', () => {
    put('a.sh', 'helm uninstall x\n');
    assert.equal(run(['a.sh', '--fail-on', 'critical']).status, 0);
    assert.equal(run(['a.sh', '--fail-on', 'medium']).status, 1);
    for (const args of [['a.sh', '--format', 'xml'], ['a.sh', '--fail-on', 'none'], ['a.sh', '--staged'], ['a.sh', '--nope']]) assert.equal(run(args).status, 2, args.join(' '));
    const missing = run(['nothing.sh']);
    assert.equal(missing.status, 2);
    assert.match(missing.stderr, /nothing\.sh: no such file/);
  });

  it('goes through 10,000 files in one run and keeps secrets to itself', () => {
    for (let i = 0; i < 10_000; i++) put(`many/${i % 100}/f${i}.${['sh', 'py', 'ts', 'yaml', 'tf'][i % 5]}`, i % 5 === 0 ? `# ${i}\necho ${i}\naws s3 ls\n` : i % 5 === 4 ? 'variable "a" {}\n' : `x: ${i}\n`);
    put('many/7/last.sh', 'PGPASSWORD=hunter2secret psql postgres://u:hunter2secret@h/db -c "DROP TABLE x"\n');
    const { stdout, stderr, status } = run(['many']);
    assert.match(stdout, /1 operation would be held, in 1 of 10001 files\./);
    assert.equal(stderr, '', 'no progress line where there is no terminal');
    assert.equal(status, 1);
    assert.ok(!stdout.includes('hunter2secret'));
  }).timeout(60_000);
});
