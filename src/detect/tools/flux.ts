import { commandTool } from './cli/command-tool';

/** Flux. */
export const flux = commandTool({
  names: ['flux'], provider: 'flux', source: 'Flux documentation, "flux" command reference',
  valued: `--context --kubeconfig -n --namespace --timeout --cache-dir --as --as-group --token --server --interval --source --path --url
    --branch --tag --tag-semver --owner --repository --hostname --secret-ref --chart --chart-version --values --values-from
    --target-namespace --depends-on --components --components-extra --version --private-key-file --kind --revision --creds --provider
    --output -o --author-name --author-email --cluster-domain --registry --image-pull-secret --log-level`,
  flags: '-s --silent --keep-namespace --export --prune --all -A --all-namespaces --personal --private',
  harmless: '--dry-run --export', guards: '-s --silent',
  where: { context: '--context', namespace: '-n --namespace', kubeconfig: '--kubeconfig KUBECONFIG' },
  commands: `
    get,logs,events,check,tree,stats,trace,version,diff,build,export | read
    completion,envsubst,debug,list,pull | read
    bootstrap,create,install,push,tag   | add
    reconcile,resume,migrate            | change
    suspend                             | destroy outage  # Git changes are not applied any more until it is resumed.
    delete                              | destroy data-loss,outage  # What it made in the cluster is deleted too, where prune is on.
    uninstall                           | destroy guard-removal,outage
      # Flux leaves the cluster; what it made stays, and nothing keeps it as git says.
  `,
  otherwise: 'unknown',
});
