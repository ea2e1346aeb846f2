// What a record costs: one append is on every held command's way, a check of the whole record is asked for by hand.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { openLedger } from '../src/ledger/ledger';
import { verifyLedger } from '../src/ledger/verify';

const RECORDS = 2000;
const LIMIT_MS = 1;

async function print(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hp-bench-'));
  try {
    const ledger = openLedger(folder);
    const times: number[] = [];
    for (let i = 0; i < RECORDS; i++) {
      const start = performance.now();
      const done = ledger.append({
        type: 'asked', id: `h-${i}`, argv: ['aws', 'cloudformation', 'delete-stack', '--stack-name', `payments-${i}`], cwd: '/home/ada/payments', executable: '/usr/bin/aws',
        actor: { kind: 'agent', name: 'an agent', evidence: ['its mark in the environment'], confidence: 'certain' },
        operations: [{ operation: 'cloudformation:DeleteStack', effects: ['data-loss', 'outage'], targets: [`payments-${i}`] }],
        verdict: { kind: 'confirm', rule: 'default:data-loss', reason: 'Deletes the stack with every resource in it.', risk: 'high' }, held: true, gatePid: process.pid,
      });
      if (!done.ok) throw new Error(done.why);
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const at = (share: number): string => `${times[Math.floor(RECORDS * share)]?.toFixed(2)} ms`;
    console.log(`ledger append, on disk: median ${at(0.5)}, 95 % within ${at(0.95)} (aim: median under ${LIMIT_MS} ms)`);
    const start = performance.now();
    const { ok, records } = await verifyLedger(folder);
    if (!ok) throw new Error('the record does not verify');
    const size = statSync(path.join(folder, 'ledger.jsonl')).size;
    console.log(`ledger verify: ${records} records, ${(size / 1e6).toFixed(1)} MB, ${(performance.now() - start).toFixed(0)} ms`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (require.main === module) void print();
