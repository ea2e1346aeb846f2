import type { Finding } from '../../invocation';
import type { AwsCall } from './call';
import type { AwsParameters } from './parameters';

/** A call with its parameters as the CLI makes them of its words. */
export interface OperationCall extends AwsCall {
  readonly params: AwsParameters;
}

/** Judges one operation by its parameters; gives the whole finding. */
export type Refinement = (call: OperationCall, base: Finding) => Finding;
