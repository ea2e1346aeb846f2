import path from 'node:path';
import type { Operation } from '../../src/model';
import type { PreviewRequest } from '../../src/preview/request';
import { bundled } from './programs';

/** The built preview worker. */
export const previewWorker = (): string => path.join(bundled(), 'preview-worker.js');

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
