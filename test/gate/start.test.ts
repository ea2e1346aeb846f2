import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporary } from '../support/temporary';

/** What `npm start` would write into the editor's settings, with this PATH. */
function settings(PATH: string): Record<string, Record<string, string>> {
  const text = 'import("./scripts/example-terminals.mjs").then((m) => console.log(JSON.stringify(m.terminalSettings(m.toolFolders(process.argv[1]), { AWS_REGION: "eu-west-1" }))))';
  return JSON.parse(execFileSync(process.execPath, ['-e', text, PATH], { encoding: 'utf8' })) as Record<string, Record<string, string>>;
}

describe('the terminals of npm start', () => {
  let base: string;
  let venv: string;
  beforeEach(() => {
    base = temporary('hp-start-');
    venv = path.join(base, 'venv', 'bin');
    mkdirSync(venv, { recursive: true });
    for (const tool of ['aws', 'moto_server']) writeFileSync(path.join(venv, tool), '#!/bin/sh\necho here\n', { mode: 0o755 });
  });

  it('find the tools that it found in a virtual environment, after a login shell has put PATH back', () => {
    const [values] = Object.values(settings(`${venv}:/usr/bin:/bin`));
    assert.ok(values);
    assert.equal(values['AWS_REGION'], 'eu-west-1');
    // The editor puts the environment that a login shell gave in place of ${env:PATH}, then starts an interactive shell.
    const PATH = (values['PATH'] ?? '').replace('${env:PATH}', '/usr/bin:/bin');
    const found = execFileSync('bash', ['--norc', '-c', 'aws'], { encoding: 'utf8', env: { HOME: base, PATH } });
    assert.equal(found, 'here\n');
  });

  it('keep the person\'s own tools first', () => {
    const [values] = Object.values(settings(`${venv}:/usr/bin:/bin`));
    assert.match(values?.['PATH'] ?? '', /^\$\{env:PATH\}:/);
  });
});
