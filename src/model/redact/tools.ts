import { optionsOf, type How, type ToolOptions } from './options';
import { howByName } from './treat';
import { isSecretName } from './names';

/** A tool that a command line starts, with the words behind its name that are no options: its own, whoever started it. */
export interface Started {
  readonly name: string;
  readonly options: ToolOptions;
  readonly words: string[];
  /** The same in lower case. */
  readonly seen: Set<string>;
}

/** What is known of the words so far. */
export interface State {
  /** The last one first: `sudo docker exec db mysql -pSECRET` is about two. */
  tools: Started[];
  /** The places of words that are no secrets, whatever they are called. */
  readonly left: Set<number>;
  /** True until it is certain which tool the rest of the words belongs to. */
  open: boolean;
  /** True when a tool so far may start another. */
  runs: boolean;
  /** What is taken out, for a tool whose list of words stands in several places. */
  readonly listed: { readonly at: number; readonly before: string; readonly value: string }[];
}

/** The name of a tool that a word may be: its last part, without what the system puts behind it. */
export const toolName = (word: string): string | undefined => (word.length > 128 || word.startsWith('-') || /\s/.test(word) ? undefined : word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1).replace(/\.(?:exe|cmd|bat)$/i, '').replace(/^(python|pip)3?(?:\.\d+)?$/, '$1'));

/** Commands whose own words are a command. Sources: POSIX command, env, nice, nohup, time, xargs; sudo(8), timeout(1), and the shells' builtins. */
const WRAPPERS: ReadonlySet<string> = new Set(['sudo', 'doas', 'env', 'nohup', 'nice', 'time', 'exec', 'command', 'builtin', 'eval', 'setsid', 'stdbuf', 'ionice', 'unbuffer', 'export', 'npx', 'busybox']);
/** Words of tools that start a command of their own: docker exec, kubectl exec, gcloud compute ssh, aws-vault exec, bundle exec, poetry run, cf ssh. */
const RUNS: ReadonlySet<string> = new Set(['exec', 'run', 'ssh', 'rsh', 'debug', 'shell', 'console', 'exec-env', 'exec-file', 'start', 'up', 'cmd.run', 'tool']);
/** Tools that are wrappers themselves, or come in one program with another. */
const ALWAYS_RUNS: ReadonlySet<string> = new Set(['sshpass', 'k3s', 'minikube', 'java', 'yarn', 'pnpm', 'npm', 'rails', 'now']);

/**
 * The tool that starts at a word. A tool starts only where a command can: as the first word or a wrapper's, behind `--`, or behind a
 * tool's word that starts another. Elsewhere a word that is called like one is a name, a user, a target.
 */
export function starting(argv: readonly string[], at: number, state: State): Started | undefined {
  if (!state.open && !state.runs && argv[at - 1] !== '--') return undefined;
  const name = toolName(argv[at] ?? '');
  const options = name === undefined ? undefined : optionsOf(name);
  if (name === undefined || options === undefined || state.tools.some((tool) => tool.name === name)) return undefined;
  return { name, options, words: [], seen: new Set() };
}

/** Takes a tool into what is known. */
export function begin(tool: Started, argv: readonly string[], at: number, state: State): void {
  const last = state.tools[0];
  // Behind `exec … --` nothing is another's; elsewhere the one before it may still mean the words, so that both count.
  if (argv[at - 1] === '--' && last?.seen.has('exec')) state.tools = [];
  if (state.open) state.open = !argv.slice(0, at).every((word) => WRAPPERS.has(word) || /^[A-Za-z_]\w*=/.test(word));
  if (ALWAYS_RUNS.has(tool.name)) state.runs = true;
  state.tools.unshift(tool);
}

/** A word that is no option stands in the words of every tool that it may belong to. */
export function say(word: string, state: State): void {
  const lower = word.toLowerCase();
  for (const tool of state.tools) {
    tool.words.push(word);
    tool.seen.add(lower);
  }
  if (RUNS.has(lower) && state.tools.length > 0) state.runs = true;
}

const SHOWS: ReadonlySet<How> = new Set<How>(['-', '!', 'a']);

/** How an option's value is treated: of several tools that may be meant the one counts that hides. With the tool that says so. */
export function howOf(name: string, state: State): How | undefined {
  let shown: How | undefined;
  for (const tool of state.tools) {
    const how = ruleOf(tool, name) ?? abbreviated(tool, name);
    if (how !== undefined && !SHOWS.has(how)) return how;
    shown ??= how;
  }
  return shown ?? howByName(name) ?? (state.tools.length > 0 && /^-[A-Za-z]{3}/.test(name) && isSecretName(name.slice(1)) && !state.tools.some((tool) => tool.options.options.has(name.slice(0, 2))) ? 's' : undefined);
}

/** What a tool's table says of an option, after the words so far. */
export function ruleOf(tool: Started, name: string): How | undefined {
  return tool.options.options.get(name)?.find(({ within }) => within.every((word) => tool.seen.has(word)))?.how;
}

/**
 * The same for a short option that may stand attached, whoever knows it: what hides comes first.
 * @param not the tools that know no such form.
 */
export function attachedHow(name: string, state: State, not: ReadonlySet<string> = new Set()): How | undefined {
  const all = state.tools.filter((tool) => !not.has(tool.name)).map((tool) => ruleOf(tool, name)).filter((how) => how !== undefined);
  return all.find((how) => how !== '-' && how !== '!') ?? all[0];
}

/** Tools that take any beginning of an option that is the only one. Source: Python's argparse, allow_abbrev; optparse, "Other abilities". */
const ABBREVIATES: ReadonlySet<string> = new Set(['aws', 'awslocal', 'az', 'gcloud', 'openstack', 'ansible', 'ansible-playbook', 'ansible-pull', 'ansible-vault', 'eb', 's3cmd', 'linode-cli', 'rabbitmqadmin', 'salt', 'mycli']);
/** Beginnings of secret options that are options of their own. Source: the references of az and gcloud. */
const OWN: ReadonlySet<string> = new Set(['--user', '--key', '--value', '--secret', '--set', '--env', '--client', '--data', '--auth', '--name', '--registry', '--template', '--admin', '--tls', '--api', '--app', '--container', '--certificate', '--connection', '--update', '--cert', '--parameter', '--container-env', '--access', '--metadata', '--option', '--header', '--new', '--build', '--command', '--arg']);

function abbreviated(tool: Started, name: string): How | undefined {
  if (!ABBREVIATES.has(tool.name) || name.length < 5 || !name.startsWith('--') || OWN.has(name)) return undefined;
  for (const [option, rules] of tool.options.options) {
    if (!option.startsWith(name)) continue;
    const how = rules.find(({ how: one, within }) => one !== '-' && within.every((word) => tool.seen.has(word)))?.how;
    if (how !== undefined) return how;
  }
  return undefined;
}

/** A word behind a client's `-p` with a blank between is the name of a database to the client; one that looks like none was meant as the password. */
export const isDatabaseName = (word: string): boolean => /^[a-z]{1,20}(?:[_-][a-z]{1,20}){0,6}\d{0,2}$/.test(word);
