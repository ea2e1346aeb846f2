import { commonTool } from './cli/common-tool';

/** talosctl, for Talos Linux. */
export const talos = commonTool({
  names: ['talosctl'], provider: 'talos', source: 'Talos Linux CLI reference',
  commands: `
    reset                                       | destroy data-loss,outage
    wipe disk                                   | destroy data-loss,outage
    cluster destroy                             | destroy data-loss,outage
    etcd remove-member,forfeit-leadership,leave | destroy data-loss,outage
    bootstrap +--recover-from                   | destroy data-loss,outage
    reboot,shutdown,restart,rollback            | destroy outage
    dashboard,get,health,dmesg,containers,processes,service,version | read
    kubeconfig,logs,ls,read,stats,time,validate,memory,disks,netstat,pcap | read
    support,events,mounts,usage,copy,list       | read
    config *                                    | read
    etcd members,status                         | read
    gen *                                       | read
    image *                                     | read
    inspect *                                   | read
    apply-config,patch,edit,upgrade,upgrade-k8s,bootstrap,rotate-ca | change
    etcd defrag                                 | change
    machineconfig *                             | change
    cluster create                              | add
    etcd snapshot                               | add
  `,
});
