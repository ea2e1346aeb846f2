import type { ArithmeticExpression } from 'unbash';

import { textOf } from './parts';
import type { Frame } from './frame';
import { setVariable, variable } from './state';
import { GAP } from './text';
import type { Pick } from './worlds';

const ASSIGNS = /^(?:[-+*/%&|^]|<<|>>)?=$/;

/** The value of an arithmetic expression, with its assignments made; undefined when it is not known. */
export function arithmetic(node: ArithmeticExpression, frame: Frame, pick: Pick): number | undefined {
  switch (node.type) {
    case 'ArithmeticGroup':
      return arithmetic(node.expression, frame, pick);
    case 'ArithmeticWord':
      return numberOf(node.parts ? textOf(node.parts, node.value, frame, pick) : node.value, frame, pick, 0);
    case 'ArithmeticUnary': {
      const value = arithmetic(node.operand, frame, pick);
      if (node.operator === '++' || node.operator === '--') {
        const next = value === undefined ? undefined : value + (node.operator === '++' ? 1 : -1);
        assign(node.operand, next, frame);
        return node.prefix ? next : value;
      }
      if (value === undefined) return undefined;
      return node.operator === '-' ? -value : node.operator === '!' ? Number(value === 0) : node.operator === '~' ? ~value : value;
    }
    case 'ArithmeticBinary': {
      const right = arithmetic(node.right, frame, pick);
      if (ASSIGNS.test(node.operator)) {
        const value = node.operator === '=' ? right : binary(node.operator.slice(0, -1), arithmetic(node.left, frame, pick), right);
        assign(node.left, value, frame);
        return value;
      }
      return binary(node.operator, arithmetic(node.left, frame, pick), right);
    }
    case 'ArithmeticTernary': {
      const test = arithmetic(node.test, frame, pick);
      const values = [arithmetic(node.consequent, frame, pick), arithmetic(node.alternate, frame, pick)];
      return test === undefined ? undefined : test !== 0 ? values[0] : values[1];
    }
    case 'ArithmeticCommandExpansion':
      return undefined;
  }
}

function assign(target: ArithmeticExpression, value: number | undefined, { state }: Frame): void {
  if (target.type === 'ArithmeticWord' && /^[A-Za-z_]\w*$/.test(target.value)) setVariable(state, target.value, [value === undefined ? GAP : String(value)]);
}

function numberOf(text: string, frame: Frame, pick: Pick, depth: number): number | undefined {
  const word = text.trim();
  if (/^-?\d{1,15}$/.test(word)) return /^-?0\d/.test(word) ? parseInt(word, 8) : Number(word);
  if (/^0[xX][0-9a-fA-F]{1,12}$/.test(word)) return parseInt(word, 16);
  if (!/^[A-Za-z_]\w*$/.test(word) || depth > 4) return undefined;
  const values = variable(frame.state, word)?.values ?? [GAP];
  const value = values.length === 1 ? values[0] : values[pick(`$${word}`, values.length)];
  return value === undefined && values.length > 0 && values.includes(undefined) ? 0 : typeof value === 'string' ? numberOf(value, frame, pick, depth + 1) : undefined;
}

function binary(operator: string, a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  switch (operator) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return b === 0 ? undefined : Math.trunc(a / b);
    case '%': return b === 0 ? undefined : a % b;
    case '**': return b < 0 || b > 64 ? undefined : a ** b;
    case '<<': return a << b;
    case '>>': return a >> b;
    case '<': return Number(a < b);
    case '>': return Number(a > b);
    case '<=': return Number(a <= b);
    case '>=': return Number(a >= b);
    case '==': return Number(a === b);
    case '!=': return Number(a !== b);
    case '&&': return Number(a !== 0 && b !== 0);
    case '||': return Number(a !== 0 || b !== 0);
    case '&': return a & b;
    case '|': return a | b;
    case '^': return a ^ b;
    case ',': return b;
    default: return undefined;
  }
}
