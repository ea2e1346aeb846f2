import type { Subject } from '../../engines/finding';
import { type DetectContext, type Finding, type Invocation, knownWord, type ReaderContext, shText, type Word } from '../../invocation';
import type { CliOption } from './line';
import { maybeOn, surelyOn, type Repeated } from './switches';

export { found, named, targetsOf, type FindingParts } from '../../engines/finding';

/** One command of a tool with everything that helps to judge it. */
export interface CliCall extends Subject {
  readonly detect: ReaderContext;
  /** The words of the command that were found in the table (`['compute', 'droplet', 'delete']`). */
  readonly path: readonly string[];
  /** The words behind the path: usually what it acts on. */
  readonly args: readonly Word[];
  readonly options: readonly CliOption[];
  /** All words behind the tool's name, in order: for options that take several words. */
  readonly given: readonly Word[];
  /** What stands behind `--`. */
  readonly rest: readonly Word[] | undefined;
  readonly repeated: Repeated;
  /** What could not be understood of the words, each a sentence: then no option is certain. */
  readonly problems: readonly string[];
}

/** The last use of one of these options; undefined when none is given. */
export function option(call: Pick<CliCall, 'options'>, ...names: readonly string[]): CliOption | undefined {
  return call.options.findLast((o) => names.includes(o.name));
}

type Options = Pick<CliCall, 'options'> & Partial<Pick<CliCall, 'repeated'>>;

/** True when a flag may be on: given, and not switched off for certain (`--flag=false`). */
export const flag = (call: Options, ...names: readonly string[]): boolean => maybeOn(call.options, names, call.repeated);

/** True when a flag is on for certain: for what makes a command less. */
export const surely = (call: Pick<CliCall, 'options' | 'repeated' | 'problems'>, ...names: readonly string[]): boolean => call.problems.length === 0 && surelyOn(call.options, names, call.repeated);

/** The known text of an option; undefined when it isn't given or not known. */
export function optionText(call: Pick<CliCall, 'options'>, ...names: readonly string[]): string | undefined {
  return option(call, ...names)?.value?.value;
}

/** All known texts of an option that may be given several times, or with commas. */
export function optionTexts(call: Pick<CliCall, 'options'>, ...names: readonly string[]): string[] {
  return call.options.filter((o) => names.includes(o.name)).flatMap((o) => (o.value?.value === undefined ? [] : [o.value.value]));
}

/** The command again, quoted for a shell: without some words, and with others behind it. */
export function rewrittenCommand(invocation: Invocation, dropped: (word: string) => boolean, added: readonly string[]): string {
  const kept = invocation.argv.filter((w) => w.value === undefined || !dropped(w.value)).map(shText);
  return [...kept, ...added].join(' ');
}

/** What words that a tool starts as a command of their own would do (`docker exec c rm -rf /data`). */
export function runWords(words: readonly Word[], call: Pick<CliCall, 'invocation' | 'detect'>): Finding[] {
  return runText(words.map(shText).join(' '), call);
}

/** What a text that a tool gives to a shell would do (`gcloud compute ssh --command TEXT`). */
export function runText(text: string, { invocation, detect }: Pick<CliCall, 'invocation' | 'detect'>): Finding[] {
  if (text.trim() === '') return [];
  const depth = Number(detect.env?.[DEPTH] ?? 0);
  if (depth > 8) return [];
  const env = { ...detect.env, [DEPTH]: String(depth + 1) };
  return detect.readers.find('shell', text, { ...detect, env, ...(invocation.cwd !== undefined && { cwd: invocation.cwd }) }).map((f) => ({ ...f, range: invocation.range }));
}

/**
 * What a text would run on another machine, in a container or as a build: neither our files nor our variables are its own.
 * @param stdin what it reads, see {@link ReaderContext}.
 */
export function runRemote(text: string, { invocation, detect }: Pick<CliCall, 'invocation' | 'detect'>, stdin?: DetectContext['stdin'], elsewhere?: DetectContext['elsewhere']): Finding[] {
  const depth = Number(detect.env?.[DEPTH] ?? 0);
  if (text.trim() === '' || depth > 8) return [];
  return detect.readers.find('shell', text, { readers: detect.readers, env: { [DEPTH]: String(depth + 1) }, ...(stdin !== undefined && { stdin }), ...(elsewhere && { elsewhere }) }).map((f) => ({ ...f, range: invocation.range }));
}

/** Whether it reads an input that nobody has seen; at the moment of execution it may be a terminal as long as nobody says what it is. */
export function readsUnseen({ invocation, detect }: Pick<CliCall, 'invocation' | 'detect'>): boolean {
  if (invocation.stdin !== undefined) return false;
  return detect.stdin === 'unseen' || (detect.readFile !== undefined && invocation.range.end > 0);
}

/** Counts commands in commands, so that a text that quotes itself ends. No shell can set a variable of this name. */
const DEPTH = ' holdpoint depth';

/** A variable as the command would get it: set for it, or in the environment. Undefined when unset or not known. */
export function variable(name: string, invocation: Invocation, detect: ReaderContext): string | undefined {
  if (invocation.env.has(name)) return invocation.env.get(name) || undefined;
  return detect.env?.[name] || undefined;
}

/** The text of a file that a command names, by its working directory. A `~` is the shell's affair: what is still there is a name. */
export function fileText(name: string, { invocation, detect }: Pick<CliCall, 'invocation' | 'detect'>): string | undefined {
  const cwd = invocation.cwd ?? detect.cwd;
  const path = name.startsWith('/') || /^[A-Za-z]:[\\/]/.test(name) ? name : cwd === undefined ? undefined : `${cwd}/${name}`;
  return path === undefined ? undefined : detect.readFile?.(path);
}

/** Words made of a text by blanks, with quotes: the value of a variable that adds options (`TF_CLI_ARGS`). */
export function splitWords(text: string): Word[] {
  return [...text.matchAll(/(?:[^\s"']+|"(?:[^"\\]|\\.)*"|'[^']*')+/g)].map((m) => knownWord(m[0].replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_, d: string | undefined, s: string | undefined) => d?.replace(/\\(.)/g, '$1') ?? s ?? '')));
}
