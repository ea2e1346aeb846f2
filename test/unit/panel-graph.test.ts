import assert from 'node:assert/strict';
import { previewView } from '../../src/editor/panel-preview';
import type { BlastRadius } from '../../src/model';
import { firstShown, MANY, opened, revealed, visibleGraph, type Shown } from '../../media/panel/graph-collapse';
import { over, parseColor } from '../../media/panel/graph-colors';
import { COLUMN, layoutGraph, ROW, type Point } from '../../media/panel/graph-layout';
import { graphModel, RANKS, search, type GraphModel } from '../../media/panel/graph-model';
import { step } from '../../media/panel/graph-walk';
import { nodeLabel, sentence, short } from '../../media/panel/graph-words';
import { chainRadius, kubernetesRadius, largeRadius, radius, resource, terraformRadius } from '../support/blast-radius';

const modelOf = (preview: BlastRadius): GraphModel => graphModel(previewView(preview));
const all: Shown = { by: 'none', opened: new Map(), single: new Set() };
const drawn = (model: GraphModel, shown: Shown = all) => {
  const graph = visibleGraph(model, shown);
  return { graph, places: layoutGraph(graph.nodes.map((n) => ({ id: n.id, rank: RANKS.indexOf(n.kind) })), graph.edges) };
};
const key = (model: GraphModel, name: string): string => model.nodes.find((n) => n.name === name)?.key ?? assert.fail(`no ${name}`);

describe("the graph of the review panel: its model", () => {
  it('has every resource and what lies outside, the worst first', () => {
    const model = modelOf(terraformRadius());
    assert.deepEqual(model.nodes.filter((n) => n.kind !== 'outside').map((n) => [n.name, n.kind]), [
      ['aws_db_instance.orders', 'lost'], ['aws_ecs_service.api', 'interrupted'], ['aws_s3_bucket.old', 'retained'], ['aws_security_group.db', 'modified'], ['aws_kms_key.main', 'unchanged'],
    ]);
    assert.deepEqual(model.nodes.filter((n) => n.kind === 'outside').map((n) => n.name), ['stack reporting', 'dns:db.example.com']);
    assert.deepEqual((model.neededBy.get(key(model, 'aws_db_instance.orders')) ?? []).map((e) => e.why).sort(), [
      'DNS record: CNAME db.example.com', 'refers to it: aws_db_instance.orders.address in environment', 'traffic comes through it: reporting reads through the peering connection',
    ]);
  });

  it('leaves out an edge to itself and one to nowhere', () => {
    const model = graphModel({ ...previewView(radius([resource('A')])), edges: [{ from: 'r0', to: 'r0', why: '' }, { from: 'r0', to: 'r9', why: '' }] });
    assert.deepEqual(model.edges, []);
  });

  it('finds by all words of a query, in name, type, owner and outcome', () => {
    const model = modelOf(terraformRadius());
    assert.deepEqual(search(model, 'DB lost').map((n) => n.name), ['aws_db_instance.orders']);
    assert.deepEqual(search(model, 'orders-db').map((n) => n.name), ['aws_db_instance.orders']);
    assert.deepEqual(search(model, ' '), []);
    assert.deepEqual(search(model, 'nothing has this'), []);
  });

  it('says a node in words: what happens to it, who needs it and why, what it needs', () => {
    const model = modelOf(kubernetesRadius());
    const { graph } = drawn(model);
    assert.equal(sentence(model, graph, key(model, 'shop/PersistentVolumeClaim/data')),
      'shop/PersistentVolumeClaim/data, v1/PersistentVolumeClaim, lost, data is lost. 1 resource needs it: shop/Deployment/web (uses this volume: volume data). It needs Namespace/shop (owned by it: in the namespace).');
    assert.match(sentence(model, graph, key(model, 'shop/Deployment/web')), /Nothing that was seen needs it\. It needs /);
  });

  it('names no more than a few neighbours, and counts the rest', () => {
    const model = modelOf(radius([resource('Table')], { dependencies: Array.from({ length: 2000 }, (_, i) => ({ from: `stack:s${i}`, to: 'Table', kind: 'export' as const, detail: 'x' })) }));
    assert.match(sentence(model, drawn(model).graph, 'r0'), /2,000 resources need it: .*, and 1,996 more\.$/);
  });

  it('keeps both ends of a long name', () => {
    assert.equal(short('payments-production-database-replica', 16), 'payments…replica');
    assert.equal(short('short', 16), 'short');
  });
});

