import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { makeHome, type Home } from './home';
import { readRulesList, readRulesText } from './read-rules';
import { seenFile } from './seen-rules';
import { cmdShim, firstLine, GUARDED, nodeFile, PLAIN_SH, posixShim, powershellShim } from './shim';
import { shQuote } from '../model/sh-quote';
import { SHIM_MARK } from './shim-mark';
import { execHook, hookFile, hookFolder } from './version-managers';

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
export function install(options: InstallOptions): void {
  const { home } = options;
  makeHome(home);
  for (const { file, content, mode } of written(options)) put(file, content, mode);
}

/** Which Node the shims start: the editor's that installed last. */
const NODE_FILE = 'node.sh';

/** What of the installation is not as it must be, in words; empty when all is in place. */
export function installProblems(options: InstallOptions): string[] {
  const { home, platform = process.platform } = options;
  const all = written(options);
  return all.flatMap(({ file, content, mode }): string[] => {
    try {
      if (!lstatSync(file).isFile()) return [`${file} is not a file of its own`];
      if (!readFileSync(file).equals(Buffer.from(content))) return [`${file} was changed${path.basename(file) === NODE_FILE ? ', by the window of another editor or by another program' : ''}`];
      return platform !== 'win32' && (mode & 0o100) !== 0 && !(statSync(file).mode & 0o100) ? [`${file} is not executable`] : [];
    } catch {
      return [`${file} is missing`];
    }
  }).concat(strangers(home, all.map(({ file }) => file)));
}

interface Written {
  readonly file: string;
  readonly content: string | Buffer;
  readonly mode: number;
}

/** Everything that an installation is made of: what is written, and what is compared. */
function written({ home, dist, execPath, electron, platform = process.platform }: InstallOptions): readonly Written[] {
  const bundles = bundleFiles(dist).map((name) => ({ file: path.join(home.lib, name), content: readFileSync(path.join(dist, name)), mode: 0o600 }));
  const mark = { file: path.join(home.bin, SHIM_MARK), content: 'Folders with this file hold shims, not tools.\n', mode: 0o600 };
  const tools = Object.keys(GUARDED);
  if (platform === 'win32') {
    return [
      ...bundles,
      ...tools.flatMap((tool) => [
        { file: path.join(home.bin, `${tool}.cmd`), content: cmdShim(tool, home.lib, execPath, electron), mode: 0o700 },
        { file: path.join(home.bin, `${tool}.ps1`), content: powershellShim(tool, home.lib, execPath, electron), mode: 0o700 },
      ]),
      { file: path.join(home.bin, 'holdpoint.cmd'), content: `@"${execPath}" "${home.lib}\\cli.js" %*\r\n`, mode: 0o700 },
      mark,
    ];
  }
  return [
    ...bundles,
    { file: path.join(home.lib, NODE_FILE), content: nodeFile(execPath, electron), mode: 0o600 },
    ...tools.map((tool) => ({ file: path.join(home.bin, tool), content: posixShim(tool, home.lib), mode: 0o700 })),
    { file: path.join(home.bin, 'holdpoint'), content: launcher(home.lib), mode: 0o700 },
    { file: hookFile(home), content: execHook(home.bin, SHIM_MARK), mode: 0o600 },
    { file: readRulesList(home.dir), content: readRulesText(seenFile(home.seenRules).all()), mode: 0o600 },
    mark,
  ];
}

/** What lies among the shims and hooks and was not put there: the one is found first on PATH, the other read by version managers. */
function strangers(home: Home, mine: readonly string[]): string[] {
  return [home.bin, hookFolder(home)].flatMap((folder) => namesIn(folder).map((name) => path.join(folder, name)))
    .filter((file) => !mine.some((m) => m === file || m.startsWith(file + path.sep)) && !/\.\d+\.new$/.test(file))
    .map((file) => `${file} does not belong there`);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
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

/** Writes a file whole, when its content or mode differ. */
function put(file: string, content: string | Buffer, mode: number): void {
  try {
    if (readFileSync(file).equals(Buffer.from(content)) && (statSync(file).mode & 0o777) === mode && lstatSync(file).isFile()) return;
  } catch {
    // Not there yet.
  }
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const half = `${file}.${process.pid}.new`;
  writeFileSync(half, content, { mode });
  chmodSync(half, mode);
  renameSync(half, file);
}
