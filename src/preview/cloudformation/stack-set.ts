import type { StackInstanceSummary, StackSet } from '@aws-sdk/client-cloudformation';
import { predict, type Prediction } from '../../detect/templates/cloudformation';
import { allNotKnown, notKnown, type AffectedResource, type BlastRadius, type Unknown } from '../../model';
import { fail, PreviewError } from '../failure';
import { blastRadius, digestOf } from '../radius';
import type { CloudFormationCommand } from './command';
import type { Connection, ServiceError } from './connection';
import { previewDeleteStack } from './delete-stack';
import { stackNameOf } from './stack-status';
import { allPages } from './stack-state';
import { targets, type StackSetWords } from './stack-set-command';

/** A stack in this many places is listed with all that changes inside each; beyond, what changes is told once. */
const MAX_OPENED = 20;

interface SetState {
  readonly set: StackSet;
  readonly instances: readonly StackInstanceSummary[];
}

/**
 * What a command on a stack set would do to the stacks that it holds in other accounts and regions. Reads only the set itself and
 * its list of instances; a stack is opened only where it is in the account and region of the command.
 */
export async function previewStackSet(connection: Connection, command: CloudFormationCommand, progress: (text: string) => void): Promise<BlastRadius> {
  const words = wordsOf(command);
  const name = words.name ?? fail('command', 'This command names no stack set. Add --stack-set-name and run it again.');
  progress(`Reading stack set ${name} (${connection.where})`);
  const state = await readSet(connection, words, name);
  const base = { source: 'live-reads' as const, context: connection.context, stack: name };
  const sourceDetail = 'Read from the account just now: the stack set, its template and the list of its stacks in every account and region.';
  if (state === undefined) {
    return blastRadius({ ...base, sourceDetail, resources: [], dependencies: [], unknowns: connection.unknowns, warnings: [`There is no stack set ${name} in region ${connection.region}: CloudFormation would refuse this command.`], stateDigest: setDigest(undefined) });
  }
  const meant = state.instances.map((instance) => ({ instance, is: command.verb === 'delete-stack-set' ? true : targets(words, placeOf(instance)) })).filter(({ is }) => is !== false);
  const unsure = meant.filter(({ is }) => is === undefined).length;
  const parts = await partsOf(connection, command, { state, instances: meant.map(({ instance }) => instance), words }, progress);
  const inProgress = state.instances.filter((instance) => instance.StackInstanceStatus?.DetailedStatus === 'RUNNING' || instance.StackInstanceStatus?.DetailedStatus === 'PENDING').length;
  return blastRadius({
    ...base, sourceDetail,
    resources: parts.resources,
    dependencies: parts.resources.filter((r) => r.type === 'AWS::CloudFormation::Stack' && r.id !== name).map((r) => ({ from: parts.resources.some((one) => one.id === name) ? name : `stack-set:${name}`, to: r.id, kind: 'nested-stack' as const, detail: `stack set ${name} holds the stack in ${r.id}` })),
    unknowns: [
      ...connection.unknowns, ...allNotKnown('value', 'the command', command.problems), ...parts.unknowns,
      ...(unsure > 0 ? [notKnown('target', 'the accounts', `${unsure} of these stacks are listed because it can't be told whether the command is about them: which accounts a unit or a file names, only the organisation knows.`)] : []),
      ...(words.units !== undefined && command.verb === 'create-stack-instances' ? [notKnown('target', 'the accounts', 'In which accounts stacks are made follows from the organisation\'s units, which were not read.')] : []),
    ],
    warnings: [...parts.warnings, ...(inProgress > 0 ? [`${inProgress} of its stacks are being worked on by another operation right now: wait until that ends, then preview again.`] : [])],
    stateDigest: setDigest(state),
  });
}

/** The digest of the set's state, for the check before the run. */
export async function stackSetState(connection: Connection, command: CloudFormationCommand): Promise<string> {
  const words = wordsOf(command);
  return setDigest(words.name === undefined ? undefined : await readSet(connection, words, words.name));
}

