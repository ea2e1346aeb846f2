import type { Outcome } from '../../src/model';
import type { GraphEdge, PreviewView } from '../../src/editor/panel-protocol';

/** What happens to a node; `outside` is not part of what was previewed, but needs a part of it or is needed. */
export type NodeKind = Outcome | 'outside';

/** From the worst on: the order in which a reader must see them, and the one of the layout. */
export const RANKS: readonly NodeKind[] = [
  'lost', 'replaced', 'interrupted', 'unknown', 'snapshotted', 'retained', 'modified', 'added', 'outside', 'unchanged',
];

export interface GraphNode {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly kind: NodeKind;
  /** The kind in a word ("Lost"). */
  readonly label: string;
  readonly data: string;
  readonly owner: string;
  readonly physicalId: string;
}

export interface GraphModel {
  /** Worst first. */
  readonly nodes: readonly GraphNode[];
  readonly byKey: ReadonlyMap<string, GraphNode>;
  readonly edges: readonly GraphEdge[];
  /** The edges that begin at a node: what it needs. */
  readonly needs: ReadonlyMap<string, readonly GraphEdge[]>;
  /** The edges that end at a node: what needs it. */
  readonly neededBy: ReadonlyMap<string, readonly GraphEdge[]>;
}

/** The graph of a preview. Edges whose ends are not in it, and those from a node to itself, are left out. */
export function graphModel(preview: Pick<PreviewView, 'groups' | 'outside' | 'edges'>): GraphModel {
  const resources = preview.groups.flatMap((group) => group.rows.map((row): GraphNode => ({
    key: row.key, name: row.name, type: row.type, kind: group.outcome, label: group.label, data: row.data, owner: row.owner, physicalId: row.physicalId,
  })));
  const outside = preview.outside.map((node): GraphNode => ({
    key: node.key, name: node.name, type: 'not part of this change', kind: 'outside', label: 'Outside', data: '', owner: '', physicalId: '',
  }));
  const nodes = [...resources, ...outside].sort((a, b) => RANKS.indexOf(a.kind) - RANKS.indexOf(b.kind));
  const byKey = new Map(nodes.map((n) => [n.key, n]));
  const edges = preview.edges.filter((e) => e.from !== e.to && byKey.has(e.from) && byKey.has(e.to));
  return { nodes, byKey, edges, needs: gathered(edges, (e) => e.from), neededBy: gathered(edges, (e) => e.to) };
}

function gathered(edges: readonly GraphEdge[], at: (edge: GraphEdge) => string): Map<string, GraphEdge[]> {
  const map = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const list = map.get(at(edge));
    if (list) list.push(edge);
    else map.set(at(edge), [edge]);
  }
  return map;
}

/** The nodes that have all words of a query in their name, type, physical id, owner or outcome; none for an empty query. */
export function search(model: GraphModel, query: string): readonly GraphNode[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return model.nodes.filter((n) => {
    const text = `${n.name} ${n.type} ${n.physicalId} ${n.owner} ${n.label}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
