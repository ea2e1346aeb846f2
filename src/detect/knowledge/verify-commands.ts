import type { Mutation } from '../../model';
import type { CliCommand, CommandTable } from './command-table';

/** Words that begin the name of a command that deletes, ends, disconnects, locks out or switches off. */
const DESTROYING = /^(?:delete|destroy|rm|drop|erase|purge|clear|clean|cleanup|remove|bulk-delete|bulk-remove|discard|uninstall|deprovision|detach|disconnect|unlink|unbind|unregister|unenroll|unassign|disassociate|undeploy|unpeer|revoke|deny|unauthorize|deauthorize|stop|disable|deactivate|suspend|pause|deallocate|power-off|shutdown|terminate|kill|abort|cancel|abandon|restart|reboot|reset|reimage|rebuild|recreate|failover|fail-over|switchover|drain|cordon|flush|invalidate|unlock|regenerate|wipe|truncate|evict)(?:-|$)/;
const READING = /^(?:list|describe|show|get)(?:-|$)/;

/** What a verification found: numbers to print, and sentences about what is wrong. */
export interface CommandTableReport {
  readonly sources: Readonly<Record<string, string>>;
  readonly total: number;
  readonly counts: Readonly<Record<Mutation, number>>;
  /** Commands that begin with a destroying verb, and how many of them are listed as something else with a reason. */
  readonly destroying: number;
  readonly excused: number;
  readonly reading: number;
  /** Commands that are classified by hand. */
  readonly reasons: number;
  readonly problems: readonly string[];
}

/**
 * Proves that a table is whole: every command has a class with effects that fit it, whatever begins with a destroying
 * verb is destructive unless a reason is given, whatever reads changes nothing, and nothing is unknown without a reason.
 * @param table the table of gcloud or az.
 */
export function verifyCommandTable(table: CommandTable): CommandTableReport {
  const counts: Record<Mutation, number> = { none: 0, additive: 0, modifying: 0, destructive: 0, unknown: 0 };
  const problems: string[] = [];
  const { sources, count } = table.facts();
  let total = 0, destroying = 0, excused = 0, reading = 0, reasons = 0;
  for (const command of table.all()) {
    total += 1;
    counts[command.mutation] += 1;
    if (command.note !== undefined) reasons += 1;
    problems.push(...contradictions(command));
    const leaf = command.path.slice(command.path.lastIndexOf(' ') + 1);
    if (DESTROYING.test(leaf) || /(?:^| )(?:delete|destroy|remove|purge)(?: |$)/.test(command.path)) {
      destroying += 1;
      if (command.mutation !== 'destructive' && command.note !== undefined) excused += 1;
      else if (command.mutation !== 'destructive') problems.push(`${command.path} begins with a destroying verb, but is ${command.mutation} without a reason`);
    }
    if (READING.test(leaf)) {
      reading += 1;
      if (command.mutation !== 'none') problems.push(`${command.path} reads, but is ${command.mutation}`);
    }
    const found = table.find(command.path.split(' '));
    if (found?.path !== command.path || found.depth !== command.path.split(' ').length) problems.push(`${command.path} is not found by its own words`);
  }
  if (total !== count) problems.push(`the table holds ${total} commands and says ${count}`);
  return { sources, total, counts, destroying, excused, reading, reasons, problems };
}

function contradictions(command: CliCommand): string[] {
  const { path, mutation, effects, reversibility, note } = command;
  const problems: string[] = [];
  if (mutation === 'destructive' && effects.length === 0) problems.push(`${path} is destructive without an effect`);
  if (mutation === 'none' && effects.length > 0) problems.push(`${path} reads and has effects`);
  if (mutation === 'unknown' && (!effects.includes('unknown') || note === undefined)) problems.push(`${path} is unknown without a reason`);
  if (mutation !== 'unknown' && effects.includes('unknown')) problems.push(`${path} has an unknown effect, but is ${mutation}`);
  if (mutation === 'destructive' && reversibility.kind === 'unknown') problems.push(`${path} does not say whether it can be undone`);
  if (reversibility.kind === 'recoverable' && reversibility.how === undefined) problems.push(`${path} does not say how it is recovered`);
  if (note !== undefined && !/\.$/.test(note)) problems.push(`the reason of ${path} is no sentence`);
  return problems;
}
