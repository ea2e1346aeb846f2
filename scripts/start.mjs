// npm start: opens VS Code with the packaged extension on a fresh copy of examples/, and cleans up when it ends.
//   npm start -- [--port N] [--no-open] [--no-moto] [--workbench]
// --workbench takes the browser workbench even where a desktop VS Code is at hand.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { terminalSettings, toolFolders } from './example-terminals.mjs';
import { makePackage, unpack } from './package.mjs';
import { freePort, must, root, run, say, stopChild, until, which } from './process.mjs';
import { ensureDependencies } from './setup.mjs';
import { QUIET_SETTINGS, desktopOnPath, downloadDesktop, hasDisplay, installExtension, startWorkbench } from './vscode.mjs';

const EXAMPLE_STACKS = ['prod', 'staging'];

/** Copies examples/ into a folder that becomes a git repository: the story's beginning committed, the agent's edit on top. */
async function prepareWorkspace(folder) {
  cpSync(path.join(root, 'examples'), folder, { recursive: true });
  const patch = path.join(folder, 'agent-edit.patch');
  const git = (...args) => must('git', ['-c', 'user.name=Payments team', '-c', 'user.email=payments@example.com', ...args], { cwd: folder });
  await git('init', '-q', '-b', 'main');
  // The agent wrote this script just now; the team has not seen it.
  await git('add', '-A', '--', '.', ':!payments/fix-environment.sh', ':!agent-edit.patch');
  await git('commit', '-q', '-m', 'The payments service');
  await applyInfrastructure(path.join(folder, 'infra'));
  await git('apply', patch);
  rmSync(patch);
}

/** Makes the Terraform example stand as it is committed, where Terraform is installed; it uses nothing but what is built in. */
async function applyInfrastructure(folder) {
  const terraform = which('terraform');
  if (!terraform) {
    say('terraform is not installed: examples/infra is judged by its text only');
    return;
  }
  for (const args of [['init', '-input=false'], ['apply', '-auto-approve']]) {
    const made = await run(terraform, args, { cwd: folder, env: { ...process.env, CHECKPOINT_DISABLE: '1' }, limitMs: 60_000 });
    if (made.code !== 0) {
      say(`examples/infra could not be applied: ${made.output.trim().split('\n').pop()}`);
      return;
    }
  }
}

/**
 * Starts moto's AWS on loopback, where it is installed, with the example's stacks in it.
 * Gives {env, stop}, or undefined when there is no moto or no AWS CLI.
 */
async function startAws(folder) {
  const moto = which('moto_server');
  const aws = which('aws');
  if (!moto || !aws) {
    say(`the terminals use your own AWS settings (${moto ? 'the AWS CLI' : 'moto_server'} is not installed, so there is no AWS on loopback)`);
    return undefined;
  }
  const port = await freePort();
  const child = spawn(moto, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  child.on('error', () => undefined);
  const url = `http://127.0.0.1:${port}`;
  const env = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'example',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
  const up = await until(async () => child.exitCode !== null || (await fetch(url).then(() => true, () => false)), 30_000);
  if (!up || child.exitCode !== null) {
    await stopChild(child);
    say('moto_server did not start: the terminals use your own AWS settings');
    return undefined;
  }
  // The template as committed, before the agent's edit.
  const template = await must('git', ['show', 'HEAD:payments/template.yaml'], { cwd: folder });
  const file = path.join(path.dirname(folder), 'template.yaml');
  writeFileSync(file, template);
  for (const name of EXAMPLE_STACKS) {
    const made = await run(
      aws,
      ['cloudformation', 'create-stack', '--stack-name', `payments-${name}`, '--template-body', `file://${file}`,
        '--parameters', `ParameterKey=Env,ParameterValue=${name}`, '--capabilities', 'CAPABILITY_IAM'],
      { env: { ...process.env, ...env }, limitMs: 60_000 },
    );
    if (made.code !== 0) say(`payments-${name} could not be made at moto: ${made.output.trim().split('\n').pop()}`);
  }
  say(`an AWS of moto's is at ${url} with ${EXAMPLE_STACKS.map((name) => `payments-${name}`).join(' and ')}; the terminals use it`);
  return { env, stop: () => stopChild(child) };
}

function userSettings(aws) {
  return {
    ...terminalSettings(toolFolders(), aws?.env),
    'workbench.editorAssociations': { 'README.md': 'vscode.markdown.preview.editor' },
    'workbench.startupEditor': 'readme',
  };
}

/** Opens an address in the person's browser; where that can't be done, the printed address is enough. */
function openBrowser(url) {
  const [program, ...args] = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform] ?? ['xdg-open'];
  if (!which(program)) return;
  spawn(program, [...args, url], { stdio: 'ignore', detached: true }).on('error', () => undefined).unref();
}

