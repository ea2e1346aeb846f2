import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { click, isVisible, press, texts, type, waitFor, waitUntilGone } from './driver';

const home = path.join(os.homedir(), '.holdpoint');
const file = path.join(home, 'rules.json');
const rules = (target: string): string => JSON.stringify({ version: 1, rules: [{ id: 'mine', when: { target }, verdict: 'allow', reason: 'Mine.', overrides: 'default:data-loss' }] });
const status = async (): Promise<string> => (await texts({ selector: '[id*="holdpoint.status"]' })).join(' ') + (await texts({ selector: '[id*="holdpoint.status"] a' })).join(' ');
const labels = async (): Promise<string> => String(await (await import('./driver')).evaluate('[...document.querySelectorAll(\'[id*="holdpoint.status"], [id*="holdpoint.status"] *\')].map((e) => e.getAttribute("aria-label") ?? "").join(" ")'));
const until = async (what: string, said: () => Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 150; i++) {
    if (await said()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`${what}: ${await status()} ${await labels()}`);
};
const BOX = { selector: '.quick-input-widget input' };
/** Puts a word into the box and presses a key, with the box in focus whatever took it away; waits until the box is gone. */
const inBox = async (word: string, ...keys: readonly string[]): Promise<void> => {
  for (let i = 0; i < 5 && (await isVisible(BOX)); i++) {
    await click(BOX);
    await press('Control+A');
    await type(word);
    for (const key of keys) await press(key);
    await waitUntilGone({ ...BOX, limitMs: 3_000 }).catch(() => undefined);
  }
};
const confirmed = (): number => readFileSync(path.join(home, 'ledger', 'ledger.jsonl'), 'utf8').split('\n').filter((l) => l.includes('"type":"loosened"')).length;

describe('what would loosen', function () {
  this.timeout(90_000);
  const settings = vscode.workspace.getConfiguration('holdpoint');

  before(async () => {
    await vscode.extensions.getExtension('holdpoint.holdpoint')?.activate();
  });
  after(async () => {
    rmSync(file, { force: true });
    await settings.update('enabled', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('in the user\'s own rules waits for a person, who is shown it and types a word; another change waits again', async () => {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    writeFileSync(file, rules('scratch-*'));
    await until('it waits', async () => (await labels()).includes('would loosen'));
    const review = vscode.commands.executeCommand('holdpoint.reviewLoosened');
    await waitFor({ text: 'With your rule "mine": allow', limitMs: 20_000 });
    await waitFor({ selector: '.quick-input-widget input', limitMs: 10_000 });
    await inBox('yes', 'Enter', 'Escape');
    await review;
    assert.match(await labels(), /would loosen/, 'another word is no yes');
    const again = vscode.commands.executeCommand('holdpoint.reviewLoosened');
    await waitFor({ text: 'Type loosen to let it count', limitMs: 20_000 });
    await waitFor({ selector: '.quick-input-widget input', limitMs: 10_000 });
    await inBox('loosen', 'Enter');
    await again;
    await until('it counts', async () => !(await labels()).includes('would loosen'));
    assert.equal(confirmed(), 1);
    writeFileSync(file, rules('*'));
    await until('it waits again', async () => (await labels()).includes('would loosen'));
    rmSync(file);
    await until('it is gone', async () => !(await labels()).includes('would loosen'));
  });

  it('in the settings, which are a file too, leaves the guard on until a person has confirmed it', async () => {
    await settings.update('enabled', false, vscode.ConfigurationTarget.Global);
    await until('it stays on', async () => (await labels()).includes('It stays on until you confirm that'));
    const review = vscode.commands.executeCommand('holdpoint.reviewLoosened');
    await waitFor({ text: 'Type off to let it count', limitMs: 20_000 });
    await waitFor({ selector: '.quick-input-widget input', limitMs: 10_000 });
    await inBox('off', 'Enter');
    await review;
    await until('it is off', async () => (await labels()).includes('is not guarding: it is switched off'));
    await settings.update('enabled', undefined, vscode.ConfigurationTarget.Global);
    await until('it is on', async () => !(await labels()).includes('is not guarding'));
    await waitUntilGone({ selector: '.quick-input-widget input' });
  });
});
