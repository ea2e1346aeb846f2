import { existsSync } from 'node:fs';
import path from 'node:path';
import { allNotKnown, notKnown, type BlastRadius, type Unknown } from '../../model';
import { fail } from '../failure';
import { previewFromOperation } from '../from-operation';
import { blastRadius, digestOf } from '../radius';
import type { PreviewRequest, StateRequest } from '../request';
import type { PreviewSource, SourceAt, SourceOf } from '../source';
import { lastWords } from '../tool-run';
import { isOn, ownDryRun, valueOf, valuesOf } from './command';
import { waiting } from './delete';
import { notBound } from './fetched';
import { asKubectl, readHelmCommand, renderOptions, type HelmCommand } from './helm-command';
import { compareManifests, readDryRun, readHistory, readManifest, type Manifest } from './helm-manifest';
import { hookUnknowns, releaseImpact, type ReleaseChange } from './helm-release';
import { helmFor, kubectlOnPath, type Helm } from './helm-tool';
import { kubectlFor, readPlace } from './kubectl';
import { SERVER_DRY_RUN } from './read-only';

/** What a release's change is known to be, and from where. */
interface Told {
  readonly change: ReleaseChange;
  readonly unknowns: readonly Unknown[];
  readonly warnings: readonly string[];
  readonly evidence: readonly { readonly what: string; readonly from: string }[];
}

const EVENTS: Readonly<Record<HelmCommand['verb'], readonly string[]>> = { uninstall: ['pre-delete', 'post-delete'], upgrade: ['pre-upgrade', 'post-upgrade', 'pre-install', 'post-install'], rollback: ['pre-rollback', 'post-rollback'] };

/** `helm uninstall|upgrade|rollback`: Helm's own reads and server-side dry run, and what kubectl says of the objects. */
export const helmSource: SourceOf = (request) => {
  const [tool = ''] = request.argv;
  if (!/^helm3?(?:\.exe)?$/i.test(path.basename(tool.replaceAll('\\', '/')))) return undefined;
  const command = readHelmCommand(request.argv);
  if (command === undefined) return undefined;
  const offline = (because?: string): BlastRadius => {
    const radius = previewFromOperation(request.operation);
    return because === undefined ? radius : { ...radius, unknowns: [notKnown('state', 'what stands', because), ...radius.unknowns] };
  };
  // Helm reads the same values as kubectl. Source: helm/helm, pkg/cmd/helpers.go, cmdGetDryRunFlagStrategy.
  if (ownDryRun(command) !== undefined && command.problems.length === 0) {
    const nothing = (): BlastRadius => blastRadius({ source: 'offline', sourceDetail: 'The command itself only shows what it would do; nothing was read.', context: request.operation.context, resources: [], dependencies: [], unknowns: [], warnings: ['The command only shows what it would do (--dry-run): nothing changes.'] });
    return { offline: nothing, live: () => Promise.resolve({ blastRadius: nothing() }) };
  }
  const stop = obstacle(command);
  if (stop !== undefined) return { offline: (because) => offline(because ?? stop), live: () => Promise.resolve({ blastRadius: offline(stop) }) };
  const look = (at: SourceAt): Promise<BlastRadius> => previewRelease(request, command, at);
  const source: PreviewSource = { offline, live: async (at) => ({ blastRadius: await look(at) }), state: async (at) => (await look(at)).stateDigest ?? '' };
  return source;
};

