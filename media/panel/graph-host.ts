/// <reference lib="dom" />
import type { PreviewView } from '../../src/editor/panel-protocol';
import { byId, el } from './dom';
import type { Graph, GraphModule } from './graph-types';
import { showRow } from './preview';

let loading: Promise<GraphModule> | undefined;

/** Loads the graph's bundle, once, under the page's own nonce. Rejects when it can't be loaded. */
function load(nonce: string): Promise<GraphModule> {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.nonce = nonce;
    script.src = document.body.dataset['graph'] ?? '';
    script.addEventListener('load', () => (globalThis.holdpointGraph ? resolve(globalThis.holdpointGraph) : reject(new Error('no graph'))));
    script.addEventListener('error', () => {
      loading = undefined;
      reject(new Error('not loaded'));
    });
    document.head.append(script);
  });
  return loading;
}

export interface GraphHost {
  /** A preview is on the page, or none: an open graph follows it. */
  readonly follow: (preview: PreviewView | null, id: string) => void;
  readonly toggle: () => void;
  readonly open: (key: string) => void;
}

/** The place of the graph in the page: opened by a button or from a row, closed again, drawn anew when the preview is another. */
export function graphHost(nonce: string): GraphHost {
  let preview: PreviewView | null = null;
  let shown: { readonly graph: Graph; readonly key: string } | undefined;
  let key = '';
  let wanted = false;

  const button = (): HTMLElement | null => document.getElementById('open-graph');
  const mark = (): void => {
    byId('graph').hidden = !wanted || preview === null;
    const node = button();
    node?.setAttribute('aria-expanded', String(wanted));
    node?.querySelector('.label')?.replaceChildren(wanted ? 'Hide the graph' : 'Show as graph');
  };
  const close = (): void => {
    wanted = false;
    shown?.graph.dispose();
    shown = undefined;
    byId('graph').replaceChildren();
    mark();
  };
  const draw = async (): Promise<Graph | undefined> => {
    mark();
    if (shown?.key === key) return shown.graph;
    shown?.graph.dispose();
    shown = undefined;
    const root = byId('graph');
    if (!globalThis.holdpointGraph) root.replaceChildren(el('p', { class: 'graph-loading' }, 'Drawing…'));
    try {
      const module = await load(nonce);
      // Meanwhile it may have been closed, or another preview may have come.
      if (!wanted || !preview) return undefined;
      if (!shown) {
        root.replaceChildren();
        shown = { key, graph: module.mount(root, preview, { leave: () => button()?.focus(), showInList: showRow }) };
      }
      return shown.graph;
    } catch {
      root.replaceChildren(el('p', { class: 'graph-loading' }, 'The graph could not be drawn. The lists below have all of it.'));
      return undefined;
    }
  };
  return {
    follow(next, id) {
      preview = next;
      key = next ? `${id} ${next.key}` : '';
      if (!wanted) return;
      if (next) void draw();
      else close();
    },
    toggle() {
      if (wanted) return close();
      wanted = true;
      void draw().then((graph) => {
        byId('graph').scrollIntoView({ block: 'nearest' });
        graph?.focus();
      });
    },
    open(node) {
      wanted = true;
      void draw().then((graph) => {
        byId('graph').scrollIntoView({ block: 'nearest' });
        graph?.select(node);
        graph?.focus();
      });
    },
  };
}
