import { commandTool } from './cli/command-tool';

/** Argo CD. */
export const argocd = commandTool({
  names: ['argocd'], provider: 'argocd', source: 'Argo CD documentation, "Command Reference"',
  valued: `--auth-token --client-crt --client-crt-key --config --argocd-context --controller-name --grpc-web-root-path -H --header
    --kube-context --logformat --loglevel --port-forward-namespace --redis-name --server --server-name --server-crt -N --app-namespace
    -o --output --revision --resource --label --selector -l --timeout --kind --group --name --namespace --resource-name -p --parameter
    --propagation-policy --cluster --dest-namespace --dest-server --dest-name --repo --path --project --values --sync-policy
    --sync-option --username --password --account --strategy --retry-limit --source-position --revisions --source-positions --patch
    --patch-type --id --expires-in`,
  flags: `--grpc-web --insecure --plaintext --cascade --yes -y --prune --force --wait --hard-refresh --refresh --replace --async --core
    --local --server-side --apply-out-of-sync-only`,
  harmless: '--dry-run', guards: '--force --yes -y --prune --replace',
  where: { server: '--server ARGOCD_SERVER', context: '--argocd-context', project: '--project' },
  commands: `
    app get,list,diff,history,logs,manifests,resources,wait,get-resource | read
    app,account,context,login,logout,relogin,version,completion,configure | read
    proj,repo,cluster,cert,appset                            | read
    account can-i,list,get,get-user-info                     | read
    admin dashboard,export,settings                          | read
    admin cluster stats                                      | read
    admin app diff-reconcile-results                         | read
    cert list                                                | read
    cluster list,get                                         | read
    gpg list,get                                             | read
    proj list,get                                            | read
    proj role list,get                                       | read
    proj windows list                                        | read
    repo list,get                                            | read
    repocreds list                                           | read
    appset list,get,generate                                 | read
    app actions list                                         | read
    admin initial-password,notifications                     | read
    app create,add-source                                    | add
    account generate-token,bcrypt                            | add
    cert add-tls,add-ssh                                     | add
    cluster add                                              | add
    gpg add                                                  | add
    proj create,add-destination,add-source,allow-cluster-resource | add
    proj allow-namespace-resource                            | add
    repo add                                                 | add
    repocreds add                                            | add
    appset create                                            | add
    proj role create,create-token,add-policy,add-group       | add
    proj windows add                                         | add
    app sync,set,unset,edit,patch,rollback,patch-resource,confirm-deletion | change
    app actions run                                          | change
    account update-password                                  | change
    proj set,edit,deny-cluster-resource,deny-namespace-resource | change
    cluster set,rotate-auth                                  | change
    repo update                                              | change
    proj windows update,enable-manual-sync                   | change
    app terminate-op                                         | change
    app rollback +--prune                                    | destroy data-loss,outage
      # What is in the cluster and not in git any more is deleted.
    app sync +--prune,--replace,--force                      | destroy data-loss,outage
      # What is in the cluster and not in git any more is deleted.
    app delete                                               | destroy data-loss,outage
      # The application and, with cascade, everything that it made in the cluster is deleted.
    app delete-resource,remove-source                        | destroy data-loss,outage
    appset delete                                            | destroy data-loss,outage
    proj delete                                              | destroy data-loss,outage
    cluster rm,remove                                        | destroy data-loss,outage
    account delete-token,session-token                       | destroy access-loss
    cert rm                                                  | destroy access-loss
    gpg rm                                                   | destroy access-loss
    repo rm                                                  | destroy access-loss
    repocreds rm                                             | destroy access-loss
    proj role delete,delete-token,remove-policy,remove-group | destroy access-loss
    proj remove-destination,remove-source,remove-signature-key | destroy access-loss
    proj remove-orphaned-ignore                              | destroy access-loss
    proj windows delete,disable-manual-sync                  | destroy guard-removal
    admin import                                             | destroy data-loss
  `,
  otherwise: 'verbs',
});
