import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { waitingFor } from '../../src/editor/loosened';
import { watchRecord } from '../../src/editor/record';
import { createVault, type Secrets, type Vault } from '../../src/editor/vault';
import { seenFile, type SeenRules } from '../../src/gate/seen-rules';
import { openLedger } from '../../src/ledger/ledger';
import { temporary } from '../support/temporary';

/** The editor's secret storage, as two windows share it. */
function storage(): { readonly secrets: Secrets; readonly content: Map<string, string> } {
  const content = new Map<string, string>();
  const listeners = new Set<(e: { readonly key: string }) => void>();
  const tell = (key: string): void => listeners.forEach((l) => l({ key }));
  return {
    content,
    secrets: {
      get: (key) => Promise.resolve(content.get(key)),
      store: (key, value) => Promise.resolve(void content.set(key, value)).then(() => tell(key)),
      delete: (key) => Promise.resolve(void content.delete(key)).then(() => tell(key)),
      onDidChange(listener) {
        listeners.add(listener);
        return { dispose: () => void listeners.delete(listener) };
      },
    },
  };
}
const open = async (secrets: Secrets): Promise<Vault> => {
  const vault = createVault(secrets, () => undefined);
  await vault.ready();
  return vault;
};
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('What the editor keeps with its secrets', () => {
  it('is confirmed by nobody at first, is there in the next session, and is told to other windows', async () => {
    const { secrets } = storage();
    const [one, two] = [await open(secrets), await open(secrets)];
    let told = 0;
    two.onDidChange(() => told++);
    assert.deepEqual([one.confirmation(), one.offConfirmed(), one.head()], [undefined, false, undefined]);
    await one.confirm({ loosens: 'a', tightens: ['b'] });
    await one.confirmOff(true);
    await turn();
    assert.ok(told > 0);
    for (const vault of [one, two, await open(secrets)]) assert.deepEqual([vault.confirmation(), vault.offConfirmed()], [{ loosens: 'a', tightens: ['b'] }, true]);
    await one.confirmOff(false);
    assert.equal((await open(secrets)).offConfirmed(), false);
  });

  it('has one key for an installation', async () => {
    const { secrets } = storage();
    const key = (await open(secrets)).key();
    assert.match(key, /^[0-9a-f]{64}$/);
    assert.equal((await open(secrets)).key(), key);
    assert.notEqual((await open(storage().secrets)).key(), key);
  });

  it('confirms nothing when it can not be read, or is of another form', async () => {
    const { secrets, content } = storage();
    for (const text of ['', 'x', 'null', '[]', '{"loosens":1,"tightens":[]}', '{"loosens":"a"}', '{"loosens":"a","tightens":[1]}']) {
      content.set('holdpoint.confirmed', text);
      assert.equal((await open(secrets)).confirmation(), undefined, text);
    }
    const broken = await open({ ...secrets, get: () => Promise.reject(new Error('no key ring')) });
    assert.deepEqual([broken.confirmation(), broken.offConfirmed()], [undefined, false]);
    assert.match(broken.key(), /^[0-9a-f]{64}$/);
  });
});

describe('The memory of committed rules', () => {
  let base: string;
  beforeEach(() => {
    base = temporary('hp-seen-');
  });
  const seen = (text: string, more: Partial<SeenRules> = {}): SeenRules => ({ repository: '/r/.git', file: '.vscode/holdpoint.json', ref: 'HEAD', places: ['/r/.vscode/holdpoint.json'], commit: 'c', text, since: '2026-01-01', at: '2026-01-01', ...more });

  it('is the editor\'s own: a file that was emptied or rewritten takes nothing from it, and one that knows more adds to it', async () => {
    const file = path.join(base, 'seen-rules.json');
    const vault = await open(storage().secrets);
    const store = vault.seen(seenFile(file));
    store.change([seen('strict')], []);
    assert.match(readFileSync(file, 'utf8'), /strict/);
    writeFileSync(file, '[]');
    assert.deepEqual(store.all().map((s) => s.text), ['strict']);
    writeFileSync(file, JSON.stringify([seen('nothing', { commit: 'd', at: '2030-01-01' }), seen('other', { ref: 'refs/heads/main' })]));
    assert.deepEqual(store.all().map((s) => s.text).sort(), ['other', 'strict']);
    store.change([], [seen('strict')]);
    assert.deepEqual(store.all().map((s) => s.text), ['other'], 'forgotten by a person, or by a commit that follows');
  });

  it('is bounded, and forgets what was seen longest ago', () => {
    const store = seenFile(path.join(base, 'seen-rules.json'));
    for (let i = 0; i < 6; i++) store.change([seen('x'.repeat(1024 * 1024), { repository: String(i), at: `2026-01-0${i + 1}` })], []);
    assert.deepEqual(store.all().map((s) => s.repository), ['5', '4', '3', '2']);
  });
});

