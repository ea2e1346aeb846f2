import type { Effect } from '../../model';
import type { Finding } from '../invocation';
import { fileText, flag, option, optionText, optionTexts, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';

/** Commands of `utils` that only show what they would do as long as nobody approves. Source: eksctl, AddApproveFlag, and pkg/ctl/utils. */
const APPROVED = new Set(`set-public-access-cidrs update-cluster-endpoints update-cluster-vpc-config update-cluster-logging
  deletion-protection update-deletion-protection delete-iam-oidc-provider associate-iam-oidc-provider migrate-to-access-entry migrate-to-pod-identity
  update-kube-proxy update-aws-node update-coredns install-vpc-controllers enable-secrets-encryption`.split(/\s+/));
/** Everybody. */
const ANY = /(?:^|[\s,"'[])(?:0\.0\.0\.0|::)\/0/;

type Said = (effect: Effect, reason: string) => readonly Finding[];

/** What a change of a cluster's access opens, and whom it shuts out. Source: eksctl, pkg/ctl/utils. */
function access(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const verb = call.path[1] ?? '';
  const said: Said = (effect, reason) => [{
    ...finding, mutation: 'destructive', effects: [effect],
    reason: `eksctl: ${reason}`,
  }];
  if (APPROVED.has(verb) && !flag(call, '--approve')) return onlyShows(finding, 'change');
  switch (verb) {
    case 'set-public-access-cidrs': case 'update-cluster-vpc-config': case 'update-cluster-endpoints': return endpoints(verb, call, said);
    case 'update-authentication-mode':
      if (optionText(call, '--authentication-mode') !== 'API') return undefined;
      return said('access-loss', 'Who has access by aws-auth alone loses it, and there is no way back to it.');
    case 'deletion-protection': case 'update-deletion-protection':
      return switched(call, '--enabled') === 'false' ? said('guard-removal', 'The cluster can be deleted again.') : undefined;
    case 'update-cluster-logging':
      if (!option(call, '--disable-types')) return undefined;
      return said('guard-removal', 'Logs of the control plane, the audit log among them, are not written any more.');
    default: return undefined;
  }
}

const onlyShows = (finding: Finding, what: string): readonly Finding[] => [{
  ...finding, mutation: 'none', effects: [],
  reason: `eksctl: Without --approve it only shows what it would ${what}.`,
}];

/** A switch with or without its value; undefined: not given. */
const switched = (call: CliCall, name: string): string | undefined => option(call, name) && (optionText(call, name) ?? 'true');

/** Who reaches the API of the cluster from now on. */
function endpoints(verb: string, call: CliCall, said: Said): readonly Finding[] | undefined {
  const file = optionText(call, '-f', '--config-file');
  const inFile = file === undefined ? undefined : /publicAccessCIDRs[^\n]*(?:\n\s+-[^\n]*)*/.exec(fileText(file, call) ?? '')?.[0];
  const words = verb === 'set-public-access-cidrs' ? call.args.map((w) => w.value ?? w.raw) : [];
  const cidrs = [...words, ...optionTexts(call, '--public-access-cidrs')].join(',') || (inFile ?? '');
  if (ANY.test(cidrs)) return said('exposure', 'Opens the API of the cluster to every address.');
  const isPublic = switched(call, '--public-access');
  if (cidrs === '' && isPublic === 'true') return said('exposure', 'Opens the API of the cluster to the internet.');
  if (cidrs !== '' || isPublic === 'false' || switched(call, '--private-access') === 'false') {
    return said('access-loss', 'Who does not come from the addresses that are left can not reach the API of the cluster any more.');
  }
  return file === undefined ? undefined : said('access-loss', `Sets who reaches the API of the cluster as ${file} says.`);
}

/** Kinds of which `delete -f FILE` only shows what it would delete, without --approve. Source: eksctl documentation, "Config file usage". */
const BY_FILE = /^(?:nodegroup|iamserviceaccount|fargateprofile|accessentry)$/;

function refine(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const [verb, noun = ''] = call.path;
  if (verb === 'utils') return access(call, finding);
  const byFile = verb === 'delete' && BY_FILE.test(noun) && option(call, '-f', '--config-file') !== undefined;
  return byFile && option(call, '--approve') === undefined ? onlyShows(finding, 'delete') : undefined;
}

/** eksctl, for EKS clusters. */
export const eksctl = commandTool({
  names: ['eksctl'], provider: 'eksctl', source: 'eksctl documentation, "CLI reference"',
  valued: `--name -n --cluster -c --region -r --profile -p --config-file -f --nodegroup --nodes -N --nodes-min -m --nodes-max -M
    --node-type -t --version --timeout --cfn-role-arn --namespace --arn --username --group --label-filter --include --exclude --only
    --kubeconfig --output -o --pod-eviction-wait-period --parallel --verbose -v --zones --tags --attach-policy-arn --labels -l --addon
    --public-access-cidrs --authentication-mode --enabled --enable-types --disable-types --control-plane-subnet-ids
    --control-plane-security-group-ids`,
  flags: '--approve --wait -w --force --disable-nodegroup-eviction --plan --all', harmless: '--dry-run',
  guards: '--force --disable-nodegroup-eviction --approve',
  where: { region: '--region -r AWS_REGION', profile: '--profile AWS_PROFILE', cluster: '--cluster -c' }, targets: '--name -n',
  commands: `
    get,info,version,anywhere,completion                     | read
    utils describe-stacks,describe-addon-versions,nodegroup-health,schema | read
    utils write-kubeconfig                                   | read
    utils migrate-to-access-entry,migrate-to-pod-identity    | change
    utils update-legacy-subnet-settings,update-zonal-shift-config | change
    utils update-addon                                       | change
    utils delete-iam-oidc-provider                           | destroy access-loss
      # The service accounts that get their roles through it lose them.
    create,enable,register,generate,associate                | add
    utils associate-iam-oidc-provider                        | add
    utils update-cluster-logging,update-cluster-endpoints    | change
    utils update-authentication-mode,install-vpc-controllers | change
    utils enable-secrets-encryption,set-public-access-cidrs  | change
    utils deletion-protection,update-deletion-protection,update-kube-proxy | change
    utils update-aws-node,update-coredns,update-cluster-vpc-config | change
    scale,set,upgrade,update                                 | change
    scale nodegroup +--nodes=0,-N=0                          | destroy outage  # No node is left to run anything.
    delete cluster                                           | destroy data-loss,outage | irreversible
      # The cluster with its nodes, and the volumes inside it, is deleted.
    delete nodegroup,fargateprofile,podidentityassociation,addon | destroy outage
    delete,deregister                                        | destroy outage
    delete iamserviceaccount,iamidentitymapping,accessentry  | destroy access-loss
    disassociate                                             | destroy access-loss
    unset                                                    | destroy access-loss
    drain                                                    | destroy outage
    drain nodegroup !--undo                                  | destroy outage
    drain +--undo                                            | change
    drain nodegroup +--undo                                  | change
  `,
  otherwise: 'verbs',
  refine,
});
