import type { Effect } from '../../../model';
import type { ReaderContext, Finding, Invocation, Tool, Word } from '../../invocation';
import { behindName, withName } from '../../words';
import { flag, option, optionText, optionTexts, targetsOf, type CliCall } from '../cli/call';
import { commandTool, type ToolSpec } from '../cli/command-tool';
import { readCommandTable } from '../cli/table';
import { kubectlCommands, kubectlGlobal } from '../../knowledge/kubectl-flags';
import { kubectlDoor } from './doors';
import { readKubectl } from './line';
import { withKuberc } from './kuberc';
import { patched } from './patch';
import { goInteger } from '../cli/switches';

/** Options that take the next word, for what is called like kubectl but has more commands. Source: `kubectl options` and `kubectl <command> --help` of Kubernetes 1.32. */
const VALUED = `--as --as-group --as-uid --cache-dir --certificate-authority --client-certificate --client-key --cluster --context
  --kubeconfig --log-flush-frequency --namespace -n --password --profile --profile-output --request-timeout --server -s
  --tls-server-name --token --user --username -v --v --vmodule --filename -f --kustomize -k --output -o --selector -l --field-selector
  --grace-period --timeout --container -c --replicas --current-replicas --resource-version --patch -p --patch-file --type --subresource
  --field-manager --template --sort-by --label-columns -L --image --port --env --labels --overrides --restart --schedule --from --tail
  --since --since-time --max-log-requests --to-revision --revision --chunk-size --skip-wait-for-delete-timeout --pod-selector
  --prune-allowlist --applyset --local-port --address --www --www-prefix --raw --certificate --key --cert --from-literal --from-file
  --from-env-file --docker-server --docker-username --docker-password --docker-email --clusterrole --role --serviceaccount --group
  --verb --resource --resource-name --min --max --cpu-percent --requests --limits --hard --name --target-port --external-ip
  --load-balancer-ip --session-affinity --api-version --api-group --for --target --copy-to --auth-provider --exec-command --retries
  --subresource --value --rule --class --default-backend --tcp --node-port --max-unavailable --min-available --override-type --custom
  --types --annotation --duration --audience --bound-object-kind --bound-object-name`;

const COMMANDS = `
  get,describe,logs,top,explain,api-resources,api-versions,cluster-info | read
  version,diff,wait,events,kustomize,completion,options,plugin,certificate | read
  config,set,rollout,help,convert,krew,neat,tree,ctx,ns,who-can | read
  view-secret,view-utilization,images,stern,tail,access-matrix,get-all | read
  df-pv,resource-capacity,score,deprecations,outdated,whoami,ktop,blame | read
  lineage,kubectx                                  | read
  config view,get-contexts,current-context,get-clusters,get-users | read
  auth can-i,whoami                                | read
  rollout status,history                           | read
  alpha events                                     | read
  apply view-last-applied                          | read
  krew list,search,info,version                    | read
  alpha *                                          | ask
  foreach,modify-secret,sniff                      | ask
  node-shell,attach                                | shell  # A shell on it sees and changes everything that runs there.
  port-forward                                     | tunnel
  proxy                                            | raw  # Whoever reaches the port acts on the whole API as you.
  create *,token                                   | add
  run,expose,autoscale,debug,cp                    | add
  krew install,upgrade,update                      | add
  config use-context,set-context                   | add
  config set,set-cluster,set-credentials,rename-context,unset | change
  config delete-context,delete-cluster,delete-user | change
  label,annotate,uncordon,apply,edit               | change
  set *                                            | change
  rollout restart,resume,undo                      | change
  apply *                                          | change
  auth reconcile                                   | change
  certificate approve                              | change
  krew uninstall                                   | change
  patch                                            | change
  rollout pause                                    | destroy outage  # New versions of it are not rolled out until it is resumed.
  scale                                            | change
  apply +--prune                                   | destroy data-loss
    # Everything that carries the label and is not in these files is deleted.
  replace,apply +--force                           | destroy replacement
    # It is deleted and created again, where it can't be changed in place.
  replace                                          | change
  drain                                            | destroy outage
    # The pods on the node are evicted; with --force those that nothing recreates are gone, with --delete-emptydir-data what they stored.
  cordon                                           | destroy outage
  taint +--help                                    | destroy outage
  taint                                            | change
  certificate deny                                 | destroy outage
  delete                                           | destroy
`;

