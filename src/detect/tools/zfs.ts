import { commandTool } from './cli/command-tool';

/** zfs, zpool, btrfs: pools, datasets and their snapshots. */
export const zfs = commandTool({
  names: ['zfs', 'zpool', 'btrfs', 'stratis', 'bcachefs', 'snapper', 'tmutil', 'vgimportclone'], provider: 'zfs',
  source: 'zfs(8), zpool(8), btrfs(8), snapper(8), tmutil(8)', valued: '-o -O -t -s -S -c --config',
  flags: '-f -r -R -n -v -p -d -k -F -y -a -x -m', harmless: '-n', guards: '-f -R -r',
  commands: `
    list,get,status,iostat,history,events,version,diff,send,holds,userspace | read
    wait,blockdev,list-configs,get-config,compare,status-config,listbackups | read
    destinationinfo,latestbackup            | read
    filesystem show,df,usage,du             | read
    subvolume list,show,get-default         | read
    device stats,usage,scan                 | read
    scrub status                            | read
    qgroup show                             | read
    property get                            | read
    pool list                               | read
    create,snapshot,clone,bookmark,hold,mount,import,scrub,add,trim | add
    checkpoint,backup,start                 | add
    subvolume create,snapshot               | add
    device add                              | add
    scrub start                             | add
    set,rename,inherit,promote,resilver,clear,online,attach,upgrade,share | change
    balance,quota,load-key,redact,receive,recv,unhold,jail,allow,initialize | change
    reguid,resize,modify,setup-quota,enable | change
    filesystem resize,defragment,label,sync | change
    property set                            | change
    device replace                          | change
    destroy                                 | destroy data-loss | irreversible  # All that is stored in it is lost.
    rollback                                | destroy data-loss  # What was written since the snapshot is lost.
    receive,recv +-F                        | destroy data-loss  # What was written since the snapshot is lost.
    subvolume delete                        | destroy data-loss
    delete,deletelocalsnapshots,cleanup,undochange,rescue,format | destroy data-loss
    check +--repair                         | destroy data-loss
    pool destroy                            | destroy data-loss
    filesystem destroy,delete               | destroy data-loss
    snapshot delete                         | destroy data-loss
    offline,detach,remove,export,split,unmount,umount,replace,unload-key | destroy outage
    disable                                 | destroy outage
    device remove,delete                    | destroy outage
    unallow,release                         | destroy guard-removal
    labelclear                              | destroy data-loss
  `,
  otherwise: 'quiet',
});
