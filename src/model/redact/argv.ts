import { awsPlaces } from './aws';
import { isSecretName, REDACTED, type Note } from './names';
import { optionsOf, type Behind, type How, type ToolOptions } from './options';
import { redact, withoutKnown } from './text';
import { hide, hideInData, hideLogin, hidePair, hidePairs } from './values';
import { commandWords } from './words';

/** A name that says how its value is treated by itself, for every tool. */
function howByName(option: string): How | undefined {
  if (/^--(?:[\w-]{1,40}-)?env(?:ironment)?-(?:vars?|variables)$/.test(option)) return 'X';
  return option.startsWith('--') && isSecretName(option.slice(2)) ? 's' : undefined;
}

/** Tools whose short options may stand together in one word (`-sSu user:pw`): their manuals say so. */
const CLUSTERS: ReadonlySet<string> = new Set(['curl', 'docker', 'podman', 'kubectl', 'oc', 'wget', 'zip', 'unzip', 'tar', 'ldapsearch', 'ldapmodify', 'ldapadd', 'ldapdelete', 'htpasswd']);
/** Tools whose options are whole words behind one dash: `-keyout` is no `-k`. */
const WHOLE_WORDS: ReadonlySet<string> = new Set(['openssl', 'keytool', 'jarsigner', 'vault', 'bao', 'consul', 'nomad', 'boundary', 'terraform', 'tofu', 'terragrunt', 'packer', 'java', 'ant', 'keytool']);
/** Options of these take the next word whatever it looks like (pflag, Go's flag package, curl); others leave what looks like an option. */
const GREEDY: ReadonlySet<How> = new Set<How>(['u', 'h', 'o']);

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
  const left = new Set<number>();
  const state: State = { tools: [], names: [], words: [], left };
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    const name = toolName(word);
    const known = name === undefined ? undefined : optionsOf(name);
    if (known !== undefined && name !== undefined && !state.names.includes(name)) {
      state.tools.unshift(known);
      state.names.unshift(name);
      state.words.length = 0;
      if (state.tools.length > 8) return all(argv, note);
      continue;
    }
    at = option(argv, at, state, set, note);
  }
  // What an AWS service's model marks as sensitive.
  if (state.names.some((tool) => tool === 'aws' || tool === 'awslocal')) awsPlaces(argv, set, note);
  return out.map((word, at) => (word === REDACTED || left.has(at) ? word : inner(word, argv[at - 1] ?? '', taken.has(at), note)));
}

/** The tools that the words so far name, the last first: `sudo docker exec db mysql -pSECRET` is about two. */
interface State {
  readonly tools: ToolOptions[];
  readonly names: string[];
  /** The words behind the last tool's name that are no options. */
  readonly words: string[];
  /** The places of words that are no secrets, whatever they are called. */
  readonly left: Set<number>;
}

/** A command line that names tool after tool is no command line: nothing of it is shown but its options' names. */
function all(argv: readonly string[], note?: Note): string[] {
  return argv.map((word) => (word.startsWith('-') ? word.replace(/=[\s\S]*/, `=${REDACTED}`) : hide(word, note)));
}

const toolName = (word: string): string | undefined => (word.length > 128 || word.startsWith('-') || /\s/.test(word) ? undefined : word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1).replace(/\.(?:exe|cmd|bat)$/i, '').replace(/^(python|pip)3?(?:\.\d+)?$/, '$1'));

/** Looks at the word at a place, and treats it or the value behind it. Gives the last place that was used up. */
function option(argv: readonly string[], at: number, state: State, set: (at: number, value: string) => void, note?: Note): number {
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
  if (how !== undefined && equals > 0) {
    set(at, `${name}=${treat(how, word.slice(equals + 1), state, note)}`);
    return at;
  }
  if (how === 'm' || how === 'M') return many(argv, at, how, set, note);
  if (how !== undefined && how !== 'a') {
    const next = argv[at + 1];
    if (next === undefined || (looksLikeOption(next) && !GREEDY.has(how) && !state.names.some((n) => CLUSTERS.has(n)))) return at;
    set(at + 1, treat(how, next, state, note));
    return at + 1;
  }
  return attached(argv, at, state, set, note);
}

const looksLikeOption = (word: string): boolean => /^--[a-z]/.test(word) || word === '--';

function howOf(name: string, state: State): How | undefined {
  for (const tool of state.tools) {
    const how = ruleOf(tool, name, state);
    if (how !== undefined) return how;
  }
  return howByName(name) ?? (state.tools.length > 0 && /^-[A-Za-z]{3}/.test(name) && isSecretName(name.slice(1)) && !state.tools.some((tool) => tool.options.has(name.slice(0, 2))) ? 's' : undefined);
}

