import { commandTool } from './cli/command-tool';

/** rclone. */
export const rclone = commandTool({
  names: ['rclone'], provider: 'rclone', source: 'rclone documentation, "rclone commands" and "Global Flags"',
  valued: `--config --transfers --checkers --include --exclude --include-from --exclude-from --filter --filter-from --files-from
    --min-age --max-age --min-size --max-size --bwlimit --log-file --log-level --stats --retries --backup-dir --suffix --max-delete
    --max-depth --timeout --contimeout --compare-dest --copy-dest --s3-region --rc-addr --addr --user --pass --vfs-cache-mode
    --buffer-size --tpslimit --order-by --max-transfer --dump --cache-dir --workdir --conflict-resolve --format -F --separator -o
    --option --output`,
  flags: `-P --progress -v -vv -i --interactive --delete-excluded --delete-after --delete-before --ignore-existing --force --rmdirs
    --fast-list -c --checksum -u --update --immutable -q --recursive -R`,
  harmless: '-n --dry-run', guards: '--force --delete-excluded',
  commands: `
    ls,lsl,lsd,lsf,lsjson,size,check,cryptcheck,hashsum,md5sum,sha1sum,cat | read
    tree,about,version,listremotes,obscure,ncdu,mount,serve,rc,test | read
    selfupdate,help,gendocs,completion,genautocomplete,checksum,cryptdecode | read
    config,gitannex,nfsmount,authorize,reveal            | read
    config show,dump,file,providers,userinfo,paths,touch | read
    link +--help                                         | read
    archive list                                         | read
    copy,copyto,copyurl,mkdir,touch,link,rcat,settier    | add
    config create,update,reconnect,password,encryption,redacted | add
    archive create                                       | add
    move,moveto,bisync,backend,convmv                    | change
    dedupe +--dedupe-mode=list                           | change
    config disconnect                                    | change
    sync                                                 | destroy data-loss
      | recoverable: only with versions at the destination, or --backup-dir
      # Files at the destination that the source does not have are deleted.
    bisync +--resync                                     | destroy data-loss
      | recoverable: only with versions at the destination, or --backup-dir
      # Files at the destination that the source does not have are deleted.
    delete,purge,deletefile,cleanup,dedupe               | destroy data-loss | recoverable: only with versions at the remote
    rmdir,rmdirs                                         | change
    config delete                                        | destroy access-loss
  `,
  otherwise: 'quiet',
});
