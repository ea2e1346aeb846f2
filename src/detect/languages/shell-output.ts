import type { Command, CommandNode, ParsedScript, PipelineNode } from 'unbash';

import type { Word } from '../invocation';

/** What folding needs of the walk: the words of a command, and the text of a here-document or here-string. */
export interface OutputDeps {
  words(command: Command): readonly Word[];
  input(command: Command): string | undefined | null;
  /** The text of a file that this script wrote, or that can be read. */
  file(path: string): string | undefined;
  /** Whether a function of the script stands under this name. */
  shadowed(name: string): boolean;
}

const MAX = 256 * 1024;

/** What a command substitution prints, where that is certain: the shell takes the newlines at its end away. */
export function outputOfScript(script: ParsedScript | undefined, deps: OutputDeps): string | undefined {
  const [statement, ...more] = script?.commands ?? [];
  if (!statement || more.length > 0 || statement.background || statement.command.type === 'AndOr') return undefined;
  return outputOf(statement.command, deps)?.replace(/\n+$/, '');
}

/** What a pipeline prints, where that is certain: constant texts through filters that are known. */
export function outputOf(node: PipelineNode, deps: OutputDeps): string | undefined {
  if (node.type !== 'Pipeline') return single(node, null, deps);
  let text: string | undefined | null = null;
  for (const command of node.commands) {
    text = single(command, text, deps);
    if (text === undefined) return undefined;
  }
  return text ?? undefined;
}

function single(node: CommandNode, piped: string | null, deps: OutputDeps): string | undefined {
  if (node.type !== 'Command') return undefined;
  const words = deps.words(node);
  if (words.some((w) => w.value === undefined)) return undefined;
  const [name, ...args] = words.map((w) => String(w.value));
  if (name === undefined || deps.shadowed(name)) return undefined;
  const given = deps.input(node);
  const input = given === undefined ? undefined : (given ?? piped ?? '');
  const text = filtered(name.slice(name.lastIndexOf('/') + 1), args, input, deps);
  return text !== undefined && text.length <= MAX ? text : undefined;
}

function filtered(name: string, args: readonly string[], input: string | undefined, deps: OutputDeps): string | undefined {
  switch (name) {
    case 'echo':
      return echo(args);
    case 'printf':
      return printf(args);
    case 'cat': {
      const files = args.filter((a) => a === '-' || !a.startsWith('-'));
      if (files.length === 0) return input;
      const texts = files.map((f) => (f === '-' ? input : deps.file(f)));
      return texts.every((t) => t !== undefined) ? texts.join('') : undefined;
    }
    case 'base64':
      return args.some((a) => ['-d', '-D', '--decode', '-di', '-id'].includes(a)) && input !== undefined ? Buffer.from(input, 'base64').toString('utf8') : undefined;
    case 'openssl':
      return args.includes('-d') && (args.includes('base64') || args.includes('-base64')) && input !== undefined ? Buffer.from(input, 'base64').toString('utf8') : undefined;
    case 'xxd':
      return args.some((a) => /^-[rp]+$/.test(a) && a.includes('r')) && args.some((a) => a.includes('p')) && input !== undefined ? Buffer.from(input.replace(/\s/g, ''), 'hex').toString('utf8') : undefined;
    case 'rev':
      return input?.split('\n').map((l) => [...l].reverse().join('')).join('\n');
    case 'tr':
      return translate(args, input);
    case 'which':
    case 'type':
    case 'command':
    case 'whence': {
      const wanted = args.filter((a) => !a.startsWith('-'));
      const asks = name === 'which' || name === 'whence' || args.some((a) => /^-[vVpP]+$/.test(a));
      return asks && wanted.length === 1 ? wanted[0] : undefined;
    }
    case 'basename': {
      const [file, suffix] = args;
      if (file === undefined || file.startsWith('-')) return undefined;
      const base = file.replace(/\/+$/, '').replace(/^.*\//, '');
      return suffix !== undefined && base.endsWith(suffix) && base !== suffix ? base.slice(0, -suffix.length) : base;
    }
    default:
      return undefined;
  }
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
  return (escapes ? unescape(text) : text) + (newline ? '\n' : '');
}

function printf(args: readonly string[]): string | undefined {
  const [format, ...values] = args[0] === '--' ? args.slice(1) : args;
  if (format === undefined || format.startsWith('-')) return undefined;
  let out = '';
  let at = 0;
  let whole = true;
  do {
    const before = at;
    out += unescape(format).replace(/%(%|[-+0 #]*\d*(?:\.\d+)?([a-zA-Z]))/g, (all, spec: string, kind: string | undefined) => {
      if (spec === '%') return '%';
      const value = values[at++] ?? '';
      if (all === '%s' || all === '%d' || all === '%i') return value;
      if (kind === 'b' && all === '%b') return unescape(value);
      whole = false;
      return '';
    });
    if (at === before) break;
  } while (at < values.length && out.length < MAX);
  return whole ? out : undefined;
}

function unescape(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|0?([0-7]{1,3})|(.))/gs, (all, hex: string | undefined, u4: string | undefined, u8: string | undefined, octal: string | undefined, c: string | undefined) => {
    const code = hex ?? u4 ?? u8;
    if (code !== undefined) return String.fromCodePoint(Math.min(0x10ffff, parseInt(code, 16)));
    if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 255);
    const named: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', e: '\x1b', f: '\f', v: '\v', '\\': '\\', '"': '"', "'": "'" };
    return (c !== undefined ? named[c] : undefined) ?? all;
  });
}

function translate(args: readonly string[], input: string | undefined): string | undefined {
  if (input === undefined) return undefined;
  const set = (spec: string): string[] => [...unescape(spec).replace(/(.)-(.)/g, (_, a: string, b: string) => {
    const [from, to] = [a.charCodeAt(0), b.charCodeAt(0)];
    return to < from ? '' : Array.from({ length: to - from + 1 }, (_x, i) => String.fromCharCode(from + i)).join('');
  })];
  if (args[0] === '-d' && args.length === 2) {
    const gone = new Set(set(args[1] ?? ''));
    return [...input].filter((c) => !gone.has(c)).join('');
  }
  if (args.length !== 2 || args[0]?.startsWith('-') || args.some((a) => a.includes('[:'))) return undefined;
  const from = set(args[0] ?? '');
  const to = set(args[1] ?? '');
  if (to.length === 0) return undefined;
  const map = new Map(from.map((c, i) => [c, to[Math.min(i, to.length - 1)] ?? c]));
  return [...input].map((c) => map.get(c) ?? c).join('');
}
