import { kubectlCommands, kubectlFlag } from '../../detect/knowledge/kubectl-flags';

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
  '--kubeconfig', '--context', '--cluster', '--user', '--server', '-s', '--token', '--as', '--as-group', '--as-uid', '--username', '--password',
  '--certificate-authority', '--client-certificate', '--client-key', '--insecure-skip-tls-verify', '--tls-server-name', '--request-timeout', '--disable-compression',
]);
const NAMESPACE: ReadonlySet<string> = new Set(['-n', '--namespace']);
/** Of no meaning for what is shown: logs, profiles, the place of the cache. */
const ASIDE: ReadonlySet<string> = new Set(['-v', '--v', '--vmodule', '--profile', '--profile-output', '--log-flush-frequency', '--cache-dir', '--warnings-as-errors', '--match-server-version']);

/**
 * Takes a real argv of kubectl apart as pflag does: options anywhere, `--name=value`, `-nvalue`, clusters of letters, `--`.
 * @returns undefined when it names no command. Never throws.
 */
export function readKubeCommand(argv: readonly string[]): KubeCommand | undefined {
  const commands = new Set(kubectlCommands());
  const words: string[] = [];
  const options: KubeOption[] = [];
  const problems: string[] = [];
  let path = '';
  const args = argv.slice(1);
  for (let i = 0; i < args.length; i += 1) {
    const text = args[i] ?? '';
    if (text === '--') {
      words.push(...args.slice(i + 1));
      break;
    }
    if (!/^-./.test(text)) {
      const longer = path === '' ? text : `${path} ${text}`;
      if (words.length === 0 && commands.has(longer)) path = longer;
      else words.push(text);
      continue;
    }
    const equals = text.indexOf('=');
    if (text.startsWith('--')) {
      const name = equals > 0 ? text.slice(0, equals) : text;
      const kind = kubectlFlag(path, name);
      if (kind === undefined) problems.push(`The option ${name} is not known for kubectl ${path}.`);
      if (equals > 0) options.push({ name, value: text.slice(equals + 1) });
      else if (kind === 'value' && i + 1 < args.length) {
        i += 1;
        options.push({ name, value: args[i] ?? '' });
      } else options.push({ name });
      continue;
    }
    // A cluster of letters: the first that takes a value gets what is left, or the next word.
    for (let at = 1; at < text.length; at += 1) {
      const name = `-${text.charAt(at)}`;
      const kind = kubectlFlag(path, name);
      if (kind === undefined) problems.push(`The option ${name} is not known for kubectl ${path}.`);
      const rest = text.slice(at + 1);
      if (rest.startsWith('=')) {
        options.push({ name, value: rest.slice(1) });
        break;
      }
      if (kind !== 'value') {
        options.push({ name });
        continue;
      }
      if (rest === '') i += 1;
      options.push({ name, value: rest === '' ? (args[i] ?? '') : rest });
      break;
    }
  }
  return path === '' ? undefined : { path, words, options, problems };
}

/** The last value of one of these options; undefined when none is given. */
export function valueOf(command: Pick<KubeCommand, 'options'>, ...names: readonly string[]): string | undefined {
  return command.options.findLast((o) => names.includes(o.name))?.value;
}

/** All values of an option that may be given several times. */
export function valuesOf(command: Pick<KubeCommand, 'options'>, ...names: readonly string[]): readonly string[] {
  return command.options.flatMap((o) => (names.includes(o.name) && o.value !== undefined ? [o.value] : []));
}

/** True when a switch is on: given, and not as `--switch=false`. Source: Go's strconv.ParseBool. */
export function isOn(command: Pick<KubeCommand, 'options'>, ...names: readonly string[]): boolean {
  const found = command.options.findLast((o) => names.includes(o.name));
  return found !== undefined && !/^(?:0|f|false)$/i.test(found.value ?? 'true');
}

/** The same option in a form whose value can't be taken for another word, and which takes no other word for its value. */
export const spelled = (option: KubeOption): string => (option.value === undefined ? option.name : `${option.name}=${option.value}`);

/** The options that choose cluster and identity, for a read beside the command. */
export function whereOptions(command: KubeCommand): readonly string[] {
  return command.options.filter((o) => WHERE.has(o.name)).map(spelled);
}

/** The namespace that the command names itself. */
export const namespaceOf = (command: KubeCommand): string | undefined => valueOf(command, '-n', '--namespace');

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
export const filesOf = (command: KubeCommand): readonly string[] => valuesOf(command, '-f', '--filename', '-k', '--kustomize');

/** How the command would only show what it would do; undefined when it really does it. Source: `kubectl apply --help`, --dry-run. */
export function ownDryRun(command: KubeCommand): string | undefined {
  const found = command.options.findLast((o) => o.name === '--dry-run');
  if (found === undefined || found.value === 'none' || found.value === 'false') return undefined;
  return found.value ?? 'client';
}
