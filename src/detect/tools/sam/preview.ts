import { samSource } from '../../../preview/sam/source';
import type { SourceOf } from '../../../preview/source';

/** Asked in order. */
export const sources: readonly SourceOf[] = [samSource];
