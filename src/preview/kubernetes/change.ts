import type { AffectedResource, BlastRadius } from '../../model';
import { fail } from '../failure';
import { blastRadius, digestOf } from '../radius';
import type { ToolAnswer } from '../tool-run';
import { row } from './affected';
import { changeRow } from './change-row';
import { filesOf, isOn, ownOptions, type KubeCommand } from './command';
import { changesBetween } from './diff';
import { dryRunArgs } from './dry-run';
import { inNamespace, type Kubectl, type Place } from './kubectl';
import { fingerprintOf, idOf, readObjects, type KubeObject } from './objects';
import { outageOf } from './outage';
import { prunedBy } from './prune';
import { SERVER_DRY_RUN } from './read-only';
import { readByName } from './reads';
import { readColumns } from './targets';
import { kubectlWords, serverWarnings } from './words';

/** What a command that creates or changes would do: its own server-side dry run, compared with what stands. @throws PreviewError */
export async function previewChange(kubectl: Kubectl, command: KubeCommand, place: Place): Promise<BlastRadius> {
  kubectl.progress(`Asking the cluster for a dry run of kubectl ${command.path}`);
  const answer = await kubectl.run(command.path, dryRunArgs(command, place, ['-o=json']));
  const after = readAnswer(answer);
  kubectl.progress('Comparing it with what stands');
  const live = await readByName(kubectl, after);
  const standing = new Map(live.objects.map((object) => [idOf(object), object]));
  const rows: AffectedResource[] = [];
  const changed: string[] = [];
  const stopped: KubeObject[] = [];
  for (const object of after) {
    const before = standing.get(idOf(object));
    const changes = before === undefined ? [] : changesBetween(before.body, object.body);
    // What could not be read may well stand: it is not called new.
    const made = before === undefined && live.unknowns.length > 0 ? unreadRow(object) : changeRow(before, object, changes, `server-side dry run of kubectl ${command.path}`);
    rows.push(made);
    changed.push(`${made.id} ${made.action} ${changes.map((one) => one.path).sort().join(' ')}`);
    if (before !== undefined && made.because.some((sentence) => sentence.startsWith('No replica is left'))) stopped.push(before);
  }
  const refused = answer.code === 0 ? undefined : kubectlWords(answer, 900);
  const missing = refused === undefined ? [] : await notTold(kubectl, command, place, new Set(rows.map((one) => one.id)), refused);
  if (refused !== undefined && rows.length + missing.length === 0) fail('refused', `The cluster refuses a dry run of this command: ${refused}. ${nextStep(refused)}`);
  const outage = await outageOf(kubectl, stopped);
  const pruned = isOn(command, '--prune') ? await prunedBy(kubectl, command, place, after) : undefined;
  const shown = new Set(rows.map((one) => one.id));
  const resources = [...rows, ...missing, ...outage.resources.filter((one) => !shown.has(one.id)), ...(pruned?.resources ?? []).filter((one) => !shown.has(one.id))];
  return blastRadius({
    source: 'dry-run', sourceDetail: `The cluster's own dry run of this command, made just now and compared with what stands${answer.code === 0 ? '' : '; it was refused in part'}.`,
    context: place.context, ...(place.namespace === undefined ? {} : { stack: place.namespace }), resources: [...new Map(resources.map((one) => [one.id, one])).values()],
    dependencies: [...outage.dependencies, ...(pruned?.dependencies ?? [])],
    unknowns: [
      ...live.unknowns, ...outage.unknowns, ...(pruned?.unknowns ?? []),
      ...(refused === undefined ? [] : [`Not everything could be previewed: the dry run was refused (${refused}). ${nextStep(refused)}`]),
    ],
    warnings: [...refusals(command, refused), ...serverWarnings(answer), ...(pruned?.warnings ?? []), ...fetched(command)],
    evidence: [{ what: 'what is made and changed', from: `kubectl ${command.path} ${SERVER_DRY_RUN} -o json` }, { what: 'what stands now', from: 'kubectl get of the same objects' }, ...outage.evidence, ...(pruned?.evidence ?? [])],
    stateDigest: digestOf({ live: live.objects.map(fingerprintOf).sort(), changed: changed.sort(), refused: missing.map((one) => one.id).sort(), more: [...outage.fingerprints, ...(pruned?.fingerprints ?? [])].sort() }),
  });
}

