import { shQuote } from '../sh-quote';
import { awsPlaces } from './aws';
import { hideDefaults, hideInLists, hideWithin, type Reading } from './data';
import { REDACTED, isSecretName, type Note } from './names';
import { optionsOf, type Behind, type How } from './options';
import { readsSecret, written } from './stdin';
import { redact, withoutKnown } from './text';
import { attachedHow, begin, howOf, isDatabaseName, ruleOf, say, starting, toolName, type State } from './tools';
import { treat } from './treat';
import { hide, hidePair } from './values';
import { pairOrData, terraformVariable } from './variables';
import { commandWords, type LineCommand } from './words';

/** Tools whose short options may stand together in one word (`-sSu user:pw`): their manuals say so. */
const CLUSTERS: ReadonlySet<string> = new Set(['curl', 'docker', 'podman', 'kubectl', 'oc', 'wget', 'zip', 'unzip', 'tar', 'ldapsearch', 'ldapmodify', 'ldapadd', 'ldapdelete', 'htpasswd']);
/** Tools whose options are whole words behind one dash: `-keyout` is no `-k`. */
const WHOLE_WORDS: ReadonlySet<string> = new Set(['openssl', 'keytool', 'jarsigner', 'vault', 'bao', 'consul', 'nomad', 'boundary', 'terraform', 'tofu', 'terragrunt', 'packer', 'java', 'ant', 'keytool', 'splunk']);
/** Options of these take the next word whatever it looks like (pflag, Go's flag package, curl); others leave what looks like an option. */
const GREEDY: ReadonlySet<How> = new Set<How>(['u', 'h', 'o']);
/** Tools whose options may take every word up to the next one. Source: argparse, nargs; az and the AWS CLI list their values so. */
const LISTS: ReadonlySet<string> = new Set(['aws', 'awslocal', 'az']);

type Set_ = (at: number, value: string) => void;
const READING: Reading = { argv: (words, note) => redactArgv(words, note), line: (text, note) => (startsCommand(text) ? redactCommandLine(text, note) : redact(text, note)) };
const isOne = (state: State, names: ReadonlySet<string>): boolean => state.tools.some((tool) => names.has(tool.name));

/**
 * Takes the secrets out of an argv: first by their place (which option or word of which tool holds one), then by name and look
 * in what is left. Key names, files that are only named, and what a person decides by (targets, regions, sizes) stay.
 * Gives the same when it is given what it gave.
 */
export function redactArgv(argv: readonly string[], note?: Note): string[] {
  const found: string[] = [];
  const out = byPlace(argv, (secret) => {
    found.push(secret);
    note?.(secret);
  });
  // What is a secret in one word is one in another, too; a short one may be a name there.
  const again = found.filter((secret) => secret.length >= SURELY && !secret.includes(' '));
  return again.length === 0 || again.length > 200 ? out : out.map((word) => withoutKnown(word, again));
}

const SURELY = 8;

function byPlace(argv: readonly string[], note: Note): string[] {
  const out = argv.map((word) => word);
  const taken = new Set<number>();
  const set = (at: number, value: string): void => {
    out[at] = value;
    taken.add(at);
  };
  const state: State = { tools: [], left: new Set(), open: true, runs: false, listed: [] };
  for (let at = 0; at < argv.length; at++) {
    const tool = starting(argv, at, state);
    if (tool === undefined) {
      at = option(argv, at, state, set, note);
      continue;
    }
    say(argv[at] ?? '', state);
    begin(tool, argv, at, state);
    if (state.tools.length > 8) return all(argv, note);
  }
  listed(state, set, note);
  // What an AWS service's model marks as sensitive.
  const aws = state.tools.some((tool) => tool.name === 'aws' || tool.name === 'awslocal');
  if (aws) awsPlaces(argv, set, note);
  return out.map((word, at) => (word === REDACTED || state.left.has(at) ? word : inner(word, argv[at - 1] ?? '', taken.has(at), aws, note)));
}

