import { RISKS, type Risk } from '../model';
import { redact } from '../model/redact';
import { oneLine } from '../model/visible';

/** What keeps this window from being guarded, or what a person must know; undefined when all is well. */
export type Trouble = { readonly kind: 'off' | 'degraded'; readonly why: string };

export interface StatusFacts {
  readonly held: readonly string[];
  readonly risk: Risk;
  readonly files: readonly { readonly name: string; readonly risk: Risk; readonly count: number }[];
  readonly trouble: readonly Trouble[];
}

export interface StatusText {
  readonly text: string;
  readonly label: string;
  readonly color: 'error' | 'warning' | undefined;
}

/** One item says the most urgent: a held command, then a guard that is off, then the risk in the files, then quiet. */
export function statusText(facts: StatusFacts): StatusText {
  const off = facts.trouble.find((t) => t.kind === 'off');
  const count = facts.held.length;
  if (count > 0) return { text: `$(shield) Held: ${count}`, label: `Holdpoint: ${count} ${count === 1 ? 'command is' : 'commands are'} held`, color: 'error' };
  if (off) return { text: '$(circle-slash) Holdpoint off', label: `Holdpoint is not guarding: ${oneLine(redact(off.why))}`, color: 'warning' };
  if (RISKS.indexOf(facts.risk) >= RISKS.indexOf('high')) {
    const word = facts.risk === 'critical' ? 'Critical' : 'High';
    // What is wrong with the guard itself is not hidden by what is in the files.
    const also = facts.trouble[0] === undefined ? '' : `. Also: ${oneLine(redact(facts.trouble[0].why))}`;
    return { text: `$(shield) ${word} risk`, label: `Holdpoint: ${word.toLowerCase()} risk in open or changed files${also}`, color: 'warning' };
  }
  if (facts.trouble.length) return { text: '$(warning) Holdpoint', label: `Holdpoint: ${oneLine(redact(facts.trouble[0]?.why ?? ''))}`, color: undefined };
  return { text: '$(shield) Holdpoint', label: 'Holdpoint is guarding this window; nothing is held', color: undefined };
}
