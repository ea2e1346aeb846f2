import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Stands in for Helm, which is not on every machine: prints what Helm's documentation says it prints, and writes down how it was called. */
export interface FakeHelm {
  readonly executable: string;
  /** Answers by the words of the call without options ("get manifest shop"), or with its revision ("get manifest shop 1"). */
  answer(words: string, stdout: string): void;
  /** Every call as it came. */
  calls(): readonly (readonly string[])[];
}

export function makeFakeHelm(folder: string): FakeHelm {
  const executable = path.join(folder, 'helm');
  const [answers, log] = [path.join(folder, 'helm-answers.json'), path.join(folder, 'helm-calls')];
  writeFileSync(executable, `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2);
fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify(args) + '\\n');
const revision = args.map((a) => /^--revision=(.*)$/.exec(a)?.[1]).find((r) => r !== undefined);
const key = [...args.filter((a) => !a.startsWith('-')), ...(revision === undefined ? [] : [revision])].join(' ');
const found = JSON.parse(fs.readFileSync(${JSON.stringify(answers)}, 'utf8'))[key];
if (found === undefined) { process.stderr.write('Error: release: not found\\n'); process.exit(1); }
process.stdout.write(found);
`);
  chmodSync(executable, 0o755);
  const known: Record<string, string> = {};
  const save = (): void => writeFileSync(answers, JSON.stringify(known));
  save();
  writeFileSync(log, '');
  return {
    executable,
    answer: (words, stdout) => { known[words] = stdout; save(); },
    calls: () => readFileSync(log, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as string[]),
  };
}
