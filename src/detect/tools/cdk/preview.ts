import { cdkSource } from '../../../preview/cdk/source';
import type { SourceOf } from '../../../preview/source';

/** Asked in order. */
export const sources: readonly SourceOf[] = [cdkSource];
