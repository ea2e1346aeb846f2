import type { DescribeChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import { predict } from '../../detect/templates/cloudformation';
import { allNotKnown, type BlastRadius } from '../../model';
import { fail } from '../failure';
import { digestOf } from '../radius';
import { readChangeSet } from './change-set';
import type { CloudFormationCommand } from './command';
import type { Connection, ServiceError } from './connection';
import { absentDigest, contextOf, describeStack, isPlaceholder, readStack, readTemplateOf, stateDigest, type StackState } from './stack-state';
import { judgeStatus, stackNameOf } from './stack-status';
import { guarded, stackGuard } from './stack-guard';
import { changeSetRadius } from './update-stack';

/** What executing a change set that exists would do: that very change set is read, none is made. */
export async function previewExecuteChangeSet(connection: Connection, command: CloudFormationCommand, changeSet: string, progress: (text: string) => void): Promise<BlastRadius> {
  progress(`Reading change set ${changeSetName(changeSet)} (${connection.where})`);
  const described = await describeChangeSet(connection, changeSet, command.stackName);
  const stack = await describeStack(connection, described.StackId ?? command.stackName ?? '');
  const state = stack === undefined || isPlaceholder(stack) ? undefined : await readStack(connection, stack);
  const stackId = described.StackId ?? command.stackName ?? '';
  const after = await readTemplateOf(connection, stackId, 'Original', described.ChangeSetId ?? changeSet);
  const parameters = Object.fromEntries((described.Parameters ?? []).map((p) => [p.ParameterKey ?? '', p.ParameterValue ?? '']));
  const before = state && { template: state.template, parameters: Object.fromEntries((state.stack.Parameters ?? []).map((p) => [p.ParameterKey ?? '', p.ParameterValue ?? ''])) };
  const context = contextOf(connection, stackId);
  const read = await readChangeSet(connection, described, { ...(before && state ? { before: { ...before, template: state.processed } } : {}), after: { template: after, parameters } }, progress);
  if (read.refused !== undefined) fail('refused', `The change set ${changeSetName(changeSet)} failed and can't be executed: ${read.refused} Make a new one.`);
  const status = stack === undefined || state === undefined ? undefined : judgeStatus(stack, 'update');
  const place = { account: context.account, region: context.region, stackName: stackNameOf(stackId) };
  const guard = stack === undefined || state === undefined ? { policy: undefined, unknowns: [], warnings: [] } : await stackGuard(connection, command, stack);
  return guarded(await changeSetRadius(connection, {
    context, stack: stackNameOf(stackId), stateDigest: executeDigest(connection, described, state),
    unknowns: [...connection.unknowns, ...allNotKnown('value', 'the command', command.problems)],
    warnings: [
      ...(described.ExecutionStatus === undefined || described.ExecutionStatus === 'AVAILABLE' ? [] : [`The change set can't be executed now: its execution status is ${described.ExecutionStatus}.`]),
      ...(status?.refused === undefined ? [] : [`CloudFormation would refuse this command. ${status.refused}`]), ...(status?.warnings ?? []),
      ...(described.DeploymentMode === 'REVERT_DRIFT' ? [`REVERT_DRIFT: what was changed in ${stackNameOf(stackId)} by hand is set back to the template.`] : []),
      ...(command.disableRollback ? ['With --disable-rollback a failed operation stays half done: nothing is put back by itself.'] : []),
      ...(described.OnStackFailure === 'DELETE' ? ['If the operation fails, CloudFormation deletes the stack (OnStackFailure is DELETE).'] : []),
    ],
  }, {
    read, state, detail: 'The very change set that would be executed, read twice (with and without property values) and joined.',
    prediction: predict(before ?? { template: null }, { template: after, parameters }, place),
  }, progress), guard, command);
}

/** State for the check before the run: the stack, and that the change set is still the same one. */
export async function executeState(connection: Connection, command: CloudFormationCommand, changeSet: string): Promise<string> {
  const described = await describeChangeSet(connection, changeSet, command.stackName);
  const stack = await describeStack(connection, described.StackId ?? command.stackName ?? '');
  return executeDigest(connection, described, stack === undefined || isPlaceholder(stack) ? undefined : await readStack(connection, stack));
}

function executeDigest(connection: Connection, described: DescribeChangeSetCommandOutput, state: StackState | undefined): string {
  return digestOf({
    changeSet: described.ChangeSetId, made: described.CreationTime?.toISOString() ?? null, status: described.Status, execution: described.ExecutionStatus ?? null,
    stack: state === undefined ? absentDigest(described.StackId ?? '', connection.region) : stateDigest([state]),
  });
}

async function describeChangeSet(connection: Connection, changeSet: string, stack: string | undefined): Promise<DescribeChangeSetCommandOutput> {
  const { DescribeChangeSetCommand } = connection.sdk;
  const missing = (error: ServiceError): boolean => /^ChangeSetNotFound/.test(error.name) || (/^Validation/.test(error.name) && /does not exist/.test(error.message));
  try {
    return await connection.call('DescribeChangeSet', (client, options) =>
      client.send(new DescribeChangeSetCommand({ ChangeSetName: changeSet, ...(changeSet.startsWith('arn:') ? {} : { StackName: stack }) }), options), missing);
  } catch (error) {
    if (error instanceof Error && missing(error)) {
      return fail('refused', `There is no change set ${changeSetName(changeSet)}${stack ? ` on stack ${stackNameOf(stack)}` : ''} in region ${connection.region}: nothing would be executed.`);
    }
    throw error;
  }
}

function changeSetName(idOrName: string): string {
  return /:changeSet\/([^/]+)/.exec(idOrName)?.[1] ?? idOrName;
}
