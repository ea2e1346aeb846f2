import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporary } from '../support/temporary';

type Files = Readonly<Record<string, string>>;

interface Problem {
  readonly rule: string;
  readonly file: string;
}

/** A small tree that is laid out as the project and breaks no rule. */
const CLEAN: Files = {
  'src/model/word.ts': "export const word = 'word';\n",
  'src/detect/detect.ts': "import { word } from '../model/word';\n\nexport const detect = word;\n",
  'src/gate/gate.ts': "import { detect } from '../detect/detect';\n\nexport type Gate = typeof detect;\nexport const gate: Gate = detect;\n",
  'src/gate/run.ts': "import { spawn } from 'node:child_process';\n\nexport const run = spawn;\n",
  'src/editor/panel.ts': "import * as vscode from 'vscode';\nimport type { Gate } from '../gate/gate';\n\nexport const panel = (gate: Gate) => vscode.window.createOutputChannel(gate);\n",
  'src/cli/check.ts': "export const check = async () => (await import('../gate/gate')).gate;\n",
  'src/cli.ts': "import { check } from './cli/check';\n\nvoid check();\n",
  'src/extension.ts': "import * as vscode from 'vscode';\nimport { panel } from './editor/panel';\n\nexport const made = [vscode, panel];\n",
  'media/page.ts': "import { word } from '../src/model/word';\n\nexport const page = word;\n",
  'test/group.test.ts': `describe('a group longer than a function', () => {\n${"  it('is', () => undefined);\n".repeat(90)}});\n`,
};

const sum = (lines: number): string => `let x = 0;\n${'x += 1;\n'.repeat(lines)}return x;\n`;

/** What is broken, the rule that says so, and the files by which it is. The first of them is where it is said. */
const VIOLATIONS: readonly (readonly [what: string, rule: string, files: Files])[] = [
  ['an import of a later folder', 'order-model', { 'src/model/late.ts': "import { detect } from '../detect/detect';\nexport const late = detect;\n" }],
  ['a type import of a later folder', 'order-detect', { 'src/detect/late.ts': "import type { Gate } from '../gate/gate';\nexport type Late = Gate;\n" }],
  ['a dynamic import of a later folder', 'order-preview', { 'src/preview/late.ts': "export const late = () => import('../gate/gate');\n" }],
  ['an export from a later folder', 'order-gate', { 'src/gate/late.ts': "export { panel } from '../editor/panel';\n" }],
  ['the gate in the rules', 'order-rules', { 'src/rules/late.ts': "export { gate } from '../gate/gate';\n" }],
  ['the gate in the ledger', 'order-ledger', { 'src/ledger/late.ts': "export { gate } from '../gate/gate';\n" }],
  ['the editor in the agents', 'order-agents', { 'src/agents/late.ts': "export { panel } from '../editor/panel';\n" }],
  ['the editor in the command line', 'order-cli', { 'src/cli/late.ts': "export { panel } from '../editor/panel';\n" }],
  ['a dynamic import of the editor in the command line', 'order-cli', { 'src/cli/late.ts': "export const late = () => import('../editor/panel');\n" }],
  ['the command line in the editor', 'order-editor', { 'src/editor/late.ts': "export { check } from '../cli/check';\n" }],
  ['a root in a folder', 'order-editor', { 'src/editor/late.ts': "export { made } from '../extension';\n" }],
  ['the editor in the root of the command line', 'order-cli', { 'src/cli.ts': "export { panel } from './editor/panel';\n" }],
  ['a dynamic import of the editor in the root of the command line', 'order-cli', { 'src/cli.ts': "export const cli = () => import('./editor/panel');\n" }],
  ['the command line in the root of the extension', 'order-extension', { 'src/extension.ts': "export { check } from './cli/check';\n" }],
  ['detection in the client of a shim', 'order-client', { 'src/client.ts': "export { detect } from './detect/detect';\n" }],
  ['the gate in the worker of previews', 'order-preview-worker', { 'src/preview-worker.ts': "export const worker = () => import('./gate/gate');\n" }],
  ['the gate in the worker that judges', 'order-judge-worker', { 'src/judge-worker.ts': "export { gate } from './gate/gate';\n" }],
  ['a root that nobody has described', 'order-no-other-root', { 'src/other.ts': "export { word } from './model/word';\n" }],
  ['the gate in the page', 'order-page', { 'media/late.ts': "export { gate } from '../src/gate/gate';\n" }],
  ['a ring of two imports', 'no-cycle', { 'src/model/ring.ts': "export { word } from './word';\n", 'src/model/word.ts': "export { word } from './ring';\n" }],
  ['a ring through a dynamic import and a type', 'no-cycle', {
    'src/detect/detect.ts': "export const detect = () => import('./ring');\n",
    'src/detect/ring.ts': "import type { detect } from './detect';\nexport type Ring = typeof detect;\n",
  }],
  ['vscode outside the editor', 'vscode-in-the-editor-only', { 'src/gate/window.ts': "import * as vscode from 'vscode';\nexport const w = vscode;\n" }],
  ['a dynamic import of vscode in the command line', 'vscode-in-the-editor-only', { 'src/cli/window.ts': "export const w = () => import('vscode');\n" }],
  ['vscode in a root', 'vscode-in-the-editor-only', { 'src/cli.ts': "export { window } from 'vscode';\n" }],
  ['a process started by detection', 'no-process-here', { 'src/detect/run.ts': "export { spawn } from 'node:child_process';\n" }],
  ['a process started by the editor through a dynamic import', 'no-process-here', { 'src/editor/run.ts': "export const run = () => import('child_process');\n" }],
  ['a process started by a root', 'no-process-here', { 'src/extension.ts': "export { fork } from 'node:child_process';\n" }],
  ['a thread started by the gate', 'no-thread-here', { 'src/gate/thread.ts': "export { Worker } from 'node:worker_threads';\n" }],
  ['an import that leads nowhere', 'found', { 'src/model/lost.ts': "export { lost } from './nowhere';\n" }],
  ['a line of 141 columns', 'max-len', { 'src/model/wide.ts': `export const wide = '${'x'.repeat(118)}';\n` }],
  ['a line of 141 columns in a script', 'max-len', { 'scripts/wide.mjs': `// ${'x'.repeat(138)}\n` }],
  ['a function of 81 lines', 'project/function-length', { 'src/model/long.ts': `export function long() {\n${sum(77)}}\n` }],
  ['a function of 81 lines in a script', 'project/function-length', { 'scripts/long.mjs': `export const long = () => {\n${sum(77)}};\n` }],
  ['a test of 81 lines, though in a group', 'project/function-length', { 'test/long.test.ts': `describe('a', () => {\nit('b', () => {\n${sum(77)}});\n});\n` }],
  ['a test that is skipped', 'no-restricted-syntax', { 'test/skip.test.ts': "it.skip('a', () => undefined);\n" }],
  ['a notification past the one place for them', 'no-restricted-syntax', {
    'src/editor/tell.ts': "import * as vscode from 'vscode';\nvoid vscode.window.showErrorMessage('a');\n",
  }],
  ['a file that is not formatted', 'format', { 'src/model/loose.ts': 'export const loose = {a:1}\n' }],
];

