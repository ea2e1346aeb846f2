import { cameFromHere } from './login-peer';
import type { ProcessFacts, ProcessTable } from './process-table';
import { scriptIn } from './processes';
import { baseOf, isEditor, isEmulator, isStandIn, lineOf, LOGINS, LONGEST, MULTIPLEXERS, named, OVER_NETWORK, runsExtensions, saysEditor } from './terminal-programs';

/** What the processes above a command tell about who started it. */
export interface Lineage {
  /** Marks that they were started with: an agent's command may take its own out on the way. */
  readonly marks: Readonly<Record<string, string>>;
  /** Their names, nearest first. */
  readonly names: readonly string[];
  readonly end: LineEnd;
}

/** Where their line ends. A mark that is missing says something only where the line leads to a place at which a person sits. */
export type LineEnd =
  /** At a login, a terminal emulator, or the editor. */
  | { readonly kind: 'place' }
  /** Somebody was left behind on the way, or hides: nothing tells who began it. */
  | { readonly kind: 'gap'; readonly why: string }
  /** This system tells nothing of other processes. */
  | { readonly kind: 'untold' };

export interface LineageOptions {
  /** The variables that are marks. */
  readonly marks: readonly string[];
  /** What the command itself knows of its parents: other numbers mean that it lives among other processes than this one sees. */
  readonly parents?: readonly number[];
  /** Number of the window's process, which is asked: the editor that it belongs to is known by being its parent, and not by a name. */
  readonly window?: number;
}

interface Walk {
  readonly table: ProcessTable;
  readonly options: LineageOptions;
  readonly marks: Record<string, string>;
  readonly names: string[];
  readonly seen: Set<number>;
}

/** Follows the parents of a process to where a person sits. */
export function lineageOf(table: ProcessTable | undefined, pid: number, options: LineageOptions): Lineage {
  if (!table) return { marks: {}, names: [], end: { kind: 'untold' } };
  const walk: Walk = { table, options, marks: {}, names: [], seen: new Set() };
  const end = follow(walk, pid);
  return { marks: walk.marks, names: walk.names, end: reasonForDoubt(table, pid, options) ?? end };
}

function reasonForDoubt(table: ProcessTable, pid: number, { parents }: LineageOptions): LineEnd | undefined {
  const asker = table.processes.get(pid);
  if (!asker) return gap('the process that asks can\'t be seen');
  const [parent] = parents ?? [];
  return parent !== undefined && parent !== asker.parent ? gap('the process that asks is another one here, or lost its parent') : undefined;
}

const gap = (why: string): LineEnd => ({ kind: 'gap', why });

function follow(walk: Walk, pid: number): LineEnd {
  const { table, options } = walk;
  walk.seen.add(pid);
  const line = lineOf(table, pid);
  const above = options.window === undefined ? [] : lineOf(table, options.window).filter((p) => p.pid !== options.window && p.pid > 1);
  /** Known as soon as a place is reached; what stands above it can still tell of an agent. */
  let end: LineEnd | undefined;
  for (const [at, one] of line.entries()) {
    note(walk, one);
    const known = one.installed || table.depth === 'ancestry';
    if (isStandIn(one)) return end ?? { kind: 'place' };
    if (one.pid === options.window || runsExtensions(one)) end ??= gap(`an extension of the editor started it, through ${named(one)}`);
    // What started the editor does not sit before its terminals.
    if (above.some((p) => p.pid === one.pid && isOfWindow(one, table, options.window)) || isTop(line, at, (p) => isEditor(p, p.installed || table.depth === 'ancestry'))) return end ?? { kind: 'place' };
    if (isLogin(line, at, table)) return end ?? throughLogin(line, at, table);
    if (isEmulator(one, known)) end ??= { kind: 'place' };
    else if (known && MULTIPLEXERS.has(baseOf(one)) && isServer(one, table)) end ??= beforeMultiplexer(walk, one);
    else if (one.user === 'ours' && one.env === undefined && table.depth === 'whole') end ??= gap(`${named(one)} above it can't be looked into`);
  }
  if (end) return end;
  return line.length >= LONGEST ? gap('more processes stand above it than are followed') : gap(`its line ends at ${lastOf(line)}, and not at a login, a terminal or the editor: a program left it behind`);
}

function note({ marks, names, options }: Walk, one: ProcessFacts): void {
  names.push(one.name);
  const script = scriptIn(one.name, one.argv);
  if (script !== undefined) names.push(script);
  for (const name of options.marks) {
    const value = one.env?.[name];
    if (value !== undefined && value !== '') marks[name] ??= value.slice(0, 200);
  }
}

function lastOf(line: readonly ProcessFacts[]): string {
  const last = line.filter((p) => p.pid > 1).at(-1);
  return last ? named(last) : 'the system\'s first process';
}

/** A process above the window as well as above the command: the editor itself, unless it is what both were started from. */
function isOfWindow(one: ProcessFacts, table: ProcessTable, window: number | undefined): boolean {
  const program = window === undefined ? undefined : table.processes.get(window)?.program;
  return saysEditor(one) || (program !== undefined && one.program === program);
}

/** Of an editor's processes that stand above each other, the first. */
function isTop(line: readonly ProcessFacts[], at: number, is: (p: ProcessFacts) => boolean): boolean {
  const [one, next] = [line[at], line[at + 1]];
  return one !== undefined && is(one) && !(next !== undefined && next.program === one.program);
}

/** A service that lets a person in, or its helper that runs as the user and may not be looked into (sshd's privilege separation). */
function isLogin(line: readonly ProcessFacts[], at: number, table: ProcessTable): boolean {
  const [one, next] = [line[at], line[at + 1]];
  if (!one) return false;
  if (one.user === 'foreign') return LOGINS.test(one.name);
  if (LOGINS.test(one.name) && one.env === undefined && next?.user === 'foreign' && LOGINS.test(next.name)) return true;
  return table.root && one.installed && LOGINS.test(baseOf(one));
}

function throughLogin(line: readonly ProcessFacts[], at: number, table: ProcessTable): LineEnd {
  const one = line[at];
  if (!one || table.depth !== 'whole' || !OVER_NETWORK.test(one.user === 'ours' && one.program !== undefined ? baseOf(one) : one.name)) return { kind: 'place' };
  const here = cameFromHere(line[at - 1]?.env, table.connections);
  return here === undefined ? { kind: 'place' } : gap(here);
}

/** Its clients have a terminal, and it has none. */
const isServer = ({ tty }: ProcessFacts, { depth }: ProcessTable): boolean => tty === 0 || depth === 'ancestry';

/**
 * A multiplexer's server is nobody's child by design. Its terminals are as good as the worst of those at which its clients sit; without a
 * client nobody sits there at all. Which client looks at which terminal can't be told from outside.
 */
function beforeMultiplexer(walk: Walk, server: ProcessFacts): LineEnd {
  const { table, seen } = walk;
  const ends: LineEnd[] = [];
  for (const client of table.processes.values()) {
    if (client.user !== 'ours' || client.tty === 0 || client.tty === server.tty || baseOf(client) !== baseOf(server) || client.program !== server.program) continue;
    // One inside of its own terminals shows what is shown there already.
    if (seen.has(client.pid) || lineOf(table, client.pid).some((p) => p.pid === server.pid)) continue;
    ends.push(follow(walk, client.pid));
  }
  return ends.find((e) => e.kind !== 'place') ?? ends[0] ?? gap(`${named(server)} holds its terminal, and nobody sits before it`);
}
