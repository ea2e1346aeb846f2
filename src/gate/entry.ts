import type { Actor, BlastRadius, Command, Hold, Input, Operation, Outcome, Prepared, Verdict } from '../model';
import { stricter } from '../model';
import { keptFileDigest } from './digest';
import { digestOf, fingerprint } from './fingerprint';
import type { Conversation } from './server';
import type { Snapshot } from './snapshot';

/** A hold with what only the gate needs. */
export interface Entry {
  hold: Hold;
  readonly conversation: Conversation;
  readonly env: Readonly<Record<string, string>>;
  /** The verdict it was held for, before its preview. */
  readonly heldFor: Verdict;
  readonly rulesDigest: string;
  /** The files that it was asked about, as they were then. */
  readonly snapshot: Snapshot;
  preview?: { cancel(): void };
  /** Which preview is the current one: an older one that comes late is dropped. */
  round: number;
  timer?: NodeJS.Timeout;
  /** Set while an approval is being checked: no second yes at the same time. */
  deciding: boolean;
}

/** Whether it still waits for a decision. */
export function isOpen(entry: Entry): boolean {
  return entry.hold.state === 'pending' || entry.hold.state === 'previewing';
}

/** The operation that a preview is made for: the one that does most harm. */
export function mainOperation(operations: readonly Operation[]): Operation {
  const weight = { destructive: 4, unknown: 3, modifying: 2, additive: 1, none: 0 } as const;
  const [first] = [...operations].sort((a, b) => weight[b.mutation] - weight[a.mutation]);
  if (!first) throw new Error('there is no operation to preview');
  return first;
}

/** A preview says more about a hold, but it does not let it go, nor make fewer people decide. */
export function stricterOf(before: Verdict, after: Verdict): Verdict {
  return stricter(before.kind, after.kind) === after.kind ? after : before;
}

/** The path of the first file that is not as it was, has come, or has gone. */
export function changedInput(before: readonly Input[], now: readonly Input[]): string | undefined {
  const digests = (inputs: readonly Input[]): Map<string, string | undefined> => new Map(inputs.map((i) => [i.path, `${i.kind ?? 'file'} ${i.sha256 ?? ''}`]));
  const [old, fresh] = [digests(before), digests(now)];
  return [...old.keys(), ...fresh.keys()].find((file) => old.has(file) !== fresh.has(file) || old.get(file) !== fresh.get(file));
}

/** What the client reads once more before the start of an approved command: its inputs, and the tool itself. */
export function inputsToCheck({ hold: { command, inputs, prepared } }: Entry): readonly Input[] {
  return [...runsFrom(inputs, prepared), { path: command.executable, sha256: keptFileDigest(command.executable) }];
}

/** The fingerprint of a command as it stands now. */
export function fingerprintOf(command: Command, inputs: readonly Input[], env: Readonly<Record<string, string>>, preview: BlastRadius | undefined, rulesDigest: string, actor: Actor, prepared: Prepared | undefined): string {
  return fingerprint({
    command, inputs: runsFrom(inputs, prepared), ...(prepared && { prepared: { argv: prepared.argv, withoutEnv: prepared.withoutEnv } }), actor, rulesDigest, executableDigest: keptFileDigest(command.executable), envDigest: digestOf(env),
    context: preview?.context ?? {}, previewDigest: preview?.digest, stateDigest: preview?.stateDigest,
  });
}

/** True when what was prepared runs from its own files alone, whatever becomes of those that it was made from. */
export const standsAlone = (prepared: Prepared | undefined): boolean => prepared !== undefined && prepared.keepsInputs !== true;

/**
 * The files that decide what runs. What was prepared runs from its own files, whatever becomes of those that it was made from;
 * an `undefined` digest would never match, so it is kept.
 */
export function runsFrom(inputs: readonly Input[], prepared: Prepared | undefined): readonly Input[] {
  return prepared === undefined ? inputs : prepared.keepsInputs ? [...inputs, ...prepared.files] : prepared.files;
}

/** How many resources of a preview come to what. */
export function outcomeCounts(preview: BlastRadius): Partial<Record<Outcome, number>> {
  const counts: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of preview.resources) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
