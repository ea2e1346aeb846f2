/** What a command line of a terminal did to that terminal's PATH, as far as its text tells. */
import path from 'node:path';

/**
 * `folder`: this folder now comes first. `unknown`: something was put first that only the shell knows. `undefined`: nothing.
 */
export type PathChange = { readonly kind: 'folder'; readonly folder: string } | { readonly kind: 'unknown'; readonly what: string } | undefined;

/**
 * Commands that put an environment's folder first, and that name it only to themselves. Sources: the documentation of conda,
 * virtualenvwrapper, Poetry, Pipenv, Hatch, PDM, Nix, asdf and mise.
 */
const ELSEWHERE = new RegExp(`^(?:${[
  '(?:conda|mamba|micromamba|pyenv)\\s+(?:activate|shell)', 'workon', 'poetry\\s+shell', 'pipenv\\s+shell', 'hatch\\s+shell', 'pdm\\s+venv\\s+activate',
  'nix-shell', 'nix\\s+(?:develop|shell)', 'asdf\\s+shell', 'mise\\s+(?:use|shell|activate)',
].join('|')})\\b`);
/** The activation script of a virtual environment, in each shell's form. Source: the Python documentation, `venv`. */
const ACTIVATE = /^(?:source|\.|&)?\s*(["']?)((?:[^"';&|\s\\]|\\.)*(?:bin|Scripts)[\\/]activate(?:\.(?:fish|csh|bat|ps1))?)\1\s*$/i;
/** PATH set by hand. */
const SET = /^(?:export\s+|typeset\s+-x\s+|set\s+(?:-\w+\s+)*)?PATH(?:\s*=\s*|\s+)["']?(\S*)|^(?:fish_add_path\b|\$env:PATH\s*=)/i;
/** What is only put behind the rest buries nothing. */
const BEHIND = /^(?:\$\{?PATH\b|%PATH%)/i;

/** The words that take an environment's folder off PATH again. */
const LEAVES = /^(?:deactivate|conda\s+deactivate)$/;

const partsOf = (line: string): string[] => line.split(/&&|\|\||[;\n]/).map((p) => p.trim());

/** Whether a command line put the shims first again: an environment was left, or PATH was set with them at its beginning. */
export function putsShimsFirst(line: string, bin: string): boolean {
  return partsOf(line).some((part) => LEAVES.test(part) || (SET.exec(part)?.[1] ?? '').startsWith(bin));
}

/**
 * @param line the command line as the terminal told it. @param cwd where it ran. @param home the user's home folder.
 * @param bin the shims' folder.
 */
export function pathChange(line: string, cwd: string, home: string, bin: string): PathChange {
  let change: PathChange;
  for (const part of partsOf(line)) {
    const script = ACTIVATE.exec(part)?.[2];
    if (script !== undefined) {
      const at = (process.platform === 'win32' ? script : script.replaceAll(/\\(.)/g, '$1')).replace(/^~(?=[\\/])/, home);
      change = /[$`*]/.test(at) ? { kind: 'unknown', what: part } : { kind: 'folder', folder: path.dirname(path.resolve(cwd, at)) };
    } else if (LEAVES.test(part)) change = undefined;
    else if (ELSEWHERE.test(part)) change = { kind: 'unknown', what: part };
    else if (SET.test(part)) {
      const value = SET.exec(part)?.[1] ?? '';
      if (value.startsWith(bin)) change = undefined;
      else if (!BEHIND.test(value)) change = { kind: 'unknown', what: part };
    }
  }
  return change;
}