function setDigest(state: SetState | undefined): string {
  return digestOf(state === undefined ? { absent: true } : {
    id: state.set.StackSetId, status: state.set.Status, template: digestOf(state.set.TemplateBody ?? ''), parameters: state.set.Parameters ?? [],
    instances: state.instances.map((one) => [one.Account ?? '', one.Region ?? '', one.StackId ?? '', one.Status ?? '']).sort((a, b) => (a.join() < b.join() ? -1 : 1)),
  });
}

function wordsOf(command: CloudFormationCommand): StackSetWords {
  return command.stackSet ?? fail('command', 'This is not a command on a stack set.');
}

function placeOf(instance: StackInstanceSummary): { readonly account: string; readonly region: string; readonly unit: string | undefined } {
  return { account: instance.Account ?? '', region: instance.Region ?? '', unit: instance.OrganizationalUnitId };
}

async function readSet(connection: Connection, words: StackSetWords, name: string): Promise<SetState | undefined> {
  const { DescribeStackSetCommand, ListStackInstancesCommand } = connection.sdk;
  const callAs = words.callAs === 'DELEGATED_ADMIN' || words.callAs === 'SELF' ? { CallAs: words.callAs } as const : {};
  const absent = (error: ServiceError): boolean => /^StackSetNotFound(?:Exception)?$/.test(error.name);
  let set: StackSet | undefined;
  try {
    set = (await connection.call('DescribeStackSet', (client, options) => client.send(new DescribeStackSetCommand({ StackSetName: name, ...callAs }), options), absent)).StackSet;
  } catch (error) {
    if (!(error instanceof Error) || !absent(error)) throw error;
  }
  if (set === undefined) return undefined;
  const instances = await allPages(async (token) => {
    const page = await connection.call('ListStackInstances', (client, options) => client.send(new ListStackInstancesCommand({ StackSetName: name, NextToken: token, ...callAs }), options));
    return { items: page.Summaries ?? [], next: page.NextToken };
  });
  return { set, instances };
}

interface Parts {
  readonly resources: readonly AffectedResource[];
  readonly unknowns: readonly Unknown[];
  readonly warnings: readonly string[];
}

interface At {
  readonly state: SetState;
  readonly instances: readonly StackInstanceSummary[];
  readonly words: StackSetWords;
}

function partsOf(connection: Connection, command: CloudFormationCommand, at: At, progress: (text: string) => void): Promise<Parts> | Parts {
  switch (command.verb) {
    case 'delete-stack-set': return ofDeletedSet(at);
    case 'delete-stack-instances': return at.words.retain ? ofForgotten(at) : ofDeleted(connection, command, at, progress);
    case 'create-stack-instances': return ofNew(command, at);
    default: return ofUpdated(command, at);
  }
}

/** A stack set that still has stacks can't be deleted. Source: DeleteStackSet, CloudFormation API reference (`StackSetNotEmptyException`). */
function ofDeletedSet({ state, instances, words }: At): Parts {
  const set = setResource(state, words);
  const count = instances.length;
  return {
    resources: [{ ...set, action: 'remove', outcome: 'lost', because: ['The stack set itself goes; its stacks must be gone from it before.'] }],
    unknowns: [],
    warnings: count === 0 ? [] : [`The stack set still holds ${count} ${count === 1 ? 'stack' : 'stacks'}: CloudFormation refuses to delete it until they are taken out with delete-stack-instances (DeleteStackSet, CloudFormation API reference).`],
  };
}

function setResource(state: SetState, words: StackSetWords): AffectedResource {
  const name = state.set.StackSetName ?? words.name ?? 'stack set';
  return {
    id: name, logicalId: name, ...(state.set.StackSetId === undefined ? {} : { physicalId: state.set.StackSetId }), type: 'AWS::CloudFormation::StackSet', action: 'modify', replacement: 'no',
    outcome: 'modified', data: 'none', reversibility: { kind: 'recoverable', how: 'Make the stack set again from its template.', until: 'the template is lost' }, because: [],
  };
}

