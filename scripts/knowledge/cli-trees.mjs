// Writes src/detect/knowledge/kubectl-tree.json and terraform-tree.json: every command that `kubectl --help` and `terraform -help`
// name, as a tree. Both tools must be installed. Run: node scripts/knowledge/cli-trees.mjs
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../../src/detect/knowledge');
const help = (program, args) => {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000, env: { ...process.env, KUBECONFIG: '/nonexistent', CHECKPOINT_DISABLE: '1' } });
  return stdout + stderr;
};

function kubectl(words = []) {
  const text = help('kubectl', [...words, '--help']);
  const tree = {};
  // Groups print "… Commands:" and a table; `Other Commands` and `Available Commands` are the same.
  for (const section of text.matchAll(/^[^\n]*Commands[^\n]*:\n((?: {2}\S[^\n]*\n)+)/gm)) {
    for (const line of section[1].matchAll(/^ {2}([a-z][\w-]*) {2,}/gm)) {
      if (line[1] === 'alpha' && words.length) continue;
      const below = words.length < 2 ? kubectl([...words, line[1]]) : {};
      tree[line[1]] = Object.keys(below).length ? below : 1;
    }
  }
  return tree;
}

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
  writeFileSync(path.join(folder, `${name}-tree.json`), `${JSON.stringify({ source, count: count(tree), tree, flags: '' })}\n`);
  console.log(`${name}: ${count(tree)} commands (${source})`);
};
const client = JSON.parse(execFileSync('kubectl', ['version', '--client', '-o', 'json'], { encoding: 'utf8' })).clientVersion.gitVersion;
write('kubectl', `kubectl ${client}, --help of every command`, kubectl());
write('terraform', `${execFileSync('terraform', ['version'], { encoding: 'utf8' }).split('\n')[0]}, -help of every command`, terraform());
