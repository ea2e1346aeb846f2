import { FROM_BEST_TO_WORST, type Door, type Effect, type Mutation, type TargetContext } from '../../../model';
import type { InputsOf } from '../../inputs';
import type { ReaderContext, Finding, Invocation, ReadGrammar, Tool, Word } from '../../invocation';
import { behindName } from '../../words';
import { found, named, runText, runWords, targetsOf, variable, type CliCall } from './call';
import type { ExactLine } from './cobra';
import { behindDoor } from './documented-door';
import { readLine, type CliLine, type LineGrammar } from './line';
import { maybeOn, onlyShows, surelyOn, type Repeated } from './switches';
import { holdsFor, readCommandTable, type Entry } from './table';
import { beginningOf, effectsOfNoun, verbNamed } from '../../engines/verbs';
import type { CliCommand, CommandTable } from '../../knowledge/command-table';
import type { DoorTool } from '../../knowledge/doors';

/** A command-line tool by its grammar and its commands. */
export interface ToolSpec {
  readonly names: readonly string[];
  /** The first part of operations' names (`digitalocean`). */
  readonly provider: string;
  /** Where the grammar and the commands come from. */
  readonly source: string;
  /** Options of any command that take the next word, separated by blanks. */
  readonly valued: string;
  /** Options without a value, where one that is taken for valued would hide a command. */
  readonly flags?: string;
  /** One dash begins a long name. */
  readonly singleDash?: boolean;
  /** Options with which nothing is done: switches, or choices of which only these values look (`--dry-run=client|server`). */
  readonly harmless?: string;
  /** Reads the words exactly as the tool's own parser does; without one they are read as most parsers do. Of an option that is repeated the last one counts then. */
  readonly reader?: (words: readonly Word[], invocation: Invocation, detect: ReaderContext) => ExactLine;
  /** Of an option that is repeated the last one counts, though the words are read as most parsers do. */
  readonly lastCounts?: boolean;
  /** Long options that any beginning of their name stands for. */
  readonly abbreviates?: readonly string[];
  /** The options that may stand before a command, where the reader alone knows them: for the decision without a process. */
  readonly ahead?: { readonly [K in keyof Omit<ReadGrammar, 'commands'>]: ReadGrammar[K] };
  /** Whether a command is the tool's own, so that neither an alias nor a plugin takes its place. */
  readonly own?: (command: string) => boolean;
  /** Switches that take a question or a protection away. */
  readonly guards?: string;
  /** Words may be joined by this character (`apps:destroy`). */
  readonly joinedBy?: string;
  /** See `readCommandTable`; entries where a table is put together. */
  readonly commands: string | (() => readonly Entry[]);
  /** What a command means that the table doesn't have: by its verb; anything is `unknown`; or it is none of our business. */
  readonly otherwise: 'verbs' | 'unknown' | 'quiet';
  /** Options whose values name what is acted on. */
  readonly targets?: string;
  /** Where it acts: options and variables by the name of the context's entry; `account`, `region` and `profile` are known ones. */
  readonly where?: Readonly<Record<string, string>>;
  /** Option and flag that make the command one of its own: the text that a shell gets. */
  readonly runsText?: string;
  /** Words that are put before the others (`TF_CLI_ARGS`). */
  readonly moreWords?: (words: readonly Word[], invocation: Invocation, detect: ReaderContext) => readonly Word[];
  /** Reads words as Python's argparse does. */
  readonly argparse?: boolean;
  /** The options as the tool keeps them, where a later one takes an earlier one back. */
  readonly settle?: (line: CliLine, targets: ReadonlySet<string>) => CliLine;
  /** What the tool's own configuration says about the place, where options and variables don't. */
  readonly place?: (context: TargetContext, invocation: Invocation, detect: ReaderContext) => TargetContext;
  /** Judges what the table alone can't; undefined: the table's word stands. */
  readonly refine?: (call: CliCall, finding: Finding) => readonly Finding[] | undefined;
  /** What the options mean in every command, for what `refine` does not judge. */
  readonly meanings?: (call: CliCall, finding: Finding) => Finding;
  /** Judges before the table does; undefined: go on. */
  readonly before?: (call: CliCall) => readonly Finding[] | undefined;
  /** Everyday programs stand in ordinary text without being meant: their names alone make nothing suspicious. */
  readonly everyday?: boolean;
  /** The files that it reads; absent: words that name something count. */
  readonly inputs?: InputsOf;
  /** A better form of a destructive command. */
  readonly safer?: (call: CliCall) => Finding['saferForm'] | undefined;
  readonly stopsAt?: LineGrammar['stopsAt'];
  readonly worthAsking?: Tool['worthAsking'];
  /** Every documented command, where the tool's own sources list them: the last word of a command is then its verb for certain. */
  readonly documented?: CommandTable;
  /** The table of doors that goes with it. */
  readonly doors?: DoorTool;
  /** Words before the command that choose a release track (`gcloud beta`). */
  readonly tracks?: string;
}

