import assert from 'node:assert/strict';

import { alarmBell } from '../../src/gate/alarm-bell';

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('alarms of one cause', () => {
  it('are told at once, then counted, and told again at the end of the time, for as long as they go on', async () => {
    const told: string[] = [];
    const bell = alarmBell((what) => told.push(what), 40);
    for (let i = 0; i < 50; i++) bell.ring('file', `removed ${i}`);
    bell.ring('socket', 'the socket');
    assert.deepEqual(told, ['removed 0', 'the socket']);
    const end = Date.now() + 5000;
    while (told.length < 3 && Date.now() < end) await later(5);
    assert.match(told[2] ?? '', /^49 times more within \d+ seconds, the last time: removed 49$/);
    bell.ring('file', 'once more');
    while (told.length < 4 && Date.now() < end) await later(5);
    assert.deepEqual(told.slice(3), ['once more']);
    bell.dispose();
    assert.equal(told.length, 4);
  });

  it('are not lost when the window closes', () => {
    const told: string[] = [];
    const bell = alarmBell((what) => told.push(what), 60_000);
    for (const what of ['a', 'b', 'c', 'd', 'e']) bell.ring('gate', what);
    bell.dispose();
    assert.deepEqual(told, ['a', 'b', 'c', '2 times more within 60 seconds, the last time: e']);
  });
});
