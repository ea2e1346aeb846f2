import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { temporary } from '../support/temporary';
import { screenshot, texts, until } from './driver';
import { layers } from './layers';
import { openTerminal, runInTerminal, startInTerminal } from './terminal';

const BIN = path.join(os.homedir(), '.holdpoint', 'bin');

const status = async (): Promise<string> => (await texts({ selector: '.statusbar-item' })).filter((t) => /Holdpoint|risk|Held/.test(t)).join(' | ');

describe('what is guarded', function () {
  this.timeout(180_000);
  before(async () => {
    await vscode.extensions.getExtension('holdpoint.holdpoint')?.activate();
  });

  it('is looked at again when a shim is changed, without being asked, and when it is put right', async () => {
    const shim = path.join(BIN, 'aws');
    const text = readFileSync(shim);
    try {
      chmodSync(shim, 0o700);
      writeFileSync(shim, '#!/bin/sh\nexec /usr/bin/aws "$@"\n');
      await until(async () => /Holdpoint off/.test(await status()), 'the status bar says that something is off');
      await screenshot('coverage-shim-changed');
    } finally {
      writeFileSync(shim, text);
    }
    await until(async () => !/Holdpoint off/.test(await status()), 'the status bar is quiet again');
  });

  it('includes what a Python of a version manager starts', async () => {
    const run = await runInTerminal('python3 -c \'import shutil; print("found", shutil.which("aws"))\'');
    assert.match(run.output, new RegExp(`found ${BIN}/aws`), run.output);
    assert.ok((await layers('coverage-again')).some((l) => l.includes('Programs started by Python there') && l.includes('active')));
  });

  it('is said of a terminal in which a virtual environment with tools of its own is activated', async () => {
    const folder = temporary('hp-venv-');
    const terminal = await openTerminal({ name: 'with venv' });
    try {
      mkdirSync(path.join(folder, 'bin'));
      writeFileSync(path.join(folder, 'bin', 'activate'), `export PATH="${folder}/bin:$PATH"\ndeactivate() { :; }\n`);
      writeFileSync(path.join(folder, 'bin', 'aws'), '#!/bin/sh\necho real\n', { mode: 0o755 });
      await startInTerminal(terminal, `source ${folder}/bin/activate`).done;
      await until(async () => (await texts({ selector: '.statusbar-item [class*=codicon-warning]' })).length > 0, 'the status bar has a warning');
      const lines = await layers('coverage-again');
      assert.ok(lines.some((l) => l.includes('Terminal "with venv"') && l.includes(`aws of ${folder}/bin comes before the shims`)), lines.join(' | '));
    } finally {
      terminal.dispose();
    }
    await until(async () => !(await layers('coverage-again')).some((l) => l.includes('with venv')), 'a closed terminal is not spoken of any more');
  });
});
