import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startPreview, type PreviewResult } from '../../src/preview/preview';
import { assertPreview } from '../support/assert-preview';
import { bareEnv } from '../support/cloudformation-stub';
import { operationOf, previewWorker } from '../support/preview-worker';
import { temporary } from '../support/temporary';

const DATA = 'https://acme.blob.core.windows.net/data';
/** A line as AzCopy writes it with --output-type=json. Source: azure-storage-azcopy, cmd/uihooks_models.go, cmd/dryrun_processor.go. */
const line = (type: string, content: unknown): string => JSON.stringify({ TimeStamp: '2026-01-01T00:00:00Z', MessageType: type, MessageContent: typeof content === 'string' ? content : JSON.stringify(content) });

describe('the preview of AzCopy (a stand-in for the azcopy command)', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = temporary('holdpoint-azcopy-');
    mkdirSync(path.join(folder, 'own'));
  });

  const azcopy = (lines: readonly string[], code = 0): string => {
    const file = path.join(folder, 'azcopy');
    writeFileSync(path.join(folder, 'answer'), `${lines.join('\n')}\n`);
    writeFileSync(file, `#!/bin/sh\necho "$@" > '${folder}/said'\necho "$AZCOPY_LOG_LOCATION $AZCOPY_JOB_PLAN_LOCATION" > '${folder}/where'\ncat '${folder}/answer'\nexit ${code}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const run = (argv: readonly string[], executable: string): Promise<PreviewResult> => startPreview({
    workerPath: previewWorker(), execPath: process.execPath, env: bareEnv(),
    request: {
      kind: 'preview', operation: { ...operationOf(argv), operation: 'azure-storage:remove', tool: 'azcopy' }, argv, cwd: folder, executable,
      folder: path.join(folder, 'own'), mode: 'live', allowExecution: false, changeSetName: 'unused', timeoutMs: 20_000,
    },
  }).result;
  const said = (): string => readFileSync(path.join(folder, 'said'), 'utf8').trim();

  it('shows what a removal would delete, by the dry run of the same words', async () => {
    const tool = azcopy([
      line('Info', 'AzCopy'),
      line('Dryrun', { EntityType: 'File', BlobType: 'BlockBlob', FromTo: 'BlobTrash', Source: `${DATA}/a.csv`, Destination: '', SourceSize: 12 }),
      line('Dryrun', { EntityType: 'File', BlobType: 'BlockBlob', FromTo: 'BlobTrash', Source: `${DATA}/b.csv?sv=2024&sig=c2VjcmV0`, Destination: '' }),
    ]);
    const result = await run(['azcopy', '--output-level=quiet', 'rm', DATA, '--recursive', '--include-pattern', '*.csv'], tool);
    assertPreview(result);
    assert.equal(said(), `remove --recursive --include-pattern=*.csv --dry-run --output-type=json -- ${DATA}`);
    assert.deepEqual(result.blastRadius.resources.map((r) => [r.id, r.action, r.data, r.size]), [[`${DATA}/a.csv`, 'remove', 'lost', '12 bytes'], [`${DATA}/b.csv`, 'remove', 'lost', undefined]]);
    assert.ok(!JSON.stringify(result.blastRadius).includes('c2VjcmV0'), 'what signs an address is not shown');
  });

  it('writes its logs and plans into the folder of the preview alone', async () => {
    assertPreview(await run(['azcopy', 'remove', DATA], azcopy([])));
    const own = path.join(folder, 'own', 'azcopy');
    assert.equal(readFileSync(path.join(folder, 'where'), 'utf8').trim(), `${own} ${own}`);
  });

  it('asks for what a yes to the question of a sync would delete, and tells copies from deletions', async () => {
    const tool = azcopy([
      line('Dryrun', { EntityType: 'File', FromTo: 'LocalBlob', Source: `${folder}/new`, Destination: `${DATA}/new`, SourceSize: 3 }),
      line('Dryrun', { EntityType: 'File', FromTo: 'BlobTrash', Source: `${DATA}/old`, Destination: '' }),
    ]);
    const result = await run(['azcopy', 'sync', folder, DATA, '--delete-destination=prompt'], tool);
    assertPreview(result);
    assert.equal(said(), `sync --delete-destination=true --dry-run --output-type=json -- ${folder} ${DATA}`);
    assert.deepEqual(result.blastRadius.resources.map((r) => r.id), [`${DATA}/old`]);
    assert.match(result.blastRadius.warnings.join('\n'), /1 file would be copied/);
  });

  it('starts nothing where the dry run itself would write, or the words are not certain', async () => {
    for (const option of ['--compare-hash=MD5', '--no-such-option']) {
      const result = await run(['azcopy', 'sync', folder, DATA, '--delete-destination=true', option], azcopy([]));
      assertPreview(result);
      assert.equal(result.blastRadius.source, 'offline');
      assert.ok(!existsSync(path.join(folder, 'said')), option);
    }
  });

  it('fails with AzCopy\'s own words, and what the command alone tells', async () => {
    const result = await run(['azcopy', 'remove', DATA], azcopy([line('Error', 'failed to perform remove command due to error: no SAS token or OAuth token is present')], 1));
    assert.ok(result.kind === 'failed');
    assert.match(result.failure.message, /no SAS token/);
    assert.ok(result.standIn);
  });
});
