// Writes src/detect/knowledge/terraform-tree.json: every command that `terraform -help` names, as a tree.
// Terraform must be installed. Run: node scripts/knowledge/terraform-tree.mjs
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../../src/detect/knowledge');
const help = (program, args) => {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000, env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
  return stdout + stderr;
};

function terraform(words = []) {
  const text = help('terraform', [...words, '-help']);
  const tree = {};
  const sections = words.length === 0 ? [...text.matchAll(/^(?:Main|All other) commands:\n((?: {2}\S[^\n]*\n)+)/gm)] : [...text.matchAll(/^Subcommands:\n((?: {4}\S[^\n]*\n)+)/gm)];
  for (const section of sections) for (const line of section[1].matchAll(/^ {2,4}([a-z][\w-]*) {2,}/gm)) {
    const below = words.length < 2 ? terraform([...words, line[1]]) : {};
    tree[line[1]] = Object.keys(below).length ? below : 1;
  }
  return tree;
}

const count = (node) => Object.values(node).reduce((sum, child) => sum + (child === 1 ? 1 : count(child)), 0);
const write = (name, source, tree) => {
  writeFileSync(path.join(folder, `${name}-tree.json`), `${JSON.stringify({ source, count: count(tree), tree })}\n`);
  console.log(`${name}: ${count(tree)} commands (${source})`);
};
write('terraform', `${execFileSync('terraform', ['version'], { encoding: 'utf8' }).split('\n')[0]}, -help of every command`, terraform());
