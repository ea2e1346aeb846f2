import * as v from 'valibot';

import { visibleJson } from '../../model/visible';
import { portableDigest, type Dossier } from './dossier';

const Digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const texts = v.array(v.string());

const ActionForm = v.variant('kind', [
  v.strictObject({ kind: v.literal('argv'), argv: texts }),
  v.strictObject({ kind: v.literal('text'), language: v.string(), text: v.string(), name: v.exactOptional(v.string()) }),
  v.strictObject({ kind: v.literal('tool-call'), agent: v.string(), tool: v.string(), input: v.record(v.string(), v.unknown()) }),
  v.strictObject({
    kind: v.literal('request'),
    method: v.string(),
    service: v.string(),
    path: v.string(),
    bodyDigest: v.exactOptional(Digest),
  }),
]);

const Target = v.strictObject({
  account: v.exactOptional(v.string()),
  region: v.exactOptional(v.string()),
  profile: v.exactOptional(v.string()),
  endpoint: v.exactOptional(v.string()),
  other: v.exactOptional(v.record(v.string(), v.string())),
});

const Form = v.strictObject({
  form: v.literal('holdpoint-dossier-1'),
  id: v.string(),
  since: v.string(),
  title: v.string(),
  requester: v.strictObject({ kind: v.picklist(['argv', 'text', 'tool-call', 'request']) }),
  actor: v.strictObject({
    kind: v.picklist(['human', 'agent', 'unknown']),
    name: v.string(),
    confidence: v.picklist(['certain', 'likely', 'guess']),
  }),
  operations: v.array(
    v.strictObject({ operation: v.string(), mutation: v.string(), effects: texts, targets: texts, reason: v.string(), unknowns: texts }),
  ),
  verdict: v.strictObject({
    kind: v.picklist(['allow', 'warn', 'confirm', 'approve', 'deny']),
    rule: v.string(),
    reason: v.string(),
    risk: v.picklist(['none', 'low', 'medium', 'high', 'critical']),
    approvers: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    environment: v.exactOptional(v.string()),
  }),
  preview: v.exactOptional(v.record(v.string(), v.unknown())),
  prepared: v.exactOptional(v.strictObject({ argv: texts, explanation: v.string() })),
  fingerprint: Digest,
  portable: v.strictObject({
    action: ActionForm,
    contents: v.array(v.strictObject({ name: v.string(), sha256: Digest })),
    target: Target,
    stateDigest: v.exactOptional(v.string()),
    previewDigest: v.exactOptional(v.string()),
    rulesDigest: v.string(),
    digest: Digest,
  }),
  local: v.strictObject({
    cwd: v.exactOptional(v.string()),
    executable: v.exactOptional(v.string()),
    inputs: v.array(v.strictObject({ path: v.string(), sha256: v.exactOptional(Digest), kind: v.exactOptional(v.string()) })),
    evidence: texts,
  }),
});

/** A larger one is no dossier. */
const MOST_TEXT = 16 * 1024 * 1024;

/** A dossier as text; what is hidden in it stands there as an escape. */
export function dossierText(dossier: Dossier): string {
  return `${visibleJson(JSON.stringify(dossier, null, 2))}\n`;
}

/** Reads a dossier that another window wrote; what is wrong with it otherwise. It is material to judge, and proves nothing by itself. */
export function readDossier(text: string): { readonly ok: true; readonly dossier: Dossier } | { readonly ok: false; readonly why: string } {
  if (text.length > MOST_TEXT) return { ok: false, why: 'it is too large to be a dossier' };
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { ok: false, why: 'it is not JSON' };
  }
  const read = v.safeParse(Form, data);
  if (!read.success) {
    const [issue] = read.issues;
    return { ok: false, why: `${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}` };
  }
  const { portable } = read.output;
  if (portable.digest !== portableDigest(portable)) return { ok: false, why: 'portable.digest: it does not fit the parts that it is over' };
  return { ok: true, dossier: read.output };
}
