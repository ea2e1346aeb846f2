import { AGENT_MARKS } from '../agents/registry';
import type { Actor } from '../model';
import { identify, type ActorFacts } from './actor';
import { lineageOf } from './lineage';
import { processTable, type ProcessTable } from './process-table';

const MARKS: readonly string[] = [...new Set(AGENT_MARKS.map((m) => m.variable))];

/**
 * Says who asks, and looks itself: a command tells only what it was left to know, and a mark that is missing there may stand
 * above it. Called while the command waits.
 * @param pid the process that asks.
 * @param window the window's own process; undefined where none is asked.
 */
export function whoAsks(facts: ActorFacts & { readonly parents?: readonly number[] }, pid: number, window?: number, table: ProcessTable | undefined = processTable()): Actor {
  const line = lineageOf(table, pid, { marks: MARKS, ...(facts.parents && { parents: facts.parents }), ...(window !== undefined && { window }) });
  return identify({ ...facts, line });
}
