import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { bundled } from '../support/programs';
import { temporary } from '../support/temporary';

const DENY = JSON.stringify({ version: 1, rules: [{ id: 'no', when: { effect: 'data-loss' }, verdict: 'deny', reason: 'Not here.' }] });
const NONE = JSON.stringify({ version: 1, rules: [] });
const ASKED = 'aws s3 rb s3://orders --force';

/** With the real git: what a repository is made to look like must not take a committed rule away. */
describe('A committed deny', function () {
  this.timeout(120_000);
  let cli = '';
  let base = '';
  let repo = '';

  const git = (cwd: string, ...args: string[]): string => {
    const done = spawnSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', '-c', 'protocol.file.allow=always', ...args], { cwd, encoding: 'utf8' });
    assert.equal(done.status, 0, `git ${args.join(' ')}: ${done.stderr}`);
    return done.stdout.trim();
  };
  const put = (folder: string, text: string): void => {
    mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    writeFileSync(path.join(folder, '.vscode', 'holdpoint.json'), text);
  };
  const commit = (folder: string, text: string | undefined, message = 'rules'): void => {
    if (text === undefined) rmSync(path.join(folder, '.vscode'), { recursive: true });
    else put(folder, text);
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', message, '--allow-empty');
  };
  /** What the command line says of a command that loses data, asked in a folder. */
  const verdict = (cwd: string, env: NodeJS.ProcessEnv = {}): string => {
    const { stdout, stderr } = spawnSync(process.execPath, [cli, 'check', '--commands', '-'], { cwd, input: `${JSON.stringify({ cmd: ASKED })}\n`, encoding: 'utf8', env: { ...process.env, HOME: base, ...env } });
    return stdout === '' ? `no answer: ${stderr}` : String((JSON.parse(stdout) as { verdict: unknown }).verdict);
  };

  before(() => {
    cli = path.join(bundled(), 'cli.js');
  });
  beforeEach(() => {
    base = temporary('hp-above-');
    mkdirSync(path.join(base, '.holdpoint'), { mode: 0o700 });
    repo = path.join(base, 'repo');
    mkdirSync(path.join(repo, 'sub', 'deep'), { recursive: true });
    git(repo, 'init', '-q', '-b', 'trunk');
    commit(repo, DENY);
    assert.equal(verdict(repo), 'deny');
  });

  describe('counts in every folder below', () => {
    it('whatever a rules file in a sub-folder says', () => {
      put(path.join(repo, 'sub'), NONE);
      assert.equal(verdict(path.join(repo, 'sub', 'deep')), 'deny');
    });
    it('whatever repository is made in a sub-folder', () => {
      git(path.join(repo, 'sub'), 'init', '-q');
      commit(path.join(repo, 'sub'), NONE);
      assert.equal(verdict(path.join(repo, 'sub', 'deep')), 'deny');
    });
    it('also one that stands in the sub-folder itself, when a repository of its own is made there', () => {
      commit(repo, undefined);
      commit(path.join(repo, 'sub'), DENY);
      assert.equal(verdict(path.join(repo, 'sub', 'deep')), 'deny');
      rmSync(path.join(repo, 'sub', '.vscode'), { recursive: true });
      git(path.join(repo, 'sub'), 'init', '-q');
      assert.equal(verdict(path.join(repo, 'sub', 'deep')), 'deny');
    });
    it('of a submodule, those of the repository that holds it too', () => {
      const other = path.join(base, 'other');
      mkdirSync(other);
      git(other, 'init', '-q', '-b', 'main');
      commit(other, NONE);
      git(repo, 'submodule', 'add', '-q', other, 'module');
      assert.equal(verdict(path.join(repo, 'module')), 'deny');
    });
  });

  it('is not asked of another repository that the environment names', () => {
    put(repo, NONE);
    const other = path.join(base, 'other');
    mkdirSync(other);
    git(other, 'init', '-q', '-b', 'main');
    commit(other, NONE);
    const config = path.join(base, 'gitconfig');
    writeFileSync(config, '[core]\n\tworktree = /nowhere\n');
    for (const env of [
      { GIT_DIR: path.join(other, '.git') }, { GIT_DIR: path.join(other, '.git'), GIT_WORK_TREE: repo }, { GIT_DIR: '/nowhere' }, { GIT_OBJECT_DIRECTORY: path.join(other, '.git/objects') },
      { GIT_CEILING_DIRECTORIES: `${base}:${repo}` }, { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.worktree', GIT_CONFIG_VALUE_0: other }, { GIT_CONFIG_GLOBAL: config },
      { GIT_NAMESPACE: 'x' }, { GIT_EXEC_PATH: '/nowhere' }, { GIT_COMMON_DIR: path.join(other, '.git') }, { GIT_LITERAL_PATHSPECS: '1', GIT_ATTR_SOURCE: 'x' },
    ] as NodeJS.ProcessEnv[]) assert.equal(verdict(path.join(repo, 'sub'), env), 'deny', JSON.stringify(env));
  });

  describe('stays in force', () => {
    it('on an orphan branch', () => {
      git(repo, 'checkout', '-q', '--orphan', 'empty');
      git(repo, 'rm', '-rqf', '--cached', '.');
      rmSync(path.join(repo, '.vscode'), { recursive: true });
      assert.equal(verdict(repo), 'deny', 'before its first commit');
      git(repo, 'commit', '-q', '--allow-empty', '-m', 'nothing');
      assert.equal(verdict(repo), 'deny', 'after it');
      assert.equal(verdict(repo), 'deny', 'and it is not forgotten by being asked again');
    });
    it('on a branch, and a detached HEAD, from before it, whatever an object is replaced by', () => {
      const first = git(repo, 'rev-parse', 'HEAD');
      commit(repo, NONE);
      commit(repo, DENY);
      const second = git(repo, 'rev-parse', 'HEAD');
      assert.equal(verdict(repo), 'deny');
      git(repo, 'checkout', '-q', `${second}~1`);
      assert.equal(verdict(repo), 'deny', 'detached');
      git(repo, 'checkout', '-q', '-b', 'old', first);
      commit(repo, NONE);
      assert.equal(verdict(repo), 'deny', 'a branch');
      git(repo, 'replace', '--graft', 'HEAD', second);
      assert.equal(verdict(repo), 'deny', 'that seems to follow');
    });
    it('on a default branch that was made to have none', () => {
      git(repo, 'checkout', '-q', '--orphan', 'main');
      commit(repo, NONE);
      assert.equal(verdict(repo), 'deny');
      assert.equal(verdict(repo), 'deny');
    });
    it('in a new working tree of an orphan branch', () => {
      const tree = path.join(base, 'tree');
      git(repo, 'worktree', 'add', '-q', '--detach', tree);
      git(tree, 'checkout', '-q', '--orphan', 'empty');
      git(tree, 'rm', '-rqf', '.');
      git(tree, 'commit', '-q', '--allow-empty', '-m', 'nothing');
      assert.equal(verdict(tree), 'deny');
    });
    it('when the branch is moved by hand, when its objects are replaced, and when a commit graph lies', () => {
      const tree = git(repo, 'mktree');
      const bare = git(repo, 'commit-tree', '-m', 'x', tree);
      rmSync(path.join(repo, '.vscode'), { recursive: true });
      git(repo, 'replace', git(repo, 'rev-parse', 'HEAD'), bare);
      assert.equal(verdict(repo), 'deny', 'a replaced object');
      git(repo, 'update-ref', 'HEAD', bare);
      assert.equal(verdict(repo), 'deny', 'update-ref');
      mkdirSync(path.join(repo, '.git', 'info'), { recursive: true });
      writeFileSync(path.join(repo, '.git', 'info', 'grafts'), `${bare} ${git(repo, 'rev-parse', 'trunk@{1}')}\n`);
      assert.equal(verdict(repo), 'deny', 'a graft');
    });
    for (const [how, go] of [
      ['.git is moved away', () => renameSync(path.join(repo, '.git'), path.join(base, 'gone'))],
      ['the repository is made anew', () => {
        rmSync(path.join(repo, '.git'), { recursive: true });
        git(repo, 'init', '-q');
        git(repo, 'commit', '-q', '--allow-empty', '-m', 'nothing');
      }],
      ['.git is a file that leads nowhere', () => {
        rmSync(path.join(repo, '.git'), { recursive: true });
        writeFileSync(path.join(repo, '.git'), 'gitdir: /nowhere\n');
      }],
      ['the repository says that its files are elsewhere', () => appendFileSync(path.join(repo, '.git', 'config'), `[core]\n\tworktree = ${path.join(os.tmpdir())}\n`)],
      ['it is called a bare one', () => appendFileSync(path.join(repo, '.git', 'config'), '[core]\n\tbare = true\n')],
    ] as const) {
      it(`when ${how}`, () => {
        rmSync(path.join(repo, '.vscode'), { recursive: true });
        go();
        assert.equal(verdict(repo), 'deny');
      });
    }
    it('of the default branch, on every other branch', () => {
      git(repo, 'branch', '-q', 'main');
      git(repo, 'checkout', '-q', '-b', 'feature');
      commit(repo, undefined);
      assert.equal(verdict(repo), 'deny', 'main');
      git(repo, 'checkout', '-q', 'main');
      git(repo, 'checkout', '-q', '-b', 'more');
      git(repo, 'update-ref', 'refs/remotes/origin/production', 'main');
      git(repo, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/production');
      git(repo, 'branch', '-qD', 'main');
      git(repo, 'branch', '-qD', 'trunk');
      commit(repo, undefined);
      assert.equal(verdict(repo), 'deny', 'what origin calls its default');
      git(repo, 'remote', 'add', 'origin', 'https://example.invalid/x.git');
      git(repo, 'remote', 'remove', 'origin');
      assert.equal(verdict(repo), 'deny', 'and when that is taken away');
    });
  });

  describe('is given up', () => {
    it('by a commit that follows it', () => {
      commit(repo, NONE);
      assert.equal(verdict(repo), 'confirm');
      commit(repo, DENY);
      assert.equal(verdict(repo), 'deny');
      commit(repo, undefined);
      assert.equal(verdict(repo), 'confirm');
    });
    it('by a merge, and by a branch that is renamed', () => {
      git(repo, 'branch', '-qm', 'trunk', 'master');
      assert.equal(verdict(repo), 'deny');
      git(repo, 'checkout', '-q', '-b', 'feature');
      commit(repo, NONE);
      assert.equal(verdict(repo), 'deny', 'not yet');
      git(repo, 'checkout', '-q', 'master');
      git(repo, 'merge', '-q', '--no-ff', '-m', 'merged', 'feature');
      assert.equal(verdict(repo), 'confirm');
      git(repo, 'branch', '-qm', 'master', 'main');
      assert.equal(verdict(repo), 'confirm');
    });
    it('of a branch, when its person is back on the default branch', () => {
      const other = path.join(base, 'other');
      mkdirSync(other);
      git(other, 'init', '-q', '-b', 'main');
      commit(other, NONE);
      assert.equal(verdict(other), 'confirm');
      git(other, 'checkout', '-q', '-b', 'stricter');
      commit(other, DENY);
      assert.equal(verdict(other), 'deny');
      git(other, 'checkout', '-q', 'main');
      assert.equal(verdict(other), 'confirm');
    });
  });

  it('a repository without a commit, and a folder without a repository, have what their files say', () => {
    for (const [i, make] of [true, false].entries()) {
      const fresh = path.join(base, `fresh-${i}`);
      mkdirSync(fresh);
      if (make) git(fresh, 'init', '-q');
      assert.equal(verdict(fresh), 'confirm');
      put(fresh, DENY);
      assert.equal(verdict(fresh), 'deny');
    }
    const bare = path.join(base, 'bare.git');
    git(base, 'init', '-q', '--bare', bare);
    assert.equal(verdict(bare), 'confirm');
  });

  it('what is known of committed rules is readable for its user alone, and made only where Holdpoint has a home', () => {
    const file = path.join(base, '.holdpoint', 'seen-rules.json');
    assert.match(readFileSync(file, 'utf8'), /Not here/);
    rmSync(path.join(base, '.holdpoint'), { recursive: true });
    assert.equal(verdict(repo), 'deny');
    assert.equal(existsSync(path.join(base, '.holdpoint')), false);
  });

  it('no word of a repository starts a program while its files are compared', () => {
    const mark = path.join(base, 'started');
    const program = path.join(base, 'program');
    writeFileSync(program, `#!/bin/sh\ntouch ${mark}\ncat\n`, { mode: 0o755 });
    writeFileSync(path.join(repo, 'main.tf'), 'resource "aws_db_instance" "a" {\n}\n');
    writeFileSync(path.join(repo, '.gitattributes'), '* filter=x diff=x\n');
    git(repo, 'add', '-A');
    git(repo, 'commit', '-qm', 'more');
    for (const [name, value] of [['filter.x.clean', program], ['filter.x.process', program], ['diff.x.textconv', program], ['diff.x.command', program], ['core.fsmonitor', program], ['core.pager', program]] as const) git(repo, 'config', name, value);
    writeFileSync(path.join(repo, 'main.tf'), 'resource "aws_db_instance" "b" {\n}\n');
    rmSync(mark, { force: true });
    for (const args of [['check', '.'], ['check', '--diff', 'HEAD'], ['check', '--staged']]) spawnSync(process.execPath, [cli, ...args], { cwd: repo, env: { ...process.env, HOME: base } });
    assert.equal(existsSync(mark), false);
  });
});
