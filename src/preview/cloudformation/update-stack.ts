import type { CreateChangeSetCommandInput, Parameter, Stack } from '@aws-sdk/client-cloudformation';
import { predict, readTemplate, type PredictOptions, type Prediction } from '../../detect/templates/cloudformation';
import { allNotKnown, notKnown, type AffectedResource, type BlastRadius, type Dependency, type Unknown, type Execution } from '../../model';
import { fail, PreviewError } from '../failure';
import { blastRadius, type Gathered } from '../radius';
import { readChangeSet, waitForChangeSet, withTemporaryChangeSet, type ChangeSetEvents, type ChangeSetRead } from './change-set';
import type { CloudFormationCommand } from './command';
import type { Connection } from './connection';
import { DATA_EVIDENCE } from './evidence';
import { importersOf, withoutAnswered } from './exports';
import { macrosOf } from './macros';
import { absentDigest, contextOf, describeStack, isPlaceholder, readStack, readTemplateOf, stateDigest, type StackState } from './stack-state';
import { guarded, stackGuard } from './stack-guard';
import { judgeStatus, stackNameOf } from './stack-status';

/** Longest template that the API takes inline, in bytes. Source: CloudFormation quotas. */
const MAX_INLINE_TEMPLATE = 51_200;

export interface UpdateOptions {
  readonly changeSetName: string;
  readonly allowExecution: boolean;
  readonly events: ChangeSetEvents & { readonly asksConsent: (executions: readonly Execution[]) => void };
  readonly signal: AbortSignal;
  /** Set when no change set can be made of this template, with the reason: then the templates are compared. */
  readonly predictOnly?: string;
  /** Texts of nested stacks' new templates by logical id, where they are not yet at the address that the template names. */
  readonly nestedTemplates?: Readonly<Record<string, string>>;
}

/** What an update, a deploy, a new change set or a creation would do. */
export async function previewUpdateStack(connection: Connection, command: CloudFormationCommand, stackName: string, options: UpdateOptions): Promise<BlastRadius> {
  const { progress } = options.events;
  if (command.template.kind === 'none') fail('command', `${command.problems[0] ?? 'This command names no template.'} The hold stays; correct the command and run it again.`);
  if (command.template.kind === 'text') {
    const read = readTemplate(command.template.text);
    if (!read.ok) fail('template', `The template (${command.template.from}) can't be read: ${read.problem.message} Correct it and run the command again.`);
  }
  progress(`Reading stack ${stackName} (${connection.where})`);
  const stack = await describeStack(connection, stackName);
  if (stack === undefined || isPlaceholder(stack)) return previewOfNew(connection, command, stackName, { placeholder: stack, nested: options.nestedTemplates ?? {} });

  const state = await readStack(connection, stack);
  const status = judgeStatus(stack, 'update');
  const wanted = wantedTemplate(command, state);
  const nested = await nestedBefore(connection, state, options.nestedTemplates ?? {});
  const prediction = wanted === undefined ? undefined : predictFromState(state, command, { text: wanted, nested }, connection);
  const base = {
    context: contextOf(connection, stack.StackId), stack: state.name, stateDigest: stateDigest([state]),
    unknowns: [...connection.unknowns, ...allNotKnown('value', 'the command', command.problems)], warnings: [...status.warnings, ...commandWarnings(command, stackName)],
  };
  const guard = await stackGuard(connection, command, stack);
  const predicted = async (why: string, warnings: readonly string[] = []): Promise<BlastRadius> =>
    guarded(await predictedRadius(connection, { ...base, unknowns: [...base.unknowns, ...allNotKnown('change', 'the stack', importUnknowns(command)), ...allNotKnown('change', 'the stack', tagUnknowns(command, stack))] }, { state, prediction, why, warnings }), guard, command);

  if (status.refused !== undefined) return predicted('no change set can be made on the stack as it is', [`CloudFormation would refuse this command. ${status.refused}`]);
  if (command.verb === 'create-stack' || command.changeSetType === 'CREATE') return predicted('this command only creates', [`There is a stack ${state.name} already: CloudFormation would refuse this command.`]);
  if (options.predictOnly !== undefined) return predicted(options.predictOnly);
  if (command.imports) return predicted('a dry run of an import would need the resources to import, too');
  const size = command.template.kind === 'text' ? Buffer.byteLength(command.template.text) : 0;
  if (size > MAX_INLINE_TEMPLATE) {
    return predicted(`the template has ${size.toLocaleString('en')} bytes, more than the 51,200 that can be sent without an S3 upload, which would be a write`,
      command.verb === 'deploy' ? [] : ['A template over 51,200 bytes is refused inline: upload it to S3 and give --template-url.']);
  }
  const macros = await macrosOf(connection, command.template, wanted, stack.StackId ?? stackName);
  if (macros.macros.length > 0 && !options.allowExecution) {
    options.events.asksConsent(macros.macros.map((name) => ({ kind: 'macro', subject: name, text: name })));
    return predicted(`a change set would run ${macros.macros.join(', ')}, and that needs your yes`);
  }

  const { value: read, leftBehind } = await withTemporaryChangeSet({ connection, events: options.events },
    changeSetInput(command, state, { name: options.changeSetName, template: wanted }),
    async (id) => readChangeSet(connection, await waitForChangeSet(connection, id, stack.StackId, options.signal, progress), sidesOf(state, command, wanted), progress));
  const extra = [...macros.unknowns, ...(leftBehind === undefined ? [] : [notKnown('state', options.changeSetName, leftBehind)])];
  if (read.refused !== undefined) return predicted('CloudFormation refused to make the change set', [`CloudFormation would refuse this command: ${read.refused}`, ...extra.map((one) => one.text)]);
  return guarded(await changeSetRadius(connection, { ...base, unknowns: [...base.unknowns, ...extra] }, { read, prediction, state, detail: 'Change set made just now, read twice (with and without property values), joined, and removed again.' }, progress), guard, command);
}

