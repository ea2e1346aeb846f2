import { randomBytes } from 'node:crypto';

import { folderOf, holds } from '../../model';
import { recorded, recordedAction } from '../../ledger/record';
import { actionTitle, redactionOf } from '../../model/redact/action';
import { refusal } from '../refusal';
import type { Reply, Requester } from '../requester';
import { snapshotOf } from '../snapshot';
import { words } from '../words';
import type { Attempt, Case } from './case';
import type { Desk } from './desk';
import { settle } from './settle';
import type { CaseEvent } from './state';

/** So often a question is begun anew because its files moved under its start: whoever goes on after that is refused. */
const MOST_STARTS = 5;

/**
 * The first half of a question: what is asked is read once, judged and written down; then the rules are followed, or it is looked at
 * before.
 */
export function consider(desk: Desk, requester: Requester, attempt: Attempt): void {
  if (attempt.starts > MOST_STARTS) return requester.refuse(refusal('undecided', words.restless(attempt.again ?? '')));
  const it = opened(desk, requester, attempt);
  try {
    requester.listen((reply) => void desk.take(it, eventOf(reply)));
    const asked = desk.deps.record(askedRecord(it));
    if (!asked.ok) desk.take(it, { type: 'failure', why: asked.why });
    else if (lookedAt(it) === undefined) settle(desk, it, undefined);
    else desk.take(it, { type: 'verdict', says: 'look' });
    // It may have gone while all that was read.
    if (requester.gone) desk.take(it, { type: 'departure' });
  } catch (error) {
    desk.take(it, { type: 'failure', why: desk.broke(error) });
  }
}

/**
 * The one operation that only a preview can tell; undefined where nobody is asked anyway, and where several can't be joined into one
 * picture.
 */
export function lookedAt({ operations, decision: { verdict }, attempt, requester: { question } }: Case) {
  const [operation, ...more] = operations.filter((o) => o.previewDecides);
  const wanted =
    more.length === 0 && holds(verdict.kind) && verdict.kind !== 'deny' && attempt.again === undefined && question.action.kind === 'argv';
  return wanted ? operation : undefined;
}

function opened(desk: Desk, requester: Requester, attempt: Attempt): Case {
  const { deps, store } = desk;
  const { action, env, stdin, facts, pid } = requester.question;
  const actor = deps.identify(facts, pid);
  // From here on everything that is read of the action's files is what they hold now.
  const snapshot = snapshotOf(action, env);
  const operations = deps.detect(action, env, snapshot, stdin);
  const decision = deps.decide(operations, actor, folderOf(action), undefined, snapshot.folders());
  const it: Case = {
    id: `h-${randomBytes(4).toString('hex')}`,
    requester,
    attempt,
    actor,
    operations,
    snapshot,
    title: actionTitle(action),
    hide: redactionOf(action),
    since: new Date().toISOString(),
    state: { at: 'new' },
    decision,
    verdict: decision.verdict,
    inputs: [],
    print: '',
  };
  store.add(it);
  return it;
}

function askedRecord({ id, requester, actor, operations, verdict, hide }: Case) {
  const { kind, rule, reason, risk } = verdict;
  return {
    type: 'asked',
    id,
    action: recordedAction(requester.question.action),
    actor,
    operations: operations.map((o) => recorded(o, hide)),
    verdict: { kind, rule, reason: hide(reason), risk },
    held: holds(kind),
    gatePid: process.pid,
  } as const;
}

/** What a requester's word is to its case. */
function eventOf(reply: Reply): CaseEvent {
  switch (reply.type) {
    case 'withdrawn':
      return { type: 'withdrawal' };
    case 'gone':
      return { type: 'departure' };
    case 'answered':
      return { type: 'answer', yes: reply.yes };
    case 'moved':
      return { type: 'return', why: words.inputMoved(reply.path) };
    case 'late':
      return { type: 'return', why: words.late };
    case 'ended':
      return { type: 'end', exitCode: reply.exitCode, signal: reply.signal };
  }
}
