import type { BlastRadius, Operation } from '../../model';
import { fail } from '../failure';
import { previewFromOperation } from '../from-operation';
import { readCommand, type CloudFormationCommand } from './command';
import type { Connection } from './connection';
import { previewDeleteStack, readTree } from './delete-stack';
import { executeState, previewExecuteChangeSet } from './execute-change-set';
import { absentDigest, describeStack, isPlaceholder, readStack, stateDigest } from './stack-state';
import { previewRollback } from './rollback';
import { previewStackSet, stackSetState } from './stack-set';
import { STACK_SET_VERBS } from './stack-set-command';
import { stackNameOf } from './stack-status';
import { previewUpdateStack, type UpdateOptions } from './update-stack';

/** The commands with a preview of their own, and the way it is made. */
const VERBS: Readonly<Record<string, 'delete' | 'update' | 'execute' | 'rollback' | 'stack-set'>> = {
  ...Object.fromEntries([...STACK_SET_VERBS].map((verb) => [verb, 'stack-set' as const])),
  'delete-stack': 'delete',
  'update-stack': 'update',
  'create-stack': 'update',
  'create-change-set': 'update',
  deploy: 'update',
  'execute-change-set': 'execute',
  'rollback-stack': 'rollback',
  'continue-update-rollback': 'rollback',
  'cancel-update-stack': 'rollback',
};

/** The held command if it is one that can be previewed live; undefined otherwise. */
export function liveCommand(argv: readonly string[], cwd: string): CloudFormationCommand | undefined {
  const command = readCommand(argv, cwd);
  return command !== undefined && Object.hasOwn(VERBS, command.verb) ? command : undefined;
}

/** Previews one command through a connection. @throws PreviewError */
export function previewLive(connection: Connection, command: CloudFormationCommand, operation: Operation, options: UpdateOptions): Promise<BlastRadius> {
  const { progress } = options.events;
  switch (VERBS[command.verb]) {
    case 'delete': return previewDeleteStack(connection, command, stackOf(command), progress);
    case 'update': return previewUpdateStack(connection, command, stackOf(command), options);
    case 'rollback': return previewRollback(connection, command, stackOf(command), progress);
    case 'stack-set': return previewStackSet(connection, command, progress);
    case 'execute': return previewExecuteChangeSet(connection, command, changeSetOf(command), progress);
    default: return Promise.resolve(previewFromOperation(operation));
  }
}

/** The digest of the state that a preview of this command is made from. @throws PreviewError */
export async function readStateDigest(connection: Connection, command: CloudFormationCommand): Promise<string> {
  if (VERBS[command.verb] === 'execute') return executeState(connection, command, changeSetOf(command));
  if (VERBS[command.verb] === 'stack-set') return stackSetState(connection, command);
  const name = stackOf(command);
  const stack = await describeStack(connection, name);
  if (stack === undefined || isPlaceholder(stack)) return absentDigest(stackNameOf(name), connection.region);
  const root = await readStack(connection, stack);
  // A stack that never stood is deleted by a rollback, with all that is nested in it.
  const whole = VERBS[command.verb] === 'delete' || (command.verb === 'rollback-stack' && stack.StackStatus === 'CREATE_FAILED');
  if (!whole) return stateDigest([root]);
  return stateDigest((await readTree(connection, root, () => undefined)).map(({ state }) => state));
}

function stackOf(command: CloudFormationCommand): string {
  return command.stackName ?? fail('command', `${command.problems[0] ?? 'This command names no stack.'} The hold stays; correct the command and run it again.`);
}

function changeSetOf(command: CloudFormationCommand): string {
  return command.changeSetName ?? fail('command', 'This command names no change set. Add --change-set-name and run it again.');
}
