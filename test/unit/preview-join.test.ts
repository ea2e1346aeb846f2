import assert from 'node:assert/strict';
import { joinRadii } from '../../src/preview/join';
import { aRadius, aResource } from '../support/operations';

const WHOLE = { sourceDetail: 'Two stacks.', context: {}, unknowns: [], warnings: [] };
const data = aRadius([aResource({ id: 'Table', outcome: 'lost', reversibility: { kind: 'irreversible' } })], {
  stack: 'data', unknowns: [{ kind: 'state', subject: 'x', text: 'one' }], warnings: ['two'], stateDigest: 'a', dependencies: [{ from: 'export:table', to: 'Table', kind: 'export', detail: '' }],
});
const api = aRadius([aResource({ id: 'Fn' })], { source: 'live-reads', stack: 'api', stateDigest: 'b', dependencies: [{ from: 'Fn', to: 'import:table', kind: 'export', detail: '' }, { from: 'Fn', to: 'Role', kind: 'iam-role', detail: '' }] });

describe('blast radii of several stacks', () => {
  const joined = joinRadii([{ name: 'Data', radius: data }, { name: 'Api', radius: api }], WHOLE);

  it('are one, with the stack in front of each id and sentence', () => {
    assert.deepEqual(joined.resources.map((r) => r.id), ['Api/Fn', 'Data/Table']);
    assert.deepEqual(joined.unknowns, [{ kind: 'state', subject: 'Data/x', text: 'Data: one' }]);
    assert.deepEqual([joined.unknowns.map((u) => u.text), joined.warnings, joined.reversibility.kind, joined.stack], [['Data: one'], ['Data: two'], 'irreversible', undefined]);
  });

  it('know as much as the part that knows least', () => {
    assert.equal(joined.source, 'live-reads');
    assert.equal(joinRadii([{ name: 'Data', radius: data }, { name: 'Api', radius: aRadius([], { source: 'offline' }) }], WHOLE).source, 'offline');
  });

  it('join a resource that imports with the one that exports', () => {
    assert.ok(joined.dependencies.some((d) => d.from === 'Api/Fn' && d.to === 'Data/Table' && d.kind === 'export'));
    assert.ok(joined.dependencies.some((d) => d.from === 'Api/Fn' && d.to === 'Api/Role' && d.kind === 'iam-role'));
  });

  it('have a state only when every part has one', () => {
    assert.match(joined.stateDigest ?? '', /^[0-9a-f]{64}$/);
    const half = joinRadii([{ name: 'Data', radius: data }, { name: 'Api', radius: aRadius([]) }], WHOLE);
    assert.equal(half.stateDigest, undefined);
    assert.match(half.unknowns[0]?.text ?? '', /whether they change .* is not checked/);
  });

  it('of one stack say it without its name, and are about that stack', () => {
    const one = joinRadii([{ name: 'Data', radius: data }], WHOLE);
    assert.deepEqual([one.unknowns.map((u) => u.text), one.stack, one.resources[0]?.id], [['one'], 'data', 'Data/Table']);
  });
});