/** What a tool's table says of an option, after the words so far. */
function ruleOf(tool: ToolOptions, name: string, state: State): How | undefined {
  return tool.options.get(name)?.find(({ within }) => within.every((word) => state.words.some((w) => w.toLowerCase() === word)))?.how;
}

/** `-pSECRET`, and `-sSu user:pw` where short options may stand together. */
function attached(argv: readonly string[], at: number, state: State, set: (at: number, value: string) => void, note?: Note): number {
  const word = argv[at] ?? '';
  if (word.startsWith('/') && word.includes(':')) return slashed(word, at, state, set, note);
  if (!/^-[A-Za-z][\s\S]/.test(word) || state.names.some((n) => WHOLE_WORDS.has(n))) return at;
  const clusters = state.names.some((n) => CLUSTERS.has(n));
  for (let letter = 1; letter < (clusters ? Math.min(word.length, 8) : 2); letter++) {
    const how = state.tools.map((tool) => ruleOf(tool, `-${word[letter]}`, state)).find((h) => h !== undefined);
    if (letter > 1 && !/[A-Za-z]/.test(word[letter] ?? '')) return at;
    if (how === undefined) continue;
    const rest = word.slice(letter + 1);
    if (rest !== '') set(at, `${word.slice(0, letter + 1)}${treat(how, rest, state, note)}`);
    else if (argv[at + 1] !== undefined && how !== 'a') set(at + 1, treat(how, argv[at + 1] ?? '', state, note));
    return rest === '' && how !== 'a' ? at + 1 : at;
  }
  return at;
}

/** `/p:SECRET`, as tools from Windows write it. */
function slashed(word: string, at: number, state: State, set: (at: number, value: string) => void, note?: Note): number {
  const colon = word.indexOf(':');
  const how = state.tools.map((tool) => ruleOf(tool, word.slice(0, colon), state)).find((h) => h !== undefined) ?? (state.tools.length > 0 && isSecretName(word.slice(1, colon)) ? 's' : undefined);
  if (how !== undefined) set(at, `${word.slice(0, colon + 1)}${treat(how, word.slice(colon + 1), state, note)}`);
  return at;
}

/** Every word until the next option. */
function many(argv: readonly string[], at: number, how: 'm' | 'M', set: (at: number, value: string) => void, note?: Note): number {
  let last = at;
  for (let next = at + 1; next < argv.length && !/^--?[A-Za-z]/.test(argv[next] ?? ''); next++) {
    set(next, pairOrData(argv[next] ?? '', how === 'M', note));
    last = next;
  }
  return last;
}

