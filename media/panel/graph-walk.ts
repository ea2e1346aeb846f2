import type { VisibleGraph } from './graph-collapse';
import { COLUMN, type Point } from './graph-layout';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * Where an arrow key leads: to the right to what needs this, to the left to what it needs, the nearest of them; up and
 * down, and where there is no edge, to the nearest node that lies there. Undefined at the rim.
 */
export function step(graph: VisibleGraph, places: ReadonlyMap<string, Point>, from: string, direction: Direction): string | undefined {
  const here = places.get(from);
  if (!here) return graph.nodes[0]?.id;
  const distance = (id: string, dx: number, dy: number): number => {
    const there = places.get(id);
    return there ? Math.abs(there.x - here.x) * dx + Math.abs(there.y - here.y) * dy : Infinity;
  };
  if (direction === 'left' || direction === 'right') {
    const linked = graph.edges.flatMap((e) => (direction === 'right' ? (e.to === from ? [e.from] : []) : e.from === from ? [e.to] : []));
    const near = nearest(linked, (id) => distance(id, 1, 1));
    if (near !== undefined) return near;
  }
  const lies = (there: Point): boolean => {
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    switch (direction) {
      case 'left': return dx < 0 && Math.abs(dy) <= -dx;
      case 'right': return dx > 0 && Math.abs(dy) <= dx;
      // A column is wider than it is high: what stands in the next one is not above or below.
      case 'up': return dy < 0 && Math.abs(dx) < COLUMN * 0.6 || dy < 0 && Math.abs(dx) <= -dy;
      case 'down': return dy > 0 && Math.abs(dx) < COLUMN * 0.6 || dy > 0 && Math.abs(dx) <= dy;
    }
  };
  const there = graph.nodes.map((n) => n.id).filter((id) => {
    const place = places.get(id);
    return id !== from && place !== undefined && lies(place);
  });
  return nearest(there, (id) => (direction === 'up' || direction === 'down' ? distance(id, 2, 1) : distance(id, 1, 2)));
}

function nearest(ids: readonly string[], distance: (id: string) => number): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const id of ids) {
    const d = distance(id);
    if (d < least) [best, least] = [id, d];
  }
  return best;
}
