import { createHash } from 'node:crypto';

import canonicalize from 'canonicalize';

import type { Action, Actor, Input, TargetContext } from '../model';

/** Everything that a yes is given for. A change in any of it is a change of the fingerprint. */
export interface Fingerprinted {
  readonly action: Action;
  /** SHA-256 (hex) of the content of what an argv would execute. */
  readonly executableDigest?: string | undefined;
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
  const { action, actor, ...rest } = what;
  return digestOf({ ...subject(action), ...rest, actor: { kind: actor.kind, name: actor.name }, form: 1 });
}

/** The canonical form of an action: every member of its kind, whatever it holds. That of an argv has stood since the first version. */
function subject(action: Action): object {
  const { kind, ...members } = action;
  return kind === 'argv' ? { command: members } : { action: { kind, ...members } };
}

/** SHA-256 (hex) over the canonical JSON form of a value; undefined members count as absent. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalize(JSON.parse(JSON.stringify(value))) ?? '').digest('hex');
}
