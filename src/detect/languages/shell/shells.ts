import type { TextRange } from '../../../model';
import { textOfFile, fileKey } from './files';
import type { Frame } from './frame';
import { SHELLS } from './names';
import { reportUnknown } from './report';
import { fork, POSITIONAL, putVariable, setVariable, variable } from './state';
import { DECODED_GAP, GAP, hasGap, REMOTE_GAP, sourceAt, type Field, type Source } from './text';
import { walkText } from './parts';

const MAX_FILES = 8;

/** Set where a text is read as fish, whose `set` assigns. */
export const FISH = ' fish';

/** A new shell: what is exported is all it knows, besides its words. */
export function childFrame(frame: Frame, args: readonly Field[], wrapper: string | undefined, zero?: string): Frame {
  const state = fork(frame.state, true);
  setVariable(state, 'IFS', [' \t\n']);
  setVariable(state, POSITIONAL, [{ items: args.map((a, i) => ({ key: String(i + 1), text: a.text, multi: a.multi })) }]);
  if (zero !== undefined) setVariable(state, ' zero', [zero]);
  if (wrapper?.startsWith('fish')) setVariable(state, FISH, ['1']);
  for (const [name, value] of frame.env ?? []) setVariable(state, name, [value], { exported: true });
  return { ...frame, state, env: undefined, without: 'nothing', locals: undefined, wrappers: wrapper === undefined ? frame.wrappers : [...frame.wrappers, wrapper], chain: [...frame.chain, wrapper ?? 'text'] };
}

/** A word's value as a text to be read, with true positions where it stands in the source letter for letter. */
export function sourceOfField(f: Field, frame: Frame, range: TextRange): Source {
  const quote = f.raw.charAt(0);
  const { start, end } = f.range;
  if ((quote === "'" || quote === '"') && f.raw === `${quote}${f.text}${quote}` && end - start === f.raw.length) {
    return { text: f.text, locate: (from, to) => ({ start: start + 1 + from, end: start + 1 + to }), ...(frame.source.file !== undefined && { file: frame.source.file }) };
  }
  return sourceAt(f.text, range, frame.source.file);
}

/**
 * A shell: `-c TEXT`, a script's name, or a script on standard input.
 * Source: bash(1), OPTIONS; the same in dash(1), zsh(1), fish(1).
 */
export function runShell(name: string, args: readonly Field[], frame: Frame, range: TextRange): void {
  startupFiles(frame, range);
  let at = 0;
  let text = false;
  let input = false;
  for (; at < args.length; at++) {
    const option = args[at]?.text ?? '';
    if (option === '--') {
      at++;
      break;
    }
    if (option === '-') {
      input = true;
      continue;
    }
    // An option that is not known: `bash $OPTIONS -c '…'`.
    if (hasGap(option) && args[at]?.multi) continue;
    if (!/^[-+]/.test(option)) break;
    if (option.startsWith('--')) {
      const given = /^--(?:command|init-command)=([^]*)$/.exec(option)?.[1];
      if (given !== undefined) walkText(sourceAt(given, range, frame.source.file), childFrame(frame, [], name));
      if (option === '--version' || option === '--help') return;
      if (option === '--command') text = true;
      else if (option === '--rcfile' || option === '--init-file') {
        const file = args[++at];
        if (file) runFile(file, [], frame, range, 'program');
      }
      continue;
    }
    const letters = option.slice(1);
    if (letters === 'n' && option.startsWith('-')) return;
    if (option.startsWith('-')) {
      text ||= letters.includes('c');
      input ||= letters.includes('s');
    }
    // `-o NAME`, `-O NAME`; fish has -C TEXT.
    at += [...letters].filter((c) => c === 'o' || c === 'O').length;
    if (name === 'fish' && letters === 'C') at++;
  }
  const word = args[at];
  const rest = args.slice(at + 1);
  if (text) {
    if (word) walkText(sourceOfField(word, frame, range), childFrame(frame, rest.slice(1), `${name} -c`, rest[0]?.text));
    return;
  }
  if (word && !input && word.text !== '/dev/stdin' && word.text !== '/dev/fd/0') {
    runFile(word, rest, frame, range, name);
    return;
  }
  runInput(name, input ? args.slice(at) : rest, frame, range);
}

