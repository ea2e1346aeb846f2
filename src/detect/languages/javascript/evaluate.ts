import type { SyntaxNode } from '@lezer/common';
import { known, partsOf, text, UNKNOWN, type Call, type Value } from '../program/value';
import { bindPattern, isParameter, parametersOf } from './bind';
import { append, bounded, foldMethod, jsonText, unescaped } from './fold';
import { from, fromModule, instance, member, PASSES_ON } from './modules';
import { clientWithBase } from './requests';
import { children, chosen, code, everyChoice, inner, lookUp, MAX_NESTED, type LocalFunction, type State } from './state';

/** What is known of an expression before the program runs; where conditions leave a choice, the one that the state takes. */
export function evaluate(node: SyntaxNode, state: State, depth = 0): Value {
  if (depth > MAX_NESTED) return UNKNOWN;
  const next = (n: SyntaxNode | null | undefined): Value => (n ? evaluate(n, state, depth + 1) : UNKNOWN);
  switch (node.name) {
    case 'String': return text(unescaped(code(node, state).slice(1, -1)));
    case 'TemplateString': return template(node, state, depth);
    case 'BooleanLiteral': case 'Number': return text(code(node, state));
    case 'ParenthesizedExpression': case 'AwaitExpression': return next(children(node)[1]);
    case 'PostfixExpression': case 'InstantiationExpression': return next(node.firstChild);
    case 'UnaryExpression': return UNKNOWN;
    case 'ArrayExpression': return bounded(elements(node, state, depth));
    case 'ObjectExpression': return object(node, state, depth);
    case 'BinaryExpression': return binary(node, state, depth);
    case 'VariableName': case 'this': return named(code(node, state), state);
    case 'MemberExpression': return property(node, state, depth);
    case 'DynamicImport': { const path = known(next(children(node).find((c) => c.name === 'String'))); if (path === undefined) return UNKNOWN; state.modules.add(fromModule(path).path); return fromModule(path); }
    case 'CallExpression': case 'NewExpression': return called(node, state, depth);
    case 'TaggedTemplateExpression': { const [tag, body] = children(node); return tag && code(tag, state) === 'String.raw' ? next(body) : UNKNOWN; }
    case 'AssignmentExpression': return next(node.lastChild);
    case 'SequenceExpression': return next(node.lastChild);
    case 'ConditionalExpression': {
      const [, , yes, , no] = children(node);
      state.choices = Math.max(state.choices, 2);
      return next(state.choice === 0 ? yes : no);
    }
    default: return UNKNOWN;
  }
}

function named(name: string, state: State): Value {
  const found = lookUp(name, state.scope);
  return (found && chosen(found, state)) ?? from(name);
}

function binary(node: SyntaxNode, state: State, depth: number): Value {
  const [left, operator, right] = children(node);
  if (!left || !right || !operator) return UNKNOWN;
  const sign = code(operator, state);
  if (sign === '+') return sum(node, state, depth);
  const first = evaluate(left, state, depth + 1);
  if (sign === 'as' || sign === 'satisfies') return first;
  if (sign !== '||' && sign !== '??' && sign !== '&&') return UNKNOWN;
  // `process.env.VERB ?? 'destroy'`: either side.
  state.choices = Math.max(state.choices, 2);
  return (state.choice === 0) === (sign !== '&&') ? first : evaluate(right, state, depth + 1);
}

/** `a + b + c` is one list of terms, however long. */
function sum(node: SyntaxNode, state: State, depth: number): Value {
  const terms: SyntaxNode[] = [];
  let at: SyntaxNode | null = node;
  while (at?.name === 'BinaryExpression' && at.firstChild?.nextSibling && code(at.firstChild.nextSibling, state) === '+' && terms.length < 400) {
    if (at.lastChild) terms.push(at.lastChild);
    at = at.firstChild;
  }
  const first = at && terms.length < 400 ? evaluate(at, state, depth + 1) : UNKNOWN;
  return terms.reverse().reduce<Value>((value, term) => append(value, evaluate(term, state, depth + 1)), first);
}

/** @param given what its object is, where that was found out before. */
function property(node: SyntaxNode, state: State, depth: number, given?: Value): Value {
  const parts = children(node);
  const [object] = parts;
  const last = parts.at(-1);
  if (!object || !last) return UNKNOWN;
  const whole = node.to - node.from < 80 ? lookUp(code(node, state).replace(/[?!]+\./g, '.'), state.scope) : undefined;
  if (whole) return chosen(whole, state) ?? UNKNOWN;
  const of = given ?? evaluate(object, state, depth + 1);
  const plain = last.name === 'PropertyName' || last.name === 'PrivatePropertyName';
  // `client['delete' + 'Bucket']`
  const index = plain ? code(last, state) : known(evaluate(parts.at(-2) ?? last, state, depth + 1));
  if (index === undefined) return UNKNOWN;
  if (of.kind === 'map') return of.entries.get(index) ?? UNKNOWN;
  if (of.kind === 'list') return /^\d+$/.test(index) ? (of.items[Number(index)] ?? UNKNOWN) : UNKNOWN;
  return of.kind === 'from' ? member(of, index) : UNKNOWN;
}

