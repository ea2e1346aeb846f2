import { homedir } from 'node:os';
import path from 'node:path';
import { withKuberc } from '../../detect/tools/kubectl/kuberc';
import { behindName, wordsOf } from '../../detect/words';
import { allNotKnown, notKnown, type BlastRadius } from '../../model';
import { previewFromOperation } from '../from-operation';
import { blastRadius } from '../radius';
import { readTextFile } from '../reading';
import type { PreviewSource, Seen, SourceAt, SourceOf } from '../source';
import { previewChange } from './change';
import { commandSecrets, filesOf, isOn, ownDryRun, readKubeCommand, surely, valueOf, type KubeCommand } from './command';
import { previewDelete } from './delete';
import { previewNodes } from './drain';
import { fetchManifests, readList } from './fetched';
import { keepObjects } from './keep';
import { remoteInFolder } from './kustomization';
import { kubectlFor, readPlace, type Kubectl, type Place } from './kubectl';
import { hasServerDryRun } from './read-only';
import { previewReplaceForce } from './replace-force';
import { previewRollout } from './rollout';
import { previewScale } from './scale';

type Preview = (kubectl: Kubectl, command: KubeCommand, place: Place) => Promise<BlastRadius>;

/** The way a command is previewed; undefined: the operation table speaks (exec, cp, run, debug, edit …). */
function previewOf(command: KubeCommand): Preview | undefined {
  switch (command.path) {
    case 'delete': return previewDelete;
    case 'scale': return previewScale;
    case 'drain': case 'cordon': case 'uncordon': case 'taint': return previewNodes;
    case 'rollout restart': case 'rollout undo': case 'rollout pause': case 'rollout resume': return previewRollout;
    case 'replace': return isOn(command, '--force') ? previewReplaceForce : previewChange;
    default: return hasServerDryRun(command.path) ? previewChange : undefined;
  }
}

/** Why this command can't be previewed live, in a sentence with what to do. */
function obstacle(command: KubeCommand): string | undefined {
  const [problem] = command.problems;
  if (problem !== undefined) return `${problem} So what it acts on is not certain. Read the command before you approve it.`;
  if (command.words.some((word) => word.startsWith('-'))) return 'Words behind -- that begin with a dash are not read by the preview. Read the command before you approve it.';
  if (filesOf(command).some((files) => readList(files).includes('-'))) return 'What comes through standard input can\'t be read before the command runs. Write it to a file and use -f FILE to see what it does.';
  if (valueOf(command, '--raw') !== undefined) return '--raw speaks to the API directly; what is behind that address is not known. Use the command with type and name to see what it does.';
  if (valueOf(command, '--subresource') !== undefined) return '--subresource changes a part of the object that the preview does not compare. Read the command before you approve it.';
  if (isOn(command, '--edit')) return 'What will be typed into the editor is not known. Change a file and apply it to see what it does.';
  return undefined;
}

/** The argv with what kubectl's preferences add to it, as detection reads it. What can't be read was held as unknown, and stays it. */
function preferredArgv(argv: readonly string[], cwd: string): readonly string[] {
  const read = withKuberc(behindName(wordsOf(argv)), { cwd, home: homedir(), variable: (name) => process.env[name], readFile: readTextFile });
  return read.kind === 'words' ? [argv[0] ?? '', ...read.words.map((w) => w.value ?? '')] : argv;
}

/** `kubectl …`: reads of the cluster and its own server-side dry runs, with the command's own kubectl, configuration and identity. */
export const kubernetesSource: SourceOf = (request) => {
  const [tool = ''] = request.argv;
  if (!/^kubectl(?:\.exe)?$/i.test(path.basename(tool.replaceAll('\\', '/')))) return undefined;
  const argv = preferredArgv(request.kind === 'state' ? (request.prepared?.argv ?? request.argv) : request.argv, request.cwd);
  const command = readKubeCommand(argv);
  const preview = command === undefined ? undefined : previewOf(command);
  if (command === undefined || preview === undefined) return undefined;
  const offline = (because?: string): BlastRadius => {
    const radius = previewFromOperation(request.operation);
    return because === undefined ? radius : { ...radius, unknowns: [notKnown('state', 'what stands', because), ...radius.unknowns] };
  };
  const dry = ownDryRun(command) ?? (surely(command, '--local') ? 'local' : surely(command, '--list') ? 'list' : undefined);
  if (dry !== undefined && command.problems.length === 0) {
    const nothing = (): BlastRadius => blastRadius({ source: 'offline', sourceDetail: 'The command itself only shows what it would do; nothing was read.', context: request.operation.context, resources: [], dependencies: [], unknowns: [], warnings: [`The command only shows what it would do (${dry === 'local' || dry === 'list' ? `--${dry}` : `--dry-run=${dry}`}): nothing changes.`] });
    return { offline: nothing, live: () => Promise.resolve({ blastRadius: nothing() }) };
  }
  const stop = obstacle(command);
  if (stop !== undefined) return { offline: (because) => offline(because ?? stop), live: () => Promise.resolve({ blastRadius: offline(stop) }) };
  const look = async (at: SourceAt): Promise<Seen> => {
    at.hide(commandSecrets(command));
    const folder = request.kind === 'preview' ? request.folder : undefined;
    const fetched = await fetchManifests(argv, command, { folder, env: at.env, signal: at.signal });
    const kubectl = kubectlFor(request, command, { env: at.env, signal: at.signal, progress: at.events.progress });
    const told = await preview(kubectl, fetched.command, await readPlace(kubectl, command, request.operation.context));
    const blastRadius = { ...told, unknowns: [...told.unknowns, ...fetched.unknowns, ...(allNotKnown('binding', 'the kustomization', await remoteInFolder(command, request.cwd)))] };
    return { blastRadius, ...(fetched.prepared && { prepared: fetched.prepared }), ...(folder === undefined ? {} : { kept: await keepObjects(kubectl.answers, blastRadius, folder) }) };
  };
  const source: PreviewSource = {
    offline,
    live: look,
    // What is compared is what the preview was made from, read in the same way.
    state: async (at) => (await look(at)).blastRadius.stateDigest ?? '',
  };
  return source;
};
