import { commandTool } from './cli/command-tool';

/** restic. */
export const restic = commandTool({
names: ['restic', 'rustic'], provider: 'restic', source: 'restic documentation, "restic" manual pages',
  valued: '-r --repo --repository-file -p --password-file --password-command --key-hint --cacert --cache-dir -o --option --limit-download --limit-upload --tls-client-cert --retry-lock --tag -H --host --path -l --keep-last --keep-hourly --keep-daily --keep-weekly --keep-monthly --keep-yearly --keep-within --keep-tag -g --group-by -t --target -i --include -e --exclude --exclude-file --files-from --parent --time --max-unused --max-repack-size --from-repo --set --add --remove --new-password-file --pack-size --compression --iexclude --snapshot-template', flags: '--prune -c --compact --json -v -q --no-lock --no-cache --insecure-tls --unsafe-recover-no-free-space --unsafe-allow-remove-all --forget --read-data --dry-run -n --delete --verify', harmless: '-n --dry-run', guards: '--unsafe-allow-remove-all --unsafe-recover-no-free-space --no-lock', where: { endpoint: '-r --repo RESTIC_REPOSITORY' },
  commands: `
read snapshots; ls; find; stats; check; diff; list; cat; dump; version; mount; key list; self-update; generate; help; cache; features; options
add init; backup; copy; key add; recover
mod tag; rebuild-index; repair index|packs; migrate; unlock; key passwd; restore; rewrite
kill:data restore +--delete # Files at the target that the snapshot does not have are deleted.
kill:data forget; prune; rewrite +--forget; repair snapshots +--forget ~gone # Backups that could be restored are gone.
kill:access key remove`,
  otherwise: 'quiet',
});
