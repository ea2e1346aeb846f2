import assert from 'node:assert/strict';
import { detectCommand } from '../../src/detect/detect';

const HOME = '/home/me';
const destroys = (line: string): boolean => detectCommand(line, { home: HOME, cwd: '/home/me/work', env: {} }).some((o) => o.mutation === 'destructive' || o.mutation === 'unknown');

describe('git', () => {
  it('is read as its own parser reads it: the last of a switch and its opposite counts', () => {
    for (const line of ['git push --dry-run --no-dry-run --force', 'git push -n --no-dry-run -f origin main', 'git push --no-force --force', 'git push origin :x --dry-run --no-dry-run', 'git clean -fd -n --no-dry-run', 'git push --mirror --dry-run --no-dry-run', 'git reset --soft --hard', 'git push --forc', 'git push --delet origin x', 'git push --no-delete --delete origin main']) {
      assert.ok(destroys(line), line);
    }
    for (const line of ['git push --force --no-force', 'git push --no-dry-run --dry-run --force', 'git clean -fd --no-dry-run -n', 'git push --mirror --no-mirror origin', 'git push', 'git push origin main', 'git push -u origin feature', 'git push --follow-tags', 'git reset --hard --soft HEAD~1']) {
      assert.ok(!destroys(line), line);
    }
  });

  it('deletes on the remote what a push with prune or mirror does not find here, asked by an option or by a setting', () => {
    for (const line of [
      "git push --prune origin 'refs/heads/*'", "git push --prune origin 'refs/heads/*:refs/heads/*'", 'git -c remote.origin.mirror=true push', 'git -c remote.origin.mirror push origin', 'git -c Remote.origin.MIRROR=yes push origin',
      'GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=remote.origin.mirror GIT_CONFIG_VALUE_0=true git push', "GIT_CONFIG_PARAMETERS=\"'remote.origin.mirror=true'\" git push", "git -c 'remote.origin.push=+refs/heads/*:refs/heads/*' push", "git -c remote.origin.push=:main push",
      'git -c push.default=matching push --force', 'git send-pack --force git@h:r main', 'git send-pack --mirror git@h:r', 'git send-pack git@h:r +main', 'git send-pack git@h:r :main', 'git --config-env=remote.origin.mirror=MIRROR push',
    ]) assert.ok(destroys(line), line);
    for (const line of ['git -c remote.origin.mirror=false push', 'git -c user.name=x push', 'git -c http.proxy=x push origin main', 'git send-pack git@h:r main', "git push --prune --dry-run origin 'refs/heads/*'", 'git fetch --prune', 'git remote prune origin']) assert.ok(!destroys(line), line);
  });

  it('follows an alias that the line itself brings, and what runs in every submodule', () => {
    for (const line of ["git -c alias.x='push --force' x", "git -c alias.x='push --force' x origin main", "git -c alias.x='!git push --force' x",
      "git -c alias.x=y -c alias.y='clean -fdx' x", "git -c alias.x='push --force' -c user.name=me x", 'git submodule foreach git clean -fdx', 'git submodule foreach --recursive git clean -fdx', "git submodule foreach 'git reset --hard'", 'git submodule --quiet foreach --recursive git reset --hard', "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=alias.x GIT_CONFIG_VALUE_0='push -f' git x"]) {
      assert.ok(destroys(line), line);
    }
    for (const line of ["git -c alias.x='status -s' x", "git -c alias.x='push --force' status", 'git submodule foreach git status', 'git submodule update --init --recursive']) assert.ok(!destroys(line), line);
  });
});
