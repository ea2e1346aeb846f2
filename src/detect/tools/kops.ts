import { commandTool } from './cli/command-tool';

/** kOps: clusters on cloud machines. Without --yes it only shows what it would do. */
export const kops = commandTool({
  names: ['kops'], provider: 'kops', source: 'kOps documentation, "kops" command reference',
  valued: `--name --state --config -v --v --cloud --zones --node-count --node-size --control-plane-size --master-size --networking
    --kubernetes-version --ssh-public-key -f --filename --target --out --phase --lifecycle-overrides --instance-group
    --instance-group-roles --bastion-interval --node-interval --validate-timeout --output -o --external --region --subnet --role
    --interval --validation-timeout --user --kubeconfig --admin --set --unset --post-drain-delay --drain-timeout --wait --count`,
  flags: '--yes -y --force --cloudonly --fail-on-validate-error --unregister --create-kube-config --surge',
  guards: '--yes -y --force --cloudonly', where: { cluster: '--name KOPS_CLUSTER_NAME', state: '--state KOPS_STATE_STORE' },
  commands: `
    get,describe,validate,version,completion,toolbox,export,genapikeys | read
    toolbox dump,template,addons,instance-selector       | read
    create,import                                        | add
    update +--yes,-y                                     | change
    update                                               | read
    edit,replace,promote,rotate,trust,reconcile,upgrade  | change
    toolbox enroll                                       | change
    upgrade +--yes,-y                                    | change
    rolling-update +--yes,-y                             | destroy outage  # The nodes are replaced one after the other.
    rolling-update                                       | read
    delete cluster +--yes,-y                             | destroy data-loss,outage | irreversible
      # The cluster with its machines, volumes and network is deleted.
    delete cluster                                       | read
    delete instancegroup,instance,secret,sshpublickey,ig | destroy outage
    delete,distrust                                      | destroy outage
    replace +--force                                     | destroy replacement
  `,
  otherwise: 'unknown',
});
