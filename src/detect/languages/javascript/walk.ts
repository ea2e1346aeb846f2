import type { SyntaxNode, SyntaxNodeRef, Tree } from '@lezer/common';
import { UNKNOWN, type Value } from '../program/value';
import { bindImport, bindPattern } from './bind';
import { bindParameters, declare, evaluate, typeOf } from './evaluate';
import { append, bounded } from './fold';
import { children, code, everyChoice, inner, lookUp, MAX_CHOICES, type Choices, type Scope, type State } from './state';

/** Where a function's or a class' names begin. */
const FUNCTIONS: ReadonlySet<string> = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunction', 'MethodDeclaration']);

/** The scopes of the file by where they begin, so that a second reading knows what stands further down. */
export type Scopes = Map<number, Scope>;

/**
 * Reads a tree in the order of its text: names get their values, functions are remembered.
 * @param scopes undefined for a function's body that is read for one call of it.
 * @param judge what is done at every node.
 */
export function walk(root: Tree | SyntaxNode, state: State, scopes: Scopes | undefined, judge: (node: SyntaxNodeRef) => void): void {
  const begun = state.scope;
  root.cursor().iterate((node) => {
    const { name } = node;
    if (FUNCTIONS.has(name) || (name === 'Property' && node.node.getChild('ParamList') !== null)) {
      const list = node.node.getChild('ParamList') ?? undefined;
      if (scopes) remember(node.node, list, state);
      enter(node.from, state, scopes, false);
      bindParameters(list, [], state);
    } else if (name === 'ClassBody') {
      enter(node.from, state, scopes, true);
      properties(node.node, state);
    } else if (name === 'ImportDeclaration') bindImport(node.node, state);
    else if (name === 'VariableDeclaration') declare(node.node, state);
    else if (name === 'AssignmentExpression') assign(node.node, state);
    else if (name === 'ForOfSpec') iterate(node.node, state);
    else if (name === 'CallExpression') push(node.node, state);
    judge(node);
  }, (node) => {
    const { name } = node;
    if ((FUNCTIONS.has(name) || name === 'ClassBody' || (name === 'Property' && node.node.getChild('ParamList') !== null)) && state.scope !== begun) state.scope = state.scope.outer ?? state.scope;
  });
  state.scope = begun;
}

function enter(at: number, state: State, scopes: Scopes | undefined, isClass: boolean): void {
  const scope = scopes?.get(at) ?? inner(state.scope, isClass);
  scopes?.set(at, scope);
  state.scope = scope;
}

/** Functions by the names that they are called by: `run`, `this.run`, `Cleaner().run`, `helpers.run`. */
function remember(node: SyntaxNode, list: SyntaxNode | undefined, state: State): void {
  const body = node.name === 'Property' || node.name === 'MethodDeclaration' ? node.getChild('Block') : node.lastChild;
  if (!body) return;
  const { parent } = node;
  const names: string[] = [];
  const className = (): string | undefined => { const found = parent?.name === 'ClassBody' ? parent.parent?.getChild('VariableDefinition') : undefined; return found ? code(found, state) : undefined; };
  const own = node.getChild('VariableDefinition') ?? node.getChild('PropertyDefinition') ?? node.getChild('PrivatePropertyDefinition');
  if (node.name === 'FunctionDeclaration' && own) names.push(code(own, state));
  else if (node.name === 'MethodDeclaration' && own) names.push(`this.${code(own, state)}`, `${className()}.${code(own, state)}`, `${className()}().${code(own, state)}`);
  else if (parent?.name === 'VariableDeclaration') names.push(...(node.prevSibling?.name === 'Equals' ? [nameBefore(node.prevSibling, state)] : []));
  else if (parent?.name === 'AssignmentExpression' && parent.firstChild) names.push(code(parent.firstChild, state).replace(/^(?:module\.)?exports\./, ''));
  else if (parent?.name === 'PropertyDeclaration' && parent.firstChild) names.push(`this.${nameBefore(node.prevSibling, state)}`);
  else {
    const property = node.name === 'Property' ? node : parent?.name === 'Property' ? parent : undefined;
    const holder = property?.parent?.parent;
    const key = property?.firstChild;
    if (key && holder?.name === 'VariableDeclaration' && property.parent?.prevSibling) names.push(`${nameBefore(property.parent.prevSibling, state)}.${code(key, state)}`);
  }
  const exported = isExported(node);
  for (const name of names) if (name.length < 80 && !state.functions.has(name)) state.functions.set(name, { node, parameters: list, body, scope: state.scope, exported });
}

