/** What stands outside of a tool's words and changes what they mean: options, aliases, models, code of somebody's own. */
export interface Outside {
  /** Variables that do, whatever they are set to. */
  readonly variables: readonly string[];
  /** Paths in the user's home that do as soon as something stands there. */
  readonly places: readonly { readonly path: readonly string[]; readonly kind: 'file' | 'folder' }[];
  /** Files of settings, by the variable that names them and their usual place in the home. */
  readonly settings: readonly { readonly variable: string; readonly path: readonly string[] }[];
  /** Keys and sections of those files that do. */
  readonly keys: readonly string[];
  readonly sections: readonly string[];
}

const NOTHING: Outside = { variables: [], places: [], settings: [], keys: [], sections: [] };

/**
 * The one list that the fast path, detection and the inputs of the fingerprint go by.
 *
 * - aws: awscli/alias.py (an alias shadows a command); awscli/autoprompt/core.py of version 2; botocore/loaders.py
 *   (CUSTOMER_DATA_PATH `~/.aws/models` is searched before botocore's own data, as are AWS_DATA_PATH and `data_path`); awscli/clidriver.py
 *   and plugin.py (every module in the section `plugins` is loaded and may change any command).
 * - kubectl: k8s.io/kubectl/pkg/kuberc (default options and aliases).
 *
 * Not in it: what only says where a command goes or as whom (kubeconfig, profiles, gcloud's properties), providers that
 * Terraform's `dev_overrides` replaces, which are code like any provider, and Helm's plugins, which take no built-in command's place
 * (helm.sh/helm, cmd/helm/load_plugins.go adds them behind the built-in ones). Terraform's variables are found by command: `wordVariables`.
 */
const OUTSIDE: Readonly<Record<string, Outside>> = {
  aws: {
    variables: ['AWS_CLI_AUTO_PROMPT', 'AWS_DATA_PATH'],
    places: [{ path: ['.aws', 'cli', 'alias'], kind: 'file' }, { path: ['.aws', 'models'], kind: 'folder' }],
    settings: [{ variable: 'AWS_CONFIG_FILE', path: ['.aws', 'config'] }, { variable: 'AWS_SHARED_CREDENTIALS_FILE', path: ['.aws', 'credentials'] }],
    keys: ['cli_auto_prompt', 'data_path'],
    sections: ['plugins'],
  },
  kubectl: { ...NOTHING, variables: ['KUBERC'], places: [{ path: ['.kube', 'kuberc'], kind: 'file' }] },
};

/** What changes the meaning of a tool's words from outside of them. */
export function outsideOf(tool: string): Outside {
  return (Object.hasOwn(OUTSIDE, tool) ? OUTSIDE[tool] : undefined) ?? NOTHING;
}

/** The tools for which something does. */
export const TOOLS_WITH_OUTSIDE: readonly string[] = Object.keys(OUTSIDE);