/** Runs a desktop editor on the workspace with settings of its own, until it or we are ended. */
function openDesktop(program, extension, workspace, base, aws) {
  const user = path.join(base, 'user');
  mkdirSync(path.join(user, 'User'), { recursive: true });
  writeFileSync(path.join(user, 'User/settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...userSettings(aws) }));
  return spawn(
    program,
    [workspace, path.join(workspace, 'README.md'), `--extensionDevelopmentPath=${extension}`, `--user-data-dir=${user}`,
      `--extensions-dir=${path.join(base, 'extensions')}`, '--new-window', '--wait', '--disable-workspace-trust'],
    { stdio: 'ignore', shell: process.platform === 'win32' },
  );
}

const { values: options } = parseArgs({
  options: {
    port: { type: 'string' },
    'no-open': { type: 'boolean' },
    'no-moto': { type: 'boolean' },
    workbench: { type: 'boolean' },
  },
});

await ensureDependencies();
say('building the package');
const { file } = await makePackage();
const base = mkdtempSync(path.join(os.tmpdir(), 'hp-'));
const cleanUps = [() => rmSync(base, { recursive: true, force: true, maxRetries: 5 })];
let ending;
/** Ends everything we started, last first, once. */
function end(code) {
  ending ??= (async () => {
    for (const cleanUp of cleanUps.reverse()) await Promise.resolve(cleanUp()).catch?.(() => undefined);
    process.exit(code);
  })();
  return ending;
}
process.on('SIGINT', () => void end(0));
process.on('SIGTERM', () => void end(0));
process.on('SIGHUP', () => void end(0));

try {
  const workspace = path.join(base, 'payments-team');
  await prepareWorkspace(workspace);
  const aws = options['no-moto'] ? undefined : await startAws(workspace);
  if (aws) cleanUps.push(aws.stop);

  let desktop;
  if (!options.workbench) {
    desktop = desktopOnPath();
    if (!desktop && hasDisplay()) {
      const downloaded = await downloadDesktop();
      if (downloaded.program) desktop = { name: 'VS Code', program: downloaded.program };
      else say(`no desktop VS Code: ${downloaded.reason}`);
    }
  }
  if (desktop) {
    const extension = await unpack(file, path.join(base, 'package'));
    say(`opening ${desktop.name} on ${workspace}; Ctrl-C here ends it`);
    const child = openDesktop(desktop.program, extension, workspace, base, aws);
    cleanUps.push(() => stopChild(child));
    child.on('error', (error) => {
      say(`${desktop.name} could not be started: ${error.message}. Try: npm start -- --workbench`);
      void end(1);
    });
    child.on('exit', (code) => void end(code ?? 0));
  } else {
    const dataDir = path.join(base, 'server');
    mkdirSync(dataDir);
    const token = randomBytes(16).toString('hex');
    await installExtension(dataDir, file);
    const server = await startWorkbench({
      dataDir,
      settings: userSettings(aws),
      port: options.port ? Number(options.port) : undefined,
      token,
    });
    cleanUps.push(server.stop);
    const url = `${server.url}?tkn=${token}&folder=${encodeURIComponent(workspace)}`;
    console.log(`\nVS Code with Holdpoint is at\n\n  ${url}\n\nCtrl-C here ends it and removes what it made.`);
    if (!options['no-open']) openBrowser(url);
  }
} catch (error) {
  console.error(error.message);
  await end(1);
}
