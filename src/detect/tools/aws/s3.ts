import type { Target } from '../../../model';
import type { Finding, Word } from '../../invocation';
import { awsCommandOptions, type AwsWords } from '../../knowledge/aws-arguments';
import { finding, hasFlag, PUBLIC_ACLS, targetNames, type AwsCall } from './call';
import { AwsParameters } from './parameters';
import { rewritten } from './reason';

/** Groups that hold everybody. Source: S3 user guide, "Amazon S3 predefined groups". */
const EVERYBODY = ['AllUsers', 'AuthenticatedUsers'];

/**
 * What an `aws s3` command does. Its commands are no API operations: they list, copy and delete in bulk.
 * Source: awscli/customizations/s3/subcommands.py and the AWS CLI reference of `s3`.
 * @returns undefined when the command is none of them.
 */
export function detectS3(command: string, call: AwsCall): Finding | undefined {
  const options = awsCommandOptions(`s3 ${command}`);
  if (options === undefined) return undefined;
  const { paths, strange } = pathsOf(call, options);
  // What follows the flag is a path; behind a bare -- the flag itself may be one.
  const dryRun = call.separator === 'none' && call.options.some((o) => o.name === 'dryrun');
  switch (command) {
    case 'ls':
      return finding(call, { operation: 's3:ListObjectsV2', mutation: 'none', reason: 'Lists objects: changes nothing.' });
    case 'presign':
      return finding(call, { operation: 's3:GetObject', mutation: 'none', reason: 'Signs a link for reading one object: changes nothing.' });
    case 'mb':
      return finding(call, { operation: 's3:CreateBucket', mutation: 'additive', targets: paths.map(target), reason: 'Creates a bucket.' });
    case 'website':
      return finding(call, { operation: 's3:PutBucketWebsite', mutation: 'modifying', targets: paths.map(target), reason: `Makes ${nameOf(paths[0])} a website; what is public is decided by its policy.` });
    case 'rm':
      return dryRun ? harmless(call, 's3:DeleteObject', paths) : remove(call, paths);
    case 'rb':
      return removeBucket(call, paths);
    case 'cp':
    case 'mv':
    case 'sync':
      return dryRun ? harmless(call, 's3:PutObject', paths) : certain(strange, transfer(command, call, paths));
    default:
      return undefined;
  }
}

function remove(call: AwsCall, paths: readonly Word[]): Finding {
  const all = hasFlag(call, 'recursive');
  const filtered = hasFlag(call, 'include') || hasFlag(call, 'exclude');
  return finding(call, {
    operation: 's3:DeleteObject',
    mutation: 'destructive',
    effects: ['data-loss'],
    reversibility: {
      kind: 'recoverable',
      how: 'Remove the delete markers, which exist only in a bucket with versioning.',
      until: 'the lifecycle rules expire old versions',
    },
    targets: paths.map(target),
    unknowns: unknownPaths(paths),
    reason: all
      ? `Deletes ${filtered ? 'the matching objects' : 'every object'} below ${nameOf(paths[0])}; without versioning they are lost.`
      : `Deletes the object ${nameOf(paths[0])}; without versioning it is lost.`,
    saferForm: { title: 'See what would be deleted first', append: '--dryrun' },
  });
}

function removeBucket(call: AwsCall, paths: readonly Word[]): Finding {
  const force = hasFlag(call, 'force');
  return finding(call, {
    operation: 's3:DeleteBucket',
    mutation: 'destructive',
    effects: force ? ['data-loss', 'outage', 'identity-loss'] : ['outage', 'identity-loss'],
    reversibility: { kind: 'irreversible' },
    targets: paths.map(target),
    unknowns: unknownPaths(paths),
    guardsOff: force ? ['--force'] : [],
    reason: force
      ? `Deletes every object in ${nameOf(paths[0])} and then the bucket; its name may go to somebody else.`
      : `Deletes the bucket ${nameOf(paths[0])} if it is empty; its name may go to somebody else.`,
    ...(force && { saferForm: { title: 'Delete only if it is empty', replace: rewritten(call, ['force'], []) } }),
  });
}

