import type { Effect, Mutation } from '../../../model';
import type { Finding } from '../../invocation';
import { sqlStatements } from '../sql/statements';
import { found, type CliCall } from './call';

/**
 * What a SQL text that a tool sends to a database would do: one finding for each statement that changes something.
 * @param unknown true when parts of the text are not known before it runs.
 * @param base what the call is without the text: its place and tool are taken over.
 */
export function sqlFindings(sql: string, unknown: boolean, call: CliCall, base: Pick<Finding, 'context' | 'targets'>): Finding[] {
  const where = { ...call, context: { ...call.context, ...base.context } };
  const out = sqlStatements(sql).map((s) => found(where, {
    action: s.verb, mutation: s.mutation, effects: s.effects,
    targets: s.targets.map((name) => ({ type: s.kind, name, known: true })),
    reason: `${call.tool}: ${s.reason}`,
    ...(s.undo && { reversibility: s.undo }),
  }));
  if (unknown && !out.some((f) => f.mutation === 'destructive')) {
    return [...out, found(where, { action: 'sql', mutation: 'unknown' satisfies Mutation, effects: ['unknown' satisfies Effect], reason: `${call.tool}: Runs a statement that is not known here.`, unknowns: ['the text of the statement'] })];
  }
  return out.length > 0 ? out : [found(where, { action: 'sql', mutation: 'none', reason: `${call.tool}: Only reads.` })];
}
