import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { hookFolder, HOOK_VARIABLES } from '../../src/gate/version-managers';
import { makePlace, start, type Place } from '../support/gate';

/**
 * The folder of the real pyenv's own programs.
 * @throws with one line when pyenv is not installed: then these tests did not run and don't count as passed.
 */
function pyenvPrograms(): string {
  try {
    const found = execFileSync('sh', ['-c', 'command -v pyenv'], { encoding: 'utf8' }).trim();
    const libexec = path.join(path.dirname(realpathSync(found)), '..', 'libexec');
    return realpathSync(libexec);
  } catch {
    throw new Error('pyenv is not installed: what needs it was not tested.');
  }
}

/** A program that asks which `aws` it would start, as a script written by an agent would find it. */
const PROGRAM = 'import shutil; print(shutil.which("aws"))';

describe('a program that a version manager starts', function () {
  this.timeout(30_000);
  let place: Place;
  let env: NodeJS.ProcessEnv;
  let shim: string;

  /** A pyenv of the test's own: one version, with a Python and, as `pip install awscli` leaves it, an `aws` beside it. */
  beforeEach(async () => {
    place = await makePlace();
    shim = path.join(place.home.bin, 'aws');
    const programs = pyenvPrograms();
    const root = path.join(place.base, 'pyenv');
    const bin = path.join(root, 'versions', '3.11.7', 'bin');
    mkdirSync(bin, { recursive: true });
    mkdirSync(path.join(root, 'shims'));
    writeFileSync(path.join(bin, 'python'), `#!/bin/sh\nexec '${execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim()}' "$@"\n`);
    writeFileSync(path.join(bin, 'aws'), '#!/bin/sh\necho the real aws\n');
    writeFileSync(path.join(root, 'version'), '3.11.7\n');
    for (const file of ['python', 'aws']) {
      chmodSync(path.join(bin, file), 0o755);
      writeFileSync(path.join(root, 'shims', file), `#!/usr/bin/env bash\nexport PYENV_ROOT='${root}'\nexec '${programs}/pyenv' exec '${file}' "$@"\n`, { mode: 0o755 });
    }
    const { PATH = '' } = place.env;
    env = { ...place.env, PYENV_ROOT: root, PATH: [place.home.bin, path.join(root, 'shims'), ...PATH.split(path.delimiter).slice(1)].join(path.delimiter) };
    for (const name of HOOK_VARIABLES) env[name] = `${hookFolder(place.home)}:`;
  });

  it('finds the shims before the tools of its own environment', async () => {
    const { stdout, stderr } = await start(place, 'python', ['-c', PROGRAM], { env }).done;
    assert.equal(stdout.trim(), shim, stderr);
  });

  it('finds the tools of its environment where the shims are not on PATH, as without Holdpoint', async () => {
    const PATH = (env['PATH'] ?? '').split(path.delimiter).slice(1).join(path.delimiter);
    const { stdout, stderr } = await start(place, 'python', ['-c', PROGRAM], { env: { ...env, PATH } }).done;
    assert.equal(stdout.trim(), path.join(place.base, 'pyenv/versions/3.11.7/bin/aws'), stderr);
  });

  it('finds the tools of its environment once the shims are gone', async () => {
    rmSync(place.home.bin, { recursive: true });
    const { stdout, stderr } = await start(place, 'python', ['-c', PROGRAM], { env }).done;
    assert.equal(stdout.trim(), path.join(place.base, 'pyenv/versions/3.11.7/bin/aws'), stderr);
  });

  it('gets the same tool through the shim that it would have got without it', async () => {
    const { stdout, stderr, code } = await start(place, 'python', ['-c', 'import subprocess; print(subprocess.run(["aws", "--version"], capture_output=True, text=True).stdout)'], { env }).done;
    assert.equal(code, 0, stderr);
    assert.equal(stdout.trim(), 'the real aws', stderr);
  });
});