describe('the graph of the review panel: groups', () => {
  it('draws a small graph node by node', () => {
    assert.equal(firstShown(modelOf(terraformRadius())).by, 'none');
  });

  it('draws a large one by type, and by owner where there are too many types', () => {
    assert.equal(firstShown(modelOf(largeRadius(5000))).by, 'owner');
    assert.equal(firstShown(modelOf(largeRadius(1000))).by, 'type');
    const { graph } = drawn(modelOf(largeRadius(5000)), firstShown(modelOf(largeRadius(5000))));
    assert.ok(graph.nodes.length <= MANY, String(graph.nodes.length));
  });

  it('never puts two outcomes into one group, and loses no resource', () => {
    const model = modelOf(largeRadius(5000));
    const graph = visibleGraph(model, firstShown(model));
    for (const { group } of graph.nodes) assert.equal(new Set(group?.members.map((m) => m.kind)).size, group ? 1 : 0);
    assert.equal(graph.nodes.reduce((sum, n) => sum + (n.group?.members.length ?? 1), 0), 5000);
    assert.equal(graph.at.size, 5000);
  });

  it('joins the edges of its members and drops those inside', () => {
    const model = modelOf(radius([resource('A'), resource('B'), resource('C', { outcome: 'interrupted' })], {
      dependencies: [{ from: 'C', to: 'A', kind: 'reference', detail: 'x' }, { from: 'C', to: 'B', kind: 'reference', detail: 'y' }, { from: 'B', to: 'A', kind: 'reference', detail: 'z' }],
    }));
    const graph = visibleGraph(model, { ...all, by: 'type' });
    assert.deepEqual(graph.edges.map((e) => [e.to === graph.at.get('r0'), e.count, e.why]), [[true, 2, 'refers to it: x (and 1 more)']]);
    assert.equal(graph.nodes.length, 2, 'C alone is no group');
    assert.match(sentence(model, graph, graph.at.get('r0') ?? ''), /^A group: 2 AWS::DynamoDB::Table, lost\. 1 other node needs it\. Enter opens it\.$/);
    assert.match(nodeLabel(graph.nodes[0] ?? assert.fail()), /^LOST\n2 × DynamoDB::Table\n/);
  });

  it('opens a group step by step until all of it is drawn', () => {
    const model = modelOf(radius(Array.from({ length: 250 }, (_, i) => resource(`T${i}`))));
    let shown: Shown = { ...all, by: 'type' };
    const sizes = [];
    for (let i = 0; i < 4; i++) {
      const graph = visibleGraph(model, shown);
      sizes.push(graph.nodes.length);
      shown = opened(graph, shown, graph.nodes.find((n) => n.group)?.id ?? '');
    }
    assert.deepEqual(sizes, [1, 101, 201, 250]);
  });

  it('draws a node that was found beside its group', () => {
    const model = modelOf(largeRadius(1000));
    const shown = firstShown(model);
    const before = visibleGraph(model, shown);
    const after = visibleGraph(model, revealed(before, shown, 'r7'));
    assert.equal(after.at.get('r7'), 'r7');
    assert.equal(after.nodes.length, before.nodes.length + 1);
  });
});

