import { notKnown, folderOf, holds } from '../../model';
import type { PreviewOutcome } from '../gate';
import { words } from '../words';
import type { Case } from './case';
import type { Desk } from './desk';
import { notePreview, printOf, standsAlone } from './reading';

/** What a first look showed. */
export type Sight = Extract<PreviewOutcome, { readonly kind: 'done' }>;

/** The second half of a question: what is known by now goes into a fingerprint, and the rules are followed. */
export function settle(desk: Desk, it: Case, sight: Sight | undefined): void {
  if (sight) takeIn(desk, it, sight);
  it.inputs = it.snapshot.inputs();
  it.print = printOf(it, it.inputs, it.decision.rulesDigest);
  if (it.preview) notePreview(desk, it, it.preview);
  const { verdict, print, prepared, preview, hide } = it;
  const reason = hide(verdict.reason);
  if (verdict.kind === 'deny') desk.take(it, { type: 'verdict', says: 'deny', reason });
  else if (holds(verdict.kind)) desk.take(it, { type: 'verdict', says: 'hold', print, previewed: preview !== undefined });
  else
    desk.take(it, {
      type: 'verdict',
      says: 'run',
      print,
      ...(verdict.kind === 'warn' && { warning: reason }),
      ...(prepared?.firstAsks && { firstAsks: prepared.firstAsks }),
    });
}

function takeIn({ deps }: Desk, it: Case, { blastRadius, prepared }: Sight): void {
  it.preview = blastRadius;
  if (it.requester.runsInstead) it.prepared = prepared;
  const now = deps.decide(it.operations, it.actor, folderOf(it.requester.question.action), blastRadius, it.snapshot.folders());
  // Nothing is released by a look at what can't be bound.
  const loose = holds(now.verdict.kind) || standsAlone(it.prepared) ? undefined : it.snapshot.loose();
  if (loose === undefined) {
    it.decision = now;
    it.verdict = now.verdict;
  } else {
    it.preview = { ...blastRadius, unknowns: [notKnown('binding', loose, words.loose(loose)), ...blastRadius.unknowns] };
  }
}
