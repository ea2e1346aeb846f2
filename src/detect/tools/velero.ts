import { commandTool } from './cli/command-tool';

/** Velero: backups of clusters. */
export const velero = commandTool({
  names: ['velero'], provider: 'velero', source: 'Velero documentation, "velero" command reference',
  valued: `--kubeconfig --kubecontext -n --namespace --features -v --v --include-namespaces --exclude-namespaces --include-resources
    --selector -l --ttl --from-backup --from-schedule --schedule --snapshot-location --volume-snapshot-locations --storage-location
    --labels -o --output --provider --bucket --prefix --plugins --secret-file --backup-location-config --snapshot-location-config
    --config --namespace-mappings --existing-resource-policy --timeout --name --image --item-operation-timeout --credential`,
  flags: '--confirm --all --wait -w --force --details --include-cluster-resources', guards: '--confirm --force',
  where: { namespace: '-n --namespace', context: '--kubecontext', kubeconfig: '--kubeconfig KUBECONFIG' },
  commands: `
    get,describe,version,completion,client,bug,debug,datamover | read
    backup get,describe,logs,download         | read
    restore get,describe,logs                 | read
    schedule get,describe                     | read
    backup-location get                       | read
    snapshot-location get                     | read
    repo get                                  | read
    plugin get                                | read
    create,install                            | add
    backup create                             | add
    schedule create,unpause                   | add
    backup-location create                    | add
    snapshot-location create                  | add
    plugin add                                | add
    restore create                            | change
    create restore                            | change
    backup-location set                       | change
    snapshot-location set                     | change
    plugin remove                             | change
    schedule update                           | change
    backup delete                             | destroy data-loss | irreversible  # The backup and its volume snapshots are deleted.
    delete backup,backups,restore,restores    | destroy data-loss | irreversible  # The backup and its volume snapshots are deleted.
    schedule delete,pause                     | destroy guard-removal
    delete schedule,schedules,backup-location | destroy guard-removal
    backup-location delete                    | destroy guard-removal
    uninstall,delete                          | destroy guard-removal
    restore delete                            | change
  `,
  otherwise: 'verbs',
});
