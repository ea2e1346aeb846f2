import type { Command, CompoundList, ParsedScript, Redirection, Script, Statement } from 'unbash';

import { assign } from './assign';
import { expand } from './parts';
import { textOfFile } from './files';
import { filtered } from './filters';
import type { Frame, Input } from './frame';
import { inputOf } from './redirect';
import { nameIn } from './report';
import { fork, functionsNamed, POSITIONAL, setVariable } from './state';
import { bounded, DECODED_GAP, GAP, gapOf, hasGap, sourceAt, type Field } from './text';
import type { Pick } from './worlds';

const MAX_ROUNDS = 64;
const MAX_NESTED = 24;

/** What the commands of a substitution print, with gaps; without the newlines at its end unless they are wanted. */
export function outputOfScript(script: ParsedScript | undefined, frame: Frame, pick: Pick, whole = false): string {
  if (!script || frame.chain.length > MAX_NESTED) return GAP;
  const inner: Frame = { ...inScript(script, frame), state: fork(frame.state), chain: [...frame.chain, '$('] };
  const text = listOutput(script.commands, inner, pick);
  return whole ? text : text.replace(/\n+$/, '');
}

/** Scripts in backticks have a text of their own, in which their positions count. */
export function inScript(script: Script, frame: Frame): Frame {
  if (script.source === undefined || script.source === frame.source.text) return frame;
  return { ...frame, source: sourceAt(script.source, frame.source.locate(script.pos, script.end), frame.source.file) };
}

type Node = Statement['command'] | CompoundList;

/** What the commands of one pipeline print that stand before this one. */
export function pipedInput(commands: readonly Node[], frame: Frame, pick: Pick): string {
  let input = frame.input;
  for (const command of commands) {
    const text = outputOf(command, { ...frame, input, state: fork(frame.state) }, pick);
    input = () => text;
  }
  return input?.() ?? '';
}

function listOutput(statements: readonly Statement[], frame: Frame, pick: Pick): string {
  let out = '';
  for (const { command } of statements) out += outputOf(command, frame, pick);
  return bounded(out);
}

/** What one command prints. Changes the state that it is given. */
export function outputOf(node: Node, frame: Frame, pick: Pick): string {
  if (++frame.run.steps > frame.run.maxSteps) return GAP;
  switch (node.type) {
    case 'CompoundList':
      return listOutput(node.commands, frame, pick);
    case 'AndOr': {
      let out = '';
      for (const [i, command] of node.commands.entries()) {
        const text = outputOf(command, frame, pick);
        // Whether it runs at all is not known: both are possible.
        if (i > 0 && text !== '' && pick(`list ${command.pos} ${frame.chain.length}`, 2) !== (node.operators[i - 1] === '&&' ? 0 : 1)) continue;
        out += text;
      }
      return out;
    }
    case 'Pipeline':
      return pipedInput(node.commands, frame, pick);
    case 'BraceGroup':
    case 'Subshell':
      return outputOf(node.body, node.type === 'Subshell' ? { ...frame, state: fork(frame.state) } : frame, pick);
    case 'Redirected': {
      const input = inputOf(node.redirects, frame, pick);
      const text = outputOf(node.command, input === undefined ? frame : { ...frame, input }, pick);
      return printsElsewhere(node.redirects) ? '' : text;
    }
    case 'For': {
      const words = node.wordlist?.flatMap((w) => expand(w, frame, pick));
      if (!words || words.length > MAX_ROUNDS || words.some((w) => w.multi)) return GAP;
      let out = '';
      for (const word of words) {
        setVariable(frame.state, node.name.value, [word.text]);
        out += outputOf(node.body, frame, pick);
      }
      return bounded(out);
    }
    case 'Function':
    case 'TestCommand':
    case 'ArithmeticCommand':
      return '';
    case 'Command':
      return commandOutput(node, frame, pick);
    default:
      return GAP;
  }
}

function printsElsewhere(redirects: readonly Redirection[]): boolean {
  return redirects.some((r) => r.type === 'Redirect' && />/.test(r.operator) && (r.descriptor === undefined || (r.descriptor.type === 'FileDescriptor' && r.descriptor.value === 1)) && r.operator !== '>&');
}

function commandOutput(node: Command, frame: Frame, pick: Pick): string {
  const { redirects } = node;
  const input = inputOf(redirects, frame, pick);
  if (!node.name) {
    for (const p of node.prefix) if (p.type === 'Assignment') assign(p, frame, pick, {});
    // `$(<file)` is the text of the file.
    return input === undefined || input === null ? '' : input();
  }
  if (printsElsewhere(redirects)) return '';
  const words = [node.name, ...node.suffix].flatMap((w): Field[] => (w.type === 'Word' ? expand(w, frame, pick) : w.type !== 'Assignment' ? [] : [{ text: w.text, multi: false, raw: w.text, range: frame.source.locate(w.pos, w.end) }]));
  return wordsOutput(words, input === undefined ? frame : { ...frame, input }, pick);
}

/** What a command prints, by its words. */
export function wordsOutput(words: readonly Field[], frame: Frame, pick: Pick): string {
  const [head, ...args] = words;
  const input = (): string => readAll(frame.input);
  if (!head || head.multi || hasGap(head.text)) return gapOf((head?.text ?? '') + input());
  const [definition, another] = functionsNamed(frame.state, head.text) ?? [];
  if (definition && another === undefined && !frame.chain.includes(`output ${head.text}`)) {
    const inner: Frame = { ...frame, source: definition.source, chain: [...frame.chain, `output ${head.text}`], state: fork(frame.state) };
    setVariable(inner.state, POSITIONAL, [{ items: args.map((a, i) => ({ key: String(i + 1), text: a.text, multi: a.multi })) }]);
    return outputOf(definition.body, inner, pick);
  }
  if (definition) return GAP;
  const name = head.text.slice(head.text.lastIndexOf('/') + 1);
  if (/^(?:command|builtin|sudo|env|nohup)$/.test(name) && args[0] && !/^-|=/.test(args[0].text)) return wordsOutput(args, frame, pick);
  const file = (path: string): string => textOfFile(path, frame)[0] ?? GAP;
  const text = bounded(filtered(name, args.map((a) => a.text), { input: input(), file }));
  // What a program prints that has a guarded command in its own text may be that command.
  return text === GAP && args.some((a) => /\s/.test(a.text) && nameIn(a.text, frame.run) >= 0) ? DECODED_GAP : text;
}

const readAll = (input: Input): string => input?.() ?? '';

