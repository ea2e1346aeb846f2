import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { notKnown, type AffectedResource, type Kept, type Unknown } from '../../model';
import { fail } from '../failure';
import { keepFile } from '../keep';
import { blastRadius, digestOf } from '../radius';
import type { PreviewRequest } from '../request';
import type { Seen, SourceAt } from '../source';
import { lastWords, toolJson } from '../tool-run';
import { readState, type StateResource } from './plan-json';
import { blockEdges, blockOf, instanceEdges } from './references';
import { call, stackName, workspaceOf, type Tool } from './tool';
import { fateOfGone } from './fate';

/** What a command on the state makes of one resource. */
type Told = Pick<AffectedResource, 'action' | 'outcome' | 'replacement' | 'data' | 'reversibility' | 'because'>;

interface About {
  readonly gone: readonly StateResource[];
  readonly told: (r: StateResource) => Told;
  readonly detail: string;
  readonly warnings?: readonly string[];
  readonly unknowns?: readonly Unknown[];
}

/** Commands that change only the state: what they let go of, read from the state as it stands. */
export async function previewState(tool: Tool, request: PreviewRequest, at: SourceAt): Promise<Seen> {
  const { command } = tool;
  at.events.progress('Reading the state…');
  const about = await aboutState(tool, at);
  const all = about.gone;
  const edges = instanceEdges(blockEdges({ resources: [], outputs: {}, calls: {} }, all), all.map((r) => r.address));
  const workspace = await workspaceOf(command, at.env);
  const radius = blastRadius({
    source: 'live-reads', sourceDetail: about.detail, evidence: [{ what: 'Resources and what they need', from: `${command.tool} show -json (the state as it stands)` }],
    context: { ...request.operation.context, other: { ...request.operation.context.other, workspace, directory: command.folder } },
    stack: stackName(command, workspace),
    resources: about.gone.map((r) => ({
      id: r.address, logicalId: r.address, type: r.type, ...(typeof r.values['id'] === 'string' ? { physicalId: r.values['id'] } : {}), ...about.told(r),
    })),
    dependencies: edges, unknowns: about.unknowns ?? [], warnings: about.warnings ?? [], stateDigest: await lineageOf(tool, at),
    ...(about.gone.length === 0 ? { reversibility: request.operation.reversibility } : {}),
  });
  return { blastRadius: radius, ...(request.folder === undefined ? {} : { kept: await keepState(tool, await pulled(tool, at), request.folder) }) };
}

async function aboutState(tool: Tool, at: SourceAt): Promise<About> {
  const { command } = tool;
  const { args } = command;
  switch (command.verb) {
    case 'state rm': {
      const standing = await stateOf(tool, at);
      const matched = await matching(tool, at, args);
      const gone = standing.filter((r) => matched.has(r.address));
      return { gone, told: forgotten, detail: 'From the state as it stands: what it lets go of stays in the cloud, and nothing manages it any more.', warnings: gone.length === 0 ? [`Nothing in the state matches ${args.join(' ')}.`] : ['If its block stays in the configuration, the next apply makes it a second time, or fails because the name is taken.'] };
    }
    case 'taint': {
      const gone = (await stateOf(tool, at)).filter((r) => r.address === args[0]);
      return { gone, told: tainted, detail: 'From the state as it stands: the command itself only marks it; the next apply replaces it.', warnings: gone.length === 0 ? [`${args[0] ?? 'It'} is not in the state.`] : [] };
    }
    case 'import': {
      const [address = '', id = ''] = args;
      const here = (await stateOf(tool, at)).some((r) => r.address === address);
      return { gone: [{ address, type: blockOf(address).split('.').at(-2) ?? '', mode: 'managed', values: { id }, dependsOn: [] }], told: imported, detail: 'From the command and the state as it stands; what is imported was not read.', warnings: here ? [`${address} is in the state already: the command fails.`] : [] };
    }
    case 'workspace delete': {
      const name = args[0] ?? '';
      const gone = await stateOf(tool, at, { TF_WORKSPACE: name });
      const forced = command.options.some((o) => o.name === '-force');
      return { gone, told: forgotten, detail: `From the state of workspace ${name}.`, warnings: gone.length === 0 ? [`Workspace ${name} manages nothing.`] : forced ? ['Its state is deleted; what it manages stays and has to be found and imported one by one.'] : [`Workspace ${name} still manages ${gone.length} resources: without -force the command fails.`] };
    }
    case 'state push': {
      const file = path.resolve(command.folder, args[0] ?? '');
      const fresh = args[0] === '-' ? undefined : addressesOf(await readFile(file, 'utf8').catch(() => ''));
      const standing = (await stateOf(tool, at)).filter((r) => r.mode === 'managed');
      if (fresh === undefined) return { gone: standing, told: overwritten, detail: 'From the state as it stands; the state that is pushed could not be read.', unknowns: [notKnown('input', 'the pushed state', 'What the pushed state holds is not known: everything that stands in the present one may be forgotten.')] };
      return { gone: standing.filter((r) => !fresh.has(blockOf(r.address))), told: forgotten, detail: 'From the state as it stands, compared with the state that is pushed.' };
    }
    case 'force-unlock': {
      const lock = await lockOf(tool);
      return { gone: [], told: forgotten, detail: 'From the lock file beside the state.', warnings: lock === undefined ? [] : [`The lock is held by ${lock}. If that still runs, two writers spoil the state.`], unknowns: lock === undefined ? [notKnown('dependents', 'the lock', 'Who holds the lock is not known here. Ask your team before you take it away.')] : [] };
    }
    default: return fail('command', `${command.product} ${command.verb} has no preview.`);
  }
}

