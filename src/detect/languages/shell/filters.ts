import { DECODED_GAP, gapOf, GAP, hasGap, MAX_TEXT, REMOTE_GAP } from './text';
import { shWord } from '../../../model/sh-quote';

/** What a filter can look at besides its words. */
export interface FilterInput {
  /** What it reads from standard input; empty when nothing is redirected. */
  readonly input: string;
  /** The text of a file, with gaps. */
  readonly file: (path: string) => string;
}

type Filter = (args: readonly string[], from: FilterInput) => string;

/**
 * Commands whose output is certain when their words and input are. What they are asked beyond that is a gap.
 * Sources: the POSIX utilities' pages and the GNU coreutils manual; `xxd(1)`, `rev(1)`, `openssl-enc(1)`.
 */
const FILTERS: Readonly<Record<string, Filter>> = {
  echo: (args) => echo(args),
  printf: (args) => printf(args),
  cat: (args, from) => {
    const files = args.filter((a) => a === '-' || !a.startsWith('-'));
    return files.length === 0 ? from.input : files.map((f) => (f === '-' ? from.input : from.file(f))).join('');
  },
  tee: (_args, from) => from.input,
  pwd: () => GAP,
  true: () => '',
  ':': () => '',
  base64: (args, from) => {
    const decode = args.some((a) => /^(?:-[a-zA-Z]*[dD][a-zA-Z]*|--decode)$/.test(a));
    const file = args.find((a) => !a.startsWith('-'));
    const text = file === undefined ? from.input : from.file(file);
    return !decode ? (hasGap(text) ? gapOf(text) : Buffer.from(text).toString('base64') + '\n') : decoded(text, 'base64');
  },
  base32: (_args, from) => (from.input.includes(REMOTE_GAP) ? REMOTE_GAP : DECODED_GAP),
  openssl: (args, from) => {
    const decode = args.includes('-d');
    const plain = args.some((a) => /^-?base64$/.test(a) || a === '-a') && !args.some((a) => /^-(aes|des|camellia|k|K|pass)/.test(a));
    const file = args.indexOf('-in');
    const text = file < 0 ? from.input : from.file(args[file + 1] ?? '');
    return decode && plain ? decoded(text, 'base64') : decode ? DECODED_GAP : gapOf(text);
  },
  xxd: (args, from) => {
    const letters = args.filter((a) => a.startsWith('-')).join('');
    return letters.includes('r') && letters.includes('p') ? decoded(from.input.replace(/\s/g, ''), 'hex') : letters.includes('r') ? DECODED_GAP : gapOf(from.input);
  },
  rev: (_args, { input }) => known(input, () => input.split('\n').map((l) => [...l].reverse().join('')).join('\n')),
  tac: (_args, { input }) => known(input, () => `${input.replace(/\n$/, '').split('\n').reverse().join('\n')}\n`),
  tr: (args, { input }) => known(input, () => translate(args, input)),
  sed: (args, { input }) => known(input, () => sed(args, input)),
  head: (args, { input }) => known(input, () => headOf(args, input)),
  tail: (args, { input }) => known(input, () => (args.length === 2 && args[0] === '-n' && /^\d+$/.test(args[1] ?? '') ? `${input.replace(/\n$/, '').split('\n').slice(-Number(args[1])).join('\n')}\n` : GAP)),
  cut: (args, { input }) => known(input, () => cut(args, input)),
  sort: (args, { input }) => known(input, () => (args.length === 0 ? `${input.replace(/\n$/, '').split('\n').sort().join('\n')}\n` : input)),
  seq: (args) => {
    const [from, to] = args.length === 1 ? [1, Number(args[0])] : [Number(args[0]), Number(args[1])];
    return args.length > 2 || !Number.isInteger(from) || !Number.isInteger(to) || to - from > 64 ? GAP : Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => `${from + i}\n`).join('');
  },
  basename: ([path, suffix]) => {
    if (path === undefined || path.startsWith('-')) return GAP;
    const base = path.replace(/\/+$/, '').replace(/^.*\//, '');
    return `${suffix !== undefined && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base}\n`;
  },
  dirname: ([path]) => (path === undefined || path.startsWith('-') ? GAP : `${path.includes('/') ? path.replace(/\/[^/]*$/, '') || '/' : '.'}\n`),
  which: (args) => located(args, '/usr/bin/'),
  whence: (args) => located(args, ''),
  command: (args) => (args[0] === '-v' ? located(args, '') : GAP),
  type: (args) => (/^-[pP]+$/.test(args[0] ?? '') ? located(args, '/usr/bin/') : GAP),
  // Every call gives another file; the words that name it tell them apart.
  mktemp: () => GAP,
  curl: () => REMOTE_GAP,
  wget: () => REMOTE_GAP,
  fetch: () => REMOTE_GAP,
  aria2c: () => REMOTE_GAP,
  http: () => REMOTE_GAP,
  https: () => REMOTE_GAP,
};

