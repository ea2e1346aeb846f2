import { helmSource } from '../../../preview/kubernetes/helm';
import type { SourceOf } from '../../../preview/source';

/** Asked in order. */
export const sources: readonly SourceOf[] = [helmSource];
