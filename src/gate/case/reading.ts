/** What is read of a case besides its state: which operation counts most, which files decide, and its fingerprint. */
import {
  mainOperation,
  stricter,
  type BlastRadius,
  type Input,
  type Operation,
  type Outcome,
  type Prepared,
  type Verdict,
} from '../../model';
import { keptFileDigest } from '../digest';
import { digestOf, fingerprint } from '../fingerprint';
import type { PreviewJob } from '../gate';
import type { Case } from './case';
import type { Desk } from './desk';

/** The operation that a preview is made for. @throws where there is none. */
export function operationToPreview(operations: readonly Operation[]): Operation {
  const operation = mainOperation(operations);
  if (!operation) throw new Error('there is no operation to preview');
  return operation;
}

/** A preview says more about a hold, but it does not let it go, nor make fewer people decide. */
export function stricterOf(before: Verdict, after: Verdict): Verdict {
  return stricter(before.kind, after.kind) === after.kind ? after : before;
}

/** The path of the first file that is not as it was, has come, or has gone. */
export function changedInput(before: readonly Input[], now: readonly Input[]): string | undefined {
  const digests = (inputs: readonly Input[]): Map<string, string | undefined> =>
    new Map(inputs.map((i) => [i.path, `${i.kind ?? 'file'} ${i.sha256 ?? ''}`]));
  const [old, fresh] = [digests(before), digests(now)];
  return [...old.keys(), ...fresh.keys()].find((file) => old.has(file) !== fresh.has(file) || old.get(file) !== fresh.get(file));
}

/** True when what was prepared runs from its own files alone, whatever becomes of those that it was made from. */
export const standsAlone = (prepared: Prepared | undefined): boolean => prepared !== undefined && prepared.keepsInputs !== true;

/**
 * The files that decide what runs. What was prepared runs from its own files, whatever becomes of those that it was made from;
 * an `undefined` digest would never match, so it is kept.
 */
function runsFrom(inputs: readonly Input[], prepared: Prepared | undefined): readonly Input[] {
  return prepared === undefined ? inputs : prepared.keepsInputs ? [...inputs, ...prepared.files] : prepared.files;
}

/** What whoever starts it reads once more before: the inputs, and after a person's yes the tool itself. */
export function inputsToCheck({ requester, inputs, prepared }: Case, approved: boolean): readonly Input[] {
  const { action } = requester.question;
  const tool = approved && action.kind === 'argv' ? [{ path: action.executable, sha256: keptFileDigest(action.executable) }] : [];
  return [...runsFrom(inputs, prepared), ...tool];
}

/** The fingerprint of a case with these inputs and under these rules. */
export function printOf({ requester, actor, preview, prepared }: Case, inputs: readonly Input[], rulesDigest: string): string {
  const { action, env } = requester.question;
  return fingerprint({
    action,
    inputs: runsFrom(inputs, prepared),
    ...(prepared && { prepared: { argv: prepared.argv, withoutEnv: prepared.withoutEnv } }),
    actor,
    rulesDigest,
    ...(action.kind === 'argv' && { executableDigest: keptFileDigest(action.executable) }),
    envDigest: digestOf(env),
    context: preview?.context ?? {},
    previewDigest: preview?.digest,
    stateDigest: preview?.stateDigest,
  });
}

/** How many resources of a preview come to what. */
function outcomeCounts(preview: BlastRadius): Partial<Record<Outcome, number>> {
  const counts: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of preview.resources) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** Writes down that a preview was made. */
export function notePreview(desk: Desk, it: Case, preview: BlastRadius): void {
  const { source, digest, stateDigest } = preview;
  desk.note({
    type: 'previewed',
    id: it.id,
    source,
    digest,
    ...(stateDigest !== undefined && { stateDigest }),
    counts: outcomeCounts(preview),
    unknowns: preview.unknowns.length,
  });
}

/** What a preview of it needs; undefined for what no tool can preview: it is no argv. */
export function jobOf(
  desk: Desk,
  it: Case,
  operation: Operation,
  mode: PreviewJob['mode'],
  allowExecution: boolean,
): PreviewJob | undefined {
  const { action, env } = it.requester.question;
  if (action.kind !== 'argv') return undefined;
  const { argv, cwd, executable } = action;
  return {
    operation,
    command: { argv, cwd, executable },
    env,
    mode,
    allowExecution,
    timeoutMs: desk.deps.settings().previewMs,
    snapshot: it.snapshot,
  };
}
