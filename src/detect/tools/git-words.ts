import type { Word } from '../invocation';
import { variable, type CliCall } from './cli/call';
import type { CliOption } from './cli/line';

/** Long options on which the judgement rests: git takes any beginning of one that is no other's. Source: git, parse-options.c, parse_long_opt. */
const MEANT = ['--dry-run', '--force', '--force-with-lease', '--force-if-includes', '--mirror', '--prune', '--delete', '--hard', '--soft', '--mixed', '--keep', '--merge', '--cached', '--staged', '--worktree', '--branches'];
/** The letters of these options. Source: git-push(1), git-clean(1). */
const LONG: Readonly<Record<string, readonly string[]>> = { '--dry-run': ['-n'], '--force': ['-f'], '--delete': ['-d'] };
const MODES = /^--(?:hard|soft|mixed|keep|merge)$/;

const full = (name: string): string => {
  const plain = name.replace(/^--no-/, '--');
  if (plain.length < 5 || MEANT.includes(plain)) return name;
  const [only, ...others] = MEANT.filter((m) => m.startsWith(plain));
  const meant = only !== undefined && (others.length === 0 || only === '--force') ? only : undefined;
  return meant === undefined ? name : name === plain ? meant : meant.replace('--', '--no-');
};

/** The options as git keeps them: the last of a switch and its opposite, and the last mode of a reset. Source: git, parse-options.c; builtin/reset.c. */
export function settledOptions(options: readonly CliOption[]): readonly CliOption[] {
  const named = options.map((o) => ({ ...o, name: full(o.name) }));
  const opposite = (o: CliOption, later: CliOption): boolean => {
    if (MODES.test(o.name)) return MODES.test(later.name) && later.name !== o.name;
    if (o.name.startsWith('--no-')) return later.name === `--${o.name.slice(5)}` || (LONG[`--${o.name.slice(5)}`] ?? []).includes(later.name);
    const long = Object.keys(LONG).find((l) => LONG[l]?.includes(o.name)) ?? o.name;
    // An option of one letter has no opposite; several `-c` all count.
    return long.startsWith('--') && later.name === long.replace('--', '--no-');
  };
  return named.filter((o, i) => !named.slice(i + 1).some((later) => opposite(o, later)));
}

/** A setting that the command line brings, by its name as git compares it; undefined value: only the shell or git knows. */
export interface Setting { readonly name: string; readonly value: string | undefined }

/** The first and the last part of a name are compared without case. Source: git-config(1), "Syntax". */
const canonical = (name: string): string => {
  const parts = name.split('.');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  return parts.length < 2 ? name.toLowerCase() : [first.toLowerCase(), ...parts.slice(1, -1), last.toLowerCase()].join('.');
};

/** A setting without `=` is true. Source: git(1), -c. */
const setting = (text: string): Setting => {
  const at = text.indexOf('=');
  return at < 0 ? { name: canonical(text), value: 'true' } : { name: canonical(text.slice(0, at)), value: text.slice(at + 1) };
};

/** Settings of `-c`, `--config-env`, GIT_CONFIG_COUNT and GIT_CONFIG_PARAMETERS. Source: git(1); git-config(1), "ENVIRONMENT". */
export function settingsOf({ options, invocation, detect }: Pick<CliCall, 'options' | 'invocation' | 'detect'>): readonly Setting[] {
  const fromEnv = (name: string): string | undefined => variable(name, invocation, detect);
  const count = Math.min(Number(fromEnv('GIT_CONFIG_COUNT') ?? 0) || 0, 64);
  const counted = Array.from({ length: count }, (_, i): Setting => ({ name: canonical(fromEnv(`GIT_CONFIG_KEY_${i}`) ?? ''), value: fromEnv(`GIT_CONFIG_VALUE_${i}`) }));
  const packed = [...(fromEnv('GIT_CONFIG_PARAMETERS') ?? '').matchAll(/'([^']*)'(?:='([^']*)')?/g)].map((m) => setting(m[2] === undefined ? (m[1] ?? '') : `${m[1] ?? ''}=${m[2]}`));
  const given = options.flatMap((o): Setting[] => {
    const text = o.value?.value;
    if (text === undefined) return [];
    if (o.name === '-c') return [setting(text)];
    if (o.name === '--config-env') return [{ name: setting(text).name, value: fromEnv(setting(text).value ?? '') }];
    return [];
  });
  return [...packed, ...counted, ...given];
}

/** Whether a setting may be true. Source: git, parse.c, git_parse_maybe_bool. */
export const mayBeOn = ({ value }: Setting): boolean => value === undefined || !/^(?:false|no|off|0*)$/i.test(value);

/** The words behind a word of the line, options among them, as they stand. */
export function wordsBehind(word: Word | undefined, { argv }: CliCall['invocation']): readonly Word[] {
  const at = word === undefined ? -1 : argv.indexOf(word);
  return at < 0 ? [] : argv.slice(at + 1);
}
