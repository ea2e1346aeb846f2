// Takes the pictures of docs/images from the product itself: `npm start`'s workbench on the examples, driven in a headless browser.
//   node scripts/pictures.mjs
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchBrowser, newPage, pageActions } from './page-driver.mjs';
import { root, say, stopChild, until, which } from './process.mjs';

const folder = path.join(root, 'docs/images');
const PLANNED = 'terraform -chdir=infra apply -auto-approve';
const HELD = 'aws cloudformation delete-stack --stack-name payments-prod';

mkdirSync(folder, { recursive: true });
// A home of its own: no earlier record, and no path of this machine in a picture.
const home = mkdtempSync(path.join(os.tmpdir(), 'home-'));
mkdirSync(path.join(home, 'bin'));
for (const tool of ['aws', 'terraform']) writeFileSync(path.join(home, 'bin', tool), `#!/bin/sh\nexec '${which(tool)}' "$@"\n`, { mode: 0o755 });
const PATH = `${home}/bin:${process.env.PATH}`;
writeFileSync(path.join(home, '.profile'), `export PATH='${PATH}'\n`);
writeFileSync(path.join(home, '.bashrc'), "PS1='$ '\n");
const env = { ...process.env, HOME: home, PATH };
const product = spawn(process.execPath, ['scripts/start.mjs', '--workbench', '--no-open'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
let output = '';
product.stdout.on('data', (d) => {
  output += d;
});
const browser = await launchBrowser();
try {
  const url = await until(() => /http:\/\/127\.0\.0\.1:\d+\/\?\S+/.exec(output)?.[0], 240_000);
  if (!url) throw new Error(`The product did not start:\n${output}`);
  const page = await newPage(browser);
  await page.setViewportSize({ width: 1360, height: 980 });
  const act = pageActions(page, folder);
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const command = async (text) => {
    await page.keyboard.press('F1');
    await act.waitFor({ selector: '.quick-input-widget input' });
    await page.keyboard.type(text, { delay: 5 });
    await pause(600);
    await page.keyboard.press('Enter');
    await pause(800);
  };
  const open = async (file) => {
    await page.keyboard.press('Control+p');
    await act.waitFor({ selector: '.quick-input-widget input' });
    await page.keyboard.type(file, { delay: 5 });
    await pause(1000);
    await page.keyboard.press('Enter');
    await pause(1500);
  };
  await page.goto(url);
  await act.waitFor({ selector: '[id*="holdpoint.status"]', limitMs: 60_000 });
  await pause(4000);
  await act.screenshot({ name: '../../out/start' });
  await page.mouse.click(1200, 400);
  await command('Preferences: Toggle between Light/Dark Themes');
  await pause(1500);
  await command('View: Close All Editors');
  await open('template.yaml');
  await act.waitFor({ text: 'Preview blast radius', limitMs: 30_000 });
  await pause(2000);
  await act.screenshot({ name: 'template-dark' });
  await open('fix-environment.sh');
  await pause(2500);
  await act.screenshot({ name: 'script-dark' });
  await command('View: Close All Editors');
  await command('Terminal: Create New Terminal');
  await pause(2500);
  await page.keyboard.type(`clear; ${HELD}\n`, { delay: 5 });
  await act.waitFor({ webview: true, role: 'button', name: 'Approve…', limitMs: 60_000 });
  await until(async () => (await act.texts({ selector: '#head' })).join(' ').includes('Waiting'), 30_000);
  await pause(1500);
  await act.screenshot({ name: 'held-dark' });
  await command('Preferences: Toggle between Light/Dark Themes');
  await pause(1500);
  await act.screenshot({ name: 'held-light' });
  await command('Preferences: Toggle between Light/Dark Themes');
  await command('Terminal: Focus Terminal');
  await page.keyboard.press('Control+c');
  await pause(1500);
  await page.keyboard.type(`clear; ${PLANNED}\n`, { delay: 5 });
  await until(async () => (await act.texts({ selector: '#head' })).join(' ').includes('Terraform apply'), 30_000);
  await act.waitFor({ webview: true, role: 'button', name: 'Approve…', limitMs: 60_000 });
  await pause(2500);
  await act.click({ webview: true, selector: '#open-graph' });
  await act.waitFor({ webview: true, selector: '.graph-stage canvas', limitMs: 30_000 });
  await pause(1500);
  await act.screenshot({ name: 'plan-dark' });
  say(`the pictures are in ${path.relative(root, folder)}`);
} finally {
  await browser.close();
  await stopChild(product, 20_000);
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
