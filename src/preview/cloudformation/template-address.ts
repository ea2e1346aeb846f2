import { allNotKnown, notKnown, type BlastRadius, type Prepared, type Unknown } from '../../model';
import { createReader } from '../aws/reader';
import { readHeld } from '../aws/held';
import { fail } from '../failure';
import { digestOf } from '../radius';
import type { SourceAt } from '../source';
import type { CloudFormationCommand } from './command';

/** An object in S3. */
interface Place {
  readonly bucket: string;
  readonly key: string;
  readonly version: string | undefined;
}

/** What a command's template at an address is held to. */
export interface Bound {
  /** The command with the version in its address, where there is one. */
  readonly command: CloudFormationCommand;
  /** The same words with that address; undefined where the address stays as it is. */
  readonly prepared?: Prepared;
  /** What tells that the object is another one; part of the state that is read again before the run. */
  readonly mark?: string;
  /** Why what runs is not held to what was shown; each a sentence. */
  readonly unknowns: readonly Unknown[];
}

const LIMIT_MS = 20_000;

/**
 * Takes an address of S3 apart. Source: Amazon S3 User Guide, "Virtual hosting of buckets", "Path-style requests", dual-stack endpoints; an address of
 * CloudFormation may name a version (CloudFormation User Guide, "Selecting a stack template").
 */
export function placeInS3(address: string): Place | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const host = /^(?:(.+)\.)?s3[.-](?:(?:dualstack|fips|dualstack-fips)\.)?(?:[a-z0-9-]+\.)*amazonaws\.com(?:\.cn)?$/.exec(url.hostname) ?? /^(?:(.+)\.)?s3\.amazonaws\.com$/.exec(url.hostname);
  const parts = url.pathname.slice(1).split('/').map(decoded);
  if (host === null || parts.includes(undefined)) return undefined;
  const bucket = host[1] ?? parts[0] ?? '';
  const key = parts.slice(host[1] === undefined ? 1 : 0).join('/');
  const version = url.searchParams.get('versionId') ?? undefined;
  return bucket === '' || key === '' ? undefined : { bucket, key, version };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Holds a template at an address to its version, or else to its ETag. Anything that can't be held so is said. @throws PreviewError when the preview ends. */
export async function bindTemplate(command: CloudFormationCommand, request: { readonly argv: readonly string[]; readonly cwd: string; readonly executable?: string }, at: SourceAt): Promise<Bound> {
  const policies = policyAddresses(request.argv);
  if (command.template.kind !== 'url') return { command, unknowns: allNotKnown('binding', 'the template', policies) };
  const { url } = command.template;
  const loose = (why: string): Bound => ({ command, unknowns: [notKnown('binding', 'the template', notHeld(url, why)), ...allNotKnown('binding', 'the template', policies)] });
  const place = placeInS3(url);
  if (place === undefined) return loose('it is no address in S3 whose version could be read');
  if (place.version !== undefined) return { command, unknowns: allNotKnown('binding', 'the template', policies) };
  const head = await headOf(place, request, at);
  if (typeof head === 'string') return loose(head);
  if (head.version === undefined) return { command, mark: head.etag, unknowns: allNotKnown('binding', 'the template', policies) };
  const fixed = `${url}${url.includes('?') ? '&' : '?'}versionId=${encodeURIComponent(head.version)}`;
  const argv = withAddress(request.argv, url, fixed);
  // The address stands in a file of options: the command itself can't be changed, and its version is looked at again.
  if (argv === undefined) return { command, mark: head.version, unknowns: allNotKnown('binding', 'the template', policies) };
  return {
    command: { ...command, template: { kind: 'url', url: fixed } }, unknowns: allNotKnown('binding', 'the template', policies),
    prepared: { argv, withoutEnv: [], files: [], keepsInputs: true, explanation: `The template is used in the version that stands there now (${head.version}), whatever is uploaded meanwhile.` },
  };
}

