import { commonTool } from './cli/common-tool';

/** LXD and Incus. */
export const lxd = commonTool({
  names: ['lxc', 'incus'], provider: 'lxd', source: 'LXD documentation, "lxc" manual pages',
  commands: `
    delete,rm,restore,rebuild                              | destroy data-loss,outage
    storage delete                                         | destroy data-loss,outage
    storage volume delete,rm                               | destroy data-loss,outage
    image delete                                           | destroy data-loss,outage
    profile delete                                         | destroy data-loss,outage
    project delete                                         | destroy data-loss,outage
    network delete                                         | destroy data-loss,outage
    snapshot delete,restore                                | destroy data-loss,outage
    cluster remove                                         | destroy data-loss,outage
    stop,restart,pause                                     | change
    config unset                                           | change
    network detach                                         | change
    profile remove                                         | change
    storage volume detach                                  | change
    list,info,exec,shell,console,monitor,query,version,top | read
    config show,get                                        | read
    image list,info                                        | read
    network list,show                                      | read
    storage list,show                                      | read
    profile list,show                                      | read
    file pull                                              | read
    remote *                                               | read
    alias *                                                | read
    operation list                                         | read
    warning list                                           | read
    cluster list                                           | read
    project list,switch                                    | read
    launch,init,create,start,copy,publish,snapshot,export,import | add
    file push                                              | add
    image import,copy                                      | add
    network attach                                         | add
  `,
});
