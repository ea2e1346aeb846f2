import assert from 'node:assert/strict';

import fc from 'fast-check';

import type { FirstAsks } from '../../src/model';
import type { CaseEvent, CaseState, Effect, Step } from '../../src/gate/case/state';
import { step } from '../../src/gate/case/step';
import { words } from '../../src/gate/words';

const ASKS: FirstAsks = {
  show: ['terraform', 'show'],
  question: 'Do you want to?',
  text: [],
  prompt: 'Enter a value:',
  accept: 'yes',
  declined: { code: 1, line: 'Cancelled.' },
};

/** One of each kind of state, and of each form that an event of a kind can have. */
const STATES: Readonly<Record<string, CaseState>> = {
  new: { at: 'new' },
  look: { at: 'look' },
  'first-question': { at: 'first-question', print: 'f' },
  'held, looking': { at: 'held', round: 1, busy: true, print: 'f' },
  held: { at: 'held', round: 1, busy: false, print: 'f' },
  check: { at: 'check', round: 1, print: 'f' },
  'release, allowed': { at: 'release', round: 0, print: 'f', approved: false },
  'release, approved': { at: 'release', round: 1, print: 'f', approved: true },
  'run, allowed': { at: 'run', approved: false },
  'run, approved': { at: 'run', approved: true },
  over: { at: 'over', how: 'ended' },
};
const EVENTS: Readonly<Record<string, CaseEvent>> = {
  'verdict look': { type: 'verdict', says: 'look' },
  'verdict deny': { type: 'verdict', says: 'deny', reason: 'no' },
  'verdict hold': { type: 'verdict', says: 'hold', print: 'f', previewed: false },
  'verdict hold, seen': { type: 'verdict', says: 'hold', print: 'f', previewed: true },
  'verdict run': { type: 'verdict', says: 'run', print: 'f' },
  'verdict warn': { type: 'verdict', says: 'run', print: 'f', warning: 'careful' },
  'verdict run, asks': { type: 'verdict', says: 'run', print: 'f', firstAsks: ASKS },
  failure: { type: 'failure', why: 'a bug' },
  motion: { type: 'motion', why: 'moved', again: undefined },
  withdrawal: { type: 'withdrawal' },
  departure: { type: 'departure' },
  'answer yes': { type: 'answer', yes: true },
  'answer no': { type: 'answer', yes: false },
  return: { type: 'return', why: 'late' },
  end: { type: 'end', exitCode: 3, signal: null },
  limit: { type: 'limit' },
  closing: { type: 'closing' },
  yes: { type: 'yes', print: 'f', consent: { enough: true } },
  'yes to another': { type: 'yes', print: 'g', consent: { enough: true } },
  'yes of too few': { type: 'yes', print: 'f', consent: { enough: false, why: 'two must agree' } },
  no: { type: 'no', reason: 'not now' },
  'recheck same': { type: 'recheck', found: 'same' },
  'recheck unread': { type: 'recheck', found: 'unread' },
  'recheck moved': { type: 'recheck', found: 'moved', why: 'the state moved' },
  written: { type: 'written' },
  'unwritten gone': { type: 'unwritten', hindrance: 'gone', why: 'gone' },
  'unwritten files': { type: 'unwritten', hindrance: 'files', why: 'no room' },
  'unwritten record': { type: 'unwritten', hindrance: 'record', why: 'disk full' },
  'preview-wish': { type: 'preview-wish', mode: 'live', consent: false },
  'preview-stop': { type: 'preview-stop' },
  progress: { type: 'progress', round: 1, text: 'reading' },
  'progress, old': { type: 'progress', round: 0, text: 'reading' },
  preview: { type: 'preview', round: 1, print: 'g', status: '' },
  'preview, old': { type: 'preview', round: 0, print: 'g', status: '' },
  'preview, denied': { type: 'preview', round: 1, print: 'g', status: '', denied: 'it deletes' },
};