/** Words of a tool behind which, after `--`, a command of its own stands. */
const RUNS = /^(?:exec|run|shell|ssh|enter|console|attach)$/;

interface Node {
  readonly next: Map<string, Node>;
  readonly entries: Entry[];
}

const HELP = new Set(['--help', '-h', '-help']);
/** Of another command these may be options with a meaning of their own. */
const ALONE = new Set(['--version', '-version', '-v', '-V', '-?', '--usage']);

/** Makes a tool of its specification. The table is read when the tool is first met. */
export function commandTool(spec: ToolSpec): Tool {
  let compiled: ReturnType<typeof compile> | undefined;
  return {
    names: spec.names,
    ...(spec.everyday && { everyday: true }),
    ...(spec.inputs && { inputs: spec.inputs }),
    ...(spec.worthAsking && { worthAsking: spec.worthAsking }),
    table: () => entriesOf(spec),
    reads: () => readGrammar((compiled ??= compile(spec)), spec),
    detect: (invocation, detect) => judgeAll(spec, (compiled ??= compile(spec)), invocation, detect),
  };
}

/** Commands of the table that read under every condition, with all that stands below them. */
function readGrammar({ root, grammar }: ReturnType<typeof compile>, spec: ToolSpec): ReadGrammar {
  const commands: string[] = [];
  const reads = (node: Node): boolean => node.entries.every((e) => e.mutation === 'none') && [...node.next.values()].every(reads);
  const visit = (node: Node, path: readonly string[]): void => {
    for (const [word, child] of node.next) {
      if (!/^[a-z][a-z0-9-]*$/.test(word)) continue;
      if (child.entries.length > 0 && reads(child)) commands.push([...path, word].join(' '));
      else visit(child, [...path, word]);
    }
  };
  // Where any one word may stand, a name says less.
  if (!root.next.has('*')) visit(root, []);
  if (spec.ahead) return { ...spec.ahead, commands: commands.filter((c) => spec.own?.(c) !== false).sort() };
  const plain = (words: ReadonlySet<string>): string[] => [...words].filter((w) => /^--?[A-Za-z][\w-]*$/.test(w));
  return { commands: commands.sort(), valued: plain(grammar.valued), flags: plain(grammar.flags).filter((f) => !grammar.valued.has(f) && !(spec.runsText ?? '').split(' ').includes(f)) };
}

const entriesOf = ({ commands }: ToolSpec): readonly Entry[] => (typeof commands === 'string' ? readCommandTable(commands) : commands());

function compile(spec: ToolSpec): { readonly root: Node; readonly grammar: LineGrammar; readonly harmless: ReadonlyMap<string, ReadonlySet<string>>; readonly guards: ReadonlySet<string>; readonly targets: ReadonlySet<string>; readonly runs: ReadonlySet<string>; readonly tracks: ReadonlySet<string> } {
  const root: Node = { next: new Map(), entries: [] };
  for (const entry of entriesOf(spec)) add(root, entry, 0);
  const words = (text: string | undefined): Set<string> => new Set((text ?? '').split(/\s+/).filter((w) => w !== ''));
  const known = new Set<string>();
  const collect = (node: Node): void => node.next.forEach((child, word) => {
    known.add(word);
    collect(child);
  });
  collect(root);
  preferConditions(root);
  const harmless = new Map([...words(spec.harmless)].map((w) => [w.replace(/=.*$/, ''), new Set(w.includes('=') ? w.replace(/^[^=]*=/, '').split('|') : [])] as const));
  const runs = words(spec.runsText);
  const targets = words(spec.targets);
  const valued = new Set([...words(spec.valued), ...targets, ...runs]);
  const guards = words(spec.guards);
  return {
    tracks: words(spec.tracks), root, harmless, guards, targets, runs,
    grammar: {
      valued, flags: new Set([...words(spec.flags), ...harmless.keys(), ...guards, ...HELP, ...ALONE, '--debug', '--verbose', '--quiet', '--json', '--no-color', '--yes']),
      singleDash: spec.singleDash === true,
      hasCommands: spec.commands !== '' || spec.otherwise === 'verbs',
      ...(spec.documented && { kindOf: spec.documented.flag }),
      isVerb: (word) => known.has(word) || (spec.otherwise === 'verbs' && verbNamed(word) !== undefined),
      ...(spec.argparse && { argparse: true }),
      ...(spec.stopsAt && { stopsAt: spec.stopsAt }),
    },
  };
}

