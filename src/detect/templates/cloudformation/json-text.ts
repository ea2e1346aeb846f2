import { findNodeAtLocation, type Node, parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { MAX_DEPTH } from './limits';
import { problem, type Place, type RawText, type TemplateProblem } from './raw-text';

/** True when brackets stand deeper in each other than we go; counted over the text, strings left out. */
export function bracketsTooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) {
      for (i++; i < text.length && text.charCodeAt(i) !== 0x22; i++) if (text.charCodeAt(i) === 0x5c) i++;
    } else if (c === 0x5b || c === 0x7b) {
      if (++depth > MAX_DEPTH) return true;
    } else if (c === 0x5d || c === 0x7d) depth--;
  }
  return false;
}

/** Reads JSON. The tree with positions is made only when a place is asked for: a prediction does not need it. */
export function readJson(text: string): RawText | { readonly ok: false; readonly problem: TemplateProblem } {
  if (bracketsTooDeep(text)) return problem(`The template is nested more than ${MAX_DEPTH} levels deep, deeper than CloudFormation takes.`);
  const body = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  let data: unknown;
  try {
    data = JSON.parse(body);
  } catch {
    const errors: ParseError[] = [];
    parseTree(body, errors);
    const first = errors[0];
    const what = first === undefined ? 'it does not parse' : printParseErrorCode(first.error).replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
    return problem(`The template is not valid JSON: ${what}.`, first?.offset ?? 0, (first?.offset ?? 0) + Math.max(1, first?.length ?? 1));
  }
  let tree: Node | undefined;
  const find = (path: readonly (string | number)[]): Place | undefined => {
    tree ??= parseTree(body);
    const node = tree && findNodeAtLocation(tree, [...path]);
    if (node === undefined) return undefined;
    const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
    return { key: key && { start: key.offset, end: key.offset + key.length }, value: { start: node.offset, end: node.offset + node.length } };
  };
  return { data, warnings: [], find };
}
