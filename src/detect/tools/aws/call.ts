import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { Target, TargetContext } from '../../../model';
import type { DetectContext, Finding, Invocation, ReaderContext, Word } from '../../invocation';
import { meansOption, type AwsCommandLine, type AwsOption } from './command-line';
import { awsParameterPath, namesIn, variablesIn, type PathNames } from './path';

/** One AWS command as its words are read. */
export interface AwsWords {
  readonly invocation: Invocation;
  readonly detect: DetectContext;
  readonly context: TargetContext;
  /** Words before the first option. */
  readonly positionals: readonly Word[];
  readonly options: readonly AwsOption[];
  readonly separator: AwsCommandLine['separator'];
  /** The members of `--cli-input-json` or `--cli-input-yaml`; undefined when there is none or it can't be read. */
  readonly input: Readonly<Record<string, unknown>> | undefined;
  /** Phrases on what could not be resolved. */
  readonly unknowns: readonly string[];
}

/** One AWS command with everything that helps to judge it. */
export interface AwsCall extends AwsWords {
  readonly detect: ReaderContext;
}

/**
 * The words of the last use of an option, shortened or not; undefined when it isn't given. argparse keeps the last one however it is
 * spelled, and a beginning that fits several options is refused by the CLI.
 */
export function optionWords(call: Pick<AwsWords, 'options'>, name: string): readonly Word[] | undefined {
  return call.options.findLast((o) => meansOption(o, name))?.values;
}

/** True when a flag is in force: the last of `--name` and `--no-name` wins, shortened or not. */
export function flagState(call: Pick<AwsWords, 'options'>, name: string): 'on' | 'off' | undefined {
  const last = call.options.findLast((o) => meansOption(o, name) || meansOption(o, `no-${name}`));
  return last === undefined ? undefined : meansOption(last, name) ? 'on' : 'off';
}

/**
 * True when a flag with which nothing is done is certainly on: only its whole name counts, it must be the last of it and its opposite,
 * and nowhere may a bare `--` make a value of it.
 */
export function surelyOn(call: Pick<AwsWords, 'options' | 'separator'>, name: string): boolean {
  const last = call.options.findLast((o) => meansOption(o, name) || meansOption(o, `no-${name}`));
  return call.separator === 'none' && last?.name === name && last.values.length === 0;
}

/**
 * The members of `--cli-input-json` or `--cli-input-yaml` (AWS CLI v2). What stands on the command line wins over them, member by member.
 * @returns undefined when there is none, when it can't be read, or when both are given.
 */
export function readInput(call: Pick<AwsWords, 'options' | 'detect' | 'invocation'>): AwsWords['input'] {
  const given = inputOptions(call);
  const last = given.at(-1);
  if (last === undefined || new Set(given.map(isYamlInput)).size > 1) return undefined;
  const word = last.values[0];
  const text = word?.value === undefined ? undefined : readParameter(word.value, call.detect, call.invocation);
  return text === undefined ? undefined : readObject(text, isYamlInput(last));
}

/** Every use of an option that gives the whole input. */
export function inputOptions(call: Pick<AwsWords, 'options'>): readonly AwsOption[] {
  return call.options.filter((o) => meansOption(o, 'cli-input-json') || meansOption(o, 'cli-input-yaml'));
}

const isYamlInput = (option: AwsOption): boolean => !meansOption(option, 'cli-input-json');

/**
 * True for a parameter that the AWS CLI v1 replaces by what it fetches from there; v2 takes it as it stands.
 * Source: awscli/paramfile.py; its exceptions (PARAMFILE_DISABLED) that name a thing to act on all end so.
 */
export const isFetched = (text: string, option: string): boolean => /^https?:\/\//.test(text) && !/(?:^|-)ur[il]s?$/.test(option);

/** True when the flag is given, shortened or not. */
export function hasFlag(call: Pick<AwsWords, 'options'>, name: string): boolean {
  return optionWords(call, name) !== undefined;
}

/**
 * The texts of an option's values, their `file://` read, joined by a blank; of the first `most` only, where the others are not its own.
 * Falls back to the member of `--cli-input-json`. Undefined when it isn't given or not known.
 */
export function optionList(call: AwsWords, name: string, member?: string, most?: number): string | undefined {
  const words = optionWords(call, name)?.slice(0, most);
  if (words === undefined) {
    const value = member === undefined ? undefined : call.input?.[member];
    if (value === undefined) return undefined;
    return typeof value === 'string' ? value : JSON.stringify(value);
  }
  const texts = words.map((w) => (w.value === undefined || isFetched(w.value, name) ? undefined : readParameter(w.value, call.detect, call.invocation)));
  return texts.some((t) => t === undefined) ? undefined : texts.join(' ');
}

/**
 * The texts of an option that takes a list, each by itself: words, a JSON list, or the member of `--cli-input-json`. Undefined when it
 * isn't given or not known.
 */
