import { asObject, type Plain, type PlainObject } from './value';

const PREFIX = 'Fn::ForEach::';

/** How much text loops may still make; shared by all loops of a template, so that loops in loops can't fill the memory. */
export interface LoopBudget {
  left: number;
}
export const MAX_LOOP_TEXT = 20_000_000;

/**
 * Writes out `Fn::ForEach` (transform AWS::LanguageExtensions) in a map.
 * @param items gives the list a loop goes over; undefined when it is not known.
 * @param unknown is told the name of a loop that can't be written out.
 * Source: "Fn::ForEach" in the CloudFormation template reference.
 */
export function expandForEach(map: PlainObject, items: (collection: Plain) => readonly string[] | undefined, unknown: (loop: string) => void, budget: LoopBudget): PlainObject {
  if (!Object.keys(map).some((key) => key.startsWith(PREFIX))) return map;
  const result: Record<string, Plain> = {};
  const expand = (source: PlainObject): void => {
    for (const [key, value] of Object.entries(source)) {
      if (!key.startsWith(PREFIX)) {
        Object.defineProperty(result, key, { value, enumerable: true, writable: true, configurable: true });
        continue;
      }
      const loop = key.slice(PREFIX.length);
      const [identifier, collection, body] = Array.isArray(value) ? (value as readonly Plain[]) : [];
      const list = collection === undefined ? undefined : items(collection);
      const fragment = asObject(body);
      if (typeof identifier !== 'string' || list === undefined || fragment === undefined) {
        unknown(loop);
        continue;
      }
      budget.left -= JSON.stringify(fragment).length * list.length;
      if (budget.left < 0) {
        unknown(loop);
        continue;
      }
      for (const item of list) expand(asObject(substitute(fragment, identifier, item)) ?? {});
    }
  };
  expand(map);
  return result;
}

/** A copy with `${Identifier}`, `&{Identifier}` (letters and digits only) and `{Ref: Identifier}` filled in. */
function substitute(node: Plain, identifier: string, item: string): Plain {
  if (typeof node === 'string') return fill(node, identifier, item);
  if (Array.isArray(node)) return (node as readonly Plain[]).map((child) => substitute(child, identifier, item));
  const object = asObject(node);
  if (object === undefined) return node;
  if (object['Ref'] === identifier && Object.keys(object).length === 1) return item;
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [fill(key, identifier, item), substitute(value, identifier, item)]));
}

function fill(text: string, identifier: string, item: string): string {
  if (!text.includes(identifier)) return text;
  return text.replaceAll(`\${${identifier}}`, item).replaceAll(`&{${identifier}}`, item.replace(/[^A-Za-z0-9]/g, ''));
}
