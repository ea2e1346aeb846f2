import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { makeHome, type Home } from './home';
import { cmdShim, firstLine, GUARDED, nodeFile, PLAIN_SH, posixShim, powershellShim } from './shim';
import { shQuote } from './sh-quote';
import { SHIM_MARK } from './shim-mark';
import { execHook, hookFile } from './version-managers';

export interface InstallOptions {
  readonly home: Home;
  /** Folder of the bundles: `client.js`, `cli.js`, `preview-worker.js`, `knowledge/`. */
  readonly dist: string;
  /** The Node (or Electron) that runs them. */
  readonly execPath: string;
  readonly electron: boolean;
  readonly platform?: NodeJS.Platform;
}

/**
 * Puts shims and what they start into the home. Safe to repeat and to run in several windows at once: each file appears
 * whole or not at all, and one whose content is right is not touched.
 * @throws when the home can't be written: the caller says that commands are not guarded.
 */
export function install({ home, dist, execPath, electron, platform = process.platform }: InstallOptions): void {
  makeHome(home);
  for (const file of bundleFiles(dist)) place(path.join(home.lib, file), path.join(dist, file));
  if (platform === 'win32') {
    for (const tool of Object.keys(GUARDED)) {
      put(path.join(home.bin, `${tool}.cmd`), cmdShim(tool, home.lib, execPath, electron), 0o700);
      put(path.join(home.bin, `${tool}.ps1`), powershellShim(tool, home.lib, execPath, electron), 0o700);
    }
    put(path.join(home.bin, 'holdpoint.cmd'), `@"${execPath}" "${home.lib}\\cli.js" %*\r\n`, 0o700);
  } else {
    put(path.join(home.lib, 'node.sh'), nodeFile(execPath, electron), 0o600);
    for (const tool of Object.keys(GUARDED)) put(path.join(home.bin, tool), posixShim(tool, home.lib), 0o700);
    put(path.join(home.bin, 'holdpoint'), launcher(home.lib), 0o700);
    mkdirSync(path.dirname(hookFile(home)), { recursive: true, mode: 0o700 });
    put(hookFile(home), execHook(home.bin, SHIM_MARK), 0o600);
  }
  put(path.join(home.bin, SHIM_MARK), 'Folders with this file hold shims, not tools.\n', 0o600);
}

/** What of the installation is not as it must be, in words; empty when all is in place. */
export function installProblems({ home, dist, execPath, electron, platform = process.platform }: InstallOptions): string[] {
  const problems: string[] = [];
  const expect = (file: string, content: string | Buffer): void => {
    try {
      if (!readFileSync(file).equals(Buffer.from(content))) problems.push(`${file} was changed`);
      else if (platform !== 'win32' && path.dirname(file) === home.bin && !(statSync(file).mode & 0o100) && path.basename(file) !== SHIM_MARK) problems.push(`${file} is not executable`);
    } catch {
      problems.push(`${file} is missing`);
    }
  };
  for (const tool of Object.keys(GUARDED)) {
    if (platform === 'win32') expect(path.join(home.bin, `${tool}.cmd`), cmdShim(tool, home.lib, execPath, electron));
    else expect(path.join(home.bin, tool), posixShim(tool, home.lib));
  }
  if (platform !== 'win32') expect(hookFile(home), execHook(home.bin, SHIM_MARK));
  expect(path.join(home.lib, 'client.js'), readFileSync(path.join(dist, 'client.js')));
  return problems;
}

function launcher(lib: string): string {
  const at = shQuote(lib);
  return `${firstLine()}${PLAIN_SH}hp_node=
hp_electron=
if test -r ${at}/node.sh; then . ${at}/node.sh; fi
test -x "$hp_node" || { hp_electron=; hp_node=node; }
if test -n "$hp_electron"; then ELECTRON_RUN_AS_NODE=1; export ELECTRON_RUN_AS_NODE; fi
exec "$hp_node" ${at}/cli.js "$@"
`;
}

/** Bundles and tables, relative to the folder; the extension and the panel stay where they are. */
function bundleFiles(dist: string): string[] {
  const tables = readdirSync(path.join(dist, 'knowledge')).map((f) => path.join('knowledge', f));
  return ['client.js', 'cli.js', 'preview-worker.js', ...tables];
}

/** Copies a file when size or content differ. */
function place(to: string, from: string): void {
  try {
    if (readFileSync(to).equals(readFileSync(from))) return;
  } catch {
    // Not there yet.
  }
  mkdirSync(path.dirname(to), { recursive: true, mode: 0o700 });
  const half = `${to}.${process.pid}.new`;
  copyFileSync(from, half);
  chmodSync(half, 0o600);
  renameSync(half, to);
}

/** Writes a file whole, when its content or mode differ. */
function put(file: string, content: string, mode: number): void {
  try {
    if (readFileSync(file, 'utf8') === content && (statSync(file).mode & 0o777) === mode) return;
  } catch {
    // Not there yet.
  }
  const half = `${file}.${process.pid}.new`;
  writeFileSync(half, content, { mode });
  chmodSync(half, mode);
  renameSync(half, file);
}
