import { statSync } from 'node:fs';
import path from 'node:path';

import { inHome, type Env } from '../detect/inputs';
import type { Found } from './inputs/found';
import { mayHaveRules } from './team-rules';

/** A question's rules are read for so many folders; those that hold rules or a repository themselves come first. */
const MOST = 40;
/** Variables that move a tool to another folder. Source: Terragrunt documentation, "CLI options", --working-dir. */
const VARIABLES = ['TG_WORKING_DIR', 'TERRAGRUNT_WORKING_DIR'];

/**
 * The folders, other than the working one, that a command is about: of each file that it reads by its own words, and each folder or file
 * that a word of it names (`-chdir=`, `--cwd`, `-f`, `file://`). The rules above them count like those above the working folder.
 */
export function namedFolders(argv: readonly string[], cwd: string, env: Env, found: Found): readonly string[] {
  const words = [...argv.slice(1).flatMap(pathsIn), ...VARIABLES.flatMap((name) => env[name] || [])];
  const named = words.flatMap((word): string[] => {
    const at = path.resolve(cwd, word.startsWith('~/') ? (inHome(env, word.slice(2)) ?? word) : word);
    const kind = kindOf(at);
    return kind === 'folder' ? [at] : kind === 'file' || /[\\/]/.test(word) ? [path.dirname(at)] : [];
  });
  const read = [...found.looks].flatMap(([file, look]) => (found.owned.has(file) ? [] : [look.kind === 'folder' ? file : path.dirname(file)]));
  const all = [...new Set([...named, ...read])].filter((dir) => !isAbove(dir, cwd));
  // The folders above count with each: only the innermost are asked about.
  const holding = new Set(all.filter(mayHaveRules));
  const innermost = all.filter((dir) => holding.has(dir) || !all.some((other) => other !== dir && isAbove(dir, other)));
  return innermost.sort((a, b) => Number(holding.has(b)) - Number(holding.has(a))).slice(0, MOST);
}

/** What of a word may be a path: behind `=`, an attached letter, `@` and a scheme, and each of a list. */
function pathsIn(word: string): string[] {
  const value = /^--?[\w-]+=(.*)$/s.exec(word)?.[1] ?? /^-[A-Za-z]([./~].*)$/s.exec(word)?.[1] ?? (word.startsWith('-') ? '' : word);
  return value.split(',').flatMap((part) => {
    const behind = part.includes('=') ? [part.slice(part.indexOf('=') + 1)] : [];
    return [part, ...behind].map((text) => text.replace(/^@/, '').replace(/^fileb?:\/\//, ''))
      .filter((text) => text !== '' && text.length <= 4096 && !text.includes('\0') && !/^[a-z][a-z0-9+.-]*:\/\//i.test(text));
  });
}

function isAbove(dir: string, place: string): boolean {
  return dir === place || place.startsWith(dir.endsWith(path.sep) ? dir : dir + path.sep);
}

function kindOf(file: string): 'folder' | 'file' | undefined {
  try {
    return statSync(file).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}