describe('the linter', () => {
  const folder = temporary('holdpoint-lint-');
  const put = (files: Files): void => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
  };
  let problemsIn: (folder: string) => Promise<readonly Problem[]>;
  before(async () => {
    // Also the rules that do not hold everywhere yet.
    process.env['LINT_ALL_RULES'] = '1';
    ({ problemsIn } = (await import(pathToFileURL(path.resolve('scripts/lint.mjs')).href)) as { problemsIn: typeof problemsIn });
    delete process.env['LINT_ALL_RULES'];
  });
  beforeEach(() => put(CLEAN));

  it('finds nothing in a tree that breaks no rule, though a group of tests is longer than a function may be', async () => {
    assert.deepEqual(await problemsIn(folder), []);
  });

  for (const [what, rule, files] of VIOLATIONS) {
    it(`names ${rule} for ${what}, and no other rule`, async () => {
      put(files);
      try {
        const problems = await problemsIn(folder);
        const [place] = Object.keys(files);
        assert.ok(problems.some((p) => p.rule === rule && p.file === place), JSON.stringify(problems));
        assert.deepEqual([...new Set(problems.map((p) => p.rule))].filter((other) => other !== rule && other !== 'format'), []);
      } finally {
        for (const file of Object.keys(files)) rmSync(path.join(folder, file));
      }
    });
  }

  it('says so as a command, and fails', () => {
    put({ 'src/model/late.ts': "export { detect } from '../detect/detect';\n" });
    assert.throws(
      () => execFileSync(process.execPath, ['scripts/lint.mjs', folder], { encoding: 'utf8', stdio: 'pipe' }),
      (error: { readonly status: number; readonly stdout: string }) => error.status === 1 && /src\/model\/late\.ts:1 order-model: /.test(error.stdout),
    );
  });
});
