import { DOORS, EFFECTS, type Door, type Effect, type Mutation, type Reversibility } from '../../../model';
import type { CliOption } from './line';
import { switchOf, type Repeated } from './switches';

/** One line of a tool's command table: which command, under which conditions, does what. */
export interface Entry {
  readonly path: readonly (readonly string[])[];
  readonly conditions: readonly Condition[];
  readonly mutation: Mutation | 'runs';
  readonly effects: readonly Effect[] | 'by-noun';
  readonly undo: Reversibility | undefined;
  readonly note: string | undefined;
  readonly previewDecides: boolean;
  readonly door: Door | undefined;
}

interface Condition {
  readonly given: boolean;
  readonly names: readonly string[];
  /** Undefined: with any value or none. */
  readonly values: readonly string[] | undefined;
}

const WAYS_BACK = ['reversible', 'recoverable', 'irreversible'] as const satisfies readonly Reversibility['kind'][];

/** What a command does, in a table's words. The doors have their own: see `Door`. */
const MEANINGS: Readonly<Record<string, Mutation | 'runs'>> = {
  read: 'none', add: 'additive', change: 'modifying', destroy: 'destructive', ask: 'unknown', runs: 'runs', plan: 'modifying',
  shell: 'additive', tunnel: 'additive', raw: 'additive', command: 'modifying', code: 'modifying', job: 'modifying',
};

/**
 * Reads a command table: one command a line, with its conditions, what it does, the way back, and why.
 *
 *     secrets list,get                      | read
 *     kv delete                             | destroy data-loss | recoverable: vault kv undelete
 *     apply !-destroy                       | plan
 *     system prune +--volumes,-v            | destroy data-loss | irreversible  # Every volume that no container uses is deleted.
 *
 * - Command: words by blanks; `a,b` are names for the same word, `*` is any one word. `+--opt` needs an option (`+--opt=a,b` with one of
 *   these values), `!--opt` its absence.
 * - Meaning: `read`, `add`, `change`, `destroy`, `ask` (can't be told), `plan` (only a preview tells), `runs` (the rest is a command of its
 *   own), or a door (`shell`, `tunnel`, `raw`, `command`, `code`, `job`); then its effects by comma. `destroy` alone: by what is gone.
 * - Way back: `reversible`, `recoverable` or `irreversible`, and how behind a colon.
 * - Behind ` # `: why, as sentences for a person.
 * - A line that begins with `|` or `#`, and one behind a comma, goes on with the one above. A line that begins with `//` is for the reader.
 *
 * Of the lines with the longest path the one with the most conditions that hold counts, and of several the first.
 * @throws on a malformed line: a table is part of the program.
 */
export function readCommandTable(text: string): readonly Entry[] {
  const lines: string[] = [];
  for (const line of text.split('\n').map((raw) => raw.trim())) {
    if (line === '' || line.startsWith('//')) continue;
    const above = lines.at(-1);
    if (above !== undefined && (/^[|#] /.test(line) || above.endsWith(','))) lines[lines.length - 1] = joined(above, line);
    else lines.push(line);
  }
  return lines.map(entryOf);
}

function joined(above: string, line: string): string {
  if (above.endsWith(',')) return above + line;
  return `${above} ${line.startsWith('# ') && above.includes(' # ') ? line.slice(2) : line}`;
}

function entryOf(line: string): Entry {
  const malformed = (what: string): Error => new Error(`${what} in a command table: ${line}`);
  const [cells = '', note] = splitOnce(line, ' # ');
  const [command = '', meaning = '', back, ...more] = cells.split('| ').map((cell) => cell.trim());
  const [kind = '', listed = '', ...others] = meaning.split(/\s+/);
  const mutation = Object.hasOwn(MEANINGS, kind) ? MEANINGS[kind] : undefined;
  if (mutation === undefined || more.length > 0 || others.length > 0) throw malformed('unknown meaning');
  const effects = listed === '' ? [] : listed.split(',').map((name) => {
    const effect = EFFECTS.find((one) => one === name);
    if (effect === undefined) throw malformed('unknown effect');
    return effect;
  });
  const [way = '', how] = splitOnce(back ?? '', ': ');
  const undo = WAYS_BACK.find((one) => one === way);
  if (back !== undefined && undo === undefined) throw malformed('unknown way back');
  const words = command.split(/\s+/).filter((word) => word !== '');
  return {
    path: words.filter((word) => !/^[+!]-/.test(word)).map((word) => word.split(',')),
    conditions: words.filter((word) => /^[+!]-/.test(word)).map(conditionOf),
    mutation,
    effects: effects.length > 0 ? effects : mutation === 'destructive' ? 'by-noun' : mutation === 'unknown' ? ['unknown'] : [],
    undo: undo === undefined ? undefined : { kind: undo, ...(how !== undefined && { how: how.trim() }) },
    note: note?.trim(), previewDecides: kind === 'plan', door: DOORS.find((door) => door === kind),
  };
}

/** The commands of a group, as a tool has them that is only this group: `compose up` as `up`. */
export function belowGroup(entries: readonly Entry[], group: string): readonly Entry[] {
  const own = entries.filter(({ path }) => path.length > 1 && path[0]?.includes(group));
  return own.map((entry) => ({ ...entry, path: entry.path.slice(1) }));
}

function conditionOf(word: string): Condition {
  const [names = '', values] = splitOnce(word.slice(1), '=');
  return { given: word.startsWith('+'), names: names.split(','), values: values?.split(',') };
}

function splitOnce(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** How the options of a line are taken: see `Repeated`; and which of them have values, so that being there is all that counts. */
export interface Taken { readonly repeated: Repeated; readonly valued: ReadonlySet<string> }

/**
 * Whether the conditions of an entry hold for these options. A switch of which only the tool can tell whether it is on counts as what is
 * worse: it makes a command destructive, and never harmless.
 */
export function holdsFor(entry: Entry, options: readonly CliOption[], { repeated, valued }: Taken): boolean {
  const worse = entry.mutation === 'destructive' || entry.mutation === 'unknown';
  return entry.conditions.every(({ given, names, values }) => {
    if (values !== undefined || names.some((n) => valued.has(n))) {
      const found = options.findLast((o) => names.includes(o.name));
      if (!found) return !given;
      const value = found.value?.value;
      const bare = value === undefined;
      const fits = values === undefined || (bare ? values.includes('') || found.value === undefined : values.includes(value));
      return fits === given;
    }
    const state = switchOf(options, names, repeated);
    return state === 'unknown' ? worse : (state === 'on') === given;
  });
}
