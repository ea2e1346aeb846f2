import type { CliOption } from './line';

/** Whether a switch is on. `unknown`: only the tool, or the shell, can tell. */
export type Switch = 'on' | 'off' | 'absent' | 'unknown';

/**
 * How a tool takes an option that is given more than once: the last one counts (Go's `flag` and pflag, click), or its parser isn't known
 * well enough to say, and then they must agree.
 */
export type Repeated = 'last' | 'agree';

/** A text as Go reads a boolean; undefined when it refuses it. Source: Go, strconv.ParseBool. */
export function parseBool(text: string): boolean | undefined {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return true;
  return /^(?:0|f|F|FALSE|false|False)$/.test(text) ? false : undefined;
}

type Given = readonly Pick<CliOption, 'name' | 'value'>[];

function stateOf({ name, value }: Given[number], asked: ReadonlySet<string>): Switch {
  const on = value === undefined ? true : value.value === undefined ? undefined : parseBool(value.value);
  if (on === undefined) return 'unknown';
  return on === asked.has(name) ? 'on' : 'off';
}

/** The opposite name of a switch, as yargs and click know it. */
const negated = (name: string): string => (name.startsWith('--no-') ? `--${name.slice(5)}` : `--no-${name.slice(2)}`);

/**
 * Whether one of these names of one switch is on. Its opposite (`--no-execute`, `--execute`) counts as well: of a pair that contradicts
 * itself the last one counts where that is known, and else it is unknown.
 */
export function switchOf(options: Given, names: readonly string[], repeated: Repeated = 'agree'): Switch {
  const asked = new Set(names);
  const opposite = new Set(names.filter((n) => n.startsWith('--')).map(negated));
  const given = options.filter((o) => asked.has(o.name) || opposite.has(o.name)).map((o) => stateOf(o, asked));
  const last = given.at(-1);
  if (last === undefined) return 'absent';
  return repeated === 'last' || given.every((one) => one === last) ? last : 'unknown';
}

/** True when the switch is on for certain: for what makes a command harmless. */
export const surelyOn = (options: Given, names: readonly string[], repeated?: Repeated): boolean => switchOf(options, names, repeated) === 'on';

/** True unless the switch is off for certain: for what makes a command worse. */
export function maybeOn(options: Given, names: readonly string[], repeated?: Repeated): boolean {
  const state = switchOf(options, names, repeated);
  return state === 'on' || state === 'unknown';
}

/**
 * Whether an option that only shows what would be done is on for certain. Besides a switch it may be a choice: `--dry-run=server`.
 * @param looks the values that only look. Source for `client` and `server`: kubectl and Helm, --dry-run.
 */
export function onlyShows(options: Given, name: string, repeated: Repeated, looks: ReadonlySet<string>): boolean {
  const given = options.filter((o) => o.name === name);
  const shows = (o: Given[number]): boolean => o.value === undefined || (o.value.value !== undefined && (looks.has(o.value.value) || parseBool(o.value.value) === true));
  const last = given.at(-1);
  return last !== undefined && (repeated === 'last' ? shows(last) : given.every(shows)) && switchOf(options.filter((o) => o.name !== name), [name], repeated) === 'absent';
}

/**
 * A whole number as Go's flags read it: decimal, or with 0x, 0o, 0b or a leading 0, and `_` between digits.
 * @returns undefined for anything else. Source: Go, strconv.ParseInt with base 0.
 */
export function goInteger(text: string): number | undefined {
  const [, sign, digits] = /^([+-]?)(0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|0[0-7_]*|[1-9][0-9_]*)$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const bare = digits.replaceAll('_', '').toLowerCase();
  const number = /^0[0-7]+$/.test(bare) ? Number.parseInt(bare, 8) : Number(bare);
  return Number.isSafeInteger(number) ? (sign === '-' ? -number : number) : undefined;
}
