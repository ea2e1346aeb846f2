import type { TextRange } from '../../../model';
import type { Language } from '../../invocation';
import { decodeEncodedCommand } from '../powershell/encoded';
import { commandsOfTarget, judgeRunnerCommand, type RunnerKind } from '../../runners';
import { textOfFile, writeFile } from './files';
import type { Frame } from './frame';
import { baseName, SHELLS } from './names';
import { packageWords } from './packages';
import { collected, nameIn, report, reportUnknown } from './report';
import { childFrame } from './shells';
import { fork, setVariable } from './state';
import { DECODED_GAP, field, GAP, hasGap, quoted, REMOTE_GAP, sourceAt, type Field } from './text';
import { runArgv, runWithin, walkText } from './parts';

type Program = (args: readonly Field[], frame: Frame, range: TextRange, name: string) => void;

/** Programs that run commands in ways of their own, or put files where commands are read from later. */
export const PROGRAMS: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['xargs', xargs], ['gxargs', xargs],
  ['parallel', parallel],
  ['find', find], ['gfind', find], ['fd', find], ['fdfind', find],
  ['tmux', typed], ['screen', typed],
  ['at', later], ['batch', later],
  ['crontab', crontab],
  ['tee', tee],
  ...['pwsh', 'powershell', 'powershell.exe', 'pwsh.exe'].map((n) => [n, powershell] as const),
  ...['make', 'gmake', 'just', 'task', 'go-task', 'npm', 'pnpm', 'yarn'].map((n) => [n, runner] as const),
  ['bun', bun],
  ['sed', sed], ['gsed', sed],
  ['cp', copy], ['mv', copy], ['ln', copy], ['install', copy],
  ['curl', download], ['wget', download],
  ...['python', 'python2', 'python3', 'perl', 'ruby', 'node', 'nodejs', 'php', 'lua', 'deno', 'expect', 'tclsh', 'osascript', 'awk', 'gawk', 'mawk', 'nawk', 'pypy3', 'ipython', 'tsx', 'ts-node'].map((n) => [n, code] as const),
]);

const MAX_RUNS = 32;

const under = (frame: Frame, wrapper: string): Frame => ({ ...frame, wrappers: [...frame.wrappers, wrapper], without: 'builtins' });

/** A text that a shell of its own reads. */
function runText(text: string, frame: Frame, range: TextRange, wrapper: string): void {
  walkText(sourceAt(text, range, frame.source.file), childFrame(frame, [], wrapper));
}

