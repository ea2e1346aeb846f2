import path from 'node:path';
import type { DetectContext } from '../../invocation';
import { readIni } from '../ini';

/** Aliases of the AWS CLI: top-level ones by name, and those of one service (AWS CLI v2) by `service name`. */
export type AwsAliases = ReadonlyMap<string, string>;

const NONE: AwsAliases = new Map();
/**
 * The aliases in `~/.aws/cli/alias`.
 * Source: awscli/alias.py (an INI file; the section `toplevel`; a value that starts with ! is a shell command; an alias
 * shadows a built-in command of its name) and the AWS CLI v2 user guide, "Creating and using AWS CLI aliases" (`[command s3]`).
 */
export function readAwsAliases(context: DetectContext): AwsAliases {
  if (context.home === undefined || context.readFile === undefined) return NONE;
  const text = context.readFile(path.join(context.home, '.aws', 'cli', 'alias'));
  if (text === undefined) return NONE;
  const aliases = new Map<string, string>();
  for (const [section, values] of readIni(text)) {
    const prefix = section === 'toplevel' ? '' : section.startsWith('command ') ? `${section.slice(8).trim()} ` : undefined;
    if (prefix !== undefined) for (const [name, value] of values) aliases.set(`${prefix}${name}`, value.trim());
  }
  return aliases;
}

/** Splits an alias's value into words like Python's `shlex.split`; undefined when a quote is left open (the CLI refuses it). */
export function splitAlias(value: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quoted: string | undefined;
  for (let i = 0; i < value.length; i += 1) {
    const c = value.charAt(i);
    if (quoted !== undefined) {
      if (c === quoted) quoted = undefined;
      else if (c === '\\' && quoted === '"' && /["\\]/.test(value.charAt(i + 1))) word = `${word ?? ''}${value.charAt((i += 1))}`;
      else word = `${word ?? ''}${c}`;
    } else if (c === '"' || c === "'") {
      quoted = c;
      word ??= '';
    } else if (c === '\\') {
      word = `${word ?? ''}${value.charAt((i += 1))}`;
    } else if (/\s/.test(c)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = `${word ?? ''}${c}`;
    }
  }
  if (word !== undefined) words.push(word);
  return quoted === undefined ? words : undefined;
}