function add(node: Node, entry: Entry, at: number): void {
  const words = entry.path[at];
  if (words === undefined) {
    node.entries.push(entry);
    return;
  }
  for (const word of words) {
    const child = node.next.get(word) ?? { next: new Map<string, Node>(), entries: [] };
    node.next.set(word, child);
    add(child, entry, at + 1);
  }
}

/** Of the entries of one path those with more conditions are asked first; otherwise their order in the table counts. */
function preferConditions(node: Node): void {
  node.entries.sort((a, b) => b.conditions.length - a.conditions.length);
  node.next.forEach(preferConditions);
}

interface Match {
  readonly entry: Entry;
  readonly depth: number;
}

/** The entry with the longest path that these words begin with and whose conditions hold; an exact word wins over `*`. */
function match(node: Node, words: readonly string[], call: Pick<CliCall, 'options' | 'repeated'>, valued: ReadonlySet<string>, depth = 0): Match | undefined {
  const word = words[depth];
  if (word !== undefined) {
    for (const key of [word, '*']) {
      const child = node.next.get(key);
      const deeper = child && match(child, words, call, valued, depth + 1);
      if (deeper) return deeper;
    }
  }
  const entry = node.entries.find((e) => holdsFor(e, call.options, { repeated: call.repeated, valued }));
  return entry && { entry, depth };
}

const NOTHING: CliLine = { words: [], options: [], rest: undefined };
/** More options than this that nobody knows are all turned at once only. */
const MOST_GUESSES = 6;
const worst = (findings: readonly Finding[]): number => Math.max(-1, ...findings.map((f) => FROM_BEST_TO_WORST.indexOf(f.mutation)));

/**
 * The worst of what the words may mean. An option that nobody knows is a switch or takes the next word, and that word may be the
 * command or the switch on which everything rests: both ways are read.
 */
function judgeAll(spec: ToolSpec, compiled: ReturnType<typeof compile>, invocation: Invocation, detect: ReaderContext): Finding[] {
  const given = behindName(invocation.argv);
  if (spec.reader !== undefined) return judge(spec, compiled, invocation, detect, { given, asGiven: NOTHING });
  const words = spec.moreWords?.(given, invocation, detect) ?? given;
  const line = readLine(words, compiled.grammar);
  // Of everyday programs only a few switches are listed: there a doubt counts only before the command, and the next option is one.
  const command = line.words[0] === undefined ? words.length : words.indexOf(line.words[0]);
  const guessed = (line.guessed ?? []).filter((at) => spec.everyday !== true || (at < command && !(words[at + 1]?.value ?? '').startsWith('-')));
  const first = judge(spec, compiled, invocation, detect, { given: words, asGiven: line });
  const turns = guessed.length === 0 ? [] : [new Set(guessed), ...(guessed.length > 1 ? guessed.slice(0, MOST_GUESSES).map((at) => new Set([at])) : [])];
  let found = first;
  for (const turned of turns) {
    const read = readLine(words, compiled.grammar, turned);
    const meant = read.words[0]?.value;
    // A word that is no command of the tool's is refused by it: that reading does nothing.
    if (meant !== undefined && meant !== line.words[0]?.value && spec.otherwise === 'unknown' && !compiled.grammar.isVerb(meant)) continue;
    const other = judge(spec, compiled, invocation, detect, { given: words, asGiven: read });
    if (worst(other) <= worst(found)) continue;
    const doubt = `whether ${[...turned].map((at) => words[at]?.value ?? words[at]?.raw ?? '').join(', ')} takes the next word`;
    found = other.map((f) => ({ ...f, unknowns: [...f.unknowns, doubt] }));
  }
  return found;
}

interface Words {
  /** With what files and variables add to them. */
  readonly given: readonly Word[];
  /** The same, taken apart; a tool with a reader of its own does that itself. */
  readonly asGiven: CliLine;
}

