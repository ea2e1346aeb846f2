import { createHash } from 'node:crypto';
import type { HeldRules } from '../gate/team-rules';
import type { RulesInForce } from '../rules/load';
import { looseningLines } from '../rules/loosening';

/** Something that would loosen what is in force, and waits for a person. Free of `vscode`. */
export interface Waiting {
  readonly kind: 'own' | 'held' | 'off' | 'record';
  /** For the status bar and the list, a sentence. */
  readonly title: string;
  /** All of it, line by line: what is in force, and what would be. */
  readonly lines: readonly string[];
  /** What a person types for it. */
  readonly word: string;
  /** SHA-256 (hex) of exactly what is confirmed. */
  readonly digest: string;
  readonly held?: HeldRules;
  readonly own?: NonNullable<RulesInForce['unconfirmed']>;
}

export interface LooseningFacts {
  readonly own: RulesInForce['unconfirmed'];
  readonly held: readonly HeldRules[];
  /** The settings say that the guard is off, and nobody has confirmed that. */
  readonly off: boolean;
  /** What is wrong with the record, compared with what this editor knows of it. */
  readonly alarm: string | undefined;
}

/** What waits, the gravest first. */
export function waitingFor({ own, held, off, alarm }: LooseningFacts): Waiting[] {
  const of = (w: Omit<Waiting, 'digest'>, digest = sha(w.lines.join('\n'))): Waiting => ({ ...w, digest });
  return [
    ...(alarm === undefined ? [] : [of({
      kind: 'record', word: 'accept', title: alarm,
      lines: [alarm, 'If you did that yourself (moved the folder away to begin a new record), accept it: from then on this editor compares with the record as it is now.', 'If you did not, keep the folder as evidence: a program of your user may have hidden what it did.'],
    })]),
    ...(off ? [of({
      kind: 'off', word: 'off', title: 'The settings switch Holdpoint off. It stays on until you confirm that.',
      lines: ['Now: destructive commands in the terminals of this editor are held until a person says yes.', 'With "holdpoint.enabled": false: they run at once, and nothing is asked.', 'The settings are a file that any program of your user can write: if you did not change this, set it back.'],
    })] : []),
    ...(own ? [of({
      kind: 'own', word: 'loosen', own, title: 'Your own rules would loosen what is in force. They only tighten until you confirm it.',
      lines: ['Your own rules (~/.holdpoint/rules.json) would let pass what is held now:', ...looseningLines(own).map((l) => `- ${l}`), 'What tightens in them is in force at once. A later change of what loosens is asked about again.'],
    }, own.asConfirmed.loosens)] : []),
    ...held.map((h) => of({
      kind: 'held', word: 'loosen', held: h, title: `The rules in ${h.place} are in force as they were last seen at ${h.seen.ref}: ${h.why}.`,
      lines: [`${h.place}, at ${h.seen.ref}, commit ${h.seen.commit}, last seen ${h.seen.at}:`, '', ...h.seen.text.split('\n').map((l) => `    ${l}`), '', `They stay in force beside what is committed now, because ${h.why}. Confirmed, they count no more, and what is committed now does alone.`],
    })),
  ];
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