/** Source: DeleteStackInstances, CloudFormation API reference, `RetainStacks`: "saves the stacks but removes them from the stack set". */
function ofForgotten({ instances }: At): Parts {
  return {
    resources: instances.map((instance) => ({
      ...node(instance), action: 'forget' as const, outcome: 'retained' as const, data: 'kept' as const,
      reversibility: { kind: 'recoverable' as const, how: 'Import the stack into a stack set again: aws cloudformation import-stacks-to-stack-set.', until: 'somebody deletes the stack' },
      because: ['--retain-stacks keeps the stack with all that is in it; the stack set no longer manages it.'],
    })),
    unknowns: [], warnings: [],
  };
}

async function ofDeleted(connection: Connection, command: CloudFormationCommand, { instances }: At, progress: (text: string) => void): Promise<Parts> {
  const resources: AffectedResource[] = [];
  const unknowns: Unknown[] = [];
  const warnings: string[] = [];
  let closed = 0;
  for (const instance of instances) {
    const gone: AffectedResource = {
      ...node(instance), action: 'remove', outcome: 'unknown', data: 'unknown', downtime: { interrupted: 'unknown' },
      reversibility: { kind: 'unknown', how: 'Read the stack in its own account and region.' },
      because: ['The stack is deleted with all in it that has no DeletionPolicy Retain (DeleteStackInstances without --retain-stacks).'],
    };
    const inside = instance.Region === connection.region && instance.StackId !== undefined ? await opened(connection, command, instance, progress) : undefined;
    if (inside === undefined) {
      closed += 1;
      resources.push(gone);
      continue;
    }
    resources.push({ ...gone, outcome: 'lost', data: 'none', downtime: { interrupted: 'yes' }, reversibility: inside.reversibility, because: [...gone.because, 'What is in it is listed one by one.'] });
    resources.push(...inside.resources.map((r) => ({ ...r, id: `${gone.id}/${r.id}` })));
    unknowns.push(...inside.unknowns.map((one) => notKnown(one.kind, `${gone.id}/${one.subject}`, `${gone.id}: ${one.text}`)));
    warnings.push(...inside.warnings.map((sentence) => `${gone.id}: ${sentence}`));
  }
  if (closed > 0) unknowns.push(notKnown('data', 'other accounts', `What ${closed === 1 ? 'one stack' : `${closed} stacks`} in other accounts or regions hold can't be read with these credentials. Preview delete-stack in each of them, or add --retain-stacks to keep them.`));
  return { resources, unknowns, warnings };
}

/** The stack itself, where these credentials can read it. */
async function opened(connection: Connection, command: CloudFormationCommand, instance: StackInstanceSummary, progress: (text: string) => void): Promise<BlastRadius | undefined> {
  try {
    const radius = await previewDeleteStack(connection, { ...command, retainResources: [], deletionMode: undefined }, instance.StackId ?? '', progress);
    return radius.context.account === instance.Account ? radius : undefined;
  } catch (error) {
    if (!(error instanceof PreviewError) || error.failure.kind === 'cancelled' || error.failure.kind === 'timeout') throw error;
    return undefined;
  }
}

