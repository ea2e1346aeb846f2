import { knownWord, type Word } from '../../invocation';
import { behindName, keptWith, wordsOf } from '../../words';
import type { ExactLine } from '../cli/cobra';
import { tailOf, type CliOption } from '../cli/line';

/**
 * Options that take no word of their own; `-lock=false` is written with `=`. Source: `terraform <command> -help` of Terraform 1.11,
 * internal/command/arguments, and OpenTofu's pages of the same commands.
 */
const FLAGS: ReadonlySet<string> = new Set(`destroy refresh-only auto-approve compact-warnings json no-color input lock refresh detailed-exitcode allow-deferral minimal-refresh dry-run force allow-missing ignore-remote-version
  concise show-sensitive consolidate-warnings consolidate-errors backend force-copy get reconfigure migrate-state upgrade no-tests raw draw-cycles list write diff check recursive or-create update
  enable-plugin-cache lock-file verbose allow-missing-config get-plugins verify-plugins`.split(/\s+/));
const VALUED: ReadonlySet<string> = new Set(`target exclude target-file exclude-file replace invoke var var-file out state state-out backup backup-out parallelism lock-timeout generate-config-out config deprecation json-into
  backend-config from-module plugin-dir lockfile test-directory plan type module-depth id fs-mirror net-mirror platform cloud-run filter query junit-xml provider client-id`.split(/\s+/));

/** Every command that has more than one word; the rest of a line belongs to the first word. Source: Terraform's commands.go, and OpenTofu's. */
const NESTED: ReadonlySet<string> = new Set(`state list|state rm|state mv|state pull|state push|state show|state replace-provider|state identities|workspace list|workspace show|workspace select|workspace new|workspace delete
|env list|env select|env new|env delete|providers lock|providers mirror|providers schema|metadata functions`.split(/[|\n]+/));
/** Commands that take these two out of their words wherever they stand, before they read the rest. Source: internal/command/arguments/view.go, ParseView. */
const VIEWED = /^(?:apply|destroy|plan|refresh|validate|output|show|test|query|init|get|graph|providers|modules)$/;

/** A line of Terraform or OpenTofu, with the folder that it changes to. */
export interface TerraformLine extends ExactLine {
  readonly chdir: Word | undefined;
  /** A whole answer that it gives instead of the command. */
  readonly instead: 'help' | 'version' | undefined;
}

/** The words that TF_CLI_ARGS adds, for a command (`state rm`) or all; undefined: not known. */
export type AddedWords = (variable: string) => readonly Word[] | undefined;

/** Names of the variables that add words to a command, in the order in which the words come to stand. Source: main.go, mergeEnvArgs: the particular one is put in last, and so stands first. */
export function wordVariables(command: string): readonly string[] {
  return [`TF_CLI_ARGS_${command.replace(/[ -]/g, '_')}`, 'TF_CLI_ARGS'];
}

const text = (word: Word | undefined): string => (word === undefined ? '' : (word.value ?? word.parts[0] ?? ''));

/** The command of these words and where it ends. Source: github.com/hashicorp/cli, cli.go, processArgs. */
function commandOf(words: readonly Word[]): { readonly command: string; readonly from: number; readonly to: number } {
  for (let i = 0; i < words.length; i += 1) {
    const first = text(words[i]);
    if (first === '--') break;
    if (first.startsWith('-') || (first === '' && words[i]?.value !== undefined)) continue;
    const two = `${first} ${text(words[i + 1])}`;
    return NESTED.has(two) ? { command: two, from: i, to: i + 2 } : { command: first, from: i, to: i + 1 };
  }
  return { command: '', from: words.length, to: words.length };
}

/**
 * Reads the words behind the name as Terraform does: `-chdir` first, the words of TF_CLI_ARGS right behind the command, `-help` and
 * `-version` anywhere, and options only up to the first word that is none (Go's flag package).
 * Source: Terraform 1.11, main.go; github.com/hashicorp/cli; Go's flag package, FlagSet.parseOne.
 */
export function readTerraformLine(given: readonly Word[], added: AddedWords): TerraformLine {
  const kept = keptWith(given);
  if (kept === undefined) return TERRAFORM.read({ given, added });
  const before = kept.get(TERRAFORM) as Known | undefined;
  if (before !== undefined && before.more === moreOf(before.command, added)) return before.line;
  const line = TERRAFORM.read({ given, added });
  // By the typed words alone: what the variables add does not choose them.
  const { command } = commandOf(withoutChdir(given).words);
  kept.set(TERRAFORM, { command, more: moreOf(command, added), line } satisfies Known);
  return line;
}

/** A real argv is read once for what the variables add to it, as `lineOf` has it for tools without such variables. */
interface Known {
  readonly command: string;
  readonly more: string;
  readonly line: TerraformLine;
}

const moreOf = (command: string, added: AddedWords): string => JSON.stringify(wordVariables(command).map((name) => added(name)?.map((w) => w.value ?? w.parts) ?? null));

export const TERRAFORM = { read };

