import { commonTool } from './cli/common-tool';

/** Gluster. */
export const gluster = commonTool({
  names: ['gluster'], provider: 'gluster', source: 'Gluster documentation, "Gluster CLI"',
  commands: `
    volume delete,stop,reset,remove-brick,replace-brick,reset-brick | destroy data-loss,outage
    volume geo-replication                       | destroy data-loss,outage
    snapshot delete,restore,deactivate           | destroy data-loss,outage
    peer detach                                  | destroy data-loss,outage
    volume info,status,list,get,top,profile,heal | read
    peer status                                  | read
    pool list                                    | read
    snapshot list,info,status                    | read
    volume create,start,add-brick                | add
    peer probe                                   | add
    snapshot create,activate,clone               | add
    volume set,rebalance,quota                   | change
  `,
});