function ofNew(command: CloudFormationCommand, { state, words }: At): Parts {
  const there = new Set(state.instances.map((one) => `${one.Account}/${one.Region}`));
  const places = (words.accounts ?? []).flatMap((account) => (words.regions ?? []).map((region) => `${account}/${region}`));
  const fresh = places.filter((place) => !there.has(place));
  const prediction = predict({ template: null }, { template: state.set.TemplateBody ?? null, parameters: parametersOf(state) });
  return {
    resources: fresh.flatMap((place) => [
      { ...stackNode(place), action: 'add' as const, outcome: 'added' as const, data: 'none' as const, reversibility: { kind: 'reversible' as const, how: 'Take it out again with delete-stack-instances.' }, because: ['A stack is made there from the set\'s template.'] },
      ...inEach(place, prediction, fresh.length),
    ]),
    unknowns: [...prediction.unknowns, ...allNotKnown('value', 'the command', command.problems)],
    warnings: [...(fresh.length < places.length ? [`${places.filter((place) => there.has(place)).join(', ')} already ${places.length - fresh.length === 1 ? 'has' : 'have'} a stack of this set: it is updated to the set's template.`] : []), ...prediction.warnings],
  };
}

function ofUpdated(command: CloudFormationCommand, { state, instances, words }: At): Parts {
  const set = setResource(state, words);
  const text = command.template.kind === 'text' ? command.template.text : command.template.kind === 'previous' || command.verb === 'update-stack-instances' ? state.set.TemplateBody : undefined;
  const before = state.set.TemplateBody;
  const own = command.verb === 'update-stack-set' ? [{ ...set, reversibility: { kind: 'reversible' as const, how: 'Update the stack set to its earlier template and parameters again.' }, because: ['The stack set gets the new template and parameters, and hands them to its stacks.'] }] : [];
  const given = Object.fromEntries(command.parameters.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value]])));
  const old = parametersOf(state);
  const prediction = text === undefined || before === undefined ? undefined : predict({ template: before, parameters: old }, { template: text, parameters: { ...old, ...given } });
  const resources = instances.flatMap((instance): AffectedResource[] => {
    const one = node(instance);
    const inside = prediction === undefined || prediction.problem !== undefined ? undefined : inEach(one.id, prediction, instances.length);
    const what = inside === undefined ? ['What changes in the stack is not known.'] : inside.length === 0 && prediction?.resources.length === 0 ? ['The template says nothing else than before.'] : ['The stack is updated to the set\'s new template.'];
    return [{ ...one, action: 'modify', outcome: 'unknown', data: 'unknown', reversibility: { kind: 'unknown', how: 'What can be had back is said at each of its resources.' }, because: what }, ...(inside ?? [])];
  });
  const once = prediction !== undefined && instances.length > MAX_OPENED ? inEach('in each stack', prediction, 1) : [];
  return {
    resources: [...own, ...resources, ...once],
    unknowns: [
      ...(prediction === undefined ? [notKnown('input', 'the stack', 'The new template is not in the command, so what changes in the stacks is not known.')] : prediction.unknowns),
      ...(instances.length > 0 ? [notKnown('state', 'the stacks', 'A stack may have parameters of its own (overrides) or differ from the template; that was not read. Detect drift on the stack set first.')] : []),
    ],
    warnings: prediction?.warnings ?? [],
  };
}

/** What a template does, in one of the places where it does it. */
function inEach(place: string, prediction: Prediction, count: number): AffectedResource[] {
  return count > MAX_OPENED ? [] : prediction.resources.map((resource) => ({ ...resource, id: `${place}/${resource.id}` }));
}

function parametersOf(state: SetState): Record<string, string> {
  return Object.fromEntries((state.set.Parameters ?? []).map((one) => [one.ParameterKey ?? '', one.ParameterValue ?? '']));
}

type Node = Pick<AffectedResource, 'id' | 'logicalId' | 'physicalId' | 'type' | 'stack' | 'replacement'>;

function node(instance: StackInstanceSummary): Node {
  const { account, region } = placeOf(instance);
  return { ...stackNode(`${account}/${region}`), ...(instance.StackId === undefined ? {} : { physicalId: instance.StackId, stack: stackNameOf(instance.StackId) }) };
}

function stackNode(place: string): Node {
  return { id: place, logicalId: place, type: 'AWS::CloudFormation::Stack', replacement: 'no' };
}
