import type { AffectedResource, DataOutcome, DependencyKind, Outcome, ResourceAction, Reversibility, Unknown } from '../../../model';
import { data, needs, node, type Answers, type Entry, type Look, type Reads } from '../entry';
import type { Held } from '../held';
import { at } from '../json';

/** A user of the target, as an answer tells it. */
export interface User {
  readonly id: string;
  readonly type: string;
  readonly because: string;
  readonly kind: DependencyKind;
  /** When the command is done; `interrupted` when absent. */
  readonly outcome?: Outcome;
}

/** Further reads, by name. */
export type More = Readonly<Record<string, { readonly args: readonly string[]; readonly what: string; readonly missing?: RegExp }>>;

/** What is special about one kind of thing; everything else follows from the shape that most deletions have. */
export interface SimpleRow {
  readonly source: string;
  readonly type: string;
  readonly noun: string;
  /** Option and member that name it, where the operation table names something else. */
  readonly named?: readonly [option: string, member: string];
  readonly main: (target: string, held: Held) => readonly string[];
  readonly missing?: RegExp;
  /** Where in the main answer the thing stands; nothing there means: there is none. */
  readonly path: readonly (string | number)[];
  /** Members that tell which one it is. */
  readonly identity: readonly string[];
  /** Further reads, by name. */
  readonly more?: (look: Look, one: unknown) => More;
  readonly size?: (one: unknown, answers: Answers) => string | undefined;
  readonly lastBackup?: (one: unknown, answers: Answers) => string | undefined;
  readonly because?: (one: unknown, answers: Answers, look: Look) => readonly string[];
  readonly users?: (one: unknown, answers: Answers, look: Look) => readonly User[];
  readonly warnings?: (one: unknown, answers: Answers, look: Look) => readonly string[];
  readonly unknowns?: readonly Unknown[];
  readonly action?: ResourceAction;
  /** Undefined: what the operation table says. */
  readonly outcome: Outcome | ((look: Look) => Outcome | undefined);
  readonly data: DataOutcome;
  readonly reversibility: (look: Look, one: unknown, answers: Answers) => Reversibility;
  /** When it is left as a snapshot. */
  readonly snapshot?: (look: Look) => Reversibility | undefined;
  readonly stackId?: Entry['stackId'];
}

/** Makes an entry from a row. */
export function simple(row: SimpleRow): Entry {
  const one = (answers: Answers): unknown => data(answers, 'main', ...row.path);
  return {
    source: row.source, type: row.type, noun: row.noun,
    ...(row.stackId === undefined ? {} : { stackId: row.stackId }),
    ...(row.named === undefined ? {} : { targets: (held: Held) => held.list(row.named?.[0] ?? '', row.named?.[1]) }),
    stages: [
      ({ target, held }): Reads => ({ main: { args: row.main(target, held), what: `${row.noun} ${target}`, main: true, ...(row.missing === undefined ? {} : { missing: row.missing }) } }),
      ...(row.more === undefined ? [] : [(look: Look, answers: Answers): Reads => (one(answers) === undefined ? {} : row.more?.(look, one(answers)) ?? {})]),
    ],
    identity: (answers) => row.identity.map((member) => at(one(answers), ...member.split('.')) ?? null),
    tell(look, answers) {
      const it = one(answers);
      const users = it === undefined ? [] : (row.users?.(it, answers, look) ?? []);
      const kept = row.snapshot?.(look);
      const outcome = kept !== undefined ? 'snapshotted' : typeof row.outcome === 'function' ? row.outcome(look) : row.outcome;
      const size = it === undefined ? undefined : row.size?.(it, answers);
      const backup = it === undefined ? undefined : row.lastBackup?.(it, answers);
      return {
        exists: answers['main']?.kind === 'missing' ? false : answers['main']?.kind === 'data' ? it !== undefined : undefined,
        ...(row.action === undefined ? {} : { action: row.action }),
        ...(outcome === undefined ? {} : { outcome }), data: kept === undefined ? row.data : 'snapshotted', reversibility: kept ?? row.reversibility(look, it, answers),
        ...(size === undefined ? {} : { size }), ...(backup === undefined ? {} : { lastBackup: backup }),
        because: it === undefined ? [] : (row.because?.(it, answers, look) ?? []),
        also: users.map((user): AffectedResource => node(user.id, user.type, user.outcome ?? 'interrupted', user.because, user.outcome === 'lost' ? { action: 'remove', data: 'unknown' } : { data: 'kept' })),
        dependencies: users.map((user) => needs(user.id, look.target, user.kind, user.because)),
        warnings: it === undefined ? [] : (row.warnings?.(it, answers, look) ?? []), unknowns: it === undefined ? [] : (row.unknowns ?? []),
      };
    },
  };
}

/** There is no way back. */
export function never(how: string): () => Reversibility {
  return () => ({ kind: 'irreversible', how });
}

/** Made again from what describes it. */
export function again(how: string): () => Reversibility {
  return () => ({ kind: 'recoverable', how });
}
