// npm test: installs what is missing and runs every part; `npm test -- unit vscode` runs the parts named.
// A part prints its own "N passed, N failed". One that can't run on this machine says why in one line and is not counted
// as passed; on CI (CI=true) it is a failure, because there everything must be there.
import path from 'node:path';
import { makePackage, unpack } from './package.mjs';
import { must, root, run, say } from './process.mjs';
import { ensureDebianPackages, ensureDependencies } from './setup.mjs';
import { runQueue } from './test-queue.mjs';

const bin = (file) => path.join(root, 'node_modules', file);
// How long each file takes is written to test/durations.json, for the order in which the next run takes them.
const record = process.argv.includes('--record-durations');
const OK = { passed: 0, failed: 0, notRun: [] };

/** Runs a tool that either succeeds or not: one passed or one failed. */
async function tool(program, args, limitMs = 300_000) {
  const { code } = await run(program, args, { echo: true, limitMs });
  return { ...OK, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/** Builds and runs the tests of a folder, several at once. `limitMs` ends a process that hangs, `spare` is the number of workers beyond the processors. */
async function mocha(folder, { limitMs, spare = 0 }) {
  // Loaded late, here and below: these modules need the npm packages that the setup installs.
  const { buildTests } = await import('./build-tests.mjs');
  const tests = await buildTests([folder]);
  if (tests.length === 0) return { ...OK, failed: 1, notRun: [`there are no tests in test/${folder}`] };
  const { passed, failed, failing } = await runQueue(tests, { limitMs, spare, record });
  for (const files of failing) console.log(`failed: ${files}`);
  return { ...OK, passed, failed };
}

let unpacked;

const parts = {
  check: { title: 'type check', go: () => tool(process.execPath, [bin('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit']) },
  lint: { title: 'lint', go: () => tool(process.execPath, ['scripts/lint.mjs']) },
  build: { title: 'build', go: () => tool(process.execPath, ['esbuild.mjs']) },
  unit: { title: 'unit tests', go: () => mocha('unit', { limitMs: 600_000 }) },
  gate: {
    title: 'the gate with real shells and the real AWS CLI',
    // A file waits for shells and servers half of its time. Measured: it uses 0.4 to 0.9 of a processor.
    async go() {
      // Some start the product as it is built: an older one would be tested.
      await must(process.execPath, ['esbuild.mjs'], { limitMs: 120_000 });
      return mocha('gate', { limitMs: 900_000, spare: 1 });
    },
  },
  package: {
    title: 'package',
    async go() {
      try {
        const { file, bytes } = await makePackage();
        unpacked = await unpack(file, path.join(root, 'out/package'));
        say(`${path.basename(file)}: ${(bytes / 1024).toFixed(0)} kB`);
        return { ...OK, passed: 1 };
      } catch (error) {
        console.log(error.message);
        return { ...OK, failed: 1 };
      }
    },
  },
  vscode: {
    title: 'the package in a real VS Code',
    async go() {
      if (!unpacked) {
        const packed = await parts.package.go();
        if (packed.failed) return packed;
      }
      await ensureDebianPackages(['chromium']);
      const { testInVscode } = await import('./test-vscode.mjs');
      return testInVscode({ extension: unpacked, grep: process.env.HOLDPOINT_TEST_GREP ?? '' });
    },
  },
};

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length) {
  console.error(`There is no part ${unknown.join(', ')}. The parts are: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
await ensureDependencies();
const notRun = [];
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);
// Before the first part that runs something in them: a shell that comes later would not be tested on a fresh machine.
if (isWanted('unit') || isWanted('gate')) {
  const missing = await ensureDebianPackages(['zsh', 'fish']);
  notRun.push(...missing.map((shell) => `what is tested in ${shell}: ${shell} is not installed`));
}
const ci = /^(1|true)$/i.test(process.env.CI ?? '');
const total = { passed: 0, failed: 0 };
for (const [name, { title, go }] of Object.entries(parts)) {
  if (!isWanted(name)) continue;
  const started = Date.now();
  console.log(`\n== ${title}`);
  const result = await go().catch((error) => {
    console.log(error.stack ?? String(error));
    return { ...OK, failed: 1 };
  });
  total.passed += result.passed;
  total.failed += result.failed;
  notRun.push(...result.notRun);
  console.log(`${title}: ${result.passed} passed, ${result.failed} failed (${((Date.now() - started) / 1000).toFixed(0)} s)`);
}
console.log('');
for (const line of notRun) console.log(`not run: ${line}`);
if (ci) total.failed += notRun.length;
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed ? 1 : 0;
// A child of a test that is still about must not keep the command from ending.
process.exit();
