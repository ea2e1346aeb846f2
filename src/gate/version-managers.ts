import path from 'node:path';

import type { Home } from './home';
import { shQuote } from '../model/sh-quote';

/**
 * Version managers whose `exec` puts the chosen interpreter's own folder first on PATH for everything that it starts: a tool
 * of the same name in it (an `aws` installed with pip) would bury the shims. Each sources the `*.bash` files of its hook
 * folders before that. Sources: pyenv `libexec/pyenv-exec`, `pyenv-hooks`; rbenv `libexec/rbenv-exec`; nodenv `libexec/nodenv-exec`.
 */
const VERSION_MANAGERS = ['PYENV', 'RBENV', 'NODENV'] as const;

/** The variables that name further hook folders, a list like PATH. */
export const HOOK_VARIABLES: readonly string[] = VERSION_MANAGERS.map((name) => `${name}_HOOK_PATH`);

/** The folder that those variables name. */
export function hookFolder(home: Pick<Home, 'lib'>): string {
  return path.join(home.lib, 'hooks');
}

/** Where the hook lies: it is for their `exec` alone. */
export function hookFile(home: Pick<Home, 'lib'>): string {
  return path.join(hookFolder(home), 'exec', 'holdpoint.bash');
}

/**
 * The text of the hook: keeps the shims before the interpreter's folder, where they were on PATH already and still stand.
 * @param bin absolute path of the shims' folder. @param mark name of the file that tells a shims' folder.
 */
export function execHook(bin: string, mark: string): string {
  // pyenv adds only what begins with its own folder, others add whatever is there: PATH is right after either.
  const keep = VERSION_MANAGERS.map((name) => `  if [[ -n "\${${name}_BIN_PATH-}" ]]; then
    ${name}_BIN_PATH="$hp_bin:$${name}_BIN_PATH"
    PATH="$${name}_BIN_PATH:$PATH"
  fi`);
  return `# Holdpoint: keeps its shims before the folder that comes first on PATH now.
hp_bin=${shQuote(bin)}
case ":$PATH:" in *":$hp_bin:"*) if [[ -e "$hp_bin/${mark}" ]]; then
${keep.join('\n')}
fi ;; esac
unset hp_bin
`;
}