describe('the graph of the review panel: places', () => {
  const overlap = (places: ReadonlyMap<string, Point>): boolean => {
    const seen = new Set<string>();
    for (const { x, y } of places.values()) {
      const cell = `${Math.round(x / COLUMN * 4)},${Math.round(y / ROW * 4)}`;
      if (seen.has(cell)) return true;
      seen.add(cell);
    }
    return false;
  };

  it('put what is lost first: at the left of what needs it, and at the top', () => {
    const model = modelOf(terraformRadius());
    const { places } = drawn(model);
    const at = (name: string): Point => places.get(key(model, name)) ?? assert.fail(name);
    assert.deepEqual(at('aws_db_instance.orders'), { x: 0, y: 0 });
    assert.equal(at('aws_ecs_service.api').x, COLUMN);
    assert.equal(at('stack reporting').x, COLUMN);
    assert.ok(at('aws_kms_key.main').y > 0, 'what it needs and what stays never stands before it');
    assert.ok(at('aws_s3_bucket.old').y > 0);
  });

  it('put the worst in the corner whatever the graph', () => {
    for (const preview of [terraformRadius(), kubernetesRadius(), largeRadius(100), chainRadius(500)]) {
      const model = modelOf(preview);
      const { graph, places } = drawn(model);
      const worst = graph.nodes.filter((n) => n.kind === graph.nodes[0]?.kind).map((n) => places.get(n.id));
      assert.ok(worst.some((p) => p?.x === 0 && p.y === 0), JSON.stringify(worst[0]));
    }
  });

  it('give every node a place of its own: 5,000, a chain of 500, a cycle, a star', () => {
    const star = radius([resource('Hub'), ...Array.from({ length: 400 }, (_, i) => resource(`S${i}`))], { dependencies: Array.from({ length: 400 }, (_, i) => ({ from: `S${i}`, to: 'Hub', kind: 'reference' as const, detail: '' })) });
    const cycle = radius(['A', 'B', 'C'].map((n) => resource(n)), { dependencies: [['A', 'B'], ['B', 'C'], ['C', 'A']].map(([from = '', to = '']) => ({ from, to, kind: 'security-group' as const, detail: '' })) });
    for (const preview of [largeRadius(5000), chainRadius(500), star, cycle]) {
      const { graph, places } = drawn(modelOf(preview));
      assert.equal(places.size, graph.nodes.length);
      assert.ok(!overlap(places), preview.resources[0]?.id);
    }
  });

  it('fold a chain of 500 into a shape that a window can show', () => {
    const { places } = drawn(modelOf(chainRadius(500)));
    const [width, height] = [Math.max(...[...places.values()].map((p) => p.x)), Math.max(...[...places.values()].map((p) => p.y))];
    assert.ok(width / height > 0.8 && width / height < 4, `${width} x ${height}`);
    // Back and forth: who needs each other stand side by side or one line apart.
    for (let i = 1; i < 500; i++) {
      const [a, b] = [places.get(`r${i - 1}`), places.get(`r${i}`)];
      assert.ok(a && b && Math.abs(a.x - b.x) <= COLUMN && Math.abs(a.y - b.y) <= 1.5 * ROW, `Link${i}`);
    }
  });
});

describe('the graph of the review panel: keys and colors', () => {
  it('lead along the edges, and to the nearest where there is none', () => {
    const model = modelOf(terraformRadius());
    const { graph, places } = drawn(model);
    const db = key(model, 'aws_db_instance.orders');
    const right = step(graph, places, db, 'right') ?? assert.fail();
    assert.ok((model.neededBy.get(db) ?? []).some((e) => e.from === right));
    assert.equal(step(graph, places, right, 'left'), db);
    assert.equal(step(graph, places, db, 'up'), undefined);
    assert.ok(step(graph, places, db, 'down'));
    assert.equal(step(graph, places, 'gone', 'down'), db, 'from nowhere to the worst');
  });

  it('reach every node of a graph without an edge', () => {
    const { graph, places } = drawn(modelOf(radius(Array.from({ length: 30 }, (_, i) => resource(`T${i}`)))));
    const seen = new Set(['r0']);
    const waiting = ['r0'];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = step(graph, places, at, direction);
        if (next !== undefined && !seen.has(next)) {
          seen.add(next);
          waiting.push(next);
        }
      }
    }
    assert.equal(seen.size, 30);
  });

  it('come from the theme as a browser computes them, made opaque', () => {
    assert.deepEqual(parseColor('rgba(255, 0, 0, 0.5)'), [255, 0, 0, 0.5]);
    assert.deepEqual(parseColor('rgb(1, 2, 3)'), [1, 2, 3, 1]);
    assert.deepEqual(parseColor('color(srgb 1 0.5 0 / 0.4)'), [255, 128, 0, 0.4]);
    assert.equal(parseColor('red'), undefined);
    assert.equal(over([255, 0, 0, 0.5], [0, 0, 0, 1]), 'rgb(128,0,0)');
    assert.equal(over([255, 0, 0, 1], [255, 255, 255, 1], 0.2), 'rgb(255,204,204)');
  });
});
