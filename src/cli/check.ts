import { readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { holds, type Operation, type Risk, type VerdictKind } from '../model';
import { detectCommand, detectScript } from '../detect/detect';
import { fileKind } from '../detect/file-kind';
import type { DetectContext } from '../detect/invocation';
import { marks, type Mark } from '../detect/templates/cloudformation/marks';
import { headText } from '../preview/git-head';
import { redact } from '../model/redact';
import { loadDecider, type Decider } from './decider';
import { answerLines } from './lines';
import { readArgs, UsageError } from './usage';

export const CHECK_HELP = `holdpoint check [--json] FILE…
  Says what shell scripts would destroy, and what CloudFormation templates would replace or delete against git HEAD.
  Exit code 1 when something would be held, 2 when a file could not be read, 0 otherwise.

holdpoint check --commands -
  JSON Lines: takes {"cmd": "…"}, answers {"cmd", "risk", "verdict", "operations": […]}, in order.

  --json        print one JSON array of findings
`;

/** A file larger than this is reported as not read, instead of being judged slowly. */
const MAX_BYTES = 16 * 1024 * 1024;

/** What `check` says about one place in a file. */
interface Finding {
  readonly file: string;
  /** One-based. */
  readonly line: number;
  readonly column: number;
  readonly operation: string;
  readonly effects: readonly string[];
  readonly reversibility: string;
  readonly targets: readonly string[];
  readonly risk: Risk;
  readonly verdict: VerdictKind;
  readonly rule: string;
  readonly reason: string;
  readonly instead?: string;
}

export async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArgs(
    args,
    { json: { type: 'boolean' }, commands: { type: 'string' } },
    CHECK_HELP,
  );
  if (values.commands !== undefined) {
    if (values.commands !== '-' || positionals.length > 0) throw new UsageError("'--commands' reads standard input: write '--commands -'.");
    return checkCommands();
  }
  if (positionals.length === 0) throw new UsageError(`no file was named.\n\n${CHECK_HELP}`);
  return checkFiles(positionals, values.json === true);
}

async function checkCommands(): Promise<number> {
  const decider = loadDecider(process.cwd());
  const context = contextAt(process.cwd());
  return answerLines((input) => {
    const cmd = (input as { cmd?: unknown } | null)?.cmd;
    if (typeof cmd !== 'string') throw new Error('a line must be an object with "cmd", a string');
    const operations = detectCommand(cmd, context).filter((o) => o.mutation !== 'none');
    const { verdict } = decider.decide(operations);
    return {
      cmd,
      risk: verdict.risk,
      verdict: verdict.kind,
      operations: operations.map((o) => ({
        operation: o.operation,
        effects: o.effects,
        reversibility: o.reversibility.kind,
        targets: o.targets.map((t) => t.name ?? 'unknown'),
        reason: o.reason,
      })),
    };
  });
}

async function checkFiles(files: readonly string[], json: boolean): Promise<number> {
  const findings: Finding[] = [];
  const problems: string[] = [];
  for (const file of files) {
    const text = readText(file);
    if (typeof text !== 'string') {
      problems.push(`${file}: ${text.why}`);
      continue;
    }
    const full = path.resolve(file);
    const decider = loadDecider(path.dirname(full));
    switch (fileKind(full, text)) {
      case 'shell':
        findings.push(...inScript(file, full, text, decider));
        break;
      case 'cloudformation': {
        const head = await headText(full);
        if (head.kind === 'unavailable') problems.push(`${file}: not compared with git HEAD: ${head.why}`);
        const judged = marks(head.kind === 'text' ? head.text : undefined, text);
        findings.push(...judged.map((mark) => fromMark(file, text, mark)));
        break;
      }
      case undefined:
        break;
    }
  }
  problems.push(...brokenRules(files.map((file) => path.dirname(path.resolve(file)))));
  for (const problem of problems) process.stderr.write(`holdpoint: ${problem}\n`);
  process.stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : asText(findings, files.length));
  if (findings.some((f) => holds(f.verdict))) return 1;
  return problems.length > 0 ? 2 : 0;
}

