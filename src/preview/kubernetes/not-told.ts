import type { AffectedResource } from '../../model';
import { row } from './affected';
import { filesOf, ownOptions, type KubeCommand } from './command';
import { dryRunArgs } from './dry-run';
import { inNamespace, type Kubectl, type Place } from './kubectl';
import type { Ref } from './reads';
import { readColumns } from './targets';

/**
 * The objects of a command whose dry run was refused: kubectl then prints none as JSON, but tells the others line by line.
 * What it changes in one is not told, so that one stays unknown. @param refused what the cluster says.
 */
export async function notTold(kubectl: Kubectl, command: KubeCommand, place: Place, refused: string): Promise<readonly AffectedResource[]> {
  if (filesOf(command).length === 0) return [];
  const options = ownOptions(command).filter((one) => /^(?:-f|--filename|-k|--kustomize|-R|--recursive|-l|--selector)(?:=|$)/.test(one));
  const answer = await kubectl.run('get', [...options, ...inNamespace(place.namespace), '--ignore-not-found', '--no-headers', '-o=custom-columns=A:.apiVersion,K:.kind,S:.metadata.namespace,N:.metadata.name']);
  const standing = readColumns(answer.stdout);
  const lines = command.path === 'apply' ? dryRunLines((await kubectl.run('apply', dryRunArgs(command, place, []))).stdout) : [];
  const known = new Map(lines.map((line) => [`${line.type.split('.')[0] ?? ''}/${line.name}`, line.verb]));
  return [
    ...standing.map((ref) => (known.get(`${ref.kind.toLowerCase()}/${ref.name}`) === 'unchanged' ? unchangedRow(ref) : unknownRow(ref, refused))),
    ...lines.filter((line) => line.verb === 'created').map((line): AffectedResource => ({
      id: `${line.type}/${line.name}`, logicalId: line.name, type: `Kubernetes ${line.type}`, action: 'add', replacement: 'no', outcome: 'added', data: 'none',
      reversibility: { kind: 'reversible', how: `kubectl delete ${line.type} ${line.name}` }, because: ['It is new (server-side dry run of kubectl apply).'],
    })),
  ];
}

/** kubectl's lines: `configmap/a unchanged (server dry run)`. Source: `kubectl apply`, printers of 1.32. */
function dryRunLines(stdout: string): readonly { readonly type: string; readonly name: string; readonly verb: string }[] {
  return stdout.split('\n').flatMap((line) => {
    const [, type, name, verb] = /^([^\s/]+)\/(\S+) (created|configured|unchanged|serverside-applied)\b/.exec(line.trim()) ?? [];
    return type === undefined || name === undefined || verb === undefined ? [] : [{ type, name, verb }];
  });
}

function unchangedRow(ref: Ref): AffectedResource {
  return { ...row(ref), action: 'none', outcome: 'unchanged', data: 'kept', reversibility: { kind: 'reversible', how: 'Nothing changes.' }, because: ['Nothing in it changes (server-side dry run of kubectl apply).'] };
}

function unknownRow(ref: Ref, refused: string): AffectedResource {
  return {
    ...row(ref), action: 'unknown', replacement: 'may', outcome: 'unknown', data: 'unknown', reversibility: { kind: 'unknown', how: `Save it first: kubectl get ${ref.kind.toLowerCase()} ${ref.name}${ref.namespace === undefined ? '' : ` -n ${ref.namespace}`} -o yaml` },
    because: [`It stands in the cluster and in the files, but the dry run does not tell what would change (${refused.slice(0, 160)}).`],
  };
}