function read({ given, added }: { readonly given: readonly Word[]; readonly added: AddedWords }): TerraformLine {
  const { chdir, words: after, problems } = withoutChdir(given);
  const { command } = commandOf(after);
  let words = after;
  for (const variable of [...wordVariables(command)].reverse()) {
    const more = added(variable);
    if (more === undefined) problems.push(`The words that ${variable} adds are not known.`);
    if (more === undefined || more.length === 0) continue;
    const last = command.split(' ').at(-1) ?? '';
    const at = words.findIndex((w) => w.value === last) + 1;
    words = [...words.slice(0, at), ...more, ...words.slice(at)];
  }
  const found = commandOf(words);
  const ends = words.findIndex((w) => w.value === '--');
  const asked = ends < 0 ? words : words.slice(0, ends);
  // Both count wherever they stand, even as the value of another option.
  const instead = words.some((w) => /^--?version$|^-v$/.test(w.value ?? '')) ? 'version' : asked.some((w) => /^--?help$|^-h$/.test(w.value ?? '')) ? 'help' : undefined;
  if (found.from > 0 && found.command !== '') problems.push(`${text(words[0])} stands before the command, where only -chdir may.`);
  const view = VIEWED.test(found.command) ? /^-(?:no-color|compact-warnings)$/ : /^-no-color$/;
  const behind = words.slice(found.to);
  const parsed = parseFlags(behind.filter((w) => !view.test(w.value ?? '')));
  const path = words.slice(found.from, found.to);
  return {
    chdir, instead, path: path.map(text), words: [...path, ...parsed.args], rest: undefined, problems: [...problems, ...parsed.problems],
    options: [
      ...(chdir === undefined ? [] : [{ name: '-chdir', value: chdir }]), ...parsed.options,
      ...behind.flatMap((w) => (w.value !== undefined && view.test(w.value) ? [{ name: w.value, value: undefined }] : [])),
      ...(instead === undefined ? [] : [{ name: `-${instead}`, value: undefined }]),
    ],
  };
}

function withoutChdir(given: readonly Word[]): { readonly chdir: Word | undefined; readonly words: readonly Word[]; readonly problems: string[] } {
  const end = given.findIndex((w) => !text(w).startsWith('-'));
  const at = given.slice(0, end < 0 ? given.length : end).findLastIndex((w) => /^-chdir=./s.test(w.value ?? '') || (w.value === undefined && text(w).startsWith('-chdir=')));
  const word = given[at];
  if (word === undefined) return { chdir: undefined, words: given, problems: [] };
  return { chdir: tailOf(word, 7), words: given.filter((_, i) => i !== at), problems: [] };
}

/** Options up to the first word that is none, as Go's flag package reads them. */
function parseFlags(words: readonly Word[]): { readonly options: readonly CliOption[]; readonly args: readonly Word[]; readonly problems: readonly string[] } {
  const options: CliOption[] = [];
  const problems: string[] = [];
  let i = 0;
  for (; i < words.length; i += 1) {
    const word = words[i];
    const whole = text(word);
    if (word === undefined || !/^-./s.test(whole)) break;
    if (word.value === '--') {
      i += 1;
      break;
    }
    const dashes = whole.startsWith('--') ? 2 : 1;
    const equals = whole.indexOf('=', dashes);
    const name = whole.slice(dashes, equals < 0 ? undefined : equals);
    const value = equals < 0 ? undefined : tailOf(word, equals + 1);
    if (!FLAGS.has(name) && !VALUED.has(name)) problems.push(`The option -${name} is not known, so what this command does can't be previewed. Run it without that option, or look at a plan by hand.`);
    else if (value === undefined && VALUED.has(name)) {
      const next = words[i + 1];
      i += 1;
      if (next === undefined) problems.push(`The option -${name} has no value.`);
      options.push({ name: `-${name}`, value: next });
      continue;
    }
    options.push({ name: `-${name}`, value });
  }
  return { options, args: words.slice(i), problems };
}

/**
 * The words of a text as Terraform splits TF_CLI_ARGS; undefined when it refuses the text.
 * Source: github.com/mattn/go-shellwords 1.0.12, Parse, with neither variables nor backticks.
 */
export function shellWords(from: string): readonly Word[] | undefined {
  const out: string[] = [];
  let word = '';
  let got = false, escaped = false, single = false, double = false, back = false;
  for (const c of from) {
    if (escaped) {
      word += c === 't' ? '\t' : c === 'n' ? '\n' : c;
      escaped = false;
      got = true;
    } else if (c === '\\' && !single) escaped = true;
    else if (/[ \t\r\n]/.test(c)) {
      if (single || double || back) word += c;
      else if (got) {
        out.push(word);
        word = '';
        got = false;
      }
    } else if (c === '`' && !single && !double) {
      back = !back;
      word += c;
      got = true;
    } else if (c === '"' && !single) {
      double = !double;
      got = true;
    } else if (c === '\'' && !double) {
      single = !single;
      got = true;
    } else if (/[;&|<>]/.test(c) && !single && !double && !back) break;
    else if (c === '(' && !single && !double && !back) return undefined;
    else {
      got = true;
      word += c;
    }
  }
  if (got) out.push(word);
  return escaped || single || double || back ? undefined : out.map((w) => knownWord(w));
}

/** A real argv, taken apart with what the variables of this environment add. */
export const terraformLine = (argv: readonly string[], env: Readonly<Record<string, string | undefined>>): TerraformLine =>
  readTerraformLine(behindName(wordsOf(argv)), (variable) => shellWords(env[variable] ?? ''));
