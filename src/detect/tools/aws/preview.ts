import { awsSource } from '../../../preview/aws/source';
import { cloudFormationSource } from '../../../preview/cloudformation/source';
import type { SourceOf } from '../../../preview/source';

/** Asked in order. */
export const sources: readonly SourceOf[] = [cloudFormationSource, awsSource];
