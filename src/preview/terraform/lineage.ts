import { notKnown, type Unknown } from '../../model';
import type { Remembered } from '../request';
import type { Plan } from './plan-json';

/** What is remembered of a state between previews, to notice that another one lies in its place. */
export interface StateMark {
  readonly lineage: string;
  readonly serial: number;
  /** How many resources it managed. */
  readonly resources: number;
  /** Account numbers in the ARNs of its resources. */
  readonly accounts: readonly string[];
}

/** Under which name a state is remembered. */
export function stateKey(folder: string, workspace: string): string {
  return `terraform:${workspace}:${folder}`;
}

/**
 * The mark of a state. Source: Terraform's state file, version 4: `lineage` is made once for a state and stays, `serial` only grows.
 * @param text of the state as `state pull` gives it; empty when there is none.
 */
export function markOf(text: string): StateMark {
  try {
    const state = JSON.parse(text) as { lineage?: unknown; serial?: unknown; resources?: readonly { mode?: string; instances?: readonly unknown[] }[] };
    return {
      lineage: typeof state.lineage === 'string' ? state.lineage : '', serial: typeof state.serial === 'number' ? state.serial : 0,
      resources: (state.resources ?? []).filter((r) => r.mode === 'managed').reduce((sum, r) => sum + (r.instances?.length ?? 0), 0), accounts: accountsIn(text),
    };
  } catch {
    return { lineage: '', serial: 0, resources: 0, accounts: [] };
  }
}

/** Account numbers that ARNs in a text name. Form: "Amazon Resource Names (ARNs)", AWS General Reference. */
function accountsIn(text: string): string[] {
  return [...new Set([...text.matchAll(/arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}):/g)].map((m) => m[1] ?? ''))].sort();
}

/**
 * What is odd about the state that a plan starts from: another one than before, an older one, one of another account, or none.
 * @param before what was remembered. @returns `warnings` that are worth a look, and `unknowns` that no plan may pass with.
 */
export function oddities(now: StateMark, before: Remembered | undefined, plan: Pick<Plan, 'changes'> | undefined): { readonly warnings: readonly string[]; readonly unknowns: readonly Unknown[] } {
  const warnings: string[] = [];
  const unknowns: Unknown[] = [];
  const then = asMark(before?.value);
  const when = before === undefined ? '' : before.at.slice(0, 16).replace('T', ' ');
  const counts = `it had ${then?.resources} ${then?.resources === 1 ? 'resource' : 'resources'}`;
  if (then !== undefined && then.lineage !== '' && now.lineage !== then.lineage) {
    unknowns.push(now.lineage === ''
      ? notKnown('state', 'the state', `The state is gone: when it was last looked at here (${when} UTC) ${counts}. A plan without it makes everything a second time. Find the state (folder, backend, workspace) before you go on.`)
      : notKnown('state', 'the state', `This is another state than the one that was here before: its lineage is ${now.lineage.slice(0, 8)}…, and at ${when} UTC it was ${then.lineage.slice(0, 8)}…. What it manages may be somebody else's, or production's. Find out where it comes from.`));
  } else if (then !== undefined && now.serial < then.serial) {
    unknowns.push(notKnown('state', 'the state', `The state is older than the one seen here before (serial ${now.serial}, and ${then.serial} at ${when} UTC): what was made since is not in it. Put the newer one back.`));
  }
  const strangers = then === undefined || then.accounts.length === 0 ? [] : now.accounts.filter((account) => !then.accounts.includes(account));
  if (strangers.length > 0 && now.lineage !== then?.lineage) unknowns.push(notKnown('target', 'the state', `Its resources are in account ${strangers.join(', ')}; before they were in ${then?.accounts.join(', ')}.`));
  const changes = (plan?.changes ?? []).filter((c) => c.mode === 'managed');
  const made = changes.filter((c) => c.actions.join() === 'create').length;
  if (unknowns.length === 0 && now.resources === 0 && made > 1 && made === changes.length) {
    warnings.push(`The state is empty, so all ${made} resources are planned as new. If they stand already, the state is missing: look for it (folder, backend, workspace) instead of making them a second time.`);
  }
  return { warnings, unknowns };
}

/** A warning when the same state was seen in another folder: a copy of it lies here, and two folders write it. */
export function seenElsewhere(now: StateMark, key: string, memory: Readonly<Record<string, Remembered>> | undefined): string[] {
  if (now.lineage === '' || memory?.[key] !== undefined) return [];
  const folders = Object.entries(memory ?? {}).flatMap(([other, { value }]) => (other !== key && other.startsWith('terraform:') && asMark(value)?.lineage === now.lineage ? [other.split(':').slice(2).join(':')] : []));
  return folders.length === 0 ? [] : [`This state is known from ${folders.slice(0, 3).join(', ')}: what is destroyed here is destroyed there. Make sure that this is the folder that you mean.`];
}

function asMark(value: unknown): StateMark | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { lineage, serial, resources, accounts } = value as Record<string, unknown>;
  if (typeof lineage !== 'string' || typeof serial !== 'number' || typeof resources !== 'number' || !Array.isArray(accounts)) return undefined;
  return { lineage, serial, resources, accounts: accounts.filter((a): a is string => typeof a === 'string') };
}