/** The blast radius of a change set that was read, with the template's references and the importers of exports that go or change. */
export async function changeSetRadius(
  connection: Connection,
  base: Pick<Gathered, 'context' | 'stack' | 'stateDigest' | 'unknowns' | 'warnings'>,
  seen: { readonly read: ChangeSetRead; readonly prediction: Prediction | undefined; readonly state: StackState | undefined; readonly detail: string },
  progress: (text: string) => void,
): Promise<BlastRadius> {
  const { read, prediction, state } = seen;
  const names = exportsTouched(state, prediction, read.resources);
  if (names.length > 0) progress('Looking for stacks that import its exports');
  const shared = await importersOf(connection, names, 'goes or changes', prediction?.dependencies ?? []);
  const hidden = read.resources.filter((r) => r.type.startsWith('Custom::') || r.type === 'AWS::CloudFormation::CustomResource').map((r) => `${r.id} is a custom resource: what its code does is not in the change set.`);
  return blastRadius({
    ...base,
    source: 'change-set',
    evidence: [
      { what: 'resources, actions and replacements', from: 'DescribeChangeSet, with and without property values' },
      { what: 'policies, references and exports', from: 'GetTemplate' },
      ...(names.length > 0 ? [{ what: 'who imports its exports', from: 'ListImports' }] : []),
      DATA_EVIDENCE,
    ],
    sourceDetail: read.empty ? `${seen.detail} CloudFormation found nothing to change.` : seen.detail,
    resources: read.resources,
    dependencies: [...(prediction?.dependencies ?? []), ...shared.dependencies],
    unknowns: [...base.unknowns, ...read.unknowns, ...allNotKnown('program', 'custom resources', hidden), ...shared.unknowns, ...exportUnknowns(prediction, shared.answered)],
    warnings: [...base.warnings, ...(read.empty ? ['No changes: the stack already is as the command wants it.'] : []), ...read.warnings, ...shared.warnings, ...(prediction?.warnings ?? [])],
  });
}

/** Of what the prediction could not know, only the exports stay open once the change set has answered the rest. */
function exportUnknowns(prediction: Prediction | undefined, answered: ReadonlySet<string>): Unknown[] {
  return withoutAnswered((prediction?.unknowns ?? []).filter((one) => one.kind === 'dependents'), answered);
}

