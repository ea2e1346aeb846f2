import { cameFromHere } from './login-peer';
import { ANY_MASTER, type ProcessFacts, type ProcessTable } from './process-table';
import { baseOf, EMULATORS, inEditor, isEmulator, lineOf, LOGINS, MULTIPLEXERS, named, OVER_NETWORK, PASSING_ON, saysEditor } from './terminal-programs';

/**
 * What an answer at a terminal is worth. A pseudo-terminal has two ends: whoever holds the other one reads the screen and
 * types. A person's is held by a terminal emulator or by the service that let them in; an agent that wants to answer for
 * the person holds one itself.
 */
export type Standing =
  /** Held by nothing that this user's programs could drive: the console, or a login service that runs as somebody else. */
  | { readonly kind: 'terminal'; readonly holder: string }
  /** A person may sit there, and a program of the same user could type as well. */
  | { readonly kind: 'terminal-weak'; readonly holder: string; readonly why: string }
  /** A terminal of the editor: there the panel is asked, or nobody. */
  | { readonly kind: 'editor'; readonly why: string }
  /** A program holds it, or hides. */
  | { readonly kind: 'program'; readonly why: string };

/** What an answer at this process's terminal is worth. @param env its own variables. */
export function standingOf(table: ProcessTable | undefined, env: Readonly<Record<string, string | undefined>>): Standing {
  const own = inEditor(env);
  if (own !== undefined) return { kind: 'editor', why: own };
  if (!table) return { kind: 'program', why: 'this system does not tell who holds the terminal' };
  const line = lineOf(table, table.self);
  const editor = editorIn(line);
  if (editor !== undefined) return { kind: 'editor', why: editor };
  const tty = line[0]?.tty ?? 0;
  if (tty === 0) return { kind: 'program', why: 'there is no terminal' };
  if (!table.trueIds) return { kind: 'program', why: 'this is a user namespace of its own, in which nothing tells who holds the terminal' };
  return table.depth === 'whole' ? ofTerminal(table, tty, new Set()) : byStarter(line, tty);
}

function editorIn(line: readonly ProcessFacts[]): string | undefined {
  for (const one of line) {
    const { name, env } = one;
    if (saysEditor(one)) return `it was started below the process ${name}`;
    const marked = env && inEditor(env);
    if (marked !== undefined) return `it was started below the process ${name}, for which ${marked}`;
  }
  return undefined;
}

/** Linux tells a pseudo-terminal by its major number, 136 to 143 (Documentation/admin-guide/devices.txt), and a console by 4. */
function ofTerminal(table: ProcessTable, tty: number, seen: Set<number>): Standing {
  if (seen.has(tty)) return { kind: 'program', why: 'the terminals pass each other\'s keys on' };
  seen.add(tty);
  const major = (tty >> 8) & 0xfff;
  const minor = (tty & 0xff) | ((tty >>> 12) & 0xfff00);
  if (major === 4) return strong(table, minor < 64 ? `the console tty${minor}` : 'a serial line');
  if (major < 136 || major > 143) return { kind: 'program', why: 'it is no terminal of a known kind' };
  const index = ((major - 136) << 8) | minor;
  const holders = [...table.processes.values()].filter((p) => p.masters?.some((m) => m === index || m === ANY_MASTER));
  if (holders.length > 0) return worst(holders.map((holder) => ofHolder(table, holder, tty, seen)));
  return ofHidden(table, tty);
}

function ofHolder(table: ProcessTable, holder: ProcessFacts, tty: number, seen: Set<number>): Standing {
  const editor = editorIn(lineOf(table, holder.pid));
  if (editor !== undefined) return { kind: 'editor', why: editor };
  const base = baseOf(holder);
  const stays = { kind: 'program', why: `${named(holder)} holds this terminal, and could type the answer itself` } as const;
  if (!holder.installed) return { ...stays, why: `${stays.why}; any program of this user could have put it there` };
  if (OVER_NETWORK.test(base)) {
    const session = firstOf(table, tty);
    const here = cameFromHere(session?.env, table.connections);
    if (here !== undefined) return { kind: 'program', why: here };
  }
  if (isEmulator(holder, true) || LOGINS.test(base)) return { kind: 'terminal-weak', holder: named(holder), why: 'it runs as the same user as every program that could drive it' };
  if (PASSING_ON.has(base) && holder.tty !== 0) return capped(ofTerminal(table, holder.tty, seen), holder);
  if (!MULTIPLEXERS.has(base)) return stays;
  const before = [...table.processes.values()].filter((p) => p.user === 'ours' && p.program === holder.program && p.pid !== holder.pid && p.tty !== 0 && p.tty !== tty);
  const best = before.map((p) => ofTerminal(table, p.tty, new Set(seen))).find((s) => s.kind === 'terminal' || s.kind === 'terminal-weak');
  return best ? capped(best, holder) : { kind: 'program', why: `${named(holder)} holds this terminal, and nobody sits before it` };
}

