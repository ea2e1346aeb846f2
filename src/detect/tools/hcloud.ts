import { commandTool } from './cli/command-tool';

/** hcloud, for Hetzner Cloud. */
export const hcloud = commandTool({
  names: ['hcloud'], provider: 'hetzner', source: 'hcloud CLI reference manual; hcloud 1.30 and later',
  valued: `--config --context --endpoint --poll-interval --debug-file --output -o --selector -l --name --type --image --ssh-key
    --location --datacenter --network --volume --user-data-from-file --label --firewall --size --server --format --rules-file --ip-range
    --cert-file --key-file --policy --allow --deny`,
  flags: '--automount --keep-disk --start-after-create --force --poweroff', guards: '--force',
  where: { context: '--context HCLOUD_CONTEXT' },
  commands: `
    context list,active,use                             | read
    server ssh,ip,request-console,metrics               | read
    version,completion,pricing,datacenter,location,iso,server-type | read
    load-balancer-type                                  | read
    all list                                            | read
    config get,list                                     | read
    context create                                      | add
    server attach-iso,create-image,enable-backup,attach-to-network,add-label | add
    server enable-rescue,poweron,add-to-placement-group | add
    image add-label                                     | add
    config add                                          | add
    context delete,rename                               | change
    config unset,remove,set                             | change
    server change-type,set-rdns,update,remove-label,detach-iso | change
    server disable-rescue,change-alias-ips              | change
    floating-ip assign,set-rdns,update,remove-label     | change
    network add-subnet,add-route,change-ip-range        | change
    server disable-protection,disable-backup            | destroy guard-removal
    volume disable-protection                           | destroy guard-removal
    image disable-protection                            | destroy guard-removal
    network disable-protection                          | destroy guard-removal
    load-balancer disable-protection                    | destroy guard-removal
    floating-ip disable-protection                      | destroy guard-removal
    primary-ip disable-protection                       | destroy guard-removal
    zone disable-protection                             | destroy guard-removal
    storage-box disable-protection                      | destroy guard-removal
    server delete                                       | destroy data-loss,outage | irreversible  # The server and its disk are deleted.
    server rebuild                                      | destroy data-loss,outage  # Its disk is overwritten by the image.
    server poweroff,shutdown,reboot,reset,detach-from-network | destroy outage
    server remove-from-placement-group                  | destroy outage
    load-balancer remove-target,delete-service,detach-from-network | destroy outage
    load-balancer disable-public-interface              | destroy outage
    server reset-password                               | destroy access-loss
    volume detach                                       | destroy outage
    network remove-subnet,remove-route                  | destroy outage
    all delete                                          | destroy data-loss | irreversible  # Everything in the project is deleted.
    firewall delete-rule,remove-from-resource,replace-rules,delete | destroy guard-removal
    floating-ip unassign,delete                         | destroy identity-loss
    primary-ip unassign,delete                          | destroy identity-loss
    zone delete                                         | destroy identity-loss
    zone rrset delete,remove-records                    | destroy identity-loss
    zone import-zonefile                                | change
  `,
  otherwise: 'verbs',
});
