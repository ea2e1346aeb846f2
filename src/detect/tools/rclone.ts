import { commandTool } from './cli/command-tool';

/** rclone. */
export const rclone = commandTool({
names: ['rclone'], provider: 'rclone', source: 'rclone documentation, "rclone commands" and "Global Flags"',
  valued: '--config --transfers --checkers --include --exclude --include-from --exclude-from --filter --filter-from --files-from --min-age --max-age --min-size --max-size --bwlimit --log-file --log-level --stats --retries --backup-dir --suffix --max-delete --max-depth --timeout --contimeout --compare-dest --copy-dest --s3-region --rc-addr --addr --user --pass --vfs-cache-mode --buffer-size --tpslimit --order-by --max-transfer --dump --cache-dir --workdir --conflict-resolve --format -F --separator -o --option --output',
  flags: '-P --progress -v -vv -i --interactive --delete-excluded --delete-after --delete-before --ignore-existing --force --rmdirs --fast-list -c --checksum -u --update --immutable -q --recursive -R', harmless: '-n --dry-run', guards: '--force --delete-excluded',
  commands: `
read ls; lsl; lsd; lsf; lsjson; size; check; cryptcheck; hashsum; md5sum; sha1sum; cat; tree; about; version; listremotes; config show|dump|file|providers|userinfo|paths|touch; obscure; ncdu; link +--help; mount; serve; rc; test; selfupdate; help; gendocs; completion; genautocomplete; checksum; cryptdecode; config; gitannex; nfsmount; authorize; archive list; reveal
add copy; copyto; copyurl; mkdir; touch; link; rcat; config create|update|reconnect|password|encryption; settier; archive create; config redacted
mod move; moveto; dedupe +--dedupe-mode=list; config disconnect; bisync; backend; convmv
kill:data sync; bisync +--resync ~recover only with versions at the destination, or --backup-dir # Files at the destination that the source does not have are deleted.
kill:data delete; purge; deletefile; rmdirs; cleanup; dedupe ~recover only with versions at the remote
mod rmdir; rmdirs
kill:access config delete`,
  otherwise: 'quiet',
});
