import type { Stack, StackResourceSummary } from '@aws-sdk/client-cloudformation';
import type { TargetContext } from '../../model';
import { digestOf } from '../radius';
import { isNoStack, type Connection, type ServiceError } from './connection';
import type { StackState } from './stack';

export type { StackState } from './stack';

/** A page that never ends must not hang the preview. */
const MAX_PAGES = 500;

/** Reads one stack's description; undefined when there is none. */
export async function describeStack(connection: Connection, name: string): Promise<Stack | undefined> {
  try {
    const answer = await connection.call('DescribeStacks', (client, options) => client.send(new connection.sdk.DescribeStacksCommand({ StackName: name }), options), isNoStack);
    return answer.Stacks?.[0];
  } catch (error) {
    if (error instanceof Error && isNoStack(error as ServiceError)) return undefined;
    throw error;
  }
}

/** Reads all that a preview and the check before the run need of one stack. */
export async function readStack(connection: Connection, stack: Stack): Promise<StackState> {
  const id = stack.StackId ?? stack.StackName ?? '';
  const [template, processed, resources] = await Promise.all([
    readTemplateOf(connection, id, 'Original'),
    readTemplateOf(connection, id, 'Processed'),
    listResources(connection, id),
  ]);
  const state: StackState = { stack, name: stack.StackName ?? id, template, processed: processed === '' ? template : processed, resources };
  connection.seen.push(state);
  return state;
}

/** The template of a stack, or of a change set on it. */
export async function readTemplateOf(connection: Connection, stack: string, stage: 'Original' | 'Processed', changeSet?: string): Promise<string> {
  const { GetTemplateCommand } = connection.sdk;
  const answer = await connection.call('GetTemplate', (client, options) =>
    client.send(new GetTemplateCommand({ StackName: stack, TemplateStage: stage, ...(changeSet === undefined ? {} : { ChangeSetName: changeSet }) }), options));
  // The service gives JSON templates as text, too; only some stand-ins of it give an object.
  const body: unknown = answer.TemplateBody;
  return typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
}

async function listResources(connection: Connection, stack: string): Promise<StackResourceSummary[]> {
  const { ListStackResourcesCommand } = connection.sdk;
  const found = await allPages(async (token) => {
    const page = await connection.call('ListStackResources', (client, options) => client.send(new ListStackResourcesCommand({ StackName: stack, NextToken: token }), options));
    return { items: page.StackResourceSummaries ?? [], next: page.NextToken };
  });
  return found.filter((resource) => resource.ResourceStatus !== 'DELETE_COMPLETE');
}

/** Follows a paged answer to its end, with a limit. */
export async function allPages<T>(read: (token: string | undefined) => Promise<{ readonly items: readonly T[]; readonly next: string | undefined }>): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await read(token);
    all.push(...answer.items);
    if (!answer.next || answer.next === token) return all;
    token = answer.next;
  }
  throw new Error(`the answer has more than ${MAX_PAGES} pages`);
}

/** What the check before the run compares: if any of it moved, the preview no longer says what would happen. */
export function stateDigest(states: readonly StackState[]): string {
  return digestOf(states.map(({ stack, template, resources }) => ({
    id: stack.StackId,
    status: stack.StackStatus,
    updated: stack.LastUpdatedTime?.toISOString() ?? null,
    protection: stack.EnableTerminationProtection ?? false,
    template: digestOf(template),
    parameters: [...(stack.Parameters ?? [])].map((p) => [p.ParameterKey, p.ParameterValue, p.ResolvedValue ?? null]).sort(byFirst),
    resources: resources.map((r) => [r.LogicalResourceId, r.PhysicalResourceId ?? null, r.ResourceType]).sort(byFirst),
  })));
}

/** The state of a stack that is not there. */
export function absentDigest(name: string, region: string): string {
  return digestOf({ absent: name, region });
}

function byFirst(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a[0]) < String(b[0]) ? -1 : 1;
}

/** The context with the account that the stack's id names. Form: `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/UUID`. */
export function contextOf(connection: Connection, stackId: string | undefined): TargetContext {
  const parts = (stackId ?? '').split(':');
  return parts.length >= 6 && parts[2] === 'cloudformation'
    ? { ...connection.context, account: parts[4], region: parts[3] || connection.region }
    : connection.context;
}

/** A stack in this status holds nothing: a change set of type CREATE left it behind. */
export function isPlaceholder(stack: Stack): boolean {
  return stack.StackStatus === 'REVIEW_IN_PROGRESS';
}
