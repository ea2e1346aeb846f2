import type { AskFirst, LocalDecision } from '../gate/client';
import { gateDeps } from '../gate/compose';
import { mustType, wordToType } from '../gate/confirm-word';
import { alive } from '../gate/discovery';
import { sweepFolders } from '../gate/previewer';
import { createGate, type Gate } from '../gate/gatekeeper';
import { hiddenWindows } from '../gate/hidden-windows';
import { makeHome, type Home } from '../gate/home';
import { DENIED, UNDECIDED, type Ask } from '../gate/protocol';
import type { Standing } from '../gate/terminal-standing';
import { openLedger } from '../ledger/ledger';
import type { Hold } from '../model';
import { redact } from '../model/redact';
import { actionTitle, redactionOf } from '../model/redact/action';
import { manyLines, oneLine, visible } from '../model/visible';
import { atTerminal, givenAt, onTerminal, type AtTerminal } from './at-terminal';
import { decideAt } from './decider';
import { requesterHere } from './local-requester';
import { asText } from '../preview/render/text';

const HOLD_MS = 30 * 60_000;
const PREVIEW_MS = 120_000;
/** More resources of one kind than this would push the worst off the screen. */
const MOST_LINES = 30;

/**
 * Decides about one command where no window answers: the same gate, in this process. A person at a terminal is asked
 * there; an agent or a pipe is denied, and told what to do. Where windows are open and silent, nobody is asked in their place.
 * @param known what is known of such windows, in words; when there is none, those are looked for that nobody tells of.
 */
export async function decideHere(home: Home, ask: Ask, known: readonly string[], askFirst: AskFirst): Promise<LocalDecision> {
  const silent = known.length > 0 ? known : await hiddenWindows(home);
  if (silent.length === 0) makeHome(home);
  const ledger = openLedger(home.ledger);
  sweepFolders(home.previews, alive, () => undefined);
  const here = atTerminal(ask.actor);
  const { actor } = here;
  const asks = here.asks && silent.length === 0;
  const deps = gateDeps({
    identify: () => actor, dist: __dirname, execPath: process.execPath, ledger, home,
    decide: decideAt,
    settings: () => ({ holdMs: HOLD_MS, previewMs: PREVIEW_MS, previewMode: 'live' }),
    folders: () => [], place: () => (asks ? 'this terminal' : 'an editor window with Holdpoint'), log: () => undefined,
  });
  // Where nobody can be asked, nobody is named as the one who said no.
  const gate = createGate(asks ? deps : { ...deps, user: () => 'Holdpoint' });
  return new Promise((resolve) => {
    let over = false;
    const finish = (decision: LocalDecision): void => {
      if (over) return;
      over = true;
      resolve(decision);
    };
    const { requester, reply } = requesterHere(ask, askFirst, finish);
    const asked = new Set<string>();
    gate.onDidChange((hold) => {
      if (asks && hold.state === 'previewing' && hold.previewStatus !== '') return;
      if (asked.has(hold.id) || (hold.state !== 'pending' && asks)) return;
      if (hold.state !== 'pending' && hold.state !== 'previewing') return;
      asked.add(hold.id);
      if (asks) void question(gate, hold, here).catch((error: unknown) => finish({ run: false, code: UNDECIDED, lines: [`Holdpoint can't ask: ${String(error)}. It was not run.`] }));
      else {
        // What to do comes first: the gate's own words for a denial would end the command without it.
        finish(nobody(hold, silent, ask.actor.tty && actor.kind !== 'agent' ? here : undefined));
        gate.deny(hold.id, silent.length > 0 ? `no person could be asked: ${silent.join('; ')}` : 'no person could be asked');
      }
    });
    process.once('SIGINT', () => {
      reply({ type: 'withdrawn' });
      finish({ run: false, code: 130, lines: ['', 'Holdpoint: withdrawn. It was not run.'] });
    });
    gate.ask(requester);
  });
}

/** @param here given for who is no agent, and could be asked at another place. */
function nobody(hold: Hold, silent: readonly string[], here: AtTerminal | undefined): Extract<LocalDecision, { run: false }> {
  const what = `It was not run: ${actionTitle(hold.action)}`;
  if (silent.length > 0) {
    return { run: false, code: UNDECIDED, lines: [
      what, `Holdpoint can't decide: ${silent.join('; ')}.`,
      'It may be a window that was stopped, so nobody is asked here in its place. Reload or close that window and run it again; what no window needs any more can be removed. Do not try another way.',
    ] };
  }
  const standing: Standing | undefined = here?.standing;
  if (standing?.kind === 'editor') {
    return { run: false, code: UNDECIDED, lines: [what, `This is a terminal of the editor (${standing.why}), and no window of Holdpoint answers. Reload the window, or open this folder in one, and run it again.`] };
  }
  if (here && (standing?.kind === 'program' || here.actor.kind !== 'human')) {
    return { run: false, code: UNDECIDED, lines: [
      what, `Nobody can be asked here: ${oneLine(standing?.kind === 'program' ? standing.why : here.actor.evidence.join('; '))}. Open this folder in the editor and decide there, or run it where only a person types: over ssh, or in a terminal emulator of the system.`,
    ] };
  }
  return { run: false, code: DENIED, lines: [
    what,
    'No editor window with Holdpoint is open to decide. A person can open this folder in the editor and run it again, or run it in a terminal and answer there. Do not try another way.',
  ] };
}

/** Shows what would happen, and asks. */
function question(gate: Gate, hold: Hold, here: AtTerminal): Promise<void> {
  return onTerminal(here, async (terminal) => {
    const { preview } = hold;
    terminal.write(manyLines(`\n${preview ? asText(preview, { most: MOST_LINES, ...(hold.prepared && { prepared: hold.prepared.explanation }) }) : ''}${hold.previewStatus === '' ? '' : `${redactionOf(hold.action)(hold.previewStatus)}\n`}\n`));
    const severe = mustType(hold);
    const wanted = severe ? wordToType(hold) : 'yes';
    const shown = visible(wanted);
    const answer = await terminal.ask(`Type ${shown} to run it, anything else to leave it: `);
    if (answer !== wanted && answer !== shown) {
      gate.deny(hold.id, 'not confirmed at the terminal');
      return;
    }
    const reason = severe ? 'confirmed by name at the terminal' : await terminal.ask('Why is it right? ');
    const approved = await gate.approve(hold.id, hold.fingerprint, reason, givenAt(here.standing));
    if (!approved.ok) terminal.write(`${oneLine(redact(approved.why))}\n`);
    // It could not be checked once more, and nothing new is asked: the command must not wait for ever.
    if (!approved.ok && gate.list().find((h) => h.id === hold.id)?.state === 'pending') gate.deny(hold.id, approved.why);
  });
}