function nameBefore(equals: SyntaxNode | null, state: State): string {
  let at = equals?.prevSibling ?? null;
  while (at && at.name === 'TypeAnnotation') at = at.prevSibling;
  return at && at.to - at.from < 80 ? code(at, state) : '';
}

function isExported(node: SyntaxNode): boolean {
  let at: SyntaxNode | null = node;
  for (let i = 0; at && i < 6; i++, at = at.parent) if (at.name === 'ExportDeclaration') return true;
  return false;
}

/** The properties of a class, before its methods are read. */
function properties(body: SyntaxNode, state: State): void {
  for (const member of body.getChildren('PropertyDeclaration')) {
    const key = member.getChild('PropertyDefinition') ?? member.getChild('PrivatePropertyDefinition');
    if (!key) continue;
    const equals = member.getChild('Equals');
    const value = equals?.nextSibling;
    const choices = value && !FUNCTIONS.has(value.name) ? everyChoice(state, () => evaluate(value, state)) : [typeOf(member.getChild('TypeAnnotation') ?? undefined, state) ?? UNKNOWN];
    if (choices[0]?.kind !== 'unknown') state.scope.names.set(`this.${code(key, state)}`, choices);
  }
}

const CONDITIONS: ReadonlySet<string> = new Set(['IfStatement', 'SwitchStatement', 'TryStatement', 'ForStatement', 'WhileStatement', 'DoStatement', 'ConditionalExpression']);

/** True when a statement of a function may be left out. */
function conditional(node: SyntaxNode): boolean {
  let at = node.parent;
  for (let i = 0; at && i < 30; i++, at = at.parent) {
    if (CONDITIONS.has(at.name)) return true;
    if (FUNCTIONS.has(at.name)) return false;
  }
  return false;
}

/** `name = …`, `name += …`, `this.name = …`. Under a condition the old value stays possible. */
function assign(node: SyntaxNode, state: State): void {
  const [target, operator, value] = children(node);
  if (!target || !operator || !value || FUNCTIONS.has(value.name) || target.to - target.from > 80) return;
  const name = code(target, state);
  if (!/^[\w.$#]+$/.test(name)) return;
  const scope = holder(name, state.scope);
  const old = lookUp(name, state.scope) ?? [];
  const now = everyChoice(state, () => evaluate(value, state));
  const next: Choices = operator.name === 'UpdateOp' ? old.flatMap((o) => now.map((n) => (code(operator, state) === '+=' ? append(o, n) : UNKNOWN))) : now;
  scope.names.set(name, (conditional(node) ? [...next, ...old] : next).slice(0, MAX_CHOICES));
}

/** The scope in which a name is set: its own, the class' for `this.x`, the file's otherwise. */
function holder(name: string, scope: Scope): Scope {
  const ofThis = name.startsWith('this.');
  let s = scope;
  while (s.outer && !(ofThis ? s.isClass : s.names.has(name))) s = s.outer;
  return s;
}

/** `args.push('--force')`. */
function push(node: SyntaxNode, state: State): void {
  const callee = node.firstChild;
  if (callee?.name !== 'MemberExpression' || callee.firstChild?.name !== 'VariableName' || !/^(?:push|unshift)$/.test(callee.lastChild ? code(callee.lastChild, state) : '')) return;
  const name = code(callee.firstChild, state);
  const old = lookUp(name, state.scope);
  if (old?.[0]?.kind !== 'list' || node.lastChild?.name !== 'ArgList') return;
  const added = children(node.lastChild).filter((c) => !/^[(),]$|^Spread$/.test(c.name)).map((c): Value => evaluate(c, state));
  const next = old.map((o): Value => (o.kind !== 'list' ? o : bounded(code(callee.lastChild ?? callee, state) === 'push' ? [...o.items, ...added] : [...added, ...o.items])));
  holder(name, state.scope).names.set(name, (conditional(node) ? [...next, ...old] : next).slice(0, MAX_CHOICES));
}

/** `for (const name of [...])`: each of a few known items, otherwise one that isn't known. */
function iterate(node: SyntaxNode, state: State): void {
  const parts = children(node);
  const at = parts.findIndex((p) => p.name === 'of');
  const target = parts[at - 1];
  const over = parts[at + 1];
  if (at < 1 || !target || !over) return;
  const value = evaluate(over, state);
  const items: Choices = value.kind === 'list' && value.items.length > 0 ? value.items.slice(0, MAX_CHOICES) : [value.kind === 'from' ? value : UNKNOWN];
  bindPattern(target, items, state);
}