function readAnswer(answer: ToolAnswer): readonly KubeObject[] {
  try {
    return readObjects(answer.stdout);
  } catch {
    return [];
  }
}

/** An object that the dry run accepts, and of which nobody could see whether and how it stands. */
function unreadRow(object: KubeObject): AffectedResource {
  return {
    ...row(object), action: 'unknown', replacement: 'may', outcome: 'unknown', data: 'unknown',
    reversibility: { kind: 'unknown', how: 'Ask somebody who may read it to save it first with kubectl get -o yaml.' },
    because: ['What stands now could not be read, so whether it is new and what changes is not known.'],
  };
}

/** The objects that the command names and that the refused dry run did not tell of. */
async function notTold(kubectl: Kubectl, command: KubeCommand, place: Place, told: ReadonlySet<string>, refused: string): Promise<readonly AffectedResource[]> {
  if (filesOf(command).length === 0) return [];
  const options = ownOptions(command).filter((one) => /^(?:-f|--filename|-k|--kustomize|-R|--recursive|-l|--selector)(?:=|$)/.test(one));
  const answer = await kubectl.run('get', [...options, ...inNamespace(place.namespace), '--ignore-not-found', '--no-headers', '-o=custom-columns=A:.apiVersion,K:.kind,S:.metadata.namespace,N:.metadata.name']);
  return readColumns(answer.stdout).filter((ref) => !told.has(idOf(ref))).map((ref): AffectedResource => ({
    ...row(ref), action: 'unknown', replacement: 'may', outcome: 'unknown', data: 'unknown', reversibility: { kind: 'unknown', how: `Save it first: kubectl get ${ref.kind.toLowerCase()} ${ref.name}${ref.namespace === undefined ? '' : ` -n ${ref.namespace}`} -o yaml` },
    because: [`It stands in the cluster and in the files, but the dry run does not tell what would change (${refused.slice(0, 160)}).`],
  }));
}

/** What a refusal means for the command itself. Source: messages of the API server, Kubernetes 1.32. */
function refusals(command: KubeCommand, refused: string | undefined): readonly string[] {
  if (refused === undefined) return [];
  const out: string[] = [];
  if (/field is immutable|may not be changed|updates to .* for fields other than .* are forbidden|is immutable after creation/i.test(refused)) {
    out.push(command.path === 'apply' && isOn(command, '--force')
      ? 'A field can\'t be changed on what stands: --force deletes the object and creates it again.'
      : 'A field can\'t be changed on what stands (the API says it is immutable): the command would be refused. It takes a deletion and a new object.');
  }
  if (/already exists/i.test(refused)) out.push('It exists already: the command would be refused.');
  if (/conflict/i.test(refused) && isOn(command, '--server-side') && !isOn(command, '--force-conflicts')) out.push('Another field manager owns fields that this would change: the command would be refused; --force-conflicts takes them over.');
  return out;
}

function nextStep(refused: string): string {
  if (/does not support dry run|dryRun/i.test(refused)) return 'An admission webhook does not support dry runs: look at the difference in the files before you approve.';
  if (/namespaces? ".*" not found/i.test(refused)) return 'The namespace is not there yet: create it first, then preview again.';
  if (/forbidden/i.test(refused)) return 'Ask for the right to change these objects, or let somebody run it who has it.';
  if (/no matches for kind|ensure CRDs are installed/i.test(refused)) return 'The kind is not known to the cluster yet: install its definition first, then preview again.';
  return 'Correct what the cluster refuses, then preview again.';
}

const fetched = (command: KubeCommand): readonly string[] => filesOf(command).filter((file) => /^https?:\/\//.test(file)).map((file) => `${file} is fetched again when the command runs; what it holds may then be something else.`);