function positional(argv: readonly string[], at: number, state: State, set: (at: number, value: string) => void, note?: Note): number {
  const word = argv[at] ?? '';
  // A stack's parameters look like nothing else, whatever operation they are given to.
  if (word.startsWith('ParameterKey=') || (/^\s*[[{]/.test(word) && word.includes('"ParameterKey"'))) {
    set(at, pairOrData(word, false, note));
    return at;
  }
  state.words.push(word);
  for (const tool of state.tools) {
    for (const behind of tool.behind) {
      if (!reaches(behind, state.words)) continue;
      set(at, behind.how === 'x' ? hidePair(word, true, note) : treat(behind.how, word, state, note));
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

function treat(how: How, value: string, state: State, note?: Note): string {
  switch (how) {
    case 's':
    case 'a': return hide(value, note);
    case '-':
    case '!': return value;
    case ':': return hidePair(value, false, note, ':');
    case '/': return beforePlace(value, note);
    case 'x': return hidePair(value, true, note);
    case 'X': return hidePairs(value, true, note);
    case 'p': return pairOrData(value, false, note);
    case 'P': return value.startsWith('{') ? pairOrData(value, false, note) : hidePairs(value, false, note);
    case 'm': return pairOrData(value, false, note);
    case 'M': return pairOrData(value, true, note);
    case 'u': return hideLogin(value, note);
    case '%': return hideLogin(value, note, value.includes('%') ? '%' : ',');
    case 'h': return header(value, note);
    case 'o': return value.startsWith('pass:') ? `pass:${hide(value.slice(5), note)}` : /^(?:env|file|fd|stdin)\b/.test(value) ? value : hide(value, note);
    case 'e': return environment(value, note);
    case 'd': return state.words.some((w) => /^secrets?(?:$|[/.])/i.test(w)) ? environment(value, note, /^(?:data|stringData|value)$/) : value;
  }
}

/** `user/password@place`: user and place stay. */
function beforePlace(value: string, note?: Note): string {
  const [slash, at] = [value.indexOf('/'), value.lastIndexOf('@')];
  return slash < 0 ? value : `${value.slice(0, slash + 1)}${hide(value.slice(slash + 1, at > slash ? at : undefined), note)}${at > slash ? value.slice(at) : ''}`;
}

/** `Name: value` of a header that carries a credential, by its name. */
function header(value: string, note?: Note): string {
  const colon = value.indexOf(':');
  if (colon < 0) return /extraheader=/i.test(value) ? redact(value, note) : value;
  const name = value.slice(0, colon).trim();
  const secret = /authorization|cookie|api-?key|token|secret|password|auth$|subscription-key/i.test(name.slice(name.lastIndexOf('=') + 1));
  return secret ? `${value.slice(0, colon + 1)} ${hide(value.slice(colon + 1).trim(), note)}` : value;
}

/** `KEY=VALUE` or JSON that holds the same. */
function pairOrData(value: string, strict: boolean, note?: Note): string {
  if (/^\s*[[{]/.test(value)) return environment(value, note);
  if (value.startsWith('ParameterKey=')) return shorthandParameter(value, note);
  return hidePair(value, strict, note);
}

/** The AWS CLI's shorthand of a stack's parameter. */
function shorthandParameter(value: string, note?: Note): string {
  const found = /^(ParameterKey=([^,]*),\s*ParameterValue=)([\s\S]*)$/.exec(value);
  if (!found) return value;
  const [, before = '', key = '', inside = ''] = found;
  return `${before}${hidePair(`${key}=${inside}`, false, note).slice(key.length + 1)}`;
}

/** Each value of a map or list of variables, in JSON or in the tool's shorthand (`Variables={A=1,B=2}`, `A=1 B=2`). */
export function environment(value: string, note?: Note, under?: RegExp): string {
  if (/^fileb?:\/\/|^@/.test(value)) return value;
  const data = parsed(value);
  if (data !== undefined) {
    return JSON.stringify(hideInData(data, { secret: isSecretName, all: (key) => under?.test(key) ?? false }, note, under === undefined));
  }
  if (under !== undefined) return redact(value, note);
  // Shorthand: pairs stand in braces, behind commas or blanks.
  return value.replace(/([A-Za-z_][\w.-]*)=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,{}[\]"']+)/g, (whole, key: string, one: string) => {
    if (/^(?:name|key|parameterkey|variables|type|optionname|namespace)$/i.test(key)) return whole;
    const bare = one.replace(/^["']|["']$/g, '');
    return hidePair(`${key}=${bare}`, false, note) === `${key}=${bare}` ? whole : `${key}=${REDACTED}`;
  });
}

function parsed(text: string): unknown {
  if (!/^\s*[[{"]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What is left of a word: a command line of its own (`bash -c '…'`), data, or text with names and looks in it. */
function inner(word: string, before: string, taken: boolean, note?: Note): string {
  // OpenSSL's form of a pass phrase, whatever the option (openssl-passphrase-options(1)).
  if (!taken && word.startsWith('pass:') && word.length > 5) return `pass:${hide(word.slice(5), note)}`;
  if (!taken && /\s/.test(word) && (/^-[a-z]*c$/.test(before) || startsCommand(word))) return redactCommandLine(word, note);
  return redact(word, note);
}

const startsCommand = (text: string): boolean => {
  const first = /^(?:\s*[A-Za-z_]\w*=\S*)*\s*(\S+)/.exec(text.slice(0, 512))?.[1];
  const name = first === undefined ? undefined : toolName(first);
  return name !== undefined && (optionsOf(name) !== undefined || /^(?:sudo|exec|env|export|eval|sh|bash|zsh)$/.test(name));
};

/** The deepest text within a text that is read as a command line. */
const DEEPEST = 6;
let depth = 0;

/** The same for a command line as text, as it stands in a script or was typed: it keeps its form, secrets apart. */
export function redactCommandLine(text: string, note?: Note): string {
  if (depth >= DEEPEST) return redact(text, note);
  depth++;
  try {
    let out = '';
    let at = 0;
    for (const command of commandWords(text)) {
      const clean = redactArgv(command.map((w) => w.value), note);
      command.forEach((w, i) => {
        const now = clean[i] ?? '';
        if (now === w.value) return;
        out += `${text.slice(at, w.start)}${/^[\w@%+=:,./[\]-]+$/.test(now) ? now : `'${now.replaceAll("'", "'\\''")}'`}`;
        at = w.end;
      });
    }
    return redact(out + text.slice(at), note);
  } finally {
    depth--;
  }
}
