import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { userName } from '../gate/compose';
import { oneLine } from '../model/visible';
import { LEDGER_FILE } from '../ledger/ledger';
import { readStarts, unaccounted } from '../ledger/starts';
import { askedAction, type LedgerLine } from '../ledger/record';
import { reseal, unsealed } from '../ledger/reseal';
import { readLedger, verifyLedger } from '../ledger/verify';
import { redact } from '../model/redact';
import { actionTitle } from '../model/redact/action';
import { givenAt, onTerminal, whoIsHere, whyNobody } from './at-terminal';
import { ownHome } from './home';
import { print, printJson } from './out';
import { readArgs, UsageError } from './usage';

export const LEDGER_HELP = `holdpoint ledger verify           checks the whole record; exit code 1 when a line was changed, removed or reordered
holdpoint ledger list [--json]    what was asked, decided and run, oldest first
holdpoint ledger export FILE      a copy of the record
holdpoint ledger path             where it is
holdpoint ledger reseal --reason WHY
                                  goes on with a record whose note of its end is gone; asks a person at the terminal

  --folder DIR   another record than this user's own
`;

export async function ledger(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArgs(args, { json: { type: 'boolean' }, folder: { type: 'string' }, reason: { type: 'string' } }, LEDGER_HELP);
  const folder = values.folder ?? ownHome().ledger;
  const [action, target, ...more] = positionals;
  if (more.length > 0 || (target !== undefined && action !== 'export')) throw new UsageError(`too many words.\n\n${LEDGER_HELP}`);
  switch (action) {
    case 'verify':
      return verify(folder);
    case 'list': {
      const lines = await readLedger(folder);
      if (values.json) printJson(lines, 2);
      else print(lines.map((l) => `${oneLine(asLine(l))}\n`).join(''));
      return 0;
    }
    case 'export': {
      if (target === undefined) throw new UsageError('say where to: holdpoint ledger export FILE.');
      const lines = await readLedger(folder);
      mkdirSync(path.dirname(path.resolve(target)), { recursive: true });
      writeFileSync(target, lines.map((l) => `${JSON.stringify(l)}\n`).join(''), { mode: 0o600, flag: 'wx' });
      print(`${lines.length} records in ${target}\n`);
      return 0;
    }
    case 'reseal':
      if (!values.reason?.trim()) throw new UsageError('say why: holdpoint ledger reseal --reason WHY. The reason goes into the record.');
      return resealed(folder, values.reason.trim());
    case 'path':
      print(`${path.join(folder, LEDGER_FILE)}\n`);
      return 0;
    default:
      throw new UsageError(`say what to do with the record.\n\n${LEDGER_HELP}`);
  }
}

async function verify(folder: string): Promise<number> {
  if (!existsSync(path.join(folder, LEDGER_FILE))) {
    print(`There is no record yet in ${folder}.\n`);
    return existsSync(path.join(folder, 'ledger.head')) ? 1 : 0;
  }
  const { ok, records, problems, head } = await verifyLedger(folder);
  for (const { line, what } of problems) print(`line ${line} ${what}\n`);
  const strange = unaccounted(readStarts(folder), (await readLedger(folder)).flatMap((l) => (l.type === 'run' ? [l.id] : [])));
  for (const s of strange) print(`${s.tool} was started at ${s.time} on the word of process ${s.gatePid}, and no line says that it may\n`);
  print(ok
    ? `The record is intact: ${records} ${records === 1 ? 'line' : 'lines'}, the last is ${head}.\n`
    : `The record is broken in ${problems.length} ${problems.length === 1 ? 'place' : 'places'}.\n`);
  return ok && strange.length === 0 ? 0 : 1;
}

async function resealed(folder: string, reason: string): Promise<number> {
  const found = await unsealed(folder);
  if ('why' in found) {
    process.stdout.write(`${found.why}.\n`);
    return 1;
  }
  const missing = found.missing === undefined ? 'How many lines are missing at its end is not known.' : `${found.missing} ${found.missing === 1 ? 'line is' : 'lines are'} missing at its end.`;
  const word = String(found.lines);
  const here = await whoIsHere();
  const nobody = whyNobody(here);
  if (nobody !== undefined) {
    process.stdout.write(`Only a person at a terminal can do this: ${oneLine(nobody)}. Nothing was changed.\n`);
    return 1;
  }
  const typed = await onTerminal(here, (terminal) => terminal.ask(`The lines that are there are whole: ${found.lines}, the last is ${found.last.hash}. ${missing}\nThat you went on with it is written into it. Type ${word} to go on: `));
  if (typed !== word) {
    process.stdout.write('Nothing was changed.\n');
    return 1;
  }
  const done = reseal(folder, found, { by: userName(), reason: redact(reason), ...givenAt(here.standing) });
  process.stdout.write(done.ok ? 'The record goes on.\n' : `${done.why}\n`);
  return done.ok ? 0 : 1;
}

function asLine(l: LedgerLine): string {
  const id = 'id' in l ? l.id : '';
  return `${l.time}  ${l.type.padEnd(9)}  ${id.padEnd(10)}  ${detail(l)}`.trimEnd();
}

/** A yes that a program could have typed is told apart from one that only a person can give. */
function how(confirmed: 'panel' | 'terminal' | 'terminal-weak' | undefined, terminal: string | undefined): string {
  if (confirmed === undefined) return '';
  const at = confirmed === 'panel' ? 'in the editor' : confirmed === 'terminal' ? 'at a terminal' : 'at a terminal where a program could have typed it';
  return ` ${at}${terminal === undefined ? '' : ` (${terminal})`}`;
}

function detail(l: LedgerLine): string {
  switch (l.type) {
    case 'asked':
      return `${l.held ? 'held' : l.verdict.kind} (${l.verdict.risk}) for ${l.actor.kind} ${l.actor.name}: ${actionTitle(askedAction(l))}`;
    case 'previewed':
      return `${l.source}: ${Object.entries(l.counts).map(([outcome, n]) => `${n} ${outcome}`).join(', ') || 'nothing changes'}`;
    case 'preview-failed':
      return l.why;
    case 'decided':
      return `${l.decision} by ${l.by}${how(l.confirmed, l.terminal)}${l.reason ? `: ${l.reason}` : ''}`;
    case 'kept':
      return `saved before the run: ${l.files.map((f) => `${f.what} in ${f.path}`).join('; ')}`;
    case 'run':
      return `starts, fingerprint ${l.fingerprint.slice(0, 12)}`;
    case 'ended':
      return l.signal ? `by signal ${l.signal}` : l.exitCode === null ? 'how is not known' : `with exit code ${l.exitCode}`;
    case 'abandoned':
      return 'not run: the window that held it was closed';
    case 'gate-opened':
      return `a window began to answer: process ${l.gatePid}, version ${l.version}`;
    case 'alarm':
      return l.what;
    case 'escaped':
      return `ran around the gate: ${l.commandLine}`;
    case 'cleanup-needed':
      return `a temporary change set was about to be made: ${l.changeSet.name}`;
    case 'cleanup-done':
      return `the temporary change set is gone: ${l.changeSet}`;
    case 'resealed':
      return `gone on with by ${l.by}${how(l.confirmed, l.terminal)}${l.missing === null ? ', its end not known' : `, ${l.missing} lines short`}: ${l.reason}`;
    case 'guard-off':
    case 'guard-on':
      return `${l.how}, user ${l.by}`;
    case 'loosened':
      return `by ${l.by}: ${l.what}`;
    case 'torn':
      return `half a line of an earlier writer was put aside into ${l.setAside}`;
  }
}