function judge(
  spec: ToolSpec, { root, grammar, harmless, guards, targets: targetOptions, runs, tracks }: ReturnType<typeof compile>, invocation: Invocation, detect: ReaderContext, { given, asGiven }: Words,
): Finding[] {
  const exact = spec.reader?.(given, invocation, detect);
  const read = exact ?? unabbreviated(spec.settle?.(asGiven, targetOptions) ?? asGiven, spec);
  const repeated: Repeated = exact !== undefined || spec.lastCounts === true ? 'last' : 'agree';
  const line = tracks.has(read.words[0]?.value ?? '') ? { ...read, words: read.words.slice(1) } : read;
  const told = whereOf(spec, line.options, invocation, detect);
  const context = spec.place?.(told, invocation, detect) ?? told;
  const base: CliCall = { invocation, detect, tool: spec.names[0] ?? '', provider: spec.provider, path: [], args: line.words, options: line.options, given, rest: line.rest, context, repeated, problems: exact?.problems ?? [] };
  // An option that nobody knows may take the next word: what follows it is not certain to be an option.
  const sure = base.problems.length === 0;
  if (sure && surelyOn(line.options, ['--help'], repeated)) return [found(base, { action: 'help', mutation: 'none', reason: 'Shows help: changes nothing.' })];
  const early = spec.before?.(base);
  if (early) return [...early];
  const texts = knownPath(spec, line.words);
  // A line of the table for a whole group says less than the documented command's own last word.
  const documented = spec.documented?.find(texts.words);
  const entry = match(root, texts.words, base, grammar.valued);
  const matched = entry !== undefined && documented !== undefined && entry.depth < documented.depth ? undefined : entry;
  const call: CliCall = { ...base, path: texts.words.slice(0, matched?.depth ?? 0), args: line.words.slice(texts.wordsOf(matched?.depth ?? 0)) };
  const inner = line.options.filter((o) => runs.has(o.name)).flatMap((o) => (o.value ? runText(o.value.value ?? o.value.raw, call) : []));

  const asks = sure && line.options.some((o) => !grammar.valued.has(o.name) && (HELP.has(o.name) || (ALONE.has(o.name) && line.words.length === 0)) && surelyOn(line.options, [o.name], repeated));
  if (asks || texts.words[0] === 'help') {
    return [found(call, { action: 'help', mutation: 'none', reason: 'Shows help: changes nothing.' })];
  }
  const dry = sure ? [...harmless].find(([name, looks]) => onlyShows(line.options, name, repeated, looks)) : undefined;
  if (matched && matched.entry.mutation === 'runs') {
    const words = line.rest && line.rest.length > 0 ? line.rest : call.args;
    const [only] = words;
    // One word with blanks is a text for a shell: `firebase emulators:exec 'npm test'`.
    return [...inner, ...(words.length === 1 && /\s/.test(only?.value ?? '') ? runText(only?.value ?? '', call) : runWords(words, call))];
  }
  const judged = matched ? byEntry(call, matched.entry, guards, targetOptions) : (documented ? byDocumentation(documented, call, line.words, guards, targetOptions) : byVerb(spec, call, texts.words, line.words, guards, targetOptions));
  if (!judged) return line.rest && texts.words.some((w) => RUNS.test(w)) ? [...inner, ...runWords(line.rest, call)] : inner;
  if (dry) {
    return [...inner, { ...judged, previewDecides: false, mutation: 'none', effects: [], guardsOff: [], reason: `Only shows what would be done (${dry[0]}): changes nothing.`, unknowns: [] }];
  }
  // What the verb alone told has its path in the operation's name.
  const path = matched ? call.path : judged.operation.slice(spec.provider.length + 1).split('.');
  const refined = spec.refine?.({ ...call, path }, judged) ?? [spec.meanings?.({ ...call, path }, judged) ?? judged];
  if (spec.doors && documented) {
    const opened = behindDoor(spec.doors, documented.path, call, refined);
    if (opened) return [...inner, ...opened];
  }
  const behind = line.rest && line.rest.length > 0 && texts.words.some((w) => RUNS.test(w)) ? runWords(line.rest, call).filter((f) => f.mutation !== 'none') : [];
  return [...inner, ...behind, ...refined.map((f) => (f.mutation === 'destructive' && !f.saferForm ? withSafer(f, spec.safer?.(call) ?? dryRunForm(spec, call)) : f))];
}