function elements(node: SyntaxNode, state: State, depth: number): Value[] {
  const out: Value[] = [];
  let spread = false;
  for (const c of children(node)) {
    if (c.name === 'Spread') spread = true;
    else if (!/^[[\](),]$/.test(c.name) && out.length < 300 && !/Comment$/.test(c.name)) {
      const value = evaluate(c, state, depth + 1);
      // A spread of what is not known may be any number of words.
      if (spread) out.push(...(value.kind === 'list' ? value.items : [{ kind: 'list', items: [] } as const]));
      else out.push(value);
      spread = false;
    }
  }
  return out.slice(0, 1000);
}

function object(node: SyntaxNode, state: State, depth: number): Value {
  const entries = new Map<string, Value>();
  for (const part of children(node)) {
    if (part.name !== 'Property') continue;
    const inside = children(part);
    const [key] = inside;
    const value = inside.at(-1);
    if (!key || !value) continue;
    if (key.name === 'Spread') {
      const more = evaluate(value, state, depth + 1);
      if (more.kind === 'map') for (const [k, v] of more.entries) entries.set(k, v);
    } else if (inside.length === 1) entries.set(code(key, state), named(code(key, state), state));
    else entries.set(code(key, state).replace(/^['"]|['"]$/g, ''), inside.some((c) => c.name === 'ParamList') ? UNKNOWN : evaluate(value, state, depth + 1));
  }
  return { kind: 'map', entries };
}

function template(node: SyntaxNode, state: State, depth: number): Value {
  const parts: (string | undefined)[] = [];
  let at = node.from + 1;
  for (const c of children(node)) {
    if (c.name !== 'Interpolation') continue;
    parts.push(unescaped(state.source.slice(at, c.from)));
    const inside = c.firstChild?.nextSibling;
    const value = inside ? evaluate(inside, state, depth + 1) : UNKNOWN;
    // zx and execa write an array as its words.
    parts.push(...(value.kind === 'list' ? value.items.flatMap((item, i) => (i === 0 ? partsOf(item) : [' ', ...partsOf(item)])) : partsOf(value)));
    at = c.to;
  }
  parts.push(unescaped(state.source.slice(at, state.source.charAt(node.to - 1) === '`' ? Math.max(at, node.to - 1) : node.to)));
  return append({ kind: 'text', parts }, text(''));
}

/** What a call gives. */
function called(node: SyntaxNode, state: State, depth: number): Value {
  const callee = node.firstChild;
  let target: Value | undefined;
  if (callee?.name === 'MemberExpression' && callee.firstChild && node.name === 'CallExpression') {
    // Each expression of a chain is read once: reading it again for every call would double the work with each.
    const of = evaluate(callee.firstChild, state, depth + 1);
    const method = callee.lastChild ? code(callee.lastChild, state) : '';
    if (of.kind === 'text' || of.kind === 'list') return foldMethod(of, method, argumentsOf(node, state, depth));
    target = property(callee, state, depth + 1, of);
  }
  const call = callOf(node, state, depth + 1, target);
  if (!call) return UNKNOWN;
  const { path, args } = call;
  const [first] = args;
  if (/(?:^|\.)require$/.test(path)) { const name = known(first); return name === undefined ? UNKNOWN : fromModule(name); }
  const base = clientWithBase(call);
  if (base) return base;
  if (PASSES_ON.test(path)) return first ?? UNKNOWN;
  if (/\.makeApiClient$/.test(path) && first?.kind === 'from') return from(`${first.path}()`);
  if (/^(?:String|Object\.freeze|Array\.from|shellQuote|quote|url|URL)$/.test(path)) return first ?? UNKNOWN;
  if (path === 'Array.of') return { kind: 'list', items: args };
  if (/^path(?:\.posix)?\.(?:join|resolve)$/.test(path)) return args.length === 0 ? UNKNOWN : args.reduce((a, b) => append(append(a, text('/')), b));
  if (path === 'JSON.stringify') return { kind: 'text', parts: jsonText(first) };
  if (path === 'Buffer.from' || path === 'atob') return decoded(known(first), path === 'atob' ? 'base64' : known(args[1]));
  const local = callee && state.functions.get(code(callee, state));
  if (local && !call.isNew) { const value = returned(local, args, state, depth); if (value.kind !== 'unknown') return value; }
  const aws = /^@aws:([\w-]+)\.\w*Client\.from$/.exec(path)?.[1];
  if (aws !== undefined) return from(`@aws:${aws}`);
  return call.isNew ? instance(path) : path.length < 300 ? from(`${path}()`) : UNKNOWN;
}

function decoded(value: string | undefined, encoding: string | undefined): Value {
  if (value === undefined || value.length > 20_000) return UNKNOWN;
  if (encoding === 'base64' || encoding === 'base64url' || encoding === 'hex') return text(Buffer.from(value, encoding).toString());
  return encoding === undefined || /^utf-?8$/.test(encoding) ? text(value) : UNKNOWN;
}

/** What a function of the program gives back for these arguments, where its last statement says so. */
function returned(local: LocalFunction, args: readonly Value[], state: State, depth: number): Value {
  const { body } = local;
  const result = body.name === 'Block' ? children(body).find((c) => c.name === 'ReturnStatement')?.firstChild?.nextSibling : body;
  if (!result || depth > MAX_NESTED / 3 || state.budget <= 0) return UNKNOWN;
  state.budget--;
  const { scope } = state;
  state.scope = inner(local.scope);
  bindParameters(local.parameters, args, state);
  if (body.name === 'Block') for (const c of children(body).slice(0, 30)) if (c.name === 'VariableDeclaration') declare(c, state, depth + 1);
  const value = evaluate(result, state, depth + 1);
  state.scope = scope;
  return value;
}

/** A call with what is known of what is called and of its arguments; undefined when what is called isn't known. */
export function callOf(node: SyntaxNode, state: State, depth = 0, given?: Value): Call | undefined {
  const isNew = node.name === 'NewExpression';
  const callee = isNew ? node.firstChild?.nextSibling : node.firstChild;
  if (!callee || depth > MAX_NESTED) return undefined;
  const target = given ?? evaluate(callee, state, depth + 1);
  if (target.kind !== 'from') return undefined;
  const args = argumentsOf(node, state, depth);
  const module = /(?:^|\.)require$/.test(target.path) ? known(args[0]) : undefined;
  if (module !== undefined) state.modules.add(fromModule(module).path);
  return { path: target.path, args, named: new Map(), isNew, range: { start: node.from, end: node.to } };
}

export function argumentsOf(node: SyntaxNode, state: State, depth = 0): Value[] {
  const list = node.lastChild?.name === 'ArgList' ? node.lastChild : undefined;
  return list ? elements(list, state, depth) : [];
}

/** `const a = …, { b, c: d } = …`. */
export function declare(node: SyntaxNode, state: State, depth = 0): void {
  const parts = children(node);
  parts.forEach((part, i) => {
    if (part.name !== 'VariableDefinition' && !/Pattern$/.test(part.name)) return;
    const annotated = parts[i + 1]?.name === 'TypeAnnotation';
    const at = i + (annotated ? 2 : 1);
    const value = parts[at]?.name === 'Equals' ? parts[at + 1] : undefined;
    const choices = value ? everyChoice(state, () => evaluate(value, state, depth + 1)) : [UNKNOWN];
    const typed = annotated && choices[0]?.kind !== 'text' && choices[0]?.kind !== 'list' ? typeOf(parts[i + 1], state) : undefined;
    bindPattern(part, typed && (choices[0]?.kind !== 'from' || !/^@|\(\)/.test(choices[0].path)) ? [typed] : choices, state);
  });
}

/** An object of the class that a type annotation names. */
export function typeOf(annotation: SyntaxNode | undefined, state: State): Value | undefined {
  const name = annotation ? /^:\s*([A-Za-z_$][\w$.]*)\s*(?:\|\s*(?:undefined|null)\s*)?$/.exec(code(annotation, state))?.[1] : undefined;
  if (name === undefined || name.length > 80) return undefined;
  const [root = '', ...rest] = name.split('.');
  const value = lookUp(root, state.scope)?.[0];
  if (value?.kind !== 'from') return undefined;
  const type = rest.reduce<Value>((v, part) => (v.kind === 'from' ? member(v, part) : v), value);
  return type.kind === 'from' ? instance(type.path) : undefined;
}

/** Gives the parameters of a function the arguments of a call; those that it leaves out get their default, or what their type says. */
export function bindParameters(list: SyntaxNode | undefined, args: readonly Value[], state: State): void {
  if (!list) return;
  parametersOf(list).forEach(({ target, annotation, standard, rest, kept }, i) => {
    if (!isParameter(target)) return;
    const given = rest ? (args.length > i ? ({ kind: 'list', items: args.slice(i) } as const) : undefined) : args[i];
    const value = given ?? (standard ? evaluate(standard, state, 1) : undefined) ?? typeOf(annotation, state) ?? (target.name === 'VariableDefinition' && !rest ? from(code(target, state)) : UNKNOWN);
    bindPattern(target, [value], state);
    if (kept && target.name === 'VariableDefinition') state.scope.outer?.names.set(`this.${code(target, state)}`, [value]);
  });
}
