import type { Risk, VerdictKind } from '../../model';

/** What `check` says about one place in a file. */
export interface Finding {
  readonly file: string;
  /** One-based, in UTF-16 units. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly operation: string;
  readonly effects: readonly string[];
  readonly reversibility: string;
  readonly targets: readonly string[];
  readonly risk: Risk;
  readonly verdict: VerdictKind;
  readonly rule: string;
  readonly reason: string;
  readonly instead?: string;
  /** The line that it stands on, for a mark that outlives a move. */
  readonly context: string;
  /** It is what an edit would do, wherever in the change it is written. */
  readonly isEdit: boolean;
}

/** Everything that a run of `check` found. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly files: number;
  readonly problems: readonly string[];
}
