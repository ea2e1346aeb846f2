import type { Finding } from '../../invocation';
import { found, named, targetsOf, type CliCall } from './call';
import type { CliOption } from './line';
import { parseBool } from './switches';
import { holdsFor, readCommandTable, type Entry } from './table';

/** The name of the program that is called, without its folder and ending. */
export function programOf({ invocation }: Pick<CliCall, 'invocation'>): string {
  return (invocation.argv[0]?.value ?? '').replace(/^.*[\\/]/, '').replace(/\.exe$/, '');
}

/**
 * What one of many programs would do, each of which is hardly more than one command.
 * @param text a table as `readCommandTable` has it, where the first word of a line is the program's name. The words behind it stand
 *   anywhere among its own: which of its options take a word is not known well enough. In a reason `%` is what the words name.
 * @param type what its words name (`database`).
 * @returns gives nothing for what no line tells, and for what reads.
 */
export function programTable(text: string, type: string): (call: CliCall) => Finding[] {
  let lines: ReadonlyMap<string, readonly Entry[]> | undefined;
  return (call) => {
    lines ??= byProgram(readCommandTable(text));
    const program = programOf(call);
    const words = [...call.args, ...(call.rest ?? [])];
    const texts = words.map((word) => word.value ?? '');
    // An option with a word that is no truth value is no switch.
    const hasWord = ({ value }: CliOption): boolean => value?.value !== undefined && parseBool(value.value) === undefined;
    const valued = new Set(call.options.filter(hasWord).map((o) => o.name));
    for (const entry of lines.get(program) ?? []) {
      const at = placeOf(entry.path.slice(1), texts);
      if (at < 0 || !holdsFor(entry, call.options, { repeated: call.repeated, valued })) continue;
      return entry.mutation === 'none' ? [] : [finding(entry, program, texts.slice(at, at + entry.path.length - 1))];
    }
    return [];

    function finding(entry: Entry, tool: string, said: readonly string[]): Finding {
      const effects = entry.effects === 'by-noun' ? [] : entry.effects;
      const targets = targetsOf(words, type);
      return found({ ...call, tool }, {
        action: [tool, ...(said.length > 0 ? said : ['run'])].join('.'), targets,
        mutation: entry.mutation === 'runs' ? 'unknown' : entry.mutation, effects,
        reversibility: entry.undo ?? { kind: effects.includes('data-loss') ? 'irreversible' : 'unknown' },
        reason: `${tool}: ${(entry.note ?? '').replace(/ ?%/, () => named(targets))}`,
      });
    }
  };
}

/** Of the lines of one program those with more words and conditions are asked first. */
function byProgram(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const out = new Map<string, Entry[]>();
  for (const entry of entries) for (const program of entry.path[0] ?? []) out.set(program, [...(out.get(program) ?? []), entry]);
  const weight = ({ path, conditions }: Entry): number => path.length * 10 + conditions.length;
  for (const of of out.values()) of.sort((a, b) => weight(b) - weight(a));
  return out;
}

/** Where these words stand one behind the other; -1 for nowhere. */
function placeOf(path: Entry['path'], texts: readonly string[]): number {
  if (path.length === 0) return 0;
  return texts.findIndex((_, at) => path.every((words, i) => words.includes('*') || words.includes(texts[at + i] ?? '')));
}