async function predictedRadius(
  connection: Connection,
  base: Pick<Gathered, 'context' | 'stack' | 'stateDigest' | 'unknowns' | 'warnings'>,
  seen: { readonly state: StackState; readonly prediction: Prediction | undefined; readonly why: string; readonly warnings: readonly string[] },
): Promise<BlastRadius> {
  const { prediction, state } = seen;
  const shared = prediction === undefined ? undefined : await importersOf(connection, exportsTouched(state, prediction, prediction.resources), 'goes or changes', prediction.dependencies);
  const physical = new Map(state.resources.map((r) => [r.LogicalResourceId, r.PhysicalResourceId]));
  return blastRadius({
    ...base,
    source: 'live-reads',
    evidence: [{ what: 'resources, actions and replacements', from: 'the deployed template (GetTemplate), the command\'s template, and the resource schemas' }, { what: 'physical names', from: 'ListStackResources' }, DATA_EVIDENCE],
    sourceDetail: `Prediction from the deployed template (read just now) and the one in the command; not a change set, because ${seen.why}.`,
    resources: prediction?.resources.map((r) => ({ ...r, stack: state.name, ...(physical.get(r.logicalId) ? { physicalId: physical.get(r.logicalId) } : {}) })) ?? [everythingIn(state.name)],
    dependencies: [...(prediction?.dependencies ?? []), ...(shared?.dependencies ?? [])],
    unknowns: [...base.unknowns, ...(shared?.unknowns ?? []), ...withoutAnswered(prediction?.unknowns ?? [notKnown('input', 'the template', 'The template is at an address that the preview does not read, so nothing of the change is known.')], shared?.answered ?? new Set())],
    warnings: [...seen.warnings, ...base.warnings, ...(shared?.warnings ?? []), ...(prediction?.warnings ?? [])],
  });
}

/** One row that stands for all that is not known. */
export function everythingIn(stack: string): AffectedResource {
  return {
    id: `everything in ${stack}`, logicalId: `everything in ${stack}`, type: 'AWS::CloudFormation::Stack', stack, action: 'unknown', replacement: 'may', outcome: 'unknown', data: 'unknown',
    reversibility: { kind: 'unknown' }, because: [`Which resources of ${stack} are affected is not known.`],
  };
}

/** Nothing stands yet: no change set, because one of type CREATE would leave an empty stack behind. */
function previewOfNew(connection: Connection, command: CloudFormationCommand, stackName: string, seen: { readonly placeholder: Stack | undefined; readonly nested: Readonly<Record<string, string>> }): BlastRadius {
  const { placeholder } = seen;
  const nested = Object.fromEntries(Object.entries(seen.nested).map(([id, template]) => [id, { after: { template } }]));
  const name = stackNameOf(stackName);
  const text = command.template.kind === 'text' ? command.template.text : undefined;
  const prediction = text === undefined ? undefined : predict({ template: null }, { template: text, parameters: givenParameters(command) }, { region: connection.region, stackName: name, nested });
  const refuses = command.verb === 'update-stack' || (command.verb === 'create-change-set' && command.changeSetType === 'UPDATE');
  return blastRadius({
    source: 'live-reads',
    sourceDetail: `There is no stack ${name} in ${connection.region} (read just now), so this is the list of what the template creates; no change set is made for a stack that does not exist.`,
    context: contextOf(connection, placeholder?.StackId), stack: name,
    resources: prediction?.resources.map((r) => ({ ...r, stack: name })) ?? [everythingIn(name)],
    dependencies: prediction?.dependencies ?? [],
    unknowns: [...connection.unknowns, ...allNotKnown('value', 'the command', command.problems), ...(prediction?.unknowns ?? [notKnown('input', 'the stack', 'The template is not in the command, so what it creates is not known.')])],
    warnings: [
      ...(refuses ? [`There is no stack ${name} in region ${connection.region}: CloudFormation would refuse this command.`] : []),
      ...(placeholder === undefined ? [] : [`${name} is in REVIEW_IN_PROGRESS: an earlier change set was made and never executed.`]),
      ...commandWarnings(command, stackName), ...(prediction?.warnings ?? []),
    ],
    stateDigest: absentDigest(name, connection.region),
  });
}

