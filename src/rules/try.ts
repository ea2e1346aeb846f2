import type { Actor, Operation, VerdictKind } from '../model';
import { decide } from './decide';
import type { RuleSet } from './rule';

/** What became of one example of a rule. */
export interface Tried {
  readonly rule: string;
  readonly command: string;
  readonly expected: VerdictKind;
  readonly got: VerdictKind;
  readonly ok: boolean;
}

/**
 * Runs the examples that rules carry, with the built-in defaults and this one file in force.
 * @param own whether it is the user's own file, which may override a default.
 */
export function tryExamples(set: RuleSet, detect: (command: string) => readonly Operation[], actor: Actor, own = false): Tried[] {
  return set.rules.flatMap((rule) => rule.examples.map(({ command, verdict: expected }) => {
    const { verdict } = decide({ operations: detect(command), actor, ...(own ? { layers: [], own: set } : { layers: [set] }) });
    return { rule: rule.id, command, expected, got: verdict.kind, ok: verdict.kind === expected };
  }));
}
