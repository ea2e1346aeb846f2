import { words } from '../words';
import type { By, CaseEvent, CaseState, Effect, Ending, Step } from './state';

type At = CaseState['at'];
type Type = CaseEvent['type'];
type StateAt<A extends At> = Extract<CaseState, { readonly at: A }>;
type EventOf<T extends Type> = Extract<CaseEvent, { readonly type: T }>;

/** For each kind of event what becomes of a state, or why nothing does. */
type Row<A extends At> = { readonly [T in Type]: string | ((state: StateAt<A>, event: EventOf<T>) => Step) };

const WITHDRAWN = 'withdrawn in its terminal';
const CLOSED = 'the window was closed';

const to = (state: CaseState, ...effects: readonly Effect[]): Step => ({ state, effects });
const over = (how: Ending, ...effects: readonly Effect[]): Step => to({ at: 'over', how }, ...effects);

type Writing = Extract<Effect, { readonly do: 'write' }>;

const refuse = (because: Extract<Effect, { readonly do: 'refuse' }>['because'], why = ''): Effect => ({ do: 'refuse', because, why });
const write = (decision: Writing['decision'], by: By, reason: string): Writing => ({ do: 'write', decision, by, reason });
const DISCARD: Effect = { do: 'discard' };
const STOP_LOOK: Effect = { do: 'stop-look' };
const STOP_PREVIEW: Effect = { do: 'stop-preview' };
const CLOSE: Effect = { do: 'close' };

/** What the rules say of what was read, or of what the first look showed. */
function followed(_: CaseState, event: EventOf<'verdict'>): Step {
  switch (event.says) {
    case 'look':
      return to({ at: 'look' }, { do: 'look' });
    case 'deny':
      return over('denied', write('denied', 'rule', event.reason), DISCARD, refuse('rule', event.reason));
    case 'hold':
      return to(
        { at: 'held', round: event.previewed ? 0 : 1, busy: !event.previewed, print: event.print },
        { do: 'hold' },
        ...(event.previewed ? [] : [{ do: 'preview', round: 1, mode: 'usual', consent: false } as const]),
      );
    case 'run': {
      const warning: readonly Effect[] = event.warning === undefined ? [] : [{ do: 'warn', reason: event.warning }];
      return event.firstAsks === undefined
        ? to({ at: 'release', round: 0, print: event.print, approved: false }, ...warning, { do: 'release' })
        : to({ at: 'first-question', print: event.print }, ...warning, { do: 'ask-first', asks: event.firstAsks });
    }
  }
}

/** Nothing is decided yet, and nobody wants it any more. */
const leaves =
  (...before: readonly Effect[]) =>
  (): Step =>
    over('cancelled', ...before, write('cancelled', 'asker', WITHDRAWN), DISCARD);
const closes =
  (...before: readonly Effect[]) =>
  (): Step =>
    over('cancelled', ...before, write('cancelled', 'person', CLOSED), DISCARD, refuse('closed'));
const fails =
  (...before: readonly Effect[]) =>
  (_: unknown, { why }: EventOf<'failure'>): Step =>
    over('refused', ...before, DISCARD, refuse('undecided', why));

const EARLY = 'nobody was asked yet';
const NO_RUN = 'it was not told to run';
const NO_RELEASE = 'nothing is being written for it';
const NO_HOLD = 'it is not before a person';
const NO_PREVIEW = 'no preview of a hold is due';
const NO_CHECK = 'no yes is being checked';
const SETTLED = 'the rules were followed already';
const UNASKED = "the tool's own question was not put";

/** What nothing happens by as long as it is not before a person. */
const NOT_HELD = {
  yes: words.gone,
  no: words.gone,
  limit: NO_HOLD,
  recheck: NO_CHECK,
  written: NO_RELEASE,
  unwritten: NO_RELEASE,
  answer: UNASKED,
  return: NO_RUN,
  end: NO_RUN,
  'preview-wish': words.gone,
  'preview-stop': NO_PREVIEW,
  progress: NO_PREVIEW,
  preview: NO_PREVIEW,
} as const;