function obstacle(command: HelmCommand): string | undefined {
  const [problem] = command.problems;
  if (problem !== undefined) return `${problem} So what it acts on is not certain. Read the command before you approve it.`;
  if (command.options.some((one) => one.name === '--post-renderer')) return '--post-renderer runs a program on what is rendered; a preview does not run it. Render without it, or read what the program does.';
  if (command.options.some((one) => one.name === '--dependency-update')) return '--dependency-update writes into the chart\'s folder; a preview does not do that. Run helm dependency update first, then the command without it.';
  if (valuesOf(command, '--values').includes('-')) return 'Values that come through standard input can\'t be read before the command runs. Write them to a file to see what it does.';
  if (valuesOf(command, '--values').some((file) => /^(?!https?:)[a-z+-]+:\/\//i.test(file))) return 'A values file comes through a plugin, which is a program; a preview does not run it. Give the file itself to see what it does.';
  return command.words.length === 0 ? 'The command names no release. Correct it and run it again.' : undefined;
}

async function previewRelease(request: PreviewRequest | StateRequest, command: HelmCommand, at: SourceAt): Promise<BlastRadius> {
  at.hide([...valuesOf(command, '--kube-token', '--password'), ...(at.env['HELM_KUBETOKEN'] ? [at.env['HELM_KUBETOKEN']] : [])]);
  const helm = helmFor(request, command, at);
  const executable = kubectlOnPath(at.env);
  const way = asKubectl(command, at.env);
  const kubectl = executable === undefined ? undefined : kubectlFor({ executable, cwd: request.cwd, ...(request.kind === 'preview' && request.folder !== undefined ? { folder: request.folder } : {}) }, way, { env: at.env, signal: at.signal, progress: at.events.progress });
  const place = kubectl === undefined ? { context: request.operation.context, namespace: valueOf(way, '--namespace') ?? 'default' } : await readPlace(kubectl, way, request.operation.context);
  at.events.progress(`Reading release ${command.words[0] ?? ''}`);
  const told = await Promise.all((command.verb === 'uninstall' ? command.words : command.words.slice(0, 1)).map((name) => changeOf(helm, command, name, place.namespace ?? 'default')));
  const impacts = await Promise.all(told.map(({ change }) => releaseImpact(kubectl, change, place.namespace ?? 'default')));
  const shown = new Set<string>();
  const resources = impacts.flatMap((one) => one.resources).filter((one) => !shown.has(one.id) && shown.add(one.id));
  return blastRadius({
    source: command.verb === 'upgrade' ? 'dry-run' : 'live-reads',
    sourceDetail: command.verb === 'upgrade' ? 'Helm\'s own server-side dry run, made just now, against the manifest of the release, and the objects in the cluster.' : 'Helm\'s manifests of the release, and the objects in the cluster, read just now.',
    context: place.context, ...(command.words[0] === undefined ? {} : { stack: command.words[0] }), resources, dependencies: impacts.flatMap((one) => one.dependencies),
    unknowns: [...allNotKnown('binding', 'the chart', chartElsewhere(command, request.cwd)), ...told.flatMap((one) => one.unknowns), ...impacts.flatMap((one) => one.unknowns)],
    warnings: [...told.flatMap((one) => one.warnings), ...impacts.flatMap((one) => one.warnings), ...waiting(resources)],
    evidence: [...told.flatMap((one) => one.evidence), ...impacts.flatMap((one) => one.evidence)],
    stateDigest: digestOf({ manifests: told.map(({ change }) => [change.removed, change.added, change.both.flat()].map((list) => list.map((object) => object.body))), shown: impacts.flatMap((one) => one.fingerprints).sort() }),
  });
}

/**
 * A chart that Helm fetches when the command runs, and values from an address. Source: Helm documentation, "helm install", "five different ways you can
 * express the chart"; a path that is there comes first (pkg/action/install.go, LocateChart), and a digest names one content.
 */
function chartElsewhere(command: HelmCommand, cwd: string): string[] {
  if (command.verb !== 'upgrade') return [];
  const chart = command.words[1] ?? '';
  const fetched = valueOf(command, '--repo') !== undefined || /^(?:https?|oci|[a-z0-9]+):\/\//.test(chart) || !(path.isAbsolute(chart) || chart.startsWith('.') || existsSync(path.resolve(cwd, chart)));
  return [
    ...(chart !== '' && fetched && !/@sha256:[0-9a-f]{64}$/.test(chart) ? [notBound(`The chart ${chart}`, 'a version can be published anew; pull it (helm pull) and give the file, or name its digest')] : []),
    ...valuesOf(command, '--values').flatMap((one) => one.split(',')).filter((file) => /^https?:\/\//.test(file)).map((file) => notBound(file, 'Helm reads it by itself')),
  ];
}

const NOTHING: ReleaseChange = { removed: [], added: [], both: [], why: '', how: '', force: false, orphan: false };

async function changeOf(helm: Helm, command: HelmCommand, name: string, namespace: string): Promise<Told> {
  const before = await manifestOf(helm, name, undefined);
  const force = isOn(command, '--force', '--force-replace');
  if (command.verb === 'uninstall') {
    if (before === undefined) return { change: NOTHING, unknowns: [], warnings: [`There is no release ${name} in namespace ${namespace}: nothing would be deleted.`], evidence: [] };
    const hooks = isOn(command, '--no-hooks') ? { objects: [], unknowns: [] } : await hooksOf(helm, name);
    return {
      change: { ...NOTHING, removed: before.objects, why: `It belongs to release ${name}, which is uninstalled.`, orphan: valueOf(command, '--cascade') === 'orphan' },
      unknowns: [...before.unknowns, ...hooks.unknowns, ...allNotKnown('program', 'the hooks', hookUnknowns(hooks.objects, EVENTS.uninstall))],
      warnings: [
        isOn(command, '--keep-history') ? `The history is kept: helm rollback ${name} makes the objects again, without the data that were lost.` : `The history goes with it: helm rollback ${name} is not possible then. --keep-history keeps it.`,
        'What the chart has in its crds folder, and what its hooks made, stays in the cluster (Helm documentation, "Custom Resource Definitions", "Chart Hooks").',
      ],
      evidence: [{ what: 'objects of the release', from: `helm get manifest ${name}` }],
    };
  }
  return command.verb === 'rollback' ? rolledBack(helm, command, name, before, force) : upgraded(helm, command, name, before, force);
}

async function rolledBack(helm: Helm, command: HelmCommand, name: string, before: Manifest | undefined, force: boolean): Promise<Told> {
  if (before === undefined) return { change: NOTHING, unknowns: [], warnings: [`There is no release ${name}: helm would refuse to roll it back.`], evidence: [] };
  const answer = await helm.run('history', [name, '--output=json', '--max=256']);
  if (answer.code !== 0) fail('refused', `The history of release ${name} can't be read: ${lastWords(answer, 400)}. Check the release and the namespace, then preview again.`);
  let revisions: ReturnType<typeof readHistory> = [];
  try {
    revisions = readHistory(answer.stdout);
  } catch {
    fail('refused', 'helm history did not answer with JSON. Check that this helm is version 3 or newer, then preview again.');
  }
  const wanted = Number(command.words[1] ?? '0');
  const current = revisions.at(-1)?.revision ?? 0;
  // Without a revision Helm goes back to the one before the newest.
  const target = wanted === 0 ? current - 1 : wanted;
  const found = revisions.find((one) => one.revision === target);
  if (found === undefined) return { change: NOTHING, unknowns: [], warnings: [`Release ${name} has no revision ${target} that is kept: helm would refuse to roll it back.`], evidence: [] };
  const after = await manifestOf(helm, name, target) ?? fail('refused', `The manifest of revision ${target} of ${name} can't be read. Look with helm get manifest ${name} --revision ${target}.`);
  const hooks = isOn(command, '--no-hooks') ? { objects: [], unknowns: [] } : await hooksOf(helm, name, target);
  const how = `manifests of revision ${current} and ${target}`;
  return {
    change: { ...compareManifests(before.objects, after.objects), why: `Revision ${target} of release ${name} does not have it (${how}).`, how, force, orphan: false },
    unknowns: [...before.unknowns, ...after.unknowns, ...hooks.unknowns, ...allNotKnown('program', 'the hooks', hookUnknowns(hooks.objects, EVENTS.rollback))],
    warnings: [`Release ${name} goes from revision ${current} to what revision ${target} was (${found.chart}).`, ...(isOn(command, '--recreate-pods') ? ['--recreate-pods restarts every pod of the release.'] : [])],
    evidence: [{ what: 'what changes', from: `helm get manifest ${name}, of now and of revision ${target}` }],
  };
}

async function upgraded(helm: Helm, command: HelmCommand, name: string, before: Manifest | undefined, force: boolean): Promise<Told> {
  const install = isOn(command, '--install');
  if (before === undefined && !install) return { change: NOTHING, unknowns: [], warnings: [`There is no release ${name}: helm would refuse to upgrade it without --install.`], evidence: [] };
  const answer = await helm.run('upgrade', [SERVER_DRY_RUN, '--output=json', ...renderOptions(command), ...command.words]);
  if (answer.code !== 0) fail('refused', `Helm refuses a dry run of this upgrade: ${lastWords(answer, 500)}. Correct what it says, then preview again.`);
  let rendered: ReturnType<typeof readDryRun>;
  try {
    rendered = readDryRun(answer.stdout);
  } catch {
    rendered = undefined;
  }
  const { manifest, hooks } = rendered ?? fail('refused', 'Helm\'s dry run did not answer with a release in JSON. A server-side dry run takes helm 3.13 or newer; update it and preview again.');
  const after = readManifest(manifest);
  const how = `Helm's dry run against the manifest of release ${name}`;
  return {
    change: { ...compareManifests(before?.objects ?? [], after.objects), why: `The new version of release ${name} does not have it any more (${how}).`, how, force, orphan: false },
    unknowns: [...(before?.unknowns ?? []), ...after.unknowns, ...(isOn(command, '--no-hooks') ? [] : allNotKnown('program', 'the hooks', hookUnknowns(readManifest(hooks).objects, before === undefined ? EVENTS.upgrade.slice(2) : EVENTS.upgrade.slice(0, 2))))],
    warnings: before === undefined ? [`There is no release ${name} yet: it is installed.`] : [],
    evidence: [{ what: 'what changes', from: `helm upgrade ${SERVER_DRY_RUN} and helm get manifest ${name}` }],
  };
}

/** The manifest of a release; undefined when there is none. @throws PreviewError when it can't be read. */
async function manifestOf(helm: Helm, name: string, revision: number | undefined): Promise<Manifest | undefined> {
  const answer = await helm.run('get manifest', [name, ...(revision === undefined ? [] : [`--revision=${revision}`])]);
  if (answer.code === 0) return readManifest(answer.stdout);
  const said = lastWords(answer, 400);
  if (/release: not found|not found/i.test(said) && !/namespaces/.test(said)) return undefined;
  const unreachable = /unreachable|connection refused|no such host|i\/o timeout/i.test(said);
  return fail(unreachable ? 'unreachable' : 'refused', `Release ${name} can't be read: ${said}. ${unreachable ? 'Check the context, the network or the VPN' : 'Check the release, the namespace and your rights'}, then preview again.`);
}

async function hooksOf(helm: Helm, name: string, revision?: number): Promise<Manifest> {
  const answer = await helm.run('get hooks', [name, ...(revision === undefined ? [] : [`--revision=${revision}`])]);
  return answer.code === 0 ? readManifest(answer.stdout) : { objects: [], unknowns: [notKnown('program', name, `The hooks of release ${name} can't be read (${lastWords(answer, 300)}). Read them with helm get hooks before you approve.`)] };
}
