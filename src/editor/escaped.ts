import { DENIED, UNDECIDED } from '../gate/protocol';
import type { Operation } from '../model';

/** A question that reached the gate. */
export interface Asked {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly operations: readonly Operation[];
  /** Numbers of the processes above the command, nearest first; empty where the system does not tell. */
  readonly parents: readonly number[];
  /** Whether the gate let it go: what it did not let go did not run. */
  readonly released: boolean;
}

/** A command line that ended in a terminal. */
export interface Execution {
  readonly start: number;
  readonly end: number;
  /** The number of its terminal's shell; undefined where it is not known. */
  readonly shell: number | undefined;
  /** Of the other terminals that are open. */
  readonly otherShells: readonly number[];
  /** What the command line certainly destroys, in the order of its words. */
  readonly operations: readonly Operation[];
  readonly commandLine: string;
  /** As the shell tells it for the whole line. */
  readonly exitCode: number | undefined;
  /** The command lines before and after it in this terminal. */
  readonly others: readonly Pick<Execution, 'start' | 'end'>[];
}

/** Time that a question may take to reach the gate, and be older than the start that VS Code tells. */
export const SLACK_MS = 1500;

/** Refused, and could not decide: a shim's own. */
const REFUSED: ReadonlySet<number | undefined> = new Set([DENIED, UNDECIDED]);
/** A shell's codes for "not found" and "not executable": nothing ran. */
const NOT_RUN: ReadonlySet<number | undefined> = new Set([126, 127]);

/**
 * What of a command line no question was asked about: it ran around the shims. A question counts for this command line only
 * when it came from below this terminal's shell, in its time, and about the same operation on the same target; and it counts
 * once, since whoever was refused may have run the same again without asking.
 * @param used the operations of questions that were counted already; those that count here are added.
 */
export function escapes(execution: Execution, asked: readonly Asked[], used: WeakSet<Operation> = new WeakSet()): Operation[] {
  const { exitCode, operations } = execution;
  const near = asked.filter((question) => inTime(execution, question) && isHere(execution, question) && isNearest(execution, question));
  const take = (operation: Operation, released: boolean): boolean => {
    const found = near.filter((q) => q.released === released).flatMap((q) => q.operations).find((other) => !used.has(other) && same(operation, other));
    if (found) used.add(found);
    return found !== undefined;
  };
  const ran = beforeRefused(execution, near.filter((q) => !q.released));
  return operations.slice(0, ran).filter((operation) => {
    if (isAlone(execution, operation)) {
      // Nothing else in the line could have given the code.
      if (NOT_RUN.has(exitCode)) return false;
      if (exitCode === 0) return !take(operation, true);
    }
    return !take(operation, true) && !take(operation, false);
  });
}

/** A line that is one command of the tool, whose exit code is that command's. */
function isAlone({ commandLine }: Execution, { tool }: Operation): boolean {
  const [word = ''] = commandLine.trim().replace(/^(?:[A-Za-z_]\w*=\S*\s+)*/, '').split(/\s/);
  return !/[;&|\n`(){}<>!]/.test(commandLine) && word.slice(word.search(/[^\\/]*$/)) === tool;
}

/**
 * How many of the line's operations can have run. In a chain of `&&` alone, a refusal ends the line with its own code: the refused command was
 * the last to begin, and what stands behind it did not.
 */
function beforeRefused({ commandLine, exitCode, operations }: Execution, refused: readonly Asked[]): number {
  const all = operations.length;
  if (!REFUSED.has(exitCode) || /[;|\n`(){}<>!]|&(?!&)/.test(commandLine.replaceAll('&&', ' '))) return all;
  const matching = operations.flatMap((o, i) => (refused.some((q) => q.operations.some((other) => same(o, other))) ? [i] : []));
  const last = matching.filter((i) => !isByPath(operations[i])).at(-1) ?? matching.at(-1);
  return last === undefined ? all : last + 1;
}

/** Whether the tool was named by its path: such a command seldom asks. */
function isByPath(operation: Operation | undefined): boolean {
  if (operation?.origin.kind !== 'command') return false;
  const { text, range } = operation.origin;
  const words = text.slice(range.start, range.end);
  return new RegExp(`[\\\\/]${operation.tool.replace(/\W/g, '\\$&')}(?:\\s|$)`).test(words);
}

function inTime({ start, end }: Execution, { at }: Asked): boolean {
  return at >= start - SLACK_MS && at <= end + SLACK_MS;
}

/** A question between two command lines belongs to the one whose time it is in, or which it is closer to. */
function isNearest(execution: Execution, { at }: Asked): boolean {
  const distance = ({ start, end }: Pick<Execution, 'start' | 'end'>): number => (at < start ? start - at : at > end ? at - end : 0);
  return execution.others.every((other) => distance(execution) <= distance(other));
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
