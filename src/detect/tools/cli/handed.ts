import type { Target } from '../../../model';
import { shText, type Finding, type Word } from '../../invocation';
import { SHELLS } from '../../languages/shell/names';
import { found, runRemote, splitWords, type CliCall } from './call';
import { elsewhere } from './elsewhere';

/** What is known of a command that another command hands in: to a container, a machine, a build. */
export type Handed =
  /** A shell or console that a person types into. */
  | { readonly kind: 'session' }
  /** What runs can't be seen; `what` tells where it comes from. */
  | { readonly kind: 'unseen'; readonly what: string }
  | { readonly kind: 'reads' }
  /** It does something that is known; these say what. */
  | { readonly kind: 'judged'; readonly findings: readonly Finding[] }
  /** It is seen, and nothing is known of what it does. */
  | { readonly kind: 'open'; readonly program: string; readonly unread?: Finding };

type Call = Pick<CliCall, 'invocation' | 'detect'>;

/** Programs that take commands from their input when they are given none: options with a text, options with another value, and whether a word is a text, too. */
interface Console {
  readonly text: string;
  readonly valued?: string;
  /** From which word on it is a text or a script; Infinity where none is. */
  readonly word: number;
}

/** Source: the manual pages and the reference of each program. */
const CONSOLES: Readonly<Record<string, Console>> = {
  psql: { text: '-c --command -f --file -l --list', valued: '-d -h -p -U -v --dbname --host --port --username --set', word: Infinity },
  mysql: { text: '-e --execute', valued: '-h -P -D --host --port --user --database', word: Infinity },
  mariadb: { text: '-e --execute', valued: '-h -P -D --host --port --user --database', word: Infinity },
  mongosh: { text: '--eval -f --file', valued: '--host --port -u -p --username --password --authenticationDatabase', word: 1 },
  mongo: { text: '--eval -f --file', valued: '--host --port -u -p --username --password --authenticationDatabase', word: 1 },
  'redis-cli': { text: '--eval --scan --bigkeys --stat --latency --rdb', valued: '-h -p -a -n -u -s -r -i --user --pass', word: 0 },
  'valkey-cli': { text: '--eval --scan', valued: '-h -p -a -n -u -s -r -i --user --pass', word: 0 },
  sqlite3: { text: '-cmd', word: 1 },
  sqlcmd: { text: '-Q -q -i', valued: '-S -d -U -P', word: Infinity },
  cqlsh: { text: '-e -f --execute --file', valued: '-u -p -k', word: Infinity },
  'clickhouse-client': { text: '-q --query --queries-file', valued: '-h -u -d --host --port --user --password --database', word: Infinity },
  sqlplus: { text: '', word: 1 },
  etcdctl: { text: '', valued: '--endpoints', word: 0 },
  influx: { text: '-execute', valued: '-host -port -database', word: 0 },
  python: { text: '-c -m -V --version', word: 0 }, python3: { text: '-c -m -V --version', word: 0 }, ipython: { text: '-c -m', word: 0 },
  node: { text: '-e -p --eval --print -v --version', word: 0 }, ruby: { text: '-e -v --version', word: 0 }, irb: { text: '', word: 0 }, perl: { text: '-e -E -v', word: 0 },
  php: { text: '-r -f -i -m -v --version', word: 0 }, iex: { text: '-e --eval', word: 0 }, lua: { text: '-e', word: 0 }, pwsh: { text: '-c -Command -File -f', word: 0 }, powershell: { text: '-c -Command -File', word: 0 },
};
/** Consoles that are a command of a program: `rails console`, `manage.py shell`. Source: the frameworks' own guides. */
const CONSOLE_COMMANDS = /(?:^|\s)(?:(?:\S*\/)?rails (?:c|console|dbconsole|db)|\S*manage\.py (?:shell|shell_plus|dbshell)|\S*artisan (?:tinker|db)|flask shell|\S*console (?:dbal:run-sql)?)\s*$/;
/** Words before the program itself. */
const BEFORE = /^(?:env|sudo|exec|nohup|time|nice|doas|command|bundle|[A-Za-z_]\w*=.*)$/;

const baseOf = (text: string): string => text.slice(text.lastIndexOf('/') + 1);

/**
 * Judges words that start a command elsewhere.
 * @param open whether it gets this command's own standard input.
 */
export function handedWords(all: readonly Word[], call: Call, open: boolean): Handed {
  const words = behindWrappers(all);
  const [head] = words;
  if (!head) return waits(call, open, '');
  if (head.value === undefined) return { kind: 'unseen', what: head.raw };
  const text = all.map(shText).join(' ');
  const hidden = SHELLS.has(baseOf(head.value)) ? words.find((w, i) => w.value === undefined && /^-\w*c$/.test(words[i - 1]?.value ?? '')) : undefined;
  if (hidden) return { kind: 'unseen', what: hidden.raw };
  const program = baseOf(head.value);
  const inner = SHELLS.has(program) ? words.find((_, i) => /^-\w*c$/.test(words[i - 1]?.value ?? ''))?.value : undefined;
  if (isConsole(program, words.slice(1)) || CONSOLE_COMMANDS.test(text) || (inner !== undefined && holdsConsole(inner))) return waits(call, open, text);
  return handedText(text, call);
}

