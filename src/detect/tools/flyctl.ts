import { commandTool } from './cli/command-tool';

/** flyctl, for Fly.io. */
export const flyctl = commandTool({
names: ['fly', 'flyctl'], provider: 'fly', source: 'Fly.io documentation, "flyctl" command reference',
  valued: '--app -a --config -c --access-token -t --org -o --region -r --image -i --strategy --vm-size --vm-memory --env -e --build-arg --dockerfile --machine --count --name -n --size -s --user -u --command -C --process-group -g --select --wait-timeout --snapshot-retention --initial-cluster-size --fork-from --snapshot-id --volume-size --lines --signal --require-unique-zone --vm-cpus --vm-cpu-kind --primary-region --file-local --secret --time --skip-ports --volume --database-name --database-user --variable-name --target-app --backup-id --ip --comment --password --port',
  flags: '--yes -y --force -f --verbose --json -j --ha --local-only --remote-only --now --detach --stage --skip-dns-registration --bypass', guards: '--yes -y --force -f', where: { app: '--app -a FLY_APP', organization: '--org -o', region: '--region -r' },
  commands: `
read status; logs; apps list|open|releases|errors; releases; version; platform; auth; auth whoami|token|docker; config show|validate|env|save; checks list; ips list; secrets list; volumes|volume|vol list|ls|show; volumes|volume snapshots list; machine|machines|m list|ls|status|exec +--help; machine|machines list|status; regions list; services; ping; dig; doctor; orgs list|show; postgres|pg list|connect|events|db|users; postgres config show; postgres db list; postgres users list; dashboard; jobs; wireguard list|status; certs list|show|check; history; image show; scale show; tokens list; docs; info; proxy; curl; redis list|status|dashboard|connect|proxy|plans; resume; mpg list|status|connect|proxy; incidents; settings; mcp; agent; consul; storage list|status|dashboard; registry; synthetics; logs ship; metrics; litefs-cloud; ssh console; ssh log; ssh issue; sftp; sftp find|get|shell; extensions * list|status|dashboard; volumes|volume lsvd; ssh establish; m *list
read ssh console !--command !-C
add launch; apps create; postgres create|attach|import|barman|backup; postgres backup create|list|enable; volumes|volume create|fork; volumes snapshots create; ips allocate|allocate-v4|allocate-v6|private; certs add|create; wireguard create; orgs create|invite; redis create; machine|machines|m create|run|clone|start|cordon|uncordon|leases|lease; mpg create|attach|backup; storage create; sftp put; tokens create|attenuate; extensions * create
mod deploy; scale count|vm|memory; apps move; secrets import|set|deploy|sync; image update; machine|machines|m update; volumes|volume extend|update; config; migrate-to-v2; redis update; auth login|logout|signup; regions add|set; apps set-platform-version; postgres renew-certs|add_flycast; config import; wireguard reset; wireguard websockets; secrets; console; postgres config update; machine|machines exec; m exec; mcp launch; deployments
kill:data,out apps destroy|delete|remove|rm; destroy ~gone # The app with its machines, volumes, addresses and secrets is deleted.
kill:out apps suspend|pause|restart; suspend; restart; apps resume; machine|machines|m stop|restart|suspend|kill|reset-handle-states; postgres restart|failover; pg restart|failover
mod apps resume; turboku
kill:data,out machine|machines|m destroy|delete|remove|rm|egress-ip
kill:data volumes|volume|vol|v destroy|delete|rm|d ~recover from its daily snapshots, 5 days unless set otherwise # The volume is deleted.
kill:access secrets unset; tokens revoke; orgs remove; postgres users delete; wireguard remove; postgres detach; pg detach; mpg detach; consul detach
kill:data redis destroy|delete|reset; mpg destroy; storage destroy; extensions * destroy; litefs-cloud destroy; mpg restore
kill:data,out orgs delete
kill:id ips release; certs remove|delete
kill:access mcp destroy; regions remove
kill:data postgres db drop
kill:data checks delete`,
  otherwise: 'verbs', runsText: '--command -C',
  // `scale count 0`, or by process group: `scale count web=0 worker=1`. Source: fly scale count --help.
  refine: (call, finding) => (call.path.join(' ') === 'scale count' && call.args.some((w) => /(?:^|=)0$/.test(w.value ?? ''))
    ? [{ ...finding, mutation: 'destructive', effects: ['outage'], reason: `fly: Scales to none (${call.args.map((w) => w.value ?? w.raw).join(' ')}): no machine is left to answer, and those that run are destroyed.` }] : undefined),
});
