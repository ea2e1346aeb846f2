/// <reference lib="dom" />
import type { StylesheetJson } from 'cytoscape';
import { over, parseColor, type Rgba } from './graph-colors';
import type { NodeKind } from './graph-model';

/** How a kind looks. No two look the same without color, and each node says its kind in words too. */
const LOOKS: Readonly<Record<NodeKind, { readonly color: string; readonly shape: string; readonly line: string; readonly width: number; readonly fill: number }>> = {
  lost: { color: '--bad', shape: 'cut-rectangle', line: 'solid', width: 4, fill: 0.22 },
  replaced: { color: '--warn', shape: 'cut-rectangle', line: 'dashed', width: 3, fill: 0.14 },
  interrupted: { color: '--warn', shape: 'round-rectangle', line: 'dashed', width: 3, fill: 0.1 },
  unknown: { color: '--warn', shape: 'round-rectangle', line: 'dotted', width: 4, fill: 0.1 },
  snapshotted: { color: '--info', shape: 'barrel', line: 'solid', width: 3, fill: 0.1 },
  retained: { color: '--info', shape: 'rectangle', line: 'double', width: 5, fill: 0.06 },
  modified: { color: '--info', shape: 'round-rectangle', line: 'solid', width: 2, fill: 0.06 },
  added: { color: '--good', shape: 'round-rectangle', line: 'dashed', width: 2, fill: 0.06 },
  outside: { color: '--vscode-foreground', shape: 'round-rectangle', line: 'dotted', width: 2, fill: 0 },
  unchanged: { color: '--dim', shape: 'rectangle', line: 'solid', width: 1, fill: 0 },
};

export const NODE_WIDTH = 196;
export const NODE_HEIGHT = 66;

/** The style of the graph in the colors of the theme as it is now. */
export function graphStyle(root: HTMLElement): StylesheetJson {
  const probe = document.createElement('span');
  root.append(probe);
  const read = (name: string, other: Rgba): Rgba => {
    probe.style.color = '';
    probe.style.color = `var(${name})`;
    return parseColor(getComputedStyle(probe).color) ?? other;
  };
  const ground = read('--vscode-editor-background', [30, 30, 30, 1]);
  const text = over(read('--vscode-foreground', [204, 204, 204, 1]), ground);
  const dim = over(read('--dim', [150, 150, 150, 1]), ground);
  const focus = over(read('--vscode-focusBorder', [0, 120, 212, 1]), ground);
  const colors = new Map(Object.values(LOOKS).map((look) => [look.color, read(look.color, [150, 150, 150, 1])]));
  const family = getComputedStyle(document.body).fontFamily.replaceAll("'", '"');
  probe.remove();
  const flat = over(ground, ground);
  const highContrast = /vscode-high-contrast/.test(document.body.className);
  const kinds = Object.entries(LOOKS).map(([kind, look]) => {
    const color = colors.get(look.color) ?? ground;
    return {
      selector: `node.${kind}`,
      style: {
        shape: look.shape, 'border-style': look.line, 'border-width': look.width, 'border-color': over(color, ground),
        'background-color': highContrast ? flat : over(color, ground, look.fill),
        ...(kind === 'outside' ? { 'corner-radius': NODE_HEIGHT / 2 } : {}),
      },
    };
  });
  const sheet = [
    {
      selector: 'node',
      style: {
        width: NODE_WIDTH, height: NODE_HEIGHT, label: 'data(label)', color: text, 'font-size': 12, 'font-family': /^[\w\s,"-]+$/.test(family) ? family : 'sans-serif',
        'text-wrap': 'wrap', 'text-valign': 'center', 'text-halign': 'center', 'line-height': 1.25, 'min-zoomed-font-size': 5, 'overlay-opacity': 0,
      },
    },
    ...kinds,
    { selector: 'node.group', style: { ghost: 'yes', 'ghost-offset-x': 6, 'ghost-offset-y': 6, 'ghost-opacity': 0.55 } },
    {
      selector: 'edge',
      style: {
        width: 1.5, 'line-color': dim, 'target-arrow-color': dim, 'target-arrow-shape': 'triangle', 'curve-style': 'bezier', opacity: highContrast ? 0.9 : 0.55, 'arrow-scale': 1,
        'font-family': /^[\w\s,"-]+$/.test(family) ? family : 'sans-serif', 'overlay-opacity': 0,
      },
    },
    { selector: 'edge.many', style: { 'curve-style': 'straight', opacity: 0.3 } },
    { selector: '.faded', style: { opacity: 0.22 } },
    { selector: 'node.hit', style: { 'outline-width': 3, 'outline-color': focus, 'outline-offset': 3, 'outline-style': 'dashed' } },
    {
      selector: 'edge.near',
      style: {
        width: 3, opacity: 1, 'line-color': focus, 'target-arrow-color': focus, 'z-index': 10,
      },
    },
    {
      // Many labels at one node cover each other: the details beside the graph say every reason.
      selector: 'edge.said',
      style: {
        label: 'data(why)', color: text, 'font-size': 11, 'text-wrap': 'wrap', 'text-max-width': '116px',
        'text-background-color': flat, 'text-background-opacity': 0.92, 'text-background-padding': '3px', 'text-rotation': 'none', 'min-zoomed-font-size': 6,
      },
    },
    { selector: 'node.near', style: { opacity: 1 } },
    { selector: 'node.chosen', style: { opacity: 1, 'outline-width': 4, 'outline-color': focus, 'outline-offset': 4, 'outline-style': 'solid', 'z-index': 11 } },
  ];
  // The library's types name every property; the table above is checked by the page test, which fails on a warning of the library.
  return sheet as unknown as StylesheetJson;
}
