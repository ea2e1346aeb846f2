import { Composer, isAlias, isCollection, isMap, isPair, isScalar, isSeq, Parser, type Document, type Node } from 'yaml';
import { readCommonYaml } from './common-yaml';
import { bracketsTooDeep } from './json-text';
import { MAX_DEPTH, MAX_NODES } from './limits';
import { problem, type Place, type RawText, type TemplateProblem } from './raw-text';
import { longForm, plainScalar } from './plain-scalar';
import type { Plain } from './value';

const OPTIONS = {
  // Every scalar is text: CloudFormation compares text, and dates, `on` and `0123` must stay what was written.
  schema: 'failsafe', logLevel: 'silent', prettyErrors: false, strict: false, uniqueKeys: false, merge: false,
} as const;

type Read = RawText | { readonly ok: false; readonly problem: TemplateProblem };

/**
 * Reads YAML with CloudFormation's short tags. Only the first document counts, as for CloudFormation.
 * What the fast reader can read has no warnings; places are then looked up by the full reader when they are first asked for.
 */
export function readYaml(text: string): Read {
  if (bracketsTooDeep(text)) return problem(`The template is nested more than ${MAX_DEPTH} levels deep, deeper than CloudFormation takes.`);
  const common = readCommonYaml(text);
  if (common === undefined) return readAnyYaml(text);
  let full: Read | undefined;
  return {
    data: common.data, warnings: [],
    find: (path) => {
      full ??= readAnyYaml(text);
      return 'find' in full ? full.find(path) : undefined;
    },
  };
}

/** The full reader: everything that YAML allows, with positions. */
export function readAnyYaml(text: string): Read {
  let document: Document.Parsed | undefined;
  const composer = new Composer(OPTIONS);
  for (const token of new Parser().parse(text)) {
    for (const doc of composer.next(token)) document ??= doc;
    if (document !== undefined) break;
  }
  if (document === undefined) for (const doc of composer.end(true, text.length)) document ??= doc;
  if (document === undefined) return problem('The template is empty: nothing in it can be compared or deployed.', 0, text.length);
  const error = document.errors[0];
  if (error !== undefined) {
    return problem(`The template is not valid YAML: ${error.message.split('\n')[0]}`, error.pos[0], Math.max(error.pos[1], error.pos[0] + 1));
  }
  const converter = new Converter();
  const data = converter.plain(document.contents, 0);
  if (converter.failure !== undefined) return { ok: false, problem: converter.failure };
  const root = document.contents;
  return { data, warnings: converter.warnings, find: (path) => converter.find(root, path) };
}

class Converter {
  readonly warnings: TemplateProblem[] = [];
  failure: TemplateProblem | undefined;
  /** Anchored nodes that were converted already: an alias shares the value instead of copying it. */
  private readonly anchors = new Map<string, { readonly node: Node; value: Plain; size: number }>();
  private nodes = 0;

  plain(node: unknown, depth: number): Plain {
    if (depth > MAX_DEPTH) return this.fail(`The template is nested more than ${MAX_DEPTH} levels deep, deeper than CloudFormation takes.`, node);
    if (++this.nodes > MAX_NODES) return this.fail('The template has too many values once its aliases are expanded.', node);
    if (isAlias(node)) {
      const anchor = this.anchors.get(node.source);
      if (anchor === undefined) return this.fail(`The alias *${node.source} has no anchor before it.`, node);
      this.nodes += anchor.size;
      return anchor.value;
    }
    const before = this.nodes;
    const value = this.tagged(node, this.untagged(node, depth));
    const name = isCollection(node) || isScalar(node) ? (node as { anchor?: string }).anchor : undefined;
    if (name !== undefined) this.anchors.set(name, { node: node as Node, value, size: this.nodes - before });
    return value;
  }

  private untagged(node: unknown, depth: number): Plain {
    if (isMap(node)) {
      const object: Record<string, Plain> = {};
      for (const pair of node.items) {
        const key = isScalar(pair.key) ? String(pair.key.value ?? '') : isAlias(pair.key) ? String(this.plain(pair.key, depth + 1)) : undefined;
        if (key === undefined) return this.fail('A key of the template is not a text.', pair.key);
        if (Object.hasOwn(object, key)) this.warn(`The key ${key} is here twice; only the last one counts.`, pair.key);
        const value = this.plain(pair.value, depth + 1);
        // An own property even for `__proto__`: a template must not reach the prototype.
        Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
      }
      return object;
    }
    if (isSeq(node)) return node.items.map((item) => this.plain(isPair(item) ? null : item, depth + 1));
    if (isScalar(node)) return typeof node.value === 'string' && node.type === 'PLAIN' ? plainScalar(node.value) : String(node.value ?? '');
    return null;
  }

  private tagged(node: unknown, value: Plain): Plain {
    const tag = isCollection(node) || isScalar(node) ? node.tag : undefined;
    if (tag === undefined || !tag.startsWith('!') || tag === '!') return value;
    return longForm(tag.slice(1), value);
  }

  /** Walks to a node; long-form steps of a short tag (`Fn::If`, 1) go to the tag's own value. */
  find(root: unknown, path: readonly (string | number)[]): Place | undefined {
    let node: unknown = root;
    let key: unknown;
    for (const step of path) {
      if (isAlias(node)) node = this.anchors.get(node.source)?.node;
      const tag = isCollection(node) || isScalar(node) ? node.tag : undefined;
      if (tag !== undefined && (step === tag.slice(1) || step === `Fn::${tag.slice(1)}`)) continue;
      key = undefined;
      if (isMap(node)) {
        // The last of equal keys is the one that counts.
        const pair = node.items.findLast((item) => isScalar(item.key) && String(item.key.value ?? '') === String(step));
        if (pair === undefined) return undefined;
        key = pair.key;
        node = pair.value ?? pair.key;
      } else if (isSeq(node) && typeof step === 'number' && step < node.items.length) node = node.items[step];
      else return undefined;
    }
    const value = rangeOf(node);
    return value && { key: rangeOf(key), value };
  }

  private warn(message: string, node: unknown): void {
    this.warnings.push({ message, range: rangeOf(node) ?? { start: 0, end: 0 } });
  }

  private fail(message: string, node: unknown): null {
    this.failure ??= { message, range: rangeOf(node) ?? { start: 0, end: 0 } };
    return null;
  }
}

function rangeOf(node: unknown): { start: number; end: number } | undefined {
  const range = isCollection(node) || isScalar(node) || isAlias(node) ? node.range : undefined;
  return range ? { start: range[0], end: range[1] } : undefined;
}