/** Kinds whose deletion takes data, and what else goes. Source: Kubernetes documentation, "Persistent Volumes", "Namespaces", "CustomResourceDefinition", "Garbage Collection". */
const KINDS: readonly (readonly [RegExp, readonly Effect[], string])[] = [
  [/^(?:namespaces?|ns|projects?)$/, ['data-loss', 'outage'], 'Everything inside it goes too: workloads, secrets, and the volumes of its claims where the reclaim policy is Delete.'],
  [/^(?:persistentvolumeclaims?|pvc)$/, ['data-loss'], 'Where the reclaim policy is Delete, the volume and its data go with the claim.'],
  [/^(?:persistentvolumes?|pv)$/, ['data-loss'], 'Where the reclaim policy is Delete, the volume and its data go.'],
  [/^(?:customresourcedefinitions?(?:\..*)?|crds?)$/, ['data-loss', 'outage'], 'Every object of that kind is deleted with it.'],
  [/^(?:statefulsets?|sts)$/, ['outage'], 'Its pods go; its volumes stay unless its retention policy says Delete.'],
  [/^(?:secrets?)$/, ['access-loss', 'data-loss'], 'What is stored in it is lost, and what reads it fails.'],
  [/^(?:configmaps?|cm)$/, ['outage', 'data-loss'], 'What reads it fails when it starts again.'],
  [/^(?:volumesnapshots?|volumesnapshotcontents?|backups?|schedules?|backupstoragelocations?)(?:\..*)?$/, ['data-loss'], 'A copy that could be restored is gone.'],
  [/^(?:clusterroles?|clusterrolebindings?|roles?|rolebindings?|serviceaccounts?|sa|certificatesigningrequests?|csr)$/, ['access-loss'], 'Who relied on it loses access.'],
  [/^(?:networkpolic(?:y|ies)|netpol|poddisruptionbudgets?|pdb|resourcequotas?|quota|limitranges?|limits|validatingwebhookconfigurations?|mutatingwebhookconfigurations?|validatingadmissionpolic(?:y|ies)(?:bindings?)?|podsecuritypolic(?:y|ies)|psp)$/, ['guard-removal'], 'The protection that it gives is gone.'],
  [/^(?:nodes?|no)$/, ['outage'], 'The node leaves the cluster.'],
  [/^(?:clusters?|machines?|machinedeployments?|machinesets?)(?:\..*)?$/, ['data-loss', 'outage'], 'Its controller deletes the real machines.'],
];

function deletion(call: CliCall, finding: Finding): readonly Finding[] {
  if (option(call, '--raw')) return [finding];
  const [first, ...more] = call.args;
  const pairs = call.args.filter((w) => w.value?.includes('/'));
  const kinds = pairs.length > 0 ? pairs.map((w) => w.value?.split('/')[0] ?? '') : (first?.value ?? '').split(',');
  const effects = new Set<Effect>();
  let note: string | undefined;
  for (const kind of kinds) {
    const known = KINDS.find(([pattern]) => pattern.test(kind.toLowerCase()));
    for (const e of known?.[1] ?? ['outage' as const]) effects.add(e);
    note ??= known?.[2];
  }
  const all = flag(call, '--all');
  const files = optionTexts(call, '-f', '--filename', '-k', '--kustomize');
  const targets = files.length > 0 ? files.map((name) => ({ type: 'file', name, known: true })) : pairs.length > 0 ? targetsOf(pairs, 'object') : targetsOf(more, first?.value ?? 'object');
  if (files.length > 0) {
    effects.clear();
    for (const e of ['data-loss', 'outage'] as const) effects.add(e);
    note = 'Every object in these files is deleted, and what they own.';
  }
  const namespace = optionText(call, '-n', '--namespace');
  const scope = all ? ` every ${kinds.join(', ')}` : optionText(call, '-l', '--selector') !== undefined ? ` every ${kinds.join(', ')} with ${optionText(call, '-l', '--selector')}` : targets.length > 0 ? ` ${files.length > 0 ? 'what is in ' : `${pairs.length > 0 ? '' : `${first?.value ?? first?.raw ?? ''} `}`}${targets.map((t) => t.name ?? 'unknown').slice(0, 4).join(', ')}` : ` ${first?.value ?? ''}`;
  return [{
    ...finding, effects: [...effects], targets,
    operation: 'kubernetes:delete',
    reason: `${call.tool}: Deletes${scope}${namespace === undefined ? (flag(call, '-A', '--all-namespaces') ? ' in every namespace' : '') : ` in namespace ${namespace}`}. ${note ?? 'What depends on it stops working.'}`,
    guardsOff: [...(flag(call, '--force') ? ['--force'] : []), ...(/^(?:0|1|now)$/.test(optionText(call, '--grace-period') ?? '') ? ['--grace-period'] : []), ...(optionText(call, '--cascade') === 'orphan' ? ['--cascade=orphan'] : [])],
    unknowns: [...finding.unknowns, ...(first?.value === undefined && files.length === 0 && first ? [`the kind comes from ${first.raw}`] : [])],
  }];
}

