import { commandTool } from './cli/command-tool';

/** restic. */
export const restic = commandTool({
  names: ['restic', 'rustic'], provider: 'restic', source: 'restic documentation, "restic" manual pages',
  valued: `-r --repo --repository-file -p --password-file --password-command --key-hint --cacert --cache-dir -o --option
    --limit-download --limit-upload --tls-client-cert --retry-lock --tag -H --host --path -l --keep-last --keep-hourly --keep-daily
    --keep-weekly --keep-monthly --keep-yearly --keep-within --keep-tag -g --group-by -t --target -i --include -e --exclude
    --exclude-file --files-from --parent --time --max-unused --max-repack-size --from-repo --set --add --remove --new-password-file
    --pack-size --compression --iexclude --snapshot-template`,
  flags: `--prune -c --compact --json -v -q --no-lock --no-cache --insecure-tls --unsafe-recover-no-free-space --unsafe-allow-remove-all
    --forget --read-data --dry-run -n --delete --verify`,
  harmless: '-n --dry-run', guards: '--unsafe-allow-remove-all --unsafe-recover-no-free-space --no-lock',
  where: { endpoint: '-r --repo RESTIC_REPOSITORY' },
  commands: `
    snapshots,ls,find,stats,check,diff,list,cat,dump,version,mount | read
    self-update,generate,help,cache,features,options | read
    key list                                         | read
    init,backup,copy,recover                         | add
    key add                                          | add
    tag,rebuild-index,migrate,unlock,restore,rewrite | change
    repair index,packs                               | change
    key passwd                                       | change
    restore +--delete                                | destroy data-loss
      # Files at the target that the snapshot does not have are deleted.
    forget,prune                                     | destroy data-loss | irreversible  # Backups that could be restored are gone.
    rewrite +--forget                                | destroy data-loss | irreversible  # Backups that could be restored are gone.
    repair snapshots +--forget                       | destroy data-loss | irreversible  # Backups that could be restored are gone.
    key remove                                       | destroy access-loss
  `,
  otherwise: 'quiet',
});