/** What is wrong with the rules that were in force: a person must know that they are not all at work. */
function brokenRules(folders: readonly string[]): string[] {
  const told = new Set<string>();
  for (const folder of new Set(folders)) {
    const decider = loadDecider(folder);
    for (const { source, problem } of decider.rules().problems) told.add(`${source}${decider.rulesFile ? ` (${decider.rulesFile})` : ''}, line ${problem.line}: ${problem.message}`);
  }
  return [...told];
}

function inScript(file: string, full: string, text: string, decider: Decider): Finding[] {
  const operations = detectScript(full, text, contextAt(path.dirname(full)));
  const verdicts = decider.decide(operations).perOperation;
  return operations.flatMap((operation, i) => {
    const verdict = verdicts[i];
    if (!verdict || verdict.kind === 'allow' || operation.origin.kind !== 'file') return [];
    return [{
      file,
      ...position(text, operation.origin.range.start),
      operation: operation.operation,
      effects: operation.effects,
      reversibility: operation.reversibility.kind,
      targets: operation.targets.map((t) => t.name ?? 'unknown'),
      risk: verdict.risk,
      verdict: verdict.kind,
      rule: verdict.rule,
      reason: redact(operation.reason),
      ...(operation.saferForm && { instead: safer(operation) }),
    }];
  });
}

function safer({ saferForm }: Operation): string {
  const form = saferForm?.append ?? saferForm?.replace;
  return form ? `${saferForm?.title}: ${redact(form)}` : (saferForm?.title ?? '');
}

function fromMark(file: string, text: string, mark: Mark): Finding {
  return {
    file,
    ...position(text, mark.range.start),
    operation: `cloudformation:${mark.kind}`,
    effects: mark.effects,
    reversibility: mark.reversibility.kind,
    targets: [mark.logicalId],
    risk: mark.risk,
    verdict: mark.risk === 'high' || mark.risk === 'critical' ? 'confirm' : 'warn',
    rule: 'default:template-edit',
    reason: mark.message,
    ...(mark.fixes[0] && { instead: mark.fixes[0].title }),
  };
}

function asText(findings: readonly Finding[], files: number): string {
  const lines = findings.map((f) => {
    const head = `${f.file}:${f.line}:${f.column}  ${f.risk}  ${f.operation}  ${f.targets.join(' ')}`;
    return [head.trimEnd(), `    ${f.reason}`, ...(f.instead ? [`    Instead: ${f.instead}`] : [])].join('\n');
  });
  const held = findings.filter((f) => holds(f.verdict)).length;
  const inFiles = new Set(findings.filter((f) => holds(f.verdict)).map((f) => f.file)).size;
  lines.push(held === 0
    ? `Nothing would be held in ${files} ${files === 1 ? 'file' : 'files'}.`
    : `${held} ${held === 1 ? 'operation' : 'operations'} would be held, in ${inFiles} of ${files} ${files === 1 ? 'file' : 'files'}.`);
  return `${lines.join('\n')}\n`;
}

function readText(file: string): string | { why: string } {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return { why: 'is not a file' };
    if (stat.size > MAX_BYTES) return { why: `is larger than ${MAX_BYTES / 1024 / 1024} MB and was not read` };
    return readFileSync(file, 'utf8');
  } catch (error) {
    return { why: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : `could not be read (${String((error as NodeJS.ErrnoException).code)})` };
  }
}

/** What detection may look at: the files of this machine, but not this process's environment, which is not the command's. */
function contextAt(cwd: string): DetectContext {
  return {
    cwd,
    home: os.homedir(),
    readFile: (file) => {
      const text = readText(file);
      return typeof text === 'string' ? text : undefined;
    },
  };
}

/** One-based line and column of a UTF-16 offset. */
function position(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const newline = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - newline };
}