/** Programs that unpack or decrypt: what comes out can't be judged by what is seen. */
const DECODERS = new Set(['gzip', 'gunzip', 'zcat', 'bzip2', 'bunzip2', 'bzcat', 'xz', 'unxz', 'xzcat', 'zstd', 'zstdcat', 'gpg', 'gpg2', 'age', 'sops', 'uudecode', 'basenc', 'ansible-vault', 'unzip']);

/** What a command prints, with gaps where it is not known. Never empty for a command that is not followed. */
export function filtered(name: string, args: readonly string[], from: FilterInput): string {
  const filter = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
  if (filter) return filter(args, from);
  return DECODERS.has(name) && !from.input.includes(REMOTE_GAP) ? DECODED_GAP : gapOf(from.input);
}

const known = (input: string, make: () => string): string => (hasGap(input) ? gapOf(input) : make());

function decoded(text: string, encoding: 'base64' | 'hex'): string {
  if (!hasGap(text)) return Buffer.from(text.trim(), encoding).toString('utf8');
  return text.includes(REMOTE_GAP) ? REMOTE_GAP : DECODED_GAP;
}

/** Where a command is found: some folder; only its last part decides what it is. A function or alias has no path. */
function located(args: readonly string[], folder: string): string {
  const wanted = args.filter((a) => !a.startsWith('-'));
  return wanted.length > 0 ? wanted.map((w) => `${w.includes('/') ? '' : folder}${w}\n`).join('') : GAP;
}

function echo(args: readonly string[]): string {
  let newline = true;
  let escapes = false;
  let i = 0;
  for (; /^-[neE]+$/.test(args[i] ?? ''); i++) {
    if (args[i]?.includes('n')) newline = false;
    if (args[i]?.includes('e')) escapes = true;
  }
  const text = args.slice(i).join(' ');
  return (escapes ? unescaped(text) : text) + (newline ? '\n' : '');
}

const PERCENT = '\uFDEF';

function printf(args: readonly string[]): string {
  const [format, ...values] = args[0] === '--' ? args.slice(1) : args;
  if (format === undefined || format.startsWith('-')) return GAP;
  let out = '';
  let at = 0;
  do {
    const before = at;
    out += unescaped(format.replace(/%%/g, PERCENT)).replace(/%([-+0 #]*)(\d*)(?:\.(\d+))?([a-zA-Z])/g, (_all, flags: string, width: string, precision: string | undefined, kind: string) => {
      const value = values[at++] ?? (kind === 'd' || kind === 'i' ? '0' : '');
      const text = converted(kind, value, precision);
      return flags.includes('-') ? text.padEnd(Math.min(4096, Number(width))) : text.padStart(Math.min(4096, Number(width)), flags.includes('0') ? '0' : ' ');
    }).replaceAll(PERCENT, '%');
    if (at === before) break;
  } while (at < values.length && out.length < MAX_TEXT);
  return out;
}

function converted(kind: string, value: string, precision: string | undefined): string {
  if (hasGap(value)) return value;
  switch (kind) {
    case 's': return precision === undefined ? value : value.slice(0, Number(precision));
    case 'd':
    case 'i': return /^-?\d+$/.test(value) ? String(Number(value)) : GAP;
    case 'b': return unescaped(value);
    case 'c': return value.charAt(0);
    case 'x': return /^\d+$/.test(value) ? Number(value).toString(16) : GAP;
    case 'o': return /^\d+$/.test(value) ? Number(value).toString(8) : GAP;
    case 'q': return shWord(value);
    default: return GAP;
  }
}

const NAMED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', v: '\v', '\\': '\\', '"': '"', "'": "'" };

/** A text with the escapes of `echo -e`, `printf` and `${x@E}` resolved. */
export function unescaped(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|0?([0-7]{1,3})|([^]))/g, (all, hex?: string, u4?: string, u8?: string, octal?: string, c?: string) => {
    const code = hex ?? u4 ?? u8;
    if (code !== undefined) return String.fromCodePoint(Math.min(0x10ffff, parseInt(code, 16)));
    if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 255);
    return (c !== undefined ? NAMED[c] : undefined) ?? all;
  });
}

