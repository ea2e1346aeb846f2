import { readHelm } from '../../detect/tools/helm/line';
import { behindName, wordsOf } from '../../detect/words';
import { optionsIn, spelled, type KubeCommand, type KubeOption } from './command';

/** A command line of Helm, taken apart. */
export interface HelmCommand {
  readonly verb: 'uninstall' | 'upgrade' | 'rollback';
  readonly words: readonly string[];
  readonly options: readonly KubeOption[];
  readonly problems: readonly string[];
}

/** Helm's own names of the commands that are previewed. Source: Helm documentation, "Helm Commands". */
const VERBS: Readonly<Record<string, HelmCommand['verb']>> = { uninstall: 'uninstall', un: 'uninstall', del: 'uninstall', delete: 'uninstall', upgrade: 'upgrade', rollback: 'rollback' };

/** Helm's way to the cluster in kubectl's words. Source: Helm documentation, "Helm", "Environment variables"; `kubectl options`. */
const AS_KUBECTL: Readonly<Record<string, string>> = {
  '--kube-context': '--context', '--kubeconfig': '--kubeconfig', '--kube-apiserver': '--server', '--kube-as-user': '--as', '--kube-as-group': '--as-group', '--kube-ca-file': '--certificate-authority',
  '--kube-insecure-skip-tls-verify': '--insecure-skip-tls-verify', '--kube-tls-server-name': '--tls-server-name', '--kube-token': '--token', '--namespace': '--namespace',
};
const FROM_ENV: Readonly<Record<string, string>> = {
  HELM_KUBECONTEXT: '--context', HELM_NAMESPACE: '--namespace', HELM_KUBEAPISERVER: '--server', HELM_KUBEASUSER: '--as', HELM_KUBECAFILE: '--certificate-authority', HELM_KUBETLS_SERVER_NAME: '--tls-server-name', HELM_KUBETOKEN: '--token',
};

/** Takes a real argv of Helm apart as Helm does (see `readHelm`); undefined when it is none of the commands that are previewed. Options have their long names. Never throws. */
export function readHelmCommand(argv: readonly string[]): HelmCommand | undefined {
  const line = readHelm(behindName(wordsOf(argv)));
  const name = line.path[0] ?? '';
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined) return undefined;
  return {
    verb, problems: line.problems, words: line.words.slice(line.path.length).map((w) => w.value ?? ''),
    options: optionsIn(line),
  };
}

/** The same way to the cluster for kubectl, as a command that only has options. The command line comes before the environment. */
export function asKubectl(command: HelmCommand, env: NodeJS.ProcessEnv): KubeCommand {
  const fromEnv = Object.entries(FROM_ENV).flatMap(([name, option]): KubeOption[] => (env[name] ? [{ name: option, value: env[name] ?? '' }] : []));
  const given = command.options.flatMap((one): KubeOption[] => {
    const name = AS_KUBECTL[one.name];
    return name === undefined ? [] : [one.value === undefined ? { name } : { name, value: one.value }];
  });
  return { path: 'get', words: [], options: [...fromEnv, ...given], problems: [] };
}

/** The options that say which cluster, for a read with Helm itself. */
export const helmWhere = (command: HelmCommand): readonly string[] => command.options.filter((one) => Object.hasOwn(AS_KUBECTL, one.name)).map(spelled);

const NOT_IN_DRY_RUN = new Set(['--dry-run', '--output', '--wait', '--wait-for-jobs', '--atomic', '--rollback-on-failure', '--cleanup-on-fail', '--timeout', '--debug', '--hide-secret', '--hide-notes', '--description']);

/** The options of an upgrade that decide what it renders. */
export const renderOptions = (command: HelmCommand): readonly string[] => command.options.filter((one) => !NOT_IN_DRY_RUN.has(one.name)).map(spelled);