describe('The record of a window', () => {
  let folder: string;
  beforeEach(() => {
    folder = path.join(temporary('hp-record-'), 'ledger');
    mkdirSync(folder);
  });
  const cut = (): void => {
    const file = path.join(folder, 'ledger.jsonl');
    const [first = ''] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, `${first}\n`);
    writeFileSync(path.join(folder, 'ledger.head'), `0 ${(JSON.parse(first) as { hash: string }).hash}\n`);
  };
  const watch = (vault: Vault, told: { changes: number }) => watchRecord(openLedger(folder), folder, vault, () => told.changes++, (error) => assert.fail(String(error)));

  it('that was cut together with its head is an alarm at the next start, until a person accepts it', async () => {
    const { secrets } = storage();
    const vault = await open(secrets);
    const told = { changes: 0 };
    const record = watch(vault, told);
    for (const id of ['a', 'b', 'c']) assert.ok(record.ledger.append({ type: 'abandoned', id }).ok);
    assert.equal(await record.check(), undefined);
    assert.equal(vault.head()?.seq, 2);
    record.dispose();
    cut();
    const next = watch(await open(secrets), told);
    assert.match(await next.check() ?? '', /was cut: this editor knows of 3 lines/);
    assert.equal(told.changes, 1);
    assert.ok(next.ledger.append({ type: 'abandoned', id: 'd' }).ok);
    assert.match(next.alarm() ?? '', /was cut/, 'and what is written on does not make it well');
    await next.accept();
    assert.equal(next.alarm(), undefined);
    assert.equal(await next.check(), undefined);
    next.dispose();
  });

  it('that was cut while the window is open is an alarm with the next line', async () => {
    const vault = await open(storage().secrets);
    const told = { changes: 0 };
    const record = watch(vault, told);
    for (const id of ['a', 'b', 'c']) assert.ok(record.ledger.append({ type: 'abandoned', id }).ok);
    await record.check();
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    for (const id of ['x']) assert.ok(openLedger(folder).append({ type: 'abandoned', id }).ok);
    record.ledger.append({ type: 'abandoned', id: 'd' });
    for (let i = 0; i < 100 && record.alarm() === undefined; i++) await turn();
    assert.match(record.alarm() ?? '', /is another one than this editor knows/);
    record.dispose();
  });
});

describe('What waits for a person', () => {
  const held = { place: '/r/.vscode/holdpoint.json', why: 'no commit that follows abc has changed it', seen: { repository: '/r/.git', file: 'f', ref: 'HEAD', places: [], commit: 'abc', text: '{ "version": 1 }', since: '', at: '' } };

  it('is nothing when nothing loosens', () => assert.deepEqual(waitingFor({ own: undefined, held: [], off: false, alarm: undefined }), []));

  it('is shown whole, the gravest first, and each has a digest of exactly what is shown', () => {
    const all = waitingFor({ own: undefined, held: [held], off: true, alarm: 'The record was cut.' });
    assert.deepEqual(all.map((w) => [w.kind, w.word]), [['record', 'accept'], ['off', 'off'], ['held', 'loosen']]);
    assert.ok(all[2]?.lines.some((l) => l.includes('"version": 1')));
    const [other] = waitingFor({ own: undefined, held: [{ ...held, seen: { ...held.seen, text: '{}' } }], off: false, alarm: undefined });
    assert.notEqual(other?.digest, all[2]?.digest);
  });
});
