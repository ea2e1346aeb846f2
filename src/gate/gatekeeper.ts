import { randomBytes } from 'node:crypto';

import { holds, notKnown, type Actor, type BlastRadius, type Command, type FirstAsks, type Hold, type HoldState, type Input, type Kept, type Operation, type Prepared, type Verdict } from '../model';
import { recorded } from '../ledger/record';
import { redactionFor } from '../model/redact';
import { changedInput, fingerprintOf, inputsToCheck, isOpen, mainOperation, outcomeCounts, runsFrom, standsAlone, stricterOf, type Entry } from './entry';
import { fileDigest } from './digest';
import type { Answer, Gate, GateDeps, Given, PreviewJob, PreviewOutcome } from './gate';
import type { HandedOver } from './handed-over';
import { DENIED, monotonicMs, UNDECIDED } from './protocol';
import type { Conversation } from './server';
import { takeSnapshot, type Snapshot } from './snapshot';
import { words } from './words';

export type { Decision, Gate, GateDeps, PreviewJob, PreviewOutcome, Previewer } from './gate';

/** How many holds a session remembers. */
const KEPT = 200;
/** A command that waits longer than this for a preview that decides is told so. */
const QUIET_MS = 300;
/** How long a yes may stay unused. */
const RUN_MS = 60_000;
/** What a client waits beyond the time that the gate sets itself, before it takes the gate for dead. */
const MARGIN_MS = 30_000;

/** How often a question is begun anew because its files moved: whoever goes on after that asks a person, or is refused. */
const ROUNDS = 2;
const MOST_STARTS = 5;

const WITHDRAWN = 'withdrawn in its terminal';

