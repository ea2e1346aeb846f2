/// <reference lib="dom" />
import type { PreviewView } from '../../src/editor/panel-protocol';

/** What dist/panel-graph.js brings. */
export interface GraphModule {
  readonly mount: (root: HTMLElement, preview: PreviewView, on: GraphEvents) => Graph;
}

export interface GraphEvents {
  /** The person wants to go on outside of the graph. */
  readonly leave: () => void;
  readonly showInList: (key: string) => void;
}

export interface Graph {
  /** Shows a resource or an outside node, and says it. */
  readonly select: (key: string) => void;
  readonly focus: () => void;
  readonly dispose: () => void;
}

declare global {
  var holdpointGraph: GraphModule | undefined;
}
