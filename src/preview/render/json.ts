import type { BlastRadius, Prepared } from '../../model';
import { redactData } from '../../model/redact';
import { visibleJson } from '../../model/visible';

/** The number of the form that `schemas/blast-radius.schema.json` describes. It changes when something is renamed or removed. */
const FORM = 1;

/** What a preview printed as JSON holds: the blast radius, and what would run on approval. */
export interface Document extends BlastRadius {
  readonly form: typeof FORM;
  /** The words of what was previewed, redacted; absent for files. */
  readonly command?: readonly string[];
  readonly prepared?: Pick<Prepared, 'argv' | 'explanation'>;
}

/** A blast radius as a JSON document, without secrets. */
export function asJson(radius: BlastRadius, more: Pick<Document, 'command' | 'prepared'> = {}): string {
  const document: Document = {
    form: FORM, ...(more.command === undefined ? {} : { command: more.command }), ...radius,
    ...(more.prepared === undefined ? {} : { prepared: { argv: more.prepared.argv, explanation: more.prepared.explanation } }),
  };
  return `${visibleJson(JSON.stringify(redactData(document, []), null, 2))}\n`;
}