/** The template the command wants, where its text is known. */
function wantedTemplate(command: CloudFormationCommand, state: StackState): string | undefined {
  switch (command.template.kind) {
    case 'text': return command.template.text;
    case 'previous': return state.template;
    case 'url':
    case 'none': return undefined;
  }
}

function predictFromState(state: StackState, command: CloudFormationCommand, wanted: { readonly text: string; readonly nested: PredictOptions['nested'] }, connection: Connection): Prediction {
  const { account, region } = contextOf(connection, state.stack.StackId);
  const sides = sidesOf(state, command, wanted.text);
  // Like is compared with like: both as written, transforms not yet run.
  return predict({ template: state.template, parameters: sides.before.parameters }, { template: wanted.text, parameters: sides.after?.parameters }, { account, region, stackName: state.name, nested: wanted.nested, imports: command.importIds });
}

/** Nested stacks with both templates: as deployed, read now, and as they will be. Without the deployed one, what changes inside stays unknown. */
async function nestedBefore(connection: Connection, state: StackState, after: Readonly<Record<string, string>>): Promise<NonNullable<PredictOptions['nested']>> {
  const found: Record<string, NonNullable<PredictOptions['nested']>[string]> = {};
  for (const [id, template] of Object.entries(after)) {
    const stack = state.resources.find((resource) => resource.LogicalResourceId === id)?.PhysicalResourceId;
    try {
      if (stack !== undefined) found[id] = { before: { template: await readTemplateOf(connection, stack, 'Original') }, after: { template } };
      else found[id] = { before: { template: null }, after: { template } };
    } catch (error) {
      if (!(error instanceof PreviewError) || error.failure.kind === 'cancelled') throw error;
    }
  }
  return found;
}

function sidesOf(state: StackState, command: CloudFormationCommand, wanted: string | undefined): { readonly before: { readonly template: string; readonly parameters: Record<string, string> }; readonly after?: { readonly template: string; readonly parameters: Record<string, string> } } {
  const before: Record<string, string> = Object.fromEntries((state.stack.Parameters ?? []).map((p) => [p.ParameterKey ?? '', p.ParameterValue ?? '']));
  if (wanted === undefined) return { before: { template: state.processed, parameters: before } };
  const after: Record<string, string> = command.keepsOtherParameters ? { ...before } : {};
  for (const { key, value } of command.parameters) {
    const used = value ?? before[key];
    if (used !== undefined) after[key] = used;
  }
  return { before: { template: state.processed, parameters: before }, after: { template: wanted, parameters: after } };
}

function givenParameters(command: CloudFormationCommand): Record<string, string> {
  return Object.fromEntries(command.parameters.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value]])));
}

/** The change set that the command amounts to: same template, parameters, capabilities, role and tags. */
function changeSetInput(command: CloudFormationCommand, state: StackState, made: { readonly name: string; readonly template: string | undefined }): CreateChangeSetCommandInput & { ChangeSetName: string; StackName: string } {
  const nested = made.template === undefined || made.template.includes('AWS::CloudFormation::Stack');
  const lists = {
    ...(command.tags === undefined ? {} : { Tags: command.tags.map((tag) => ({ ...tag })) }),
    ...(command.notificationArns === undefined ? {} : { NotificationARNs: [...command.notificationArns] }),
    ...(command.resourceTypes === undefined ? {} : { ResourceTypes: [...command.resourceTypes] }),
    ...(command.roleArn === undefined ? {} : { RoleARN: command.roleArn }),
    ...(command.importExistingResources ? { ImportExistingResources: true } : {}),
    ...(command.deploymentMode === 'REVERT_DRIFT' ? { DeploymentMode: 'REVERT_DRIFT' as const } : {}),
  };
  return {
    StackName: state.name,
    ChangeSetName: made.name,
    ClientToken: made.name,
    Description: 'Holdpoint preview; removed again by itself',
    ...(command.template.kind === 'text' ? { TemplateBody: command.template.text } : command.template.kind === 'url' ? { TemplateURL: command.template.url } : { UsePreviousTemplate: true }),
    Parameters: parametersFor(command, state, made.template),
    Capabilities: command.capabilities.flatMap((name) => (name === 'CAPABILITY_IAM' || name === 'CAPABILITY_NAMED_IAM' || name === 'CAPABILITY_AUTO_EXPAND' ? [name] : [])),
    ...lists,
    ...(nested && !command.importExistingResources ? { IncludeNestedStacks: true } : {}),
  };
}

