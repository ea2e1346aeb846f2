import { words } from '../words';
import type { Case } from './case';
import type { Desk } from './desk';
import { lookedAt } from './consider';
import { jobOf, standsAlone } from './reading';
import { settle, type Sight } from './settle';

/** Whoever waits longer than this for a preview that decides is told so. */
const QUIET_MS = 300;
/** So often the look is made anew because files moved under it: then a person is asked. */
const ROUNDS = 2;

/** Makes the preview that decides, while whoever asked waits and before a person is asked. */
export function firstLook(desk: Desk, it: Case): void {
  const { deps } = desk;
  const operation = lookedAt(it);
  const job = operation && jobOf(desk, it, operation, deps.settings().previewMode, false);
  if (!job) return settle(desk, it, undefined);
  const told = setTimeout(() => it.requester.tell([words.previewing(it.title)]), QUIET_MS);
  const running = deps.previewer.start(job, it.id, () => undefined);
  it.running = running;
  running.result
    .then((outcome) => {
      clearTimeout(told);
      if (it.requester.gone) desk.take(it, { type: 'departure' });
      // What a preview left behind that came too late goes, too.
      if (it.state.at !== 'look') deps.previewer.discard?.(it.id);
      else looked(desk, it, outcome.kind === 'done' ? outcome : undefined);
    })
    .catch((error: unknown) => {
      clearTimeout(told);
      desk.take(it, { type: 'failure', why: desk.broke(error) });
    });
}

function looked(desk: Desk, it: Case, sight: Sight | undefined): void {
  it.running = undefined;
  const prepared = it.requester.runsInstead ? sight?.prepared : undefined;
  const moved = sight && !standsAlone(prepared) ? it.snapshot.moved() : undefined;
  if (moved === undefined) return settle(desk, it, sight);
  // What it shows may be of other files than those that run.
  const why = words.inputMovedMeanwhile(moved);
  desk.take(it, { type: 'motion', why: it.hide(why), again: it.attempt.round + 1 < ROUNDS ? undefined : why });
}
