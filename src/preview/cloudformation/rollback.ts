import type { StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { predictDelete } from '../../detect/templates/cloudformation';
import { allNotKnown, notKnown, type AffectedResource, type BlastRadius } from '../../model';
import { blastRadius } from '../radius';
import type { CloudFormationCommand } from './command';
import type { Connection } from './connection';
import { previewDeleteStack } from './delete-stack';
import { DATA_EVIDENCE } from './evidence';
import { absentDigest, contextOf, describeStack, readStack, stateDigest, type StackState } from './stack-state';
import { stackNameOf } from './stack-status';

/** The status in which CloudFormation takes each command. Source: RollbackStack, ContinueUpdateRollback, CancelUpdateStack, CloudFormation API reference. */
const TAKEN: Readonly<Record<string, readonly string[]>> = {
  'rollback-stack': ['CREATE_FAILED', 'UPDATE_FAILED'],
  'continue-update-rollback': ['UPDATE_ROLLBACK_FAILED'],
  'cancel-update-stack': ['UPDATE_IN_PROGRESS'],
};

/**
 * What rolling a stack back would undo: the resources that the failed or running update touched, told by the time of their last
 * change. A stack that never stood is deleted by it. Live reads only.
 */
export async function previewRollback(connection: Connection, command: CloudFormationCommand, stackName: string, progress: (text: string) => void): Promise<BlastRadius> {
  progress(`Reading stack ${stackName} (${connection.where})`);
  const stack = await describeStack(connection, stackName);
  const name = stack?.StackName ?? stackNameOf(stackName);
  const base = { source: 'live-reads' as const, sourceDetail: 'Read from the account just now: the stack, its template, and when each of its resources last changed.', stack: name };
  if (stack === undefined) {
    return blastRadius({ ...base, context: contextOf(connection, undefined), resources: [], dependencies: [], unknowns: connection.unknowns, warnings: [`There is no stack ${name} in region ${connection.region}: CloudFormation would refuse this command.`], stateDigest: absentDigest(name, connection.region) });
  }
  const status = stack.StackStatus ?? 'an unknown status';
  if (command.verb === 'rollback-stack' && status === 'CREATE_FAILED') {
    const gone = await previewDeleteStack(connection, command, stackName, progress);
    return { ...gone, warnings: [`${name} never stood: rolling it back deletes all that was made of it (RollbackStack, CloudFormation API reference).`, ...gone.warnings] };
  }
  const state = await readStack(connection, stack);
  const taken = TAKEN[command.verb]?.includes(status) === true;
  const since = stack.LastUpdatedTime ?? stack.CreationTime;
  const touched = taken ? state.resources.filter((one) => since === undefined || (one.LastUpdatedTimestamp?.getTime() ?? Infinity) >= since.getTime()) : [];
  return blastRadius({
    ...base, context: contextOf(connection, stack.StackId),
    evidence: [{ what: 'which resources the update touched', from: 'ListStackResources (LastUpdatedTimestamp) and the time of the stack\'s last update' }, DATA_EVIDENCE],
    resources: rolledBack(state, touched, new Set(command.resourcesToSkip)), dependencies: [],
    unknowns: [
      ...connection.unknowns, ...allNotKnown('value', 'the command', command.problems),
      ...(touched.length > 0 ? [notKnown('change', 'the stack', 'What each resource was before the update is not read: a change that required a replacement goes back to the old resource only while that still stands.')] : []),
      ...(touched.some((one) => one.ResourceType === 'AWS::CloudFormation::Stack') ? [notKnown('change', 'the stack', 'What is rolled back inside its nested stacks is not known here.')] : []),
      ...(status.endsWith('_IN_PROGRESS') ? [notKnown('change', 'the stack', 'The update goes on while this is read: more may be rolled back than is listed.')] : []),
    ],
    warnings: taken ? [] : [`${name} is in ${status}: CloudFormation takes ${command.verb} only in ${(TAKEN[command.verb] ?? []).join(' or ')}, so it would refuse this command.`],
    // An update that goes on changes what is there by itself: there is nothing to hold a cancel to.
    ...(command.verb === 'cancel-update-stack' ? {} : { stateDigest: stateDigest([state]) }),
  });
}

function rolledBack(state: StackState, touched: readonly StackResourceSummary[], skipped: ReadonlySet<string>): AffectedResource[] {
  const parameters = Object.fromEntries((state.stack.Parameters ?? []).map((p) => [p.ParameterKey ?? '', p.ParameterValue ?? '']));
  const fates = new Map(predictDelete(state.processed, parameters).resources.map((one) => [one.logicalId, one]));
  return touched.map((resource): AffectedResource => {
    const id = resource.LogicalResourceId ?? '';
    const same = {
      id, logicalId: id, type: resource.ResourceType ?? 'unknown', stack: state.name, ...(resource.PhysicalResourceId ? { physicalId: resource.PhysicalResourceId } : {}),
    };
    const was = resource.ResourceStatus ?? 'an unknown status';
    if (skipped.has(id)) {
      return {
        ...same, action: 'none', replacement: 'no', outcome: 'unchanged', data: 'kept', reversibility: { kind: 'recoverable', how: 'Put it in line with the template by hand.', until: 'the next update of the stack, which may fail on it' },
        because: ['--resources-to-skip leaves it as it is; CloudFormation takes it for rolled back, whatever it is (ContinueUpdateRollback, CloudFormation API reference).'],
      };
    }
    const fate = fates.get(id);
    if (was.startsWith('CREATE_')) {
      return fate === undefined
        ? { ...same, action: 'remove', replacement: 'no', outcome: 'unknown', data: 'unknown', reversibility: { kind: 'unknown' }, because: [`The update made it (${was}), and the template does not name it.`] }
        : { ...fate, ...same, because: [`The update made it (${was}): the rollback deletes it.`, ...fate.because] };
    }
    return {
      ...same, action: 'modify', replacement: 'may', outcome: 'unknown', data: 'unknown', downtime: { interrupted: 'may' },
      reversibility: { kind: 'unknown', how: 'Run the update again.' }, because: [`The update touched it (${was}): the rollback sets it back to what it was.`],
    };
  });
}
