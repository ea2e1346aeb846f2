import type { Stack } from '@aws-sdk/client-cloudformation';

export type StackCommand = 'delete' | 'update';

/** What a status means for the command, as sentences. Source: Stack status codes, CloudFormation User Guide. */
export interface StatusJudgement {
  /** Set when CloudFormation would refuse the command as things stand. */
  readonly refused?: string;
  readonly warnings: readonly string[];
}

const DEAD_ENDS: Readonly<Record<string, string>> = {
  ROLLBACK_COMPLETE: 'Its creation failed and was rolled back: it can only be deleted, not updated.',
  ROLLBACK_FAILED: 'Its creation failed and so did the rollback: it can only be deleted, not updated. See which resources stayed with list-stack-resources.',
  UPDATE_ROLLBACK_FAILED: 'The rollback of an update failed: run continue-update-rollback (with --resources-to-skip for what can\'t be restored) before any update.',
  CREATE_FAILED: 'Its creation failed: update it only after the cause is fixed, or delete it.',
  DELETE_FAILED: 'Its deletion failed half way: it can only be deleted again, not updated.',
  IMPORT_ROLLBACK_FAILED: 'The rollback of an import failed: bring it back to its last state before any update.',
  DELETE_COMPLETE: 'It is deleted already.',
};

/** Refused for updates; deleting is possible in each of them. CREATE_FAILED takes an update when rollback was disabled. */
const NO_UPDATE = new Set(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED', 'DELETE_COMPLETE', 'IMPORT_ROLLBACK_FAILED']);

/** Judges a stack's status and its guards for a command. */
export function judgeStatus(stack: Stack, command: StackCommand): StatusJudgement {
  const name = stack.StackName ?? 'The stack';
  const status = stack.StackStatus ?? 'unknown';
  const warnings: string[] = [];
  let refused: string | undefined;
  const deadEnd = DEAD_ENDS[status];
  if (status.endsWith('_IN_PROGRESS')) {
    const text = `${name} is in ${status}: another operation is under way, so what is there may change before the command runs. Wait until it ends, then preview again.`;
    if (command === 'update') refused = text;
    else warnings.push(text);
  } else if (deadEnd !== undefined) {
    const text = `${name} is in ${status}. ${deadEnd}`;
    if (command === 'update' && NO_UPDATE.has(status)) refused = text;
    else warnings.push(text);
  }
  if (command === 'delete' && stack.EnableTerminationProtection === true) {
    warnings.push(`Termination protection of ${name} is on: CloudFormation refuses the deletion as long as it is.`);
  }
  if (stack.DriftInformation?.StackDriftStatus === 'DRIFTED') {
    const when = stack.DriftInformation.LastCheckTimestamp?.toISOString().slice(0, 10);
    warnings.push(`${name} was found to differ from its template${when === undefined ? '' : ` on ${when}`} (drift): ${command === 'update' ? 'what was changed by hand may be overwritten, or make the update fail' : 'what really stands may hold more than the template says'}. Run 'aws cloudformation describe-stack-resource-drifts' to see it.`);
  }
  if (stack.ParentId !== undefined) {
    warnings.push(`${name} is a nested stack of ${stackNameOf(stack.RootId ?? stack.ParentId)}: changed by itself it no longer matches its root stack. Change the root instead.`);
  }
  return { ...(refused === undefined ? {} : { refused }), warnings };
}

/** The name in a stack's id; the text itself when it is no id. */
export function stackNameOf(idOrName: string): string {
  return /:stack\/([^/]+)/.exec(idOrName)?.[1] ?? idOrName;
}
