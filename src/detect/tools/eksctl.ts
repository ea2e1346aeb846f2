import { commandTool } from './cli/command-tool';

/** eksctl, for EKS clusters. */
export const eksctl = commandTool({
names: ['eksctl'], provider: 'eksctl', source: 'eksctl documentation, "CLI reference"',
  valued: '--name -n --cluster -c --region -r --profile -p --config-file -f --nodegroup --nodes -N --nodes-min -m --nodes-max -M --node-type -t --version --timeout --cfn-role-arn --namespace --arn --username --group --label-filter --include --exclude --only --kubeconfig --output -o --pod-eviction-wait-period --parallel --verbose -v --zones --tags --attach-policy-arn --labels -l --addon',
  flags: '--approve --wait -w --force --disable-nodegroup-eviction --plan --all', harmless: '--dry-run', guards: '--force --disable-nodegroup-eviction --approve', where: { region: '--region -r AWS_REGION', profile: '--profile AWS_PROFILE', cluster: '--cluster -c' }, targets: '--name -n',
  commands: `
read get; info; version; utils describe-stacks|describe-addon-versions|nodegroup-health|schema|write-kubeconfig; anywhere; completion
add create; enable; register; generate; utils associate-iam-oidc-provider; associate
mod utils update-cluster-logging|update-cluster-endpoints|update-authentication-mode|install-vpc-controllers|enable-secrets-encryption|set-public-access-cidrs|update-kube-proxy|update-aws-node|update-coredns|update-cluster-vpc-config
mod scale; set; upgrade; update
kill:out scale nodegroup +--nodes=0|-N=0 # No node is left to run anything.
kill:data,out delete cluster ~gone # The cluster with its nodes, and the volumes inside it, is deleted.
kill:out delete nodegroup|fargateprofile|podidentityassociation|addon; delete; deregister
kill:access delete iamserviceaccount|iamidentitymapping|accessentry; disassociate
kill:access unset
kill:out drain; drain nodegroup !--undo
mod drain +--undo; drain nodegroup +--undo`,
  otherwise: 'verbs',
  refine: (call, finding) => (call.path[0] === 'delete' && call.options.some((o) => o.name === '--approve') === false && call.options.some((o) => (o.name === '-f' || o.name === '--config-file')) && /^(?:nodegroup|iamserviceaccount|fargateprofile|accessentry)$/.test(call.path[1] ?? '') ? [{ ...finding, mutation: 'none', effects: [], reason: 'eksctl: Without --approve it only shows what it would delete.' }] : undefined),
});