const CLASSES: Readonly<Record<string, string>> = { '[:lower:]': 'a-z', '[:upper:]': 'A-Z', '[:digit:]': '0-9', '[:alpha:]': 'A-Za-z', '[:alnum:]': 'A-Za-z0-9', '[:space:]': ' \\t\\n\\r\\v\\f', '[:blank:]': ' \\t' };

function translate(args: readonly string[], input: string): string {
  const set = (spec: string): string[] => [...unescaped(spec.replace(/\[:[a-z]+:\]/g, (c) => CLASSES[c] ?? GAP)).replace(/([^])-([^])/g, (_all, a: string, b: string) => {
    const [from, to] = [a.charCodeAt(0), b.charCodeAt(0)];
    return to < from ? '' : Array.from({ length: to - from + 1 }, (_, i) => String.fromCharCode(from + i)).join('');
  })];
  const [first, second] = args.filter((a) => !a.startsWith('-') || a === '-');
  const options = args.filter((a) => a.startsWith('-') && a !== '-').join('').replaceAll('-', '');
  if (first === undefined || hasGap(set(first).join('') + set(second ?? '').join(''))) return GAP;
  if (options === 'd' && second === undefined) {
    const gone = new Set(set(first));
    return [...input].filter((c) => !gone.has(c)).join('');
  }
  const to = set(second ?? '');
  const last = to.at(-1);
  if (options !== '' || last === undefined) return GAP;
  const map = new Map(set(first).map((c, i) => [c, to[i] ?? last]));
  return [...input].map((c) => map.get(c) ?? c).join('');
}

/** Only `s/plain/plain/` and `s/plain/plain/g`: anything else is not followed. */
function sed(args: readonly string[], input: string): string {
  const scripts = args.filter((a) => a !== '-e' && a !== '-E' && a !== '-r');
  let out = input;
  for (const script of scripts) {
    const mark = script.charAt(1);
    const [command, from, to, flags, more] = script.split(mark);
    if (command !== 's' || from === undefined || to === undefined || more !== undefined || !/^g?$/.test(flags ?? '-') || /[\\.*[\]^$+?(){}|]/.test(from) || /[\\&]/.test(to) || from === '') return GAP;
    out = out.split('\n').map((line) => (flags === 'g' ? line.split(from).join(to) : line.replace(from, () => to))).join('\n');
  }
  return scripts.length === 0 ? GAP : out;
}

function headOf(args: readonly string[], input: string): string {
  const found = /^-(?:n|-lines=)?\s*(\d+)$/.exec(args.join(' '));
  if (args.length === 0 || found) return input.split('\n').slice(0, Number(found?.[1] ?? 10)).join('\n') + '\n';
  const bytes = /^-c\s*(\d+)$/.exec(args.join(' '));
  return bytes ? input.slice(0, Number(bytes[1])) : GAP;
}

function cut(args: readonly string[], input: string): string {
  const found = /^(?:-d(?: ?)([^])\s*-f ?(\d+)|-f ?(\d+)\s*-d ?([^])|-f ?(\d+))$/.exec(args.join(' '));
  const chars = /^-[cb] ?(\d+)-(\d*)$/.exec(args.join(' '));
  if (!found && !chars) return GAP;
  const mark = found?.[1] ?? found?.[4] ?? '\t';
  const number = Number(found?.[2] ?? found?.[3] ?? found?.[5]);
  return input.split('\n').map((line) => (chars ? line.slice(Number(chars[1]) - 1, chars[2] === '' ? undefined : Number(chars[2])) : line.includes(mark) ? (line.split(mark)[number - 1] ?? '') : line)).join('\n');
}
