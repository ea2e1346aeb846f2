import { commonTool } from './cli/common-tool';

/** Clients of S3 beside the AWS CLI. */
export const s3cmd = commonTool({
  names: ['s3cmd', 's5cmd', 's4cmd'], provider: 's3', source: 's3cmd and s5cmd usage',
  commands: `
    del,rm,delete,expire,rb,setlifecycle,dellifecycle,delpolicy,delcors | destroy data-loss
    abortmp                                                 | destroy data-loss
    sync +--delete-removed,--delete,--delete-after          | destroy data-loss
    setacl +--acl-public,-P                                 | destroy exposure
    setpolicy                                               | destroy exposure
    ls,la,du,info,get,cat,head,multipart,ws-info,getlifecycle,signurl | read
    version,getpolicy,select,presign,listmp,getnotification | read
    mb,put,cp,sync,modify,run,mkbucket,pipe,restore,ws-create | add
    mv,setacl,setcors,fixbucket,settagging,cfcreate,setversioning,accesslog | change
    cfmodify                                                | change
  `,
});
