import type { DataOutcome, Effect, Reversibility, Risk, TextRange } from '../../model';

export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

export interface Fix {
  /** In the imperative ("Keep the old table: UpdateReplacePolicy Retain"). */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Something in the same text that a mark concerns, such as what depends on a resource that goes. */
export interface Related {
  readonly range: TextRange;
  readonly message: string;
}

export type MarkKind = 'replaced' | 'may-replace' | 'deleted' | 'guard-removed' | 'interrupted' | 'exposed' | 'access-lost' | 'problem';

/** One thing that an edit of an infrastructure file would do, at the place of the current text where it is written. */
export interface Mark {
  readonly range: TextRange;
  /** The resource by the name that its file gives it (logical id, Terraform address, kind and name); empty for a problem with the whole file. */
  readonly logicalId: string;
  readonly type: string;
  readonly kind: MarkKind;
  readonly risk: Risk;
  readonly effects: readonly Effect[];
  readonly data: DataOutcome;
  readonly reversibility: Reversibility;
  /** One sentence: what happens to the resource and its data. */
  readonly message: string;
  readonly fixes: readonly Fix[];
  readonly related?: readonly Related[];
}
