import { commandTool } from './cli/command-tool';

/** BorgBackup. */
export const borg = commandTool({
  names: ['borg', 'borgmatic'], provider: 'borg',
  source: 'Borg documentation, "Usage"; borgmatic documentation, "Command-line reference"',
  valued: `-r --repo -C --compression -e --exclude --exclude-from --pattern --patterns-from --keep-last --keep-hourly --keep-daily
    --keep-weekly --keep-monthly --keep-yearly --keep-within --keep-secondly --keep-minutely -P --prefix -a --glob-archives
    --match-archives --rsh --lock-wait --remote-path --format --comment --chunker-params --timestamp --first --last --sort-by
    --verbosity --log-file --archive --config -c`,
  flags: `-p --progress --list -s --stats --force --save-space --cache-only --debug -v --info --show-rc --strip-components -n --dry-run
    --repair`,
  harmless: '-n --dry-run', guards: '--force', where: { endpoint: '-r --repo BORG_REPO' },
  commands: `
    list,info,diff,check,export-tar,mount,umount,version,benchmark,help | read
    debug,rlist,rinfo,repo-list,repo-info,extract,spot,validate,generate | read
    key export                       | read
    config +--list                   | read
    init,create,import-tar,rcreate,repo-create,serve,transfer | add
    key import                       | add
    rename,upgrade,recreate,break-lock,config,compact,restore,undelete | change
    key change-passphrase            | change
    with-lock                        | runs
    delete,prune,rdelete,repo-delete | destroy data-loss | irreversible  # Backups that could be restored are gone.
    check +--repair                  | destroy data-loss | irreversible  # Backups that could be restored are gone.
  `,
  otherwise: 'quiet',
});
