import type { Effect, Operation, VerdictKind } from '../model';

/** A built-in rule. They guard a team without any file, and an agent and a person alike. */
export interface DefaultRule {
  readonly id: string;
  readonly verdict: VerdictKind;
  /** @param effects what it does, as far as that is known: from a preview where only that can tell. */
  readonly applies: (operation: Operation, effects: readonly Effect[], previewed: boolean) => boolean;
  /** Why, for a person; the operation's own reason stands before it. */
  readonly why: string;
}

const has = (...wanted: Effect[]) => (_: Operation, effects: readonly Effect[]): boolean => wanted.some((e) => effects.includes(e));

/**
 * What stops a command. All that apply count, so that an override of one does not let pass what another would stop.
 * None denies: a person may always decide.
 */
export const HOLDING: readonly DefaultRule[] = [
  { id: 'default:data-loss', verdict: 'confirm', applies: has('data-loss'), why: 'Data would be lost.' },
  { id: 'default:outage', verdict: 'confirm', applies: has('outage', 'replacement', 'identity-loss'), why: 'Something would be interrupted or replaced.' },
  { id: 'default:exposure', verdict: 'confirm', applies: has('exposure', 'access-loss', 'guard-removal'), why: 'Access or a guard would change.' },
  { id: 'default:unknown', verdict: 'confirm', applies: (o, effects) => effects.includes('unknown') || o.mutation === 'unknown', why: 'What it would do is not known.' },
  { id: 'default:destructive', verdict: 'confirm', applies: (o, effects) => o.mutation === 'destructive' && effects.every((e) => e === 'cost'), why: 'It destroys.' },
];

/** What lets a command pass that nothing stops. In order: the first that applies is named. */
export const PASSING: readonly DefaultRule[] = [
  { id: 'default:previewed', verdict: 'allow', applies: (o, _, previewed) => o.previewDecides === true && previewed, why: 'The preview shows nothing that is lost, replaced or interrupted.' },
  { id: 'default:additive', verdict: 'allow', applies: (o) => o.mutation === 'additive', why: 'It only adds.' },
  { id: 'default:modifying', verdict: 'allow', applies: () => true, why: 'It changes something and takes nothing away.' },
];

/** What only reads: the rules of a file may still say otherwise. */
export const READ: DefaultRule = { id: 'default:read', verdict: 'allow', applies: (o) => o.mutation === 'none', why: 'It only reads.' };
