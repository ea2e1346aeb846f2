import { notKnown, folderOf, type BlastRadius, type Execution } from '../../model';
import { previewFromOperation } from '../../preview/from-operation';
import type { PreviewOutcome } from '../gate';
import { messageOf } from '../refusal';
import { words } from '../words';
import type { Case } from './case';
import type { Desk } from './desk';
import { jobOf, notePreview, operationToPreview, printOf, standsAlone, stricterOf } from './reading';
import type { Sight } from './settle';

/** What a preview of a hold came to, as far as there is something to show. */
interface Arrival {
  readonly shown: BlastRadius | undefined;
  /** What is said beside it. */
  readonly status: string;
  readonly prepared?: Sight['prepared'];
  readonly asks?: readonly Execution[];
}

/** Makes a preview of what is held. Of several only the newest counts. */
export function preview(desk: Desk, it: Case, round: number, mode: 'live' | 'offline', consent: boolean): void {
  if (it.requester.gone) return;
  const { deps } = desk;
  const operation = operationToPreview(it.operations);
  const job = jobOf(desk, it, operation, mode, consent);
  if (!job)
    return void Promise.resolve().then(() => arrive(desk, it, round, { shown: previewFromOperation(operation), status: words.predicted }));
  const running = deps.previewer.start(job, it.id, (text) => void desk.take(it, { type: 'progress', round, text: it.hide(text) }));
  it.running = running;
  running.result
    .then(
      (outcome) => arrivalOf(desk, it, round, outcome),
      (error: unknown): Arrival => ({ shown: undefined, status: words.noPreview(it.hide(messageOf(error))) }),
    )
    .then((arrival) => arrive(desk, it, round, arrival))
    .catch((error: unknown) => void desk.take(it, { type: 'failure', why: messageOf(error) }));
}

const isCurrent = ({ state }: Case, round: number): boolean => state.at === 'held' && state.busy && state.round === round;

function arrivalOf(desk: Desk, it: Case, round: number, outcome: PreviewOutcome): Arrival {
  switch (outcome.kind) {
    case 'done':
      return {
        shown: outcome.blastRadius,
        status: '',
        ...(it.requester.runsInstead && outcome.prepared && { prepared: outcome.prepared }),
      };
    case 'asks-consent':
      return { shown: outcome.standIn, status: words.executions(outcome.executions), asks: outcome.executions };
    case 'failed':
      if (isCurrent(it, round)) desk.note({ type: 'preview-failed', id: it.id, why: it.hide(outcome.message) });
      return { shown: outcome.standIn, status: it.hide(outcome.message) };
  }
}

function arrive(desk: Desk, it: Case, round: number, { shown, status, prepared, asks }: Arrival): void {
  if (!isCurrent(it, round)) return;
  it.running = undefined;
  const moved = shown === undefined || standsAlone(prepared) ? undefined : it.snapshot.moved();
  it.preview =
    shown === undefined || moved === undefined ? shown : { ...shown, unknowns: [notKnown('binding', moved, words.inputMovedMeanwhile(moved)), ...shown.unknowns] };
  it.prepared = prepared;
  it.asks = asks;
  if (it.preview) notePreview(desk, it, it.preview);
  const { decision, actor, operations, requester } = it;
  // From the verdict it was held for, not from that of an earlier preview: a better look may lower the risk again.
  it.verdict = it.preview
    ? stricterOf(
        decision.verdict,
        desk.deps.decide(operations, actor, folderOf(requester.question.action), it.preview, it.snapshot.folders()).verdict,
      )
    : decision.verdict;
  // The preview may have come upon files that nobody knew of.
  it.inputs = it.snapshot.inputs();
  it.print = printOf(it, it.inputs, decision.rulesDigest);
  desk.take(it, {
    type: 'preview',
    round,
    print: it.print,
    status,
    ...(it.verdict.kind === 'deny' && { denied: it.hide(it.verdict.reason) }),
  });
}