/** The radius with what the template is held to. */
export function withMark(radius: BlastRadius, bound: Bound): BlastRadius {
  return {
    ...radius, unknowns: [...radius.unknowns, ...bound.unknowns],
    ...(bound.mark === undefined || radius.stateDigest === undefined ? {} : { stateDigest: markedDigest(radius.stateDigest, bound.mark) }),
  };
}

/** The digest of a state and of the template at its address. */
export const markedDigest = (state: string, mark: string | undefined): string => (mark === undefined ? state : digestOf({ state, template: mark }));

/** Looks once more, after a change set was made from the address: the object must be the one from before. */
export async function stillThere(command: CloudFormationCommand, bound: Bound, request: Parameters<typeof bindTemplate>[1], at: SourceAt): Promise<Bound> {
  if (bound.mark === undefined || command.template.kind !== 'url') return bound;
  const again = await bindTemplate(command, request, at);
  return again.mark === bound.mark ? bound : { ...bound, unknowns: [...bound.unknowns, notKnown('binding', 'the template', notHeld(command.template.url, 'it changed while it was being looked at'))] };
}

const notHeld = (url: string, why: string): string => `What runs is not held to what is shown: the template ${url} is read again when the command runs (${why}). Turn versioning on for the bucket, or give the template itself.`;

async function headOf({ bucket, key }: Place, request: Parameters<typeof bindTemplate>[1], at: SourceAt): Promise<{ readonly etag: string; readonly version: string | undefined } | string> {
  const held = readHeld(request.argv, request.cwd, at.env);
  if (held === undefined || held.aliased) return 'an alias stands before the command';
  const executable = request.executable ?? fail('command', 'Which aws this command would run is not known. Run it again in a terminal with Holdpoint\'s shims, or preview offline.');
  const reader = createReader(held, executable, request.cwd, at, LIMIT_MS);
  try {
    const answer = await reader.read({ args: ['s3api', 'head-object', '--bucket', bucket, '--key', key], what: `the version of ${key}`, missing: /^(?:404|NoSuchKey|NoSuchBucket)$/ });
    if (answer.kind === 'missing') return 'there is no such object now';
    if (answer.kind === 'unknown') return reader.unknowns[0]?.text ?? 'its version can\'t be read';
    const { ETag: etag, VersionId: version } = answer.data as { ETag?: unknown; VersionId?: unknown };
    if (typeof etag !== 'string' || etag === '') return 'its version can\'t be read';
    // Of a bucket whose versioning is suspended or was never on.
    return { etag, version: typeof version === 'string' && version !== '' && version !== 'null' ? version : undefined };
  } finally {
    await reader.close();
  }
}

/** The words with another address for the template; undefined where it does not stand among them exactly once. */
function withAddress(argv: readonly string[], url: string, fixed: string): readonly string[] | undefined {
  const places = argv.flatMap((word, i) => (/^--template-u(?:r(?:l)?)?$/.test(argv[i - 1] ?? '') && word === url ? [i] : /^--template-u(?:r(?:l)?)?=/.test(word) && word.slice(word.indexOf('=') + 1) === url ? [i] : []));
  const [only] = places;
  if (only === undefined || places.length > 1) return undefined;
  return argv.map((word, i) => (i !== only ? word : word === url ? fixed : `${word.slice(0, word.indexOf('=') + 1)}${fixed}`));
}

/** Stack policies at an address. Source: CloudFormation API reference, UpdateStack: `StackPolicyURL` and `StackPolicyDuringUpdateURL` name no version. */
function policyAddresses(argv: readonly string[]): readonly string[] {
  const options = argv.flatMap((word) => /^--(stack-policy-(?:during-update-)?u(?:r(?:l)?)?)(?:=|$)/.exec(word)?.[1] ?? []);
  return options.length === 0 ? [] : ['What runs is not held to what is shown: the stack policy is read from its address when the command runs. Give the policy itself (--stack-policy-body, --stack-policy-during-update-body).'];
}
