import { commonTool } from './cli/common-tool';

/** The programs of Proxmox VE. */
export const proxmox = commonTool({
  names: ['qm', 'pct', 'pvesh', 'pveceph', 'pvecm', 'pvesm', 'ha-manager', 'vzdump'],
  provider: 'proxmox', source: 'Proxmox VE documentation, "Appendix A: Command-line Interface"',
  commands: `
    destroy,rollback,delsnapshot,delete,delnode,purge,free,remove,unlink | destroy data-loss,outage
    disk unlink                                           | destroy data-loss,outage
    stop,shutdown,reset,suspend,reboot                    | destroy outage
    list,config,status,monitor,terminal,enter,console,showcmd,pending | read
    listsnapshot,get,ls,nodes,path,agent,usage,cpusets,df | read
    scan *                                                | read
    guest *                                               | read
    create,clone,start,snapshot,importdisk,importovf,template,set,alloc,push | add
    pull,mount,backup,add,resume                          | add
    resize,migrate,move-disk,move_disk,unlock,sendkey,cleanup,move-volume | change
    updatecerts,expected,fstrim,mtunnel                   | change
    disk *                                                | change
  `,
});