/** The words of one command that stand in several options, or behind commas in one. */
function listed({ listed: parts }: State, set: Set_, note?: Note): void {
  if (parts.length === 0) return;
  const cut = parts.map(({ value }) => ({ sign: /^\^([^^]{1,10})\^/.exec(value)?.[1] ?? ',', value: value.replace(/^\^[^^]{1,10}\^/, '') }));
  const clean = redactArgv(cut.flatMap(({ sign, value }) => value.split(sign)), note);
  let from = 0;
  parts.forEach(({ at, before, value }, i) => {
    const { sign = ',', value: bare = '' } = cut[i] ?? {};
    const n = bare.split(sign).length;
    set(at, `${before}${value.slice(0, value.length - bare.length)}${clean.slice(from, from + n).join(sign)}`);
    from += n;
  });
}

/** A command line that names tool after tool is no command line: nothing of it is shown but its options' names. */
function all(argv: readonly string[], note?: Note): string[] {
  return argv.map((word) => (word.startsWith('-') ? word.replace(/=[\s\S]*/, `=${REDACTED}`) : hide(word, note)));
}

/** Looks at the word at a place, and treats it or the value behind it. Gives the last place that was used up. */
function option(argv: readonly string[], at: number, state: State, set: Set_, note?: Note): number {
  const word = argv[at] ?? '';
  const slash = /^\/[A-Za-z]+:/.test(word) && !word.startsWith('//');
  if (!(word.startsWith('-') || slash) || word === '-' || word === '--') return positional(argv, at, state, set, note);
  const equals = word.startsWith('-') ? word.indexOf('=') : -1;
  const name = equals > 0 ? word.slice(0, equals) : word;
  const how = howOf(name, state);
  if (how === '!') return at;
  if (how === '-') {
    const place = equals > 0 ? at : at + 1;
    state.left.add(place);
    return place;
  }
  if (how === 'l') return listOf(argv, at, equals, state);
  if (how !== undefined && equals > 0) {
    set(at, `${name}=${treat(how, word.slice(equals + 1), seenBy(state), note)}`);
    return isOne(state, LISTS) && how === 's' ? many(argv, at, 's', set, note) : at;
  }
  if (how === 'm' || how === 'M') return many(argv, at, how, set, note);
  if (how === 'A') {
    const next = argv[at + 1];
    if (next !== undefined && !next.startsWith('-') && !isDatabaseName(next)) set(at + 1, hide(next, note));
    return at;
  }
  if (how !== undefined && how !== 'a') {
    const next = argv[at + 1];
    if (next === undefined || (looksLikeOption(next) && !GREEDY.has(how) && !isOne(state, CLUSTERS))) return at;
    set(at + 1, treat(how, next, seenBy(state), note));
    return how === 's' && isOne(state, LISTS) ? many(argv, at + 1, 's', set, note) : at + 1;
  }
  return attached(argv, at, state, set, note);
}

const looksLikeOption = (word: string): boolean => /^--[a-z]/.test(word) || word === '--';
const seenBy = (state: State): ReadonlySet<string> => (state.tools.length === 1 ? (state.tools[0]?.seen ?? new Set()) : new Set(state.tools.flatMap((tool) => [...tool.seen].slice(0, 64))));

/** Keeps what stands in an option that takes words of a command, until all of them are known. */
function listOf(argv: readonly string[], at: number, equals: number, state: State): number {
  const word = argv[at] ?? '';
  if (equals > 0) state.listed.push({ at, before: word.slice(0, equals + 1), value: word.slice(equals + 1) });
  else if (argv[at + 1] !== undefined) state.listed.push({ at: at + 1, before: '', value: argv[at + 1] ?? '' });
  return equals > 0 ? at : at + 1;
}

