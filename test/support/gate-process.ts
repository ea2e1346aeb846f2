/** A gate in a process of its own, as a window has one: started by a test with the home and the window's folder. */
import { homeAt } from '../../src/gate/home';
import { argvOf, makeGate, type Place } from './gate';

const [dir = '', folder = ''] = process.argv.slice(2);
const place: Place = { base: dir, home: homeAt(dir), tools: '', work: folder, env: {} };

void makeGate(place, {}, [folder]).then(({ gate }) => {
  process.stdout.write('ready\n');
  gate.onDidChange((hold) => {
    if (hold.state !== 'pending') return;
    // Even numbers are approved, odd ones denied with the number, so that a mixed-up answer is seen.
    const number = Number(argvOf(hold.action).at(-1));
    if (Number.isNaN(number)) process.stdout.write(`held ${hold.id}\n`);
    else if (number % 2 === 0) void gate.approve(hold.id, hold.fingerprint, `yes ${number}`);
    else gate.deny(hold.id, `no ${number} in ${folder}`);
  });
});
