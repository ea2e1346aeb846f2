import { forEachChild, type ArithmeticExpression, type Assignment, type Command, type Redirection, type SyntaxNode, type Word, type WordPart } from 'unbash';

import type { TextRange } from '../../../model';
import { arithmetic } from './arithmetic';
import { affordable, MAX_DEPTH, type Frame } from './frame';
import { parameter } from './parameter';
import { printedBy, walkScript, walkText } from './parts';
import { fork, variable } from './state';
import { lazy, sourceAt } from './text';
import { worlds } from './worlds';

export function visitItem(item: Command['prefix'][number] | Command['suffix'][number], command: Command, frame: Frame): void {
  if (item.type === 'Word') visitWord(item, frame, command);
  else if (item.type === 'Assignment') visitAssignment(item, frame);
  else visitRedirect(item, frame, command);
}

function visitAssignment(node: Assignment, frame: Frame): void {
  if (!/[`($]/.test(node.text)) return;
  if (node.value.type === 'Word') visitWord(node.value, frame);
  else node.value.elements.forEach((e) => visitWord(e, frame));
  if (node.index) visitWord(node.index, frame);
}

export function visitRedirect(node: Redirection, frame: Frame, command?: Command): void {
  if (node.type === 'HereDoc') {
    if (!node.delimiter?.quoted && /[$`]/.test(node.body.text)) node.body.parts?.forEach((p) => visitPart(p, frame));
  } else if (node.target) visitWord(node.target, frame, command);
}

/** Looks into the commands inside a word, and makes the assignments of `${x:=y}`. */
export function visitWord(word: Word, frame: Frame, command?: Command): void {
  const { text } = word;
  if (text.includes('`') || text.includes('(') || (text.includes('${') && /[=@[]/.test(text))) if (affordable(text.length, frame)) word.parts?.forEach((part) => visitPart(part, frame, command));
}

function visitPart(part: WordPart, frame: Frame, command?: Command): void {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
    case 'SimpleExpansion':
      return;
    case 'DoubleQuoted':
    case 'LocaleString':
      part.parts.forEach((p) => visitPart(p, frame, command));
      return;
    case 'CommandExpansion':
      if (part.script) walkScript(part.script, { ...frame, state: fork(frame.state), input: null });
      return;
    case 'ProcessSubstitution': {
      if (!part.script) return;
      // What is written into `>(…)` is what the command prints.
      const input = part.operator === '>' && command ? lazy(() => printedBy(command, frame)) : null;
      walkScript(part.script, { ...frame, state: fork(frame.state), input });
      return;
    }
    case 'ArithmeticExpansion':
      if (part.expression) visitArithmetic(part.expression, frame);
      return;
    case 'ParameterExpansion': {
      const { operation } = part;
      if (part.index) visitWord(part.index, frame);
      if (operation) forEachChild(part, (child) => {
        if (child.type === 'Word') visitWord(child, frame);
      });
      if (operation && 'operand' in operation && operation.operand && 'text' in operation.operand) visitWord(operation.operand, frame);
      if (operation?.type === 'Default' && operation.operator.endsWith('=')) worlds((pick) => parameter(part, true, frame, pick, []));
      // `${x@P}` expands the value once more; so do `${!x}` and `${a[x]}` with a value that has a subscript.
      const again = operation?.type === 'Transform' && operation.operand.text === 'P';
      const range = frame.source.locate(part.pos, part.end);
      if (again || part.prefix === '!') for (const text of textsOf(part.parameter, frame)) if (again || text.includes('[')) walkSubstitutions(text, frame, range);
      if (part.index && /^[A-Za-z_]\w*$/.test(part.index.text)) for (const text of textsOf(part.index.text, frame)) if (text.includes('[')) walkSubstitutions(text, frame, range);
      return;
    }
    default:
      forEachChild(part, (child) => visitTree(child, frame));
  }
}

/** All texts that a parameter may have, elements of arrays among them. */
function textsOf(name: string, { state }: Frame): string[] {
  const values = variable(state, /^\d+$|^\*$/.test(name) ? '@' : name)?.values ?? [];
  return values.flatMap((v) => (typeof v === 'string' ? [v] : v === undefined ? [] : v.items.map((i) => i.text)));
}

export function visitTree(node: SyntaxNode, frame: Frame): void {
  switch (node.type) {
    case 'Word':
      // `[[ -v 'a[$(…)]' ]]` expands what is in the brackets.
      if (/\[.*[$`]/.test(node.value)) walkSubstitutions(node.value, frame, frame.source.locate(node.pos, node.end));
      visitSubscripts(node, frame);
      return visitWord(node, frame);
    case 'Script':
      return walkScript(node, { ...frame, state: fork(frame.state), input: null });
    case 'DoubleQuoted':
    case 'LocaleString':
    case 'CommandExpansion':
    case 'ProcessSubstitution':
    case 'ArithmeticExpansion':
    case 'ParameterExpansion':
      return visitPart(node, frame);
    default:
      forEachChild(node, (child) => visitTree(child, frame));
  }
}

/** A word of a test whose value is a name with a subscript: that is expanded once more. */
function visitSubscripts(word: Word, frame: Frame): void {
  for (const part of word.parts ?? []) {
    const name = part.type === 'SimpleExpansion' ? part.text.slice(1) : part.type === 'ParameterExpansion' ? part.parameter : undefined;
    if (name !== undefined) for (const text of textsOf(name, frame)) if (/\[[^]*[$`]/.test(text)) walkSubstitutions(text, frame, frame.source.locate(word.pos, word.end));
  }
}

/** An arithmetic expression: its command substitutions, its assignments, and what its variables hide in subscripts. */
export function visitArithmetic(node: ArithmeticExpression, frame: Frame): void {
  const look = (n: SyntaxNode): void => {
    if (n.type === 'ArithmeticWord') {
      n.parts?.forEach((p) => visitPart(p, frame));
      if (/^[A-Za-z_]\w*$/.test(n.value)) {
        for (const value of variable(frame.state, n.value)?.values ?? []) if (typeof value === 'string' && /[$`]/.test(value)) walkSubstitutions(value, frame, frame.source.locate(n.pos, n.end));
      }
    } else if (n.type === 'ArithmeticCommandExpansion') {
      if (n.script) walkScript(n.script, { ...frame, state: fork(frame.state), input: null });
    } else forEachChild(n, look);
  };
  look(node);
  worlds((pick) => arithmetic(node, frame, pick));
}

/** Walks the substitutions in a text that a shell expands a second time. */
export function walkSubstitutions(text: string, frame: Frame, range: TextRange): void {
  if (!/[$`]/.test(text) || frame.chain.length > MAX_DEPTH) return;
  const mark = 'END_OF_TEXT';
  walkText(sourceAt(`: <<${mark}\n${text}\n${mark}\n`, range, frame.source.file), { ...frame, chain: [...frame.chain, 'expanded again'] });
}