/** Source: spf13/pflag, int.go: strconv.ParseInt with base 0, so that `00` and `0x0` are 0 as well. */
function scaled(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const given = option(call, '--replicas')?.value;
  if (given === undefined) return undefined;
  const number = given.value === undefined ? undefined : goInteger(given.value);
  if (number === undefined) return [{ ...finding, mutation: 'unknown', effects: ['unknown'], reason: `${call.tool}: Scales to a number that is not known; it may be 0.` }];
  return number > 0 ? undefined : [{ ...finding, mutation: 'destructive', effects: ['outage'], reason: `${call.tool}: Scales ${call.args.map((w) => w.value ?? w.raw).join(' ')} to ${number}: no pod is left to answer.` }];
}

/** Groups that everybody is in who reaches the API. Source: Kubernetes documentation, "Using RBAC Authorization", default roles. */
const ANYBODY = /^system:(?:anonymous|unauthenticated|authenticated)$/;

/** Whoever reaches the API gets a role. */
function opened(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const who = [...optionTexts(call, '--user', '--group')].flatMap((names) => names.split(',')).filter((name) => ANYBODY.test(name));
  if (who.length === 0) return undefined;
  const role = optionText(call, '--clusterrole', '--role') ?? call.args.map((w) => w.value ?? w.raw).join(' ');
  return [{ ...finding, mutation: 'destructive', effects: ['exposure'], reason: `${call.tool}: Gives ${role} to ${who.join(', ')}: whoever reaches the cluster has it.` }];
}

/** Methods of the API itself that delete. Source: Kubernetes API concepts, "Verbs". */
function refine(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  switch (call.path[0]) {
    case 'delete': return deletion(call, finding);
    case 'patch': return patched(call, finding);
    case 'set':
      if (call.path[1] === 'subject') return opened(call, { ...finding, mutation: 'modifying' }) ?? [{ ...finding, mutation: 'modifying' }];
      return call.path[1] === 'env' || call.path[1] === 'image' || call.path[1] === 'resources' ? [{ ...finding, mutation: 'modifying' }] : undefined;
    case 'create': return /^(?:clusterrolebinding|rolebinding)$/.test(call.path[1] ?? '') ? opened(call, finding) : undefined;
    case 'auth':
      return flag(call, '--remove-extra-permissions', '--remove-extra-subjects') ? [{ ...finding, mutation: 'destructive', effects: ['access-loss'], reason: `${call.tool}: Takes away every right that is not in these files.` }] : undefined;
    case 'taint': return call.args.some((w) => /:NoExecute$/.test(w.value ?? '')) ? [{ ...finding, mutation: 'destructive', effects: ['outage'], reason: `${call.tool}: Evicts the pods that do not tolerate the taint from the node.` }] : undefined;
    case 'scale': return scaled(call, finding);
    case 'drain': return [{ ...finding, guardsOff: ['--force', '--disable-eviction', '--ignore-daemonsets-x', '--delete-emptydir-data', '--delete-local-data'].filter((n) => flag(call, n)), effects: flag(call, '--force') || flag(call, '--delete-emptydir-data') || flag(call, '--delete-local-data') ? ['outage', 'data-loss'] : ['outage'] }];
    default: return undefined;
  }
}

const flagsOfExec = (words: readonly Word[]): boolean => words.length > 2 && words[0]?.value === 'exec';

function kubectlLike(names: readonly string[], more: string, exact: Partial<ToolSpec> = {}): Tool {
  return commandTool({
    names, provider: 'kubernetes',
    source: '`kubectl --help` of every command, Kubernetes 1.32; krew index for the plugins that only read', valued: VALUED,
    flags: `--all --all-namespaces -A --force --now --wait --ignore-not-found -R --recursive --prune --server-side --force-conflicts -i
      -t -it --stdin --tty --rm --dry-run --cascade --overwrite --show-labels --watch -w --no-headers --previous --follow
      --ignore-daemonsets --delete-emptydir-data --delete-local-data --disable-eviction --validate --record --save-config --list
      --resources --attach --leave-stdin-open --expose --quiet -q --suspend`,
    harmless: '--dry-run=client|server|unchanged', lastCounts: true, guards: '--force --now --disable-eviction --prune',
    stopsAt: flagsOfExec,
    where: { context: '--context', namespace: '-n --namespace', cluster: '--cluster -s --server', kubeconfig: '--kubeconfig KUBECONFIG', user: '--as' },
    commands: () => [...readCommandTable(COMMANDS), ...readCommandTable(more)], otherwise: 'verbs', refine, before: kubectlDoor, ...exact,
  });
}

