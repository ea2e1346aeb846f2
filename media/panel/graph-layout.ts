/** A place in the plane; x grows to the right, y downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is placed: `rank` is 0 for the worst. */
export interface LayoutNode {
  readonly id: string;
  readonly rank: number;
}

export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
}

/** The distance of the middles of two neighbours. */
export const COLUMN = 310;
export const ROW = 96;
const GAP = 0.5;

/** Nodes placed against each other, in columns and rows from its own corner. */
interface Block {
  readonly rank: number;
  /** Whether its nodes stand alone, each for itself. */
  readonly loose: boolean;
  readonly cells: readonly (readonly [id: string, column: number, row: number])[];
  readonly columns: number;
  readonly rows: number;
}

/**
 * Places a graph in layers, in about linear time: what is worst stands at the left and at the top, and what needs a node
 * stands to the right of it. Parts that nothing connects are placed for themselves, the worst first. Cycles are cut.
 * @param nodes worst first. @param edges `from` needs `to`; their ends must be among the nodes.
 */
export function layoutGraph(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): ReadonlyMap<string, Point> {
  const near = neighbours(nodes, edges);
  const blocks: Block[] = [];
  const alone = new Map<number, string[]>();
  const width = Math.max(4, Math.ceil(Math.sqrt((nodes.length * ROW * 1.8) / COLUMN)));
  for (const part of components(nodes, near)) {
    const [first] = part;
    if (!first) continue;
    if (part.length > 1) blocks.push(layered(part, near));
    else if (!alone.get(first.rank)?.push(first.id)) alone.set(first.rank, [first.id]);
  }
  for (const [rank, ids] of alone) blocks.push(grid(rank, ids, width));
  // Among equals, what is connected says more; grids come last. The sort is stable.
  return packed(blocks.sort((a, b) => a.rank - b.rank), width);
}

interface Near {
  /** What it needs, and what needs it. */
  readonly needs: LayoutNode[];
  readonly neededBy: LayoutNode[];
}

function neighbours(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): ReadonlyMap<string, Near> {
  const byId = new Map(nodes.map((n) => [n.id, n]));
  const near = new Map<string, Near>(nodes.map((n) => [n.id, { needs: [], neededBy: [] }]));
  for (const edge of edges) {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    if (!from || !to || from === to) continue;
    near.get(from.id)?.needs.push(to);
    near.get(to.id)?.neededBy.push(from);
  }
  return near;
}

/** The connected parts, each in the order of the nodes. */
function components(nodes: readonly LayoutNode[], near: ReadonlyMap<string, Near>): LayoutNode[][] {
  const part = new Map<string, number>();
  let count = 0;
  for (const start of nodes) {
    if (part.has(start.id)) continue;
    part.set(start.id, count);
    const waiting = [start];
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      const { needs = [], neededBy = [] } = near.get(node.id) ?? {};
      for (const other of [...needs, ...neededBy]) {
        if (part.has(other.id)) continue;
        part.set(other.id, count);
        waiting.push(other);
      }
    }
    count++;
  }
  const parts = Array.from({ length: count }, (): LayoutNode[] => []);
  for (const node of nodes) parts[part.get(node.id) ?? 0]?.push(node);
  return parts;
}

/**
 * How far each node is from what hurts it: the longest way over needs that lead to something at least as bad. A need of
 * something better never moves a node to the right, so the worst of a part stand in its first column.
 */
