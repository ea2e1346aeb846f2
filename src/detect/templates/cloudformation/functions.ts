import { cidrBlocks } from './cidr';
import { transformNames, truthOf, type Scope } from './scope';
import { asObject, concat, isKnown, isList, isObject, keyOf, scalarText, symbolic, type Plain, type Value } from './value';

type Args = readonly Plain[];

/** `Id.Attribute.More` as [id, rest]. */
function splitAttribute(text: string): [string, string] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)];
}

/**
 * Works out one intrinsic function.
 * @returns null when the name is no function (a plain key such as `Condition` in a policy), so that it stays data.
 */
export function callFunction(name: string, argument: Plain, scope: Scope): { readonly value: Value } | null {
  const args: Args = Array.isArray(argument) ? argument : [argument];
  switch (name) {
    case 'Ref': return typeof argument === 'string' ? { value: scope.reference(argument) } : null;
    case 'Condition': return typeof argument === 'string' ? { value: conditionValue(argument, scope) } : null;
    case 'Fn::GetAtt': return { value: getAtt(argument, scope) };
    case 'Fn::Sub': return { value: sub(args, scope) };
    case 'Fn::Join': return { value: join(args, scope) };
    case 'Fn::Split': return { value: split(args, scope) };
    case 'Fn::Select': return { value: select(args, scope) };
    case 'Fn::If': return { value: choose(args, scope) };
    case 'Fn::FindInMap': return { value: findInMap(args, scope) };
    case 'Fn::Base64': return { value: base64(scope.resolve(argument)) };
    case 'Fn::Cidr': return { value: cidr(args, scope) };
    case 'Fn::Length': {
      const list = scope.resolve(argument);
      return { value: isList(list) ? list.length : call(name, [list]) };
    }
    case 'Fn::ToJsonString': {
      const value = scope.resolve(argument);
      return { value: isKnown(value) ? JSON.stringify(value) : call(name, [value]) };
    }
    case 'Fn::Equals': return { value: equals(args, scope) };
    case 'Fn::Not': return { value: not(scope.resolve(args[0] ?? null)) };
    case 'Fn::And': return { value: all(args.map(scope.resolve), false, 'Fn::And') };
    case 'Fn::Or': return { value: all(args.map(scope.resolve), true, 'Fn::Or') };
    case 'Fn::Transform': {
      for (const transform of transformNames(argument)) scope.transform(transform);
      return { value: symbolic({ sym: 'outside', key: `transform ${keyOf(scope.resolve(asData(argument)))}`, what: 'what a macro makes' }) };
    }
    case 'Fn::ImportValue': {
      const key = scope.resolve(argument);
      return { value: symbolic({ sym: 'outside', key: `import ${keyOf(key)}`, what: 'an imported value' }) };
    }
    case 'Fn::GetAZs':
    case 'Fn::GetStackOutput': return { value: call(name, [scope.resolve(argument)]) };
    default: return name.startsWith('Fn::') && !name.startsWith('Fn::ForEach') ? { value: call(name, [scope.resolve(argument)]) } : null;
  }
}

function call(fn: string, args: readonly Value[]): Value {
  return symbolic({ sym: 'call', fn, args });
}

/** A macro's own argument is not to be run again as a macro. */
function asData(argument: Plain): Plain {
  return Array.isArray(argument) ? argument : [argument];
}

function conditionValue(name: string, scope: Scope): Value {
  const truth = scope.condition(name);
  return truth.known ? truth.value : symbolic({ sym: 'outside', key: truth.key, what: `the condition ${name}` });
}

function getAtt(argument: Plain, scope: Scope): Value {
  if (typeof argument === 'string') return scope.attribute(...splitAttribute(argument));
  const [id, ...rest] = (Array.isArray(argument) ? (argument as Args) : []).map((part) => scope.resolve(part));
  const path = rest.map((part) => scalarText(part));
  if (typeof id !== 'string' || path.includes(undefined)) return call('Fn::GetAtt', [id, ...rest]);
  return scope.attribute(id, path.join('.'));
}

const PLACEHOLDER = /\$\{([^}]*)\}/g;

function sub(args: Args, scope: Scope): Value {
  const text = args[0];
  if (typeof text !== 'string') return call('Fn::Sub', args.map(scope.resolve));
  const own = asObject(args[1]) ?? {};
  const parts: Value[] = [];
  let at = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const name = (match[1] ?? '').trim();
    parts.push(text.slice(at, match.index));
    at = match.index + match[0].length;
    if (name.startsWith('!')) parts.push(`\${${name.slice(1)}}`);
    else if (Object.hasOwn(own, name)) parts.push(scope.resolve(own[name] ?? null));
    else if (name.includes('.')) parts.push(scope.attribute(...splitAttribute(name)));
    else parts.push(scope.reference(name));
  }
  parts.push(text.slice(at));
  const filled = concat(parts.map((part) => (isList(part) && isKnown(part) ? part.map(scalarText).join(',') : part)));
  return typeof filled === 'string' && filled.includes('{{resolve:') ? scope.resolve(filled) : filled;
}

