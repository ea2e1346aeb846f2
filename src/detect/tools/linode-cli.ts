import { commandTool } from './cli/command-tool';

/** Linode CLI: its commands are the operations of the Linode API. */
export const linodeCli = commandTool({
names: ['linode-cli', 'linode', 'lin'], provider: 'linode', source: 'Linode CLI README and Linode API v4 reference (x-linode-cli-command, x-linode-cli-action)',
  valued: '--as-user --page --page-size --format --delimiter --order-by --target --region --type --image --label --root_pass --group --tags --booted --authorized_keys --linode_id --size --config_id --domain --name --cluster --column',
  flags: '--json --markdown --pretty --text --all --no-headers --no-defaults --suppress-warnings --debug --all-columns', where: { user: '--as-user' },
  commands: `
read regions; configure; show-users; set-user; remove-user; account view; completion; plugins; linodes types; kernels; get-kubeconfig; obj ls|la|du|info|show-usage; get-kubeconfig --label; metadata; ssh
add obj mb|put|signurl|presign; image-upload; register-plugin
mod linodes disks-list; obj setacl; obj ws-create; obj fixacl; linodes config-update; remove-plugin
kill:data,out linodes delete|rebuild ~gone # The Linode and its disks are deleted or overwritten.
kill:out linodes shutdown|reboot|rescue; nodebalancers node-delete|config-delete
kill:data linodes disk-delete|disk-reset-password; linodes snapshot
add linodes snapshot
kill:guard linodes backups-cancel; firewalls delete|rules-update|device-delete; linodes backups-cancel
kill:data obj rm|del|rb ~gone
kill:data linodes backup-restore
kill:data,out lke cluster-delete|pool-delete|pool-recycle|cluster-nodes-recycle|node-delete|node-recycle|cluster-regenerate
kill:access lke kubeconfig-delete|service-token-delete; object-storage keys-delete; profile token-delete; account user-delete; object-storage cancel
kill:out,id domains delete; domains records-delete
kill:data databases mysql-delete|postgresql-delete; volumes delete
kill:out volumes detach; account cancel
kill:access databases mysql-creds-reset|postgresql-creds-reset`,
  otherwise: 'verbs',
});
