import { pulumiSource } from '../../../preview/pulumi/source';
import type { SourceOf } from '../../../preview/source';

/** Asked in order. */
export const sources: readonly SourceOf[] = [pulumiSource];
