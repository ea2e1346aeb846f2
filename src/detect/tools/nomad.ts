import { commandTool } from './cli/command-tool';

/** HashiCorp Nomad. */
export const nomad = commandTool({
names: ['nomad'], provider: 'nomad', source: 'Nomad documentation, "Nomad Commands (CLI)"', singleDash: true,
  valued: '-address -region -namespace -token -ca-cert -client-cert -client-key -tls-server-name -job -group -task -var -var-file -check-index -consul-token -vault-token -deadline -m -reason -meta -version -eval-priority -type -t -n -name -policy -description -filter -per-page -out -lock -group-name -id-prefix-template -id', flags: '-purge -yes -y -force -detach -global -no-shutdown-delay -enable -disable -self -all -verbose -short -stats -json -monitor -ignore-system -keep-ineligible -hcl1', guards: '-force -yes -purge', where: { endpoint: '-address NOMAD_ADDR', region: '-region NOMAD_REGION', namespace: '-namespace NOMAD_NAMESPACE' },
  commands: `
read status; job status|plan|inspect|history|validate|deployments|allocs|periodic; plan; inspect; validate; node status|config|intro; node-status; alloc status|logs|fs|checks; logs; fs; ui; version; server members; server-members; operator metrics|debug|raft; operator raft list-peers|info|logs|state; operator autopilot get-config|health; operator scheduler get-config; operator snapshot inspect|state; operator client-state; acl policy list|info; acl token list|info|self; acl role list|info; namespace list|status|inspect; quota list|status|inspect; volume status; var get|list; system; eval list|status; deployment list|status; monitor; agent-info; plugin status; service list|info; login; license get|inspect; recommendation list|info; scaling; job scaling-events; fmt; job tag; setup +-help; node pool list|info|jobs|nodes; operator root keyring list; sentinel list|read; acl; agent; ui; tls; config validate; job restart +-help
ask operator api # It calls any address of the API.
job job dispatch; job periodic force
runs alloc exec; exec
add job run; run; job init; init; acl bootstrap; acl token create; acl policy apply; acl role create; namespace apply; quota apply; volume create|register|init|snapshot; var put|init; operator snapshot save; node pool apply; setup; server join; job tag apply; operator root keyring rotate; volume snapshot create|list
mod job promote|revert|scale|eval; deployment promote|resume|unblock; node eligibility; node meta; operator autopilot set-config; operator scheduler set-config; acl token update; acl role update; job start; node identity; recommendation apply
kill:out job stop; stop ~undo nomad job run # The job's tasks end.
kill:data,out job stop +-purge; stop +-purge ~gone # The job is deleted; it can't be started again from here.
kill:out job restart; alloc stop|restart|signal; deployment fail|pause; node drain; server force-leave; operator raft remove-peer|transfer-leadership; eval delete; job scale 0; system gc; system reconcile; service delete; node purge
mod system gc; system reconcile
kill:data volume delete|deregister|detach; volume snapshot delete; var purge; operator snapshot restore
kill:access acl token delete; acl policy delete; acl role delete; namespace delete; quota delete; node pool delete; operator root keyring remove; sentinel delete; operator gossip keyring remove; acl auth-method delete; acl binding-rule delete; recommendation dismiss`,
  otherwise: 'quiet',
  refine: (call, finding) => (call.path.join(' ') === 'node drain' && call.options.some((o) => o.name === '-disable') ? [{ ...finding, mutation: 'modifying', effects: [] }] : /scale$/.test(call.path.join(' ')) && call.args.at(-1)?.value === '0' ? [{ ...finding, mutation: 'destructive', effects: ['outage'] }] : undefined),
});
