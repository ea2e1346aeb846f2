import { commandTool } from './cli/command-tool';

/** hcloud, for Hetzner Cloud. */
export const hcloud = commandTool({
names: ['hcloud'], provider: 'hetzner', source: 'hcloud CLI reference manual; hcloud 1.30 and later',
  valued: '--config --context --endpoint --poll-interval --debug-file --output -o --selector -l --name --type --image --ssh-key --location --datacenter --network --volume --user-data-from-file --label --firewall --size --server --format --rules-file --ip-range --cert-file --key-file --policy --allow --deny',
  flags: '--automount --keep-disk --start-after-create --force --poweroff', guards: '--force', where: { context: '--context HCLOUD_CONTEXT' },
  commands: `
read context list|active|use; server ssh|ip|request-console|metrics; version; completion; pricing; datacenter; location; iso; all list; server-type; load-balancer-type; config get|list
add context create; server attach-iso|create-image|enable-backup|attach-to-network|add-label|enable-rescue|poweron; image add-label; config set|add; server add-to-placement-group
mod context delete; config unset|remove|set; server change-type|set-rdns|update|remove-label|detach-iso|disable-rescue|change-alias-ips; floating-ip assign|set-rdns|update|remove-label; context rename; network add-subnet|add-route|change-ip-range
kill:guard server disable-protection|disable-backup; volume disable-protection; image disable-protection; network disable-protection; load-balancer disable-protection; floating-ip disable-protection; primary-ip disable-protection; zone disable-protection; storage-box disable-protection
kill:data,out server delete ~gone # The server and its disk are deleted.
kill:data,out server rebuild # Its disk is overwritten by the image.
kill:out server poweroff|shutdown|reboot|reset|detach-from-network|remove-from-placement-group; load-balancer remove-target|delete-service|detach-from-network|disable-public-interface
kill:access server reset-password
kill:out volume detach; network remove-subnet|remove-route
kill:data all delete ~gone # Everything in the project is deleted.
kill:guard firewall delete-rule|remove-from-resource|replace-rules|delete
kill:id floating-ip unassign|delete; primary-ip unassign|delete; zone delete; zone rrset delete|remove-records
mod zone import-zonefile`,
  otherwise: 'verbs',
});
