// Runs test/vscode/ inside a real VS Code, against an extension as it was packaged.
//   node scripts/test-vscode.mjs --extension DIR [--grep TEXT]
// DIR is an unpacked package. The desktop VS Code is taken where it can be downloaded, else the browser workbench.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildTests, loadTestModule } from './build-tests.mjs';
import { findChromium, launchBrowser, newPage, pageActions, serveDriver, workbenchUrl } from './page-driver.mjs';
import { must, root, say, until } from './process.mjs';
import { QUIET_SETTINGS, downloadDesktop, startWorkbench } from './vscode.mjs';

const LIMIT_MS = 12 * 60_000;
const START_LIMIT_MS = 90_000;
const out = path.join(root, 'out/vscode');
const agentExtension = path.join(root, 'test/vscode/agent-extension');
const testModule = path.join(root, 'out/test/vscode/index.js');

/** The settings of the tested editor: what its terminals see of AWS is moto's server and credentials that mean nothing. */
function settings(aws) {
  const shell = process.platform === 'darwin' ? 'osx' : process.platform === 'win32' ? 'windows' : 'linux';
  return {
    [`terminal.integrated.env.${shell}`]: aws,
    'terminal.integrated.defaultProfile.linux': 'bash',
    'window.newWindowDimensions': 'inherit',
    'workbench.colorTheme': 'Default Dark Modern',
    'files.autoSave': 'off',
  };
}

function awsEnvironment(endpoint) {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_REGION: 'eu-west-1',
    // Version 1 of the AWS CLI reads only this one.
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
}

/** A temp folder with a HOME of its own and the fixture workspace as a git repository with one commit. */
async function prepare() {
  // Unix socket paths are limited to about 100 bytes, so the folder's name is short.
  const base = mkdtempSync(path.join(os.tmpdir(), 'hp-'));
  const home = path.join(base, 'home');
  const workspace = path.join(base, 'workspace');
  mkdirSync(home, { mode: 0o700 });
  writeFileSync(path.join(home, '.gitconfig'), '[user]\n\tname = Test\n\temail = test@example.com\n[init]\n\tdefaultBranch = main\n');
  // Without this file, zsh greets its new user with a questionnaire.
  writeFileSync(path.join(home, '.zshrc'), '');
  // VS Code asks a login shell for the environment, and /etc/profile would put PATH back to the system's own.
  writeFileSync(path.join(home, '.profile'), `export PATH='${process.env.PATH}'\n`);
  cpSync(path.join(root, 'test/vscode/workspace'), workspace, { recursive: true });
  const env = { ...process.env, HOME: home };
  await must('git', ['init', '-q', '-b', 'main'], { cwd: workspace, env });
  await must('git', ['add', '-A'], { cwd: workspace, env });
  await must('git', ['commit', '-q', '-m', 'Fixture'], { cwd: workspace, env });
  return { base, home, workspace };
}

/** Starts moto's server through the tests' own support module. Gives {url, stop} or {reason}. */
async function moto() {
  if (!existsSync(path.join(root, 'test/support/moto.ts'))) return { reason: 'there is no test/support/moto.ts', stop() {} };
  const { startMoto } = await loadTestModule('test/support/moto.ts');
  try {
    const server = await startMoto();
    return server?.url ? server : { reason: server?.reason ?? 'moto_server is not installed', stop() {} };
  } catch (error) {
    return { reason: String(error.message ?? error), stop() {} };
  }
}

/** Counts what the mocha reporter in the extension host tells, and prints it as it comes. */
function collector() {
  const result = { passed: 0, failed: 0, notRun: [], ended: false };
  const failures = [];
  const events = (event) => {
    switch (event.kind) {
      case 'pass':
        result.passed++;
        console.log(`  ✔ ${event.title} (${event.ms} ms)`);
        break;
      case 'fail':
        result.failed++;
        failures.push(event);
        console.log(`  ✘ ${event.title}`);
        break;
      case 'not-run':
        result.notRun.push(`${event.title}: ${event.reason}`);
        break;
      case 'end':
        result.ended = true;
        break;
    }
  };
  const report = () => failures.forEach((f, i) => console.log(`\n  ${i + 1}) ${f.title}\n     ${f.error.replace(/\n/g, '\n     ')}`));
  return { result, events, report };
}

/**
 * Runs the test module in the browser workbench. Throws when the workbench or the page does not come up.
 * The package is put where an installation puts it, so nothing of an extension under development helps it along; the
 * workbench loads one extension in development only (the last one named), and that is the tests' agent.
 */