/** `xargs CMD`: the words that it reads come behind, or where `-I` says. Source: xargs(1), GNU findutils. */
function xargs(args: readonly Field[], frame: Frame, range: TextRange): void {
  let at = 0;
  let replace: string | undefined;
  let each = Infinity;
  let lines = 0;
  let mark: string | undefined;
  let file: Field | undefined;
  for (; at < args.length; at++) {
    const option = args[at]?.text ?? '';
    if (option === '--') {
      at++;
      break;
    }
    if (!/^-./.test(option)) break;
    const long = /^--([a-z-]+)(?:=([^]*))?$/.exec(option);
    const letter = long ? LONG[String(long[1])] : option.charAt(1);
    const takes = letter !== undefined && 'adEILnPs'.includes(letter);
    const attached = long ? long[2] : option.length > 2 ? option.slice(2) : undefined;
    const value = attached ?? (takes ? args[++at]?.text : undefined);
    switch (letter) {
      case 'I': replace = value ?? '{}'; break;
      case 'i': replace = attached ?? '{}'; break;
      case 'n': each = Number(value) > 0 ? Number(value) : 1; break;
      case 'L': lines = Number(value) > 0 ? Number(value) : 1; break;
      case 'l': lines = Number(attached ?? 1) || 1; break;
      case '0': mark = '\0'; break;
      case 'd': mark = value === '\\n' ? '\n' : value === '\\t' ? '\t' : value === '\\0' ? '\0' : value; break;
      case 'a': file = field(value ?? '', range); break;
    }
    // Letters without a value may stand together: `-0r`, `-rt`.
    if (!long && !takes && option.length > 2 && 'rtpx0'.includes(letter ?? '') && option.includes('0')) mark = '\0';
    if (!long && 'rtpx0'.includes(letter ?? '')) {
      const more = /^-[rtpx0]+([InLPd])(.*)$/.exec(option);
      if (more) {
        const given = more[2] === '' ? args[++at]?.text : more[2];
        if (more[1] === 'I') replace = given ?? '{}';
        else if (more[1] === 'n') each = Number(given) || 1;
        else if (more[1] === 'L') lines = Number(given) || 1;
      }
    }
  }
  const command = args.slice(at);
  if (command.length === 0) return;
  const text = file ? (textOfFile(file.text, frame)[0] ?? GAP) : frame.input === null ? GAP : frame.input();
  const inner: Frame = { ...under(frame, 'xargs'), input: null };
  const words = replace !== undefined ? text.split(mark ?? '\n').filter((l) => l.trim() !== '') : mark !== undefined ? text.split(mark).filter((l) => l !== '') : xargsWords(text);
  const unknown = field(GAP, range, 'the words that xargs reads', true);
  if (replace !== undefined) {
    const inputs = hasGap(text) && words.length <= 1 ? [GAP] : words.slice(0, MAX_RUNS);
    for (const input of words.length > MAX_RUNS ? [...inputs, GAP] : inputs) runArgv(command.map((w) => filled(w, String(replace), mark === undefined ? input.trimStart() : input)), inner, range);
    return;
  }
  if (lines > 0 && mark === undefined) {
    const rows = text.split('\n').filter((l) => l.trim() !== '');
    if (rows.length / lines > MAX_RUNS) return runArgv([...command, unknown], inner, range);
    for (let i = 0; i < rows.length; i += lines) runArgv([...command, ...xargsWords(rows.slice(i, i + lines).join(' ')).map((w) => field(w, range, w, hasGap(w)))], inner, range);
    return;
  }
  const fields = words.map((w) => field(w, range, hasGap(w) ? 'the words that xargs reads' : w, hasGap(w)));
  if (fields.length === 0) return runArgv(command, inner, range);
  if (fields.length / each > MAX_RUNS) return runArgv([...command, unknown], inner, range);
  for (let i = 0; i < fields.length; i += each) runArgv([...command, ...fields.slice(i, each === Infinity ? undefined : i + each)], inner, range);
}

const LONG: Readonly<Record<string, string>> = { 'arg-file': 'a', delimiter: 'd', eof: 'e', replace: 'i', 'max-lines': 'l', 'max-args': 'n', 'max-procs': 'P', 'max-chars': 's', null: '0', 'no-run-if-empty': 'r', verbose: 't', interactive: 'p' };

/** Words by blanks, with the quotes and backslashes that xargs knows. */
function xargsWords(text: string): string[] {
  const out: string[] = [];
  let word: string | undefined;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === ' ' || c === '\t' || c === '\n') {
      if (word !== undefined) out.push(word);
      word = undefined;
    } else if (c === '\\') word = (word ?? '') + text.charAt(++i);
    else if (c === "'" || c === '"') {
      const end = text.indexOf(c, i + 1);
      word = (word ?? '') + text.slice(i + 1, end < 0 ? undefined : end);
      i = end < 0 ? text.length : end;
    } else word = (word ?? '') + c;
  }
  if (word !== undefined) out.push(word);
  return out;
}

function filled(word: Field, mark: string, input: string): Field {
  return mark !== '' && word.text.includes(mark) ? { ...word, text: word.text.split(mark).join(input), raw: hasGap(input) ? word.raw : word.text.split(mark).join(input) } : word;
}

/** `parallel CMD ::: a b`: a text made of the words and each input, read by a shell. Source: parallel(1). */
function parallel(args: readonly Field[], frame: Frame, range: TextRange): void {
  const at = args.findIndex((a) => /^:::\+?$|^::::\+?$/.test(a.text));
  const own = at < 0 ? args : args.slice(0, at);
  let begin = 0;
  while (begin < own.length && /^-./.test(own[begin]?.text ?? '')) begin += PARALLEL_VALUES.test(own[begin]?.text ?? '') ? 2 : 1;
  const command = own.slice(begin);
  const text = frame.input === null ? GAP : frame.input();
  const inputs = at >= 0 && args[at]?.text.startsWith('::::') === false ? args.slice(at + 1).filter((a) => !a.text.startsWith(':::')) : text.split('\n').filter((l) => l !== '').map((l) => field(l, range));
  const joined = command.map((w) => w.text).join(' ');
  const marked = /\{[^{}]*\}/.test(joined);
  const inner = { ...frame, input: null };
  for (const input of inputs.length === 0 ? [field(GAP, range)] : inputs.slice(0, MAX_RUNS)) {
    const value = command.length === 0 ? input.text : quoted(input);
    runText(marked ? joined.replace(/\{[^{}]*\}/g, () => value) : `${joined} ${value}`, inner, range, 'parallel');
  }
}