function join(args: Args, scope: Scope): Value {
  const delimiter = scope.resolve(args[0] ?? '');
  const list = scope.resolve(args[1] ?? null);
  if (typeof delimiter !== 'string' || !isList(list)) return call('Fn::Join', [delimiter, list]);
  // A member that is a list itself is written out with the delimiter between, as CloudFormation does for list parameters.
  const flat = list.flatMap((item) => (isList(item) ? item : [item]));
  const joined = concat(flat.flatMap((item, index) => (index === 0 ? [item] : [delimiter, item])));
  return typeof joined === 'string' && joined.includes('{{resolve:') ? scope.resolve(joined) : joined;
}

function split(args: Args, scope: Scope): Value {
  const delimiter = scope.resolve(args[0] ?? '');
  const text = scope.resolve(args[1] ?? null);
  const known = scalarText(text);
  if (typeof delimiter === 'string' && delimiter !== '' && known !== undefined) return known.split(delimiter);
  return call('Fn::Split', [delimiter, text]);
}

function select(args: Args, scope: Scope): Value {
  const index = Number(scalarText(scope.resolve(args[0] ?? null)) ?? Number.NaN);
  const list = scope.resolve(args[1] ?? null);
  if (isList(list) && Number.isInteger(index) && index >= 0 && index < list.length) return list[index];
  return call('Fn::Select', [index, list]);
}

function choose(args: Args, scope: Scope): Value {
  const name = args[0];
  const truth = typeof name === 'string' ? scope.condition(name) : truthOf(scope.resolve(name ?? null));
  if (truth.known) return scope.resolve(args[truth.value ? 1 : 2] ?? null);
  const yes = scope.resolve(args[1] ?? null);
  const no = scope.resolve(args[2] ?? null);
  if (keyOf(yes) === keyOf(no)) return yes;
  return call('Fn::If', [symbolic({ sym: 'outside', key: truth.key, what: 'a condition' }), yes, no]);
}

function findInMap(args: Args, scope: Scope): Value {
  const [map, top, second] = [0, 1, 2].map((i) => scalarText(scope.resolve(args[i] ?? null)));
  const fallback = asObject(args[3])?.['DefaultValue'];
  if (map === undefined) return call('Fn::FindInMap', args.map(scope.resolve));
  const mapping = scope.mapping(map);
  if (top !== undefined && second !== undefined) {
    const found = asObject(mapping?.[top])?.[second];
    if (found !== undefined) return scope.resolve(found);
    return fallback === undefined ? call('Fn::FindInMap', [map, top, second]) : scope.resolve(fallback);
  }
  // One key is not known: what could come out is part of the answer, so that a changed mapping is seen.
  const rows = top === undefined ? Object.values(mapping ?? {}) : [mapping?.[top] ?? null];
  const candidates = rows.flatMap((row) => (second === undefined ? Object.values(asObject(row) ?? {}) : [asObject(row)?.[second] ?? null]));
  const resolved = candidates.map((candidate) => scope.resolve(candidate));
  const first = resolved[0];
  if (first !== undefined && fallback === undefined && resolved.every((candidate) => keyOf(candidate) === keyOf(first))) return first;
  return call('Fn::FindInMap', [scope.resolve(args[1] ?? null), scope.resolve(args[2] ?? null), resolved]);
}

function base64(value: Value): Value {
  const text = scalarText(value);
  return text === undefined ? call('Fn::Base64', [value]) : Buffer.from(text, 'utf8').toString('base64');
}

function cidr(args: Args, scope: Scope): Value {
  const [block, count, bits] = [0, 1, 2].map((i) => scope.resolve(args[i] ?? (i === 2 ? 8 : null)));
  const known = scalarText(block);
  const blocks = known === undefined ? undefined : cidrBlocks(known, Number(scalarText(count)), Number(scalarText(bits)));
  return blocks ?? call('Fn::Cidr', [block, count, bits]);
}

function equals(args: Args, scope: Scope): Value {
  const a = scope.resolve(args[0] ?? null);
  const b = scope.resolve(args[1] ?? null);
  if (keyOf(a) === keyOf(b)) return true;
  return isKnown(a) && isKnown(b) ? false : call('Fn::Equals', [a, b]);
}

function not(value: Value): Value {
  const truth = truthOf(value);
  return truth.known ? !truth.value : call('Fn::Not', [value]);
}

/** And (`decisive` false) or Or (`decisive` true): one decisive member decides, whatever the others are. */
function all(values: readonly Value[], decisive: boolean, fn: string): Value {
  const truths = values.map(truthOf);
  if (truths.some((truth) => truth.known && truth.value === decisive)) return decisive;
  return truths.every((truth) => truth.known) ? !decisive : call(fn, values.filter((value) => !truthOf(value).known || isObject(value)));
}
