import { spelled, type KubeCommand, type KubeOption } from './command';

/** A command line of Helm, taken apart. */
export interface HelmCommand {
  readonly verb: 'uninstall' | 'upgrade' | 'rollback';
  readonly words: readonly string[];
  readonly options: readonly KubeOption[];
  readonly problems: readonly string[];
}

/** Helm's own names of the commands that are previewed. Source: Helm documentation, "Helm Commands". */
const VERBS: Readonly<Record<string, HelmCommand['verb']>> = { uninstall: 'uninstall', un: 'uninstall', del: 'uninstall', delete: 'uninstall', upgrade: 'upgrade', rollback: 'rollback' };

/** Options that take a value, and those that take none. Source: Helm documentation 3.19, "helm uninstall", "helm upgrade", "helm rollback", and the options that all inherit. */
const VALUED = new Set(`--burst-limit --kube-apiserver --kube-as-group --kube-as-user --kube-ca-file --kube-context --kube-tls-server-name --kube-token --kubeconfig -n --namespace --qps --registry-config --repository-cache --repository-config --content-cache --cascade --description --timeout --history-max
  --ca-file --cert-file --key-file --keyring --labels -l -o --output --password --username --post-renderer --post-renderer-args --repo --set --set-file --set-json --set-literal --set-string -f --values --version`.split(/\s+/));
const SWITCHES = new Set(`--debug --kube-insecure-skip-tls-verify --dry-run --ignore-not-found --keep-history --no-hooks --wait --wait-for-jobs --cleanup-on-fail --force --force-replace --force-conflicts --recreate-pods --install -i --atomic --rollback-on-failure --create-namespace --dependency-update --devel
  --disable-openapi-validation --enable-dns --hide-notes --hide-secret --insecure-skip-tls-verify --pass-credentials --plain-http --render-subchart-notes --reset-then-reuse-values --reset-values --reuse-values --skip-crds --skip-schema-validation --take-ownership --verify --server-side`.split(/\s+/));

/** Helm's way to the cluster in kubectl's words. Source: Helm documentation, "Helm", "Environment variables"; `kubectl options`. */
const AS_KUBECTL: Readonly<Record<string, string>> = {
  '--kube-context': '--context', '--kubeconfig': '--kubeconfig', '--kube-apiserver': '--server', '--kube-as-user': '--as', '--kube-as-group': '--as-group', '--kube-ca-file': '--certificate-authority',
  '--kube-insecure-skip-tls-verify': '--insecure-skip-tls-verify', '--kube-tls-server-name': '--tls-server-name', '--kube-token': '--token', '-n': '--namespace', '--namespace': '--namespace',
};
const FROM_ENV: Readonly<Record<string, string>> = {
  HELM_KUBECONTEXT: '--context', HELM_NAMESPACE: '--namespace', HELM_KUBEAPISERVER: '--server', HELM_KUBEASUSER: '--as', HELM_KUBECAFILE: '--certificate-authority', HELM_KUBETLS_SERVER_NAME: '--tls-server-name', HELM_KUBETOKEN: '--token',
};

/** Takes a real argv of Helm apart; undefined when it is none of the commands that are previewed. Never throws. */
export function readHelmCommand(argv: readonly string[]): HelmCommand | undefined {
  const words: string[] = [];
  const options: KubeOption[] = [];
  const problems: string[] = [];
  const args = argv.slice(1);
  for (let i = 0; i < args.length; i += 1) {
    const text = args[i] ?? '';
    if (text === '--' || !/^-./.test(text)) {
      if (text !== '--') words.push(text);
      continue;
    }
    const equals = text.indexOf('=');
    const short = !text.startsWith('--');
    const name = short ? text.slice(0, 2) : equals > 0 ? text.slice(0, equals) : text;
    const attached = short ? (text.length > 2 ? text.slice(2).replace(/^=/, '') : undefined) : equals > 0 ? text.slice(equals + 1) : undefined;
    if (VALUED.has(name)) {
      if (attached === undefined) i += 1;
      options.push({ name, value: attached ?? args[i] ?? '' });
    } else if (SWITCHES.has(name) && !(short && attached !== undefined)) options.push(attached === undefined ? { name } : { name, value: attached });
    else problems.push(`The option ${name} is not known for helm ${words[0] ?? ''}.`);
  }
  const verb = Object.hasOwn(VERBS, words[0] ?? '') ? VERBS[words[0] ?? ''] : undefined;
  return verb === undefined ? undefined : { verb, words: words.slice(1), options, problems };
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

const NOT_IN_DRY_RUN = new Set(['--dry-run', '--output', '-o', '--wait', '--wait-for-jobs', '--atomic', '--rollback-on-failure', '--cleanup-on-fail', '--timeout', '--debug', '--hide-secret', '--hide-notes', '--description']);

/** The options of an upgrade that decide what it renders. */
export const renderOptions = (command: HelmCommand): readonly string[] => command.options.filter((one) => !NOT_IN_DRY_RUN.has(one.name)).map(spelled);
