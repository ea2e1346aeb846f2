import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/javascript';
import type { ReaderContext } from '../../invocation';
import { MAX_CHOICES, type Scope, type State } from './state';
import { walk } from './walk';

/**
 * Goes through a program in the order of its text for a reader of its own: names are followed as ever, and every node is shown once
 * for each value that its conditions leave.
 */
export function eachNode(source: string, context: ReaderContext, look: (node: SyntaxNode, state: State) => void): void {
  const root: Scope = { names: new Map(), outer: undefined };
  const state: State = { source, context, modules: new Set(), functions: new Map(), mocked: false, depth: 0, scope: root, choice: 0, choices: 1, entered: 0, budget: 400, found: [], followed: new Set() };
  const tree = parser.parse(source);
  const scopes = new Map<number, Scope>();
  // Read twice: what a function uses may be set further down.
  walk(tree, state, scopes, () => undefined);
  walk(tree, state, scopes, (ref) => {
    state.choices = 1;
    for (let choice = 0; choice < state.choices && choice < MAX_CHOICES; choice++) {
      state.choice = choice;
      look(ref.node, state);
    }
    state.choice = 0;
  });
}