/** What may stand before a command: the options that all of them have. An option of one command would take the next word there. */
function aheadOfKubectl(): NonNullable<ToolSpec['ahead']> {
  const dashed = (names: string): string[] => names.split(' ').map((n) => (n.length === 1 ? `-${n}` : `--${n}`));
  const [valued, flags] = kubectlGlobal();
  return { valued: dashed(valued), flags: dashed(flags) };
}

const asTyped = kubectlLike(['kubectl', 'k', 'kubecolor', 'k3s-kubectl', 'microk8s.kubectl', 'kubectl.exe'], '', {
  reader: readKubectl, own: (command) => kubectlCommands().includes(command), ahead: aheadOfKubectl(),
});

/** kubectl and what is called like it, with the default options and aliases of its preferences. */
export const kubectl: Tool = { ...asTyped, detect: preferred };

function preferred(invocation: Invocation, detect: ReaderContext): Finding[] {
  const variable = (name: string): string | undefined => (invocation.env.has(name) ? invocation.env.get(name) : detect.env?.[name]);
  const [tool] = invocation.argv;
  const given = behindName(invocation.argv);
  const cwd = invocation.cwd ?? detect.cwd;
  const read = tool === undefined ? { kind: 'as-typed' } as const : withKuberc(given, { ...detect, ...(cwd !== undefined && { cwd }), variable });
  if (read.kind === 'words' && tool !== undefined) {
    const found = asTyped.detect({ ...invocation, argv: withName(tool, read.words) }, detect);
    // That a default only shows what would be done is not certain: an older kubectl has no preferences.
    if (read.alias || found.some((f) => f.mutation !== 'none')) return found;
  }
  const found = asTyped.detect(invocation, detect);
  // No option makes a command of kubectl's own that reads change something; an alias may be anything.
  if (read.kind !== 'unread' || (found.every((f) => f.mutation === 'none') && readKubectl(given).path.length > 0)) return found;
  return found.map((f) => ({ ...f, mutation: 'unknown', previewDecides: false, effects: ['unknown'], reason: `kubectl: Its preferences may add options to any command, and ${read.why}.`, unknowns: [...f.unknowns, read.why] }));
}

/** OpenShift's `oc`: kubectl and more. Source: OpenShift Container Platform documentation, "OpenShift CLI developer command reference" and "administrator command reference". */
export const oc = kubectlLike(['oc'], `
  status,project,projects,login,logout,extract,get-token,rsync | read
  image info,extract                                       | read
  adm top,inspect,must-gather,node-logs,diagnostics        | read
  adm policy who-can,scc-review,scc-subject-review         | read
  registry info,login                                      | read
  adm release info,extract                                 | read
  rsh                                                      | shell
  observe                                                  | ask  # It runs a command for every object that it sees.
  start-build                                              | job
  new-app,new-project,new-build,process,tag,import-image   | add
  adm new-project,create-bootstrap-project-template        | add
  image mirror,append                                      | add
  adm release mirror,new                                   | add
  adm catalog mirror                                       | add
  adm upgrade,uncordon,migrate,taint,wait-for-stable-cluster | change
  adm policy add-role-to-user,add-role-to-group,add-cluster-role-to-user | change
  adm policy add-cluster-role-to-group,add-scc-to-user,add-scc-to-group | change
  rollback,policy,cancel-build                             | change
  secrets link                                             | change
  idle +--help                                             | change
  adm certificate approve                                  | change
  adm groups new,add-users,sync                            | change
  adm policy remove-role-from-user,remove-role-from-group  | destroy access-loss
  adm policy remove-cluster-role-from-user,remove-cluster-role-from-group | destroy access-loss
  adm policy remove-user,remove-group,remove-scc-from-user | destroy access-loss
  adm policy remove-scc-from-group                         | destroy access-loss
  adm groups remove-users,prune                            | destroy access-loss
  secrets unlink                                           | destroy access-loss
  adm prune +--confirm                                     | destroy data-loss  # Old builds, images and deployments are deleted.
  adm prune                                                | read
  adm drain,cordon,restart-kubelet,reboot-machine-config-pool | destroy outage
  idle                                                     | destroy outage
  adm certificate deny                                     | destroy outage
  tag +-d,--delete                                         | destroy data-loss
  adm ocp-certificates                                     | destroy access-loss
`);
