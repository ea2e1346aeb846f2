import { createHash } from 'node:crypto';
import { FROM_BEST_TO_WORST, type Mutation } from '../model';
import { allAwsTiers, awsApiOperation } from './knowledge/aws-operations';
import { azTable } from './knowledge/az-commands';
import { gcloudTable } from './knowledge/gcloud-commands';
import { askedDoors, doorOf, doorsOf, type DoorTool } from './knowledge/doors';
import { kubectlCommands, kubectlFacts } from './knowledge/kubectl-flags';
import { readTable } from './knowledge/load';
import { knownWord } from './invocation';
import { withReaders } from './readers';
import { allTools, toolNamed } from './tools/registry';

/** What is known of one tool's documented commands. */
export interface Verified {
  readonly tool: string;
  readonly source: string;
  readonly count: number;
  readonly byMutation: Readonly<Record<Mutation, number>>;
  /** How many of them open a way that their words do not show: every one was asked. */
  readonly doors: number;
  /** Each a sentence; none when all is well. */
  readonly problems: readonly string[];
}

/** First words of names that destroy, in every tool. */
const DESTROYING = /^(?:delete|destroy|remove|terminate|purge|drop|wipe|erase|uninstall|undeploy|truncate|deregister|unregister|revoke|decommission|evict|prune)(?:$|[-_A-Z])/;
const READING = /^(?:list|describe|show|get|read|lookup|search|explain|validate|version|help|status|exists|diff|wait|inspect|logs?|tail|top)(?:$|[-_])/;

/** Commands whose name begins with a destroying verb and that take nothing from anybody, each with its reason. */
const HARMLESS: readonly (readonly [RegExp, string])[] = [
  [/^gcloud (?:config|components|auth) /, 'settings and credentials of this machine only'],
  [/^gcloud .* (?:remove-labels|remove-tags|remove-metadata|remove-partner-metadata)$/, 'labels and metadata'],
  [/^gcloud .*\b(?:remove-resource-policies)$/, 'a schedule is taken off; nothing is deleted'],
  [/^gcloud .* (?:dns record-sets transaction remove)$|^gcloud dns record-sets transaction remove$/, 'it only writes into the local transaction file; execute is what counts'],
  [/^az (?:bicep uninstall|account clear|extension remove|cloud unregister|config unset|provider unregister|feature unregister|feature registration delete|local-context delete|cache delete|cache purge|alias remove)$/, 'settings and registrations of this machine or subscription only'],
  [/^az (?:cdn|afd) endpoint purge$/, 'a cache is emptied; the origin has everything'],
  [/^kubectl config (?:delete-.*|unset)$/, 'the local kubeconfig only'],
];
/** Commands whose name begins with a reading verb and that do more, each with its reason. */
const CHANGES: readonly (readonly [RegExp, string])[] = [
  [/^gcloud .* (?:get-credentials)$/, 'it writes the local kubeconfig'],
  [/^az .* (?:show-or-update|get-or-create)$/, 'it may create'],
];

/**
 * Checks that every documented command of the tools whose sources list them is classified, and by its name rightly: what begins with a
 * destroying verb destroys unless it is listed with a reason, what begins with a reading verb is silent.
 */
export function verifyKnowledge(): Verified[] {
  return [verifyAws(), ...(['gcloud', 'az', 'kubectl', 'terraform'] as const).map(verifyTree), verifySmall()];
}

/**
 * That every name of a table has an answer: the doors are stored, and the digest of all names that were asked says for which others the
 * answer is no. A table that has grown since has names without one.
 */
function unanswered(tool: DoorTool, names: readonly string[]): string[] {
  const [count, digest] = askedDoors(tool);
  const known = new Set(names);
  const now = createHash('sha256').update([...known].sort().join('\n')).digest('hex').slice(0, 16);
  const gone = [...doorsOf(tool).keys()].filter((name) => !known.has(name));
  return [
    ...(known.size === count && now === digest ? [] : [`${known.size} commands of ${tool} are known, and ${count} others were asked whether they are a door: npm run knowledge -- doors`]),
    ...gone.map((name) => `${tool} ${name} is a door of a command that is not known`),
  ];
}

const zero = (): Record<Mutation, number> => ({ none: 0, additive: 0, modifying: 0, destructive: 0, unknown: 0 });

function verifyAws(): Verified {
  const byMutation = zero();
  const problems: string[] = [];
  const names: string[] = [];
  let count = 0;
  for (const tier of allAwsTiers()) {
    count++;
    names.push(`${tier.service}:${tier.api}`);
    byMutation[tier.mutation]++;
    if (/^(?:Delete|Terminate|Purge|Destroy)[A-Z]/.test(tier.api) && !/Tag(?:s|ging)(?:ForDomain)?$/.test(tier.api) && tier.mutation !== 'destructive' && awsApiOperation(tier.service, tier.api)?.note === undefined) problems.push(`${tier.service}:${tier.api} begins with a destroying verb and is ${tier.mutation} without a reason`);
  }
  return { tool: 'aws', source: 'botocore models and IAM data, see aws-operations.json', count, byMutation, doors: doorsOf('aws').size, problems: [...problems, ...unanswered('aws', names)] };
}

