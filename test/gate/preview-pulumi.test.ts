import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startPreview, type PreviewResult } from '../../src/preview/preview';
import { assertPreview } from '../support/assert-preview';
import { bareEnv } from '../support/cloudformation-stub';
import { operationOf, previewWorker } from '../support/preview-worker';
import { temporary } from '../support/temporary';

describe('the preview of Pulumi (a stand-in for the pulumi command)', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => { folder = temporary('holdpoint-pulumi-'); });

  const pulumi = (script: string): string => {
    const file = path.join(folder, 'pulumi');
    writeFileSync(file, `#!/bin/sh\necho "$@" > '${folder}/said'\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const run = (argv: readonly string[], executable: string, allowExecution = false): Promise<PreviewResult> => startPreview({
    workerPath: previewWorker(), execPath: process.execPath, env: bareEnv(),
    request: { kind: 'preview', operation: { ...operationOf(argv), operation: 'pulumi:up', tool: 'pulumi' }, argv, cwd: folder, executable, mode: 'live', allowExecution, changeSetName: 'unused', timeoutMs: 20_000 },
  }).result;
  const FIXTURE = path.resolve('test/support/pulumi/preview.json');
  const said = (): string => readFileSync(path.join(folder, 'said'), 'utf8').trim();

  it('asks before the program runs, and says nothing of resources until then', async () => {
    const result = await run(['pulumi', 'up', '--yes'], pulumi('exit 3'));
    assertPreview(result);
    assert.deepEqual(result.kind === 'preview' && result.asks?.map((one) => one.text), ['the Pulumi program']);
    assert.throws(said, 'it must not have been started');
  });

  it('shows what Pulumi says once that is allowed', async () => {
    const result = await run(['pulumi', 'up', '--yes', '-s', 'prod'], pulumi(`cat '${FIXTURE}'`), true);
    assertPreview(result);
    assert.equal(said(), 'preview --json --non-interactive --show-replacement-steps -s prod');
    assert.deepEqual([result.blastRadius.source, result.blastRadius.stack, result.blastRadius.resources.length], ['dry-run', 'prod', 9]);
    assert.equal(result.blastRadius.reversibility.kind, 'irreversible');
  });

  it('needs no yes for a deletion, which runs no program', async () => {
    const result = await run(['pulumi', 'destroy', '--yes'], pulumi(`cat '${FIXTURE}'; echo 'error: one plugin is missing' >&2; exit 255`));
    assert.ok(result.kind === 'preview' && result.asks === undefined);
    assert.equal(said(), 'destroy --preview-only --json --non-interactive --show-replacement-steps');
    assert.match(result.blastRadius.unknowns.map((one) => one.text).join('\n'), /ended with an error \(255\), so it may not list everything: error: one plugin is missing/);
  });

  it('fails with Pulumi\'s own words, and what the command alone tells', async () => {
    const result = await run(['pulumi', 'destroy'], pulumi('echo "error: no stack named prod found" >&2; exit 255'));
    assert.ok(result.kind === 'failed');
    assert.match(result.failure.message, /no stack named prod found/);
    assert.ok(result.standIn);
  });
});
