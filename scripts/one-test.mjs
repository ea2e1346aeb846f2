// Builds and runs single test files: node scripts/one-test.mjs test/unit/x.test.ts [more] [-- mocha options].
import { build } from 'esbuild';
import path from 'node:path';
import { buildPrograms, common } from './build-tests.mjs';
import { root, run } from './process.mjs';

const split = process.argv.indexOf('--');
const files = process.argv.slice(2, split < 0 ? undefined : split).map((f) => path.relative(root, path.resolve(f)));
const options = split < 0 ? [] : process.argv.slice(split + 1);
if (files.length === 0) {
  console.error('Name at least one test file: node scripts/one-test.mjs test/unit/redact.test.ts [-- --grep WORD]');
  process.exit(2);
}
if (files.some((f) => !f.startsWith(`test${path.sep}unit`))) await run(process.execPath, ['esbuild.mjs'], { echo: true, limitMs: 120_000 });
await buildPrograms();
await build({ ...common, entryPoints: files, outdir: 'out/test', outbase: 'test' });
const built = files.map((f) => path.join('out', f.replace(/\.ts$/, '.js')));
const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');
const { code } = await run(process.execPath, [mocha, '--enable-source-maps', '--timeout', '120000', ...options, ...built], { echo: true, limitMs: 900_000 });
process.exitCode = code ?? 1;
