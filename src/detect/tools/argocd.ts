import { commandTool } from './cli/command-tool';

/** Argo CD. */
export const argocd = commandTool({
names: ['argocd'], provider: 'argocd', source: 'Argo CD documentation, "Command Reference"',
  valued: '--auth-token --client-crt --client-crt-key --config --argocd-context --controller-name --grpc-web-root-path -H --header --kube-context --logformat --loglevel --port-forward-namespace --redis-name --server --server-name --server-crt -N --app-namespace -o --output --revision --resource --label --selector -l --timeout --kind --group --name --namespace --resource-name -p --parameter --propagation-policy --cluster --dest-namespace --dest-server --dest-name --repo --path --project --values --sync-policy --sync-option --username --password --account --strategy --retry-limit --source-position --revisions --source-positions --patch --patch-type --id --expires-in',
  flags: '--grpc-web --insecure --plaintext --cascade --yes -y --prune --force --wait --hard-refresh --refresh --replace --async --core --local --server-side --apply-out-of-sync-only', harmless: '--dry-run', guards: '--force --yes -y --prune --replace', where: { server: '--server ARGOCD_SERVER', context: '--argocd-context', project: '--project' },
  commands: `
read app get|list|diff|history|logs|manifests|resources|wait|get-resource; app; account can-i|list|get|get-user-info; account; admin dashboard|export|settings|cluster stats|app diff-reconcile-results; cert list; cluster list|get; context; gpg list|get; login; logout; proj list|get; proj role list|get; proj windows list; relogin; repo list|get; repocreds list; version; completion; appset list|get|generate; configure; app actions list; admin initial-password; admin notifications; proj; repo; cluster; cert; appset
add app create; account generate-token|bcrypt; cert add-tls|add-ssh; cluster add; gpg add; proj create; repo add; repocreds add; appset create; proj add-destination|add-source|allow-cluster-resource|allow-namespace-resource; proj role create|create-token|add-policy|add-group; proj windows add; app add-source
mod app sync|set|unset|edit|patch|rollback|actions run|patch-resource|confirm-deletion; account update-password; proj set|edit; cluster set|rotate-auth; repo update; proj windows update|enable-manual-sync; app actions run; app terminate-op; proj deny-cluster-resource|deny-namespace-resource
kill:data,out app rollback +--prune; app sync +--prune|--replace|--force # What is in the cluster and not in git any more is deleted.
kill:data,out app delete # The application and, with cascade, everything that it made in the cluster is deleted.
kill:data,out app delete-resource; app remove-source; appset delete; proj delete; cluster rm|remove
kill:access account delete-token; account session-token; cert rm; gpg rm; repo rm; repocreds rm; proj role delete|delete-token|remove-policy|remove-group; proj remove-destination|remove-source|remove-signature-key|remove-orphaned-ignore
kill:guard proj windows delete|disable-manual-sync
kill:data admin import`,
  otherwise: 'verbs',
});
