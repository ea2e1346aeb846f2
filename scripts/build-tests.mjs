// Bundles every *.test.ts into out/, so that mocha runs plain JavaScript whatever module kind a library ships.
import { build } from 'esbuild';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** All files below dir whose name ends with suffix, relative to root. */
export function filesBelow(dir, suffix) {
  return readdirSync(path.join(root, dir), { recursive: true })
    .map((f) => path.join(dir, f.toString()))
    .filter((f) => f.endsWith(suffix))
    .sort();
}

/** Builds the tests of the given folders below test/ into out/test/. */
export async function buildTests(folders) {
  const entryPoints = folders.flatMap((f) => filesBelow(`test/${f}`, '.test.ts'));
  rmSync(path.join(root, 'out/test'), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir: 'out/test',
    outbase: 'test',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    define: { KNOWLEDGE_DIR: JSON.stringify(path.join(root, 'src/detect/knowledge')) },
    external: ['mocha', 'vscode', 'esbuild', '@aws-cdk/*', 'playwright-core'],
    logLevel: 'warning',
  });
  return entryPoints;
}

if (process.argv[1] === import.meta.filename) {
  const folders = process.argv.slice(2);
  await buildTests(folders.length ? folders : ['unit']);
}
