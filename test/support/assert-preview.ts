import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

import type { PreviewResult } from '../../src/preview/preview';
import { asJson } from '../../src/preview/render/json';

let schema: ValidateFunction | undefined;

/**
 * What must be true of every preview, whatever tool it is of: there is one, printed as JSON it follows the published schema,
 * each id stands once, no dependency leads nowhere, and every statement on a resource has a reason.
 */
export function assertPreview(result: PreviewResult): asserts result is Extract<PreviewResult, { kind: 'preview' }> {
  assert.equal(result.kind, 'preview', result.kind === 'failed' ? result.failure.message : '');
  const { blastRadius } = result as Extract<PreviewResult, { kind: 'preview' }>;
  schema ??= addFormats(new Ajv({ allErrors: true, strict: true })).compile(JSON.parse(readFileSync('schemas/blast-radius.schema.json', 'utf8')) as object);
  assert.ok(schema(JSON.parse(asJson(blastRadius))), JSON.stringify(schema.errors, null, 1));
  const ids = new Set(blastRadius.resources.map((r) => r.id));
  assert.equal(ids.size, blastRadius.resources.length, `an id stands twice: ${blastRadius.resources.map((r) => r.id).join(', ')}`);
  const outside = /^[a-z-]+:/;
  assert.deepEqual(blastRadius.dependencies.filter((d) => (!ids.has(d.from) && !outside.test(d.from)) || (!ids.has(d.to) && !outside.test(d.to))), [], 'a dependency leads nowhere');
  assert.deepEqual(blastRadius.resources.filter((r) => r.outcome !== 'unchanged' && r.because.length === 0).map((r) => r.id), [], 'a statement without a reason');
  for (const text of [...blastRadius.unknowns.map((one) => one.text), ...blastRadius.warnings]) assert.ok(text.trim() !== '' && !/undefined|\[object|NaN/.test(text), text);
}
