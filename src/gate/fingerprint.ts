import { createHash } from 'node:crypto';

import canonicalize from 'canonicalize';

import type { Actor, Command, Input, TargetContext } from '../model';

/** Everything that a yes is given for. A change in any of it is a change of the fingerprint. */
export interface Fingerprinted {
  readonly command: Command;
  /** SHA-256 (hex) of the executable's content. */
  readonly executableDigest: string | undefined;
  readonly inputs: readonly Input[];
  /** What runs in place of the command's own words. */
  readonly prepared?: { readonly argv: readonly string[]; readonly withoutEnv: readonly string[] };
  /** SHA-256 (hex) over the relevant environment: it holds credentials, so only its digest goes on. */
  readonly envDigest: string;
  readonly context: TargetContext;
  readonly previewDigest: string | undefined;
  readonly stateDigest: string | undefined;
  readonly rulesDigest: string;
  readonly actor: Pick<Actor, 'kind' | 'name'>;
}

/** SHA-256 (hex) over the canonical JSON form (RFC 8785) of what is to run. */
export function fingerprint(what: Fingerprinted): string {
  const { actor, ...rest } = what;
  return digestOf({ ...rest, actor: { kind: actor.kind, name: actor.name }, form: 1 });
}

/** SHA-256 (hex) over the canonical JSON form of a value; undefined members count as absent. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalize(JSON.parse(JSON.stringify(value))) ?? '').digest('hex');
}
