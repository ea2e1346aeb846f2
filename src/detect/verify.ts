import type { Mutation } from '../model';
import { allAwsTiers, awsApiOperation } from './knowledge/aws-operations';
import { readTable } from './knowledge/load';
import { knownWord } from './invocation';
import type { CommandTree } from './tools/cli/command-tool';
import { toolNamed } from './tools/registry';

/** What is known of one tool's documented commands. */
export interface Verified {
  readonly tool: string;
  readonly source: string;
  readonly count: number;
  readonly byMutation: Readonly<Record<Mutation, number>>;
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
  return [verifyAws(), ...(['gcloud', 'az', 'kubectl', 'terraform'] as const).map(verifyTree)];
}

const zero = (): Record<Mutation, number> => ({ none: 0, additive: 0, modifying: 0, destructive: 0, unknown: 0 });

function verifyAws(): Verified {
  const byMutation = zero();
  const problems: string[] = [];
  let count = 0;
  for (const tier of allAwsTiers()) {
    count++;
    byMutation[tier.mutation]++;
    if (/^(?:Delete|Terminate|Purge|Destroy)[A-Z]/.test(tier.api) && !/Tag(?:s|ging)(?:ForDomain)?$/.test(tier.api) && tier.mutation !== 'destructive' && awsApiOperation(tier.service, tier.api)?.note === undefined) problems.push(`${tier.service}:${tier.api} begins with a destroying verb and is ${tier.mutation} without a reason`);
  }
  return { tool: 'aws', source: 'botocore models and IAM data, see aws-operations.json', count, byMutation, problems };
}

function verifyTree(name: 'gcloud' | 'az' | 'kubectl' | 'terraform'): Verified {
  const table = readTable<{ readonly source: string; readonly tree: CommandTree }>(`${name}-tree.json`);
  const byMutation = zero();
  const problems: string[] = [];
  let count = 0;
  for (const words of commandsOf(table.tree, [])) {
    count++;
    const line = `${name} ${words.join(' ')}`;
    // kubectl and terraform need something to act on; the others are asked bare.
    const argv = [name, ...words, ...(name === 'kubectl' || name === 'terraform' ? ['x', 'y'] : [])].map((w) => knownWord(w));
    const findings = toolNamed(name)?.detect({ argv, env: new Map(), cwd: undefined, stdin: null, range: { start: 0, end: 0 }, wrappers: [] }, {}) ?? [];
    const worst = findings.reduce<Mutation>((a, f) => (ORDER.indexOf(f.mutation) > ORDER.indexOf(a) ? f.mutation : a), 'none');
    byMutation[worst]++;
    const verb = words.at(-1) ?? '';
    if (DESTROYING.test(verb) && worst !== 'destructive' && !HARMLESS.some(([p]) => p.test(line))) problems.push(`${line} begins with a destroying verb and is ${worst} without a reason`);
    if (READING.test(verb) && worst !== 'none' && !CHANGES.some(([p]) => p.test(line))) problems.push(`${line} begins with a reading verb and is ${worst}`);
    if (worst === 'unknown' && !UNKNOWN.test(line)) problems.push(`${line} is documented and not classified`);
  }
  return { tool: name, source: table.source, count, byMutation, problems };
}

/** What runs a text of its own, so that only that text tells. */
const UNKNOWN = /run-command|invoke|execute/;
const ORDER: readonly Mutation[] = ['none', 'additive', 'modifying', 'unknown', 'destructive'];

function* commandsOf(tree: CommandTree, before: readonly string[]): Generator<readonly string[]> {
  for (const [word, child] of Object.entries(tree)) {
    if (child === 1) yield [...before, word];
    else yield* commandsOf(child, [...before, word]);
  }
}
