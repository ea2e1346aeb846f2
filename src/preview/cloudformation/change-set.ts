import type { Change, CreateChangeSetCommandInput, DescribeChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import { notKnown, type AffectedResource, type Unknown } from '../../model';
import { fromChangeSetRows, type ChangeSetRow, type GivenParameters } from '../../detect/templates/cloudformation';
import { PreviewError } from '../failure';
import type { ChangeSetRef } from '../request';
import { pause, type Connection, type ServiceError } from './connection';
import { allPages, readTemplateOf } from './stack-state';
import { stackNameOf } from './stack-status';

/** What a change set says. */
export interface ChangeSetRead {
  readonly resources: readonly AffectedResource[];
  readonly unknowns: readonly Unknown[];
  readonly warnings: readonly string[];
  /** True when CloudFormation found nothing to change. */
  readonly empty: boolean;
  /** Why CloudFormation would refuse the change, in its own words. */
  readonly refused?: string;
  readonly stackId: string | undefined;
  readonly changeSetId: string | undefined;
}

/** The templates on both sides, which give policies that the rows leave out. */
export interface Sides {
  readonly before?: { readonly template: string; readonly parameters?: GivenParameters };
  readonly after?: { readonly template: string; readonly parameters?: GivenParameters };
}

/** How the answers to an empty change set begin. Source: recorded answers; CloudFormation User Guide, "Create change sets". */
const NO_CHANGES = /didn't contain changes|No updates are to be performed|no changes to be performed/i;
const MAX_NESTING = 10;
const REMOVAL_LIMIT_MS = 30_000;
/** How often an absent change set is looked for before it is taken to be gone. */
const LOOKS = 3;
const LOOK_AGAIN_MS = 600;

/** What a temporary change set tells its maker, so that it can always be removed. */
export interface ChangeSetEvents {
  readonly made: (changeSet: ChangeSetRef) => Promise<void>;
  readonly gone: (name: string) => void;
  readonly progress: (text: string) => void;
}

/**
 * Makes a change set of type UPDATE on a stack that exists, reads it, and removes it again: also on error and on cancel.
 * Type UPDATE on purpose: if the stack went away meanwhile, CloudFormation refuses instead of leaving an empty stack.
 */
export async function withTemporaryChangeSet<T>(
  at: { readonly connection: Connection; readonly events: ChangeSetEvents },
  input: Omit<CreateChangeSetCommandInput, 'ChangeSetType'> & { readonly ChangeSetName: string; readonly StackName: string },
  read: (changeSetId: string) => Promise<T>,
): Promise<{ readonly value: T; readonly leftBehind: string | undefined }> {
  const { connection, events } = at;
  const ref: ChangeSetRef = { name: input.ChangeSetName, stack: input.StackName, region: connection.region };
  await events.made(ref);
  let leftBehind: string | undefined;
  const remove = async (): Promise<void> => {
    events.progress('Removing the change set');
    const limit = AbortSignal.timeout(REMOVAL_LIMIT_MS);
    try {
      await removeChangeSet(connection.under(limit), ref, limit);
      events.gone(ref.name);
    } catch (error) {
      // The parent still knows of it and tries again; what was read stays good.
      leftBehind = error instanceof Error ? error.message : String(error);
    }
  };
  let value: T;
  try {
    events.progress('Making a change set (a dry run; it is removed again)');
    const answer = await connection.call('CreateChangeSet', (client, options) =>
      client.send(new connection.sdk.CreateChangeSetCommand({ ...input, ChangeSetType: 'UPDATE' }), options));
    value = await read(answer.Id ?? input.ChangeSetName);
  } finally {
    await remove();
  }
  return { value, leftBehind };
}

/**
 * Removes a change set and makes sure that it is gone. One whose making was cut off may still appear, so an absent one is
 * looked for again; one that is being made can't be removed yet, so that is tried again.
 * @param connection one that the preview's own cancel does not end.
 * @throws PreviewError when it can't be removed in time; the message says how to do it by hand.
 */
export async function removeChangeSet(connection: Connection, ref: ChangeSetRef, signal: AbortSignal): Promise<void> {
  const { DeleteChangeSetCommand, DescribeChangeSetCommand } = connection.sdk;
  const target = { ChangeSetName: ref.name, StackName: ref.stack };
  let absent = 0;
  let deleted = false;
  let status = 'it could not be read';
  try {
    for (let round = 0; !signal.aborted; round += 1) {
      const found = await unlessGone(() => connection.call('DescribeChangeSet', (client, options) => client.send(new DescribeChangeSetCommand(target), options), isBusyOrGone));
      if (found === undefined) {
        absent += 1;
        if (deleted || absent >= LOOKS) return;
      } else {
        status = `it is in ${found.Status ?? 'an unknown status'}`;
        if (found.Status === 'DELETE_COMPLETE') return;
        const answer = await unlessGone(() => connection.call('DeleteChangeSet', (client, options) => client.send(new DeleteChangeSetCommand(target), options), isBusyOrGone));
        deleted ||= answer !== undefined;
        // Most are gone at once: no pause before the first look.
        if (deleted && round === 0) continue;
      }
      await pause(LOOK_AGAIN_MS, signal).catch(() => undefined);
    }
  } catch (error) {
    throw byHand(ref, error instanceof Error ? error.message : String(error));
  }
  throw byHand(ref, status);
}

async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && isBusyOrGone(error)) return undefined;
    throw error;
  }
}

