import { commonTool } from './cli/common-tool';

/** The programs of Ceph. */
export const ceph = commonTool({
  names: ['ceph', 'rados', 'rbd', 'radosgw-admin', 'cephadm', 'ceph-volume'],
  provider: 'ceph', source: 'Ceph documentation, command-line references',
  commands: `
    osd purge,destroy,rm,lost                           | destroy data-loss
    osd pool delete,rm                                  | destroy data-loss
    fs rm,reset                                         | destroy data-loss
    fs volume rm                                        | destroy data-loss
    fs subvolume rm                                     | destroy data-loss
    rm,purge,rmpool,rm-cluster,cleanup,rmsnap,remove,zap-osds | destroy data-loss
    snap rm,purge,rollback                              | destroy data-loss
    trash rm,purge                                      | destroy data-loss
    bucket rm                                           | destroy data-loss
    user rm                                             | destroy data-loss
    lvm zap                                             | destroy data-loss
    osd crush remove                                    | destroy data-loss
    mds fail                                            | destroy data-loss
    mon remove,rm                                       | destroy data-loss
    orch rm                                             | destroy data-loss
    orch osd rm                                         | destroy data-loss
    orch daemon rm                                      | destroy data-loss
    orch host rm                                        | destroy data-loss
    object rm                                           | destroy data-loss
    config-key rm                                       | destroy data-loss
    subuser rm                                          | destroy data-loss
    key rm                                              | destroy data-loss
    zone delete                                         | destroy data-loss
    pool rmsnap                                         | destroy data-loss
    namespace remove                                    | destroy data-loss
    group rm                                            | destroy data-loss
    mirror pool disable                                 | destroy data-loss
    osd out,down,stop,set,fail,reweight                 | destroy outage
    mgr fail                                            | destroy outage
    orch stop,restart,pause                             | destroy outage
    feature disable                                     | destroy outage
    lock rm                                             | destroy outage
    unmap                                               | destroy outage
    device unmap                                        | destroy outage
    status,-s,health,df,ls,info,quorum_status,versions,stat,du,lspools | read
    showmapped,shell,report                             | read
    osd tree,df,status,ls,dump,stat,safe-to-destroy,ok-to-stop | read
    pg *                                                | read
    mon stat,dump                                       | read
    fs ls,status                                        | read
    auth ls,get                                         | read
    mgr module ls                                       | read
    orch ls,ps,status                                   | read
    orch host ls                                        | read
    config get,dump,show                                | read
    bucket list,stats                                   | read
    user list,info                                      | read
    crash *                                             | read
    log *                                               | read
    snap ls                                             | read
    device ls                                           | read
    tell *                                              | read
    osd pool ls,get,stats                               | read
    osd create                                          | add
    create,bootstrap,clone,put,export,import,map,get,cp | add
    snap create,protect                                 | add
    orch apply                                          | add
    orch daemon add                                     | add
    orch host add                                       | add
    user create                                         | add
    auth add,get-or-create                              | add
    osd pool create                                     | add
    fs new                                              | add
    auth del,rm,caps                                    | destroy access-loss
    osd in,unset                                        | change
    config set,rm                                       | change
    snap unprotect                                      | change
    flatten,resize,mv,rename                            | change
    osd pool set                                        | change
    balancer *                                          | change
    orch upgrade                                        | change
    mgr module *                                        | change
  `,
});
