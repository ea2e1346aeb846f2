import { AGENT_MARKS, AGENT_PROGRAMS, NAMES_ITSELF } from '../agents/registry';
import type { Actor } from '../model';
import type { Lineage } from './lineage';

/** What is known about who started a command; the gate's protocol carries the same. */
export interface ActorFacts {
  readonly marks: Readonly<Record<string, string>>;
  /** Names of the parent processes, nearest first. */
  readonly ancestry: readonly string[];
  readonly tty: boolean;
  readonly user: string;
  /** What was seen of the processes above by somebody else than the command itself; absent when nobody looked. */
  readonly line?: Lineage;
}

/**
 * Says who asks, and how we know it. Evidence only raises: no mark and a terminal make a person likely, never certain.
 */
export function identify(facts: ActorFacts): Actor {
  const { line } = facts;
  // Either may hold an agent's name where the other holds something that is none.
  const set = (variable: string): readonly (string | undefined)[] => [facts.marks[variable], line?.marks[variable]];
  const marks = AGENT_MARKS.flatMap((mark) => set(mark.variable).flatMap((value, above) => (isMark(mark, value) ? [{ ...mark, set: value, above: above === 1 }] : [])));
  const names = [...facts.ancestry, ...(line?.names ?? [])];
  const program = names.map((name) => name.replace(/\.exe$/i, '').toLowerCase()).find((name) => AGENT_PROGRAMS.has(name));
  const [first] = marks;
  if (first) {
    const own = new Set(marks.flatMap((m) => (m.above ? [] : [m.variable])));
    const evidence = [...new Set(marks.filter((m) => !m.above || !own.has(m.variable))
      .map((m) => `${m.variable}=${shown(m.set)} in the environment${m.above ? ' of a process above' : ''}`))];
    if (program) evidence.push(`started below the process ${program}`);
    const name = first.variable === NAMES_ITSELF && first.value === undefined ? shown(first.set) : first.agent;
    return { kind: 'agent', name, evidence, confidence: 'certain' };
  }
  if (program) {
    return { kind: 'agent', name: AGENT_PROGRAMS.get(program) ?? program, evidence: [`started below the process ${program}`], confidence: 'likely' };
  }
  if (facts.tty && line?.end.kind === 'gap') {
    return { kind: 'unknown', name: facts.user, evidence: [`typed in a terminal, but ${line.end.why}`], confidence: 'guess' };
  }
  if (facts.tty) {
    const where = facts.marks['TERM_PROGRAM'] === 'vscode' ? 'in a terminal of the editor' : 'in a terminal';
    return { kind: 'human', name: facts.user, evidence: [`typed ${where}, and no agent's mark in the environment`], confidence: line?.end.kind === 'untold' ? 'guess' : 'likely' };
  }
  return { kind: 'unknown', name: facts.user, evidence: ['no terminal, and no agent\'s mark in the environment'], confidence: 'guess' };
}

function isMark({ value }: { readonly value?: string }, set: string | undefined): set is string {
  return set !== undefined && set !== '' && (value === undefined || set.startsWith(value));
}

/** A mark is somebody's text: short and without control characters. */
function shown(value: string | undefined): string {
  return (value ?? '').replace(/[\u0000-\u001f\u007f-\u009f]/g, '?').slice(0, 60);
}
