import { commandTool } from './cli/command-tool';

/** etcdctl and etcdutl. */
export const etcdctl = commandTool({
names: ['etcdctl', 'etcdutl'], provider: 'etcd', source: 'etcd documentation, "etcdctl" README; `etcdctl --help` of 3.4 to 3.6',
  valued: '--cacert --cert --command-timeout --dial-timeout --discovery-srv --endpoints --key --keepalive-time --keepalive-timeout --password --user -w --write-out --data-dir --name --initial-cluster --initial-cluster-token --initial-advertise-peer-urls --peer-urls --rev --limit --lease --order --sort-by --consistency --wal-dir --bump-revision --revision -i --role',
  flags: '--prefix --from-key --prev-kv --keys-only --print-value-only --debug --hex --cluster --defrag --physical --ignore-lease --count-only --mark-compacted', guards: '--prefix --from-key', where: { endpoint: '--endpoints ETCDCTL_ENDPOINTS' },
  commands: `
read get; watch; version; endpoint health|status|hashkv; member list; snapshot status; alarm list; lease list|timetolive|keep-alive; user list|get; role list|get; check; auth status; elect; lock; ls; hashkv; cluster-health; completion; lease keep-alive; move-leader +--help
add put; snapshot save; lease grant; member add; user add; role add; mk; mkdir; backup
mod set; update; txn; user grant-role|passwd; role grant-permission; auth enable; member update|promote; make-mirror; move-leader; defrag; migrate; setdir; updatedir
kill:data del|delete|rm|rmdir ~gone # The keys are lost; in a Kubernetes cluster they are its objects.
kill:data compaction|compact ~gone # Older revisions of the keys are lost.
kill:data snapshot restore; restore
mod defrag
kill:out member remove
kill:access user delete|revoke-role; role delete|revoke-permission
kill:guard auth disable; alarm disarm
kill:data lease revoke; verify`,
  otherwise: 'verbs',
});
