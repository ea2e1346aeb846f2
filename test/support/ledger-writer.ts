// A process that writes records as fast as it can: FOLDER NAME COUNT LENGTH [GO-FILE]: it
// begins when that file is there. Prints each number that was acknowledged.
import { existsSync, writeSync } from 'node:fs';

import { openLedger } from '../../src/ledger/ledger';

const [folder = '', name = '', count = '0', length = '0', go] = process.argv.slice(2);
const pause = new Int32Array(new SharedArrayBuffer(4));
while (go !== undefined && !existsSync(go)) Atomics.wait(pause, 0, 0, 1);
const ledger = openLedger(folder);
for (let i = 0; i < Number(count); i++) {
  const done = ledger.append({ type: 'preview-failed', id: `${name}-${i}`, why: 'ä'.repeat(Number(length)) });
  if (!done.ok) {
    writeSync(2, `${done.why}\n`);
    process.exit(3);
  }
  writeSync(1, `${name}-${i} ${done.seq}\n`);
}
