import { commandTool } from './cli/command-tool';

/** Velero: backups of clusters. */
export const velero = commandTool({
names: ['velero'], provider: 'velero', source: 'Velero documentation, "velero" command reference',
  valued: '--kubeconfig --kubecontext -n --namespace --features -v --v --include-namespaces --exclude-namespaces --include-resources --selector -l --ttl --from-backup --from-schedule --schedule --snapshot-location --volume-snapshot-locations --storage-location --labels -o --output --provider --bucket --prefix --plugins --secret-file --backup-location-config --snapshot-location-config --config --namespace-mappings --existing-resource-policy --timeout --name --image --item-operation-timeout --credential',
  flags: '--confirm --all --wait -w --force --details --include-cluster-resources', guards: '--confirm --force', where: { namespace: '-n --namespace', context: '--kubecontext', kubeconfig: '--kubeconfig KUBECONFIG' },
  commands: `
read get; describe; backup get|describe|logs|download; restore get|describe|logs; schedule get|describe; backup-location get; snapshot-location get; repo get; version; completion; client; bug; debug; plugin get; datamover
add create; backup create; schedule create; backup-location create; snapshot-location create; install; plugin add; schedule unpause
mod restore create; create restore; backup-location set; snapshot-location set; plugin remove; schedule update
kill:data backup delete; delete backup|backups|restore|restores ~gone # The backup and its volume snapshots are deleted.
kill:data restore delete
kill:guard schedule delete|pause; delete schedule|schedules; backup-location delete; delete backup-location; uninstall; delete
mod restore delete`,
  otherwise: 'verbs',
});
