import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { higherRisk, holds, RISKS, type Risk } from '../model';
import { redactionFor } from '../model/redact';
import { oneLine } from '../model/visible';
import { detectCommand } from '../detect/detect';
import { contextAt, judgeGone, judgeOne, readText } from './check/judge-file';
import type { Finding } from './check/finding';
import { changedFiles, committedFolders, git, toHead, topOf } from './check/git';
import { formatted, type Format } from './check/output';
import { filesBelow } from './check/targets';
import { complain } from './out';
import { mayHaveRules } from '../gate/team-rules';
import { loadDecider, type Decider } from './decider';
import { answerLines } from './lines';
import { readArgs, UsageError } from './usage';

/** Set at build time from package.json. */
declare const PRODUCT_VERSION: string | undefined;

export const CHECK_HELP = `holdpoint check [OPTIONS] FILE|FOLDER…
  Says what scripts, programs, pipelines and infrastructure files would destroy: programs by what they run, templates and
  manifests by what the edit changes against git HEAD. Folders are searched; .gitignore, .ignore and .holdpointignore count.

holdpoint check [OPTIONS] --diff BASE    the files and lines that differ from where this branch left BASE
holdpoint check [OPTIONS] --staged       what is staged for the next commit
holdpoint check [OPTIONS] --stdin NAME   a text on standard input, judged as a file of that name
holdpoint check --commands -             JSON Lines: takes {"cmd": "…"}, answers {"cmd", "risk", "verdict", "operations": […]}

  --format human|json|sarif|markdown   how it is told (--json is short for --format json)
  --output FILE                        writes it there instead of printing it
  --fail-on held|low|medium|high|critical
                                       what makes the exit code 1: something that would be held (default), or this risk and above

  Exit code 0: nothing of that. 1: something. 2: a file or git could not be read, or the command line is wrong. 130: stopped.
`;

const FORMATS: readonly Format[] = ['human', 'json', 'sarif', 'markdown'];

export async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArgs(
    args,
    {
      json: { type: 'boolean' }, commands: { type: 'string' }, format: { type: 'string' }, output: { type: 'string', short: 'o' }, 'fail-on': { type: 'string' },
      diff: { type: 'string' }, staged: { type: 'boolean' }, stdin: { type: 'string' },
    },
    CHECK_HELP,
  );
  if (values.commands !== undefined) {
    if (values.commands !== '-' || positionals.length > 0) throw new UsageError("'--commands' reads standard input: write '--commands -'.");
    return checkCommands();
  }
  const format = (values.format ?? (values.json === true ? 'json' : 'human')) as Format;
  if (!FORMATS.includes(format)) throw new UsageError(`'--format ${format}' is not known: write human, json, sarif or markdown.`);
  const failOn = values['fail-on'] ?? 'held';
  if (failOn !== 'held' && (!RISKS.includes(failOn as Risk) || failOn === 'none')) throw new UsageError(`'--fail-on ${failOn}' is not known: write held, low, medium, high or critical.`);
  const ways = [values.diff !== undefined, values.staged === true, values.stdin !== undefined, positionals.length > 0].filter(Boolean).length;
  if (ways === 0) throw new UsageError(`no file was named.\n\n${CHECK_HELP}`);
  if (ways > 1) throw new UsageError('name files, or --diff, or --staged, or --stdin: only one of them.');

  const run = newRun();
  const stop = (): void => {
    run.stopped = true;
  };
  process.on('SIGINT', stop);
  try {
    if (values.stdin !== undefined) checkText(values.stdin, readFileSync(0, 'utf8'), run);
    else if (values.diff !== undefined || values.staged === true) await checkChanges(values.staged === true ? 'staged' : { base: values.diff ?? '' }, run);
    else await checkPaths(positionals, run);
  } finally {
    process.off('SIGINT', stop);
    run.progress.end();
  }
  run.problems.push(...brokenRules(run.deciders));
  for (const note of new Set([...run.deciders.values()].flatMap((d) => d.notes))) complain(note);
  for (const problem of run.problems) complain(problem);
  const text = formatted({ findings: run.findings, files: run.files, problems: run.problems }, format, typeof PRODUCT_VERSION === 'string' ? PRODUCT_VERSION : '0.0.0');
  if (values.output !== undefined) writeFileSync(values.output, text);
  else process.stdout.write(text);
  if (run.stopped) return 130;
  const fails = failOn === 'held' ? run.findings.some((f) => holds(f.verdict)) : run.findings.some((f) => higherRisk(f.risk, failOn as Risk) === f.risk);
  if (fails) return 1;
  return run.problems.length > 0 ? 2 : 0;
}

/** What a run collects: findings are small, texts are let go one after the other. */
interface Run {
  readonly findings: Finding[];
  readonly problems: string[];
  readonly deciders: Map<string, Decider>;
  readonly progress: Progress;
  files: number;
  stopped: boolean;
}

const newRun = (): Run => ({ findings: [], problems: [], deciders: new Map(), progress: newProgress(), files: 0, stopped: false });

/** The rules for a folder; a folder without rules of its own has those of the one above. */
function deciderFor(folder: string, run: Run): Decider {
  const known = run.deciders.get(folder);
  if (known) return known;
  const parent = path.dirname(folder);
  const own = mayHaveRules(folder) || parent === folder || committedFolders(topOf(folder)).has(folder);
  const decider = own || topOf(folder) === undefined ? loadDecider(folder) : deciderFor(parent, run);
  run.deciders.set(folder, decider);
  return decider;
}

