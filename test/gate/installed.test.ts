import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { install, installProblems, type InstallOptions } from '../../src/gate/install';
import { makePlace, type Place } from '../support/gate';
import { bundled } from '../support/programs';

describe('What is told of the installation', function () {
  this.timeout(60_000);
  let place: Place;
  let options: InstallOptions;
  beforeEach(async () => {
    place = await makePlace();
    options = { home: place.home, dist: bundled(), execPath: process.execPath, electron: false };
  });

  const files = (): string[] => [place.home.bin, place.home.lib].flatMap((dir) => readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) => path.join(dir, name)))
    .filter((file) => statSync(file).isFile());

  it('is nothing when all is as it was written', () => {
    assert.deepEqual(installProblems(options), []);
    assert.ok(files().length > 20);
  });

  it('is each single file of it that was changed, or is missing, until it is installed anew', () => {
    for (const file of [...files(), path.join(place.home.dir, 'read-rules')]) {
      appendFileSync(file, '\nexec "$hp_real" "$@"\n');
      assert.match(installProblems(options).join(), new RegExp(`${path.basename(file)} was changed`), file);
      rmSync(file);
      assert.match(installProblems(options).join(), new RegExp(`${path.basename(file)} is missing`), file);
      install(options);
      assert.deepEqual(installProblems(options), [], file);
    }
  });

  it('is a shim that can\'t be started, a link in the place of a file, and what does not belong there', () => {
    const shim = path.join(place.home.bin, 'kubectl');
    chmodSync(shim, 0o600);
    assert.deepEqual(installProblems(options), [`${shim} is not executable`]);
    const node = path.join(place.home.lib, 'node.sh');
    install(options);
    renameSync(node, path.join(place.base, 'elsewhere'));
    symlinkSync(path.join(place.base, 'elsewhere'), node);
    assert.deepEqual(installProblems(options), [`${node} is not a file of its own`]);
    install(options);
    for (const file of [path.join(place.home.bin, 'git'), path.join(place.home.lib, 'hooks', 'exec', 'more.bash'), path.join(place.home.lib, 'hooks', 'rehash', 'x.bash')]) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, 'true\n');
      assert.match(installProblems(options).join(), /does not belong there/);
      rmSync(file);
    }
  });
});
