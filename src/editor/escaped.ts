import type { Operation } from '../model';

/** A question that reached the gate. */
export interface Asked {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly operations: readonly Operation[];
  /** Numbers of the processes above the command, nearest first; empty where the system does not tell. */
  readonly parents: readonly number[];
}

/** A command line that ended in a terminal. */
export interface Execution {
  readonly start: number;
  readonly end: number;
  /** The number of its terminal's shell; undefined where it is not known. */
  readonly shell: number | undefined;
  /** Of the other terminals that are open. */
  readonly otherShells: readonly number[];
  /** What the command line certainly destroys. */
  readonly operations: readonly Operation[];
}

/** Time that a question may take to reach the gate, and be older than the start that VS Code tells. */
export const SLACK_MS = 1500;

/**
 * What of a command line no question was asked about: it ran around the shims. A question counts for this command line only
 * when it came from below this terminal's shell, in its time, and about the same operation on the same target.
 */
export function escapes(execution: Execution, asked: readonly Asked[]): Operation[] {
  const near = asked.filter((question) => inTime(execution, question) && isHere(execution, question));
  return execution.operations.filter((operation) => !near.some((question) => question.operations.some((other) => same(operation, other))));
}

function inTime({ start, end }: Execution, { at }: Asked): boolean {
  return at >= start - SLACK_MS && at <= end + SLACK_MS;
}

/** A command that its shell left behind is nobody's child; it counts unless another terminal stands above it. */
function isHere({ shell, otherShells }: Execution, { parents }: Asked): boolean {
  if (shell === undefined || parents.length === 0) return true;
  return parents.includes(shell) || !parents.some((pid) => otherShells.includes(pid));
}

function same(operation: Operation, asked: Operation): boolean {
  if (operation.operation !== asked.operation) return false;
  const [here, there] = [names(operation), names(asked)];
  // What a variable holds is known to the question alone.
  return here === undefined || there === undefined || here.every((name) => there.includes(name));
}

function names({ targets }: Operation): string[] | undefined {
  const all = targets.map((t) => (t.known ? t.name : undefined));
  return all.length > 0 && all.every((name) => name !== undefined) ? all : undefined;
}