const CLOSING = 'write:cancelled close discard show:cancelled';
/** What becomes of a state by an event: the next state, and what is done in this order. Every pair that does not stand here is ignored. */
const TRANSITIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  new: {
    'verdict look': 'look | look',
    'verdict deny': 'over:denied | write:denied discard refuse:rule',
    'verdict hold': 'held 1 busy f | hold preview',
    'verdict hold, seen': 'held 0 f | hold',
    'verdict run': 'release f | release',
    'verdict warn': 'release f | warn release',
    'verdict run, asks': 'first-question f | ask-first',
    failure: 'over:refused | discard refuse:undecided',
    closing: 'over:cancelled | write:cancelled discard refuse:closed',
  },
  look: {
    'verdict deny': 'over:denied | write:denied discard refuse:rule',
    'verdict hold': 'held 1 busy f | hold preview',
    'verdict hold, seen': 'held 0 f | hold',
    'verdict run': 'release f | release',
    'verdict warn': 'release f | warn release',
    'verdict run, asks': 'first-question f | ask-first',
    failure: 'over:refused | stop-look discard refuse:undecided',
    motion: 'over:moved | write:moved discard again:look',
    withdrawal: 'over:cancelled | stop-look write:cancelled discard',
    departure: 'over:cancelled | stop-look write:cancelled discard',
    closing: 'over:cancelled | stop-look write:cancelled discard refuse:closed',
  },
  'first-question': {
    'answer yes': 'release f | release',
    'answer no': 'over:cancelled | write:cancelled discard',
    failure: 'over:refused | discard refuse:undecided',
    withdrawal: 'over:cancelled | write:cancelled discard',
    departure: 'over:cancelled | write:cancelled discard',
    closing: 'over:cancelled | write:cancelled discard refuse:closed',
  },
  'held, looking': {
    failure: `over:cancelled | ${CLOSING} refuse:undecided`,
    withdrawal: `over:cancelled | ${CLOSING}`,
    departure: `over:cancelled | ${CLOSING}`,
    limit: 'over:expired | write:expired close discard show:expired refuse:expired',
    closing: `over:cancelled | ${CLOSING} refuse:closed`,
    no: 'over:denied | write:denied close discard show:denied refuse:person',
    'preview-wish': 'held 2 busy f | stop-preview show:previewing preview',
    'preview-stop': 'held 2 f | stop-preview show:pending',
    progress: 'held 1 busy f | show:previewing',
    preview: 'held 1 g | show:pending',
    'preview, denied': 'over:denied | write:denied close discard show:denied refuse:rule',
  },
  held: {
    failure: `over:cancelled | ${CLOSING} refuse:undecided`,
    withdrawal: `over:cancelled | ${CLOSING}`,
    departure: `over:cancelled | ${CLOSING}`,
    limit: 'over:expired | write:expired close discard show:expired refuse:expired',
    closing: `over:cancelled | ${CLOSING} refuse:closed`,
    yes: 'check 1 f | check',
    no: 'over:denied | write:denied close discard show:denied refuse:person',
    'preview-wish': 'held 2 busy f | stop-preview show:previewing preview',
  },
  check: {
    failure: `over:cancelled | ${CLOSING} refuse:undecided`,
    withdrawal: `over:cancelled | ${CLOSING}`,
    departure: `over:cancelled | ${CLOSING}`,
    limit: 'over:expired | write:expired close discard show:expired refuse:expired',
    closing: `over:cancelled | ${CLOSING} refuse:closed`,
    no: 'over:denied | write:denied close discard show:denied refuse:person',
    'recheck same': 'release 1 approved f | release',
    'recheck unread': 'held 1 f |',
    'recheck moved': 'over:moved | write:moved close discard show:moved again:approval',
  },
  'release, allowed': {
    written: 'run | run',
    'unwritten gone': 'over:cancelled | discard',
    'unwritten files': 'over:refused | discard refuse:undecided',
    'unwritten record': 'over:refused | discard refuse:undecided',
  },
  'release, approved': {
    written: 'run approved | run close show:approved',
    'unwritten gone': `over:cancelled | ${CLOSING}`,
    'unwritten files': 'held 1 f |',
    'unwritten record': 'over:cancelled | close discard show:cancelled refuse:undecided',
  },
  'run, allowed': {
    end: 'over:ended | write-end discard',
    departure: 'over:ended | write-end discard',
    return: 'over:moved | write-end discard again:start',
  },
  'run, approved': {
    end: 'over:ended | write-end discard',
    departure: 'over:ended | write-end discard',
    return: 'over:moved | write-end discard show:moved again:approval',
  },
  over: {},
};

