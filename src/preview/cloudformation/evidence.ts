import type { Evidence } from '../../model';

/** Where statements about data come from, in every preview of a stack. */
export const DATA_EVIDENCE: Evidence = { what: 'what becomes of data, and the way back', from: 'the table of types that hold data, a page of the AWS documentation per type' };
