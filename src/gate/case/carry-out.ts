import type { LedgerRecord } from '../../ledger/record';
import { refusal } from '../refusal';
import type { Refusal } from '../requester';
import { words } from '../words';
import type { Attempt, Case } from './case';
import type { Desk } from './desk';
import { firstLook } from './first-look';
import { preview } from './preview';
import { recheck } from './recheck';
import { letRun, release } from './release';
import type { By, Effect } from './state';

/** What whoever asked waits beyond the time that the gate sets itself, before it takes the gate for dead. */
export const MARGIN_MS = 30_000;

/** Does what a step asks for. */
export function carryOut(desk: Desk, it: Case, effect: Effect): void {
  const { deps, store } = desk;
  switch (effect.do) {
    case 'look':
      return firstLook(desk, it);
    case 'stop-look':
    case 'stop-preview':
      it.running?.cancel();
      it.running = undefined;
      return;
    case 'warn':
      return it.requester.tell([words.warning(effect.reason)]);
    case 'ask-first':
      return it.requester.ask(effect.asks, it.prepared?.withoutEnv ?? []);
    case 'hold':
      return hold(desk, it);
    case 'preview':
      return preview(desk, it, effect.round, effect.mode === 'usual' ? deps.settings().previewMode : effect.mode, effect.consent);
    case 'show':
      return store.show(it, effect.state, effect.status, effect.reason);
    case 'check':
      it.checking = recheck(desk, it);
      return;
    case 'release':
      return release(desk, it);
    case 'run':
      return letRun(desk, it);
    case 'write':
      return void desk.note(decided(desk, it, effect));
    case 'write-end':
      return void desk.note({ type: 'ended', id: it.id, exitCode: effect.exitCode, signal: effect.signal });
    case 'close':
      clearTimeout(it.timer);
      it.running?.cancel();
      it.running = undefined;
      return it.snapshot.forget();
    case 'discard':
      deps.previewer.discard?.(it.id);
      it.handed?.remove();
      it.handed = undefined;
      return;
    case 'refuse':
      return it.requester.refuse(refusalOf(desk, it, effect));
    case 'again':
      return desk.begin(it.requester, nextAttempt(it.attempt, effect));
    default:
      effect satisfies never;
  }
}

/** Puts it before a person: into the list, with a limit, and whoever asked is told where it is decided. */
function hold({ deps, store, take }: Desk, it: Case): void {
  const { holdMs } = deps.settings();
  store.list(it);
  it.timer = setTimeout(() => void take(it, { type: 'limit' }), holdMs);
  it.timer.unref();
  it.requester.wait(holdMs + MARGIN_MS, it.id);
  it.requester.tell(words.held(it.title, it.hide(it.verdict.reason), deps.place(), it.actor, it.attempt.again));
  store.show(it, it.preview ? 'pending' : 'previewing', it.attempt.again ?? '');
}

function decided({ deps }: Desk, it: Case, { decision, by, reason }: Extract<Effect, { readonly do: 'write' }>): LedgerRecord {
  const names: Readonly<Record<By, string>> = {
    asker: it.requester.question.facts.user,
    person: deps.user(),
    rule: it.verdict.rule,
    gate: 'Holdpoint',
    limit: 'time limit',
  };
  return { type: 'decided', id: it.id, decision, by: names[by], reason, fingerprint: it.print };
}

function refusalOf({ deps }: Desk, { title, actor, verdict }: Case, { because, why }: Extract<Effect, { readonly do: 'refuse' }>): Refusal {
  switch (because) {
    case 'rule':
      return { kind: 'denied', reason: why, lines: words.deniedByRule(title, why, verdict.rule, actor) };
    case 'person':
      return { kind: 'denied', reason: why, lines: words.denied(title, deps.user(), why, actor) };
    case 'undecided':
      return refusal('undecided', why);
    case 'expired':
      return { kind: 'undecided', reason: words.expired(title), lines: [words.expired(title), words.notRun] };
    case 'closed':
      return { kind: 'undecided', reason: words.windowClosed, lines: [words.windowClosed, words.notRun] };
  }
}

/** Files that move under a preview or under a start are counted, each for itself; a person's yes begins anew. */
function nextAttempt({ round, starts }: Attempt, { why, moved }: Extract<Effect, { readonly do: 'again' }>): Attempt {
  switch (moved) {
    case 'look':
      return { again: why, round: round + 1, starts };
    case 'start':
      return { again: why, round: 0, starts: starts + 1 };
    case 'approval':
      return { again: why, round: 0, starts: 0 };
  }
}
