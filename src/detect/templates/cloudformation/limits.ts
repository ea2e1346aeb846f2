/** No real template comes near these (CloudFormation takes 1 MB and 500 resources); beyond them we stop instead of hanging. */
export const MAX_TEXT = 8_000_000;
export const MAX_DEPTH = 200;
export const MAX_NODES = 2_000_000;

/**
 * How deep lists and objects stand in each other, and how many there are, found without recursion.
 * @returns a sentence when it is more than we work on, undefined when it is fine.
 */
export function tooLarge(root: unknown): string | undefined {
  const stack: { readonly node: object; readonly depth: number }[] = [];
  const push = (node: unknown, depth: number): void => {
    if (typeof node === 'object' && node !== null) stack.push({ node, depth });
  };
  push(root, 1);
  let nodes = 0;
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.depth > MAX_DEPTH) return `The template is nested more than ${MAX_DEPTH} levels deep, deeper than CloudFormation takes.`;
    const children = Object.values(top.node);
    nodes += children.length;
    if (nodes > MAX_NODES) return `The template has more than ${MAX_NODES.toLocaleString('en')} values once its aliases are expanded.`;
    for (const child of children) push(child, top.depth + 1);
  }
  return undefined;
}
