/**
 * The test module that VS Code loads into its extension host. It runs every *.test.js beside it with mocha and tells
 * the runner (scripts/test-vscode.mjs) each result. Tests that need the page to be driven are named *.page.test.ts;
 * without a page they are told as not run.
 */
import Mocha from 'mocha';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { call, hasPage } from './driver';

type Event =
  | { readonly kind: 'pass'; readonly title: string; readonly ms: number }
  | { readonly kind: 'fail'; readonly title: string; readonly error: string }
  | { readonly kind: 'not-run'; readonly title: string; readonly reason: string }
  | { readonly kind: 'end' };

export async function run(): Promise<void> {
  const mocha = new Mocha({ timeout: 60_000, reporter: class {} as unknown as Mocha.ReporterConstructor, grep: process.env['HOLDPOINT_TEST_GREP'] || undefined });
  const sent: Promise<unknown>[] = [];
  const tell = (event: Event): void => {
    sent.push(call('event', event));
  };
  for (const file of readdirSync(__dirname).filter((f) => f.endsWith('.test.js')).sort()) {
    if (file.endsWith('.page.test.js') && !hasPage) tell({ kind: 'not-run', title: file, reason: 'no page to drive on the desktop' });
    else mocha.addFile(path.join(__dirname, file));
  }
  const failures = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on('pass', (test) => tell({ kind: 'pass', title: test.fullTitle(), ms: test.duration ?? 0 }))
      .on('fail', (test, error) => {
        tell({ kind: 'fail', title: test.fullTitle(), error: String((error as Error).stack ?? error) });
        if (hasPage) sent.push(call('screenshot', { name: `failed-${test.fullTitle().replace(/\W+/g, '-').slice(0, 80)}` }).catch(() => undefined));
      });
  });
  await Promise.all(sent);
  await call('event', { kind: 'end' });
  if (failures > 0) throw new Error(`${failures} failed`);
}