/** `-pSECRET`, and `-sSu user:pw` where short options may stand together. */
function attached(argv: readonly string[], at: number, state: State, set: Set_, note?: Note): number {
  const word = argv[at] ?? '';
  if (word.startsWith('/') && word.includes(':')) return slashed(word, at, state, set, note);
  if (!/^-[A-Za-z][\s\S]/.test(word)) return at;
  const clusters = isOne(state, CLUSTERS);
  for (let letter = 1; letter < (clusters ? Math.min(word.length, 8) : 2); letter++) {
    const how = attachedHow(`-${word[letter]}`, state, WHOLE_WORDS);
    if (letter > 1 && !/[A-Za-z]/.test(word[letter] ?? '')) return at;
    if (how === undefined) continue;
    const rest = word.slice(letter + 1);
    const alone = how === 'a' || how === 'A';
    if (rest !== '') set(at, `${word.slice(0, letter + 1)}${treat(how, rest, seenBy(state), note)}`);
    else if (argv[at + 1] !== undefined && !alone) set(at + 1, treat(how, argv[at + 1] ?? '', seenBy(state), note));
    return rest === '' && !alone ? at + 1 : at;
  }
  return at;
}

/** `/p:SECRET`, as tools from Windows write it. */
function slashed(word: string, at: number, state: State, set: Set_, note?: Note): number {
  const colon = word.indexOf(':');
  const how = attachedHow(word.slice(0, colon), state) ?? (state.tools.length > 0 && isSecretName(word.slice(1, colon)) ? 's' : undefined);
  if (how !== undefined) set(at, `${word.slice(0, colon + 1)}${treat(how, word.slice(colon + 1), seenBy(state), note)}`);
  return at;
}

/** Every word until the next option. */
function many(argv: readonly string[], at: number, how: 's' | 'm' | 'M', set: Set_, note?: Note): number {
  let last = at;
  for (let next = at + 1; next < argv.length && !/^--?[A-Za-z]/.test(argv[next] ?? ''); next++) {
    set(next, how === 's' ? hide(argv[next] ?? '', note) : pairOrData(argv[next] ?? '', how === 'M', note));
    last = next;
  }
  return last;
}

