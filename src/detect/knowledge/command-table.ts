import type { Effect, Mutation, Reversibility } from '../../model';
import { readTable } from './load';

/** What one command of a tool with a tree of commands does, as its generated table says. */
export interface CliCommand {
  /** The command without the tool and without a release track (`sql instances delete`). */
  readonly path: string;
  /** How many of the words that were given are the command; what follows are its arguments. */
  readonly depth: number;
  readonly mutation: Mutation;
  readonly effects: readonly Effect[];
  readonly reversibility: Reversibility;
  /** Why it is classified against its name's habit, with the consequence; undefined for the rule. */
  readonly note?: string;
}

/** How an option takes a value: always, never, or only when the next word is no option. */
export type FlagKind = 'value' | 'boolean' | 'optional';

interface Tree {
  readonly [word: string]: number | Tree;
}

/** The shape of `gcloud-commands.json` and `az-commands.json` as scripts/knowledge/tables.mjs packs them. */
interface Table {
  readonly sources: Readonly<Record<string, string>>;
  readonly count: number;
  readonly profiles: readonly (readonly [Mutation, readonly Effect[], string])[];
  readonly notes: Readonly<Record<string, readonly string[]>>;
  readonly undo: Readonly<Record<string, readonly [Reversibility['kind'], string, string]>>;
  readonly verbs: Readonly<Record<string, number>>;
  readonly commands: Tree;
  readonly flags: Readonly<Record<FlagKind | 'mixed', string | undefined>>;
  readonly except: Readonly<Record<string, readonly string[]>>;
}

/** Everything that can be asked about a tool. */
export interface CommandTable {
  readonly find: (words: readonly string[]) => CliCommand | undefined;
  readonly byVerb: (words: readonly string[]) => CliCommand | undefined;
  readonly flag: (flag: string, path?: string) => FlagKind | undefined;
  /** The options, with their dashes, that begin with this. */
  readonly beginning: (flag: string) => readonly string[];
  readonly all: () => Generator<CliCommand>;
  readonly facts: () => { readonly sources: Readonly<Record<string, string>>; readonly count: number };
}

/**
 * The table of one tool, read when it is first asked.
 * @param tool the command's name and the beginning of its file's (`gcloud`).
 * @param tracks words that may stand before a command without changing what it does (`alpha`).
 */