/** Options that are the beginning of one that is meant get its name, where they are none themselves. */
function unabbreviated(line: CliLine, { abbreviates, documented }: ToolSpec): CliLine {
  if (abbreviates === undefined) return line;
  const full = (name: string): string => (name.length < 3 || documented?.flag(name) !== undefined ? name : (abbreviates.find((one) => one.startsWith(name)) ?? name));
  return { ...line, options: line.options.map((o) => ({ ...o, name: full(o.name) })) };
}

const withSafer = (finding: Finding, saferForm: Finding['saferForm']): Finding => (saferForm ? { ...finding, saferForm } : finding);

/** A tool that has a dry run for everything is asked for that first. */
function dryRunForm(spec: ToolSpec, call: CliCall): Finding['saferForm'] {
  const [first] = (spec.harmless ?? '').split(/\s+/).filter((w) => w !== '').map((w) => w.replace(/=.*$/, ''));
  return first === undefined || call.rest ? undefined : { title: `See first what it would do (${first})`, append: ` ${first}` };
}

/** The words of the path as texts, and how many words of the line the first `n` of them are. */
function knownPath(spec: ToolSpec, words: readonly Word[]): { readonly words: readonly string[]; readonly wordsOf: (depth: number) => number } {
  const out: string[] = [];
  const ends: number[] = [];
  for (const [i, word] of words.entries()) {
    if (word.value === undefined || word.multi) break;
    const parts = spec.joinedBy !== undefined && i === 0 ? word.value.split(spec.joinedBy) : [word.value];
    for (const part of parts) {
      out.push(part);
      ends.push(i + 1);
    }
  }
  return { words: out, wordsOf: (depth) => (depth === 0 ? 0 : (ends[depth - 1] ?? 0)) };
}

function byEntry(call: CliCall, entry: Entry, guards: ReadonlySet<string>, targetOptions: ReadonlySet<string>): Finding {
  const mutation = entry.mutation === 'runs' ? 'unknown' : entry.mutation;
  const verb = call.path.at(-1) ?? '';
  const effects = entry.effects === 'by-noun' ? effectsOfNoun([...call.path.slice(0, -1), call.provider]) : entry.effects;
  return describe(call, { mutation, effects, verb, nouns: call.path.slice(0, -1), note: entry.note, undo: entry.undo, previewDecides: entry.previewDecides, door: entry.door }, guards, targetOptions);
}

/** A documented command as its generated table says. */
function byDocumentation(known: CliCommand, call: CliCall, words: readonly Word[], guards: ReadonlySet<string>, targetOptions: ReadonlySet<string>): Finding {
  const path = known.path.split(' ');
  return describe({ ...call, path, args: words.slice(known.depth) }, { mutation: known.mutation, effects: known.effects, verb: path.at(-1) ?? '', nouns: path.slice(0, -1), note: known.note, undo: known.reversibility, previewDecides: false }, guards, targetOptions);
}

function byVerb(spec: ToolSpec, call: CliCall, texts: readonly string[], words: readonly Word[], guards: ReadonlySet<string>, targetOptions: ReadonlySet<string>): Finding | undefined {
  if (spec.otherwise === 'quiet') return undefined;
  const at = spec.otherwise === 'verbs' ? texts.findIndex((t) => verbNamed(t) !== undefined) : -1;
  if (at >= 0) {
    const text = texts[at] ?? '';
    const verb = verbNamed(text);
    if (!verb) return undefined;
    const inside = text.split(/[-_:.]/).filter((p) => verbNamed(p) === undefined);
    const nouns = [...texts.slice(0, at), ...inside];
    // `volumes snapshot delete`: what is made of a word that is no verb may be a group, so the next verb counts, too.
    const next = texts[at + 1];
    const deeper = next !== undefined && verb.mutation !== 'destructive' ? verbNamed(next) : undefined;
    const meant = deeper?.mutation === 'destructive' && /^[a-z-]+$/.test(String(next)) ? deeper : verb;
    const depth = meant === deeper ? at + 2 : at + 1;
    const path = texts.slice(0, depth);
    const effects = meant.effects === 'by-noun' ? effectsOfNoun([...nouns, ...(meant === deeper ? [text] : [])]) : meant.effects;
    return describe({ ...call, path, args: words.slice(depth) }, { mutation: meant.mutation, effects, verb: path.at(-1) ?? '', phrase: meant.phrase, nouns: meant === deeper ? [...nouns, text] : nouns, note: undefined, undo: undefined, previewDecides: false }, guards, targetOptions);
  }
  const open = words[texts.length];
  if (open !== undefined) {
    return found(call, { action: 'unknown', mutation: 'unknown', reason: `Runs a command of ${call.tool} that only ${open.raw} tells.`, unknowns: [`the command comes from ${open.raw}`] });
  }
  if (texts.length === 0) return found(call, { action: 'help', mutation: 'none', reason: `Names no command: ${call.tool} only shows how it is used.` });
  return found(call, {
    action: texts.slice(0, 3).filter((t) => t !== '').join('.') || 'unknown', mutation: 'unknown',
    reason: `${texts.slice(0, 3).join(' ')} is no command of ${call.tool} that is known here, so what it changes can not be told.`,
    unknowns: [`the command ${texts.slice(0, 3).join(' ')}`],
  });
}