export function optionTexts(call: AwsWords, name: string, member: string): readonly string[] | undefined {
  const words = optionWords(call, name);
  const given = call.input?.[member];
  if (words === undefined) return typeof given === 'string' ? [given] : Array.isArray(given) ? given.map(String) : undefined;
  const texts: string[] = [];
  for (const word of words) {
    const text = word.value === undefined || isFetched(word.value, name) ? undefined : readParameter(word.value, call.detect, call.invocation);
    if (text === undefined) return undefined;
    texts.push(...(/^\s*\[/.test(text) ? (jsonList(text)?.map(String) ?? [text]) : [text]));
  }
  return texts;
}

/** A parameter's text: `file://PATH` is read from the file that the AWS CLI would open, anything else stands for itself. */
export function readParameter(text: string, detect: DetectContext, invocation: Pick<Invocation, 'cwd'> & Partial<Pick<Invocation, 'env'>>): string | undefined {
  const file = /^fileb?:\/\/(.*)$/s.exec(text)?.[1];
  if (file === undefined) return text;
  const { env } = invocation;
  // Set to something unknown, the file is unknown.
  const unknown = [...variablesIn([file])].some((name) => (env?.has(name) === true ? env.get(name) === undefined : detect.env === undefined));
  if (unknown) return undefined;
  const expanded = awsParameterPath(file, namesFor(detect, invocation));
  return expanded === undefined ? undefined : readBeside(expanded, detect, invocation);
}

/** What the names in a path stand for. What a shell's text sets for the command comes before its environment. */
export function namesFor(detect: DetectContext, { env }: Partial<Pick<Invocation, 'env'>>): PathNames {
  const own = env === undefined ? {} : Object.fromEntries(env);
  return namesIn({ ...(detect.home !== undefined && { HOME: detect.home }), ...detect.env, ...own }, detect.home, detect.readFile, process.platform === 'win32');
}

/** The text of a file, seen from the working directory: what `..` behind a link means is left to the system. */
export function readBeside(file: string, detect: Pick<DetectContext, 'cwd' | 'readFile'>, invocation: Pick<Invocation, 'cwd'>): string | undefined {
  const cwd = invocation.cwd ?? detect.cwd;
  if (!path.isAbsolute(file) && cwd === undefined) return undefined;
  return detect.readFile?.(path.isAbsolute(file) ? file : `${cwd ?? ''}${path.sep}${file}`);
}

/** JSON, or for YAML input YAML, as an object; undefined when it isn't one. */
export function readObject(text: string, yaml = false): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = yaml ? parseYaml(text, { maxAliasCount: 100 }) : JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What the words of an option name, as targets: a list in JSON becomes several, an unknown word one that isn't known.
 * Of several words the AWS CLI takes each as it stands. Source: awscli/paramfile.py, awscli/argprocess.py.
 */
export function wordTargets(words: readonly Word[], type: string, call: AwsCall, option = ''): Target[] {
  return words.flatMap((word): Target[] => {
    if (word.value === undefined || word.multi) return [{ type, name: word.raw === '' ? undefined : word.raw, known: false }];
    if (words.length > 1) return [{ type, name: word.value, known: true }];
    if (isFetched(word.value, option)) return [{ type, name: word.value, known: false }];
    const text = readParameter(word.value, call.detect, call.invocation);
    if (text === undefined) return [{ type, name: word.value, known: false }];
    return text.trimStart().startsWith('[') ? valueTargets(jsonList(text) ?? text, type) : [{ type, name: text, known: true }];
  });
}

/** What a member of a JSON input names, as targets. */
export function valueTargets(value: unknown, type: string): Target[] {
  if (Array.isArray(value)) return value.flatMap((v) => valueTargets(v, type));
  return [{ type, name: typeof value === 'string' ? value : JSON.stringify(value), known: true }];
}

/** What a sentence calls the targets of a finding. */
export const nameOf = (base: Pick<Finding, 'targets'>, otherwise = 'the resource'): string => targetNames(base.targets) ?? otherwise;

/** The API's member of an option (`final-db-snapshot-identifier`: `FinalDBSnapshotIdentifier`). */
export const memberOf = (option: string): string => option.split('-').map((w) => (w === 'db' ? 'DB' : w.charAt(0).toUpperCase() + w.slice(1))).join('');

/** Canned ACLs that let everybody in. Source: S3 user guide, "Canned ACL". */
export const PUBLIC_ACLS = ['public-read', 'public-read-write', 'authenticated-read'];

/** The names of targets for a sentence; undefined when there is none. */
export function targetNames(targets: readonly Target[]): string | undefined {
  const names = targets.flatMap((t) => (t.name === undefined ? [] : [t.name]));
  if (names.length === 0) return undefined;
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

/** Phrases for every word that can't be known before it runs. */
export function unknownWords(words: readonly Word[], what: string): string[] {
  return words.filter((w) => w.value === undefined || w.multi).map((w) => `the ${what} comes from ${w.raw}`);
}

/** A finding of this tool with the parts that are always the same filled in. */
export function finding(call: AwsCall, parts: Pick<Finding, 'operation' | 'mutation' | 'reason'> & Partial<Finding>): Finding {
  return {
    tool: 'aws',
    effects: [],
    reversibility: { kind: parts.mutation === 'none' || parts.mutation === 'additive' ? 'reversible' : 'unknown' },
    targets: [],
    context: call.context,
    guardsOff: [],
    range: call.invocation.range,
    ...parts,
    unknowns: [...call.unknowns, ...(parts.unknowns ?? [])],
  };
}

function jsonList(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
