import { createHash } from 'node:crypto';

import { readRules, type Problem } from './read';
import type { RuleSet } from './rule';

/**
 * Gives the text of each layer; undefined where there certainly is none. A function that can't tell (git did not answer, the
 * file can't be read) throws: then what was in force stays in force, and the problem is told.
 */
export interface RuleTexts {
  /** The user's own `~/.holdpoint/rules.json`. */
  readonly own: () => string | undefined;
  /** The workspace's file as it is. */
  readonly workingCopy: () => string | undefined;
  /** The workspace's file as committed. */
  readonly head: () => string | undefined;
}

export interface RulesInForce {
  readonly layers: readonly RuleSet[];
  readonly own?: RuleSet;
  readonly problems: readonly { readonly source: string; readonly problem: Problem }[];
  /** SHA-256 (hex) over the texts in force. */
  readonly digest: string;
}

export const SOURCES = { own: 'own rules', workingCopy: 'team rules', head: 'team rules at HEAD' } as const;

/**
 * Keeps the rules in force. A file that is broken opens nothing: its last good version stays in force beside the
 * built-in defaults, and its problems are told.
 */
export function createRules(texts: RuleTexts): { current(): RulesInForce } {
  // A decision asks for all texts each time: an unchanged one costs a comparison, so reading is what the caller should cache.
  const slots = { own: slot('own', true), workingCopy: slot('workingCopy', false), head: slot('head', false) };
  let last: { readonly key: string; readonly value: RulesInForce } | undefined;
  return {
    current() {
      const own = slots.own(texts.own);
      const workingCopy = slots.workingCopy(texts.workingCopy);
      const head = slots.head(texts.head);
      const key = [own, workingCopy, head].map((s) => `${s.digest}/${s.good ?? ''}`).join(' ');
      if (last?.key === key) return last.value;
      const value: RulesInForce = {
        layers: [head.rules, workingCopy.rules].flatMap((r) => r ?? []),
        ...(own.rules ? { own: own.rules } : {}),
        problems: [own, workingCopy, head].flatMap((s) => s.problems.map((problem) => ({ source: s.source, problem }))),
        digest: createHash('sha256').update(key).digest('hex'),
      };
      last = { key, value };
      return value;
    },
  };
}

interface Slot {
  readonly source: string;
  readonly rules: RuleSet | undefined;
  readonly problems: readonly Problem[];
  readonly digest: string;
  /** Digest of the text whose rules are in force. */
  readonly good: string | undefined;
}

function slot(name: keyof typeof SOURCES, own: boolean): (give: () => string | undefined) => Slot {
  const source = SOURCES[name];
  let seen: { readonly text: string | undefined; readonly value: Slot } | undefined;
  let good: { readonly rules: RuleSet; readonly digest: string } | undefined;
  return (give) => {
    let text: string | undefined;
    try {
      text = give();
    } catch (error) {
      const message = `The ${source} can't be read (${error instanceof Error ? error.message : String(error)}). Put that right, or remove the file.`;
      return { source, rules: good?.rules, problems: [{ start: 0, end: 1, line: 1, column: 1, message }], digest: 'unread', good: good?.digest };
    }
    if (seen && seen.text === text) return seen.value;
    const digest = text === undefined ? '' : createHash('sha256').update(text).digest('hex');
    const read = text === undefined ? undefined : readRules(text, source, own);
    if (read?.rules) good = { rules: read.rules, digest };
    // Taken away on purpose: then its rules are not in force any more. HEAD still has them until that is committed.
    if (text === undefined) good = undefined;
    const value: Slot = { source, rules: good?.rules, problems: read?.problems ?? [], digest, good: good?.digest };
    seen = { text, value };
    return value;
  };
}