function byHand(ref: ChangeSetRef, why: string): PreviewError {
  return new PreviewError({
    kind: 'refused',
    message: `The preview's change set ${ref.name} could not be removed (${why}). It changes nothing by itself; remove it with: aws cloudformation delete-change-set --region ${ref.region} --stack-name ${stackNameOf(ref.stack)} --change-set-name ${ref.name}`,
  });
}

/** Answers that mean: not there, or not yet to be removed. Source: DeleteChangeSet, CloudFormation API reference. */
function isBusyOrGone(error: ServiceError): boolean {
  return /^(?:ChangeSetNotFound|ChangeSetNotFoundException|InvalidChangeSetStatus|InvalidChangeSetStatusException)$/.test(error.name)
    || (/^Validation(?:Error|Exception)$/.test(error.name) && /(?:change ?set|stack).*(?:does not exist|not found)/i.test(error.message));
}

/** Waits until a change set is made or has failed. Cancel and limits come through the signal. */
export async function waitForChangeSet(connection: Connection, changeSet: string, stack: string | undefined, signal: AbortSignal, progress: (text: string) => void): Promise<DescribeChangeSetCommandOutput> {
  const started = Date.now();
  for (let wait = 250; ; wait = Math.min(wait * 1.5, 2000)) {
    const answer = await describePage(connection, { changeSet, stack, values: false });
    if (answer.Status !== 'CREATE_PENDING' && answer.Status !== 'CREATE_IN_PROGRESS') return answer;
    progress(`CloudFormation is computing the change (${Math.round((Date.now() - started) / 1000)} s)`);
    await pause(wait, signal);
  }
}

interface Which {
  readonly changeSet: string;
  readonly stack: string | undefined;
  readonly values: boolean;
  readonly token?: string;
}

function describePage(connection: Connection, which: Which): Promise<DescribeChangeSetCommandOutput> {
  const { DescribeChangeSetCommand } = connection.sdk;
  return connection.call('DescribeChangeSet', (client, options) => client.send(new DescribeChangeSetCommand({
    ChangeSetName: which.changeSet,
    ...(which.changeSet.startsWith('arn:') ? {} : { StackName: which.stack }),
    ...(which.values ? { IncludePropertyValues: true } : {}),
    ...(which.token === undefined ? {} : { NextToken: which.token }),
  }), options));
}

function allRows(connection: Connection, which: Omit<Which, 'token'>): Promise<Change[]> {
  return allPages(async (token) => {
    const page = await describePage(connection, { ...which, ...(token === undefined ? {} : { token }) });
    return { items: page.Changes ?? [], next: page.NextToken };
  });
}

/**
 * Reads a finished change set: both views, every page, every nested change set, joined.
 * The view with property values silently lacks rows, so the plain one is always read, too.
 */
