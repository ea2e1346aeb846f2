import { monotonicMs } from '../protocol';
import { messageOf } from '../refusal';
import { words } from '../words';
import type { Case, Handed } from './case';
import type { Desk } from './desk';
import { inputsToCheck, standsAlone } from './reading';

/** How long a yes may stay unused. */
const RUN_MS = 60_000;

/** The only place that lets something run: decision and intent are on disk before whoever asked hears of it. */
export function release(desk: Desk, it: Case): void {
  const { deps } = desk;
  if (it.requester.gone) return hinder(desk, it, 'gone', words.gone, words.gone);
  const approved = it.state.at === 'release' && it.state.approved;
  // As it is now, with what the yes was said to just compared: what is exchanged from here on is seen before the start.
  const seen = inputsToCheck(it, approved);
  const handed = handOver(desk, it);
  if ('why' in handed) return hinder(desk, it, 'files', handed.why, handed.why);
  const decided =
    approved && it.yes
      ? ({ decision: 'approved', by: deps.user(), reason: it.yes.reason, fingerprint: it.print, ...it.yes.given } as const)
      : ({ decision: 'allowed', by: it.verdict.rule, reason: it.hide(it.verdict.reason), fingerprint: it.print } as const);
  for (const record of [
    { type: 'decided', id: it.id, ...decided },
    { type: 'run', id: it.id, fingerprint: it.print },
  ] as const) {
    const written = deps.record(record);
    if (written.ok) continue;
    handed.remove();
    return hinder(desk, it, 'record', written.why, words.undecided(written.why));
  }
  it.handed = { ...handed, files: [...seen, ...handed.files] };
  desk.take(it, { type: 'written' });
}

/** Says that it runs, and from what. */
export function letRun({ deps }: Desk, { id, prepared, requester, handed }: Case): void {
  if (!handed) throw new Error('nothing was released');
  const argv = handed.argv ?? prepared?.argv;
  requester.release({
    id,
    inputs: handed.files,
    until: monotonicMs() + (deps.settings().runMs ?? RUN_MS),
    ...(argv && { instead: { argv, withoutEnv: prepared?.withoutEnv ?? [] } }),
  });
}

/** @param answer what whoever said yes hears of it. */
function hinder(desk: Desk, it: Case, hindrance: 'gone' | 'files' | 'record', why: string, answer: string): void {
  it.hindrance = answer;
  desk.take(it, { type: 'unwritten', hindrance, why });
}

/** What runs is given what was looked at. What runs from its own files alone has them already. */
function handOver({ deps }: Desk, { requester, prepared, snapshot }: Case): Handed | { readonly why: string } {
  const { action } = requester.question;
  const nothing: Handed = { files: [], remove: () => undefined };
  if (action.kind !== 'argv' || !requester.runsInstead || standsAlone(prepared)) return nothing;
  try {
    return deps.handOver?.(prepared?.argv ?? action.argv, snapshot) ?? nothing;
  } catch (error) {
    return { why: words.notHandedOver(messageOf(error)) };
  }
}