const back = (r: StateResource): string => `terraform import '${r.address}' ${typeof r.values['id'] === 'string' ? `'${r.values['id']}'` : 'ID'}`;
const holds = (r: StateResource): boolean => fateOfGone(r.type, r.values).data !== 'none';

function forgotten(r: StateResource): Told {
  return { action: 'forget', outcome: 'retained', replacement: 'no', data: holds(r) ? 'orphaned' : 'none', reversibility: { kind: 'recoverable', how: back(r), until: 'somebody deletes it by hand' }, because: ['It leaves the state and stays in the cloud.'] };
}
function tainted(r: StateResource): Told {
  const fate = fateOfGone(r.type, r.values);
  return { action: 'modify', outcome: 'replaced', replacement: 'yes', data: fate.data, reversibility: { kind: 'reversible', how: `terraform untaint '${r.address}', before anybody applies.` }, because: ['The next apply deletes it and makes a new one.', ...fate.because] };
}
function imported(r: StateResource): Told {
  return { action: 'import', outcome: 'added', replacement: 'no', data: 'kept', reversibility: { kind: 'reversible', how: `terraform state rm '${r.address}'` }, because: ['It is taken under management as it stands; the next plan says what the configuration would change.'] };
}
function overwritten(r: StateResource): Told {
  return { ...forgotten(r), outcome: 'unknown', action: 'unknown', because: ['The state is overwritten; whether this is still in it is not known.'] };
}

async function stateOf(tool: Tool, at: SourceAt, env: NodeJS.ProcessEnv = {}): Promise<StateResource[]> {
  const file = tool.command.options.findLast((o) => o.name === '-state')?.value;
  const answer = await call(tool, at, ['show', '-json', ...(file === undefined ? [] : [path.resolve(tool.command.folder, file)])], env);
  if (answer.code !== 0) return fail('refused', `The state can't be read: ${lastWords(answer)}. Mend that, then preview again.`);
  return readState(toolJson(answer.stdout, `${tool.command.tool} show -json`));
}

/** The addresses in the state that the given ones mean: an instance, a block, or a whole module. */
async function matching(tool: Tool, at: SourceAt, args: readonly string[]): Promise<Set<string>> {
  const file = tool.command.options.findLast((o) => o.name === '-state');
  const answer = await call(tool, at, ['state', 'list', ...(file?.value === undefined ? [] : [`-state=${file.value}`]), ...args]);
  if (answer.code !== 0) return fail('refused', `What ${args.join(' ')} means can't be read: ${lastWords(answer)}. Check the addresses, then preview again.`);
  return new Set(answer.stdout.split('\n').map((line) => line.trim()).filter((line) => line !== ''));
}

/** Blocks in a state file of version 4; undefined when it is no such file. Source: Terraform's state file format, version 4. */
function addressesOf(text: string): Set<string> | undefined {
  try {
    const state = JSON.parse(text) as { version?: unknown; resources?: readonly { module?: string; mode?: string; type?: string; name?: string }[] };
    if (state.version !== 4) return undefined;
    return new Set((state.resources ?? []).map((r) => blockOf(`${r.module === undefined ? '' : `${r.module}.`}${r.mode === 'data' ? 'data.' : ''}${r.type ?? ''}.${r.name ?? ''}`)));
  } catch {
    return undefined;
  }
}

/** Who holds the lock of a local state. Source: the file that the local backend writes, `.terraform.tfstate.lock.info`. */
async function lockOf(tool: Tool): Promise<string | undefined> {
  try {
    const info = JSON.parse(await readFile(path.join(tool.command.folder, '.terraform.tfstate.lock.info'), 'utf8')) as Record<string, unknown>;
    const part = (name: string): string => (typeof info[name] === 'string' ? info[name] : 'unknown');
    return `${part('Who')} since ${part('Created')} for ${part('Operation')}`;
  } catch {
    return undefined;
  }
}

/**
 * The state's lineage and serial number as one digest: another one means that somebody wrote it meanwhile.
 * @throws PreviewError when the state can't be read.
 */
export async function lineageOf(tool: Tool, at: SourceAt): Promise<string> {
  const text = await pulled(tool, at);
  if (text.trim() === '') return digestOf({ serial: null });
  const state = toolJson(text, `${tool.command.tool} state pull`) as { serial?: unknown; lineage?: unknown };
  return digestOf({ serial: state.serial ?? null, lineage: state.lineage ?? null });
}

/** Saves the state as it stands into the preview's folder. It is as secret as the state itself: closed to everybody else. */
export async function keepState(tool: Tool, text: string, folder: string): Promise<Kept[]> {
  return text.trim() === '' ? [] : [await keepFile(folder, 'terraform.tfstate', text, `the state before the run (${tool.command.tool} state push puts it back)`)];
}

/** The state file as it stands; empty when there is none. @throws PreviewError when it can't be read. */
export async function pulled(tool: Tool, at: SourceAt): Promise<string> {
  const workspace = tool.command.verb === 'workspace delete' ? { TF_WORKSPACE: tool.command.args[0] ?? '' } : {};
  const file = tool.command.options.findLast((o) => o.name === '-state')?.value;
  if (file !== undefined) return readFile(path.resolve(tool.command.folder, file), 'utf8').catch(() => '');
  const answer = await call(tool, at, ['state', 'pull'], workspace);
  return answer.code === 0 ? answer.stdout : fail('refused', `The state can't be read: ${lastWords(answer)}. Mend that, then preview again.`);
}