export async function readChangeSet(
  connection: Connection, described: DescribeChangeSetCommandOutput, sides: Sides, progress: (text: string) => void, path = '',
): Promise<ChangeSetRead> {
  const stackId = described.StackId;
  const changeSetId = described.ChangeSetId;
  const none = { resources: [], unknowns: [], warnings: [], stackId, changeSetId };
  const reason = described.StatusReason ?? '';
  if (described.Status === 'FAILED') {
    if (NO_CHANGES.test(reason)) return { ...none, empty: true };
    return { ...none, empty: false, refused: [reason || 'It gives no reason.', ...(await validationFailures(connection, changeSetId ?? ''))].join(' ') };
  }
  const which = { changeSet: changeSetId ?? described.ChangeSetName ?? '', stack: stackId };
  progress(path === '' ? 'Reading the change set' : `Reading the change set of nested stack ${path.slice(0, -1)}`);
  const unknowns: Unknown[] = [];
  const plain = await allRows(connection, { ...which, values: false });
  let withValues: Change[] = [];
  try {
    withValues = await allRows(connection, { ...which, values: true });
  } catch (error) {
    if (!(error instanceof PreviewError) || error.failure.kind === 'cancelled') throw error;
    unknowns.push(notKnown('change', 'the stack', `Property values of the change set could not be read, so some details are missing: ${error.message}`));
  }
  const resources: AffectedResource[] = [];
  const warnings: string[] = [];
  const rows = fromChangeSetRows(plain as readonly ChangeSetRow[], withValues as readonly ChangeSetRow[], sides);
  const nestedSets = new Map([...plain, ...withValues].flatMap((row) => {
    const change = row.ResourceChange;
    return change?.ChangeSetId !== undefined && change.LogicalResourceId !== undefined ? [[change.LogicalResourceId, change.ChangeSetId] as const] : [];
  }));
  for (const row of rows) {
    resources.push({ ...row, id: `${path}${row.logicalId}`, ...(described.StackName === undefined ? {} : { stack: described.StackName }) });
    const nested = nestedSets.get(row.logicalId);
    if (nested === undefined) {
      if (row.type === 'AWS::CloudFormation::Stack' && row.action !== 'add') unknowns.push(notKnown('change', `${path}${row.logicalId}`, `What changes inside the nested stack ${path}${row.logicalId} is not in this change set.`));
      continue;
    }
    if (path.split('/').length > MAX_NESTING) continue;
    const inner = await readNested(connection, nested, progress, `${path}${row.logicalId}/`);
    resources.push(...inner.resources);
    unknowns.push(...inner.unknowns);
    warnings.push(...inner.warnings);
    if (inner.resources.some((r) => r.replacement !== 'no')) {
      unknowns.push(notKnown('change', `${path}${row.logicalId}`, `Replacements inside ${path}${row.logicalId} may not come true: CloudFormation counts a parameter fed by another nested stack's output as changed.`));
    }
  }
  // What early validation only warns about does not keep the change set from being made.
  if (path === '') warnings.push(...(await validationFailures(connection, changeSetId ?? '')));
  return { resources, unknowns, warnings, empty: false, stackId, changeSetId };
}

async function readNested(connection: Connection, changeSetId: string, progress: (text: string) => void, path: string): Promise<ChangeSetRead> {
  const described = await describePage(connection, { changeSet: changeSetId, stack: undefined, values: false });
  const sides = await nestedSides(connection, described);
  const read = await readChangeSet(connection, described, sides, progress, path);
  if (read.refused === undefined) return read;
  return { ...read, warnings: [`CloudFormation would refuse the change of the nested stack ${path.slice(0, -1)}: ${read.refused}`] };
}

/** Both templates of a nested stack; policies missing from them are an unknown that the rows mostly answer. */
async function nestedSides(connection: Connection, described: DescribeChangeSetCommandOutput): Promise<Sides> {
  const stack = described.StackId;
  if (stack === undefined) return {};
  const read = async (changeSet?: string): Promise<string | undefined> => {
    try {
      return await readTemplateOf(connection, stack, 'Processed', changeSet);
    } catch (error) {
      if (error instanceof PreviewError && error.failure.kind !== 'cancelled') return undefined;
      throw error;
    }
  };
  const [before, after] = [await read(), await read(described.ChangeSetId)];
  return { ...(before ? { before: { template: before } } : {}), ...(after ? { after: { template: after } } : {}) };
}

/** What early validation found. Older endpoints lack the call: then the status reason is all there is. */
async function validationFailures(connection: Connection, changeSetId: string): Promise<string[]> {
  const { DescribeEventsCommand } = connection.sdk;
  try {
    const events = await allPages(async (token) => {
      const page = await connection.call('DescribeEvents', (client, options) => client.send(new DescribeEventsCommand({ ChangeSetName: changeSetId, NextToken: token }), options));
      return { items: page.OperationEvents ?? [], next: page.NextToken };
    });
    return events.filter((event) => event.EventType === 'VALIDATION_ERROR').map((event) =>
      `${event.ValidationFailureMode === 'WARN' ? 'Warning' : 'Validation failed'}${event.ValidationPath ? ` at ${event.ValidationPath}` : ''}: ${event.ValidationStatusReason ?? event.ValidationName ?? 'no reason given'}.`);
  } catch (error) {
    if (error instanceof PreviewError && error.failure.kind !== 'cancelled') return [];
    throw error;
  }
}

