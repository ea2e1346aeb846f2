import type { Dice } from './random';

/** Commands that change the small cluster of this test when nothing holds them back, and some that read. */
const COMMANDS: readonly string[] = [
  'delete pod web-0', 'delete pods --all', 'delete pods -l app=web', 'delete pod/web-0', 'delete -f pod.json', 'delete events --all', 'delete deployment web', 'delete namespace old', 'delete -k kust',
  'apply -f pod.json', 'apply -f new.json', 'apply -k kust', 'apply --server-side -f pod.json', 'create -f new.json', 'replace -f pod.json', 'replace --force -f pod.json', 'create configmap new --from-literal=a=b', 'create namespace new', 'create deployment new --image=x',
  'create ns new', 'create sa robot', 'create clusterrolebinding all --clusterrole=cluster-admin --user=system:anonymous', 'scale deployment/web --replicas=2', 'scale deployment web --replicas=0', 'label pod web-0 a=b', 'annotate pod web-0 a=b', 'label pods --all a=b',
  'patch pod web-0 -p {"metadata":{"labels":{"x":"y"}}}', 'patch deployment web -p {"spec":{"replicas":0}}', 'set image deployment/web web=img:2', 'set env deployment/web A=b', 'set resources deployment/web --limits=cpu=1', 'rollout restart deployment/web', 'rollout pause deployment/web',
  'cordon n1', 'uncordon n2', 'drain n1 --force --ignore-daemonsets', 'taint node n1 k=v:NoSchedule', 'taint node n1 k=v:NoExecute', 'expose pod web-0 --port=80', 'autoscale deployment web --max=3', 'run new --image=x', 'auth reconcile -f role.json', 'edit pod web-0',
  'get pods', 'get pod web-0 -o name', 'describe pod web-0', 'api-resources', 'version', 'rollout history deployment/web', 'config view', 'explain pod', 'events', 'get events', 'cluster-info', 'diff -f pod.json', 'kustomize kust', 'api-versions', 'options', 'help', 'plugin list',
];

/** Words that are put in somewhere: what turns a change into a look, what turns it back, where it goes, and what swallows the next word. */
const EXTRAS: readonly (readonly string[])[] = [
  ...['client', 'server', 'none', 'true', 'false', '0', '1', 't', 'f', 'T', 'F', 'TRUE', 'FALSE', 'True', 'False', 'unchanged', '', 'yes', 'no', 'NONE', 'Client'].map((v) => [`--dry-run=${v}`]),
  ['--dry-run=client', '--dry-run=none'], ['--dry-run=none', '--dry-run=client'], ['--dry-run=server', '--dry-run=false'], ['--dry-run', 'client'], ['--dry-run'], ['--dry_run=client'], ['--dry_run=none'], ['-dry-run=client'],
  ['-n', '--dry-run=client'], ['-l', '--dry-run=client'], ['-o', '--dry-run=client'], ['--field-manager', '--dry-run=client'], ['--unknown', '--dry-run=client'], ['-o', 'name', '--dry-run=client'], ['--selector', '--dry-run=server'], ['--as', '--dry-run=client'], ['-v', '--dry-run=client'],
  ['--help'], ['-h'], ['--help=false'], ['-h=false'], ['--help', '--help=false'], ['--help=f'], ['--help=0'], ['--help', 'get'], ['--help=true'], ['-h', '-h=F'], ['--help=no'], ['--version'], ['--usage'], ['-?'], ['-V'],
  ['-n', 'prod'], ['-n=prod'], ['-nprod'], ['--namespace', 'prod'], ['--namespace=prod'], ['--namespace', 'shop', '-n', 'prod'], ['-n', 'prod', '--namespace=shop'], ['--namespace='], ['-n='], ['-n', ''], ['-A'], ['--all-namespaces'], ['-A=false'], ['--all-namespaces=f'], ['-nprod', '-n', 'shop'], ['--name_space', 'prod'],
  ['--context', 'prod'], ['--context=prod'], ['--context=prod', '--context', 'test'], ['--cluster', 'prod'], ['--cluster=prod', '--cluster=loop'], ['--context', 'gone'], ['-s', 'URL/at/direct'], ['--server=URL/at/direct'], ['-s=URL/at/direct'], ['-sURL/at/direct'], ['--server', ''], ['--user', 'other'], ['--as', 'root'], ['--as=root', '--as='], ['--token=x'], ['--kubeconfig', 'other.json'], ['--kubeconfig=other.json'], ['--kubeconfig='],
  ['--force'], ['--force=false'], ['--force=0'], ['--force', '--force=f'], ['--force=f', '--force'], ['--force=no'], ['--all'], ['--all=false'], ['--all=F'], ['--local'], ['--local=false'], ['--local', '--local=0'], ['--local=t'], ['--list'], ['--list=f'], ['--list', '--list=false'], ['--overwrite'], ['--overwrite=false'], ['--prune'], ['--now'], ['--grace-period=0'], ['--grace-period', '1'], ['--cascade=orphan'], ['--cascade', 'orphan'], ['--cascade=f'], ['--validate=false'], ['--validate', 'false'],
  ['--replicas=0'], ['--replicas', '0'], ['--replicas=0', '--replicas=3'], ['--replicas=3', '--replicas=0'], ['-R'], ['-Rf', 'pod.json'], ['-Rfpod.json'], ['-f', 'pod.json'], ['-f=pod.json'], ['-fpod.json'], ['--filename', 'pod.json'], ['-f', 'new.json'], ['-k', 'kust'], ['-l', 'app=web'], ['-l=app=web'], ['-lapp=web'], ['-o', 'name'], ['-oname'], ['-o', 'json'], ['-ojson'], ['-o', ''],
  ['--'], ['-'], [''], ['get'], ['delete'], ['--raw', '/api/v1/namespaces/shop/pods/web-0'], ['--raw=/api/v1/pods'], ['--subresource', 'status'], ['--subresource=scale'], ['--record'], ['--record=true'], ['--save-config'], ['--wait=false'], ['--timeout=2s'], ['--unknown'], ['--unknown=x'], ['-x'], ['-z', 'get'], ['--force', 'get'], ['--all', 'describe'], ['-A', 'get'], ['--wait', 'events'], ['--now', 'events'], ['--edit'], ['--edit=f'], ['-i'], ['--interactive=false'], ['--insecure-skip-tls-verify'], ['--insecure-skip-tls-verify', 'get'], ['--warnings-as-errors', 'get'], ['--match-server-version=false'], ['-v=1'], ['-v', '1'], ['--v', '1'], ['--cache-dir', 'cache2'], ['--request-timeout', '5s'], ['--profile', 'none'], ['--ignore-not-found'], ['--server-side'], ['--server-side=false'], ['--force-conflicts'], ['--disable-eviction'], ['--cordon'], ['--recursive=true'], ['-i', '-t'], ['-it'],
];

/** The ones that turn a change into a look, and back, oftener. */
const TURNS: readonly (readonly string[])[] = EXTRAS.filter((words) => /^--dry|^--help|^-h|^--force|^--local|^--list|^-n|^--names|^--cont|^--clus/.test(words[0] ?? ''));

/** Words of a command with some put in at any place, never between an option and its value on purpose: the tool decides what is what. */
export function kubectlArgv(roll: Dice): string[] {
  const argv = roll.one(COMMANDS).split(' ');
  const times = roll.one([1, 1, 1, 1, 1, 2, 2, 2, 3, 3]);
  for (let i = 0; i < times; i++) argv.splice(roll.number(argv.length + 1), 0, ...roll.one(roll.chance(0.3) ? TURNS : EXTRAS));
  return argv;
}
