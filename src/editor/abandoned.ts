import { nameOf, originOf, type Hold } from '../model';
import type { Ledger } from '../ledger/ledger';
import type { Case } from '../ledger/case';
import { undecided, type History } from '../ledger/history';
import { askedAction } from '../ledger/record';

type Asked = Case['asked'];

/** How long a command that an earlier window left behind is still shown. */
const SHOWN_MS = 24 * 60 * 60 * 1000;

/**
 * Commands that an earlier window held and never decided: they did not run. Writes that down once, and gives them for the list.
 * @param alive whether a process still exists: what another open window holds is left to it.
 */
export async function abandonedHolds(history: History, ledger: Ledger, alive: (pid: number) => boolean, now = Date.now()): Promise<Hold[]> {
  const { state: past } = await history.now();
  const earlier = [...past.abandoned];
  const left = undecided(past).filter(({ asked }) => !alive(asked.gatePid));
  for (const { id } of left) ledger.append({ type: 'abandoned', id });
  return [...earlier, ...left].map(({ asked }) => asked)
    .filter(({ time }) => now - Date.parse(time) < SHOWN_MS)
    .sort((a, b) => b.seq - a.seq).map(asHold);
}

/** The ledger keeps less than a hold has: what it does not keep is unknown. */
function asHold(line: Asked): Hold {
  const action = askedAction(line);
  return {
    id: line.id,
    state: 'abandoned',
    action,
    actor: line.actor,
    operations: line.operations.map((o) => ({
      operation: o.operation, tool: nameOf(action), mutation: 'unknown', effects: o.effects, reversibility: { kind: 'unknown' },
      targets: o.targets.map((name) => ({ type: '', name: name === 'unknown' ? undefined : name, known: name !== 'unknown' })),
      context: {}, reason: line.verdict.reason, unknowns: [], guardsOff: [], origin: originOf(action),
    })),
    inputs: [],
    verdict: line.verdict,
    previewStatus: 'The window that held it was closed before anybody decided. It did not run.',
    fingerprint: '',
    since: line.time,
  };
}
