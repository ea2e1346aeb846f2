import assert from 'node:assert/strict';

import { identify } from '../../src/gate/actor';
import { createGate, type Gate, type GateDeps } from '../../src/gate/gatekeeper';
import type { LedgerRecord } from '../../src/ledger/record';
import type { Hold } from '../../src/model';
import { until } from './gate';

/** What a test of a gate says itself; the rest where it matters. */
type Own = Pick<GateDeps, 'detect' | 'decide' | 'previewer'> & Partial<GateDeps>;

/** Gates of a suite in this process, whose ledger is one list. Both last for a test. */
export interface RecordedGates {
  readonly records: LedgerRecord[];
  /** The records in few words. */
  types(): string[];
  make(own: Own): Gate;
}

export function recordedGates(): RecordedGates {
  const records: LedgerRecord[] = [];
  const gates: Gate[] = [];
  beforeEach(() => void records.splice(0));
  afterEach(() => gates.splice(0).forEach((gate) => gate.dispose()));
  return {
    records,
    types: () => records.map((record) => (record.type === 'decided' ? record.decision : record.type)),
    make(own) {
      const gate = createGate({
        record: (record) => (records.push(record), { ok: true }) as ReturnType<GateDeps['record']>,
        identify,
        settings: () => ({ holdMs: 60_000, previewMs: 5_000, previewMode: 'live' }),
        place: () => 'the panel',
        user: () => 'tester',
        log: () => undefined,
        ...own,
      });
      gates.push(gate);
      return gate;
    },
  };
}

/** The hold of a gate once it waits for its decision. */
export async function pending(gate: Gate): Promise<Hold> {
  await until(() => gate.list()[0]?.state === 'pending', 'it is pending');
  const [hold] = gate.list();
  assert.ok(hold);
  return hold;
}
