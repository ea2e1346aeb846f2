/** What Linux says of a process in its `/proc/PID/stat`. Source: proc(5). */
export interface ProcessStat {
  readonly name: string;
  /** It ended, and its parent has not fetched it yet. */
  readonly isOver: boolean;
  readonly parent: string;
  readonly group: string;
  /** The process that its session is named after. */
  readonly session: string;
  /** Number of its terminal, 0 without one. */
  readonly tty: string;
  /** The group in the foreground of that terminal. */
  readonly foreground: string;
  /** When it began, in the system's own count since its start. */
  readonly start: string | undefined;
}

/** Reads the text of a `stat`: the name may hold anything, brackets and spaces as well, so it ends at the last bracket. */
export function processStat(text: string): ProcessStat {
  const close = text.lastIndexOf(')');
  const [state = '', parent = '', group = '', session = '', tty = '', foreground = '', ...more] = text.slice(close + 2).split(' ');
  return {
    name: text.slice(text.indexOf('(') + 1, close),
    isOver: state === 'Z' || state === 'X',
    parent,
    group,
    session,
    tty,
    foreground,
    // Field 22; the first of `more` is field 9.
    start: more[13],
  };
}
