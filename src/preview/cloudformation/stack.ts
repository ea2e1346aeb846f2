import type { Stack, StackResourceSummary } from '@aws-sdk/client-cloudformation';

/** A stack as it stands, read without changing anything. */
export interface StackState {
  readonly stack: Stack;
  /** Name for people. */
  readonly name: string;
  /** As it was sent. */
  readonly template: string;
  /** After transforms, which is what its resources were made from. */
  readonly processed: string;
  /** Those that still stand. */
  readonly resources: readonly StackResourceSummary[];
}