function capped(standing: Standing, by: ProcessFacts): Standing {
  if (standing.kind !== 'terminal' && standing.kind !== 'terminal-weak') return standing;
  return { kind: 'terminal-weak', holder: `${named(by)}, before it ${standing.holder}`, why: 'any program of this user can send keys through it' };
}

const ORDER = ['program', 'editor', 'terminal-weak', 'terminal'] as const;
function worst(all: readonly Standing[]): Standing {
  const [first] = [...all].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  return first ?? { kind: 'program', why: 'nobody is known to hold it' };
}

/**
 * Nobody of this user's is seen to hold it. A login service is: the first process of the session was started by it, perhaps
 * through its helper that runs as the user and may not be looked into (sshd's privilege separation).
 */
function ofHidden(table: ProcessTable, tty: number): Standing {
  const [first, second, third] = lineOf(table, firstOf(table, tty)?.pid ?? -1);
  if (!first) return { kind: 'program', why: 'the first process of this terminal is gone, so nothing tells who holds it' };
  const service = second?.user === 'foreign' ? second : second && LOGINS.test(second.name) && second.masters === undefined && third?.user === 'foreign' ? third : undefined;
  if (service && LOGINS.test(service.name)) {
    const here = OVER_NETWORK.test(service.name) ? cameFromHere(first.env, table.connections) : undefined;
    return here === undefined ? strong(table, `${service.name} (process ${service.pid}, another user's)`) : { kind: 'program', why: here };
  }
  const hides = [...table.processes.values()].find((p) => p.user === 'ours' && p.masters === undefined);
  if (hides) return { kind: 'program', why: `nothing tells who holds this terminal, and the process ${hides.name} (${hides.pid}) can't be looked into` };
  if (first.user === 'foreign' && !PASSING_ON.has(first.name)) return { kind: 'terminal-weak', holder: 'unknown', why: `it was begun by another user's process, ${first.name} (${first.pid}), which can't be looked into` };
  // Whatever runs as this user was looked into: one that holds a terminal and does not show it is no terminal of a person.
  return { kind: 'program', why: 'no process is seen to hold this terminal, so one hides that it does' };
}

/** The process that the session of a terminal is named after. */
function firstOf(table: ProcessTable, tty: number): ProcessFacts | undefined {
  return table.processes.get([...table.processes.values()].find((p) => p.tty === tty)?.session ?? -1);
}

function strong(table: ProcessTable, holder: string): Standing {
  if (table.root) return { kind: 'terminal-weak', holder, why: 'root\'s programs can type at every terminal' };
  if (table.injects) return { kind: 'terminal-weak', holder, why: 'this system lets a program type into its own terminal (dev.tty.legacy_tiocsti)' };
  return { kind: 'terminal', holder };
}

/** Where the holder can't be seen: the process that the terminal's first one was started by is looked at instead. */
function byStarter(line: readonly ProcessFacts[], tty: number): Standing {
  const starter = line.find((p) => p.tty !== tty);
  if (!starter) return { kind: 'program', why: 'nothing tells who holds this terminal' };
  const base = baseOf(starter);
  const person = EMULATORS.has(base) || MULTIPLEXERS.has(base) || LOGINS.test(base) || line.some((p) => p.user !== 'ours' && LOGINS.test(p.name));
  return person
    ? { kind: 'terminal-weak', holder: named(starter), why: 'this system does not tell who holds a terminal' }
    : { kind: 'program', why: `${named(starter)} started this terminal's first process, and could type the answer itself` };
}
