import { commonTool } from './cli/common-tool';

/** NixOps and its relatives. */
export const nixops = commonTool({
  names: ['nixops', 'colmena', 'deploy-rs', 'morph'], provider: 'nix', source: 'NixOps and Colmena manuals',
  commands: `
    destroy,delete,delete-resources,reboot,stop,delete-backup,restore | destroy data-loss,outage
    clean-backups                                       | destroy data-loss,outage
    info,list,show-option,ssh,check,list-generations,show-*,eval,build | read
    dump-*,export,repl                                  | read
    create,deploy,apply,backup,import,start,upload-keys | add
    modify,set-args,rename,rollback,send-keys,apply-local,edit | change
  `,
});
