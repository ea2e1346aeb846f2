import { commandTool } from './cli/command-tool';

/** gsutil, for Google Cloud Storage. */
export const gsutil = commandTool({
  names: ['gsutil'], provider: 'google-storage', source: 'gsutil documentation, "gsutil commands"; `gsutil help <command>`',
  valued: '-o -h -u -i -c -l -b -p -k -y -z -j -x -L -s -a -t -d --rpo', flags: '-m -q -D -DD -r -R -f -n -J -I --recursive --stet',
  guards: '-f', where: { project: '-u' },
  commands: `
    ls,cat,du,stat,hash,version,help,perfdiag,signurl,test | read
    acl get                                                | read
    iam get                                                | read
    cors get                                               | read
    lifecycle get                                          | read
    versioning get                                         | read
    logging get                                            | read
    label get                                              | read
    notification list                                      | read
    retention get                                          | read
    ubla get                                               | read
    pap get                                                | read
    kms encryption                                         | read
    requesterpays get                                      | read
    web get                                                | read
    autoclass get                                          | read
    defstorageclass get                                    | read
    bucketpolicyonly get                                   | read
    rpo get                                                | read
    rsync +-n                                              | read
    kms serviceaccount                                     | read
    hmac list,get                                          | read
    mb,config,compose,cp,update                            | add
    hmac create                                            | add
    notification create                                    | add
    mv +-n                                                 | add
    setmeta,rewrite,defacl,rsync,mv                        | change
    acl set,ch                                             | change
    cors set                                               | change
    label set,ch                                           | change
    kms authorize                                          | change
    requesterpays set                                      | change
    web set                                                | change
    autoclass set                                          | change
    defstorageclass set                                    | change
    retention lock,set,event,event-default                 | change
    ubla set                                               | change
    pap set                                                | change
    iam ch,set                                             | change
    bucketpolicyonly set                                   | change
    rpo set                                                | change
    hmac update                                            | change
    rm                                                     | destroy data-loss
      | recoverable: only with versioning or soft delete on the bucket
    rb                                                     | destroy data-loss | irreversible
    rsync +-d                                              | destroy data-loss
      # Files at the destination that the source does not have are deleted.
    lifecycle set                                          | destroy data-loss  # Its rules may delete objects by age.
    retention clear,temp                                   | destroy guard-removal
    logging set                                            | destroy guard-removal
    versioning set                                         | destroy guard-removal
    notification delete                                    | destroy guard-removal
    hmac delete                                            | destroy access-loss
  `,
  otherwise: 'verbs',
  refine: (call, finding) => {
    const words = call.args.map((w) => w.value ?? '');
    if (call.path.join(' ') === 'versioning set') return [words[0] === 'off' ? { ...finding, mutation: 'destructive', effects: ['guard-removal'] } : { ...finding, mutation: 'modifying', effects: [] }];
    if (call.path[0] === 'iam' || call.path[0] === 'acl' || call.path[0] === 'defacl') {
      if (words.some((w) => /^(?:allUsers|allAuthenticatedUsers|AllUsers|AllAuthenticatedUsers)\b/.test(w)) || call.options.some((o) => /^(?:allUsers|AllUsers|allAuthenticatedUsers|AllAuthenticatedUsers)\b/.test(o.value?.value ?? '')) || words.some((w) => /^public-read/.test(w))) return [{
        ...finding, mutation: 'destructive', effects: ['exposure'],
        reason: `${finding.reason} Everybody can reach it.`,
      }];
      if (call.options.some((o) => o.name === '-d')) return [{ ...finding, mutation: 'destructive', effects: ['access-loss'] }];
    }
    return undefined;
  },
});
