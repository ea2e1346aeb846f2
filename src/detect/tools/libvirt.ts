import { commonTool } from './cli/common-tool';

/** virsh. */
export const libvirt = commonTool({
  names: ['virsh', 'virt-manager'], provider: 'libvirt', source: 'virsh(1)',
  commands: `
    undefine,vol-delete,vol-wipe,pool-delete,snapshot-delete,snapshot-revert | destroy data-loss,outage
    checkpoint-delete                                       | destroy data-loss,outage
    destroy,shutdown,reboot,reset,suspend,managedsave,net-destroy | destroy outage
    net-undefine,pool-destroy,pool-undefine,detach-disk,detach-device | destroy outage
    detach-interface,managedsave-remove,iface-destroy,nwfilter-undefine,save | destroy outage
    secret-undefine                                         | destroy outage
    list,dominfo,domstate,dumpxml,net-list,pool-list,vol-list,console | read
    nodeinfo,version,snapshot-list,domblklist,domiflist,domifaddr,vncdisplay | read
    uri,capabilities,domstats,vol-info,pool-info,net-info,net-dumpxml | read
    snapshot-info,cpu-stats,hostname,vcpuinfo               | read
    define,create,start,net-define,net-start,pool-define,pool-start | add
    vol-create-as,vol-clone,snapshot-create-as,snapshot-create,attach-disk | add
    clone,backup-begin,net-create,pool-create               | add
    edit,autostart,setmem,setvcpus,migrate,resume,blockresize,vol-resize | change
    net-edit,update-device,domrename,desc,set-user-password | change
  `,
});
