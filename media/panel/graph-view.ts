/// <reference lib="dom" />
import type { PreviewView } from '../../src/editor/panel-protocol';
import { el } from './dom';
import { createCanvas, wantedHeight } from './graph-canvas';
import { firstShown, opened, revealed, visibleGraph, type GroupBy, type Shown } from './graph-collapse';
import { drawDetails } from './graph-details';
import { graphModel, search, type GraphNode } from './graph-model';
import type { Graph, GraphEvents } from './graph-types';
import { step, type Direction } from './graph-walk';
import { number, sentence } from './graph-words';

const ARROWS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
const HELP = 'Arrow keys follow what needs what, Enter opens, + and - zoom, 0 fits, / searches, Escape leaves.';

function toolButton(text: string, name: string, press: () => void): HTMLElement {
  const node = el('button', { type: 'button', class: 'secondary', 'aria-label': name, title: name }, text);
  node.addEventListener('click', press);
  return node;
}

/** Draws the graph of a preview into a part of the page. Everything it tells is in the lists of the page too. */
export function mountGraph(root: HTMLElement, preview: PreviewView, on: GraphEvents): Graph {
  const model = graphModel(preview);
  let shown: Shown = firstShown(model);
  let graph = visibleGraph(model, shown);
  let places: ReturnType<typeof canvas.draw> = new Map();
  let chosen: string | undefined;
  let hits: readonly GraphNode[] = [];

  const said = el('div', { class: 'for-readers', id: 'graph-said', role: 'status', 'aria-live': 'polite' });
  const count = el('span', { class: 'graph-count' });
  const input = el('input', { type: 'search', class: 'graph-search', 'aria-label': 'Search the graph', placeholder: 'Search: name, type, stack, outcome', spellcheck: 'false' });
  const groupBy = el('select', { 'aria-label': 'Group nodes' },
    ...([['none', 'Each for itself'], ['type', 'Group by type'], ['owner', 'Group by stack']] as const).map(([value, text]) => el('option', { value }, text)));
  const stage = el('div', { class: 'graph-stage', role: 'application', tabindex: '0', 'aria-label': `Graph of the blast radius, ${number(model.nodes.length)} nodes. ${HELP}` });
  const field = el('div', { class: 'graph-field', 'aria-hidden': 'true' });
  const details = el('div', { class: 'graph-details', role: 'region', 'aria-label': 'The selected node' });
  stage.append(field);
  root.append(
    el('div', { class: 'graph-tools', role: 'toolbar', 'aria-label': 'Graph' },
      input, count, groupBy, toolButton('−', 'Zoom out', () => canvas.zoom(1 / 1.3)), toolButton('+', 'Zoom in', () => canvas.zoom(1.3)), toolButton('Fit', 'Show all of it', () => canvas.fit())),
    el('div', { class: 'graph-body' }, stage, details),
    el('p', { class: 'graph-help' }, `An arrow points from who needs to what is needed. ${HELP}`),
    said);

  const canvas = createCanvas(field, (id, twice) => {
    stage.focus({ preventScroll: true });
    if (id === undefined) return;
    choose(id);
    if (twice) open(id);
  });

  const say = (text: string): void => {
    said.textContent = text;
  };
  function choose(id: string | undefined): void {
    chosen = id;
    canvas.choose(id);
    details.replaceChildren(...drawDetails(model, graph, id, { go, open, showInList: on.showInList }));
    details.scrollTop = 0;
    if (id !== undefined) say(sentence(model, graph, id));
  }
  function redraw(): void {
    graph = visibleGraph(model, shown);
    places = canvas.draw(graph);
    markHits();
  }
  /** Selects a node of the model, taken out of its group where it is in one. */
  function go(key: string): void {
    if (!model.byKey.has(key)) return;
    const next = revealed(graph, shown, key);
    if (next !== shown) {
      shown = next;
      redraw();
    }
    choose(graph.at.get(key));
  }
  function open(id: string): void {
    const first = graph.byId.get(id)?.group?.members[0]?.key;
    if (first === undefined) return;
    shown = opened(graph, shown, id);
    redraw();
    choose(graph.at.get(first));
    say(`Opened. ${number(graph.nodes.length)} nodes are drawn. ${sentence(model, graph, chosen ?? '')}`);
  }
  function markHits(): void {
    canvas.found(input.value.trim() === '' ? undefined : new Set(hits.flatMap((h) => graph.at.get(h.key) ?? [])));
  }
  function find(): void {
    hits = search(model, input.value);
    count.textContent = input.value.trim() === '' ? '' : `${number(hits.length)} found`;
    markHits();
    if (count.textContent) say(`${count.textContent}. ${hits.length > 0 ? 'Enter goes to the first.' : ''}`);
  }
  function nextHit(by: 1 | -1): void {
    if (hits.length === 0) return;
    const now = hits.findIndex((h) => h.key === chosen);
    const index = now < 0 ? (by === 1 ? 0 : hits.length - 1) : (now + by + hits.length) % hits.length;
    go(hits[index]?.key ?? '');
    count.textContent = `${number(index + 1)} of ${number(hits.length)}`;
    say(`${count.textContent}. ${sentence(model, graph, chosen ?? '')}`);
  }

  input.addEventListener('input', find);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') nextHit(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') {
      input.value = '';
      find();
      stage.focus();
    } else return;
    event.preventDefault();
  });
  groupBy.value = shown.by;
  groupBy.addEventListener('change', () => {
    const key = chosen === undefined ? undefined : (graph.byId.get(chosen)?.node ?? graph.byId.get(chosen)?.group?.members[0])?.key;
    shown = { by: groupBy.value as GroupBy, opened: new Map(), single: new Set() };
    redraw();
    canvas.home();
    choose(key === undefined ? undefined : graph.at.get(key));
    say(`${number(graph.nodes.length)} nodes are drawn.`);
  });
  const keys: Readonly<Record<string, () => void>> = {
    Enter: () => {
      if (chosen === undefined) return choose(graph.nodes[0]?.id);
      if (graph.byId.get(chosen)?.group) open(chosen);
      else details.querySelector<HTMLElement>('h4')?.focus();
    },
    ' ': () => keys['Enter']?.(),
    Home: () => choose(graph.nodes[0]?.id),
    '+': () => canvas.zoom(1.3),
    '=': () => canvas.zoom(1.3),
    '-': () => canvas.zoom(1 / 1.3),
    '0': () => canvas.fit(),
    '/': () => input.focus(),
    Escape: () => on.leave(),
  };
  stage.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = ARROWS[event.key];
    const action = direction ? () => {
      const next = chosen === undefined ? graph.nodes[0]?.id : step(graph, places, chosen, direction);
      if (next === undefined) say('Nothing further in this direction.');
      else choose(next);
    } : Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (!action) return;
    event.preventDefault();
    action();
  });
  details.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') stage.focus();
  });
  // The page scrolls under the wheel until the graph has the focus.
  stage.addEventListener('focus', () => {
    canvas.wheel(true);
    if (chosen === undefined) choose(graph.nodes[0]?.id);
  });
  stage.addEventListener('blur', () => canvas.wheel(false));
  // A theme comes as classes of the body and variables of the root.
  const theme = new MutationObserver(() => canvas.restyle());
  theme.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });

  redraw();
  stage.style.height = `${Math.round(wantedHeight(places))}px`;
  canvas.home();
  choose(undefined);
  return {
    select: go,
    focus: () => stage.focus({ preventScroll: true }),
    dispose() {
      theme.disconnect();
      canvas.dispose();
      root.replaceChildren();
    },
  };
}
