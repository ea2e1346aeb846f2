import { commandTool } from './cli/command-tool';

/** BorgBackup. */
export const borg = commandTool({
names: ['borg', 'borgmatic'], provider: 'borg', source: 'Borg documentation, "Usage"; borgmatic documentation, "Command-line reference"',
  valued: '-r --repo -C --compression -e --exclude --exclude-from --pattern --patterns-from --keep-last --keep-hourly --keep-daily --keep-weekly --keep-monthly --keep-yearly --keep-within --keep-secondly --keep-minutely -P --prefix -a --glob-archives --match-archives --rsh --lock-wait --remote-path --format --comment --chunker-params --timestamp --first --last --sort-by --verbosity --log-file --archive --config -c', flags: '-p --progress --list -s --stats --force --save-space --cache-only --debug -v --info --show-rc --strip-components -n --dry-run --repair', harmless: '-n --dry-run', guards: '--force', where: { endpoint: '-r --repo BORG_REPO' },
  commands: `
read list; info; diff; check; export-tar; key export; mount; umount; version; benchmark; help; config +--list; debug; rlist; rinfo; repo-list; repo-info; extract; spot; validate; generate
add init; create; import-tar; rcreate; repo-create; key import; serve; transfer
mod rename; upgrade; recreate; with-lock; break-lock; key change-passphrase; config; compact; restore; undelete
runs with-lock
kill:data delete; prune; rdelete; repo-delete; check +--repair ~gone # Backups that could be restored are gone.`,
  otherwise: 'quiet',
});
