import type { Effect } from '../../model';
import type { Finding } from '../invocation';
import { flag, fileText, optionText, optionTexts, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';

/** Commands of `utils` that only show what they would do as long as nobody approves. Source: eksctl, pkg/ctl/cmdutils, AddApproveFlag, and pkg/ctl/utils. */
const APPROVED = /^(?:set-public-access-cidrs|update-cluster-(?:endpoints|vpc-config|logging)|(?:update-)?deletion-protection|delete-iam-oidc-provider|migrate-to-\S+|associate-iam-oidc-provider|update-\S*(?:kube-proxy|aws-node|coredns)|install-vpc-controllers|enable-secrets-encryption)$/;
/** Everybody. */
const ANY = /(?:^|[\s,"'[])(?:0\.0\.0\.0|::)\/0/;

/** What a change of a cluster's access opens, and whom it shuts out. Source: eksctl, pkg/ctl/utils. */
function access(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const verb = call.path[1] ?? '';
  if (APPROVED.test(verb) && !flag(call, '--approve')) return [{ ...finding, mutation: 'none', effects: [], reason: 'eksctl: Without --approve it only shows what it would change.' }];
  const file = optionText(call, '-f', '--config-file');
  const text = file === undefined ? undefined : fileText(file, call);
  const said = (effect: Effect, reason: string): readonly Finding[] => [{ ...finding, mutation: 'destructive', effects: [effect], reason: `eksctl: ${reason}` }];
  const switched = (name: string): string | undefined => call.options.findLast((o) => o.name === name) && (optionText(call, name) ?? 'true');
  const cidrs = [...(verb === 'set-public-access-cidrs' ? call.args.map((w) => w.value ?? '') : []), ...optionTexts(call, '--public-access-cidrs')].join(',') || (text === undefined ? '' : (/publicAccessCIDRs[^\n]*(?:\n\s+-[^\n]*)*/.exec(text)?.[0] ?? ''));
  switch (verb) {
    case 'set-public-access-cidrs': case 'update-cluster-vpc-config': case 'update-cluster-endpoints':
      if (ANY.test(cidrs)) return said('exposure', 'Opens the API of the cluster to every address.');
      if (cidrs === '' && switched('--public-access') === 'true') return said('exposure', 'Opens the API of the cluster to the internet.');
      if (cidrs !== '' || switched('--public-access') === 'false' || switched('--private-access') === 'false') return said('access-loss', 'Who does not come from the addresses that are left can not reach the API of the cluster any more.');
      return file === undefined ? undefined : said('access-loss', `Sets who reaches the API of the cluster as ${file} says.`);
    case 'update-authentication-mode': return optionText(call, '--authentication-mode') === 'API' ? said('access-loss', 'Who has access by aws-auth alone loses it, and there is no way back to it.') : undefined;
    case 'deletion-protection': case 'update-deletion-protection': return switched('--enabled') === 'false' ? said('guard-removal', 'The cluster can be deleted again.') : undefined;
    case 'update-cluster-logging': return call.options.some((o) => o.name === '--disable-types') ? said('guard-removal', 'Logs of the control plane, the audit log among them, are not written any more.') : undefined;
    default: return undefined;
  }
}

/** eksctl, for EKS clusters. */
export const eksctl = commandTool({
names: ['eksctl'], provider: 'eksctl', source: 'eksctl documentation, "CLI reference"',
  valued: '--name -n --cluster -c --region -r --profile -p --config-file -f --nodegroup --nodes -N --nodes-min -m --nodes-max -M --node-type -t --version --timeout --cfn-role-arn --namespace --arn --username --group --label-filter --include --exclude --only --kubeconfig --output -o --pod-eviction-wait-period --parallel --verbose -v --zones --tags --attach-policy-arn --labels -l --addon --public-access-cidrs --authentication-mode --enabled --enable-types --disable-types --control-plane-subnet-ids --control-plane-security-group-ids',
  flags: '--approve --wait -w --force --disable-nodegroup-eviction --plan --all', harmless: '--dry-run', guards: '--force --disable-nodegroup-eviction --approve', where: { region: '--region -r AWS_REGION', profile: '--profile AWS_PROFILE', cluster: '--cluster -c' }, targets: '--name -n',
  commands: `
read get; info; version; utils describe-stacks|describe-addon-versions|nodegroup-health|schema|write-kubeconfig; anywhere; completion
mod utils migrate-to-access-entry|migrate-to-pod-identity|update-legacy-subnet-settings|update-zonal-shift-config|update-addon
kill:access utils delete-iam-oidc-provider # The service accounts that get their roles through it lose them.
add create; enable; register; generate; utils associate-iam-oidc-provider; associate
mod utils update-cluster-logging|update-cluster-endpoints|update-authentication-mode|install-vpc-controllers|enable-secrets-encryption|set-public-access-cidrs|deletion-protection|update-deletion-protection|update-kube-proxy|update-aws-node|update-coredns|update-cluster-vpc-config
mod scale; set; upgrade; update
kill:out scale nodegroup +--nodes=0|-N=0 # No node is left to run anything.
kill:data,out delete cluster ~gone # The cluster with its nodes, and the volumes inside it, is deleted.
kill:out delete nodegroup|fargateprofile|podidentityassociation|addon; delete; deregister
kill:access delete iamserviceaccount|iamidentitymapping|accessentry; disassociate
kill:access unset
kill:out drain; drain nodegroup !--undo
mod drain +--undo; drain nodegroup +--undo`,
  otherwise: 'verbs',
  refine: (call, finding) => (call.path[0] === 'utils' ? access(call, finding) : call.path[0] === 'delete' && call.options.some((o) => o.name === '--approve') === false && call.options.some((o) => (o.name === '-f' || o.name === '--config-file')) && /^(?:nodegroup|iamserviceaccount|fargateprofile|accessentry)$/.test(call.path[1] ?? '') ? [{ ...finding, mutation: 'none', effects: [], reason: 'eksctl: Without --approve it only shows what it would delete.' }] : undefined),
});
