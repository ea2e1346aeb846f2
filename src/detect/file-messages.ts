/** What the editor and the thread that judges long texts say to each other: a reader for each direction, undefined for anything else. */
import * as v from 'valibot';

import type { FileOperation, FileText } from './file';

/** A text to be judged, with a number that its answer bears. */
export interface JudgeRequest {
  readonly id: number;
  readonly file: FileText;
}

export type JudgeAnswer =
  | { readonly id: number; readonly found: readonly FileOperation[] }
  /** It could not be judged; the thread goes on. */
  | { readonly id: number; readonly failed: string };

/** Whether there is such a kind is told by the table of kinds when it is judged. */
const Request = v.object({
  id: v.number(),
  file: v.object({ kind: v.string(), path: v.string(), text: v.optional(v.string()), head: v.optional(v.string()) }),
});
/** What is in an operation is not looked into: it is this product's own, copied from one thread to the other. */
const Answer = v.union([
  v.object({
    id: v.number(),
    found: v.array(
      v.looseObject({ operation: v.looseObject({ operation: v.string() }), range: v.object({ start: v.number(), end: v.number() }) }),
    ),
  }),
  v.object({ id: v.number(), failed: v.string() }),
]);

export const readRequest = (value: unknown): JudgeRequest | undefined => (v.is(Request, value) ? (value as JudgeRequest) : undefined);
export const readAnswer = (value: unknown): JudgeAnswer | undefined =>
  v.is(Answer, value) ? (value as unknown as JudgeAnswer) : undefined;