function inWords(taken: Extract<Step, { readonly effects: unknown }>): string {
  const { state } = taken;
  const parts = [
    state.at === 'over' ? `over:${state.how}` : state.at,
    ...('round' in state && !(state.at === 'release' && !state.approved) ? [String(state.round)] : []),
    ...('busy' in state && state.busy ? ['busy'] : []),
    ...('approved' in state && state.approved ? ['approved'] : []),
    ...('print' in state ? [state.print] : []),
  ];
  const done = taken.effects.map((e) =>
    [
      e.do,
      ...('decision' in e ? [e.decision] : 'because' in e ? [e.because] : e.do === 'show' ? [e.state] : 'moved' in e ? [e.moved] : []),
    ].join(':'),
  );
  return `${parts.join(' ')} | ${done.join(' ')}`.trim();
}

/** States that nothing leads out of, and that leave nobody waiting. */
const isOver = (state: CaseState): boolean => state.at === 'over';

describe('a case', () => {
  for (const [name, state] of Object.entries(STATES)) {
    it(`that is '${name}' does by each event what is told of it, and ignores any other with a reason`, () => {
      const found: Record<string, string> = {};
      for (const [event, what] of Object.entries(EVENTS)) {
        const taken = step(state, what);
        if ('ignored' in taken) assert.ok(taken.ignored.length > 5, `${event}: ${taken.ignored}`);
        else found[event] = inWords(taken);
      }
      assert.deepEqual(found, TRANSITIONS[name]);
    });
  }

  it('covers every kind of state and of event', () => {
    // A kind that is added to the types and not here does not compile.
    const states: Readonly<Record<CaseState['at'], true>> = {
      new: true,
      look: true,
      'first-question': true,
      held: true,
      check: true,
      release: true,
      run: true,
      over: true,
    };
    const events: Readonly<Record<CaseEvent['type'], true>> = {
      verdict: true,
      failure: true,
      motion: true,
      withdrawal: true,
      departure: true,
      answer: true,
      return: true,
      end: true,
      limit: true,
      closing: true,
      yes: true,
      no: true,
      recheck: true,
      written: true,
      unwritten: true,
      'preview-wish': true,
      'preview-stop': true,
      progress: true,
      preview: true,
    };
    assert.deepEqual([...new Set(Object.values(STATES).map((s) => s.at))].sort(), Object.keys(states).sort());
    assert.deepEqual([...new Set(Object.values(EVENTS).map((e) => e.type))].sort(), Object.keys(events).sort());
  });

  it('says why a yes does not count: to something else, by too few, twice, and to what does not wait', () => {
    const why = (state: string, event: string): string => {
      const taken = step(STATES[state] ?? { at: 'new' }, EVENTS[event] ?? { type: 'limit' });
      return 'ignored' in taken ? taken.ignored : '';
    };
    assert.equal(why('held', 'yes to another'), words.notThis);
    assert.equal(why('held', 'yes of too few'), 'two must agree');
    assert.equal(why('check', 'yes'), words.deciding);
    assert.equal(why('held, looking', 'yes'), words.gone);
    assert.equal(why('over', 'yes'), words.gone);
  });

  it('changes neither the state nor the event that it is given', () => {
    for (const state of Object.values(STATES)) {
      for (const event of Object.values(EVENTS)) {
        const before = JSON.stringify([state, event]);
        step(Object.freeze({ ...state }), Object.freeze({ ...event }));
        assert.equal(JSON.stringify([state, event]), before);
      }
    }
  });

  describe('by whatever happens to it, in whatever order', () => {
    /** Mostly what the state goes on by, now and then what ends it, or anything. */
    const events = fc.array(fc.record({ any: fc.integer({ min: 0, max: 4 }), pick: fc.nat() }), { maxLength: 12 });
    const ALL = Object.values(EVENTS);
    const next = (state: CaseState, { any, pick }: { readonly any: number; readonly pick: number }): CaseEvent | undefined => {
      const taken = (event: CaseEvent): Step => step(state, event);
      const some = any === 0 ? ALL : ALL.filter((event) => !('ignored' in taken(event)));
      const goesOn = some.filter((event) => {
        const after = taken(event);
        return 'state' in after && after.state.at !== 'over';
      });
      const choice = any > 1 && goesOn.length > 0 ? goesOn : some;
      return choice[pick % Math.max(1, choice.length)];
    };
    const follow = (
      all: readonly { readonly any: number; readonly pick: number }[],
    ): {
      readonly state: CaseState;
      readonly done: readonly { readonly from: CaseState; readonly by: CaseEvent; readonly effect: Effect }[];
    } => {
      let state: CaseState = { at: 'new' };
      const done: { from: CaseState; by: CaseEvent; effect: Effect }[] = [];
      for (const one of all) {
        const by = next(state, one);
        const taken: Step | undefined = by && step(state, by);
        if (!by || !taken || 'ignored' in taken) continue;
        done.push(...taken.effects.map((effect) => ({ from: state, by, effect })));
        state = taken.state;
      }
      return { state, done };
    };

    it('is told to run only when decision and intent are on disk, and once', () => {
      fc.assert(
        fc.property(events, (all) => {
          const runs = follow(all).done.filter((d) => d.effect.do === 'run');
          assert.ok(runs.length <= 1);
          for (const { from, by } of runs) assert.ok(from.at === 'release' && by.type === 'written');
        }),
        { numRuns: 20_000 },
      );
    });

    it('is released by a person only after a yes to exactly its fingerprint, by enough, and a second reading that found the same', () => {
      let seen = 0;
      fc.assert(
        fc.property(events, (all) => {
          const { done } = follow(all);
          const approved = done.findIndex((d) => d.effect.do === 'release' && d.from.at === 'check');
          if (approved < 0) return;
          seen++;
          const check = done.slice(0, approved).findLast((d) => d.effect.do === 'check');
          assert.ok(
            check?.by.type === 'yes' &&
              check.by.consent.enough &&
              check.from.at === 'held' &&
              check.by.print === check.from.print &&
              !check.from.busy,
          );
          const { by } = done[approved] ?? {};
          assert.ok(by?.type === 'recheck' && by.found === 'same');
        }),
        { numRuns: 20_000 },
      );
      assert.ok(seen > 100, String(seen));
    });

    it('is refused at most once, never after it was told to run, and stays over', () => {
      fc.assert(
        fc.property(events, (all) => {
          const { done } = follow(all);
          const last = done.findIndex((d) => d.effect.do === 'refuse');
          assert.ok(done.filter((d) => d.effect.do === 'refuse').length <= 1);
          assert.ok(last < 0 || !done.some((d) => d.effect.do === 'run'));
          for (const { from } of done) assert.ok(!isOver(from));
        }),
        { numRuns: 20_000 },
      );
    });

    it('leaves nobody without a word: what ends it is heard, runs, is asked anew, or came from whoever asked', () => {
      fc.assert(
        fc.property(events, (all) => {
          const { state, done } = follow(all);
          if (!isOver(state)) return;
          const last = done.at(-1)?.by.type ?? '';
          const told = done.some((d) => d.effect.do === 'refuse' || d.effect.do === 'run' || d.effect.do === 'again');
          assert.ok(told || ['withdrawal', 'departure', 'answer', 'unwritten'].includes(last), last);
        }),
        { numRuns: 20_000 },
      );
    });
  });
});
