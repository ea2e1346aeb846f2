import type { ExactLine } from '../../detect/tools/cli/cobra';
import { parseBool } from '../../detect/tools/cli/switches';
import { readKubectl } from '../../detect/tools/kubectl/line';
import { behindName, wordsOf } from '../../detect/words';

/** An option as typed: with its dashes, and its value where it has one. */
export interface KubeOption {
  readonly name: string;
  readonly value?: string;
}

/** A command line of kubectl, taken apart. */
export interface KubeCommand {
  /** The command (`delete`, `rollout undo`). */
  readonly path: string;
  /** The words behind it. */
  readonly words: readonly string[];
  readonly options: readonly KubeOption[];
  /** What could not be understood, each a sentence; then no read may rely on the rest. */
  readonly problems: readonly string[];
}

/** Options that say which cluster and as whom; every read repeats them. Source: `kubectl options`, Kubernetes 1.32. */
const WHERE: ReadonlySet<string> = new Set([
  '--kubeconfig', '--context', '--cluster', '--user', '--server', '--token', '--as', '--as-group', '--as-uid', '--username', '--password',
  '--certificate-authority', '--client-certificate', '--client-key', '--insecure-skip-tls-verify', '--tls-server-name', '--request-timeout', '--disable-compression',
]);
const NAMESPACE: ReadonlySet<string> = new Set(['--namespace']);
/** Of no meaning for what is shown: logs, profiles, the place of the cache. */
const ASIDE: ReadonlySet<string> = new Set(['--v', '--vmodule', '--profile', '--profile-output', '--log-flush-frequency', '--cache-dir', '--warnings-as-errors', '--match-server-version']);

/**
 * Takes a real argv of kubectl apart as kubectl does (see `readKubectl`). Options have their long names.
 * @returns undefined when it names no command. Never throws.
 */
export function readKubeCommand(argv: readonly string[]): KubeCommand | undefined {
  const line = readKubectl(behindName(wordsOf(argv)));
  if (line.path.length === 0) return undefined;
  return {
    path: line.path.join(' '), problems: line.problems,
    words: [...line.words.slice(line.path.length), ...(line.rest ?? [])].map((w) => w.value ?? ''),
    options: optionsIn(line),
  };
}

/** The options of a line as a preview takes them; what only the shell knows is empty. */
export const optionsIn = (line: Pick<ExactLine, 'options'>): readonly KubeOption[] => line.options.map((o) => (o.value === undefined ? { name: o.name } : { name: o.name, value: o.value.value ?? '' }));

/** The last value of one of these options; undefined when none is given. */
export function valueOf(command: Pick<KubeCommand, 'options'>, ...names: readonly string[]): string | undefined {
  return command.options.findLast((o) => names.includes(o.name))?.value;
}

/** All values of an option that may be given several times. */
export function valuesOf(command: Pick<KubeCommand, 'options'>, ...names: readonly string[]): readonly string[] {
  return command.options.flatMap((o) => (names.includes(o.name) && o.value !== undefined ? [o.value] : []));
}

/** True when a switch is on: given, and not as `--switch=false`; the last one counts. Source: Go's strconv.ParseBool; what it does not know, kubectl refuses. */
export function isOn(command: Pick<KubeCommand, 'options'>, ...names: readonly string[]): boolean {
  const found = command.options.findLast((o) => names.includes(o.name));
  return found !== undefined && parseBool(found.value ?? 'true') !== false;
}

/** True when a switch is on for certain: for what makes a command only show something. */
export const surely = (command: Pick<KubeCommand, 'options'>, name: string): boolean => isOn(command, name) && parseBool(valueOf(command, name) ?? 'true') === true;

/** The same option in a form whose value can't be taken for another word, and which takes no other word for its value. */
export const spelled = (option: KubeOption): string => (option.value === undefined ? option.name : `${option.name}=${option.value}`);

/** The options that choose cluster and identity, for a read beside the command. */
export function whereOptions(command: KubeCommand): readonly string[] {
  return command.options.filter((o) => WHERE.has(o.name)).map(spelled);
}

/** The namespace that the command names itself. */
export const namespaceOf = (command: KubeCommand): string | undefined => valueOf(command, '--namespace');

/** The command's own options: neither place nor namespace nor what only changes the output. */
export function ownOptions(command: KubeCommand, without: readonly string[] = []): readonly string[] {
  return command.options.filter((o) => !WHERE.has(o.name) && !NAMESPACE.has(o.name) && !ASIDE.has(o.name) && !without.includes(o.name)).map(spelled);
}

/** Texts of the command line that are credentials. */
export const commandSecrets = (command: KubeCommand): readonly string[] => [
  ...valuesOf(command, '--token', '--password', '--docker-password'),
  ...(command.path.startsWith('create secret') ? valuesOf(command, '--from-literal').map((one) => one.slice(one.indexOf('=') + 1)) : []),
];

/** What the command reads from: files, addresses, folders; `-` is its standard input. */
export const filesOf = (command: KubeCommand): readonly string[] => valuesOf(command, '--filename', '--kustomize');

/**
 * How the command would only show what it would do; undefined when it really does it, or when kubectl refuses the value.
 * Source: kubectl's pkg/cmd/util/helpers.go, GetDryRunStrategy: client, server, none, or a boolean, of which true means client.
 */
export function ownDryRun(command: Pick<KubeCommand, 'options'>): string | undefined {
  const found = command.options.findLast((o) => o.name === '--dry-run');
  if (found === undefined) return undefined;
  if (found.value === undefined || parseBool(found.value) === true || found.value === 'unchanged') return 'client';
  return found.value === 'client' || found.value === 'server' ? found.value : undefined;
}
