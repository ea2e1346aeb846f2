import { commandTool } from './cli/command-tool';

/** etcdctl and etcdutl. */
export const etcdctl = commandTool({
  names: ['etcdctl', 'etcdutl'], provider: 'etcd', source: 'etcd documentation, "etcdctl" README; `etcdctl --help` of 3.4 to 3.6',
  valued: `--cacert --cert --command-timeout --dial-timeout --discovery-srv --endpoints --key --keepalive-time --keepalive-timeout
    --password --user -w --write-out --data-dir --name --initial-cluster --initial-cluster-token --initial-advertise-peer-urls
    --peer-urls --rev --limit --lease --order --sort-by --consistency --wal-dir --bump-revision --revision -i --role`,
  flags: `--prefix --from-key --prev-kv --keys-only --print-value-only --debug --hex --cluster --defrag --physical --ignore-lease
    --count-only --mark-compacted`,
  guards: '--prefix --from-key', where: { endpoint: '--endpoints ETCDCTL_ENDPOINTS' },
  commands: `
    get,watch,version,check,elect,lock,ls,hashkv,cluster-health,completion | read
    endpoint health,status,hashkv    | read
    member list                      | read
    snapshot status                  | read
    alarm list                       | read
    lease list,timetolive,keep-alive | read
    user list,get                    | read
    role list,get                    | read
    auth status                      | read
    move-leader +--help              | read
    put,mk,mkdir,backup              | add
    snapshot save                    | add
    lease grant                      | add
    member add                       | add
    user add                         | add
    role add                         | add
    set,update,txn,make-mirror,move-leader,defrag,migrate,setdir,updatedir | change
    user grant-role,passwd           | change
    role grant-permission            | change
    auth enable                      | change
    member update,promote            | change
    del,delete,rm,rmdir              | destroy data-loss | irreversible  # The keys are lost; in a Kubernetes cluster they are its objects.
    compaction,compact               | destroy data-loss | irreversible  # Older revisions of the keys are lost.
    snapshot restore                 | destroy data-loss
    restore                          | destroy data-loss
    member remove                    | destroy outage
    user delete,revoke-role          | destroy access-loss
    role delete,revoke-permission    | destroy access-loss
    auth disable                     | destroy guard-removal
    alarm disarm                     | destroy guard-removal
    lease revoke                     | destroy data-loss
    verify                           | destroy data-loss
  `,
  otherwise: 'verbs',
});
