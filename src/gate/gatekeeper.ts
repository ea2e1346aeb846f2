import { redact } from '../model/redact';
import { onePerson, quorumOf, type Given } from './approvals';
import { FIRST, type Attempt, type Case } from './case/case';
import { carryOut, MARGIN_MS } from './case/carry-out';
import { consider } from './case/consider';
import type { Desk } from './case/desk';
import type { CaseEvent, Step } from './case/state';
import { step } from './case/step';
import { createStore } from './case/store';
import { dossierOf } from './dossier/dossier';
import type { Answer, Gate, GateDeps } from './gate';
import { messageOf, refusal } from './refusal';
import type { Requester } from './requester';
import { words } from './words';

export type { Decision, Gate, GateDeps, PreviewJob, PreviewOutcome, Previewer } from './gate';

/** Makes the gate: it decides, holds and releases. It starts nothing and knows no editor, and no way by which it is asked. */
export function createGate(deps: GateDeps): Gate {
  const desk = createDesk(deps);
  const { store } = desk;
  const approvals = deps.approvals ?? onePerson;
  return {
    list: store.holds,
    onDidChange: store.onDidChange,
    ask(requester) {
      requester.wait(deps.settings().previewMs + MARGIN_MS);
      desk.begin(requester, FIRST);
    },
    async approve(id, print, reason, given: Given = { confirmed: 'panel' }): Promise<Answer> {
      const it = store.get(id);
      if (!it) return { ok: false, why: words.gone };
      const consent = approvals.consent({ fingerprint: print, by: deps.user(), given }, quorumOf(it.verdict));
      const taken = desk.take(it, { type: 'yes', print, consent });
      if ('ignored' in taken) return { ok: false, why: taken.ignored };
      it.yes = { reason: redact(reason), given };
      return it.checking ?? { ok: false, why: words.gone };
    },
    deny(id, reason) {
      const it = store.get(id);
      const taken = it && desk.take(it, { type: 'no', reason: redact(reason) });
      return taken === undefined || 'ignored' in taken ? { ok: false, why: words.gone } : { ok: true };
    },
    preview(id, mode, consent) {
      const it = store.get(id);
      if (it) desk.take(it, { type: 'preview-wish', mode, consent });
    },
    cancelPreview(id) {
      const it = store.get(id);
      if (it) desk.take(it, { type: 'preview-stop' });
    },
    dossier(id) {
      const it = store.get(id);
      return it?.hold && dossierOf(it.hold, it.decision.rulesDigest, it.snapshot.isOwn);
    },
    dispose() {
      for (const it of store.going()) desk.take(it, { type: 'closing' });
      store.clear();
    },
  };
}

function createDesk(deps: GateDeps): Desk {
  const desk: Desk = {
    deps,
    store: createStore(deps.log),
    take(it: Case, event: CaseEvent): Step {
      const taken = step(it.state, event);
      if ('ignored' in taken) return taken;
      it.state = taken.state;
      for (const effect of taken.effects) carryOut(desk, it, effect);
      return taken;
    },
    begin(requester: Requester, attempt: Attempt) {
      try {
        consider(desk, requester, attempt);
      } catch (error) {
        requester.refuse(refusal('undecided', desk.broke(error)));
      }
    },
    broke(error) {
      deps.log(`could not decide: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return messageOf(error);
    },
    note(record) {
      const written = deps.record(record);
      if (!written.ok) deps.log(written.why);
    },
  };
  return desk;
}
