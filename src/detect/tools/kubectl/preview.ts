import { kubernetesSource } from '../../../preview/kubernetes/source';
import type { SourceOf } from '../../../preview/source';

/** Asked in order. */
export const sources: readonly SourceOf[] = [kubernetesSource];
