import { folderOf, type Kept } from '../../model';
import { redact } from '../../model/redact';
import { fileDigest } from '../digest';
import type { Answer } from '../gate';
import { messageOf } from '../refusal';
import { snapshotOf } from '../snapshot';
import { words } from '../words';
import type { Case } from './case';
import type { Desk } from './desk';
import { changedInput, jobOf, operationToPreview, printOf, standsAlone } from './reading';

/** Nothing moved, this moved, or it can't be told. */
type Found = { readonly moved: string | undefined } | { readonly why: string };

/** Carries out a yes: reads once more what it was said to, saves the way back, and only then lets it be released. */
export async function recheck(desk: Desk, it: Case): Promise<Answer> {
  const found = await whatMoved(desk, it).catch((error: unknown): Found => ({
    why: words.undecided(messageOf(error)),
  }));
  if (it.state.at !== 'check') return { ok: false, why: words.gone };
  if ('why' in found) return stopped(desk, it, found.why);
  if (found.moved !== undefined) {
    desk.take(it, { type: 'recheck', found: 'moved', why: found.moved });
    return { ok: false, why: words.movedWhy(found.moved) };
  }
  const kept = saved(desk, it);
  if ('why' in kept) return stopped(desk, it, kept.why);
  if (kept.files.length > 0) {
    it.requester.tell([words.kept(kept.files.map((f) => f.path))]);
    it.kept = kept.files;
  }
  delete it.hindrance;
  desk.take(it, { type: 'recheck', found: 'same' });
  return it.hindrance === undefined ? { ok: true } : { ok: false, why: it.hindrance };
}

function stopped(desk: Desk, it: Case, why: string): Answer {
  desk.take(it, { type: 'recheck', found: 'unread' });
  return { ok: false, why };
}

/** The way back is on disk before anything runs. */
function saved({ deps }: Desk, { id }: Case): { readonly files: readonly Kept[] } | { readonly why: string } {
  try {
    const files = deps.previewer.keep?.(id) ?? [];
    if (files.length === 0) return { files };
    const written = deps.record({ type: 'kept', id, files: files.map((f) => ({ path: f.path, what: redact(f.what) })) });
    return written.ok ? { files } : { why: words.undecided(written.why) };
  } catch (error) {
    return { why: words.keptFailed(messageOf(error)) };
  }
}

/** Reads everything that the yes was given for once more; says what is different. */
async function whatMoved(desk: Desk, it: Case): Promise<Found> {
  const { requester, inputs, actor, preview, prepared, operations, decision, snapshot } = it;
  const { action, env } = requester.question;
  const job = preview?.stateDigest === undefined ? undefined : jobOf(desk, it, operationToPreview(operations), 'live', false);
  if (job) {
    const state = await desk.deps.previewer.readState({ ...job, ...(prepared && { prepared }) });
    if (!state.ok) return { why: words.stateUnread(it.hide(state.why)) };
    if (state.stateDigest !== preview?.stateDigest) return { moved: words.stateMoved };
  }
  const now = snapshotOf(
    action,
    env,
    inputs.map((input) => input.path),
  ).inputs();
  const kept = prepared?.files.find((file) => fileDigest(file.path) !== file.sha256);
  if (kept) return { moved: words.inputMoved(kept.path) };
  const changed = !standsAlone(prepared) ? changedInput(inputs, now) : undefined;
  if (changed !== undefined) return { moved: words.inputMoved(changed) };
  const { rulesDigest } = desk.deps.decide(operations, actor, folderOf(action), preview, snapshot.folders());
  if (rulesDigest !== decision.rulesDigest) return { moved: words.rulesMoved };
  return printOf(it, now, rulesDigest) === it.print ? { moved: undefined } : { moved: words.toolMoved };
}
