import { createHash } from 'node:crypto';
import path from 'node:path';

import canonicalize from 'canonicalize';

import type { Actor, Command, Input, TargetContext } from '../model';
import { fileDigest } from './digest';

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

/** Options that name a file without `file://` before it (AWS CLI reference: `cloudformation deploy`, `package`). */
const FILE_OPTIONS = new Set(['--template-file', '--ca-bundle']);
const FILE_URL = /^fileb?:\/\/(.+)$/s;

/**
 * Files that say where the AWS CLI goes and as whom, and what its aliases mean (AWS CLI user guide, "Configuration and
 * credential file settings", "Creating and using aliases").
 */
function awsFiles(env: Readonly<Record<string, string | undefined>>): string[] {
  const home = env['HOME'] ?? env['USERPROFILE'];
  const inHome = (...parts: string[]): string[] => (home === undefined ? [] : [path.join(home, '.aws', ...parts)]);
  const named = (file: string | undefined, usual: string[]): string[] =>
    file === undefined || file === '' ? usual : [home !== undefined && file.startsWith('~/') ? path.join(home, file.slice(2)) : file];
  return [
    ...named(env['AWS_CONFIG_FILE'], inHome('config')), ...named(env['AWS_SHARED_CREDENTIALS_FILE'], inHome('credentials')), ...inHome('cli', 'alias'),
  ];
}

/** The files that a guarded tool reads without being told to on its command line. */
const OWN_FILES: Readonly<Record<string, (env: Readonly<Record<string, string | undefined>>) => string[]>> = { aws: awsFiles };

/**
 * The files that a command reads as its parameters, and those of its tool that decide where it goes, with the digest of each.
 * Any argument may be `file://…` or `fileb://…`, also behind `=` or inside shorthand (AWS CLI user guide, "Loading a parameter from a file").
 * Descriptors (`/dev/fd/63`) can be read only once and are left to the tool. A tool's own file that does not exist is left
 * out: should it appear, the list is another.
 */
export function inputsOf(argv: readonly string[], cwd: string, env: Readonly<Record<string, string | undefined>>): Input[] {
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
  const own = (OWN_FILES[path.basename(argv[0] ?? '')]?.(env) ?? []).map((file) => path.resolve(cwd, file));
  return [
    ...[...paths].map((file) => ({ path: file, sha256: fileDigest(file) })),
    ...own.filter((file) => !paths.has(file)).map((file) => ({ path: file, sha256: fileDigest(file) })).filter((input) => input.sha256 !== undefined),
  ].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