const PARALLEL_VALUES = /^(?:-[jPnNCaSLsdE]|--(?:jobs|max-procs|colsep|arg-file|delay|timeout|retries|joblog|results|sshlogin|sshloginfile|tagstring|memfree|load|halt|workdir|wd|env))$/;

/** `find … -exec CMD {} ;`, `fd -x CMD`. Source: find(1), ACTIONS. */
function find(args: readonly Field[], frame: Frame, range: TextRange, name: string): void {
  // What it finds by a plain name is a file of that name somewhere.
  const wanted = args[args.findIndex((a) => a.text === '-name' || a.text === '-path') + 1]?.text ?? '';
  const found = args.some((a) => a.text === '-name') && /^[\w.-]+$/.test(wanted) ? `${GAP}/${wanted}` : GAP;
  args.forEach((arg, i) => {
    if (!/^(?:-exec|-execdir|-ok|-okdir|-x|-X|--exec|--exec-batch)$/.test(arg.text)) return;
    const end = args.findIndex((a, at) => at > i && (a.text === ';' || (a.text === '+' && args[at - 1]?.text.includes('{}') === true)));
    const words = args.slice(i + 1, end < 0 ? undefined : end);
    const many = args[end]?.text === '+';
    runArgv(words.map((w) => (w.text.includes('{}') ? { ...filled(w, '{}', found), raw: 'the files that find finds', multi: many } : w)), { ...under(frame, name), input: null }, range);
  });
}

const TYPES = /^(?:send-keys|send|new-session|new|new-window|neww|split-window|splitw|run-shell|run|if-shell|respawn-pane|respawnp|respawn-window|display-popup|popup|pipe-pane|stuff|screen|exec)$/;

/** Text that is typed into, or run in, another terminal: `tmux send-keys 'text' Enter`, `screen -X stuff 'text'`. Sources: tmux(1), screen(1). */
function typed(args: readonly Field[], frame: Frame, range: TextRange, name: string): void {
  const at = args.findIndex((a) => TYPES.test(a.text));
  const dashes = args.findIndex((a) => a.text === '--');
  if (dashes >= 0) return runArgv(args.slice(dashes + 1), under(frame, name), range);
  const rest: Field[] = [];
  for (let i = at < 0 ? 0 : at + 1; i < args.length; i++) {
    const word = args[i];
    if (!word) break;
    const { text } = word;
    // Options come before the text only.
    if (rest.length === 0 && /^-/.test(text)) {
      if (/^-[a-zA-Z]*[tsncFexyScpr]$/.test(text) && !/^-[dDmRxAL]+$/.test(text)) i++;
      continue;
    }
    if (/^(?:Enter|KPEnter|Return|C-[a-zA-Z]|Escape|Space|Tab)$/.test(text)) continue;
    rest.push(word);
  }
  const [only] = rest;
  if (!only) return;
  if (rest.length > 1 && name === 'screen') return runArgv(rest, under(frame, name), range);
  runText(rest.map((w) => w.text).join(' ').replace(/\\n|\\r|\^M/g, '\n'), { ...frame, input: null }, range, name);
}

