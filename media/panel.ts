/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/**
 * The review panel's page. It shows what the host sends and sends back what was pressed; it decides nothing:
 * a press on Approve makes the host ask the person, outside of this page. It keeps no state of its own.
 */
import { readHostMessage, type HoldLine, type PageMessage, type PanelView, type Subject } from '../src/editor/panel-protocol';
import { byId, el, icon } from './panel/dom';
import { graphHost } from './panel/graph-host';
import { drawPreview, drawSummary } from './panel/preview';

declare function acquireVsCodeApi(): { postMessage(message: PageMessage): void };

const host = acquireVsCodeApi();
const graph = graphHost((document.currentScript as HTMLScriptElement | null)?.nonce ?? '');
let subject: Subject | null = null;

/** Draws a part only when what it shows has changed: focus, scroll position and what is unfolded stay. */
const drawn = new Map<string, string>();
function part(id: string, key: string, draw: () => readonly (Node | null)[]): void {
  if (drawn.get(id) === key) return;
  drawn.set(id, key);
  byId(id).replaceChildren(...draw().filter((n): n is Node => n !== null));
}

function drawHolds(lines: readonly HoldLine[]): readonly Node[] {
  if (lines.length < 2) return [];
  const waiting = lines.filter((l) => l.waiting).length;
  const list = el('ul', {}, ...lines.map((line) => {
    const button = el('button', { type: 'button', class: 'hold', 'data-risk': line.risk, ...(line.selected ? { 'aria-current': 'true' } : {}) },
      el('span', { class: 'dot' }), el('span', { class: 'hold-title' }, line.title), el('span', { class: 'hold-state' }, line.stateText));
    button.addEventListener('click', () => host.postMessage({ type: 'select', id: line.id }));
    return el('li', { class: line.waiting ? '' : 'done' }, button);
  }));
  return [el('h2', {}, waiting === 1 ? '1 command is held' : `${waiting} commands are held`), list];
}

function drawHead(s: Subject): readonly (Node | null)[] {
  return [
    el('p', { class: 'eyebrow' }, icon(s.kind === 'hold' ? 'shield' : 'warning'),
      el('span', { class: 'risk' }, s.riskText), el('span', { class: 'state' }, s.stateText)),
    el('h1', {}, s.title),
    el('p', { class: 'reason' }, s.reason),
    s.command ? el('figure', { class: 'command' },
      el('figcaption', {}, s.runs ? 'What was typed' : 'What would run, exactly'),
      el('pre', { tabindex: '0' }, el('code', {}, s.command)),
      el('p', { class: 'cwd' }, s.cwd ? 'in ' : '', s.cwd ? el('code', {}, s.cwd) : null, s.executable ? el('span', {}, ' as ', el('code', {}, s.executable)) : null)) : null,
    s.runs ? el('figure', { class: 'command runs' },
      el('figcaption', {}, 'What runs instead, exactly'),
      el('pre', { tabindex: '0' }, el('code', {}, s.runs.command)),
      el('p', { class: 'cwd' }, s.runs.explanation)) : null,
  ];
}

function drawFacts(s: Subject): readonly Node[] {
  return [el('dl', { class: 'facts' }, ...s.facts.map((f) => el('div', {},
    el('dt', {}, f.label),
    el('dd', { class: f.value === 'unknown' ? 'unknown' : '' }, f.value, f.detail ? el('small', {}, f.detail) : null))))];
}

function drawProgress(s: Subject): readonly (Node | null)[] {
  if (!s.busy && (s.preview || !s.status)) return [];
  if (!s.busy) return [el('p', { class: 'no-preview' }, icon('unknown'), el('span', {}, s.status))];
  const cancel = el('button', { type: 'button', class: 'secondary' }, 'Cancel the preview');
  cancel.addEventListener('click', () => send('cancel'));
  return [el('div', { class: 'progress', role: 'progressbar', 'aria-label': 'Preview' }, el('div', { class: 'bar' })),
    el('p', { class: 'status' }, el('span', {}, s.status || 'Previewing'), cancel)];
}

function send(action: 'approve' | 'deny' | 'live' | 'offline' | 'copy' | 'cancel'): void {
  if (!subject) return;
  const id = subject.id;
  if (action === 'approve') host.postMessage({ type: 'approve', id, fingerprint: subject.fingerprint });
  else if (action === 'live' || action === 'offline') host.postMessage({ type: 'preview', id, mode: action });
  else host.postMessage({ type: action, id });
}

/** The buttons are always the same elements, so a redraw never takes the focus from under a finger. */
function showActions(s: Subject | null): void {
  byId('actions').hidden = s === null;
  byId('decide').hidden = !s?.canDecide;
  const approve = document.querySelector<HTMLButtonElement>('[data-action="approve"]');
  if (approve) {
    approve.disabled = !s?.canApprove;
    approve.title = s?.canApprove === false ? 'Wait for the preview, or cancel it' : '';
  }
  byId('again').hidden = !s?.canPreview;
  // Whoever decides must not have to scroll up to see that something else runs than what was typed.
  const runs = s?.canDecide ? s.runs : null;
  byId('runs').hidden = !runs;
  part('runs', JSON.stringify(runs), () => (runs ? [document.createTextNode(`Not what was typed runs, but what was previewed. ${runs.explanation}`)] : []));
}

function show(view: PanelView): void {
  subject = view.subject;
  const s = view.subject;
  document.body.dataset['risk'] = s?.risk ?? 'none';
  document.body.dataset['kind'] = s?.kind ?? 'empty';
  part('holds', JSON.stringify(view.holds), () => drawHolds(view.holds));
  byId('holds').hidden = view.holds.length < 2;
  part('head', JSON.stringify(s ? { ...s, preview: null, facts: [], status: '', busy: false } : view.empty), () =>
    s ? drawHead(s) : [el('div', { class: 'empty' }, icon('shield'), el('p', {}, view.empty))]);
  part('progress', JSON.stringify(s && [s.busy, s.status, s.preview === null, s.id]), () => (s ? drawProgress(s) : []));
  part('summary', s?.preview ? `${s.id} ${s.preview.key}` : 'none', () => (s?.preview ? [drawSummary(s.preview)] : []));
  part('facts', JSON.stringify(s?.facts ?? null), () => (s ? drawFacts(s) : []));
  part('preview', s?.preview ? `${s.id} ${s.preview.key}` : 'none', () => (s?.preview ? [drawPreview(s.preview)] : []));
  graph.follow(s?.preview ?? null, s?.id ?? '');
  showActions(s);
  const said = s ? `${s.title}. ${s.stateText}. ${s.busy ? s.status : (s.preview?.headline ?? s.status)}` : view.empty;
  if (byId('live').textContent !== said) byId('live').textContent = said;
}

for (const button of document.querySelectorAll<HTMLButtonElement>('#actions button')) {
  button.addEventListener('click', () => send(button.dataset['action'] as Parameters<typeof send>[0]));
}
document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : undefined;
  const key = target?.closest<HTMLElement>('[data-graph-key]')?.dataset['graphKey'];
  if (key !== undefined) graph.open(key);
  else if (target?.closest('#open-graph')) graph.toggle();
});
window.addEventListener('message', (event) => {
  const message = readHostMessage(event.data);
  if (message) show(message.view);
});
host.postMessage({ type: 'ready' });
