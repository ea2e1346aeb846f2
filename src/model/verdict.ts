import type { Environment } from './environment';
import type { Risk } from './operation';

/** From the mildest to the strictest. */
export const VERDICTS = ['allow', 'warn', 'confirm', 'approve', 'deny'] as const;
export type VerdictKind = (typeof VERDICTS)[number];

/** What the rules say about one operation. */
export interface Verdict {
  readonly kind: VerdictKind;
  /** The id of the rule that decided (`default:data-loss`, `team:no-prod-deletes`). */
  readonly rule: string;
  /** One sentence for the person. */
  readonly reason: string;
  readonly risk: Risk;
  readonly environment?: Environment;
  /** For `approve`: how many people must say yes. */
  readonly approvers?: number;
}

/** The stricter of two verdict kinds. */
export function stricter(a: VerdictKind, b: VerdictKind): VerdictKind {
  return VERDICTS.indexOf(a) >= VERDICTS.indexOf(b) ? a : b;
}

/** True for the verdicts that stop a command until somebody acts. */
export function holds(kind: VerdictKind): boolean {
  return VERDICTS.indexOf(kind) >= VERDICTS.indexOf('confirm');
}
