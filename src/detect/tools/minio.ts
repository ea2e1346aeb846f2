import { commonTool } from './cli/common-tool';

/** The MinIO client. */
export const minio = commonTool({
  names: ['mc', 'mcli'], provider: 'minio', source: 'MinIO Client reference',
  commands: `
    rm,rb,undo                    | destroy data-loss
    mirror +--remove,--overwrite  | destroy data-loss
    ilm rule add,import           | destroy data-loss
    ilm import                    | destroy data-loss
    admin bucket remote rm        | destroy data-loss
    admin decommission start      | destroy data-loss
    replicate rm                  | destroy data-loss
    ilm tier rm                   | destroy data-loss
    version suspend               | destroy data-loss
    retention clear               | destroy data-loss
    legalhold clear               | destroy data-loss
    encrypt clear                 | destroy data-loss
    admin user remove,disable     | destroy access-loss
    admin policy remove,detach    | destroy access-loss
    admin service stop,restart    | destroy access-loss
    admin accesskey rm            | destroy access-loss
    admin user svcacct rm,disable | destroy access-loss
    admin group remove,disable    | destroy access-loss
    idp * rm                      | destroy access-loss
    anonymous set                 | destroy exposure
    policy set                    | destroy exposure
    ls,cat,stat,tree,du,find,diff,head,ping,ready,watch,sql,config,od | read
    alias *                       | read
    admin info,trace,console,logs | read
    admin user list               | read
    version info                  | read
    retention info                | read
    support *                     | read
    share *                       | read
    license *                     | read
    admin prometheus *            | read
    tag list                      | read
    ilm ls                        | read
    admin policy list,info        | read
    event list                    | read
    encrypt info                  | read
    anonymous get,list            | read
    mb,cp,pipe,put,mirror,get     | add
    admin user add                | add
    admin policy create,attach    | add
    tag set                       | add
    version enable                | add
    event add                     | add
    encrypt set                   | add
    quota set                     | add
    retention set                 | add
    legalhold set                 | add
    replicate add                 | add
    batch *                       | add
    mv                            | change
    admin config set              | change
    admin update                  | change
    ilm edit                      | change
    tag remove                    | change
    event remove                  | change
    cors *                        | change
    quota clear                   | change
  `,
});
