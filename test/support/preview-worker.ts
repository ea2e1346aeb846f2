import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Operation } from '../../src/model';
import type { PreviewRequest } from '../../src/preview/request';

/** Bundles the preview worker into a folder of its own, as the build does. */
export async function buildPreviewWorker(): Promise<{ readonly workerPath: string; remove(): void }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'holdpoint-worker-'));
  const workerPath = path.join(folder, 'preview-worker.js');
  await build({
    entryPoints: ['src/preview-worker.ts'], outfile: workerPath, bundle: true, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'],
    define: { KNOWLEDGE_DIR: JSON.stringify(path.resolve('out/knowledge')) }, logLevel: 'warning',
  });
  return { workerPath, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

let made = 0;

/** The preview request of an `aws cloudformation` command. */
export function previewRequest(argv: readonly string[], more: Partial<PreviewRequest> = {}): PreviewRequest {
  made += 1;
  return {
    kind: 'preview', operation: operationOf(argv), argv, cwd: process.cwd(), mode: 'live', allowExecution: false,
    changeSetName: `holdpoint-preview-${process.pid}-${made}`, timeoutMs: 30_000, ...more,
  };
}

/** A destructive operation as detection would give it, as far as the preview looks at it. */
export function operationOf(argv: readonly string[]): Operation {
  return {
    operation: 'cloudformation:Anything', tool: 'aws', mutation: 'destructive', effects: ['unknown'], reversibility: { kind: 'unknown' },
    targets: [], context: {}, reason: 'It changes a stack.', unknowns: [], guardsOff: [], origin: { kind: 'argv', argv, cwd: process.cwd() },
  };
}
