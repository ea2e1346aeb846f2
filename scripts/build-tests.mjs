// Bundles every *.test.ts into out/, so that mocha runs plain JavaScript whatever module kind a library ships.
import { build } from 'esbuild';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { packForSources } from './knowledge/tables.mjs';

const root = path.resolve(import.meta.dirname, '..');

export const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  sourcemap: 'inline',
  define: { KNOWLEDGE_DIR: JSON.stringify(packForSources()) },
  external: ['mocha', 'vscode', 'esbuild', '@aws-cdk/*', '@cloud-copilot/*', 'playwright-core', 'ajv', 'ajv-formats'],
  logLevel: 'warning',
};

/** All files below dir whose name ends with suffix, relative to root; none when dir does not exist. */
export function filesBelow(dir, suffix) {
  if (!existsSync(path.join(root, dir))) return [];
  return readdirSync(path.join(root, dir), { recursive: true })
    .map((f) => path.join(dir, f.toString()))
    .filter((f) => f.endsWith(suffix))
    .sort();
}

/** Builds the tests of the given folders below test/ into the same folders below out/test/. Returns the source files. */
export async function buildTests(folders) {
  const tests = folders.flatMap((f) => filesBelow(`test/${f}`, '.test.ts'));
  // The extension host loads an index module that finds the tests beside it.
  const modules = folders.map((f) => `test/${f}/index.ts`).filter((f) => existsSync(path.join(root, f)));
  for (const folder of folders) rmSync(path.join(root, 'out/test', folder), { recursive: true, force: true });
  const entryPoints = [...tests, ...modules];
  if (entryPoints.length) await build({ ...common, entryPoints, outdir: 'out/test', outbase: 'test' });
  return tests;
}

/** Bundles one module of the tests for a script and gives what it exports. */
export async function loadTestModule(file) {
  const outfile = path.join(root, 'out/scripts', file.replace(/\.ts$/, '.cjs'));
  await build({ ...common, entryPoints: [file], outfile });
  return (await import(outfile)).default;
}

if (process.argv[1] === import.meta.filename) {
  const folders = process.argv.slice(2);
  await buildTests(folders.length ? folders : ['unit']);
}
