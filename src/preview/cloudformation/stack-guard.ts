import type { Stack } from '@aws-sdk/client-cloudformation';
import { notKnown, type BlastRadius, type Unknown } from '../../model';
import { PreviewError } from '../failure';
import type { CloudFormationCommand } from './command';
import type { Connection } from './connection';
import { policyWarnings } from './stack-policy';

/** What guards the stack's resources during an update, and what can't be told of it. */
export interface StackGuard {
  readonly policy: string | undefined;
  readonly unknowns: readonly Unknown[];
  readonly warnings: readonly string[];
}

/** Reads the stack policy. */
export async function stackGuard(connection: Connection, command: CloudFormationCommand, stack: Stack): Promise<StackGuard> {
  const none = { policy: undefined, unknowns: [], warnings: [] };
  if (command.overridesStackPolicy) return { ...none, warnings: ['The command overrides the stack policy for this update: what the policy protects is not protected now.'] };
  const { GetStackPolicyCommand } = connection.sdk;
  try {
    const answer = await connection.call('GetStackPolicy', (client, options) => client.send(new GetStackPolicyCommand({ StackName: stack.StackId ?? stack.StackName }), options));
    return { ...none, policy: answer.StackPolicyBody || undefined };
  } catch (error) {
    if (error instanceof PreviewError && error.failure.kind !== 'cancelled') return { ...none, unknowns: [notKnown('state', 'the stack policy', `Whether a stack policy protects resources of the stack could not be read: ${error.message}`)] };
    throw error;
  }
}

/** The blast radius with what the guard and the command's own options say about it. */
export function guarded(radius: BlastRadius, guard: StackGuard, command: Pick<CloudFormationCommand, 'disableRollback'>): BlastRadius {
  const replaced = radius.resources.filter((resource) => resource.replacement !== 'no').map((resource) => resource.id);
  return {
    ...radius,
    unknowns: [...radius.unknowns, ...guard.unknowns],
    warnings: [
      ...(guard.policy === undefined ? [] : policyWarnings(guard.policy, radius.resources)), ...guard.warnings,
      ...(command.disableRollback && replaced.length > 0 ? [`With --disable-rollback CloudFormation takes no replacement, so it refuses this for ${replaced.join(', ')} ("Stack failure options", CloudFormation User Guide).`] : []),
      ...radius.warnings,
    ],
  };
}
