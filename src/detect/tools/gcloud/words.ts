import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { TargetContext } from '../../../model';
import { type ReaderContext, type Invocation, knownWord, type Word } from '../../invocation';
import { variable } from '../cli/call';
import type { CliLine, CliOption } from '../cli/line';
import { readIni } from '../ini';

/** A file of flags may name another one; a ring is refused by gcloud. */
const FILE_DEPTH = 8;
/** Flags that keep a change from happening: not believed beside a file that can't be read, which may take them back. */
const KEEPS = /^(?:--dry-run|--validate-only|--preview|--list-commands|--print-url|--help|-h)$/;

/**
 * The words with every `--flags-file` replaced by what it holds, in its place, as gcloud does before it parses anything.
 * Source: googlecloudsdk/calliope/cli.py, `_ApplyFlagsFile`; `gcloud topic flags-file`.
 */
export function withFlagsFiles(words: readonly Word[], invocation: Invocation, detect: ReaderContext): readonly Word[] {
  if (!words.some((w) => (w.value ?? w.parts[0] ?? '').startsWith('--flags-file'))) return words;
  const out: Word[] = [];
  let unread = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (!word) continue;
    const text = word.value ?? word.parts[0] ?? '';
    const joined = text.startsWith('--flags-file=');
    if (!joined && text !== '--flags-file') {
      out.push(word);
      continue;
    }
    const file = joined ? (word.value === undefined ? undefined : text.slice('--flags-file='.length)) : words[++i]?.value;
    const flags = file === undefined ? undefined : flagsOf(file, invocation, detect, 0);
    if (flags) out.push(...flags.map((f) => knownWord(f, word.range)));
    else unread = true;
  }
  return unread ? out.filter((w) => !KEEPS.test(w.value ?? '')) : out;
}

/** The words that a file of flags stands for; undefined when it can't be read. */
function flagsOf(file: string, invocation: Invocation, detect: ReaderContext, depth: number): string[] | undefined {
  const cwd = invocation.cwd ?? detect.cwd;
  if (file === '-' || depth > FILE_DEPTH || (!path.isAbsolute(file) && cwd === undefined)) return undefined;
  const text = detect.readFile?.(path.resolve(cwd ?? '/', file));
  let data: unknown;
  try {
    data = text === undefined ? undefined : parseYaml(text, { maxAliasCount: 100 });
  } catch {
    return undefined;
  }
  if (typeof data !== 'object' || data === null) return undefined;
  const out: string[] = [];
  for (const member of Array.isArray(data) ? (data as unknown[]) : [data]) {
    if (typeof member !== 'object' || member === null) return undefined;
    for (const [flag, value] of Object.entries(member)) {
      if (flag === '--flags-file') {
        for (const next of Array.isArray(value) ? (value as unknown[]) : [value]) {
          const inner = flagsOf(String(next), invocation, detect, depth + 1);
          if (!inner) return undefined;
          out.push(...inner);
        }
      } else if (value === null || value === undefined || typeof value === 'boolean') out.push(flag); // `--quiet: false` is `--quiet`, too
      else out.push(`${flag}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
    }
  }
  return out;
}

/** Short names of options that name targets. Source: googlecloudsdk/command_lib/sql/flags.py. */
const SHORT: Readonly<Record<string, string>> = { '-i': '--instance', '-d': '--database' };

/** Commands behind whose `--` words of another program stand; everywhere else they are the command's own. */
const PASSES_ON = /^(?:.*ssh|run|exec|execute|execute-extra-commands|submit|docker|kubectl|interactive|scp|connect|start-iap-tunnel|train|local)$/;

/**
 * The options as gcloud keeps them: of `--X` and `--no-X` the last one, and of one that names a target the last value.
 * A value that is a bare `--` gets lost. Source: googlecloudsdk/calliope/parser_arguments.py, which gives every switch its opposite
 * with the same destination; Python, argparse, _get_values.
 */
export function settled(line: CliLine, targets: ReadonlySet<string>): CliLine {
  const stem = (o: CliOption): string => o.name.replace(/^--no-/, '--');
  const opposite = (o: CliOption, later: CliOption): boolean => stem(o) === stem(later) && o.name !== later.name;
  const named = line.options.map((o) => (SHORT[o.name] === undefined || o.value === undefined ? o : { ...o, name: SHORT[o.name] ?? o.name }));
  const given = named.map((o) => (o.value?.value === '--' ? { ...o, value: { ...o.value, value: undefined } } : o));
  const options = given.filter((o, i) => !given.slice(i + 1).some((later) => opposite(o, later) || (targets.has(o.name) && later.name === o.name)));
  const own = line.rest !== undefined && !line.words.some((w) => PASSES_ON.test(w.value ?? ''));
  return own ? { words: [...line.words, ...(line.rest ?? []).filter((w) => w.value !== '--')], options, rest: undefined } : { ...line, options };
}

/** The last `--configuration` among all words, also behind a bare `--`: gcloud looks for it before it parses. Source: named_configs.py, `_FindFlagValue`. */
function configurationOf({ argv }: Invocation): string | undefined {
  const at = argv.findLastIndex((w) => w.value === '--configuration' || w.value?.startsWith('--configuration=') === true);
  const text = argv[at]?.value;
  return text === '--configuration' ? argv[at + 1]?.value : text?.slice('--configuration='.length);
}

/** The properties that say where a command acts and as whom, by the context's name for them. */
const PROPERTIES = { project: ['core', 'project'], account: ['core', 'account'], zone: ['compute', 'zone'], region: ['compute', 'region'], impersonating: ['auth', 'impersonate_service_account'] } as const;

/**
 * What neither option nor variable told, from the configuration in force.
 * Source: `gcloud topic configurations`; googlecloudsdk/core/configurations/named_configs.py and core/config.py (Paths).
 */
export function withConfiguration(context: TargetContext, invocation: Invocation, detect: ReaderContext): TargetContext {
  const base = variable('CLOUDSDK_CONFIG', invocation, detect) ?? (variable('APPDATA', invocation, detect) === undefined ? undefined : path.join(variable('APPDATA', invocation, detect) ?? '', 'gcloud'))
    ?? (detect.home === undefined ? undefined : path.join(detect.home, '.config', 'gcloud'));
  const read = (...parts: readonly string[]): string | undefined => (base !== undefined && path.isAbsolute(base) ? detect.readFile?.(path.join(base, ...parts)) : undefined);
  const name = (configurationOf(invocation) || undefined) ?? context.other?.['configuration'] ?? (read('active_config')?.trim() || 'default');
  const text = name === 'NONE' ? undefined : read('configurations', `config_${name}`);
  if (text === undefined) return context;
  const file = readIni(text);
  const other: Record<string, string> = { ...context.other };
  const own: { account?: string; region?: string } = {};
  for (const [key, [section, property]] of Object.entries(PROPERTIES)) {
    const value = file.get(section)?.get(property);
    if (value === undefined || value === '') continue;
    if (key === 'account' || key === 'region') own[key] = value;
    else other[key] ??= value;
  }
  return { ...own, ...context, ...(Object.keys(other).length > 0 && { other }) };
}
