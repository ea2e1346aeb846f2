import { allNotKnown, notKnown, type AffectedResource, type BlastRadius, type Dependency, type TargetContext, type Unknown } from '../../model';
import { predictDelete } from '../../detect/templates/cloudformation';
import { PreviewError } from '../failure';
import { blastRadius } from '../radius';
import type { CloudFormationCommand } from './command';
import type { Connection } from './connection';
import { DATA_EVIDENCE } from './evidence';
import { exportsOf, importersOf, withoutAnswered } from './exports';
import { absentDigest, contextOf, describeStack, isPlaceholder, readStack, stateDigest, type StackState } from './stack-state';
import { judgeStatus, stackNameOf } from './stack-status';

/** Nested stacks in nested stacks: CloudFormation has no such depth, a loop of mine would. */
const MAX_NESTING = 10;
const MAX_STACKS = 200;
const NESTED = 'AWS::CloudFormation::Stack';

interface Part {
  readonly resources: readonly AffectedResource[];
  readonly dependencies: readonly Dependency[];
  readonly unknowns: readonly Unknown[];
  readonly warnings: readonly string[];
}

/** What deleting a stack would take down, from live reads only: nothing is created. */
export async function previewDeleteStack(
  connection: Connection, command: CloudFormationCommand, stackName: string, progress: (text: string) => void,
): Promise<BlastRadius> {
  progress(`Reading stack ${stackName} (${connection.where})`);
  const stack = await describeStack(connection, stackName);
  const sourceDetail = 'Read from the account just now: the stack, its deployed template, its resources, its exports and who imports them.';
  if (stack === undefined || isPlaceholder(stack)) {
    const why = stack === undefined
      ? `There is no stack ${stackName} in region ${connection.region}: nothing would be deleted.`
      : `${stackName} is in REVIEW_IN_PROGRESS: it was never created and holds no resources. Only the empty stack would be deleted.`;
    return blastRadius({
      source: 'live-reads', sourceDetail, context: contextOf(connection, stack?.StackId), stack: stackNameOf(stackName),
      resources: [], dependencies: [], unknowns: connection.unknowns, warnings: [why], stateDigest: absentDigest(stackNameOf(stackName), connection.region),
    });
  }
  const states = await readTree(connection, await readStack(connection, stack), progress);
  const parts: Part[] = [];
  const walked = new Set(states.map(({ path }) => path));
  // Parents come before their children: what stands in a nested stack that is kept, is kept with it and not told again.
  const kept: string[] = [];
  for (const { state, path } of states) {
    if (kept.some((prefix) => path.startsWith(prefix))) continue;
    const part = partOf(state, path, { context: contextOf(connection, state.stack.StackId), retained: new Set(path === '' ? command.retainResources : []), walked });
    kept.push(...part.resources.filter((r) => r.type === NESTED && r.outcome === 'retained').map((r) => `${r.id}/`));
    parts.push(part);
  }
  const dependencies = parts.flatMap((part) => part.dependencies);
  const shared = await importers(connection, states.map(({ state }) => state), dependencies, progress);
  return blastRadius({
    source: 'live-reads', sourceDetail, context: contextOf(connection, stack.StackId), stack: stack.StackName ?? stackName,
    evidence: [
      { what: 'resources and physical names', from: 'ListStackResources' }, { what: 'policies, guards and references', from: 'GetTemplate (processed)' },
      { what: 'exports and who imports them', from: 'ListExports, ListImports' }, DATA_EVIDENCE,
    ],
    resources: parts.flatMap((part) => part.resources),
    dependencies: [...dependencies, ...shared.dependencies],
    unknowns: [...connection.unknowns, ...allNotKnown('value', 'the command', command.problems), ...shared.unknowns, ...withoutAnswered(parts.flatMap((part) => part.unknowns), shared.answered)],
    warnings: [...judgeStatus(stack, 'delete').warnings, ...optionWarnings(command, stack.StackStatus), ...shared.warnings, ...parts.flatMap((part) => part.warnings)],
    stateDigest: stateDigest(states.map(({ state }) => state)),
  });
}

/** A stack and every nested stack below it, with the path of logical ids to each. */
export async function readTree(connection: Connection, root: StackState, progress: (text: string) => void): Promise<{ readonly state: StackState; readonly path: string }[]> {
  const found: { state: StackState; path: string }[] = [{ state: root, path: '' }];
  const seen = new Set([root.stack.StackId]);
  for (let i = 0; i < found.length && found.length < MAX_STACKS; i += 1) {
    const at = found[i];
    if (at === undefined || at.path.split('/').length > MAX_NESTING) continue;
    for (const resource of at.state.resources) {
      const id = resource.PhysicalResourceId;
      if (resource.ResourceType !== NESTED || id === undefined || seen.has(id)) continue;
      seen.add(id);
      progress(`Reading nested stack ${stackNameOf(id)}`);
      const nested = await describeStack(connection, id);
      if (nested !== undefined) found.push({ state: await readStack(connection, nested), path: `${at.path}${resource.LogicalResourceId ?? ''}/` });
    }
  }
  return found;
}