function depths(part: readonly LayoutNode[], near: ReadonlyMap<string, Near>): ReadonlyMap<string, number> {
  const depth = new Map<string, number>();
  const onWay = new Set<string>();
  const waysOf = (node: LayoutNode): readonly LayoutNode[] => (near.get(node.id)?.needs ?? []).filter((to) => to.rank <= node.rank);
  for (const start of part) {
    if (depth.has(start.id)) continue;
    // Depth first without recursion: a chain may be longer than the stack is deep.
    const way = [{ node: start, ways: waysOf(start), next: 0 }];
    onWay.add(start.id);
    for (let at = way.at(-1); at; at = way.at(-1)) {
      const to = at.ways[at.next++];
      if (!to) {
        // A need that is still on the way closes a cycle: it is cut here.
        depth.set(at.node.id, at.ways.reduce((most, w) => Math.max(most, depth.get(w.id) ?? -1), -1) + 1);
        onWay.delete(at.node.id);
        way.pop();
      } else if (!depth.has(to.id) && !onWay.has(to.id)) {
        onWay.add(to.id);
        way.push({ node: to, ways: waysOf(to), next: 0 });
      }
    }
  }
  return depth;
}

function layered(part: readonly LayoutNode[], near: ReadonlyMap<string, Near>): Block {
  const depth = depths(part, near);
  const layers: LayoutNode[][] = [];
  for (const node of part) {
    const at = depth.get(node.id) ?? 0;
    (layers[at] ??= []).push(node);
  }
  const tall = Math.max(8, Math.ceil(Math.sqrt((part.length * COLUMN) / ROW)));
  const row = new Map<string, number>();
  const columns: LayoutNode[][] = [];
  for (const layer of layers.filter(Boolean)) {
    const wish = new Map(layer.map((n) => [n.id, middle(near.get(n.id)?.needs ?? [], row)]));
    layer.sort((a, b) => a.rank - b.rank || (wish.get(a.id) ?? 0) - (wish.get(b.id) ?? 0));
    for (let i = 0; i < layer.length; i += tall) columns.push(layer.slice(i, i + tall));
    layer.forEach((n, i) => row.set(n.id, i % tall));
  }
  return folded(part[0]?.rank ?? 0, columns);
}

/** The mean row of those that are placed already. */
function middle(others: readonly LayoutNode[], row: ReadonlyMap<string, number>): number {
  let [sum, count] = [0, 0];
  for (const other of others) {
    const at = row.get(other.id);
    if (at === undefined) continue;
    sum += at;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** A long chain would be a thread that no window shows: it goes on in the next line, back and forth, so that neighbours stay neighbours. */
function folded(rank: number, columns: readonly (readonly LayoutNode[])[]): Block {
  const count = columns.reduce((sum, c) => sum + c.length, 0);
  const perLine = Math.max(12, Math.ceil(Math.sqrt((count * ROW * 1.8) / COLUMN)));
  const cells: (readonly [string, number, number])[] = [];
  let top = 0;
  for (let start = 0, line = 0; start < columns.length; start += perLine, line++) {
    const own = columns.slice(start, start + perLine);
    own.forEach((column, i) => column.forEach((n, j) => cells.push([n.id, line % 2 === 0 ? i : perLine - 1 - i, top + j])));
    top += Math.max(...own.map((c) => c.length)) + GAP;
  }
  return { rank, loose: false, cells, columns: Math.min(columns.length, perLine), rows: top - GAP };
}

function grid(rank: number, ids: readonly string[], width: number): Block {
  return {
    rank,
    loose: true,
    cells: ids.map((id, i) => [id, i % width, Math.floor(i / width)]),
    columns: Math.min(ids.length, width),
    rows: Math.ceil(ids.length / width),
  };
}

/** Puts blocks on shelves from the top, in their order. What is connected and what is loose share no shelf: it would look as if they belonged together. */
function packed(blocks: readonly Block[], width: number): ReadonlyMap<string, Point> {
  const places = new Map<string, Point>();
  let [left, top, height] = [0, 0, 0];
  let loose = blocks[0]?.loose;
  for (const block of blocks) {
    if (left > 0 && (left + block.columns > width || block.loose !== loose)) {
      top += height + GAP;
      left = 0;
      height = 0;
    }
    for (const [id, column, row] of block.cells) places.set(id, { x: (left + column) * COLUMN, y: (top + row) * ROW });
    left += block.columns + GAP / 2;
    loose = block.loose;
    height = Math.max(height, block.rows);
  }
  return places;
}