export function commandTable(tool: string, tracks: readonly string[]): CommandTable {
  const table = (): Table => readTable<Table>(`${tool}-commands.json`);
  let notes: ReadonlyMap<string, string> | undefined;
  let flags: ReadonlyMap<string, FlagKind | 'mixed'> | undefined;

  const flagMap = (): ReadonlyMap<string, FlagKind | 'mixed'> => (flags ??= new Map(Object.entries(table().flags).flatMap(([kind, names]) => (names ?? '').split(' ').map((n) => [n, kind as FlagKind | 'mixed'] as const))));

  const noteOf = (path: string): string | undefined => {
    notes ??= new Map(Object.entries(table().notes).flatMap(([text, paths]) => paths.map((p) => [p, text] as const)));
    return notes.get(path);
  };

  const unpack = (path: string, depth: number, number: number): CliCommand => {
    const profile = table().profiles[number];
    if (!profile) throw new Error(`The table of ${tool} commands is damaged at ${path}. Install the extension again.`);
    const [mutation, effects, undo] = profile;
    const note = noteOf(path);
    return { path, depth, mutation, effects, reversibility: reversibility(tool, path, mutation, undo, table()), ...(note !== undefined && { note }) };
  };

  /** How far the words lead into the tree: the place reached, and the words used. */
  const walk = (words: readonly string[]): { readonly place: number | Tree; readonly path: readonly string[]; readonly depth: number } => {
    let place: number | Tree = table().commands;
    const path: string[] = [];
    let depth = 0;
    for (const word of words) {
      if (typeof place === 'number') break;
      if (depth === 0 && tracks.includes(word)) {
        depth = 1;
        continue;
      }
      const known = spelled(place, word);
      const next: number | Tree | undefined = known === undefined ? undefined : place[known];
      if (known === undefined || next === undefined) break;
      path.push(known);
      place = next;
      depth += 1;
    }
    return { place, path, depth };
  };

  return {
    find: (words) => {
      const { place, path, depth } = walk(words);
      return typeof place === 'number' ? unpack(path.join(' '), depth, place) : undefined;
    },
    byVerb: (words) => {
      const { path, depth } = walk(words);
      // The first word names a service, and some services are called like a verb (`deploy`, `run`).
      for (let at = Math.max(depth, 1); at < words.length; at += 1) {
        const number = verbNumber(table().verbs, words[at] ?? '');
        if (number === undefined) continue;
        const name = [...path, ...words.slice(depth, at + 1)].join(' ');
        return { ...unpack(name, at + 1, number), note: `This command of ${tool} is not known, only its verb.` };
      }
      return undefined;
    },
    flag: (flag, path) => {
      const name = flag.replace(/^--?/, '').replace(/=.*$/s, '');
      const kind = flagMap().get(name);
      if (kind === undefined) return name.startsWith('no-') && flagMap().get(name.slice(3)) === 'boolean' ? 'boolean' : undefined;
      if (kind === 'mixed') return undefined;
      const exceptional = path !== undefined && Object.hasOwn(table().except, name) && table().except[name]?.includes(path) === true;
      return exceptional ? (kind === 'boolean' ? 'value' : 'boolean') : kind;
    },
    beginning: (flag) => [...flagMap().keys()].flatMap((n) => (n.length > 1 && `--${n}`.startsWith(flag) ? [`--${n}`] : [])),
    all: function* () {
      for (const [path, number] of leaves(table().commands, [])) yield unpack(path.join(' '), path.length, number);
    },
    facts: () => ({ sources: table().sources, count: table().count }),
  };
}

/** The key of a tree that a word means: both tools take underscores for dashes and az any case. */
function spelled(tree: Tree, word: string): string | undefined {
  if (Object.hasOwn(tree, word)) return word;
  const plain = word.toLowerCase().replaceAll('_', '-');
  return Object.hasOwn(tree, plain) ? plain : undefined;
}

/** The profile of the longest beginning of a word that is a verb (`set-iam-policy` before `set`). */
function verbNumber(verbs: Readonly<Record<string, number>>, word: string): number | undefined {
  const parts = word.toLowerCase().split('-').slice(0, 6);
  for (let length = parts.length; length > 0; length -= 1) {
    const known = parts.slice(0, length).join('-');
    if (Object.hasOwn(verbs, known)) return verbs[known];
  }
  return undefined;
}

function* leaves(tree: Tree, path: readonly string[]): Generator<readonly [readonly string[], number]> {
  for (const [word, next] of Object.entries(tree)) {
    if (typeof next === 'number') yield [[...path, word], next];
    else yield* leaves(next, [...path, word]);
  }
}

function reversibility(tool: string, path: string, mutation: Mutation, key: string, table: Table): Reversibility {
  if (key === 'irreversible') return { kind: 'irreversible' };
  if (key === 'self') return { kind: 'reversible', how: 'It comes back by itself.' };
  if (key.startsWith('opposite:')) {
    const opposite = key.slice(9);
    const command = `${tool} ${[...path.split(' ').slice(0, -1), opposite].join(' ')}`;
    // Only what is kept for a while can be taken back after a deletion.
    const kept = /^(undelete|recover)/.test(opposite);
    return kept ? { kind: 'recoverable', how: `Take it back with \`${command}\`.` } : { kind: 'reversible', how: `Undo it with \`${command}\`, if you know what was set before.` };
  }
  const entry = key.startsWith('undo:') && Object.hasOwn(table.undo, key.slice(5)) ? table.undo[key.slice(5)] : undefined;
  if (entry) return { kind: entry[0], ...(entry[1] && { how: entry[1] }), ...(entry[2] && { until: entry[2] }) };
  return { kind: mutation === 'none' || mutation === 'additive' ? 'reversible' : 'unknown' };
}
