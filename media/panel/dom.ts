/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Outcome } from '../../src/model';

type Child = Node | string | null | undefined | false;

/** An element with attributes and children. Text goes in as text nodes only, so nothing shown is ever read as markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Readonly<Record<string, string>> = {}, ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((c): c is Node | string => c !== null && c !== undefined && c !== false && c !== ''));
  return node;
}

/** 16 × 16 line drawings, one for each outcome, so that color is never the only sign. */
const PATHS: Readonly<Record<Outcome | 'chevron' | 'arrow' | 'shield' | 'warning' | 'graph' | 'source', string>> = {
  lost: 'M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5M6.7 7v3.6M9.3 7v3.6',
  replaced: 'M3 6.5h8.5L9 4M13 9.5H4.5L7 12',
  interrupted: 'M8 2.5v5M4.8 4.6a4.8 4.8 0 1 0 6.4 0',
  unknown: 'M5.8 6.2a2.2 2.2 0 1 1 3.3 1.9c-.8.4-1.1.8-1.1 1.6M8 11.9v.1M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z',
  snapshotted: 'M2.5 5h2.7l1-1.5h3.6l1 1.5h2.7v7.5h-11zM8 6.4a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z',
  retained: 'M4 7.5h8V13H4zM5.7 7.5V5.3a2.3 2.3 0 0 1 4.6 0v2.2',
  modified: 'M3 13l.6-2.6 7-7 2 2-7 7zM9.4 4.6l2 2',
  added: 'M8 3v10M3 8h10',
  unchanged: 'M3.5 6.2h9M3.5 9.8h9',
  chevron: 'M6 4l4 4-4 4',
  arrow: 'M2.5 8h10.5M9.5 4.5L13 8l-3.5 3.5',
  shield: 'M8 1.8l5 1.7v4c0 3.2-2 5.4-5 6.7-3-1.3-5-3.5-5-6.7v-4z',
  graph: 'M4 2.5a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zM12.2 6.4a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zM4.6 10.4a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zM5.7 5l4.8 2.4M6.2 11.4l4.4-2.3',
  source: 'M3.5 2.5h6l3 3v8h-9zM9.5 2.5v3h3M5.5 8h5M5.5 10.5h5',
  warning: 'M8 2.5l6 10.8H2zM8 6.4v3.4M8 11.6v.1',
};

export function icon(name: keyof typeof PATHS): SVGElement {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(ns, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** The element of the fixed page with this id. */
export function byId(id: string): HTMLElement {
  const node = document.getElementById(id);
  if (!node) throw new Error(`The page has no #${id}.`);
  return node;
}

/** How many rows of a list are drawn before a person asks for the rest. */
const FIRST_ROWS = 200;
const PIECE = 100;

export interface Rows {
  /** Draws the first rows, once. */
  start(): void;
  /** Draws at least as far as this index, and gives its element. */
  upTo(index: number): HTMLElement | undefined;
}

/**
 * The rows of a list: the first at once, some more between frames, and the rest when they are asked for, so that thousands
 * of rows never block the page. Stops by itself when the list has left the document.
 */
export function rows<T>(list: HTMLElement, items: readonly T[], draw: (item: T) => HTMLElement): Rows {
  let drawn = 0;
  let wanted = 0;
  const more = el('button', { type: 'button', class: 'more' });
  const add = (count: number): void => {
    list.append(...items.slice(drawn, drawn + count).map(draw));
    drawn = Math.min(items.length, drawn + count);
  };
  const go = (): void => {
    if (!list.isConnected) return;
    if (drawn < wanted) {
      add(Math.min(PIECE, wanted - drawn));
      requestAnimationFrame(go);
      return;
    }
    const left = items.length - drawn;
    if (left <= 0) return more.remove();
    more.textContent = `Show ${left.toLocaleString('en-US')} more`;
    list.after(more);
  };
  more.addEventListener('click', () => {
    wanted = items.length;
    const first = drawn;
    add(PIECE);
    more.remove();
    go();
    // The button that had the focus is gone: it goes on at the first new row.
    const row = list.children[first];
    row?.setAttribute('tabindex', '-1');
    (row as HTMLElement | undefined)?.focus();
  });
  const start = (): void => {
    if (wanted > 0) return;
    wanted = Math.min(items.length, FIRST_ROWS);
    add(60);
    requestAnimationFrame(go);
  };
  return {
    start,
    upTo(index) {
      start();
      if (index >= drawn) {
        wanted = Math.max(wanted, index + 1);
        add(index + 1 - drawn);
        go();
      }
      return list.children[index] as HTMLElement | undefined;
    },
  };
}
