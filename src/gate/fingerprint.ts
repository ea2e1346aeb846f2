import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import canonicalize from 'canonicalize';

import type { Actor, Command, Input, TargetContext } from '../model';

/** Everything that a yes is given for. A change in any of it is a change of the fingerprint. */
export interface Fingerprinted {
  readonly command: Command;
  /** SHA-256 (hex) of the executable's content. */
  readonly executableDigest: string | undefined;
  readonly inputs: readonly Input[];
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

/** SHA-256 (hex) of a file's content; undefined when it can't be read. */
export function fileDigest(file: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return undefined;
  }
}

/** Options that name a file without `file://` before it (AWS CLI reference: `cloudformation deploy`, `package`). */
const FILE_OPTIONS = new Set(['--template-file', '--ca-bundle']);
const FILE_URL = /^fileb?:\/\/(.+)$/s;

/**
 * The files that a command reads as its parameters, with the digest of each.
 * Any argument may be `file://…` or `fileb://…`, also behind `=` or inside shorthand (AWS CLI user guide, "Loading a parameter from a file").
 * Descriptors (`/dev/fd/63`) can be read only once and are left to the tool.
 */
export function inputsOf(argv: readonly string[], cwd: string): Input[] {
  const paths = new Set<string>();
  const add = (file: string): void => {
    const full = path.resolve(cwd, file);
    if (!full.startsWith('/dev/') && !full.startsWith('/proc/')) paths.add(full);
  };
  argv.forEach((arg, i) => {
    const [name = '', ...rest] = arg.split('=');
    const value = rest.join('=');
    for (const text of [arg, value, ...arg.split(/[=,]/)]) {
      const file = FILE_URL.exec(text)?.[1];
      if (file !== undefined) add(file);
    }
    if (FILE_OPTIONS.has(arg)) {
      const next = argv[i + 1];
      if (next !== undefined) add(next);
    } else if (FILE_OPTIONS.has(name) && value !== '') add(value);
  });
  return [...paths].sort().map((file) => ({ path: file, sha256: fileDigest(file) }));
}
