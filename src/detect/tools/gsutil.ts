import { commandTool } from './cli/command-tool';

/** gsutil, for Google Cloud Storage. */
export const gsutil = commandTool({
names: ['gsutil'], provider: 'google-storage', source: 'gsutil documentation, "gsutil commands"; `gsutil help <command>`',
  valued: '-o -h -u -i -c -l -b -p -k -y -z -j -x -L -s -a -t -d --rpo',
  flags: '-m -q -D -DD -r -R -f -n -J -I --recursive --stet', guards: '-f', where: { project: '-u' },
  commands: `
read ls; cat; du; stat; hash; version; help; acl get; iam get; cors get; lifecycle get; versioning get; logging get; label get; notification list; retention get; ubla get; pap get; kms encryption; requesterpays get; web get; autoclass get; defstorageclass get; perfdiag; signurl; bucketpolicyonly get; rpo get; test
read rsync +-n; kms serviceaccount; hmac list|get
add mb; config; compose; hmac create; notification create; mv +-n; cp; update
mod setmeta; rewrite; acl set|ch; cors set; label set|ch; kms authorize; requesterpays set; web set; autoclass set; defstorageclass set; retention lock|set; ubla set; pap set; defacl; rsync; iam ch|set; mv; bucketpolicyonly set; rpo set; retention event; retention event-default; hmac update
kill:data rm ~recover only with versioning or soft delete on the bucket
kill:data rb ~gone
kill:data rsync +-d # Files at the destination that the source does not have are deleted.
kill:data lifecycle set # Its rules may delete objects by age.
kill:guard retention clear; retention temp; logging set; versioning set; notification delete
mod logging set
kill:access hmac delete`,
  otherwise: 'verbs',
  refine: (call, finding) => {
    const words = call.args.map((w) => w.value ?? '');
    if (call.path.join(' ') === 'versioning set') return [words[0] === 'off' ? { ...finding, mutation: 'destructive', effects: ['guard-removal'] } : { ...finding, mutation: 'modifying', effects: [] }];
    if (call.path[0] === 'iam' || call.path[0] === 'acl' || call.path[0] === 'defacl') {
      if (words.some((w) => /^(?:allUsers|allAuthenticatedUsers|AllUsers|AllAuthenticatedUsers)\b/.test(w)) || call.options.some((o) => /^(?:allUsers|AllUsers|allAuthenticatedUsers|AllAuthenticatedUsers)\b/.test(o.value?.value ?? '')) || words.some((w) => /^public-read/.test(w))) return [{ ...finding, mutation: 'destructive', effects: ['exposure'], reason: `${finding.reason} Everybody can reach it.` }];
      if (call.options.some((o) => o.name === '-d')) return [{ ...finding, mutation: 'destructive', effects: ['access-loss'] }];
    }
    return undefined;
  },
});
