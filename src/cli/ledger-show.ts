import { CASE_OUTCOMES, matches, outcomeOf, timeOf, type CaseOutcome, type CaseQuery, type Entry } from '../ledger/case';
import { tell } from '../ledger/history';
import { readRecord } from '../ledger/reading';
import type { LedgerLine } from '../ledger/record';
import { oneLine, visibleJson } from '../model/visible';
import { lineDetail } from './ledger-words';
import { complain, print } from './out';
import { UsageError } from './usage';

export const SHOW_OPTIONS = {
  agent: { type: 'string' }, target: { type: 'string' }, outcome: { type: 'string' }, since: { type: 'string' }, until: { type: 'string' },
} as const;

type Values = Partial<Record<keyof typeof SHOW_OPTIONS, string>> & { readonly json?: boolean };

/** So many places where the record does not verify are named; `ledger verify` names all. */
const NAMED_PROBLEMS = 5;

/**
 * Prints what the record has of the past, one case after the other as it ended, while it is read.
 * @returns 1 when some of the record does not verify: that is left out, and said.
 */
export async function show(folder: string, values: Values, now = Date.now()): Promise<number> {
  const query = queryOf(values, now);
  let found = 0;
  const tellEntry = (entry: Entry): void => {
    if (!matches(entry, query)) return;
    if (!values.json) print(`${found === 0 ? '' : '\n'}${asText(entry)}`);
    else process.stdout.write(`${found === 0 ? '[' : ','}\n${visibleJson(JSON.stringify(asData(entry)))}`);
    found++;
  };
  const { state: { open, unread }, problems } = await readRecord(folder, tell(tellEntry));
  for (const entry of open.values()) tellEntry(entry);
  if (values.json) process.stdout.write(found === 0 ? '[]\n' : '\n]\n');
  else if (found === 0) print('The record has nothing of that kind.\n');
  if (unread > 0) complain(`${unread} ${unread === 1 ? 'line is' : 'lines are'} of a form that this version does not know, and left out`);
  for (const { line, what } of problems.slice(0, NAMED_PROBLEMS)) complain(`line ${line} ${what}`);
  if (problems.length > 0) complain('the record does not verify: a line that was changed is left out, and others may be missing. See holdpoint ledger verify');
  return problems.length > 0 ? 1 : 0;
}

function queryOf({ agent, target, outcome, since, until }: Values, now: number): CaseQuery {
  if (outcome !== undefined && !isOutcome(outcome)) throw new UsageError(`${outcome} is no outcome: it is one of ${CASE_OUTCOMES.join(', ')}.`);
  return {
    ...(agent !== undefined && { agent }), ...(target !== undefined && { target }), ...(outcome !== undefined && { outcome }),
    ...(since !== undefined && { since: timeFrom('--since', since, now) }), ...(until !== undefined && { until: timeFrom('--until', until, now) }),
  };
}

const isOutcome = (word: string): word is CaseOutcome => (CASE_OUTCOMES as readonly string[]).includes(word);

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

function timeFrom(option: string, text: string, now: number): number {
  const [, count, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (UNITS[unit] ?? 0);
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) throw new UsageError(`${option} takes a date (2026-03-01), a time (2026-03-01T09:30Z), or how long ago (90m, 12h, 7d, 2w).`);
  return at;
}

/** The lines of an entry, in the order in which they are written. */
function linesOf(entry: Entry): LedgerLine[] {
  if (entry.kind === 'escape') return [entry.escaped];
  const { asked, preview, decided, kept, run, ended, abandoned } = entry;
  return [asked, preview, decided, kept, run, ended, abandoned].filter((line) => line !== undefined).sort((a, b) => a.seq - b.seq);
}

function asText(entry: Entry): string {
  const lines = linesOf(entry).map((line) => `  ${oneLine(`${line.time}  ${line.type.padEnd(14)}  ${lineDetail(line)}`)}\n`);
  return `${oneLine(`${entry.id}  ${outcomeOf(entry)}`)}\n${lines.join('')}`;
}

/** The same for programs: the lines themselves, by kind. */
function asData(entry: Entry): object {
  return { id: entry.id, time: timeOf(entry), outcome: outcomeOf(entry), ...Object.fromEntries(linesOf(entry).map((line) => [line.type, line])) };
}
