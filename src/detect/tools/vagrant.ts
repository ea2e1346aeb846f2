import { commonTool } from './cli/common-tool';

/** Vagrant. */
export const vagrant = commonTool({
  names: ['vagrant'], provider: 'vagrant', source: 'Vagrant documentation, "Command-Line Interface"',
  commands: `
    destroy                                    | destroy data-loss,outage
    snapshot restore,delete,pop                | destroy data-loss
    halt,suspend,reload,provision,rsync,resume | change
    box remove,prune,update                    | change
    plugin uninstall                           | change
    global-status +--prune                     | change
    up,init,package,validate                   | add
    snapshot save,push                         | add
    box add                                    | add
    plugin install                             | add
    status,global-status,ssh,ssh-config,port,version,rdp,powershell,winrm | read
    login,rsync-auto,winrm-config,upload       | read
    box list,outdated                          | read
    plugin list                                | read
    snapshot list                              | read
    cloud *                                    | read
  `,
});