const fresh: Row<'new'> = {
  ...NOT_HELD,
  verdict: followed,
  failure: fails(),
  closing: closes(),
  motion: EARLY,
  // Whoever is gone by now is so when the verdict is there, too.
  withdrawal: EARLY,
  departure: EARLY,
};

const look: Row<'look'> = {
  ...NOT_HELD,
  verdict: (state, event) => (event.says === 'look' ? { ignored: 'it is looked at already' } : followed(state, event)),
  failure: fails(STOP_LOOK),
  closing: closes(STOP_LOOK),
  withdrawal: leaves(STOP_LOOK),
  departure: leaves(STOP_LOOK),
  motion: (_, { why, again }) => over('moved', write('moved', 'gate', why), DISCARD, { do: 'again', why: again, moved: 'look' }),
};

const firstQuestion: Row<'first-question'> = {
  ...NOT_HELD,
  verdict: SETTLED,
  motion: SETTLED,
  failure: fails(),
  closing: closes(),
  withdrawal: leaves(),
  departure: leaves(),
  answer: ({ print }, { yes }) =>
    yes
      ? to({ at: 'release', round: 0, print, approved: false }, { do: 'release' })
      : over('cancelled', write('cancelled', 'asker', words.declined), DISCARD),
};

/** What ends a hold, whether or not a yes is being checked. */
const ENDS_HOLD = {
  withdrawal: () => ended('cancelled', write('cancelled', 'asker', WITHDRAWN)),
  departure: () => ended('cancelled', write('cancelled', 'asker', WITHDRAWN)),
  limit: () => ended('expired', write('expired', 'limit', 'nobody decided in time'), refuse('expired')),
  closing: () => ended('cancelled', write('cancelled', 'person', CLOSED), refuse('closed')),
  no: (_: unknown, { reason }: EventOf<'no'>) => ended('denied', write('denied', 'person', reason), refuse('person', reason)),
  failure: (_: unknown, { why }: EventOf<'failure'>) => ended('cancelled', write('cancelled', 'gate', why), refuse('undecided', why)),
} as const;

/** A hold is over: what was decided is written first, told last. */
function ended(how: 'denied' | 'cancelled' | 'expired' | 'moved', decision: Writing, ...last: readonly Effect[]): Step {
  return over(how, decision, CLOSE, DISCARD, { do: 'show', state: how, reason: decision.reason }, ...last);
}

const NOT_BEFORE_HOLD = {
  verdict: SETTLED,
  motion: SETTLED,
  answer: UNASKED,
  return: NO_RUN,
  end: NO_RUN,
  written: NO_RELEASE,
  unwritten: NO_RELEASE,
} as const;

const held: Row<'held'> = {
  ...NOT_BEFORE_HOLD,
  ...ENDS_HOLD,
  recheck: NO_CHECK,
  yes({ round, busy, print }, yes) {
    if (busy) return { ignored: words.gone };
    if (yes.print !== print) return { ignored: words.notThis };
    return yes.consent.enough ? to({ at: 'check', round, print }, { do: 'check' }) : { ignored: yes.consent.why };
  },
  'preview-wish': ({ round, print }, { mode, consent }) =>
    to(
      { at: 'held', round: round + 1, busy: true, print },
      STOP_PREVIEW,
      { do: 'show', state: 'previewing', status: words.reading },
      { do: 'preview', round: round + 1, mode, consent },
    ),
  'preview-stop': ({ round, busy, print }) =>
    busy
      ? to({ at: 'held', round: round + 1, busy: false, print }, STOP_PREVIEW, {
          do: 'show',
          state: 'pending',
          status: words.previewCancelled,
        })
      : { ignored: 'no preview is being made' },
  progress: (state, { round, text }) =>
    state.busy && state.round === round
      ? to(state, { do: 'show', state: 'previewing', status: text })
      : { ignored: 'it is of an older preview' },
  preview(state, { round, print, status, denied }) {
    if (!state.busy || state.round !== round) return { ignored: 'it is of an older preview' };
    if (denied !== undefined) return ended('denied', write('denied', 'rule', denied), refuse('rule', denied));
    return to({ at: 'held', round, busy: false, print }, { do: 'show', state: 'pending', status });
  },
};

