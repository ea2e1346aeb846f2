/// <reference lib="dom" />
import cytoscape from 'cytoscape';
import type { VisibleGraph } from './graph-collapse';
import { COLUMN, layoutGraph, ROW, type Point } from './graph-layout';
import { RANKS } from './graph-model';
import { graphStyle, NODE_HEIGHT, NODE_WIDTH } from './graph-style';
import { nodeLabel, short } from './graph-words';

/** With more edges than this, curves cost more than they tell. */
const MANY_EDGES = 1500;
const READABLE = 0.6;
const MARGIN = 28;

/** The drawing: nodes and edges at their places, in the theme's colors. It knows nothing of what they mean. */
export interface Canvas {
  readonly draw: (graph: VisibleGraph) => ReadonlyMap<string, Point>;
  /** Marks the selected node and its edges, and brings it into view when it is not. */
  readonly choose: (id: string | undefined) => void;
  /** Marks what a search found, and fades the rest; undefined ends that. */
  readonly found: (ids: ReadonlySet<string> | undefined) => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  /** The first view: all of it while that is readable, else the corner where the worst stands. */
  readonly home: () => void;
  readonly wheel: (on: boolean) => void;
  readonly restyle: () => void;
  readonly dispose: () => void;
}

export function createCanvas(root: HTMLElement, onTap: (id: string | undefined, twice: boolean) => void): Canvas {
  cytoscape.warnings(true);
  const cy = cytoscape({
    container: root, style: graphStyle(root), layout: { name: 'preset' }, minZoom: 0.03, maxZoom: 2.5,
    autoungrabify: true, autounselectify: true, boxSelectionEnabled: false, hideEdgesOnViewport: true, userZoomingEnabled: false,
  });
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  cy.on('tap', (event) => onTap(event.target === cy ? undefined : idOf(event.target), false));
  cy.on('dbltap', 'node', (event) => onTap(idOf(event.target), true));
  // The panel may be resized, or hidden while the graph is made.
  const size = new ResizeObserver(() => cy.resize());
  size.observe(root);

  const move = (to: { zoom?: number; center?: { eles: cytoscape.CollectionArgument }; pan?: cytoscape.Position; fit?: { eles: cytoscape.CollectionArgument; padding: number } }): void => {
    cy.stop();
    if (still.matches || cy.elements().length > MANY_EDGES) cy.animate(to as cytoscape.AnimationOptions, { duration: 0 });
    else cy.animate(to as cytoscape.AnimationOptions, { duration: 140 });
  };
  return {
    draw(graph) {
      const places = layoutGraph(graph.nodes.map((n) => ({ id: n.id, rank: RANKS.indexOf(n.kind) })), graph.edges);
      const many = graph.edges.length > MANY_EDGES ? 'many' : '';
      cy.batch(() => {
        cy.elements().remove();
        cy.add(graph.nodes.map((n) => ({
          group: 'nodes' as const, data: { id: n.id, label: nodeLabel(n) }, position: { ...(places.get(n.id) ?? { x: 0, y: 0 }) }, classes: `${n.kind} ${n.group ? 'group' : ''}`,
        })));
        cy.add(graph.edges.map((e) => ({ group: 'edges' as const, data: { id: `edge ${e.id}`, source: e.from, target: e.to, why: short(e.why, 90) }, classes: many })));
      });
      return places;
    },
    choose(id) {
      cy.batch(() => {
        cy.elements('.chosen, .near').removeClass('chosen near said');
        if (id === undefined) return;
        const node = cy.getElementById(id);
        node.addClass('chosen');
        const edges = node.connectedEdges();
        edges.addClass('near').connectedNodes().addClass('near');
        if (edges.length <= 2) edges.filter((edge) => edge.source().position('x') !== edge.target().position('x')).addClass('said');
      });
      const node = id === undefined ? undefined : cy.getElementById(id);
      if (!node?.nonempty()) return;
      const box = node.renderedBoundingBox({ includeLabels: false, includeOverlays: false });
      const inside = box.x1 >= 0 && box.y1 >= 0 && box.x2 <= cy.width() && box.y2 <= cy.height();
      if (inside && cy.zoom() >= READABLE * 0.7) return;
      move({ center: { eles: node }, ...(cy.zoom() < READABLE ? { zoom: READABLE } : {}) });
    },
    found(ids) {
      cy.batch(() => {
        cy.elements('.hit, .faded').removeClass('hit faded');
        if (!ids) return;
        cy.nodes().forEach((n) => void n.addClass(ids.has(n.id()) ? 'hit' : 'faded'));
        cy.edges().addClass('faded');
      });
    },
    zoom(factor) {
      const middle = { x: cy.width() / 2, y: cy.height() / 2 };
      cy.stop();
      cy.zoom({ level: cy.zoom() * factor, renderedPosition: middle });
    },
    fit: () => move({ fit: { eles: cy.elements(), padding: MARGIN } }),
    home() {
      const box = cy.elements().boundingBox({ includeLabels: false });
      const all = Math.min((cy.width() - 2 * MARGIN) / box.w, (cy.height() - 2 * MARGIN) / box.h);
      const zoom = Math.min(1, Math.max(all, READABLE));
      // What fits is put in the middle; what does not begins at its corner.
      const at = (room: number, begin: number, length: number): number =>
        (length * zoom <= room - 2 * MARGIN ? (room - length * zoom) / 2 - begin * zoom : MARGIN - begin * zoom);
      cy.viewport({ zoom, pan: { x: at(cy.width(), box.x1, box.w), y: at(cy.height(), box.y1, box.h) } });
    },
    wheel: (on) => void cy.userZoomingEnabled(on),
    restyle: () => void cy.style(graphStyle(root)),
    dispose() {
      size.disconnect();
      cy.destroy();
    },
  };
}

const idOf = (target: unknown): string | undefined => {
  const element = target as { isNode?: () => boolean; id?: () => string };
  return element.isNode?.() ? element.id?.() : undefined;
};

/** How much room a graph wants, so that a small one gets no large empty field. */
export function wantedHeight(places: ReadonlyMap<string, Point>): number {
  let [width, height] = [0, 0];
  for (const { x, y } of places.values()) [width, height] = [Math.max(width, x), Math.max(height, y)];
  return Math.min(560, Math.max(240, height * Math.min(1, 900 / (width + COLUMN)) + NODE_HEIGHT + ROW + (width > 0 ? 0 : NODE_WIDTH / 8)));
}
