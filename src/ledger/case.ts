import type { LedgerLine } from './record';

type Line<T extends LedgerLine['type']> = Extract<LedgerLine, { type: T }>;

/** One question from its asking to its end, joined of its lines. */
export interface Case {
  readonly kind: 'case';
  readonly id: string;
  readonly asked: Line<'asked'>;
  /** The last preview, or why there is none. */
  readonly preview?: Line<'previewed' | 'preview-failed'>;
  readonly decided?: Line<'decided'>;
  readonly kept?: Line<'kept'>;
  readonly run?: Line<'run'>;
  readonly ended?: Line<'ended'>;
  readonly abandoned?: Line<'abandoned'>;
}

/** A command that nobody was asked about: it ran around the gate. */
export interface Escape {
  readonly kind: 'escape';
  readonly id: string;
  readonly escaped: Line<'escaped'>;
}

/** What happened once. */
export type Entry = Case | Escape;

/**
 * How it came out. `waiting` has no decision, `allowed` has one and did not start, `running` started and no end is noted, `unknown` ended and
 * how is not known. `refused` is a rule's or a person's no.
 */
export const CASE_OUTCOMES = [
  'waiting', 'allowed', 'running', 'succeeded', 'failed', 'unknown', 'refused', 'moved', 'cancelled', 'expired', 'abandoned', 'escaped',
] as const;
export type CaseOutcome = (typeof CASE_OUTCOMES)[number];

/** What a fold of cases keeps: those that are not over, by id, oldest first. */
export type OpenCases = Map<string, Case>;

/** What never ends (a window that was killed while a command ran) must not fill the memory. */
const MOST_OPEN = 10_000;

const NO: ReadonlySet<string> = new Set(['denied', 'moved', 'cancelled', 'expired']);

/**
 * Takes one more line of the record.
 * @param open is changed. @param over hears of what is over, in the order in which it ended.
 */
export function addToCases(open: OpenCases, line: LedgerLine, over: (entry: Entry) => void): void {
  if (!isReadable(line)) return;
  if (line.type === 'escaped') return over({ kind: 'escape', id: line.id, escaped: line });
  if (line.type === 'asked') {
    const before = open.get(line.id);
    open.delete(line.id);
    if (before) over(before);
    const oldest = open.size >= MOST_OPEN ? open.values().next().value : undefined;
    if (oldest) {
      open.delete(oldest.id);
      over(oldest);
    }
    open.set(line.id, { kind: 'case', id: line.id, asked: line });
    return;
  }
  const id = 'id' in line ? line.id : undefined;
  const known = id === undefined ? undefined : open.get(id);
  if (known === undefined || id === undefined) return;
  const next = joined(known, line);
  if (!isOver(next)) {
    open.set(id, next);
    return;
  }
  open.delete(id);
  over(next);
}

function joined(known: Case, line: LedgerLine): Case {
  switch (line.type) {
    case 'previewed':
    case 'preview-failed':
      return { ...known, preview: line };
    case 'decided':
      return { ...known, decided: line };
    case 'kept':
      return { ...known, kept: line };
    case 'run':
      return { ...known, run: line };
    case 'ended':
      return { ...known, ended: line };
    case 'abandoned':
      return { ...known, abandoned: line };
    default:
      return known;
  }
}

function isOver({ decided, ended, abandoned }: Case): boolean {
  return ended !== undefined || abandoned !== undefined || (decided !== undefined && NO.has(decided.decision));
}

type Members = Readonly<Record<string, unknown>>;

