// Makes knowledge/terraform-tree.json: every command that `terraform -help` names. Run: npm run knowledge -- terraform-tree, with Terraform on PATH.
import { spawnSync } from 'node:child_process';

/** What Terraform prints; it leaves with an error where it only shows help. */
function terraform(args) {
  // Its own file of settings is nobody's here: what it warns about that stands before the first line.
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' };
  const { stdout, stderr } = spawnSync('terraform', args, { encoding: 'utf8', timeout: 20_000, env });
  return stdout + stderr;
}

/** The paths of all commands below this one. */
function below(words) {
  const text = terraform([...words, '-help']);
  const sections = text.matchAll(words.length === 0 ? /^(?:Main|All other) commands:\n((?: {2}\S[^\n]*\n)+)/gm : /^Subcommands:\n((?: {4}\S[^\n]*\n)+)/gm);
  const names = [...sections].flatMap((section) => [...section[1].matchAll(/^ {2,4}([a-z][\w-]*) {2,}/gm)].map((line) => line[1]));
  return names.flatMap((name) => {
    const deeper = words.length < 2 ? below([...words, name]) : [];
    return deeper.length > 0 ? deeper : [[...words, name].join(' ')];
  });
}

const commands = below([]);
const source = `${/^Terraform v\S+/m.exec(terraform(['version']))[0]}, -help of every command`;
process.stdout.write(JSON.stringify({ source, commands }));
console.error(`${commands.length} commands (${source})`);
