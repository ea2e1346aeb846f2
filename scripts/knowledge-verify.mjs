// npm run knowledge:verify: proves that every documented command is classified and prints counts; fails when one is not.
import { ensureDependencies } from './setup.mjs';

await ensureDependencies();
// Loaded late: it needs the npm packages that the setup installs.
const { loadTestModule } = await import('./build-tests.mjs');
const { verifyKnowledge } = await loadTestModule('src/detect/verify.ts');
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
