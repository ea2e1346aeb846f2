import type { GraphModel, GraphNode, NodeKind } from './graph-model';

export type GroupBy = 'none' | 'type' | 'owner';

/** What of the graph is drawn. */
export interface Shown {
  readonly by: GroupBy;
  /** How many of a group are drawn one by one. */
  readonly opened: ReadonlyMap<string, number>;
  /** Nodes that are drawn for themselves whatever their group: found by a search, or chosen in the list. */
  readonly single: ReadonlySet<string>;
}

/** Several nodes drawn as one: all of one outcome, so that nothing lost hides behind what stays. */
export interface NodeGroup {
  readonly members: readonly GraphNode[];
  readonly kind: NodeKind;
  readonly label: string;
  /** The type they share, or nothing. */
  readonly type: string;
  readonly owner: string;
}

export interface VisibleNode {
  /** The key of its node, or of its group. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly node?: GraphNode;
  readonly group?: NodeGroup;
}

export interface VisibleEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Why, of the first; with how many more there are. */
  readonly why: string;
  readonly count: number;
}

export interface VisibleGraph {
  /** Worst first. */
  readonly nodes: readonly VisibleNode[];
  readonly byId: ReadonlyMap<string, VisibleNode>;
  readonly edges: readonly VisibleEdge[];
  /** Where each node of the model is drawn. */
  readonly at: ReadonlyMap<string, string>;
}

/** More than this many nodes are not drawn one by one unless asked for. */
export const MANY = 300;
const FEW = 8;
/** How many of a group one opening adds. */
const STEP = 100;

const groupKey = (node: GraphNode, by: GroupBy): string => JSON.stringify(['group', node.kind, node.owner, by === 'type' ? node.type : '']);

/**
 * What to draw at first: everything while that is readable, else groups by type, or by owner where the types are too many.
 * A few large groups alone would tell little: they begin opened.
 */
export function firstShown(model: GraphModel): Shown {
  const groups = (by: GroupBy): Set<string> => new Set(model.nodes.map((n) => groupKey(n, by)));
  if (model.nodes.length <= MANY) return { by: 'none', opened: new Map(), single: new Set() };
  const types = groups('type');
  const own = types.size <= MANY ? types : groups('owner');
  const each = Math.floor(MANY / own.size);
  return { by: own === types ? 'type' : 'owner', opened: new Map(own.size < FEW ? [...own].map((key) => [key, each]) : []), single: new Set() };
}

/** The nodes and edges to draw: groups of two and more stand as one node each, with the edges of their members. */
export function visibleGraph(model: GraphModel, shown: Shown): VisibleGraph {
  const rest = new Map<string, GraphNode[]>();
  const drawn = new Map<string, number>();
  const at = new Map<string, string>();
  const order: VisibleNode[] = [];
  for (const node of model.nodes) {
    const key = groupKey(node, shown.by);
    const count = drawn.get(key) ?? 0;
    if (shown.by === 'none' || shown.single.has(node.key) || count < (shown.opened.get(key) ?? 0)) {
      if (!shown.single.has(node.key)) drawn.set(key, count + 1);
      order.push({ id: node.key, kind: node.kind, node });
      at.set(node.key, node.key);
      continue;
    }
    const members = rest.get(key);
    if (members) {
      members.push(node);
      continue;
    }
    const list = [node];
    rest.set(key, list);
    order.push({ id: key, kind: node.kind, group: { members: list, kind: node.kind, label: node.label, type: shown.by === 'type' ? node.type : '', owner: node.owner } });
  }
  // A group of one is no group.
  const nodes = order.map((n): VisibleNode => {
    const [only, second] = n.group?.members ?? [];
    return only && !second ? { id: only.key, kind: only.kind, node: only } : n;
  });
  for (const n of nodes) for (const member of n.group?.members ?? (n.node ? [n.node] : [])) at.set(member.key, n.id);
  return { nodes, byId: new Map(nodes.map((n) => [n.id, n])), edges: visibleEdges(model, at), at };
}

function visibleEdges(model: GraphModel, at: ReadonlyMap<string, string>): VisibleEdge[] {
  const edges = new Map<string, { readonly from: string; readonly to: string; readonly why: string; count: number }>();
  for (const edge of model.edges) {
    const [from, to] = [at.get(edge.from), at.get(edge.to)];
    if (from === undefined || to === undefined || from === to) continue;
    const id = `${from}\n${to}`;
    const known = edges.get(id);
    if (known) known.count++;
    else edges.set(id, { from, to, why: edge.why, count: 1 });
  }
  return [...edges].map(([id, e]) => ({ id, ...e, why: e.count === 1 ? e.why : `${e.why} (and ${e.count - 1} more)` }));
}

/** With a group opened, or opened further. Anything that is no group leaves it as it is. */
export function opened(graph: VisibleGraph, shown: Shown, id: string): Shown {
  if (!graph.byId.get(id)?.group) return shown;
  return { ...shown, opened: new Map(shown.opened).set(id, (shown.opened.get(id) ?? 0) + STEP) };
}

/** With a node drawn for itself. */
export function revealed(graph: VisibleGraph, shown: Shown, key: string): Shown {
  return graph.at.get(key) === key ? shown : { ...shown, single: new Set(shown.single).add(key) };
}
