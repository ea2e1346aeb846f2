/// <reference lib="dom" />
import type { GraphEdge } from '../../src/editor/panel-protocol';
import type { NodeGroup, VisibleGraph } from './graph-collapse';
import { el } from './dom';
import type { GraphModel, GraphNode } from './graph-model';
import { number } from './graph-words';

/** How many neighbours or members are listed; the list below the graph has them all. */
const MOST = 30;

export interface DetailsEvents {
  readonly go: (key: string) => void;
  readonly open: (id: string) => void;
  readonly showInList: (key: string) => void;
}

/** What is said of the selected node or group, with a button for each node that it leads to. */
export function drawDetails(model: GraphModel, graph: VisibleGraph, id: string | undefined, on: DetailsEvents): readonly Node[] {
  const { node, group } = (id === undefined ? undefined : graph.byId.get(id)) ?? {};
  if (node) return drawNode(model, node, on);
  if (group && id !== undefined) return drawGroup(id, group, on);
  return [el('p', { class: 'dim' }, 'Select a node to see who needs it, and why.')];
}

function button(text: string, press: () => void, kind = 'secondary'): HTMLElement {
  const node = el('button', { type: 'button', class: kind }, text);
  node.addEventListener('click', press);
  return node;
}

function drawNode(model: GraphModel, node: GraphNode, on: DetailsEvents): readonly Node[] {
  const end = (edges: readonly GraphEdge[], at: 'from' | 'to'): HTMLElement => el('ul', {},
    ...edges.slice(0, MOST).map((e) => el('li', {}, button(model.byKey.get(e[at])?.name ?? e[at], () => on.go(e[at]), 'name'), el('span', { class: 'dim' }, ` ${e.why}`))),
    edges.length > MOST ? el('li', { class: 'dim' }, `and ${number(edges.length - MOST)} more`) : null);
  const neededBy = model.neededBy.get(node.key) ?? [];
  const needs = model.needs.get(node.key) ?? [];
  return [
    el('h4', { tabindex: '-1' }, node.name),
    el('p', { class: 'dim' }, [node.type, node.physicalId === node.name ? '' : node.physicalId, node.owner].filter(Boolean).join(' · ')),
    el('p', { class: 'fate', 'data-outcome': node.kind }, [node.label, node.data].filter(Boolean).join(', ')),
    el('h5', {}, neededBy.length === 0 ? 'Nothing that was seen needs it' : 'Needed by'), end(neededBy, 'from'),
    ...(needs.length === 0 ? [] : [el('h5', {}, 'Needs'), end(needs, 'to')]),
    ...(node.kind === 'outside' ? [] : [button('Show in the list', () => on.showInList(node.key))]),
  ];
}

function drawGroup(id: string, group: NodeGroup, on: DetailsEvents): readonly Node[] {
  return [
    el('h4', { tabindex: '-1' }, `${number(group.members.length)} × ${group.type || 'resources'}`),
    el('p', { class: 'dim' }, group.owner),
    el('p', { class: 'fate', 'data-outcome': group.kind }, group.label),
    button('Open the group', () => on.open(id)),
    el('ul', {}, ...group.members.slice(0, MOST).map((m) => el('li', {}, button(m.name, () => on.go(m.key), 'name'))),
      group.members.length > MOST ? el('li', { class: 'dim' }, `and ${number(group.members.length - MOST)} more`) : null),
  ];
}
