// npm run knowledge:verify: proves that every documented command is classified and prints counts; fails when one is not.
import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './setup.mjs';

const root = path.resolve(import.meta.dirname, '..');
await ensureDependencies?.();
mkdirSync(path.join(root, 'out'), { recursive: true });
const outfile = path.join(root, 'out/knowledge-verify.cjs');
await build({
  absWorkingDir: root, entryPoints: ['src/detect/verify.ts'], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'],
  define: { KNOWLEDGE_DIR: JSON.stringify(path.join(root, 'src/detect/knowledge')) }, logLevel: 'warning',
});
const { verifyKnowledge } = (await import(pathToFileURL(outfile).href)).default;
const columns = ['none', 'additive', 'modifying', 'destructive', 'unknown'];
console.log(`${'tool'.padEnd(10)}${'commands'.padStart(9)}${columns.map((c) => c.padStart(13)).join('')}${'doors'.padStart(7)}  source`);
let problems = 0;
for (const { tool, count, byMutation, doors, source, problems: found } of verifyKnowledge()) {
  console.log(`${tool.padEnd(10)}${String(count).padStart(9)}${columns.map((c) => String(byMutation[c]).padStart(13)).join('')}${String(doors).padStart(7)}  ${source}`);
  for (const problem of found) console.log(`  ${problem}`);
  problems += found.length;
}
console.log(problems === 0 ? 'Every documented command is classified, and was asked whether it is a door.' : `${problems} commands are not classified as their names say.`);
process.exitCode = problems === 0 ? 0 : 1;