function transfer(command: 'cp' | 'mv' | 'sync', call: AwsCall, paths: readonly Word[]): Finding {
  const [from, to] = paths;
  const deletes = command === 'sync' && hasFlag(call, 'delete');
  const params = new AwsParameters(call);
  const acl = params.option('acl');
  const grants = params.option('grants').of('list').items();
  const toCloud = to === undefined || isRemote(to);
  if (acl.is(...PUBLIC_ACLS) || grants.some((g) => EVERYBODY.some((group) => g.text()?.includes(group)))) {
    return finding(call, {
      operation: 's3:PutObjectAcl',
      mutation: 'destructive',
      effects: ['exposure'],
      reversibility: { kind: 'recoverable', how: 'Make the objects private again; what was read meanwhile stays read.' },
      targets: paths.map(target),
      unknowns: unknownPaths(paths),
      guardsOff: acl.given ? [`--acl ${acl.shown() ?? ''}`] : ['--grants'],
      reason: `Writes to ${nameOf(to)} so that anybody can read it.`,
    });
  }
  if (deletes) {
    return finding(call, {
      operation: toCloud ? 's3:DeleteObject' : 's3:GetObject',
      mutation: 'destructive',
      effects: ['data-loss'],
      reversibility: toCloud
        ? { kind: 'recoverable', how: 'Remove the delete markers, which exist only in a bucket with versioning.', until: 'the lifecycle rules expire old versions' }
        : { kind: 'irreversible' },
      targets: to === undefined ? [] : [target(to)],
      unknowns: unknownPaths(paths),
      guardsOff: ['--delete'],
      reason: `Deletes everything in ${nameOf(to)} that is not in ${nameOf(from)}.`,
      saferForm: { title: 'See what would be deleted first', append: '--dryrun' },
    });
  }
  if (command === 'mv' && (from === undefined || isRemote(from))) {
    return finding(call, {
      operation: 's3:DeleteObject',
      mutation: 'destructive',
      effects: ['identity-loss'],
      reversibility: { kind: 'reversible', how: 'Move it back.' },
      targets: paths.map(target),
      unknowns: unknownPaths(paths),
      reason: `Moves ${nameOf(from)} to ${nameOf(to)}: it is gone from where others look for it.`,
      saferForm: { title: 'See what would be moved first', append: '--dryrun' },
    });
  }
  if (!toCloud) return finding(call, { operation: 's3:GetObject', mutation: 'none', reason: `Copies ${nameOf(from)} to this machine: changes nothing in AWS.` });
  const isKnown = params.unread.length === 0;
  return finding(call, {
    operation: 's3:PutObject',
    mutation: isKnown ? 'modifying' : 'unknown',
    effects: isKnown ? [] : ['unknown'],
    targets: to === undefined ? [] : [target(to)],
    unknowns: [...unknownPaths(paths), ...params.unread],
    reason: `Writes to ${nameOf(to)}; objects of the same name are overwritten${isKnown ? '' : ', and who may read them is not known'}.`,
  });
}

/** With an option that is not known here it can't be told which words are paths: it may copy another way. */
function certain(strange: readonly string[], made: Finding): Finding {
  if (strange.length === 0 || made.mutation === 'destructive') return made;
  return { ...made, mutation: 'unknown', effects: ['unknown'], reason: `Copies or moves with --${strange.join(', --')}, which is not known here: which of its words are paths can not be told.`, unknowns: [...made.unknowns, ...strange.map((s) => `the option --${s}`)] };
}

function harmless(call: AwsCall, operation: string, paths: readonly Word[]): Finding {
  return finding(call, { operation, mutation: 'none', targets: paths.map(target), reason: 'A dry run: shows what would happen and changes nothing.' });
}

/**
 * The paths of the command: words that no option takes. Of an abbreviation that fits several options the CLI would say so; the one that
 * takes least is believed. Source: the CLI's own tables, and argparse.
 */
function pathsOf(call: AwsCall, options: ReadonlyMap<string, AwsWords>): { readonly paths: Word[]; readonly strange: readonly string[] } {
  const strange: string[] = [];
  const paths = call.options.flatMap((o) => {
    const whole = options.get(o.name);
    const fitting = whole !== undefined ? [whole] : [...options].flatMap(([name, words]) => (name.startsWith(o.name) ? [words] : []));
    if (fitting.length === 0) strange.push(o.name);
    return o.values.slice(Math.min(...fitting.map((words) => taken(words, o.values.length))));
  });
  return { paths: [...call.positionals, ...paths], strange };
}

function taken(words: AwsWords, given: number): number {
  if (words === '?') return 1;
  return typeof words === 'number' ? words : given;
}

function isRemote(path: Word): boolean {
  const text = path.value ?? path.parts[0];
  return text === undefined || text === '' || text.startsWith('s3://') || text.startsWith('arn:');
}

function target(path: Word): Target {
  const text = path.value ?? path.raw;
  const bare = text.replace(/^s3:\/\//, '').replace(/\/$/, '');
  const type = !isRemote(path) ? 'file' : bare.includes('/') && !bare.startsWith('arn:') ? 's3:object' : 'AWS::S3::Bucket';
  return { type, name: text, known: path.value !== undefined && !path.multi };
}

function nameOf(path: Word | undefined): string {
  return path === undefined ? 'a place that is not known yet' : (targetNames([target(path)]) ?? path.raw);
}

function unknownPaths(paths: readonly Word[]): string[] {
  return paths.filter((p) => p.value === undefined || p.multi).map((p) => `the path comes from ${p.raw}`);
}