const check: Row<'check'> = {
  ...NOT_BEFORE_HOLD,
  ...ENDS_HOLD,
  yes: words.deciding,
  'preview-wish': words.deciding,
  'preview-stop': words.deciding,
  progress: words.deciding,
  preview: words.deciding,
  recheck({ round, print }, recheck) {
    switch (recheck.found) {
      case 'same':
        return to({ at: 'release', round, print, approved: true }, { do: 'release' });
      case 'unread':
        return to({ at: 'held', round, busy: false, print });
      case 'moved':
        return ended('moved', write('moved', 'person', recheck.why), { do: 'again', why: recheck.why, moved: 'approval' });
    }
  },
};

const WRITING = 'it is being written';

const release: Row<'release'> = {
  ...NOT_HELD,
  verdict: SETTLED,
  motion: SETTLED,
  withdrawal: WRITING,
  departure: WRITING,
  closing: WRITING,
  failure: WRITING,
  written: ({ approved }) =>
    to({ at: 'run', approved }, { do: 'run' }, ...(approved ? [CLOSE, { do: 'show', state: 'approved' } as const] : [])),
  unwritten({ round, print, approved }, { hindrance, why }) {
    if (!approved)
      return over(hindrance === 'gone' ? 'cancelled' : 'refused', DISCARD, ...(hindrance === 'gone' ? [] : [refuse('undecided', why)]));
    switch (hindrance) {
      case 'gone':
        return ended('cancelled', write('cancelled', 'asker', WITHDRAWN));
      // It can be mended, and the yes be said again.
      case 'files':
        return to({ at: 'held', round, busy: false, print });
      case 'record':
        return over('cancelled', CLOSE, DISCARD, { do: 'show', state: 'cancelled', reason: why }, refuse('undecided', why));
    }
  },
};

const RUNS = 'it runs';

const run: Row<'run'> = {
  ...NOT_HELD,
  verdict: RUNS,
  motion: RUNS,
  failure: RUNS,
  withdrawal: RUNS,
  closing: RUNS,
  end: (_, { exitCode, signal }) => over('ended', { do: 'write-end', exitCode, signal }, DISCARD),
  departure: () => over('ended', { do: 'write-end', exitCode: null, signal: null }, DISCARD),
  // The yes is used up, and it is asked anew.
  return: ({ approved }, { why }) =>
    over(
      'moved',
      { do: 'write-end', exitCode: null, signal: null },
      DISCARD,
      ...(approved ? [{ do: 'show', state: 'moved' } as const] : []),
      { do: 'again', why, moved: approved ? 'approval' : 'start' },
    ),
};

const OVER = 'it is over';

const last: Row<'over'> = {
  ...NOT_HELD,
  verdict: OVER,
  failure: OVER,
  motion: OVER,
  withdrawal: OVER,
  departure: OVER,
  closing: OVER,
  limit: OVER,
  answer: OVER,
  return: OVER,
  end: OVER,
  recheck: OVER,
  written: OVER,
  unwritten: OVER,
  'preview-stop': OVER,
  progress: OVER,
  preview: OVER,
};

const TABLE: { readonly [A in At]: Row<A> } = { new: fresh, look, 'first-question': firstQuestion, held, check, release, run, over: last };

/** What becomes of a case by what happens. Changes nothing itself. */
export function step(state: CaseState, event: CaseEvent): Step {
  const row: Row<At> = TABLE[state.at] as Row<At>;
  const rule = row[event.type] as string | ((state: CaseState, event: CaseEvent) => Step);
  return typeof rule === 'string' ? { ignored: rule } : rule(state, event);
}
