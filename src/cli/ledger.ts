import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { userName } from '../gate/user';
import { oneLine } from '../model/visible';
import { CASE_OUTCOMES } from '../ledger/case';
import { LEDGER_FILE } from '../ledger/ledger';
import type { LedgerLine } from '../ledger/record';
import { PAST } from '../ledger/history';
import { readStarts, unaccounted } from '../ledger/starts';
import { reseal, unsealed } from '../ledger/reseal';
import { readLedger, verifiedWith } from '../ledger/verify';
import { redact } from '../model/redact';
import { givenAt, onTerminal, whoIsHere, whyNobody } from './at-terminal';
import { ownHome } from './home';
import { lineDetail } from './ledger-words';
import { show, SHOW_OPTIONS } from './ledger-show';
import { print, printJson } from './out';
import { readArgs, UsageError } from './usage';

export const LEDGER_HELP = `holdpoint ledger verify           checks the whole record; exit code 1 when a line was changed, removed or reordered
holdpoint ledger list [--json]    every line, oldest first
holdpoint ledger show [--agent A] [--target T] [--outcome O] [--since T] [--until T] [--json]
                                  what was asked, with its preview, decision and end, each in the order in which it ended
holdpoint ledger export FILE      a copy of the record
holdpoint ledger path             where it is
holdpoint ledger reseal --reason WHY
                                  goes on with a record whose note of its end is gone; asks a person at the terminal

  --folder DIR   another record than this user's own
  --agent A      asked by this agent or person: part of its name, or agent, human, unknown
  --target T     about this target: part of its name
  --outcome O    ${CASE_OUTCOMES.slice(0, 6).join(', ')},
                 ${CASE_OUTCOMES.slice(6).join(', ')}
  --since T      asked then or later: a date (2026-03-01), a time (2026-03-01T09:30Z), or how long ago (90m, 12h, 7d)
  --until T      asked before
`;

export async function ledger(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArgs(args, { json: { type: 'boolean' }, folder: { type: 'string' }, reason: { type: 'string' }, ...SHOW_OPTIONS }, LEDGER_HELP);
  const folder = values.folder ?? ownHome().ledger;
  const [action, target, ...more] = positionals;
  if (more.length > 0 || (target !== undefined && action !== 'export')) throw new UsageError(`too many words.\n\n${LEDGER_HELP}`);
  const forShow = Object.keys(SHOW_OPTIONS).find((name) => name in values);
  if (forShow !== undefined && action !== 'show') throw new UsageError(`--${forShow} is for holdpoint ledger show.\n\n${LEDGER_HELP}`);
  switch (action) {
    case 'verify':
      return verify(folder);
    case 'show':
      return show(folder, values);
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
  const { verified: { ok, records, problems, head }, state } = await verifiedWith(folder, PAST);
  for (const { line, what } of problems) print(`line ${line} ${what}\n`);
  const strange = unaccounted(readStarts(folder), state.runs);
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
  return `${l.time}  ${l.type.padEnd(9)}  ${id.padEnd(10)}  ${lineDetail(l)}`.trimEnd();
}