/** `deploy` sends every parameter of the template, with the previous value where none is given and one exists (awscli, deploy.py and deployer.py). */
function parametersFor(command: CloudFormationCommand, state: StackState, template: string | undefined): Parameter[] {
  const given = command.parameters.map(({ key, value }): Parameter => (value === undefined ? { ParameterKey: key, UsePreviousValue: true } : { ParameterKey: key, ParameterValue: value }));
  if (!command.keepsOtherParameters || template === undefined) return given;
  const read = readTemplate(template);
  const declared = new Set(read.ok ? Object.keys((read.template['Parameters'] ?? {}) as object) : []);
  const existing = (state.stack.Parameters ?? []).flatMap((p) => p.ParameterKey ?? []);
  const overridden = new Set(command.parameters.map(({ key }) => key));
  return [
    ...given.filter((p) => declared.has(p.ParameterKey ?? '')),
    ...existing.filter((key) => declared.has(key) && !overridden.has(key)).map((key) => ({ ParameterKey: key, UsePreviousValue: true })),
  ];
}

/** Exports whose value goes or may change: CloudFormation only refuses that on execution, so their importers are looked up now. */
function exportsTouched(state: StackState | undefined, prediction: Prediction | undefined, resources: readonly AffectedResource[]): string[] {
  const live = (state?.stack.Outputs ?? []).flatMap((output) => output.ExportName ?? []);
  const touched = new Set((prediction?.unknowns ?? []).filter((one) => one.kind === 'dependents').map((one) => one.subject));
  const moving = new Set(resources.filter((r) => r.action === 'remove' || r.replacement !== 'no').map((r) => r.id));
  const from = (d: Dependency): string | undefined => (d.kind === 'export' && moving.has(d.to) && d.from.startsWith('export:') ? d.from.slice('export:'.length) : undefined);
  for (const dependency of prediction?.dependencies ?? []) {
    const name = from(dependency);
    if (name !== undefined) touched.add(name);
  }
  // Without both templates, or with a name that only AWS can work out, it can't be told which exports move: ask about all.
  const all = prediction === undefined || [...touched].some((name) => !live.includes(name));
  return all ? live : live.filter((name) => touched.has(name));
}

/** Stack tags go to every resource that takes tags. Source: "Resource tag", CloudFormation template reference. */
function tagUnknowns(command: CloudFormationCommand, stack: Stack): string[] {
  if (command.tags === undefined) return [];
  const text = (tags: readonly { readonly Key?: string; readonly Value?: string }[]): string => JSON.stringify(tags.map(({ Key, Value }) => [Key, Value]).sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)));
  return text(command.tags) === text(stack.Tags ?? []) ? [] : ['The stack\'s tags change, and CloudFormation hands them to every resource that takes tags: those resources are not listed without a change set.'];
}

/** Only a change set tells what is imported for being there already. Source: CreateChangeSet, CloudFormation API reference, `ImportExistingResources`. */
function importUnknowns(command: CloudFormationCommand): string[] {
  return command.importExistingResources ? ['With --import-existing-resources, what is listed as added and has a name that exists already is taken over instead of made; which of them that is, is not known without a change set.'] : [];
}

function commandWarnings(command: CloudFormationCommand, stackName: string): string[] {
  return [
    ...(command.deploymentMode === 'REVERT_DRIFT' ? [`REVERT_DRIFT: what was changed in ${stackNameOf(stackName)} by hand is set back to the template.`] : []),
    ...(command.disableRollback ? ['With --disable-rollback a failed operation stays half done: nothing is put back by itself.'] : []),
    ...(command.onFailure === 'DELETE' ? ['If the operation fails, CloudFormation deletes the stack.'] : []),
    ...(command.imports ? ['The command imports resources: those listed as added are taken over as they stand, if --resources-to-import names them.'] : []),
  ];
}