/** Joins what the deployed template says with what really stands. */
function partOf(state: StackState, path: string, at: { readonly context: TargetContext; readonly retained: ReadonlySet<string>; readonly walked: ReadonlySet<string> }): Part {
  const { account, region } = at.context;
  const prediction = predictDelete(state.processed, resolvedParameters(state), { account, region, stackName: state.name });
  const standing = new Map(state.resources.map((resource) => [resource.LogicalResourceId ?? '', resource]));
  const predicted = new Map(prediction.resources.map((resource) => [resource.logicalId, resource]));
  const resources: AffectedResource[] = [];
  for (const [logicalId, { PhysicalResourceId: physicalId, ResourceType: type }] of standing) {
    const known = predicted.get(logicalId);
    const base: AffectedResource = known ?? {
      id: logicalId, logicalId, type: type ?? 'unknown', action: 'remove', replacement: 'no', outcome: 'unknown', data: 'unknown', reversibility: { kind: 'unknown' },
      downtime: { interrupted: 'unknown' },
      because: ['It stands in the stack, but the deployed template does not name it, so its deletion policy is not known.'],
    };
    const walked = at.walked.has(`${path}${logicalId}/`) && base.outcome !== 'retained';
    const kept = at.retained.has(logicalId) ? keptBack(base) : walked ? opened(base) : base;
    resources.push({ ...kept, id: `${path}${logicalId}`, stack: state.name, ...(physicalId ? { physicalId } : {}) });
  }
  const inPath = (id: string): string => (/^(?:export|import|stack):/.test(id) ? id : `${path}${id}`);
  return {
    resources,
    dependencies: prediction.dependencies
      .filter((d) => (standing.has(d.from) || /^(?:export|import):/.test(d.from)) && (standing.has(d.to) || /^(?:export|import):/.test(d.to)))
      .map((d) => ({ ...d, from: inPath(d.from), to: inPath(d.to) })),
    unknowns: prediction.unknowns,
    warnings: prediction.warnings,
  };
}

/** A nested stack whose resources are listed by themselves. */
function opened(resource: AffectedResource): AffectedResource {
  return {
    ...resource, outcome: 'lost', data: 'none', downtime: { interrupted: 'yes' }, reversibility: { kind: 'reversible', how: 'Deploy its root stack again; what can be had back of its resources is said at each.' },
    because: ['It is a nested stack: it goes with its parent, and its resources are listed one by one.'],
  };
}

function keptBack(resource: AffectedResource): AffectedResource {
  return {
    ...resource, outcome: 'retained', downtime: { interrupted: 'no' }, data: resource.data === 'none' ? 'none' : 'orphaned',
    reversibility: { kind: 'recoverable', how: 'It stays in the account without a stack; import it again with a change set of type IMPORT.' },
    because: ['--retain-resources keeps it (CloudFormation takes that only for a stack in DELETE_FAILED).'],
  };
}

/** A parameter that is looked up in SSM has its value beside its name. */
function resolvedParameters(state: StackState): Record<string, string> {
  return Object.fromEntries((state.stack.Parameters ?? []).map((p) => [p.ParameterKey ?? '', p.ParameterValue ?? '']));
}

async function importers(connection: Connection, states: readonly StackState[], dependencies: readonly Dependency[], progress: (text: string) => void): ReturnType<typeof importersOf> {
  if (!states.some(({ stack }) => (stack.Outputs ?? []).some((output) => output.ExportName !== undefined))) {
    return { dependencies: [], warnings: [], unknowns: [], answered: new Set() };
  }
  progress('Looking for stacks that import its exports');
  const own = new Set(states.flatMap(({ stack }) => stack.StackId ?? []));
  let names: string[];
  const unknowns: Unknown[] = [];
  try {
    names = (await exportsOf(connection, own)).flatMap((one) => one.Name ?? []);
  } catch (error) {
    if (!(error instanceof PreviewError) || error.failure.kind === 'cancelled') throw error;
    unknowns.push(notKnown('dependents', 'the exports', `The list of exports could not be read; the names come from the stack's outputs. ${error.message}`));
    names = states.flatMap(({ stack }) => (stack.Outputs ?? []).flatMap((output) => output.ExportName ?? []));
  }
  const answer = await importersOf(connection, [...new Set(names)], 'goes', dependencies);
  return { ...answer, unknowns: [...unknowns, ...answer.unknowns] };
}

function optionWarnings(command: CloudFormationCommand, status: string | undefined): string[] {
  const warnings: string[] = [];
  if (command.deletionMode === 'FORCE_DELETE_STACK') {
    warnings.push('FORCE_DELETE_STACK: what can\'t be deleted is left behind without a stack, and the stack is gone all the same (DeleteStack, CloudFormation API reference).');
  }
  if ((command.retainResources.length > 0 || command.deletionMode === 'FORCE_DELETE_STACK') && status !== 'DELETE_FAILED') {
    warnings.push(`CloudFormation takes ${command.retainResources.length > 0 ? '--retain-resources' : '--deletion-mode FORCE_DELETE_STACK'} only for a stack in DELETE_FAILED; this one is in ${status ?? 'another status'}, so it would refuse the command.`);
  }
  return warnings;
}
