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

/**
 * Nothing does. Not counted is what only says where a command goes or as whom (kubeconfig, profiles, gcloud's properties), providers that
 * Terraform's `dev_overrides` replaces, which are code like any provider, and Helm's plugins, which take no built-in command's place
 * (helm.sh/helm, cmd/helm/load_plugins.go adds them behind the built-in ones). Terraform's variables are found by command: `wordVariables`.
 */
export const NOTHING_OUTSIDE: Outside = { variables: [], places: [], settings: [], keys: [], sections: [] };