function positional(argv: readonly string[], at: number, state: State, set: Set_, note?: Note): number {
  const word = argv[at] ?? '';
  // A stack's parameters and Terraform's variables look like nothing else, whatever they are given to.
  if (word.startsWith('ParameterKey=') || (/^\s*[[{]/.test(word) && word.includes('"ParameterKey"'))) {
    set(at, pairOrData(word, false, note));
    return at;
  }
  if (word.startsWith('TF_VAR_')) {
    set(at, terraformVariable(word, note));
    return at;
  }
  say(word, state);
  const pair = /^([\w-]{1,64})(?:\.[\w.-]{1,128})?=/.exec(word);
  for (const tool of state.tools) {
    const said = ruleOf(tool, pair?.[1] ?? word.toLowerCase());
    if (said !== undefined && pair) {
      set(at, `${pair[0]}${treat(said, word.slice(pair[0].length), tool.seen, note)}`);
      return at;
    }
    if (said === '2') {
      if (argv[at + 2] !== undefined) set(at + 2, hide(argv[at + 2] ?? '', note));
      return at + 2;
    }
    if (said !== undefined && argv[at + 1] !== undefined) {
      set(at + 1, treat(said, argv[at + 1] ?? '', tool.seen, note));
      return at + 1;
    }
    for (const behind of tool.options.behind) {
      if (!reaches(behind, tool.words)) continue;
      set(at, behind.how === 'x' ? hidePair(word, true, note) : treat(behind.how, word, tool.seen, note));
      return at;
    }
  }
  return at;
}

/** Whether the last of these words stands behind the path, past those that stay. */
function reaches({ path, skip }: Behind, words: readonly string[]): boolean {
  // A command's own words come first: deeper ones are arguments.
  for (let start = 0; start + path.length + skip < words.length && start < 6; start++) {
    if (path.every((part, i) => matches(part, words[start + i] ?? ''))) return true;
  }
  return false;
}

function matches(pattern: string, word: string): boolean {
  const text = word.toLowerCase();
  if (!pattern.includes('*')) return pattern === text;
  const [before = '', middle, after] = pattern.split('*');
  if (after !== undefined) return text.startsWith(before) && text.includes(middle ?? '');
  return text.startsWith(before) && text.endsWith(middle ?? '');
}

/** What is left of a word: a command line of its own (`bash -c '…'`), data, or text with names and looks in it. */
function inner(word: string, before: string, taken: boolean, aws: boolean, note?: Note): string {
  // OpenSSL's form of a pass phrase, whatever the option (openssl-passphrase-options(1)).
  if (!taken && word.startsWith('pass:') && word.length > 5) return `pass:${hide(word.slice(5), note)}`;
  if (!taken && /\s/.test(word) && (/^-[a-z]*c$/.test(before) || startsCommand(word))) return redactCommandLine(word, note);
  if (!/[[{=\n]/.test(word)) return redact(word, note);
  const lists = aws ? hideInLists(word, READING, note) : word;
  const template = aws && before.startsWith('--t') && /[:\n]/.test(lists) && !/^\s*[{[]/.test(lists) ? hideDefaults(lists, note) : lists;
  return redact(hideWithin(template, READING, note), note);
}

function startsCommand(text: string): boolean {
  const first = /^(?:\s*[A-Za-z_]\w*=(?![[{])\S*)*\s*(\S+)/.exec(text.slice(0, 512))?.[1];
  const name = first === undefined ? undefined : toolName(first);
  return name !== undefined && (optionsOf(name) !== undefined || /^(?:sudo|doas|exec|env|export|eval|sh|bash|zsh|echo|printf|nohup|timeout|set|cd|su|ssh)$/.test(name));
}

/** The deepest text within a text that is read as a command line. */
const DEEPEST = 6;
let depth = 0;

/** The same for a command line as text, as it stands in a script or was typed: it keeps its form, secrets apart. */
export function redactCommandLine(text: string, note?: Note): string {
  if (depth >= DEEPEST) return redact(text, note);
  depth++;
  try {
    const commands = commandWords(text);
    const handed = handedOver(commands);
    let out = '';
    let at = 0;
    commands.forEach(({ words }, number) => {
      const clean = redactArgv(words.map((w) => w.value), note);
      words.forEach((w, i) => {
        const now = handed.has(`${number}.${i}`) ? hide(w.value, note) : (clean[i] ?? '');
        if (now === w.value) return;
        out += `${text.slice(at, w.start)}${/^[\w@%+=:,./[\]-]+$/.test(now) ? now : shQuote(now)}`;
        at = w.end;
      });
    });
    return redact(out + text.slice(at), note);
  } finally {
    depth--;
  }
}

/** The words that one command writes, or a here-string or here-document holds, for another that reads a secret: `echo SECRET | sudo -S …`. */
function handedOver(commands: readonly LineCommand[]): ReadonlySet<string> {
  const found = new Set<string>();
  const take = (number: number, places: readonly number[]): void => places.forEach((place) => found.add(`${number}.${place}`));
  commands.forEach(({ words, after }, number) => {
    const before = commands[number - 1];
    if (before === undefined) return;
    if ((after === '|' || after === '|&') && readsSecret(words)) {
      let from = number - 1;
      while (from > 0 && number - from < 4 && /[<>]/.test(commands[from]?.after ?? '')) from--;
      take(from, written(commands[from]?.words ?? []));
    }
    if (after === '<<<' && readsSecret(before.words)) take(number, [0]);
    if (after !== '<<' || !readsSecret(before.words)) return;
    const end = words[0]?.value.replace(/^-/, '');
    take(number, words.slice(1).map((_, i) => i + 1));
    for (let next = number + 1; next < commands.length && next - number < 64 && commands[next]?.words[0]?.value !== end; next++) take(next, (commands[next]?.words ?? []).map((_, i) => i));
  });
  return found;
}