async function inWorkbench(extension, place, driver, env, userSettings, result) {
  const { publisher, name, version } = JSON.parse(readFileSync(path.join(extension, 'package.json'), 'utf8'));
  cpSync(extension, path.join(place.base, 'server/extensions', `${publisher}.${name}-${version}`), { recursive: true });
  const server = await startWorkbench({
    dataDir: path.join(place.base, 'server'),
    home: place.home,
    settings: userSettings,
    env: { ...env, HOLDPOINT_TEST_PAGE: '1' },
    forTests: true,
  });
  const browser = await launchBrowser();
  const consoleLines = [];
  try {
    const page = await newPage(browser);
    page.on('console', (message) => consoleLines.push(`${message.type()}: ${message.text()}`));
    let exit;
    await page.exposeFunction('codeAutomationLog', (type, args) => consoleLines.push(`host ${type}: ${JSON.stringify(args)}`));
    await page.exposeFunction('codeAutomationExit', (code) => {
      exit = code;
    });
    driver.drive(pageActions(page, path.join(root, 'out/screenshots')));
    const started = Date.now();
    await page.goto(workbenchUrl(server, place.workspace, { extensions: [agentExtension], tests: testModule }));
    const end = await until(() => {
      const silent = result.passed + result.failed + result.notRun.length === 0;
      return exit !== undefined || (silent && Date.now() - started > START_LIMIT_MS && 'silent');
    }, LIMIT_MS);
    if (exit === undefined || !result.ended || result.failed > 0) {
      mkdirSync(out, { recursive: true });
      await page.screenshot({ path: path.join(out, 'last.png') }).catch(() => undefined);
    }
    if (!result.ended) {
      throw new Error(end ? `the tests ended before they said so (${exit ?? end})` : `the tests did not end in ${LIMIT_MS / 60_000} minutes`);
    }
  } finally {
    await browser.close();
    await server.stop();
    mkdirSync(out, { recursive: true });
    writeFileSync(path.join(out, 'console.log'), consoleLines.join('\n'));
    writeFileSync(path.join(out, 'server.log'), server.log());
    const logs = path.join(place.base, 'server/data/logs');
    if (existsSync(logs)) cpSync(logs, path.join(out, 'logs'), { recursive: true });
  }
}

/** Runs the same module in the desktop VS Code: everything but the tests that drive a page. */
async function onDesktop(program, extension, place, env, userSettings) {
  const user = path.join(place.base, 'user/User');
  mkdirSync(user, { recursive: true });
  writeFileSync(path.join(user, 'settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...userSettings }));
  const { runTests } = await import('@vscode/test-electron');
  await runTests({
    vscodeExecutablePath: program,
    extensionDevelopmentPath: [extension, agentExtension],
    extensionTestsPath: testModule,
    extensionTestsEnv: { ...env, HOME: place.home },
    launchArgs: [place.workspace, '--disable-workspace-trust', `--user-data-dir=${path.join(place.base, 'user')}`],
  }).catch(() => undefined); // A failed test ends the editor with an error; the collector has counted it already.
}

/**
 * Runs the tests. Takes the folder of the unpacked package; gives {passed, failed, notRun} where notRun holds a line for
 * each thing that could not run and why. Never throws for a failing test.
 */
export async function testInVscode({ extension, grep = '' }) {
  await buildTests(['vscode']);
  rmSync(out, { recursive: true, force: true });
  const desktop = await downloadDesktop();
  if (!desktop.program) {
    say(`no desktop VS Code (${desktop.reason}): taking the browser workbench`);
    if (!findChromium()) return { passed: 0, failed: 0, notRun: ['VS Code tests: there is no Chromium to show the workbench in'] };
  }
  const { result, events, report } = collector();
  const aws = await moto();
  if (aws.reason) result.notRun.push(`VS Code tests with AWS: ${aws.reason}`);
  const place = await prepare();
  const driver = await serveDriver({ events });
  try {
    const env = {
      HOLDPOINT_TEST_DRIVER: driver.url,
      HOLDPOINT_TEST_MOTO: aws.url ?? '',
      HOLDPOINT_TEST_GREP: grep,
    };
    const userSettings = settings(aws.url ? awsEnvironment(aws.url) : awsEnvironment('http://127.0.0.1:9'));
    if (desktop.program) await onDesktop(desktop.program, extension, place, env, userSettings);
    else await inWorkbench(extension, place, driver, env, userSettings, result);
    if (!result.ended) throw new Error('the tests ended before they said so');
  } catch (error) {
    result.failed++;
    console.log(`  ✘ ${error.message} (see out/vscode/)`);
  } finally {
    await driver.close();
    await aws.stop();
    rmSync(place.base, { recursive: true, force: true, maxRetries: 5 });
  }
  report();
  return result;
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { extension: { type: 'string' }, grep: { type: 'string' } } });
  if (!values.extension) throw new Error('Say which package to test: --extension DIR (npm run package -- --unpack DIR makes one).');
  const { passed, failed, notRun } = await testInVscode({ extension: path.resolve(values.extension), grep: values.grep });
  for (const line of notRun) console.log(`not run: ${line}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}
