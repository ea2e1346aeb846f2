import type { SyntaxNode } from '@lezer/common';
import { UNKNOWN, type Value } from '../program/value';
import { fromModule, member } from './modules';
import { children, code, type Choices, type State } from './state';

/** One parameter of a function. */
export interface Parameter {
  /** A name or a pattern. */
  readonly target: SyntaxNode;
  readonly annotation?: SyntaxNode;
  readonly standard?: SyntaxNode;
  readonly rest: boolean;
  /** `constructor(private s3: S3)`: it becomes a property. */
  readonly kept: boolean;
}

export const isParameter = (node: SyntaxNode): boolean => node.name === 'VariableDefinition' || /Pattern$/.test(node.name);

/** The parameters of a list; a single name without parentheses is a list of its own. */
export function parametersOf(list: SyntaxNode): Parameter[] {
  const out: Parameter[] = [];
  const parts = children(list);
  let rest = false;
  let kept = false;
  parts.forEach((part, i) => {
    if (part.name === ',') rest = kept = false;
    else if (part.name === 'Spread') rest = true;
    else if (part.name === 'Privacy' || part.name === 'readonly') kept = true;
    else if (isParameter(part)) {
      const annotation = parts.slice(i + 1, i + 3).find((p) => p.name === 'TypeAnnotation');
      const equals = parts.findIndex((p, at) => at > i && at < i + 4 && p.name === 'Equals');
      const standard = equals > 0 ? parts[equals + 1] : undefined;
      out.push({ target: part, ...(annotation && { annotation }), ...(standard && { standard }), rest, kept });
    }
  });
  return out;
}

/** Gives a name, or the names of a pattern, their values. */
export function bindPattern(target: SyntaxNode, choices: Choices, state: State, depth = 0): void {
  if (depth > 10) return;
  if (target.name === 'VariableDefinition') {
    state.scope.names.set(code(target, state), choices);
    return;
  }
  children(target).filter((c) => c.name !== ',').forEach((part, i) => {
    if (target.name === 'ArrayPattern') {
      if (isParameter(part)) bindPattern(part, choices.map((v) => (v.kind === 'list' ? (v.items[i - 1] ?? UNKNOWN) : v.kind === 'from' ? v : UNKNOWN)), state, depth + 1);
      return;
    }
    if (part.name !== 'PatternProperty') return;
    const inside = children(part);
    const [key] = inside;
    if (!key || key.name === 'Spread') return;
    const name = code(key, state).replace(/^['"]|['"]$/g, '');
    const to = inside.slice(1).find(isParameter) ?? key;
    bindPattern(to, choices.map((v) => partOf(v, name)), state, depth + 1);
  });
}

const partOf = (value: Value, name: string): Value => (value.kind === 'map' ? (value.entries.get(name) ?? UNKNOWN) : value.kind === 'from' ? member(value, name) : UNKNOWN);

/** `import a, { b as c } from 'm'`, `import * as d from 'm'`, `import e = require('m')`. */
export function bindImport(node: SyntaxNode, state: State): void {
  const parts = children(node);
  // The grammar has no `import x = require('m')`: the call stands behind it as a statement of its own.
  const literal = parts.find((p) => p.name === 'String') ?? node.nextSibling?.firstChild?.lastChild?.firstChild?.nextSibling;
  if (literal?.name !== 'String') return;
  const module = fromModule(code(literal, state).slice(1, -1));
  state.modules.add(module.path);
  const { names } = state.scope;
  for (const part of parts) {
    if (part.name === 'VariableDefinition') names.set(code(part, state), [module]);
    if (part.name !== 'ImportGroup') continue;
    let imported: string | undefined;
    for (const item of children(part)) {
      if (item.name === ',') imported = undefined;
      else if (item.name === 'VariableName' || item.name === 'String') imported = code(item, state).replace(/^['"]|['"]$/g, '');
      else if (item.name === 'VariableDefinition') names.set(code(item, state), [member(module, imported ?? code(item, state))]);
    }
  }
}
