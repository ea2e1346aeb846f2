/**
 * The rules as types, and how their layers come together. From the most trusted:
 *
 * 1. The built-in defaults hold without any file.
 * 2. The user's own `~/.holdpoint/rules.json` may tighten. It alone may loosen, and only a built-in default, by naming it in
 *    `overrides`: an explicit act of the person whose machine it is.
 * 3. The workspace's `.vscode/holdpoint.json` as committed at HEAD, and
 * 4. the same file in the working copy: both count, so an edit loosens nothing until it is committed.
 *
 * All layers are asked and the strictest answer wins, so nothing that a workspace says makes an answer milder or a risk lower:
 *
 * - A rule that tightens covers what may be meant: one of several environments, a target that is not known.
 * - A rule that overrides covers only what is certainly meant: every target, every effect, every environment.
 * - An environment of a workspace file stands beside what the user's file or the target's name tells, never in its place;
 *   the strictest tier counts for the risk. Only the user's own file corrects a tier that was guessed from a name.
 */
import type { Effect, Mutation, ReversibilityKind, Risk, VerdictKind } from '../model';

export type Tier = 'production' | 'staging' | 'development';

/** Globs, any of which may match; a member that is absent matches everything. */
export type Globs = readonly string[];

export interface EnvironmentRule {
  readonly name: string;
  readonly tier: Tier;
  readonly match: Readonly<Partial<Record<MatchField, Globs>>>;
}

/** What an environment is recognised by. All fields given must match. */
export const MATCH_FIELDS = ['account', 'region', 'profile', 'stack', 'target', 'cluster', 'workspace'] as const;
export type MatchField = (typeof MATCH_FIELDS)[number];

export interface When {
  readonly effect?: readonly Effect[];
  readonly operation?: Globs;
  readonly resourceType?: Globs;
  readonly environment?: Globs;
  readonly tier?: readonly (Tier | 'unknown')[];
  /** `human`, `agent`, `unknown`, or a glob over the agent's name. */
  readonly actor?: Globs;
  /** This risk or a higher one. */
  readonly risk?: Risk;
  readonly target?: Globs;
  readonly reversibility?: readonly ReversibilityKind[];
  readonly mutation?: readonly Mutation[];
}

export interface RuleExample {
  readonly command: string;
  readonly verdict: VerdictKind;
}

export interface Rule {
  readonly id: string;
  readonly when: When;
  readonly verdict: VerdictKind;
  readonly reason: string;
  readonly approvers?: number;
  /** The built-in defaults that this rule stands in for. Only in the user's own file. */
  readonly overrides?: readonly string[];
  readonly examples: readonly RuleExample[];
}

/** One file's rules. */
export interface RuleSet {
  /** Which file, in words ("team rules at HEAD"). */
  readonly source: string;
  readonly environments: readonly EnvironmentRule[];
  readonly rules: readonly Rule[];
}
