import { commandTool } from './cli/command-tool';

/** kOps: clusters on cloud machines. Without --yes it only shows what it would do. */
export const kops = commandTool({
names: ['kops'], provider: 'kops', source: 'kOps documentation, "kops" command reference',
  valued: '--name --state --config -v --v --cloud --zones --node-count --node-size --control-plane-size --master-size --networking --kubernetes-version --ssh-public-key -f --filename --target --out --phase --lifecycle-overrides --instance-group --instance-group-roles --bastion-interval --node-interval --validate-timeout --output -o --external --region --subnet --role --interval --validation-timeout --user --kubeconfig --admin --set --unset --post-drain-delay --drain-timeout --wait --count',
  flags: '--yes -y --force --cloudonly --fail-on-validate-error --unregister --create-kube-config --surge', guards: '--yes -y --force --cloudonly', where: { cluster: '--name KOPS_CLUSTER_NAME', state: '--state KOPS_STATE_STORE' },
  commands: `
read get; describe; validate; version; completion; toolbox; toolbox dump|template|addons|instance-selector; export; genapikeys
add create; import
mod update +--yes|-y
read update
mod edit; replace; promote; rotate; trust; reconcile; upgrade; toolbox enroll
mod upgrade +--yes|-y
kill:out rolling-update +--yes|-y # The nodes are replaced one after the other.
read rolling-update
kill:data,out delete cluster +--yes|-y ~gone # The cluster with its machines, volumes and network is deleted.
read delete cluster
kill:out delete instancegroup|instance|secret|sshpublickey|ig; delete; distrust
kill:repl replace +--force`,
  otherwise: 'unknown',
});