/** `pwsh -Command TEXT`, `-EncodedCommand BASE64`, `-File F`, or a text on standard input. Source: about_Pwsh. */
function powershell(args: readonly Field[], frame: Frame, range: TextRange): void {
  const at = args.findIndex((a) => /^[-/](?:c(?:ommand)?|e(?:c|nc\w*)?|encodedcommand|f(?:ile)?)$/i.test(a.text));
  const option = args[at]?.text.slice(1).toLowerCase() ?? '';
  const rest = at >= 0 ? args.slice(at + 1) : args.filter((a) => !/^-/.test(a.text));
  const file = option.startsWith('f') || (at < 0 && /\.ps1$/i.test(rest[0]?.text ?? ''));
  const texts = file ? textOfFile(rest[0]?.text ?? '', frame, rest[0]?.raw)
    : option.startsWith('e') ? [decodeEncodedCommand(rest[0]?.text ?? '') ?? ''] : rest.length > 0 && rest[0]?.text !== '-' ? [rest.map((r) => r.text).join(' ')] : frame.input ? [frame.input()] : [];
  for (const text of texts) {
    if (text.includes(REMOTE_GAP)) return reportUnknown('shell:remote-script', 'Runs what is downloaded in PowerShell, unseen.', 'the script is downloaded', range, frame);
    report(frame.state.context.readers.find('powershell', text.replace(/[\uFDD0-\uFDD2]+/g, '$UnknownValue'), frame.state.context).filter((f) => f.mutation !== 'none').map((f) => ({ ...f, range })), frame);
  }
}

/** Where a runner looks for its file. Sources: GNU make manual, just manual, Taskfile documentation, npm documentation. */
const RUNNER_FILES: Readonly<Record<string, readonly [RunnerKind, readonly string[]]>> = {
  make: ['makefile', ['GNUmakefile', 'makefile', 'Makefile']], gmake: ['makefile', ['GNUmakefile', 'makefile', 'Makefile']], just: ['justfile', ['justfile', 'Justfile', '.justfile']],
  task: ['taskfile', ['Taskfile.yml', 'Taskfile.yaml', 'taskfile.yml', 'taskfile.yaml']], 'go-task': ['taskfile', ['Taskfile.yml', 'Taskfile.yaml']],
  npm: ['package-json', ['package.json']], pnpm: ['package-json', ['package.json']], yarn: ['package-json', ['package.json']], bun: ['package-json', ['package.json']],
};

/** `make TARGET`, `just RECIPE`, `npm run SCRIPT`: judged by what the file would run. */
function runner(args: readonly Field[], frame: Frame, range: TextRange, name: string): void {
  const [kind, files] = RUNNER_FILES[name] ?? ['makefile', []];
  const packages = kind === 'package-json';
  let folder = '';
  let file: string | undefined;
  const names: string[] = [];
  const given: Record<string, string> = {};
  for (let i = 0; i < args.length; i++) {
    const text = args[i]?.text ?? '';
    const value = /^(?:-C|--directory|--prefix|--cwd|--dir|-d|--working-directory)$/.test(text) ? 'folder' : /^(?:-f|--file|--makefile|--justfile|-t|--taskfile)$/.test(text) ? 'file' : undefined;
    if (text === '--') break;
    if (value) {
      const next = args[++i]?.text ?? '';
      if (value === 'folder') folder = `${next.replace(/\/$/, '')}/`;
      else file = next;
    } else if (/^-[nq]$|^--(?:dry-run|just-print|recon|question|dry|list|summary|help|version|show|evaluate)$/.test(text) && !packages) return;
    else if (/^\w+=/.test(text) && !packages) given[text.slice(0, text.indexOf('='))] = text.slice(text.indexOf('=') + 1);
    else if (!/^-/.test(text) && !hasGap(text)) names.push(text);
  }
  if (packages) {
    const verb = names.shift();
    if (/^(?:exec|dlx|x)$/.test(verb ?? '')) return packaged(args.slice(args.findIndex((a) => a.text === verb) + 1), frame, range, name);
    if (/^(?:run|run-script|rum|urn)$/.test(verb ?? '')) {
      if (names.length === 0) return;
    } else if (/^(?:test|t|tst|start|stop|restart)$/.test(verb ?? '')) names.unshift(verb === 't' || verb === 'tst' ? 'test' : (verb ?? ''));
    else if (name === 'npm' || verb === undefined) return;
    else names.unshift(verb);
    names.splice(1);
  }
  for (const wanted of names.length === 0 ? [undefined] : names.slice(0, 8)) {
    const found = (file === undefined ? files : [file]).map((f) => ({ path: f.startsWith('/') ? f : folder + f, texts: textOfFile(f.startsWith('/') ? f : folder + f, frame) })).find((f) => f.texts.length > 0);
    // No script of that name is known: it is a command of the project's own packages.
    const missing = packages && !(found?.texts ?? []).some((text) => commandsOfTarget(kind, found?.path ?? '', text, wanted, given, frame.state.context).length > 0);
    if (missing) runWithin(args.filter((a) => a.text !== '--').map((a) => packageWords([a])[0] ?? a), frame, range, name);
    if (!found || missing) return;
    const mark = `runner ${found.path} ${wanted ?? ''}`;
    if (frame.chain.includes(mark) || frame.chain.filter((c) => c.startsWith('runner ')).length > 16) return;
    const { cwd, home } = frame.state.context;
    const full = found.path.startsWith('/') ? found.path : `${cwd ?? home ?? ''}/${found.path}`;
    for (const text of found.texts) for (const command of commandsOfTarget(kind, full, text, wanted, given, frame.state.context)) {
      if (command.shell !== 'sh') {
        report(judgeRunnerCommand(command, frame.state.context).filter((f) => f.mutation !== 'none').map((f) => ({ ...f, range })), frame);
        continue;
      }
      const child = childFrame(frame, [], name);
      for (const [key, value] of Object.entries(command.env)) setVariable(child.state, key, [value], { exported: true });
      // Words behind `--` reach the script: `npm run x -- --force`; of the others all words behind its name do.
      const passed = name === 'npm' ? args.findIndex((a) => a.text === '--') : args.findIndex((a) => a.text === wanted);
      const rest = packages ? args.slice(passed + 1 || args.length).filter((a) => a.text !== '--').map(quoted).join(' ') : '';
      walkText(sourceAt(`${command.text.trimEnd()} ${rest}`.trim(), range, baseName(found.path)), { ...child, chain: [...frame.chain, mark] });
    }
  }
}