/** Last words of commands that look like a door in any tool. Sessions of a person (`ssh`, `console`) with a tool that is not held when it is typed are ordinary work. */
const DOOR_WORD = /^(?:exec|execute|rsh|invoke|trigger|dispatch|api|raw|eval|run-command|node-shell)$/;
/** Those of the small tables that let one pass as a plain command, each with its reason. Such a tool is not held when it is typed. */
const PLAIN_DOORS: readonly (readonly [RegExp, string])[] = [
  [/^(?:docker|docker-compose|podman|nerdctl|crictl)$/, 'what is handed in is judged by docker.ts; a session in a container of this machine is ordinary work'],
  [/^(?:rabbitmqctl)$/, '`eval` is unknown but for its help'],
  [/^netlify$/, 'its table lists the API methods that delete'],
  [/^(?:k3d|kind|lxc|skaffold|tilt|nixops|confd|airflow|multipass)$/, 'acts on machines and containers of this machine; a wrapper judges what is handed in'],
  [/^(?:heroku|fly|railway|vercel|wrangler|supabase|doctl|hcloud|neonctl|linode-cli|ibmcloud|oci|firebase|eb|ecs-cli|copilot|azd|amplify|sls|serverless|scw|vultr-cli|render|dokku|cf|hasura|convex)$/, 'calls the provider as its other commands do, and is not held when it is typed; commands that are handed in are judged'],
  [/^(?:consul|vault|boundary|nomad|istioctl|argocd|flux|velero|kops|kubeadm|etcdctl|crossplane|cloudflared|packer|cdktf|pulumi|sam|cdk|helm|terraform|tofu|terragrunt|systemctl|gh|glab)$/, 'looks, connects or computes; what changes something stands in its table by itself'],
];

/** That the small tables have thought of each of their commands that looks like a door. */
function verifySmall(): Verified {
  const byMutation = zero();
  const problems: string[] = [];
  let count = 0;
  let doors = 0;
  for (const tool of allTools()) {
    for (const { path, mutation, door } of tool.table?.() ?? []) {
      count++;
      byMutation[mutation === 'runs' ? 'unknown' : mutation]++;
      if (door !== undefined) doors++;
      const looks = path.at(-1)?.some((word) => DOOR_WORD.test(word)) === true;
      if (looks && door === undefined && (mutation === 'none' || mutation === 'additive') && !tool.names.some((name) => PLAIN_DOORS.some(([p]) => p.test(name))) && !HELD.has(tool.names[0] ?? '')) problems.push(`${tool.names[0]} ${path.map((w) => w.join('|')).join(' ')} looks like a door and has no answer`);
    }
  }
  return { tool: 'others', source: 'the tables in src/detect/tools', count, byMutation, doors, problems };
}

/** Tools whose doors the tables above answer. */
const HELD: ReadonlySet<string> = new Set(['aws', 'gcloud', 'az', 'kubectl', 'oc']);

function verifyTree(name: 'gcloud' | 'az' | 'kubectl' | 'terraform'): Verified {
  const { source, commands, reasons } = documented(name);
  const byMutation = zero();
  const problems: string[] = [];
  let count = 0;
  for (const command of commands) {
    const words = command.split(' ');
    count++;
    const line = `${name} ${words.join(' ')}`;
    // kubectl and terraform need something to act on; the others are asked bare.
    const argv = [name, ...words, ...(name === 'kubectl' || name === 'terraform' ? ['x', 'y'] : [])].map((w) => knownWord(w));
    const findings = toolNamed(name)?.detect({ argv, env: new Map(), cwd: undefined, stdin: null, range: { start: 0, end: 0 }, wrappers: [] }, withReaders({})) ?? [];
    const worst = findings.reduce<Mutation>((a, f) => (FROM_BEST_TO_WORST.indexOf(f.mutation) > FROM_BEST_TO_WORST.indexOf(a) ? f.mutation : a), 'none');
    byMutation[worst]++;
    const verb = words.at(-1) ?? '';
    if (DESTROYING.test(verb) && worst !== 'destructive' && !reasons.has(command) && !HARMLESS.some(([p]) => p.test(line))) problems.push(`${line} begins with a destroying verb and is ${worst} without a reason`);
    if (READING.test(verb) && worst !== 'none' && !CHANGES.some(([p]) => p.test(line))) problems.push(`${line} begins with a reading verb and is ${worst}`);
    if (worst === 'unknown' && !reasons.has(command) && !UNKNOWN.test(line) && doorOf(name, command)?.door !== 'command') problems.push(`${line} is documented and not classified`);
  }
  return { tool: name, source, count, byMutation, doors: doorsOf(name).size, problems: [...problems, ...unanswered(name, commands)] };
}

/** What runs a text of its own, so that only that text tells. */
const UNKNOWN = /run-command|invoke|execute/;
interface CommandTree {
  readonly [word: string]: CommandTree | 1;
}

function documented(name: 'gcloud' | 'az' | 'kubectl' | 'terraform'): { readonly source: string; readonly commands: readonly string[]; readonly reasons: ReadonlySet<string> } {
  const told = (sources: Readonly<Record<string, string>>): string => Object.entries(sources).map(([what, version]) => `${what} ${version}`).join(', ');
  switch (name) {
    case 'kubectl': return { source: told(kubectlFacts().sources), commands: kubectlCommands(), reasons: new Set() };
    case 'terraform': {
      const { source, tree } = readTable<{ readonly source: string; readonly tree: CommandTree }>('terraform-tree.json');
      return { source, commands: [...commandsOf(tree, [])], reasons: new Set() };
    }
    default: {
      const table = name === 'az' ? azTable : gcloudTable;
      const all = [...table.all()];
      // A note says why a command is not what its name says.
      return { source: told(table.facts().sources), commands: all.map((c) => c.path), reasons: new Set(all.filter((c) => c.note !== undefined).map((c) => c.path)) };
    }
  }
}

function* commandsOf(tree: CommandTree, before: readonly string[]): Generator<string> {
  for (const [word, child] of Object.entries(tree)) {
    if (child === 1) yield [...before, word].join(' ');
    else yield* commandsOf(child, [...before, word]);
  }
}
