// Writes test/corpora/TOOL-options.jsonl: what the real tool did with hundreds or thousands of generated argv, on loopback or without any network.
// Run by hand with the tool installed:  node scripts/record-options.mjs kubectl|terraform [HOW MANY] [SEED]
import { build } from 'esbuild';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { common } from './build-tests.mjs';
import { root } from './process.mjs';

const makers = { kubectl: ['kubectl-record', 'kubectlTruths', 3000], terraform: ['terraform-run', 'terraformTruths', 700] };
const [tool = 'kubectl', count, seed = '1'] = process.argv.slice(2);
const [file, name, usual] = makers[tool];
await build({ ...common, entryPoints: [`test/support/${file}.ts`], outdir: 'out/test', outbase: 'test' });
const made = await import(path.join(root, `out/test/support/${file}.js`));
const truths = await (made[name] ?? made.default[name])(Number(count ?? usual), Number(seed));
writeFileSync(`test/corpora/${tool}-options.jsonl`, `${truths.map((t) => JSON.stringify(t)).sort().join('\n')}\n`);