/** `npm exec -- cdk@2 destroy`, `pnpm dlx aws-cdk destroy`, `bun x cdk destroy`: the command of a package. Source: npm-exec(1); pnpm dlx; yarn dlx; bunx. */
function packaged(args: readonly Field[], frame: Frame, range: TextRange, name: string): void {
  const words = args.filter((a, i) => !(a.text === '--' && args.slice(0, i).every((b) => /^-/.test(b.text))));
  const named = words.map((a) => (/^-/.test(a.text) ? a : (packageWords([a])[0] ?? a)));
  if (runWithin(named, frame, range, name)) return;
  const at = named.findIndex((a) => !/^-/.test(a.text));
  if (at >= 0) runArgv(named.slice(at), under(frame, name), range);
}

/** `bun x PACKAGE`, `bun run SCRIPT`, `bun SCRIPT`; else it runs a file. Source: bun --help. */
function bun(args: readonly Field[], frame: Frame, range: TextRange, name: string): void {
  const at = args.findIndex((a) => !/^-/.test(a.text));
  const verb = args[at]?.text ?? '';
  const script = verb === 'run' ? (args.slice(at + 1).find((a) => !/^-/.test(a.text))?.text ?? '') : verb;
  if (verb === 'x') return packaged(args.slice(at + 1), frame, range, name);
  if (/^[\w:@-]+$/.test(script) && !args.slice(0, at).some((a) => /^(?:-e|-p|--eval|--print)$/.test(a.text))) runner(args, frame, range, name);
  else code(args, frame, range, name);
}

/** `at`, `batch`: the text on standard input runs later. Source: at(1). */
function later(args: readonly Field[], frame: Frame, range: TextRange, name: string): void {
  const file = args.findIndex((a) => a.text === '-f');
  const text = file >= 0 ? textOfFile(args[file + 1]?.text ?? '', frame)[0] : frame.input?.();
  if (text !== undefined) runText(text, { ...frame, input: null }, range, name);
}

/** `crontab -`, `crontab FILE`: the commands behind the five fields, or behind `@daily`. Source: crontab(5). */
function crontab(args: readonly Field[], frame: Frame, range: TextRange): void {
  const file = args.find((a) => !/^-./.test(a.text));
  if (!file || args.some((a) => a.text === '-l' || a.text === '-r')) return;
  const text = file.text === '-' ? frame.input?.() : textOfFile(file.text, frame)[0];
  for (const line of (text ?? '').split('\n')) {
    const command = /^[\s\uFDD0-\uFDD2]*(?:@\w+\s+|(?:[\d*,/a-zA-Z-]+\s+){5})(.+)$/.exec(line)?.[1];
    // Behind a percent sign comes the command's input.
    if (command !== undefined) runText(command.replace(/([^\\])%[^]*$/, '$1'), { ...frame, input: null }, range, 'crontab');
  }
}

