import { notKnown, type AffectedResource, type BlastRadius } from '../../model';
import { fail } from '../failure';
import { blastRadius, digestOf } from '../radius';
import type { ToolAnswer } from '../tool-run';
import { row } from './affected';
import { changeRow, leavesNone } from './change-row';
import { isOn, type KubeCommand } from './command';
import { changesBetween } from './diff';
import { dryRunArgs } from './dry-run';
import { at, number } from './json';
import type { Kubectl, Place } from './kubectl';
import { fingerprintOf, idOf, readObjects, type KubeObject } from './objects';
import { claimsOfShrunk, outageOf, together, type Shrunk } from './outage';
import { notTold } from './not-told';
import { prunedBy } from './prune';
import { SERVER_DRY_RUN } from './read-only';
import { readByName } from './reads';
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
  const shrunk: Shrunk[] = [];
  for (const object of after) {
    const before = standing.get(idOf(object));
    const changes = before === undefined ? [] : changesBetween(before.body, object.body);
    // What could not be read may well stand: it is not called new.
    const made = before === undefined && live.unknowns.length > 0 ? unreadRow(object) : changeRow(before, object, changes, `server-side dry run of kubectl ${command.path}`);
    rows.push(made);
    changed.push(`${made.id} ${made.action} ${changes.map((one) => one.path).sort().join(' ')}`);
    const replicas = number(at(object.body, 'spec', 'replicas')) ?? 1;
    if (before?.kind === 'StatefulSet' && replicas > 0 && replicas < (number(at(before.body, 'spec', 'replicas')) ?? 1)) shrunk.push({ set: before, replicas });
    if (before !== undefined && leavesNone(before, object)) stopped.push(before);
  }
  const refused = answer.code === 0 ? undefined : kubectlWords(answer, 900);
  const missing = refused === undefined ? [] : (await notTold(kubectl, command, place, refused)).filter((one) => !rows.some((told) => told.id === one.id));
  if (refused !== undefined && rows.length + missing.length === 0) fail('refused', `The cluster refuses a dry run of this command: ${refused}. ${nextStep(refused)}`);
  const outage = together(await outageOf(kubectl, stopped), await claimsOfShrunk(kubectl, shrunk));
  const pruned = isOn(command, '--prune') ? await prunedBy(kubectl, command, place, after) : undefined;
  const shown = new Set(rows.map((one) => one.id));
  const resources = [...rows, ...missing, ...outage.resources.filter((one) => !shown.has(one.id)), ...(pruned?.resources ?? []).filter((one) => !shown.has(one.id))];
  return blastRadius({
    source: 'dry-run', sourceDetail: `The cluster's own dry run of this command, made just now and compared with what stands${answer.code === 0 ? '' : '; it was refused in part'}.`,
    context: place.context, ...(place.namespace === undefined ? {} : { stack: place.namespace }), resources: [...new Map(resources.map((one) => [one.id, one])).values()],
    dependencies: [...outage.dependencies, ...(pruned?.dependencies ?? [])],
    unknowns: [
      ...live.unknowns, ...outage.unknowns, ...(pruned?.unknowns ?? []),
      ...(refused === undefined ? [] : [notKnown('change', 'the cluster', `Not everything could be previewed: the dry run was refused (${refused}). ${nextStep(refused)}`)]),
    ],
    warnings: [...refusals(command, refused), ...serverWarnings(answer), ...(pruned?.warnings ?? [])],
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
