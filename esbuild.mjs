// Builds dist/: the extension, the command line, the shim's client, the preview worker, the panel's page, and the knowledge tables.
import { build } from 'esbuild';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packInto } from './scripts/knowledge/tables.mjs';

const root = import.meta.dirname;
const production = process.argv.includes('--production');

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  define: { KNOWLEDGE_DIR: '"knowledge"', PRODUCT_VERSION: JSON.stringify(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version) },
};
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'] };
const page = { ...common, outdir: 'dist', platform: 'browser', format: 'iife', target: 'es2022' };

rmSync(path.join(root, 'dist'), { recursive: true, force: true });
mkdirSync(path.join(root, 'dist'), { recursive: true });
const entries = ['extension', 'client'];
await Promise.all([
  // npm makes a command of it: its first line names the interpreter.
  build({ ...node, entryPoints: ['src/cli.ts'], outdir: 'dist', banner: { js: '#!/usr/bin/env node' } }),
  build({ ...node, entryPoints: entries.map((e) => `src/${e}.ts`), outdir: 'dist', external: ['vscode'] }),
  existsSync(path.join(root, 'media/panel.ts')) &&
    build({ ...page, entryPoints: ['media/panel.ts'] }),
  // The drawing library is larger than all the rest of the page, so it is a bundle of its own; its license wants to stand in every copy.
  existsSync(path.join(root, 'media/panel-graph.ts')) &&
    build({ ...page, entryPoints: ['media/panel-graph.ts'], banner: { js: `/*! cytoscape\n${readFileSync(path.join(root, 'node_modules/cytoscape/LICENSE'), 'utf8')}*/` } }),
]);
// Detection is the largest part of both; it is packed once, with the command line.
for (const [file, worker] of [['preview-worker', 'preview'], ['judge-worker', 'judge']]) {
  writeFileSync(path.join(root, `dist/${file}.js`), `'use strict';\nrequire('./cli.js').workers.${worker}().catch((error) => {\n  console.error(error);\n  process.exit(1);\n});\n`);
}
packInto(path.join(root, 'dist/knowledge'));