interface Meaning {
  readonly mutation: Mutation;
  readonly effects: readonly Effect[];
  readonly verb: string;
  readonly phrase?: string;
  readonly nouns: readonly string[];
  readonly note: string | undefined;
  readonly undo: Finding['reversibility'] | undefined;
  readonly previewDecides: boolean;
  readonly door?: Door | undefined;
}

const CONSEQUENCE: Readonly<Record<Effect, string>> = {
  'data-loss': 'what is stored in it is lost',
  outage: 'what depends on it stops working',
  replacement: 'it is replaced by a new one',
  'identity-loss': 'its name or address may be gone for good',
  'access-loss': 'somebody or something loses access',
  exposure: 'more people can reach it',
  'guard-removal': 'a protection is gone',
  cost: 'it costs money',
  unknown: 'what it changes can not be told from the command',
};

function describe(call: CliCall, meaning: Meaning, guards: ReadonlySet<string>, targetOptions: ReadonlySet<string>): Finding {
  const noun = meaning.nouns.at(-1) ?? call.tool;
  const type = noun.replace(/s$/, '');
  const byOption = call.options.filter((o) => targetOptions.has(o.name)).flatMap((o) => (o.value ? [o.value] : []));
  const targets = [...targetsOf(call.args, type), ...targetsOf(byOption, type)];
  const phrase = meaning.phrase ?? (meaning.verb === '' ? 'Acts on' : beginningOf(meaning.verb));
  const nouns = meaning.nouns.length > 0 ? ` ${meaning.nouns.slice(-2).join(' ')}` : '';
  // Of a word that is no verb no sentence is made: the command is named as it is.
  const what = phrase === undefined ? `Runs \`${[call.tool, ...call.path].join(' ')}\`${named(targets).replace(/^ (?!\()/, ' on ')}` : `${phrase}${nouns}${named(targets)}`;
  const consequences = meaning.effects.map((e) => CONSEQUENCE[e]);
  const why = meaning.mutation === 'none' ? ': changes nothing.' : meaning.note !== undefined ? `. ${meaning.note}` : consequences.length > 0 ? `: ${consequences.join(', and ')}.` : '.';
  return found(call, {
    action: [...call.path].join('.') || meaning.verb || (meaning.mutation === 'destructive' ? 'delete' : 'run'),
    mutation: meaning.mutation,
    effects: meaning.effects,
    reason: `${call.tool}: ${what}${why}`,
    targets,
    ...(meaning.undo && { reversibility: meaning.undo }),
    guardsOff: meaning.mutation === 'destructive' || meaning.mutation === 'unknown' || meaning.previewDecides ? call.options.filter((o) => guards.has(o.name) && maybeOn(call.options, [o.name], call.repeated)).map((o) => o.name) : [],
    previewDecides: meaning.previewDecides,
    door: meaning.door,
  });
}

/** Account, region, profile and other names of the place, as options and variables tell them. */
function whereOf(spec: ToolSpec, options: CliCall['options'], invocation: Invocation, detect: ReaderContext): TargetContext {
  const out: Record<string, string> = {};
  const other: Record<string, string> = {};
  for (const [name, from] of Object.entries(spec.where ?? {})) {
    for (const place of from.split(' ')) {
      const value = place.startsWith('-') ? options.findLast((o) => o.name === place)?.value?.value : variable(place, invocation, detect);
      if (value === undefined || value === '') continue;
      if (name === 'account' || name === 'region' || name === 'profile' || name === 'endpoint') out[name] = value;
      else other[name] = value;
      break;
    }
  }
  return { ...out, ...(Object.keys(other).length > 0 && { other }) };
}
