// Makes knowledge/kubectl-flags.json: every command of kubectl with its options, and whether each takes a value.
// Run: npm run knowledge -- kubectl-flags, with kubectl on PATH.
// Source: `kubectl --help`, `kubectl COMMAND --help` and `kubectl options`, which print an option as `--name=default:`.
import { execFileSync } from 'node:child_process';

// Options whose value must follow an equals sign: the next word is never theirs, though their default is a text.
// Source: NoOptDefVal in kubectl's pkg/cmd/util/helpers.go (dry-run, validate) and pkg/cmd/delete/delete_flags.go (cascade).
const EQUALS_ONLY = new Set(['dry-run', 'validate', 'cascade']);

const run = (...args) => execFileSync('kubectl', args, { encoding: 'utf8', env: { ...process.env, KUBECONFIG: '/dev/null' } });

/** The names of the options in a help text, those that take a value and those that don't. */
function options(help) {
  const value = [];
  const boolean = [];
  for (const [, short, long, fallback] of help.matchAll(/^ {4}(?:-(\w), )?--([\w-]+)=(.*):$/gm)) {
    const kind = /^(?:true|false)$/.test(fallback) || EQUALS_ONLY.has(long) ? boolean : value;
    kind.push(long, ...(short === undefined ? [] : [short]));
  }
  return [value.join(' '), boolean.join(' ')];
}

/** The commands below this one, as its help lists them. */
function below(help) {
  const names = [];
  let listing = false;
  for (const line of help.split('\n')) {
    if (/^\S.*Commands.*:$/.test(line)) listing = true;
    else if (/^\S/.test(line)) listing = false;
    else if (listing) names.push(...(/^ {2}([a-z][\w-]*) {2,}\S/.exec(line)?.slice(1) ?? []));
  }
  return names;
}

const commands = {};
function walk(path) {
  const help = run(...path, '--help');
  if (path.length > 0) commands[path.join(' ')] = options(help);
  for (const name of below(help)) walk([...path, name]);
}
walk([]);
const version = /Client Version: (v[\d.]+)/.exec(run('version', '--client'))?.[1] ?? 'unknown';
const count = Object.keys(commands).length;
process.stdout.write(JSON.stringify({ sources: { kubectl: version }, count, global: options(run('options')), commands }));
console.error(`${count} commands of kubectl ${version}`);
