// Reads from a real VS Code how long the packaged extension took to activate, as "Show Running Extensions" tells it.
//   node scripts/activation-time.mjs [RUNS]      prints one line `activation: N ms` for each window opened
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchBrowser, newPage, pageActions, workbenchUrl } from './page-driver.mjs';
import { makePackage, unpack } from './package.mjs';
import { root } from './process.mjs';
import { startWorkbench } from './vscode.mjs';

const runs = Number(process.argv[2] ?? 1);
const base = mkdtempSync(path.join(os.tmpdir(), 'hp-'));
const extension = await unpack((await makePackage()).file, path.join(root, 'out/package'));
const { publisher, name, version, displayName } = JSON.parse(readFileSync(path.join(extension, 'package.json'), 'utf8'));
const dataDir = path.join(base, 'server');
cpSync(extension, path.join(dataDir, 'extensions', `${publisher}.${name}-${version}`), { recursive: true });
for (const folder of ['home', 'workspace']) mkdirSync(path.join(base, folder));
const server = await startWorkbench({ dataDir, home: path.join(base, 'home') });
const browser = await launchBrowser();
try {
  for (let i = 0; i < runs; i++) {
    const page = await newPage(browser);
    const { press, resize, type, waitFor } = pageActions(page, path.join(root, 'out/screenshots'));
    await page.goto(workbenchUrl(server, path.join(base, 'workspace')));
    await waitFor({ selector: '[id*="holdpoint.status"]', limitMs: 60_000 });
    await press({ key: 'F1' });
    await waitFor({ selector: '.quick-input-widget input' });
    await type({ text: 'Show Running Extensions' });
    await waitFor({ selector: '.quick-input-list .monaco-list-row.focused:has-text("Show Running Extensions")' });
    await press({ key: 'Enter' });
    // The list draws only the rows that fit.
    await resize({ width: 1360, height: 5000 });
    const row = `.runtime-extensions-editor .extension:has-text("${displayName}")`;
    const text = await waitFor({ selector: `${row} .activation-time` });
    const ms = /(\d+)\s*ms/.exec(text)?.[1];
    if (!ms) throw new Error(`VS Code said of the activation only: ${text}`);
    console.log(`activation: ${ms} ms`);
    await page.context().close();
  }
} finally {
  await browser.close();
  await server.stop();
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
}