/** Makes the gate: it decides, holds and releases. It starts nothing and knows no editor. */
export function createGate(deps: GateDeps): Gate {
  const entries = new Map<string, Entry>();
  const listeners = new Set<(hold: Hold) => void>();
  const order: string[] = [];

  const update = (entry: Entry, change: Partial<Hold>): void => {
    entry.hold = { ...entry.hold, ...change };
    for (const listener of listeners) {
      try {
        listener(entry.hold);
      } catch (error) {
        deps.log(`a listener failed: ${String(error)}`);
      }
    }
  };

  /** Ends a hold for good: nothing of it can be decided any more. */
  const close = (entry: Entry, state: HoldState, reason: string): void => {
    clearTimeout(entry.timer);
    entry.round++;
    entry.preview?.cancel();
    entry.preview = undefined;
    entry.snapshot.forget();
    // An approved command runs from it; its end removes it.
    if (state !== 'approved') deps.previewer.discard?.(entry.hold.id);
    update(entry, { state, decisionReason: reason });
  };

  function onAsk(conversation: Conversation): void {
    conversation.send({ type: 'heard', withinMs: deps.settings().previewMs + MARGIN_MS });
    void consider(conversation, undefined).catch((error: unknown) => {
      deps.log(`could not decide: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      refuse(conversation, UNDECIDED, [words.undecided(error instanceof Error ? error.message : String(error)), words.notRun]);
    });
  }

  /** The whole way of one question. `again` says why it is asked anew, `round` how often its files moved under its preview, `starts` under its start. */
  async function consider(conversation: Conversation, again: string | undefined, { round = 0, starts = 0 } = {}): Promise<void> {
    const { ask } = conversation;
    const hide = redactionFor(ask.argv);
    const command: Command = { argv: ask.argv, cwd: ask.cwd, executable: ask.executable };
    const actor = deps.identify(ask.actor, ask.pid);
    if (starts > MOST_STARTS) return refuse(conversation, UNDECIDED, [words.undecided(words.restless(again ?? '')), words.notRun]);
    // From here on everything that is read of the command's files is what they hold now.
    const snapshot = takeSnapshot(ask.argv, ask.cwd, ask.env);
    const operations = deps.detect(ask.argv, ask.cwd, ask.env, snapshot, ask.stdin);
    const id = `h-${randomBytes(4).toString('hex')}`;
    let decision = deps.decide(operations, actor, ask.cwd, undefined, snapshot.folders());
    let preview: BlastRadius | undefined;
    let prepared: Prepared | undefined;
    const asked = deps.record({
      type: 'asked', id, argv: deps.redactArgv(ask.argv), cwd: ask.cwd, executable: ask.executable, actor, operations: operations.map((o) => recorded(o, hide)),
      verdict: { kind: decision.verdict.kind, rule: decision.verdict.rule, reason: hide(decision.verdict.reason), risk: decision.verdict.risk },
      held: holds(decision.verdict.kind), gatePid: process.pid,
    });
    if (!asked.ok) return refuse(conversation, UNDECIDED, [words.undecided(asked.why), words.notRun]);

    // Only a preview can tell what such an operation does: it is made while the command waits, before anybody is asked.
    const open = operations.filter((o) => o.previewDecides);
    if (open.length > 0 && holds(decision.verdict.kind) && decision.verdict.kind !== 'deny' && !again) {
      const early = await previewFirst(conversation, open, command, id, snapshot);
      if (early === 'withdrawn') {
        const written = deps.record({ type: 'decided', id, decision: 'cancelled', by: ask.actor.user, reason: WITHDRAWN, fingerprint: '' });
        if (!written.ok) deps.log(written.why);
        return;
      }
      const moved = early && !standsAlone(early.prepared) ? snapshot.moved() : undefined;
      if (moved !== undefined) {
        // What it shows may be of other files than those that run.
        const written = deps.record({ type: 'decided', id, decision: 'moved', by: 'Holdpoint', reason: hide(words.inputMovedMeanwhile(moved)), fingerprint: '' });
        if (!written.ok) deps.log(written.why);
        deps.previewer.discard?.(id);
        return consider(conversation, round + 1 < ROUNDS ? undefined : words.inputMovedMeanwhile(moved), { round: round + 1, starts });
      }
      if (early) {
        ({ blastRadius: preview, prepared } = early);
        const seen = deps.decide(operations, actor, ask.cwd, preview, snapshot.folders());
        // Nothing is released by a look at what can't be bound.
        const loose = holds(seen.verdict.kind) || standsAlone(prepared) ? undefined : snapshot.loose();
        if (loose === undefined) decision = seen;
        else preview = { ...preview, unknowns: [notKnown('binding', loose, words.loose(loose)), ...preview.unknowns] };
      }
    }
    const inputs = snapshot.inputs();
    const { verdict, rulesDigest } = decision;
    const print = fingerprintOf(command, inputs, ask.env, preview, rulesDigest, actor, prepared);
    if (preview) recordPreview(id, preview);

    if (!holds(verdict.kind)) {
      if (verdict.kind === 'warn') conversation.say([words.warning(hide(verdict.reason))]);
      const allowed = { decision: 'allowed', by: verdict.rule, reason: hide(verdict.reason), fingerprint: print } as const;
      const go = (): void => {
        if (!release(conversation, id, allowed, { inputs: runsFrom(inputs, prepared), prepared, snapshot, starts }).ok) deps.previewer.discard?.(id);
      };
      return prepared?.firstAsks === undefined ? go() : askFirst(conversation, { id, print, asks: prepared.firstAsks, withoutEnv: prepared.withoutEnv }, go);
    }
    if (verdict.kind === 'deny') {
      deps.record({ type: 'decided', id, decision: 'denied', by: verdict.rule, reason: hide(verdict.reason), fingerprint: print });
      deps.previewer.discard?.(id);
      return refuse(conversation, DENIED, words.deniedByRule(deps.redactArgv(ask.argv), hide(verdict.reason), verdict.rule, actor));
    }
    hold(conversation, { id, command, actor, operations, snapshot, verdict, preview, prepared, print, rulesDigest, again });
  }

  /** The tool's own question, about exactly what was prepared. The client asks it: it has the terminal and the input. Nothing is decided before the answer. */
  function askFirst(conversation: Conversation, what: { readonly id: string; readonly print: string; readonly asks: FirstAsks; readonly withoutEnv: readonly string[] }, go: () => void): void {
    const { id, print, asks, withoutEnv } = what;
    let over = false;
    const leave = (reason: string): void => {
      if (over) return;
      over = true;
      const written = deps.record({ type: 'decided', id, decision: 'cancelled', by: conversation.ask.actor.user, reason, fingerprint: print });
      if (!written.ok) deps.log(written.why);
      deps.previewer.discard?.(id);
    };
    conversation.onGone = () => leave(WITHDRAWN);
    conversation.onMessage = (message) => {
      if (message.type === 'cancel') leave(WITHDRAWN);
      else if (message.type === 'answered' && !message.yes) leave(words.declined);
      else if (message.type === 'answered' && !over) {
        over = true;
        go();
      }
    };
    if (conversation.gone) return conversation.onGone();
    conversation.send({ type: 'question', asks, withoutEnv });
  }

  async function previewFirst(conversation: Conversation, operations: readonly Operation[], command: Command, id: string, snapshot: Snapshot): Promise<Extract<PreviewOutcome, { kind: 'done' }> | 'withdrawn' | undefined> {
    const [operation, ...more] = operations;
    // Several at once can't be joined into one picture: a person looks.
    if (!operation || more.length > 0) return undefined;
    const { previewMs, previewMode } = deps.settings();
    const told = setTimeout(() => conversation.say([words.previewing(deps.redactArgv(command.argv))]), QUIET_MS);
    const running = deps.previewer.start(
      { operation, command, env: conversation.ask.env, mode: previewMode, allowMacros: false, timeoutMs: previewMs, snapshot }, id, () => undefined,
    );
    let withdrawn = false;
    conversation.onGone = () => {
      withdrawn = true;
      running.cancel();
    };
    conversation.onMessage = (message) => {
      if (message.type === 'cancel') conversation.onGone();
    };
    try {
      const outcome = await running.result;
      if (withdrawn || conversation.gone) {
        deps.previewer.discard?.(id);
        return 'withdrawn';
      }
      return outcome.kind === 'done' ? outcome : undefined;
    } finally {
      clearTimeout(told);
    }
  }

  function hold(conversation: Conversation, what: {
    readonly id: string; readonly command: Command; readonly actor: Actor; readonly operations: readonly Operation[];
    readonly snapshot: Snapshot; readonly verdict: Verdict; readonly preview: BlastRadius | undefined; readonly prepared: Prepared | undefined; readonly print: string;
    readonly rulesDigest: string; readonly again: string | undefined;
  }): void {
    const { id, command, actor, operations, snapshot, verdict, preview } = what;
    const { holdMs, previewMode } = deps.settings();
    const entry: Entry = {
      hold: {
        id, state: preview ? 'pending' : 'previewing', command, actor, operations, inputs: snapshot.inputs(), verdict, preview, ...(what.prepared && { prepared: what.prepared }),
        previewStatus: what.again ?? '', fingerprint: what.print, since: new Date().toISOString(),
      },
      conversation, env: conversation.ask.env, heldFor: verdict, rulesDigest: what.rulesDigest, snapshot, round: 0, deciding: false,
    };
    entries.set(id, entry);
    order.unshift(id);
    for (const old of order.splice(KEPT)) {
      const past = entries.get(old);
      // One that still waits is never forgotten.
      if (past && isOpen(past)) order.push(old);
      else entries.delete(old);
    }
    conversation.onGone = () => {
      if (isOpen(entry)) finish(entry, 'cancelled', 'cancelled', conversation.ask.actor.user, WITHDRAWN);
    };
    conversation.onMessage = (message) => {
      if (message.type === 'cancel') conversation.onGone();
    };
    if (conversation.gone) return conversation.onGone();
    entry.timer = setTimeout(() => {
      if (!isOpen(entry)) return;
      finish(entry, 'expired', 'expired', 'time limit', 'nobody decided in time');
      refuse(conversation, UNDECIDED, [words.expired(deps.redactArgv(command.argv)), words.notRun]);
    }, holdMs);
    entry.timer.unref();
    conversation.send({ type: 'held', id, withinMs: holdMs + MARGIN_MS });
    conversation.say(words.held(deps.redactArgv(command.argv), redactionFor(command.argv)(verdict.reason), deps.place(), actor, what.again));
    update(entry, {});
    if (!preview) startPreview(entry, previewMode, false);
  }

  function startPreview(entry: Entry, mode: 'live' | 'offline', allowMacros: boolean): void {
    entry.preview?.cancel();
    const round = ++entry.round;
    const hide = redactionFor(entry.hold.command.argv);
    const current = (): boolean => entry.round === round && isOpen(entry);
    update(entry, { state: 'previewing', previewStatus: words.reading });
    const running = deps.previewer.start(job(entry, mode, allowMacros), entry.hold.id, (text) => {
      if (current()) update(entry, { previewStatus: hide(text) });
    });
    entry.preview = running;
    const arrived = (shown: BlastRadius | undefined, status: string, { prepared, asks }: { readonly prepared?: Prepared; readonly asks?: readonly string[] } = {}): void => {
      if (!current()) return;
      entry.preview = undefined;
      const moved = shown === undefined || standsAlone(prepared) ? undefined : entry.snapshot.moved();
      const preview = shown === undefined || moved === undefined ? shown : { ...shown, unknowns: [notKnown('binding', moved, words.inputMovedMeanwhile(moved)), ...shown.unknowns] };
      // The preview may have come upon files that nobody knew of.
      const inputs = entry.snapshot.inputs();
      if (preview) recordPreview(entry.hold.id, preview);
      const { hold: { command, actor, operations } } = entry;
      // From the verdict it was held for, not from that of an earlier preview: a better look may lower the risk again.
      const verdict = preview ? stricterOf(entry.heldFor, deps.decide(operations, actor, command.cwd, preview, entry.snapshot.folders()).verdict) : entry.heldFor;
      if (verdict.kind === 'deny') {
        update(entry, { preview, verdict });
        finish(entry, 'denied', 'denied', verdict.rule, hide(verdict.reason));
        return refuse(entry.conversation, DENIED, words.deniedByRule(deps.redactArgv(command.argv), hide(verdict.reason), verdict.rule, actor));
      }
      update(entry, {
        state: 'pending', inputs, preview, prepared, asks, previewStatus: status, verdict,
        fingerprint: fingerprintOf(command, inputs, entry.env, preview, entry.rulesDigest, actor, prepared),
      });
    };
    running.result.then(
      (outcome) => {
        switch (outcome.kind) {
          case 'done':
            return arrived(outcome.blastRadius, '', outcome);
          case 'asks-macro':
            return arrived(outcome.standIn, words.macros(outcome.macros), { asks: outcome.macros });
          case 'failed':
            if (current()) deps.record({ type: 'preview-failed', id: entry.hold.id, why: hide(outcome.message) });
            return arrived(outcome.standIn, hide(outcome.message));
        }
      },
      (error: unknown) => arrived(undefined, words.noPreview(hide(error instanceof Error ? error.message : String(error)))),
    );
  }

  function job(entry: Entry, mode: 'live' | 'offline', allowMacros: boolean): PreviewJob {
    return { operation: mainOperation(entry.hold.operations), command: entry.hold.command, env: entry.env, mode, allowMacros, timeoutMs: deps.settings().previewMs, snapshot: entry.snapshot };
  }

  async function approve(id: string, print: string, reason: string, given: Given = { confirmed: 'panel' }): Promise<Answer> {
    const entry = entries.get(id);
    if (!entry || entry.hold.state !== 'pending') return { ok: false, why: words.gone };
    if (entry.hold.fingerprint !== print) return { ok: false, why: words.notThis };
    if (entry.hold.verdict.kind === 'approve' && (entry.hold.verdict.approvers ?? 1) > 1) return { ok: false, why: words.several };
    if (entry.deciding) return { ok: false, why: words.deciding };
    entry.deciding = true;
    try {
      const moved = await whatMoved(entry);
      if (entry.hold.state !== 'pending') return { ok: false, why: words.gone };
      if ('why' in moved) return { ok: false, why: moved.why };
      if (moved.moved !== undefined) {
        finish(entry, 'moved', 'moved', deps.user(), moved.moved);
        void consider(entry.conversation, moved.moved).catch(() => refuse(entry.conversation, UNDECIDED, [words.undecided(moved.moved ?? ''), words.notRun]));
        return { ok: false, why: words.movedWhy(moved.moved) };
      }
      const kept = saved(entry);
      if ('why' in kept) return { ok: false, why: kept.why };
      if (kept.files.length > 0) entry.conversation.say([words.kept(kept.files.map((f) => f.path))]);
      const decided = release(entry.conversation, id, { decision: 'approved', by: deps.user(), reason: deps.redact(reason), fingerprint: print, ...given }, { inputs: inputsToCheck(entry), prepared: entry.hold.prepared, snapshot: entry.snapshot }, entry);
      if (!decided.ok) return decided;
      if (kept.files.length > 0) update(entry, { kept: kept.files });
      close(entry, 'approved', deps.redact(reason));
      return { ok: true };
    } finally {
      entry.deciding = false;
    }
  }

  /** The way back is on disk before anything runs. */
  function saved(entry: Entry): { readonly files: readonly Kept[] } | { readonly why: string } {
    const { id } = entry.hold;
    try {
      const files = deps.previewer.keep?.(id) ?? [];
      if (files.length === 0) return { files };
      const written = deps.record({ type: 'kept', id, files: files.map((f) => ({ path: f.path, what: deps.redact(f.what) })) });
      return written.ok ? { files } : { why: words.undecided(written.why) };
    } catch (error) {
      return { why: words.keptFailed(error instanceof Error ? error.message : String(error)) };
    }
  }

  /** Reads everything that the yes was given for once more; says what is different. */
  async function whatMoved(entry: Entry): Promise<{ readonly moved: string | undefined } | { readonly why: string }> {
    const { hold: { command, inputs, actor, preview, prepared, operations } } = entry;
    if (preview?.stateDigest !== undefined) {
      const state = await deps.previewer.readState({ ...job(entry, 'live', false), ...(prepared && { prepared }) });
      if (!state.ok) return { why: words.stateUnread(redactionFor(command.argv)(state.why)) };
      if (state.stateDigest !== preview.stateDigest) return { moved: words.stateMoved };
    }
    const now = takeSnapshot(command.argv, command.cwd, entry.env, inputs.map((input) => input.path)).inputs();
    const kept = prepared?.files.find((file) => fileDigest(file.path) !== file.sha256);
    if (kept) return { moved: words.inputMoved(kept.path) };
    const changed = !standsAlone(prepared) ? changedInput(inputs, now) : undefined;
    if (changed !== undefined) return { moved: words.inputMoved(changed) };
    const { rulesDigest } = deps.decide(operations, actor, command.cwd, preview, entry.snapshot.folders());
    if (rulesDigest !== entry.rulesDigest) return { moved: words.rulesMoved };
    return fingerprintOf(command, now, entry.env, preview, rulesDigest, actor, prepared) === entry.hold.fingerprint ? { moved: undefined } : { moved: words.toolMoved };
  }

  /** The only place that lets a command run: decision and intent are on disk before the client hears of it. */
  function release(
    conversation: Conversation, id: string,
    decided: { readonly decision: 'allowed' | 'approved'; readonly by: string; readonly reason: string; readonly fingerprint: string } & Partial<Given>,
    what: { readonly inputs: readonly Input[]; readonly prepared: Prepared | undefined; readonly snapshot: Snapshot; readonly starts?: number }, entry?: Entry,
  ): Answer {
    if (conversation.gone) return { ok: false, why: words.gone };
    const handed = handOver(what.prepared, conversation.ask.argv, what.snapshot);
    if ('why' in handed) {
      if (!entry) refuse(conversation, UNDECIDED, [words.undecided(handed.why), words.notRun]);
      return { ok: false, why: handed.why };
    }
    for (const record of [{ type: 'decided', id, ...decided }, { type: 'run', id, fingerprint: decided.fingerprint }] as const) {
      const written = deps.record(record);
      if (written.ok) continue;
      handed.remove();
      refuse(conversation, UNDECIDED, [words.undecided(written.why), words.notRun]);
      if (entry) close(entry, 'cancelled', written.why);
      return { ok: false, why: words.undecided(written.why) };
    }
    let ended = false;
    /** The client did not start it: the yes is used up, and it is asked anew. */
    const again = (why: string): void => {
      if (ended) return;
      ended = true;
      deps.record({ type: 'ended', id, exitCode: null, signal: null });
      deps.previewer.discard?.(id);
      handed.remove();
      if (entry) update(entry, { state: 'moved' });
      void consider(conversation, why, { starts: entry ? 0 : (what.starts ?? 0) + 1 }).catch(() => refuse(conversation, UNDECIDED, [words.undecided(why), words.notRun]));
    };
    const outcome = (exitCode: number | null, signal: string | null): void => {
      if (ended) return;
      ended = true;
      deps.record({ type: 'ended', id, exitCode, signal });
      deps.previewer.discard?.(id);
      handed.remove();
    };
    conversation.onGone = () => outcome(null, null);
    conversation.onMessage = (message) => {
      if (message.type === 'outcome') outcome(message.exitCode, message.signal);
      else if (message.type === 'moved') again(words.inputMoved(message.path));
      else if (message.type === 'late') again(words.late);
    };
    const { inputs, prepared } = what;
    const argv = handed.argv ?? prepared?.argv;
    conversation.send({
      type: 'run', id, inputs: [...inputs, ...handed.files], until: monotonicMs() + (deps.settings().runMs ?? RUN_MS),
      ...(argv && { instead: { argv, withoutEnv: prepared?.withoutEnv ?? [] } }),
    });
    return { ok: true };
  }

  /** What runs is given what was looked at. What runs from its own files alone has them already. */
  function handOver(prepared: Prepared | undefined, argv: readonly string[], snapshot: Snapshot): (Omit<HandedOver, 'argv'> & { readonly argv?: readonly string[] }) | { readonly why: string } {
    try {
      const handed = standsAlone(prepared) ? undefined : deps.handOver?.(prepared?.argv ?? argv, snapshot);
      return handed ?? { files: [], remove: () => undefined };
    } catch (error) {
      return { why: words.notHandedOver(error instanceof Error ? error.message : String(error)) };
    }
  }

  function deny(id: string, reason: string): Answer {
    const entry = entries.get(id);
    if (!entry || !isOpen(entry)) return { ok: false, why: words.gone };
    const said = deps.redact(reason);
    finish(entry, 'denied', 'denied', deps.user(), said);
    refuse(entry.conversation, DENIED, words.denied(deps.redactArgv(entry.hold.command.argv), deps.user(), said, entry.hold.actor));
    return { ok: true };
  }

  function finish(entry: Entry, state: HoldState, decision: 'denied' | 'moved' | 'cancelled' | 'expired', by: string, reason: string): void {
    // Nothing runs from here, so a ledger that fails is only told.
    const written = deps.record({ type: 'decided', id: entry.hold.id, decision, by, reason, fingerprint: entry.hold.fingerprint });
    if (!written.ok) deps.log(written.why);
    close(entry, state, reason);
  }

  function refuse(conversation: Conversation, code: number, lines: readonly string[]): void {
    conversation.send({ type: 'refuse', code, lines });
  }

  function recordPreview(id: string, preview: BlastRadius): void {
    const { source, digest, stateDigest } = preview;
    const written = deps.record({ type: 'previewed', id, source, digest, stateDigest, counts: outcomeCounts(preview), unknowns: preview.unknowns.length });
    if (!written.ok) deps.log(written.why);
  }

  return {
    list: () => order.flatMap((id) => entries.get(id)?.hold ?? []),
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    approve,
    deny,
    preview(id, mode, allowMacros) {
      const entry = entries.get(id);
      if (entry && isOpen(entry) && !entry.deciding) startPreview(entry, mode, allowMacros);
    },
    cancelPreview(id) {
      const entry = entries.get(id);
      if (!entry || entry.hold.state !== 'previewing') return;
      entry.round++;
      entry.preview?.cancel();
      entry.preview = undefined;
      update(entry, { state: 'pending', previewStatus: words.previewCancelled });
    },
    onAsk,
    dispose() {
      for (const entry of entries.values()) {
        if (!isOpen(entry)) continue;
        finish(entry, 'cancelled', 'cancelled', deps.user(), 'the window was closed');
        refuse(entry.conversation, UNDECIDED, [words.windowClosed, words.notRun]);
      }
      listeners.clear();
    },
  };
}
