import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';

const IGNORE_FILES = ['.gitignore', '.ignore', '.holdpointignore'];

/** Every file below a folder, in order, that no ignore file names. Links are not followed; `.git` and `node_modules` are never entered. */
export function* filesBelow(folder: string, problem: (text: string) => void, rules: readonly { readonly base: string; readonly rule: Ignore }[] = above(folder)): Generator<string> {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    problem(`${folder}: could not be read (${String((error as NodeJS.ErrnoException).code)})`);
    return;
  }
  const own = [...rules, ...rulesIn(folder)];
  for (const entry of entries) {
    const full = path.join(folder, entry.name);
    if (entry.name === '.git' || entry.name === 'node_modules' || entry.isSymbolicLink()) continue;
    if (own.some(({ base, rule }) => rule.ignores(`${path.relative(base, full).split(path.sep).join('/')}${entry.isDirectory() ? '/' : ''}`))) continue;
    if (entry.isDirectory()) yield* filesBelow(full, problem, own);
    else if (entry.isFile()) yield full;
  }
}

function rulesIn(folder: string): { base: string; rule: Ignore }[] {
  return IGNORE_FILES.flatMap((name) => {
    try {
      return [{ base: folder, rule: ignore().add(readFileSync(path.join(folder, name), 'utf8')) }];
    } catch {
      return [];
    }
  });
}

/** The ignore files of the folders above, up to the repository's top. */
function above(folder: string): { base: string; rule: Ignore }[] {
  const out: { base: string; rule: Ignore }[] = [];
  const isTop = (dir: string): boolean => {
    try {
      lstatSync(path.join(dir, '.git'));
      return true;
    } catch {
      return false;
    }
  };
  for (let dir = folder; !isTop(dir) && path.dirname(dir) !== dir;) {
    dir = path.dirname(dir);
    out.unshift(...rulesIn(dir));
  }
  return out;
}
