// npm run bench: bundles every bench/*.ts and runs each in a process of its own; `npm run bench -- cfn` runs those whose name has "cfn".
import { build } from 'esbuild';
import path from 'node:path';
import { common, filesBelow } from './build-tests.mjs';
import { must, root, run } from './process.mjs';

const wanted = process.argv.slice(2);
const files = filesBelow('bench', '.ts').filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
// What is measured is what is shipped, so the bundles are built as the package has them.
await must(process.execPath, ['esbuild.mjs', '--production'], { limitMs: 120_000 });
await build({ ...common, sourcemap: false, entryPoints: files, outdir: 'out/bench', outbase: 'bench' });
for (const file of files) {
  console.log(`\n== ${path.basename(file, '.ts')}`);
  const { code } = await run(process.execPath, [path.join(root, 'out', file.replace(/\.ts$/, '.js'))], { echo: true, limitMs: 15 * 60_000 });
  if (code !== 0) {
    console.log(`failed with ${code}`);
    process.exitCode = 1;
  }
}