/** What is said of each kind of line. */
const FORMS: Readonly<Record<LedgerLine['type'], (line: Members) => boolean>> = {
  asked: (l) => has(l, 'id') && has(l['actor'], 'kind', 'name') && has(l['verdict'], 'kind', 'rule', 'risk') && isOperations(l['operations']),
  escaped: (l) => has(l, 'id', 'commandLine') && isOperations(l['operations']),
  previewed: (l) => has(l, 'id', 'source') && typeof l['counts'] === 'object' && l['counts'] !== null,
  'preview-failed': (l) => has(l, 'id', 'why'),
  decided: (l) => has(l, 'id', 'decision', 'by'),
  kept: (l) => has(l, 'id') && Array.isArray(l['files']) && l['files'].every((file: unknown) => has(file, 'path', 'what')),
  run: (l) => has(l, 'id', 'fingerprint'),
  ended: (l) => has(l, 'id') && 'exitCode' in l,
  abandoned: (l) => has(l, 'id'),
  'gate-opened': (l) => has(l, 'gate') && typeof l['gatePid'] === 'number',
  alarm: (l) => has(l, 'what'),
  // An older form has the change set's name alone, and nothing by which it could be removed.
  'cleanup-needed': (l) => has(l, 'id', 'cwd') && Array.isArray(l['argv']) && has(l['changeSet'], 'name', 'stack', 'region'),
  'cleanup-done': (l) => has(l, 'changeSet'),
  resealed: (l) => has(l, 'by', 'reason'),
  'guard-off': (l) => has(l, 'how', 'by'),
  'guard-on': (l) => has(l, 'how', 'by'),
  loosened: (l) => has(l, 'what', 'by'),
  torn: (l) => has(l, 'setAside'),
};

/** Whether a line has what is said of its kind: one of another version may not, and is left out and not guessed at. */
export function isReadable(line: LedgerLine): boolean {
  return Object.hasOwn(FORMS, line.type) && FORMS[line.type](line as unknown as Members);
}

function has(value: unknown, ...names: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && names.every((name) => typeof (value as Record<string, unknown>)[name] === 'string');
}

function isOperations(value: unknown): boolean {
  return Array.isArray(value) && value.every((one: unknown) => has(one, 'operation') && Array.isArray((one as { readonly targets?: unknown }).targets));
}

export function outcomeOf(entry: Entry): CaseOutcome {
  if (entry.kind === 'escape') return 'escaped';
  const { decided, run, ended, abandoned } = entry;
  if (ended) return ended.exitCode === 0 ? 'succeeded' : ended.exitCode === null && ended.signal === null ? 'unknown' : 'failed';
  if (run) return 'running';
  if (abandoned) return 'abandoned';
  const decision = decided?.decision;
  switch (decision) {
    case undefined:
      return 'waiting';
    case 'denied':
      return 'refused';
    case 'approved':
      return 'allowed';
    default:
      return decision;
  }
}

/** When it was asked, or seen. */
export function timeOf(entry: Entry): string {
  return entry.kind === 'escape' ? entry.escaped.time : entry.asked.time;
}

/** What is looked for; everything where nothing is said. */
export interface CaseQuery {
  /** Who asked: a name or part of one, or `agent`, `human`, `unknown`. */
  readonly agent?: string;
  /** A target of its operations, or part of its name. */
  readonly target?: string;
  readonly outcome?: CaseOutcome;
  /** Asked then or later, and before: milliseconds since 1970. */
  readonly since?: number;
  readonly until?: number;
}

export function matches(entry: Entry, { agent, target, outcome, since, until }: CaseQuery): boolean {
  const at = Date.parse(timeOf(entry));
  return (since === undefined || at >= since) && (until === undefined || at < until)
    && (outcome === undefined || outcomeOf(entry) === outcome)
    && (agent === undefined || isAskedBy(entry, agent))
    && (target === undefined || operationsOf(entry).some(({ targets }) => targets.some((name) => includes(name, target))));
}

function isAskedBy(entry: Entry, agent: string): boolean {
  const { kind, name } = entry.kind === 'case' ? entry.asked.actor : { kind: 'unknown', name: '' };
  return kind === agent || includes(name, agent);
}

const operationsOf = (entry: Entry): Line<'asked'>['operations'] => (entry.kind === 'case' ? entry.asked : entry.escaped).operations;

const includes = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
