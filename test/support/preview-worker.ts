import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Operation } from '../../src/model';
import type { PreviewRequest } from '../../src/preview/request';

/** Puts the built preview worker and its tables (scripts/build-tests.mjs) into a folder of its own. */
export async function buildPreviewWorker(): Promise<{ readonly workerPath: string; remove(): void }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'holdpoint-worker-'));
  cpSync('out/programs', folder, { recursive: true });
  return { workerPath: path.join(folder, 'preview-worker.js'), remove: () => rmSync(folder, { recursive: true, force: true }) };
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
