import { commandTool } from './cli/command-tool';

/** zfs, zpool, btrfs: pools, datasets and their snapshots. */
export const zfs = commandTool({
names: ['zfs', 'zpool', 'btrfs', 'stratis', 'bcachefs', 'snapper', 'tmutil', 'vgimportclone'], provider: 'zfs', source: 'zfs(8), zpool(8), btrfs(8), snapper(8), tmutil(8)',
  valued: '-o -O -t -s -S -c --config', flags: '-f -r -R -n -v -p -d -k -F -y -a -x -m', harmless: '-n', guards: '-f -R -r', commands: `
read list; get; status; iostat; history; events; version; diff; send; holds; userspace; wait; filesystem show|df|usage|du; subvolume list|show|get-default; device stats|usage|scan; scrub status; qgroup show; property get; bookmark; blockdev; pool list; list-configs; get-config; compare; status-config; listbackups; destinationinfo; latestbackup
add create; snapshot; clone; bookmark; hold; mount; import; subvolume create|snapshot; receive; device add; scrub start; scrub; add; trim; checkpoint; backup; start
mod set; rename; inherit; promote; resilver; clear; online; attach; upgrade; share; balance; filesystem resize|defragment|label|sync; property set; quota; load-key; redact; receive; recv; unhold; jail; allow; initialize; reguid; resize; modify; setup-quota; enable; device replace
kill:data destroy ~gone # All that is stored in it is lost.
kill:data rollback; receive +-F; recv +-F # What was written since the snapshot is lost.
kill:data subvolume delete; delete; deletelocalsnapshots; cleanup; undochange; check +--repair; rescue; pool destroy; filesystem destroy|delete; format; snapshot delete
kill:out offline; detach; remove; export; split; unmount; umount; replace; labelclear; unload-key; device remove|delete; disable
kill:guard unallow; release; disable
kill:data labelclear`, otherwise: 'quiet',
});
