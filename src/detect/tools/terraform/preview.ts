import { terraformSource } from '../../../preview/terraform/source';
import type { SourceOf } from '../../../preview/source';

/** Asked in order. */
export const sources: readonly SourceOf[] = [terraformSource];
