import { createHash } from 'node:crypto';

import { isConfirmed, looseningOf, withoutLoosening, type Confirmation, type Loosening } from './loosening';
import { readRules, type Problem } from './read';
import type { RuleSet } from './rule';

/** One text of the team's rules: a file as it is, or as it is or was committed somewhere. */
export interface TeamText {
  /** Tells this text's place from every other. */
  readonly key: string;
  /** Which it is, in words ("team rules at HEAD"). */
  readonly source: string;
  /** Undefined when there is one and it can't be read: then what was in force stays so, and `why` is told. */
  readonly text: string | undefined;
  readonly why?: string;
}

export interface RuleTexts {
  /** The user's own `~/.holdpoint/rules.json`; undefined where there certainly is none. @throws when it can't be read. */
  readonly own: () => string | undefined;
  /** What a person has confirmed of it. Absent: nothing, so that it only tightens. */
  readonly confirmed?: () => Confirmation | undefined;
}

export interface RulesInForce {
  readonly layers: readonly RuleSet[];
  readonly own?: RuleSet;
  readonly problems: readonly { readonly source: string; readonly problem: Problem }[];
  /** What of the user's own rules would loosen and is not in force, because nobody has confirmed it. */
  readonly unconfirmed?: Loosening & {
    /** The user's own rules as they would be, to tell what they would change. */
    readonly whole: RuleSet;
  };
  /** SHA-256 (hex) over the texts in force. */
  readonly digest: string;
}

const SOURCES = { own: 'own rules', workingCopy: 'team rules', head: 'team rules at HEAD' } as const;

export interface KeptRules {
  /** @param team every text that counts for a place, the more trusted first. */
  current(team: readonly TeamText[]): RulesInForce;
}

/** Texts of places that were not asked about for long are forgotten beyond this. */
const KEPT = 500;

/**
 * Keeps the rules in force. A file that is broken opens nothing: its last good version stays in force beside the
 * built-in defaults, and its problems are told.
 */
export function createRules(texts: RuleTexts): KeptRules {
  // A decision asks for all texts each time: an unchanged one costs a comparison, so reading is what the caller should cache.
  const ownSlot = slot(SOURCES.own, true);
  const slots = new Map<string, ReturnType<typeof slot>>();
  const slotOf = ({ key, source }: TeamText): ReturnType<typeof slot> => {
    const name = `${key}\n${source}`;
    const found = slots.get(name) ?? slot(source, false);
    slots.delete(name);
    slots.set(name, found);
    for (const old of slots.keys()) {
      if (slots.size <= KEPT) break;
      slots.delete(old);
    }
    return found;
  };
  let last: { readonly key: string; readonly value: RulesInForce } | undefined;
  return {
    current(team) {
      const own = ownSlot(texts.own);
      const layers = team.map((t) => slotOf(t)(() => {
        if (t.text === undefined && t.why !== undefined) throw new Error(t.why);
        return t.text;
      }));
      const loosening = own.rules && looseningOf(own.rules);
      const confirmed = loosening === undefined || isConfirmed(loosening, texts.confirmed?.());
      const key = [confirmed ? '' : 'unconfirmed', ...[own, ...layers].map((s) => `${s.digest}/${s.good ?? ''}`)].join(' ');
      const told = [key, ...team.map((t) => t.source)].join('\n');
      if (last?.key === told) return last.value;
      const split = own.rules && (confirmed && loosening ? { own: own.rules, beside: undefined } : withoutLoosening(own.rules));
      const value: RulesInForce = {
        layers: [...layers.flatMap((s) => s.rules ?? []), ...(split?.beside && split.beside.environments.length > 0 ? [split.beside] : [])],
        ...(split ? { own: split.own } : {}),
        problems: [own, ...layers].flatMap((s) => s.problems.map((problem) => ({ source: s.source, problem }))),
        ...(own.rules && loosening && !confirmed ? { unconfirmed: { ...loosening, whole: own.rules } } : {}),
        digest: createHash('sha256').update(key).digest('hex'),
      };
      last = { key: told, value };
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

function slot(source: string, own: boolean): (give: () => string | undefined) => Slot {
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