/** The words from the program itself on: `sudo -u postgres psql` is psql. */
function behindWrappers(words: readonly Word[]): readonly Word[] {
  let at = 0;
  for (; at < words.length; at++) {
    const value = words[at]?.value;
    if (value === undefined || !(BEFORE.test(value) || (at > 0 && value.startsWith('-')))) break;
    if (/^-[ugnCh]$/.test(value)) at++;
  }
  return at < words.length ? words.slice(at) : words;
}

/** `sh -c 'cd /app && psql'`: a part of the text takes its commands from the shell's input. */
function holdsConsole(text: string): boolean {
  return text.split(/&&|\|\||;|\n/).some((part) => {
    if (/<(?!\()/.test(part)) return false;
    const [head, ...args] = behindWrappers(splitWords(part.split('|')[0] ?? ''));
    return head?.value !== undefined && (isConsole(baseOf(head.value), args) || CONSOLE_COMMANDS.test(part.trim()));
  });
}

/** Judges a text that a shell reads elsewhere. */
export function handedText(text: string, call: Call, stdin?: string): Handed {
  const loud = runRemote(text, call, stdin === undefined ? undefined : { text: stdin }, elsewhere).filter((f) => f.mutation !== 'none');
  const [first] = loud;
  if (!first) return { kind: 'reads' };
  if (loud.some((f) => f.mutation !== 'modifying' || (f.door !== 'unread' && f.door !== 'command'))) return { kind: 'judged', findings: loud };
  const hidden = loud.find((f) => f.door === 'unread');
  return { kind: 'open', program: (hidden ?? first).tool, ...(hidden && { unread: hidden }) };
}

/** A program that takes its commands from its input. */
function waits(call: Call, open: boolean, text: string): Handed {
  // Nothing is passed on: it reads the end at once.
  if (!open) return { kind: 'reads' };
  const { stdin } = call.invocation;
  if (stdin === null) return { kind: 'session' };
  if (stdin === undefined) return { kind: 'unseen', what: 'its standard input' };
  if (stdin.trim() === '') return { kind: 'reads' };
  return text === '' ? handedText(stdin, call) : handedText(text, call, stdin);
}

function isConsole(program: string, args: readonly Word[]): boolean {
  const shell: Console | undefined = SHELLS.has(program) ? { text: '-c --version', word: 0 } : undefined;
  const name = program.replace(/^(python|perl|ruby|php|lua)[\d.]+$/, '$1');
  const known = shell ?? (Object.hasOwn(CONSOLES, name) ? CONSOLES[name] : undefined);
  if (!known) return false;
  const texts = known.text.split(' ');
  const valued = (known.valued ?? '').split(' ');
  let words = 0;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]?.value ?? '';
    if (arg === '-' || arg === '/dev/stdin') return true;
    if (/^-./.test(arg)) {
      const [option = ''] = arg.split('=');
      if (texts.includes(option) || (shell && /^-\w*c$/.test(arg)) || texts.some((t) => /^-\w$/.test(t) && arg.startsWith(t) && !arg.startsWith('--') && !shell)) {
        // `-f -` reads its input after all.
        return /^(?:-f|--file)$/.test(option) && (args[i + 1]?.value === '-' || arg.endsWith('=-'));
      }
      if (shell && /^-\w*s/.test(arg)) return true;
      if (valued.includes(option) && !arg.includes('=')) i++;
      continue;
    }
    if (words++ >= known.word) return false;
  }
  return true;
}

/** The findings of a door by what is known of the command behind it. */
export function throughDoor(call: Pick<CliCall, 'invocation' | 'tool' | 'provider' | 'context'>, handed: Handed, { action, place, targets }: { readonly action: string; readonly place: string; readonly targets?: readonly Target[] }): Finding[] {
  const own = { action, targets: targets ?? [] };
  switch (handed.kind) {
    case 'session': return [found(call, { ...own, mutation: 'additive', door: 'shell', reason: `${call.tool}: Opens a session in ${place}; what is typed there is not seen here.` })];
    case 'unseen': return [found(call, { ...own, mutation: 'unknown', door: 'command', reason: `${call.tool}: Runs in ${place} what comes from ${handed.what}, unseen.`, unknowns: [`the command comes from ${handed.what}`] })];
    case 'reads': return [found(call, { ...own, mutation: 'none', reason: `${call.tool}: Runs a command in ${place} that only reads.` })];
    case 'judged': return [found(call, { ...own, mutation: 'none', reason: `${call.tool}: Runs a command in ${place}.` }), ...handed.findings];
    case 'open': if (handed.unread) return [found(call, { ...own, mutation: 'modifying', door: 'unread', reason: `${call.tool}: ${handed.unread.reason.replace(/^\S+: /, '').replace(', which', ` in ${place}, which`)}`, unknowns: handed.unread.unknowns })];
      return [found(call, { ...own, mutation: 'modifying', door: 'command', reason: `${call.tool}: Runs ${handed.program} in ${place}.` })];
  }
}