/** What a shell reads before anything else. Source: bash(1), INVOCATION. */
function startupFiles(frame: Frame, range: TextRange): void {
  for (const name of ['BASH_ENV', 'ENV', 'ZDOTDIR']) {
    for (const value of [frame.env?.get(name), ...(variable(frame.state, name)?.values ?? [])]) {
      if (typeof value === 'string' && value !== '') runFile({ text: value, raw: value, multi: false, range }, [], frame, range, 'program');
    }
  }
}

function runInput(name: string, args: readonly Field[], frame: Frame, range: TextRange): void {
  if (frame.input === null) return;
  const script = frame.input();
  if (script.trim() !== '' && !/[^\s\uFDD0-\uFDD2]/.test(script)) {
    const [operation, reason] = script.includes(REMOTE_GAP) ? ['shell:remote-script', `Runs what is downloaded in ${name}, unseen.`]
      : script.includes(DECODED_GAP) ? ['shell:encoded-script', `Runs in ${name} what another program unpacks or makes up, unseen.`]
        : ['shell:unknown-script', `Runs what another command prints in ${name}, unseen.`];
    return reportUnknown(String(operation), String(reason), `the script comes from standard input`, range, frame);
  }
  const source = frame.inputSource?.text === script ? frame.inputSource : sourceAt(script, range, frame.source.file);
  walkText(source, { ...childFrame(frame, args, name), input: null, inputSource: undefined });
}

/**
 * A script that this command runs: in a shell of its own, or (`source`) in this one. True when its text could be read.
 * @param by the shell that runs it; `program` for a file that is called itself, `source` for this shell.
 */
export function runFile(file: Field, args: readonly Field[], frame: Frame, range: TextRange, by: string): boolean {
  const stdin = /^\/dev\/(?:stdin|fd\/0)$|^\/proc\/self\/fd\/0$/.test(file.text);
  const texts = stdin ? (frame.input ? [frame.input()] : []) : textOfFile(file.text, frame, file.raw);
  const key = fileKey(file.text, frame, file.raw);
  if (texts.length === 0) return false;
  if (frame.chain.includes(`file ${key}`) || frame.chain.filter((c) => c.startsWith('file ')).length >= MAX_FILES) return true;
  let ran = false;
  for (const text of texts) {
    const shebang = /^#!\s*(?:\S*\/)?(?:env\s+(?:-S\s+)?)?([^\s/]+)/.exec(text)?.[1];
    if (by === 'program' && shebang !== undefined && !SHELLS.has(shebang)) continue;
    ran = true;
    const shown = hasGap(file.text) ? file.raw : file.text;
    const source = sourceAt(text, range, /^\/dev\/(?:fd\/|stdin)/.test(shown) ? frame.source.file : shown);
    const chain = [...frame.chain, `file ${key}`];
    if (by !== 'source') walkText(source, { ...childFrame(frame, args, by === 'program' ? undefined : by, file.text), chain });
    else {
      if (args.length > 0) setVariable(frame.state, POSITIONAL, [{ items: args.map((a, i) => ({ key: String(i + 1), text: a.text, multi: a.multi })) }]);
      walkText(source, { ...frame, without: 'nothing', chain });
    }
  }
  return ran;
}

/** `eval`: the words as one text for this shell. */
export function evaluate(args: readonly Field[], frame: Frame, range: TextRange): void {
  const words = args[0]?.text === '--' ? args.slice(1) : args;
  const [only] = words;
  const source = words.length === 1 && only ? sourceOfField(only, frame, range) : sourceAt(words.map((w) => w.text).join(' '), range, frame.source.file);
  withVariables(frame, (inner) => walkText(source, { ...inner, wrappers: [...frame.wrappers, 'eval'], chain: [...frame.chain, 'eval'] }));
}

/** Runs with the variables that stand before a builtin, which see them and no one after. */
export function withVariables(frame: Frame, action: (inner: Frame) => void): void {
  const before = [...(frame.env?.keys() ?? [])].map((name) => [name, variable(frame.state, name)] as const);
  for (const [name, value] of frame.env ?? []) setVariable(frame.state, name, [value], { exported: true });
  action({ ...frame, env: undefined });
  for (const [name, value] of before) putVariable(frame.state, name, value ?? { values: [GAP], exported: false });
}