async function checkPaths(names: readonly string[], run: Run): Promise<void> {
  for (const name of names) {
    const full = path.resolve(name);
    if (!isFolder(full)) {
      await checkFile(name, full, run);
      continue;
    }
    for (const file of filesBelow(full, (text) => run.problems.push(text))) {
      if (run.stopped) return;
      await checkFile(path.isAbsolute(name) ? file : path.join(name, path.relative(full, file)), file, run);
    }
  }
}

function isFolder(file: string): boolean {
  try {
    return statSync(file).isDirectory();
  } catch {
    return false;
  }
}

async function checkFile(shown: string, full: string, run: Run): Promise<void> {
  if (run.stopped) return;
  const text = readText(full);
  run.files++;
  // Signals and the terminal get their turn now and then.
  if (run.files % 50 === 0) await new Promise(setImmediate);
  run.progress.tell(run.files, shown);
  if (typeof text !== 'string') {
    run.problems.push(`${shown}: ${text.why}`);
    return;
  }
  if (text.includes('\0')) return;
  let why: string | undefined;
  const head = (): string | undefined => {
    if (topOf(path.dirname(full)) === undefined) {
      why = 'it is in no git repository';
      return undefined;
    }
    const stands = toHead(full);
    if (stands === 'same') return text;
    if (stands === 'absent') return undefined;
    try {
      return git(path.dirname(full), ['cat-file', 'blob', `HEAD:./${path.basename(full)}`]);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!/does not exist in|but not in 'HEAD'|[Nn]ot a valid object name|invalid object name/.test(message)) why = message;
      return undefined;
    }
  };
  run.findings.push(...judgeOne(shown, full, text, head, deciderFor(path.dirname(full), run)));
  if (why !== undefined && /\.(?:template|cfn)$/.test(full)) run.problems.push(`${shown}: not compared with git HEAD: ${why}`);
}

function checkText(name: string, text: string, run: Run): void {
  const full = path.resolve(name);
  run.files++;
  run.findings.push(...judgeOne(name, full, text, () => undefined, deciderFor(path.dirname(full), run)));
}

/** Only what the change adds or alters counts, and what it deletes. */
async function checkChanges(what: { readonly base: string } | 'staged', run: Run): Promise<void> {
  const read = (file: string): string | undefined => {
    const text = readText(file);
    return typeof text === 'string' && !text.includes('\0') ? text : undefined;
  };
  try {
    for (const { path: full, before, now, lines } of changedFiles(process.cwd(), what, read)) {
      if (run.stopped) return;
      run.files++;
      if (run.files % 50 === 0) await new Promise(setImmediate);
      const shown = path.relative(process.cwd(), full);
      run.progress.tell(run.files, shown);
      const decider = deciderFor(path.dirname(full), run);
      if (now === undefined) {
        if (before !== undefined) run.findings.push(...judgeGone(shown, full, before, decider));
        continue;
      }
      const found = judgeOne(shown, full, now, () => before, decider);
      // A mark of a comparison is about the change wherever it stands; a command counts where the change touches it.
      run.findings.push(...found.filter((f) => f.isEdit || lines.some(([first, last]) => f.line <= last && f.endLine >= first)));
    }
  } catch (error) {
    run.problems.push(`${what === 'staged' ? 'what is staged' : `the difference to ${what.base}`} could not be read: ${error instanceof Error ? error.message : String(error)}. Name a commit or branch that git knows, inside a repository.`);
  }
}

interface Progress {
  tell(files: number, name: string): void;
  end(): void;
}

/** One line on a terminal, at most ten times a second, gone at the end. */
function newProgress(): Progress {
  const { stderr } = process;
  if (!stderr.isTTY) return { tell: () => undefined, end: () => undefined };
  let last = 0;
  let shown = false;
  return {
    tell(files, full) {
      const now = Date.now();
      if (now - last < 100 || files < 20) return;
      last = now;
      shown = true;
      const name = oneLine(full);
      const width = Math.max(20, (stderr.columns || 80) - 24);
      stderr.write(`\r\x1b[2K${String(files).padStart(6)} files  ${name.length > width ? `…${name.slice(1 - width)}` : name}`);
    },
    end() {
      if (shown) stderr.write('\r\x1b[2K');
    },
  };
}

/** What is wrong with the rules that were in force: a person must know that they are not all at work. */
function brokenRules(deciders: ReadonlyMap<string, Decider>): string[] {
  const told = new Set<string>();
  for (const decider of new Set(deciders.values())) {
    for (const { source, problem } of decider.rules().problems) told.add(`${source}${decider.rulesFile ? ` (${decider.rulesFile})` : ''}, line ${problem.line}: ${problem.message}`);
  }
  return [...told];
}

async function checkCommands(): Promise<number> {
  const decider = loadDecider(process.cwd());
  return answerLines((input) => {
    const cmd = (input as { cmd?: unknown } | null)?.cmd;
    if (typeof cmd !== 'string') throw new Error('a line must be an object with "cmd", a string');
    const operations = detectCommand(cmd, contextAt(process.cwd())).filter((o) => o.mutation !== 'none');
    const { verdict } = decider.decide(operations);
    const redact = redactionFor(cmd);
    return {
      cmd,
      risk: verdict.risk,
      verdict: verdict.kind,
      operations: operations.map((o) => ({
        operation: o.operation,
        effects: o.effects,
        reversibility: o.reversibility.kind,
        targets: o.targets.map((t) => redact(t.name ?? 'unknown')),
        reason: redact(o.reason),
      })),
    };
  });
}