/** GNU sed runs commands: `1e command`, `s/…/command/e`. Source: sed manual, Commands Requiring a newline and the s command. */
function sed(args: readonly Field[], frame: Frame, range: TextRange): void {
  for (const { text } of args) {
    if (/(?:^|[;{}\n\d$/!])\s*e\s+\S|s(.)[^]*\1[^]*\1[a-zA-Z0-9]*e/.test(text) && nameIn(text, frame.run) >= 0) {
      reportUnknown('shell:embedded-code', 'Runs a script in sed that names a guarded tool and runs commands.', 'what the script runs is not known', range, frame);
      return;
    }
  }
}

function tee(args: readonly Field[], frame: Frame): void {
  const append = args.some((a) => /^-\w*a/.test(a.text) || a.text === '--append');
  const text = frame.input?.() ?? '';
  for (const a of args) if (!a.text.startsWith('-')) writeFile(a.text, a.raw, text, append, frame);
}

/** A copy of, or a link to, a file that runs commands is such a file. */
export function copy(args: readonly Field[], frame: Frame): void {
  const words = args.filter((a) => !/^-./.test(a.text));
  const [from, to] = words.slice(-2);
  if (!from || !to || words.length < 2) return;
  const { run } = frame;
  const name = to.text.endsWith('/') ? to.text + baseName(from.text) : to.text;
  if (run.toolNamed(from.text) || SHELLS.has(baseName(from.text)) || run.links.has(from.text)) {
    const target = run.links.get(from.text) ?? from.text;
    for (const called of [name, name.replace(/^\.\//, ''), baseName(name)]) {
      run.links.set(called, target);
      run.kinds.set(called, 'special');
      run.kinds.set(`./${called}`, 'special');
    }
    return;
  }
  for (const text of textOfFile(from.text, frame, from.raw)) writeFile(name, to.raw, text, false, frame);
}

/** `curl -o FILE`, `wget -O FILE`: what stands in the file then is not known. */
function download(args: readonly Field[], frame: Frame, _range: TextRange, name: string): void {
  args.forEach((arg, i) => {
    const inline = (name === 'curl' ? /^(?:--output=|-[a-zA-Z]*o(?=.))([^]+)$/ : /^(?:--output-document=|-[a-zA-Z]*O(?=.))([^]+)$/).exec(arg.text)?.[1];
    const next = (name === 'curl' ? /^(?:--output|-[a-zA-Z]*o)$/ : /^(?:--output-document|-[a-zA-Z]*O)$/).test(arg.text) ? args[i + 1] : undefined;
    const file = next ?? (inline === undefined ? undefined : field(inline, arg.range));
    if (file && file.text !== '-') writeFile(file.text, file.raw, REMOTE_GAP, false, frame);
    // `curl -O URL`, `wget URL`: the file has the address' last part as its name.
    const url = /^https?:\/\/[^?#]*\/([\w.-]+)(?:[?#].*)?$/.exec(arg.text)?.[1];
    if (url !== undefined && (name === 'wget' || args.some((a) => /^-[a-zA-Z]*O[a-zA-Z]*$|^--remote-name/.test(a.text)))) writeFile(url, url, REMOTE_GAP, false, frame);
  });
}

/**
 * A program in a language that is read here: the text behind `-c` or `-e`, on standard input, or in a file. True when it was read
 * and nothing more can be said.
 */
function followProgram(args: readonly Field[], frame: Frame, range: TextRange, name: string): boolean {
  const language: Language | undefined = /^(?:python[\d.]*|pypy3?|ipython)$/.test(name) ? 'python' : /^(?:node|nodejs|deno|bun|tsx|ts-node)$/.test(name) ? 'javascript' : name === 'ruby' ? 'ruby' : undefined;
  if (!language) return false;
  const at = args.findIndex((a) => /^(?:-[a-zA-Z]*[ce]|--eval|--print|-p|eval)$/.test(a.text));
  const inline = at >= 0 ? args[at + 1] : undefined;
  const file = inline ? undefined : args.find((a) => !/^-./.test(a.text) && !/^(?:run|eval)$/.test(a.text));
  const reads = !inline && (!file || file.text === '-');
  const texts = inline ? [inline.text] : reads ? (frame.input ? [frame.input()] : []) : file ? textOfFile(file.text, frame, file.raw) : [];
  let followed = false;
  for (const text of texts) {
    if (text.includes(REMOTE_GAP) || text.includes(DECODED_GAP) || hasGap(text)) continue;
    followed = true;
    const key = `program ${file?.text ?? name}`;
    if (frame.chain.includes(key) || frame.chain.length > 24) continue;
    const context = { ...frame.state.context };
    const where = file && !reads ? ` (It is in ${baseName(file.text)}, which this runs.)` : '';
    report(context.readers.find(language, text, context).filter((f) => f.mutation !== 'none').map((f) => ({ ...f, range, reason: `${f.reason}${where}` })), frame);
  }
  // An inline text that starts programs in ways that are not followed stays suspect.
  return followed && !(inline && EXECUTES.test(inline.text) && nameIn(inline.text, frame.run) >= 0);
}

const EXECUTES = /\b(?:system|exec\w*|popen\w*|Popen|spawn\w*|subprocess|child_process|check_call|check_output|getoutput|shell_exec|passthru|proc_open|qx|do shell script|fork|os\.run|run_command|Deno\.Command|Open3|getline)\b|`|\|\s*"|"\s*\||'\s*\|/;

/**
 * A program in another language in the command line: what it starts by way of a shell is read where it stands as a text;
 * otherwise a guarded tool's name beside a call that starts programs makes it unknown.
 */
function code(args: readonly Field[], frame: Frame, range: TextRange, name: string): void {
  // `python manage.py flush`, `php artisan db:wipe`, `ruby bin/rails db:drop`: the file is the tool.
  const script = args.findIndex((a) => !/^-/.test(a.text));
  const called = args[script];
  if (called && !args.slice(0, script).some((a) => /^-[a-zA-Z]*[cer]$/.test(a.text)) && frame.run.toolNamed(called.text)) return runArgv(args.slice(script), under(frame, name), range);
  // `python -m awscli …`
  const module = args.findIndex((a) => a.text === '-m');
  const named = args[module + 1];
  if (module >= 0 && named && /^(?:awscli|alembic|flask|django|ansible|yoyo)(?:\.\w+)*$/.test(named.text)) return runArgv([{ ...named, text: named.text === 'awscli' ? 'aws' : named.text === 'django' ? 'django-admin' : named.text }, ...args.slice(module + 2)], under(frame, name), range);
  if (followProgram(args, frame, range, name)) return;
  const awk = /awk$/.test(name);
  const at = args.findIndex((a) => /^(?:-[a-zA-Z]*[ceEpr]|--eval|--print|eval)$/.test(a.text));
  const inline = awk ? args.find((a) => !/^-/.test(a.text)) : at >= 0 ? args[at + 1] : undefined;
  const reads = !inline && args.every((a) => a.text === '-' || a.text.startsWith('-'));
  const text = inline?.text ?? (reads && !awk ? frame.input?.() : undefined);
  if (text === undefined) return;
  if (text.includes(REMOTE_GAP) && reads) return reportUnknown('shell:remote-script', `Runs what is downloaded in ${name}, unseen.`, 'the program comes from standard input', range, frame);
  if (!EXECUTES.test(text) && name !== 'expect') return;
  const literals = [...text.matchAll(/"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'|`((?:[^`\\]|\\[^])*)`/g)].map((m) => m[1] ?? m[2] ?? m[3] ?? '');
  const texts = [...literals, ...(name === 'expect' ? [...text.matchAll(/\b(?:spawn|exec)\s+([^\n;]+)/g)].map((m) => m[1] ?? '') : [])];
  let followed = false;
  for (const literal of texts) {
    if (!/\s/.test(literal) || nameIn(literal, frame.run) < 0) continue;
    const found = collected(frame.run, () => runText(literal.replace(/\\(["'\\])/g, '$1'), { ...frame, state: fork(frame.state), input: null }, range, name));
    followed ||= found.length > 0;
    report(found.filter((f) => f.mutation !== 'none'), frame);
  }
  if (!followed && nameIn(text, frame.run) >= 0) {
    reportUnknown('shell:embedded-code', `Runs a program in ${name} that names a guarded tool and starts other programs.`, `what the program starts is not known`, range, frame);
  }
}

