import { commandTool } from './cli/command-tool';

/** Linode CLI: its commands are the operations of the Linode API. */
export const linodeCli = commandTool({
  names: ['linode-cli', 'linode', 'lin'], provider: 'linode',
  source: 'Linode CLI README and Linode API v4 reference (x-linode-cli-command, x-linode-cli-action)',
  valued: `--as-user --page --page-size --format --delimiter --order-by --target --region --type --image --label --root_pass --group
    --tags --booted --authorized_keys --linode_id --size --config_id --domain --name --cluster --column`,
  flags: '--json --markdown --pretty --text --all --no-headers --no-defaults --suppress-warnings --debug --all-columns',
  where: { user: '--as-user' },
  commands: `
    regions,configure,show-users,set-user,remove-user,completion,plugins | read
    kernels,get-kubeconfig,metadata,ssh                | read
    account view                                       | read
    linodes types                                      | read
    obj ls,la,du,info,show-usage                       | read
    get-kubeconfig --label                             | read
    obj mb,put,signurl,presign                         | add
    image-upload,register-plugin                       | add
    linodes disks-list,config-update                   | change
    obj setacl,ws-create,fixacl                        | change
    remove-plugin                                      | change
    linodes delete,rebuild                             | destroy data-loss,outage | irreversible
      # The Linode and its disks are deleted or overwritten.
    linodes shutdown,reboot,rescue                     | destroy outage
    nodebalancers node-delete,config-delete            | destroy outage
    linodes disk-delete,disk-reset-password,snapshot   | destroy data-loss
    linodes backups-cancel                             | destroy guard-removal
    firewalls delete,rules-update,device-delete        | destroy guard-removal
    obj rm,del,rb                                      | destroy data-loss | irreversible
    linodes backup-restore                             | destroy data-loss
    lke cluster-delete,pool-delete,pool-recycle,cluster-nodes-recycle | destroy data-loss,outage
    lke node-delete,node-recycle,cluster-regenerate    | destroy data-loss,outage
    lke kubeconfig-delete,service-token-delete         | destroy access-loss
    object-storage keys-delete,cancel                  | destroy access-loss
    profile token-delete                               | destroy access-loss
    account user-delete                                | destroy access-loss
    domains delete,records-delete                      | destroy outage,identity-loss
    databases mysql-delete,postgresql-delete           | destroy data-loss
    volumes delete                                     | destroy data-loss
    volumes detach                                     | destroy outage
    account cancel                                     | destroy outage
    databases mysql-creds-reset,postgresql-creds-reset | destroy access-loss
  `,
  otherwise: 'verbs',
});
