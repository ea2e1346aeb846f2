import type { Effect } from '../../model';
import type { Finding, Word } from '../invocation';
import { flag, found, option, targetsOf, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';
import { judgePath } from '../engines/paths';

/** What deleting or overwriting these files takes away; only infrastructure and what lies above the workspace counts. */
function judgeFiles(words: readonly Word[], recursive: boolean, verb: string, call: CliCall): Finding[] {
  return words.flatMap((word) => {
    const judged = judgePath(word, recursive, call.invocation, call.detect);
    if (!judged) return [];
    return [found(call, {
      action: judged.kind, mutation: judged.certain ? 'destructive' : 'unknown', effects: judged.certain ? judged.effects : ['unknown'], targets: targetsOf([word], 'path'),
      reversibility: { kind: judged.effects.includes('data-loss') ? 'irreversible' : 'unknown' },
      reason: `${call.tool}: ${verb} ${word.value ?? word.raw}: ${judged.why}`,
      guardsOff: ['-f', '--force', '--no-preserve-root'].filter((n) => flag(call, n)).slice(0, 1),
    })];
  });
}

/** rm and what deletes files: judged where the files hold infrastructure, or lie above the workspace. */
export const rm = commandTool({
  names: ['rm', 'unlink', 'rmdir', 'srm', 'grm', 'trash', 'rimraf', 'trash-put', 'gio-trash'], provider: 'files',
  source: 'rm(1), GNU coreutils; POSIX', everyday: true, valued: '--interactive-x',
  flags: '-r -R --recursive -f --force -i -I -v -d --dir --one-file-system --preserve-root --no-preserve-root', commands: '',
  otherwise: 'quiet',
  before: (call) => {
    const name = (call.invocation.argv[0]?.value ?? '').replace(/^.*[\\/]/, '');
    const recursive = flag(call, '-r', '-R', '--recursive') || name === 'rimraf' || name === 'trash' || name === 'trash-put';
    if (name === 'rmdir') return [];
    return judgeFiles([...call.args, ...(call.rest ?? [])], recursive, 'Deletes', call);
  },
});

/** shred, truncate: what overwrites or empties files and devices. */
export const shred = commandTool({
  names: ['shred', 'truncate', 'wipe'], provider: 'files', source: 'shred(1), truncate(1)', everyday: true,
  valued: '-n --iterations -s --size --random-source -r --reference',
  flags: '-f -u -v -x -z --force --remove --verbose --exact --zero -c -o', commands: '', otherwise: 'quiet',
  before: (call) => {
    const words = [...call.args, ...(call.rest ?? [])];
    const devices = words.filter((w) => /^\/dev\/(?!null|stdout|stderr|tty|fd)/.test(w.value ?? ''));
    if (devices.length > 0) return [found(call, { action: 'overwrite', mutation: 'destructive', effects: ['data-loss'], reversibility: { kind: 'irreversible' }, targets: targetsOf(devices, 'device'), reason: `${call.tool}: Overwrites the device ${devices.map((w) => w.value).join(', ')}: all that is stored on it is lost.` })];
    const shrinks = call.tool === 'shred' ? true : /^-|^0/.test(option(call, '-s', '--size')?.value?.value ?? '') || (call.invocation.argv[0]?.value ?? '').endsWith('truncate');
    return shrinks ? judgeFiles(words, false, 'Overwrites', call) : [];
  },
});

/** find -delete, and find with a start above the workspace. */
export const find = commandTool({
  names: ['find', 'gfind'], provider: 'files', source: 'find(1), GNU findutils, ACTIONS', everyday: true, valued: '', commands: '',
  otherwise: 'quiet',
  stopsAt: () => true,
  worthAsking: (words) => words.some((w) => /^-(?:delete|exec|execdir|ok)$|[\uFDD0-\uFDD2]/.test(w.text)),
  before: (call) => {
    const words = call.invocation.argv.slice(1);
    const removes = words.some((w, i) => w.value === '-delete' || (/^-(?:exec|execdir|ok)$/.test(w.value ?? '') && /(?:^|\/)(?:rm|shred|unlink|srm)$/.test(words[i + 1]?.value ?? '')));
    if (!removes) return [];
    const starts = words.slice(0, Math.max(0, words.findIndex((w) => /^[-(!]/.test(w.value ?? ''))));
    const names = words.flatMap((w, i) => (/^-i?(?:name|path|wholename)$/.test(w.value ?? '') && words[i + 1] ? [words[i + 1]] : [])).flatMap((w) => (w ? [w] : []));
    const narrowed = words.some((w) => /^-(?:i?name|i?path|regex|mtime|mmin|atime|newer|size|empty|user|older|ctime|maxdepth)$/.test(w.value ?? ''));
    const infra = judgeFiles(names.map((w) => ({ ...w, value: w.value?.replace(/^\*+\/?/, ''), parts: w.parts })), false, 'Deletes every', call);
    return infra.length > 0 ? infra : narrowed ? [] : judgeFiles(starts, true, 'Deletes everything below', call);
  },
});

/** dd: writes to devices. */
export const dd = commandTool({
  names: ['dd', 'gdd', 'dcfldd', 'ddrescue'], provider: 'files', source: 'dd(1)', everyday: true, valued: '', commands: '',
  otherwise: 'quiet',
  stopsAt: () => true,
  before: (call) => call.invocation.argv.slice(1).flatMap((word) => {
    const text = word.value ?? word.parts.map((p) => p ?? '').join('');
    if (!text.startsWith('of=')) return [];
    const path = text.slice(3);
    if (/^\/dev\/(?!null|stdout|stderr|fd\/|tty|shm\/)/.test(path)) return [found(call, { action: 'write', mutation: 'destructive', effects: ['data-loss'], reversibility: { kind: 'irreversible' }, targets: [{ type: 'device', name: path, known: word.value !== undefined }], reason: `dd: Overwrites the device ${path}: all that is stored on it is lost.` })];
    if (path === '' && word.value === undefined) return [found(call, { action: 'write', mutation: 'unknown', reason: 'dd: Writes to a file or device that is not known.', unknowns: [`the destination comes from ${word.raw}`] })];
    return judgeFiles([{ ...word, value: word.value === undefined ? undefined : path, parts: [path] }], false, 'Overwrites', call);
  }),
});

const DEVICE = (call: CliCall, effects: readonly Effect[], why: string): Finding[] => [found(call, { action: 'overwrite', mutation: 'destructive', effects, reversibility: { kind: effects.includes('data-loss') ? 'irreversible' : 'unknown' }, targets: targetsOf([...call.args, ...(call.rest ?? [])], 'device'), reason: `${(call.invocation.argv[0]?.value ?? '').replace(/^.*\//, '')}: ${why}` })];

/** Programs that make, wipe or part disks and volumes. */
export const disks = commandTool({
  names: ['mkfs', 'mke2fs', ...['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'vfat', 'fat', 'ntfs', 'f2fs', 'exfat', 'minix', 'cramfs', 'jfs', 'reiserfs'].map((t) => `mkfs.${t}`), 'mkswap', 'wipefs', 'blkdiscard', 'fdisk', 'sfdisk', 'gdisk', 'sgdisk', 'cfdisk', 'parted', 'lvremove', 'vgremove', 'pvremove', 'lvreduce', 'vgreduce', 'lvconvert', 'lvresize', 'lvchange', 'vgchange', 'mdadm', 'cryptsetup', 'diskutil', 'hdparm', 'nvme', 'tune2fs', 'resize2fs', 'badblocks', 'umount', 'swapoff', 'dmsetup', 'multipath', 'iscsiadm', 'targetcli', 'losetup'],
  provider: 'disk',
  source: 'mkfs(8), wipefs(8), blkdiscard(8), sfdisk(8), sgdisk(8), parted(8), lvremove(8), vgremove(8), pvremove(8), lvreduce(8), '
    + 'mdadm(8), cryptsetup(8), diskutil(8), hdparm(8), nvme(1)',
  everyday: true,
  valued: `-L -U -b -t -O -N -I -i -E -m --size --extents -l --label --type -o --offset --cipher --key-file --key-size --hash
    --luks-version --header --key-slot`,
  flags: '-f --force -y --yes -n --no-act --noheadings -v -q --quiet --test', harmless: '--no-act --test --dry-run',
  guards: '-f --force -y --yes', commands: '', otherwise: 'quiet',
  before: (call) => {
    const tool = (call.invocation.argv[0]?.value ?? '').replace(/^.*[\\/]/, '');
    const texts = [...call.args, ...(call.rest ?? [])].map((w) => w.value ?? '');
    const has = (...names: string[]): boolean => option(call, ...names) !== undefined;
    if (has('--no-act', '--test', '--help', '--version', '-V') || (texts.length === 0 && call.args.length === 0)) return [];
    if (/^mk(?:fs|e2fs|swap)/.test(tool)) return has('-n') && tool !== 'mkfs.vfat' ? [] : DEVICE(call, ['data-loss'], `Makes a new file system on ${texts.join(' ')}: what was stored there is lost.`);
    switch (tool) {
      case 'wipefs': return has('-a', '--all', '-o', '--offset') && !has('-n') ? DEVICE(call, ['data-loss'], 'Wipes the signatures of file systems: what was stored there can not be mounted any more.') : [];
      case 'blkdiscard': return DEVICE(call, ['data-loss'], 'Discards all blocks of the device.');
      case 'sfdisk': return has('-l', '--list', '-d', '--dump', '-F', '-J', '-V', '-s', '-n') ? [] : DEVICE(call, ['data-loss'], 'Rewrites the partition table.');
      case 'sgdisk': return has('-Z', '--zap-all', '-z', '--zap', '-o', '--clear', '-d', '--delete', '-g', '-l', '--load-backup', '-n', '--new') ? DEVICE(call, ['data-loss'], 'Rewrites the partition table.') : [];
      case 'fdisk': case 'gdisk': case 'cfdisk': return has('-l', '--list') || call.invocation.stdin === null ? [] : DEVICE(call, ['data-loss'], 'May rewrite the partition table.');
      case 'parted': return texts.some((t) => /^(?:mklabel|mktable|rm|mkpart|resizepart|rescue)$/.test(t)) ? DEVICE(call, ['data-loss'], 'Rewrites the partition table.') : [];
      case 'lvremove': case 'vgremove': case 'pvremove': return DEVICE(call, ['data-loss'], `Removes ${texts.join(' ')}: what is stored on it is lost.`);
      case 'lvreduce': case 'vgreduce': return DEVICE(call, ['data-loss'], 'Makes a volume smaller: what lies behind its new end is lost.');
      case 'lvresize': return /^-/.test(option(call, '-L', '--size', '-l', '--extents')?.value?.value ?? '') ? DEVICE(call, ['data-loss'], 'Makes a volume smaller: what lies behind its new end is lost.') : [];
      case 'lvconvert': return has('--merge', '--uncache', '--repair') ? DEVICE(call, ['data-loss'], 'Merges or takes apart a volume.') : [];
      case 'lvchange': case 'vgchange': return /^n/.test(option(call, '-a', '--activate')?.value?.value ?? texts[0] ?? '') && has('-a', '--activate') ? DEVICE(call, ['outage'], 'Deactivates volumes: what is mounted from them stops.') : has('-an') ? DEVICE(call, ['outage'], 'Deactivates volumes.') : [];
      case 'mdadm': return has('--zero-superblock', '--fail', '--remove', '-r', '-f', '--stop', '-S', '--create', '-C') ? DEVICE(call, has('--zero-superblock', '--create', '-C') ? ['data-loss'] : ['outage'], 'Takes an array or a disk of it away.') : [];
      case 'cryptsetup': return texts.some((t) => /^(?:luksFormat|luksErase|erase|luksKillSlot|luksRemoveKey|reencrypt|luksHeaderRestore)$/.test(t)) ? DEVICE(call, ['data-loss'], 'Overwrites the header or a key of an encrypted volume: without it the data can not be read.') : texts.some((t) => /^(?:close|luksClose|remove)$/.test(t)) ? DEVICE(call, ['outage'], 'Closes an encrypted volume.') : [];
      case 'diskutil': return texts.some((t) => /^(?:erase\w*|partitionDisk|secureErase|zeroDisk|randomDisk|reformat|deleteContainer|deleteVolume|delete)$/i.test(t)) ? DEVICE(call, ['data-loss'], 'Erases a disk or volume.') : [];
      case 'hdparm': return has('--security-erase', '--security-erase-enhanced', '--trim-sector-ranges', '--make-bad-sector', '--write-sector') || call.invocation.argv.some((w) => /^--(?:security-erase|write-sector|make-bad-sector)/.test(w.value ?? '')) ? DEVICE(call, ['data-loss'], 'Erases the disk.') : [];
      case 'nvme': return texts.some((t) => /^(?:format|sanitize|delete-ns|write-zeroes|detach-ns|reset)$/.test(t)) ? DEVICE(call, ['data-loss'], 'Erases or takes away a namespace of the disk.') : [];
      case 'tune2fs': case 'resize2fs': return [];
      case 'badblocks': return has('-w') ? DEVICE(call, ['data-loss'], 'Overwrites every block of the device.') : [];
      case 'umount': return has('-f', '--force', '-l', '--lazy', '-a', '--all') ? DEVICE(call, ['outage'], 'Takes mounted file systems away under those who use them.') : [];
      case 'swapoff': return [];
      case 'dmsetup': return texts[0] !== undefined && /^(?:remove|remove_all|wipe_table|clear)$/.test(texts[0]) ? DEVICE(call, ['outage'], 'Takes a mapped device away.') : [];
      case 'iscsiadm': return has('-u', '--logout') || option(call, '-o', '--op')?.value?.value === 'delete' ? DEVICE(call, ['outage'], 'Logs out of a storage target.') : [];
      case 'losetup': return [];
      default: return [];
    }
  },
});
