import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';

import { addToCases, CASE_OUTCOMES, matches, outcomeOf, type Case, type CaseQuery, type Entry, type OpenCases } from '../../src/ledger/case';
import { newChain, nextLine } from '../../src/ledger/chain';
import { writeHead } from '../../src/ledger/head';
import { openHistory, PAST, tell, undecided } from '../../src/ledger/history';
import { openLedger } from '../../src/ledger/ledger';
import { readLines, readRecord } from '../../src/ledger/reading';
import type { LedgerLine, LedgerRecord } from '../../src/ledger/record';
import { readLedger } from '../../src/ledger/verify';
import { temporary } from '../support/temporary';

const asked = (id: string, held = true, name = 'Claude Code', target = 'payments'): LedgerRecord => ({
  type: 'asked', id, argv: ['aws', 'cloudformation', 'delete-stack', '--stack-name', target], cwd: '/', executable: '/usr/bin/aws',
  actor: { kind: name === 'kim' ? 'human' : 'agent', name, evidence: [], confidence: 'certain' },
  operations: [{ operation: 'cloudformation:DeleteStack', effects: ['data-loss'], targets: [target] }],
  verdict: { kind: 'confirm', rule: 'r', reason: 'It destroys.', risk: 'high' }, held, gatePid: 1,
});
const decided = (id: string, decision: Extract<LedgerRecord, { type: 'decided' }>['decision']): LedgerRecord => ({ type: 'decided', id, decision, by: 'kim', reason: '', fingerprint: 'f' });
const ended = (id: string, exitCode: number | null = 0, signal: string | null = null): LedgerRecord => ({ type: 'ended', id, exitCode, signal });

/** Any record of a kind that the past speaks of, for one of a few ids: cases overlap, end twice, and end without having begun. */
const anyRecord: fc.Arbitrary<LedgerRecord> = fc.constantFrom('h-1', 'h-2', 'h-3', 'h-4').chain((id) => fc.oneof(
  fc.record({ held: fc.boolean(), name: fc.constantFrom('Claude Code', 'kim') }).map(({ held, name }) => asked(id, held, name)),
  fc.constantFrom<Extract<LedgerRecord, { type: 'decided' }>['decision']>('allowed', 'approved', 'denied', 'moved', 'cancelled', 'expired').map((d) => decided(id, d)),
  fc.constant<LedgerRecord>({ type: 'previewed', id, source: 'offline', digest: 'd', counts: { lost: 1 }, unknowns: 0 }),
  fc.constant<LedgerRecord>({ type: 'run', id, fingerprint: 'f' }),
  fc.constantFrom(0, 1, null).map((code) => ended(id, code)),
  fc.constant<LedgerRecord>({ type: 'abandoned', id }),
  fc.constant<LedgerRecord>({ type: 'escaped', id: 'e-1', commandLine: 'aws', operations: [{ operation: 'ec2:TerminateInstances', effects: [], targets: ['i-1'] }] }),
  fc.constant<LedgerRecord>({ type: 'gate-opened', id: 'g', gate: id, gatePid: 1, version: '0' }),
  fc.constant<LedgerRecord>({ type: 'alarm', id: 'a', what: `saw ${id}` }),
  fc.constant<LedgerRecord>({ type: 'cleanup-needed', id, argv: ['aws'], cwd: '/', changeSet: { name: `holdpoint-${id}`, stack: 's', region: 'r' } }),
  fc.constant<LedgerRecord>({ type: 'cleanup-done', id, changeSet: `holdpoint-${id}` }),
));

/** Writes a record by itself, which is quicker than the ledger with its disk. */
function write(folder: string, records: readonly LedgerRecord[]): LedgerLine[] {
  mkdirSync(folder, { recursive: true });
  let prev = newChain();
  writeHead(folder, { seq: -1, hash: prev });
  const texts = records.map((record, seq) => {
    const { text, hash } = nextLine(record, seq, prev, new Date(1_700_000_000_000 + seq * 1000).toISOString());
    prev = hash;
    return text;
  });
  writeFileSync(path.join(folder, 'ledger.jsonl'), texts.map((t) => `${t}\n`).join(''));
  if (texts.length > 0) writeHead(folder, { seq: texts.length - 1, hash: prev });
  return texts.map((t) => JSON.parse(t) as LedgerLine);
}

/** The same join, slowly, from all lines at once: what belongs to a case stands behind its question and before the next one of its id, or its end. */
function joinedAtOnce(lines: readonly LedgerLine[]): { readonly id: string; readonly types: readonly string[] }[] {
  const over = (l: LedgerLine): boolean => l.type === 'ended' || l.type === 'abandoned' || (l.type === 'decided' && !['allowed', 'approved'].includes(l.decision));
  const parts = ['asked', 'previewed', 'decided', 'run', 'ended', 'abandoned'];
  return lines.flatMap((line, at) => {
    if (line.type === 'escaped') return [{ id: line.id, types: ['escaped'] }];
    if (line.type !== 'asked') return [];
    const own = lines.slice(at + 1).filter((l) => 'id' in l && l.id === line.id && parts.includes(l.type));
    const nextAsked = own.findIndex((l) => l.type === 'asked');
    const mine = nextAsked < 0 ? own : own.slice(0, nextAsked);
    const end = mine.findIndex(over);
    const types = new Set([line, ...(end < 0 ? mine : mine.slice(0, end + 1))].map((l) => l.type));
    return [{ id: line.id, types: parts.filter((p) => types.has(p as LedgerLine['type'])) }];
  });
}

