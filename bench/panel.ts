// What the review panel costs as a preview grows: its words, the places of the graph, and how large the message to the page is.
import { layoutGraph } from '../media/panel/graph-layout';
import { firstShown, visibleGraph, type VisibleGraph } from '../media/panel/graph-collapse';
import { graphModel, RANKS } from '../media/panel/graph-model';
import { previewView } from '../src/editor/panel-preview';
import { chainRadius, largeRadius } from '../test/support/blast-radius';

const placed = (graph: VisibleGraph): unknown => layoutGraph(graph.nodes.map((n) => ({ id: n.id, rank: RANKS.indexOf(n.kind) })), graph.edges);

function median(run: () => unknown): string {
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  }).sort((a, b) => a - b);
  return `${(times[2] ?? 0).toFixed(1).padStart(8)} ms`;
}

if (require.main === module) {
  console.log('The words of the panel, the graph as it is first drawn, every node by itself, and the message (medians of 5):');
  for (const [name, radius] of [...[10, 100, 1000, 5000].map((n) => [`${n} resources`, largeRadius(n)] as const), ['a chain 500 deep', chainRadius(500)] as const]) {
    const view = previewView(radius);
    const model = graphModel(view);
    const alone = { by: 'none', opened: new Map(), single: new Set<string>() } as const;
    const first = visibleGraph(model, firstShown(model));
    const all = visibleGraph(model, alone);
    console.log(`  ${name.padEnd(18)} words ${median(() => previewView(radius))}   first ${median(() => placed(visibleGraph(model, firstShown(model))))} (${first.nodes.length} nodes)   all ${median(() => placed(all))}   ${(JSON.stringify(view).length / 1024).toFixed(0).padStart(5)} kB`);
  }
}
