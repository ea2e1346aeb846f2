// npm run knowledge -- NAME …: makes tables of knowledge/ again from their sources. `npm run knowledge:check` compares instead of writing,
// and says which tables it could not make on this machine.
import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folder, tableNames, textOf, written } from './knowledge/tables.mjs';
import { lastLines, root, run, which } from './process.mjs';
import { ensureDependencies } from './setup.mjs';

/** A generator ends with this when what it reads is not on the machine. */
const NOT_HERE = 3;

const python = (name, ...args) => ({ program: 'python3', args: ['-B', `scripts/knowledge/${name}.py`, ...args] });
const node = (name) => ({ program: process.execPath, args: [`scripts/knowledge/${name}.mjs`] });

/** The folder of the Google Cloud SDK, as gcloud itself stands in it; nothing without one. */
function sdk() {
  const gcloud = which('gcloud');
  const found = gcloud === undefined ? '' : path.dirname(path.dirname(realpathSync(gcloud)));
  return existsSync(path.join(found, 'data/cli/gcloud_completions.py')) ? [found] : [];
}

/** In the order in which they build on one another: doors ask what the other tables name, and arguments are those of doors. */
const GENERATORS = {
  'aws-operations': () => python('aws-operations'),
  'aws-short-options': () => python('aws-short-options'),
  'aws-sensitive': () => python('aws-sensitive'),
  'gcloud-commands': () => python('gcloud-commands', ...sdk()),
  'az-commands': () => python('az-commands'),
  'kubectl-flags': () => node('kubectl-flags'),
  'terraform-tree': () => node('terraform-tree'),
  'cfn-resource-types': () => node('cfn-resource-types'),
  doors: () => python('doors', ...sdk()),
  'aws-arguments': () => python('aws-arguments'),
};
/** Programs that a generator asks; without one it need not be started. */
const ASKS = { 'kubectl-flags': 'kubectl', 'terraform-tree': 'terraform' };

/** Makes a table. Gives {text, line}, or {missing}, or {problem}. */
async function made(name) {
  const { program, args } = GENERATORS[name]();
  const needed = ASKS[name] ?? program;
  if (needed !== process.execPath && which(needed) === undefined) return { missing: `${needed} is not installed` };
  const { code, output, errors } = await run(program, args, { cwd: root, limitMs: 600_000, apart: true });
  if (code === NOT_HERE) return { missing: lastLines(errors, 1) };
  if (code !== 0) return { problem: lastLines(errors, 5) };
  try {
    return { text: written(JSON.parse(output)), line: lastLines(errors, 1) };
  } catch (error) {
    return { problem: `what it printed is no table: ${error.message}` };
  }
}

/** The versions that a table was made from, as one text. */
function sourcesOf(text) {
  const { sources, source } = JSON.parse(text);
  return source ?? Object.entries(sources ?? {}).map((pair) => pair.join(' ')).join(', ');
}

/** What is to be said of a table that was made again, and whether it is in order. */
function compared(name, text) {
  const now = textOf(name);
  if (now === text) return { good: true, line: 'the same' };
  if (sourcesOf(now) !== sourcesOf(text)) return { good: undefined, line: `not compared: it is of ${sourcesOf(now)}, and here is ${sourcesOf(text)}` };
  const lines = new Set(now.split('\n'));
  const other = text.split('\n').filter((line) => !lines.has(line));
  return { good: false, line: `differs in ${other.length} lines, first ${(other[0] ?? 'a line that is gone').slice(0, 160)}` };
}

async function check(names) {
  let different = 0;
  let open = 0;
  for (const name of tableNames().filter((table) => names.length === 0 || names.includes(table))) {
    let verdict = { good: true, line: 'written by hand' };
    if (written(JSON.parse(textOf(name))) !== textOf(name)) verdict = { good: false, line: 'is not sorted with one record a line' };
    else if (name in GENERATORS) {
      const { text, missing, problem } = await made(name);
      if (problem !== undefined) verdict = { good: false, line: problem };
      else verdict = missing === undefined ? compared(name, text) : { good: undefined, line: `not made: ${missing}` };
    }
    console.log(`${name.padEnd(22)}${verdict.line}`);
    if (verdict.good === false) different += 1;
    if (verdict.good === undefined) open += 1;
  }
  const said = different === 0 ? 'What could be made again is the same.' : `${different} tables are not what their generators make.`;
  console.log(open === 0 ? said : `${said} ${open} could not be compared here.`);
  return different === 0;
}

async function write(names) {
  const unknown = names.filter((name) => !(name in GENERATORS));
  if (names.length === 0 || unknown.length > 0) {
    console.error(`Name tables to make: ${Object.keys(GENERATORS).join(', ')}. The others in knowledge/ are written by hand.`);
    return false;
  }
  for (const name of Object.keys(GENERATORS).filter((one) => names.includes(one))) {
    const { text, line, missing, problem } = await made(name);
    if (text === undefined) {
      console.error(`${name}: ${missing ?? problem}`);
      return false;
    }
    writeFileSync(path.join(folder, `${name}.json`), text);
    console.log(`${name}: ${line}`);
  }
  return true;
}

await ensureDependencies();
const names = process.argv.slice(2).filter((word) => !word.startsWith('-'));
process.exitCode = (await (process.argv.includes('--check') ? check(names) : write(names))) ? 0 : 1;