const typesOf = (entry: Entry): string[] => (entry.kind === 'escape' ? ['escaped']
  : [entry.asked, entry.preview, entry.decided, entry.run, entry.ended, entry.abandoned].flatMap((line) => (line ? [line.type] : [])));

describe('The history that the record tells', () => {
  let folder: string;
  beforeEach(() => {
    folder = path.join(temporary('hp-history-'), 'ledger');
  });
  const all = async (query: CaseQuery = {}): Promise<Entry[]> => {
    const entries: Entry[] = [];
    const { state } = await readRecord(folder, tell((entry) => entries.push(entry)));
    return [...entries, ...state.open.values()].filter((entry) => matches(entry, query));
  };

  it('is, for any prefix of the record, what its lines give one after another, and reading on gives the same as reading it whole', async () => {
    await fc.assert(fc.asyncProperty(fc.array(anyRecord, { maxLength: 25 }), fc.nat(), async (records, at) => {
      const lines = write(folder, records);
      const cut = records.length === 0 ? 0 : at % (records.length + 1);
      const whole = path.join(folder, 'ledger.jsonl');
      const aside = path.join(folder, 'whole');
      copyFileSync(whole, aside);
      const prefix = readFileSync(whole, 'utf8').split('\n').slice(0, cut).map((l) => `${l}\n`).join('');
      writeFileSync(whole, prefix);
      const last = lines[cut - 1];
      writeHead(folder, last ? { seq: last.seq, hash: last.hash } : { seq: -1, hash: lines[0]?.prev ?? 'a'.repeat(64) });
      const history = openHistory(folder);
      const before = await history.now();
      assert.deepEqual(before.problems, []);
      const fold = (part: readonly LedgerLine[]): unknown => part.reduce((state, line) => PAST.add(state, line), PAST.start());
      assert.deepEqual(before.state, fold(lines.slice(0, cut)));
      // What others write meanwhile: the file grows in its place.
      appendFileSync(whole, readFileSync(aside, 'utf8').slice(prefix.length));
      const end = lines.at(-1);
      if (end) writeHead(folder, { seq: end.seq, hash: end.hash });
      const after = await history.now();
      assert.deepEqual(after.problems, []);
      assert.equal(after.records, lines.length);
      assert.deepEqual(after.state, fold(lines));
      assert.deepEqual((await openHistory(folder).now()).state, after.state);
      assert.deepEqual({ ...after, place: undefined, state: undefined }, { ...(await history.whole()), place: undefined, state: undefined });
    }), { numRuns: 150 });
  });

  it('joins the lines of each case as if all were looked at at once', async () => {
    await fc.assert(fc.asyncProperty(fc.array(anyRecord, { maxLength: 40 }), async (records) => {
      const lines = write(folder, records);
      const found = (await all()).sort((a, b) => (a.kind === 'case' ? a.asked : a.escaped).seq - (b.kind === 'case' ? b.asked : b.escaped).seq);
      assert.deepEqual(found.map((entry) => ({ id: entry.id, types: typesOf(entry) })), joinedAtOnce(lines));
    }), { numRuns: 150 });
  });

  it('says how each came out', async () => {
    const allowed = (id: string): LedgerRecord[] => [asked(id), decided(id, 'approved')];
    const run = (id: string): LedgerRecord[] => [...allowed(id), { type: 'run', id, fingerprint: 'f' }];
    write(folder, [
      asked('waiting'), ...allowed('allowed'), ...run('running'), ...run('succeeded'), ended('succeeded'), ...run('failed'), ended('failed', 255), ...run('killed'), ended('killed', null, 'SIGKILL'),
      ...run('unknown'), ended('unknown', null), asked('refused'), decided('refused', 'denied'), ...['moved', 'cancelled', 'expired'].flatMap((d) => [asked(d), decided(d, d as 'moved')]),
      asked('abandoned'), { type: 'abandoned', id: 'abandoned' }, { type: 'escaped', id: 'escaped', commandLine: 'aws', operations: [] },
    ]);
    const found = await all();
    for (const entry of found) assert.equal(outcomeOf(entry), entry.id === 'killed' ? 'failed' : entry.id);
    assert.deepEqual(new Set(found.map(outcomeOf)), new Set(CASE_OUTCOMES));
    for (const outcome of CASE_OUTCOMES) assert.deepEqual((await all({ outcome })).map(outcomeOf).filter((o) => o !== outcome), []);
    assert.deepEqual(undecided((await openHistory(folder).now()).state).map((c) => c.id), ['waiting']);
  });

  it('can be asked by agent, by target, and in a time', async () => {
    write(folder, [
      asked('h-1', true, 'Claude Code', 'payments-prod'), asked('h-2', true, 'kim', 'orders'), asked('h-3', true, 'Cursor', 'orders'),
      { type: 'escaped', id: 'e-1', commandLine: 'aws', operations: [{ operation: 'x', effects: [], targets: ['orders'] }] },
    ]);
    const ids = async (query: CaseQuery): Promise<string[]> => (await all(query)).map((e) => e.id).sort();
    assert.deepEqual(await ids({ agent: 'claude' }), ['h-1']);
    assert.deepEqual(await ids({ agent: 'agent' }), ['h-1', 'h-3']);
    assert.deepEqual(await ids({ agent: 'human' }), ['h-2']);
    assert.deepEqual(await ids({ target: 'ORDERS' }), ['e-1', 'h-2', 'h-3']);
    assert.deepEqual(await ids({ target: 'orders', agent: 'cursor' }), ['h-3']);
    assert.deepEqual(await ids({ since: 1_700_000_001_000, until: 1_700_000_003_000 }), ['h-2', 'h-3']);
  });

  it('leaves out a line that was changed, and says so', async () => {
    write(folder, [asked('h-1'), asked('h-2', true, 'kim'), decided('h-1', 'denied')]);
    const file = path.join(folder, 'ledger.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"name":"kim"', '"name":"bob"'));
    const { state, problems } = await openHistory(folder).now();
    assert.deepEqual([...state.open.keys()], []);
    assert.match(problems[0]?.what ?? '', /was changed/);
    // Whoever writes a whole line of his own has no chain for it.
    const forged = nextLine({ type: 'gate-opened', id: 'g', gate: 'forged', gatePid: 1, version: '0' }, 3, 'a'.repeat(64), new Date().toISOString());
    appendFileSync(file, `${forged.text}\n`);
    assert.equal((await openHistory(folder).now()).state.gates.has('forged'), false);
  });

  it('is read from the beginning when the file is another one, was cut, or ends otherwise', async () => {
    const file = path.join(folder, 'ledger.jsonl');
    for (const change of [
      () => write(folder, [asked('other')]),
      () => write(folder, [asked('x'), asked('y'), asked('z'), asked('other')]),
      () => writeFileSync(file, ''),
    ]) {
      write(folder, [asked('h-1'), asked('h-2')]);
      const history = openHistory(folder);
      assert.deepEqual([...(await history.now()).state.open.keys()], ['h-1', 'h-2']);
      change();
      const fresh = await openHistory(folder).now();
      const again = await history.now();
      assert.deepEqual([[...again.state.open.keys()], again.problems], [[...fresh.state.open.keys()], fresh.problems]);
    }
  });

  it('tells lines of a form that it does not know apart, and guesses nothing from them', async () => {
    write(folder, [
      asked('h-1'),
      { type: 'asked', id: 'h-2', argv: ['aws'] } as unknown as LedgerRecord,
      { type: 'decided', id: 'h-1' } as unknown as LedgerRecord,
      { type: 'cleanup-needed', id: 'h-1', changeSet: 'holdpoint-h', stack: 's', region: 'r' } as unknown as LedgerRecord,
      { type: 'of-tomorrow', id: 'h-1' } as unknown as LedgerRecord,
      decided('h-1', 'denied'),
    ]);
    const entries: Entry[] = [];
    const { state, problems } = await readRecord(folder, tell((entry) => entries.push(entry)));
    assert.deepEqual(problems, []);
    assert.deepEqual(entries.map((e) => [e.id, outcomeOf(e)]), [['h-1', 'refused']]);
    assert.equal(state.unread, 4);
    assert.equal((await openHistory(folder).now()).state.leftovers.size, 0);
  });

  it('keeps no more cases that never end than it must', () => {
    const open: OpenCases = new Map();
    let over = 0;
    for (let i = 0; i < 10_050; i++) addToCases(open, { ...asked(`h-${i}`), seq: i, time: '', prev: '', hash: '' } as LedgerLine, () => over++);
    assert.equal(open.size, 10_000);
    assert.equal(over, 50);
    assert.equal(([...open.values()][0] as Case).id, 'h-50');
  });

  it('follows what this and other windows write', async () => {
    const history = openHistory(folder);
    assert.deepEqual((await history.now()).records, 0);
    const [one, two] = [openLedger(folder), openLedger(folder)];
    for (let i = 0; i < 10; i++) {
      assert.ok((i % 2 ? one : two).append(asked(`h-${i}`)).ok);
      const { state, problems, records } = await history.now();
      assert.deepEqual([problems, records, state.open.size], [[], i + 1, i + 1]);
    }
    assert.equal((await readLedger(folder)).length, 10);
    let lines = 0;
    for await (const line of readLines(folder)) lines += line.seq >= 0 ? 1 : 0;
    assert.equal(lines, 10);
  });
});
