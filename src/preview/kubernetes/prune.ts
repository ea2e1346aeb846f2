import { notKnown } from '../../model';
import { valueOf, type KubeCommand } from './command';
import { dryRunArgs } from './dry-run';
import { impactOf, type Impact } from './impact';
import type { Kubectl, Place } from './kubectl';
import type { KubeObject } from './objects';
import { inTurn, type Ref } from './reads';
import { readColumns } from './targets';
import { kubectlWords } from './words';

/** What `kubectl apply --prune` would delete, as its own dry run says, and what goes with that. */
export async function prunedBy(kubectl: Kubectl, command: KubeCommand, place: Place, applied: readonly KubeObject[]): Promise<Impact> {
  kubectl.progress('Asking the cluster what would be pruned');
  const answer = await kubectl.run('apply', dryRunArgs(command, place, [], ['--prune', '--prune-allowlist', '--applyset', '--all']));
  const names = prunedNames(answer.stdout);
  const namespaces = [...new Set([...(place.namespace === undefined ? [] : [place.namespace]), ...applied.flatMap((object) => object.namespace ?? [])])];
  const refs = await find(kubectl, command, names, namespaces);
  const impact = await impactOf(kubectl, { orphan: false, doomed: refs.map((ref) => ({ ref, why: 'It carries the label and is not in these files: --prune deletes it (server-side dry run).' })) });
  const found = new Set(refs.map((ref) => ref.name));
  return {
    ...impact,
    unknowns: [
      ...impact.unknowns,
      ...(answer.code === 0 ? [] : [notKnown('change', 'the cluster', `What --prune would delete is not fully known: the dry run was refused (${kubectlWords(answer, 400)}). Run it without --prune, or correct what the cluster refuses, then preview again.`)]),
      ...names.filter((name) => !found.has(name.slice(name.indexOf('/') + 1))).map((name) => notKnown('change', name, `${name} would be pruned, but it can't be found to show what goes with it. Look at it with kubectl get.`)),
    ],
    warnings: [...impact.warnings, ...(names.length > 0 ? [`--prune deletes ${names.length} object${names.length === 1 ? '' : 's'} that ${names.length === 1 ? 'is' : 'are'} not in these files.`] : [])],
    evidence: names.length > 0 ? [{ what: 'what is pruned', from: 'kubectl apply --prune --dry-run=server' }, ...impact.evidence] : [],
  };
}

/** The names in kubectl's own words: `configmap/old pruned (server dry run)`. Source: `kubectl apply`, printers of 1.32. */
export function prunedNames(stdout: string): readonly string[] {
  return stdout.split('\n').flatMap((line) => /^(\S+\/\S+) pruned\b/.exec(line.trim())?.[1] ?? []);
}

async function find(kubectl: Kubectl, command: KubeCommand, names: readonly string[], namespaces: readonly string[]): Promise<readonly Ref[]> {
  const selector = valueOf(command, '--selector');
  const byType = new Map<string, string[]>();
  for (const name of names) {
    const slash = name.indexOf('/');
    byType.set(name.slice(0, slash), [...(byType.get(name.slice(0, slash)) ?? []), name.slice(slash + 1)]);
  }
  const calls = [...byType].flatMap(([type, wanted]) => namespaces.map((namespace) => async (): Promise<readonly Ref[]> => {
    const chosen = selector === undefined ? wanted : [`--selector=${selector}`];
    const answer = await kubectl.run('get', [type, ...chosen, `--namespace=${namespace}`, '--ignore-not-found', '--no-headers', '-o=custom-columns=A:.apiVersion,K:.kind,S:.metadata.namespace,N:.metadata.name']);
    const names = new Set(wanted);
    return readColumns(answer.stdout).filter((ref) => names.has(ref.name));
  }));
  const refs = (await inTurn(calls)).flat();
  return [...new Map(refs.map((ref) => [`${ref.kind} ${ref.namespace ?? ''} ${ref.name}`, ref])).values()];
}
