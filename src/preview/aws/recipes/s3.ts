import { notKnown, type Operation } from '../../../model';
import { data, type Answers, type Entry, type Look, type Reads, type Told } from '../entry';
import type { Held } from '../held';
import { at, listAt, numberAt, textAt } from '../json';
import type { PlainText, Read } from '../reader';
import { bytes, count, some } from '../words';

/**
 * Buckets and objects: the tool's own `--dryrun` where it has one, a bounded listing for sizes, and what versioning keeps.
 * Sources: Amazon S3 API reference; S3 user guide, "Deleting object versions from a versioning-enabled bucket".
 */

const API = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_';
const CLI = 'https://docs.aws.amazon.com/cli/latest/reference/s3/';
/** Objects that a listing goes through for their size; the CLI asks for 1,000 at a time. */
const MOST = 5_000;
const NO_BUCKET = /^(?:NoSuchBucket|404)$/;

/** Bucket and key of `s3://bucket/key` or of a bucket's name. */
export function placeOf(text: string): { readonly bucket: string; readonly key: string } {
  const path = text.replace(/^s3:\/\//, '');
  const slash = path.indexOf('/');
  return slash < 0 ? { bucket: path, key: '' } : { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

const s3Targets = (_held: Held, operation: Operation): string[] =>
  operation.targets.flatMap((target) => (target.known && target.name?.startsWith('s3://') === true && !target.name.startsWith('s3://arn:') ? [target.name.replace(/(s3:\/\/[^/]+)\/$/, '$1')] : []));

/** What protects the objects of a bucket. */
function bucketReads(bucket: string): Reads {
  return {
    versioning: { args: ['s3api', 'get-bucket-versioning', '--bucket', bucket], what: `versioning of ${bucket}`, missing: NO_BUCKET, main: true },
    lock: { args: ['s3api', 'get-object-lock-configuration', '--bucket', bucket], what: `object lock of ${bucket}`, missing: /^(?:NoSuchBucket|404|ObjectLockConfigurationNotFoundError)$/ },
    replication: { args: ['s3api', 'get-bucket-replication', '--bucket', bucket], what: `replication of ${bucket}`, missing: /^(?:NoSuchBucket|404|ReplicationConfigurationNotFoundError)$/ },
  };
}

/** With --recursive the CLI takes the path for a folder. Source: awscli/customizations/s3/fileformat.py. */
const folder = (key: string, recursive: boolean): string => (recursive && key !== '' && !key.endsWith('/') ? `${key}/` : key);

const listing = (bucket: string, prefix: string): Read => ({
  args: ['s3api', 'list-objects-v2', '--bucket', bucket, ...(prefix === '' ? [] : ['--prefix', prefix]), '--max-items', String(MOST), '--query', '{Sizes:Contents[].Size,NextToken:NextToken}'],
  what: `how much ${bucket}${prefix === '' ? '' : `/${prefix}`} holds`, missing: NO_BUCKET,
});

const versions = (bucket: string): Read => ({
  args: ['s3api', 'list-object-versions', '--bucket', bucket, '--max-items', String(MOST), '--query', '{Versions:Versions[].Size,Markers:length(DeleteMarkers||`[]`),NextToken:NextToken}'],
  what: `how many versions ${bucket} holds`, missing: NO_BUCKET,
});

interface Amount {
  readonly objects: number;
  readonly bytes: number;
  /** There are more than were counted. */
  readonly more: boolean;
}

/** Count and size of a listing; undefined when it could not be read. */
export function amountOf(listed: unknown, member = 'Sizes'): Amount | undefined {
  if (listed === undefined) return undefined;
  const sizes = listAt(listed, member).flatMap((one) => (typeof one === 'number' ? [one] : []));
  return { objects: sizes.length, bytes: sizes.reduce((sum, one) => sum + one, 0), more: textAt(listed, 'NextToken') !== undefined };
}

export function amountText(amount: Amount, noun = 'object'): string {
  return `${amount.more ? 'at least ' : ''}${count(amount.objects, noun)}, ${amount.more ? 'at least ' : ''}${bytes(amount.bytes)}`;
}

/** What a dry run of `aws s3` said it would do. */
export interface DryRun {
  readonly deletes: readonly string[];
  readonly others: number;
  readonly cut: boolean;
}

/** Reads the lines of `aws s3 rm|mv|sync --dryrun`; progress and warnings between them say nothing. */
export function readDryRun({ text, cut }: PlainText): DryRun {
  const lines = text.split('\n').slice(0, cut ? -1 : undefined);
  const deletes = lines.flatMap((line) => /^\(dryrun\) (?:delete|move): (.+?)(?: to (?:s3:\/\/|\.|\/).*)?\s*$/.exec(line)?.[1] ?? []);
  return { deletes, cut, others: lines.filter((line) => /^\(dryrun\) (?:upload|download|copy): /.test(line)).length };
}

/** The held command with `--dryrun` in front, and without what would keep it silent. */
export function dryRunArgs(held: Held): string[] {
  return ['s3', held.command, '--dryrun', ...held.args.filter((word) => !/^--(?:dryrun|q|qu|qui|quie|quiet|only-show-errors|no-progress)$/.test(word))];
}

interface Keeping {
  readonly state: 'Enabled' | 'Suspended' | 'never' | undefined;
  readonly because: readonly string[];
  readonly warnings: readonly string[];
}

function keepingOf(bucket: string, answers: Answers): Keeping {
  const versioning = data(answers, 'versioning');
  const status = textAt(versioning, 'Status');
  const state = versioning === undefined ? undefined : status === 'Enabled' || status === 'Suspended' ? status : 'never';
  const lock = data(answers, 'lock', 'ObjectLockConfiguration');
  const replicas = listAt(data(answers, 'replication', 'ReplicationConfiguration'), 'Rules').flatMap((rule) => textAt(rule, 'Destination', 'Bucket') ?? []);
  return {
    state,
    because: [
      ...(state === undefined ? [] : [state === 'Enabled' ? `Versioning of ${bucket} is on.` : `Versioning of ${bucket} is ${state === 'Suspended' ? 'suspended' : 'off'}: what is deleted is gone.`]),
      ...(replicas.length === 0 ? [] : [`It replicates to ${some([...new Set(replicas)].map((arn) => arn.replace(/^arn:[^:]+:s3:::/, '')))}; copies there stay unless the rules replicate deletions.`]),
    ],
    warnings: [
      ...(textAt(versioning, 'MFADelete') === 'Enabled' ? [`MFA delete of ${bucket} is on: versions can only be deleted with a code.`] : []),
      ...(lock === undefined ? [] : [`Object lock of ${bucket} is on${textAt(lock, 'Rule', 'DefaultRetention', 'Mode') === undefined ? '' : ` (${textAt(lock, 'Rule', 'DefaultRetention', 'Mode')})`}: locked versions can't be deleted.`]),
    ],
  };
}

/** What becomes of deleted objects, by versioning. Source: S3 user guide, "Working with delete markers". */
function fate(state: Keeping['state'], bucket: string, key: string): Pick<Told, 'outcome' | 'data' | 'reversibility'> {
  if (state === 'Enabled') {
    return {
      outcome: 'modified', data: 'kept',
      reversibility: {
        kind: 'recoverable', until: 'a lifecycle rule or somebody deletes the old versions',
        how: `Delete the delete markers: aws s3api list-object-versions --bucket ${bucket}${key === '' ? '' : ` --prefix ${key}`} --query 'DeleteMarkers[?IsLatest]', then aws s3api delete-object --bucket ${bucket} --key KEY --version-id ID`,
      },
    };
  }
  if (state === 'Suspended') return { outcome: 'lost', data: 'lost', reversibility: { kind: 'irreversible', how: 'Objects written since versioning was suspended are gone; older ones may have versions: aws s3api list-object-versions.' } };
  return state === 'never' ? { outcome: 'lost', data: 'lost', reversibility: { kind: 'irreversible', how: 'There is no way back: the bucket keeps no versions.' } } : { outcome: 'lost', data: 'lost', reversibility: { kind: 'unknown', how: 'Whether versions are kept could not be read.' } };
}

const identity = (answers: Answers): unknown => [textAt(data(answers, 'versioning'), 'Status') ?? 'never', textAt(data(answers, 'versioning'), 'MFADelete') ?? 'off', at(data(answers, 'lock'), 'ObjectLockConfiguration', 'ObjectLockEnabled') ?? 'off'];

function bucketExists(answers: Answers): boolean | undefined {
  const kind = answers['versioning']?.kind;
  return kind === 'data' ? true : kind === 'missing' ? false : undefined;
}

/** `rm`, `mv` and `sync --delete`. */
function inBulk(command: 'rm' | 'mv' | 'sync'): Entry {
  const filtered = (held: Held): boolean => command === 'sync' || [...held.options].some((name) => name.startsWith('inc') || name.startsWith('exc'));
  return {
    source: `${CLI}${command}.html`, type: 's3:object', noun: 'bucket', identity,
    targets: (held, operation) => {
      const all = s3Targets(held, operation);
      // What `mv` writes to is not lost; of `sync` only the place it deletes in.
      if (command === 'mv' && operation.targets[0]?.name?.startsWith('s3://') !== true) return [];
      return command === 'sync' ? all.slice(-1) : all.slice(0, 1);
    },
    stages: [({ target }) => bucketReads(placeOf(target).bucket), ({ held, target }, answers): Reads => {
      if (bucketExists(answers) === false || held.positionals.includes('-')) return {};
      const { bucket, key } = placeOf(target);
      return {
        ...(command === 'sync' ? {} : held.flag('recursive') === true ? { listing: listing(bucket, folder(key, true)) } : { object: { args: ['s3api', 'head-object', '--bucket', bucket, '--key', key], what: `size of ${target}`, missing: /^(?:404|NoSuchKey|NoSuchBucket)$/ } }),
        ...(command === 'sync' || (held.flag('recursive') === true && filtered(held)) ? { dry: { args: dryRunArgs(held), what: `what ${command} would delete (its own --dryrun)`, plain: true } } : {}),
      };
    }],
    stackId: null,
    tell({ held, target }, answers) {
      const { bucket, key } = placeOf(target);
      const keeping = keepingOf(bucket, answers);
      const dryText = data(answers, 'dry');
      const dry = dryText === undefined ? undefined : readDryRun(dryText as PlainText);
      const whole = held.flag('recursive') === true && !filtered(held);
      const amount = amountOf(data(answers, 'listing'));
      const all = whole && amount !== undefined;
      const single = answers['object'];
      const objects = single?.kind === 'data' ? { n: 1, more: false } : single?.kind === 'missing' ? { n: 0, more: false } : all ? { n: amount.objects, more: amount.more } : dry === undefined ? undefined : { n: dry.deletes.length, more: dry.cut };
      const word = command === 'mv' ? 'moved away' : 'deleted';
      return {
        exists: bucketExists(answers), physicalId: target, ...fate(keeping.state, bucket, key), action: 'remove',
        ...(all ? { size: amountText(amount) } : single?.kind === 'data' ? { size: `1 object, ${bytes(numberAt(single.data, 'ContentLength') ?? 0)}` } : objects === undefined ? {} : { size: `${objects.more ? 'more than ' : ''}${count(objects.n, 'object')}` }),
        ...(command === 'mv' ? { outcome: 'modified' as const, data: 'kept' as const, reversibility: { kind: 'reversible' as const, how: `Move it back: aws s3 mv with both places exchanged${held.flag('recursive') === true ? ' and --recursive' : ''}.` } } : {}),
        because: [
          ...(objects === undefined ? [] : [`${objects.more ? 'More than ' : ''}${count(objects.n, 'object')} would be ${word}${dry !== undefined && dry.deletes.length > 0 ? `: ${some(dry.deletes, 3)}` : ''} (${dry === undefined ? 'looked up just now' : 'its own dry run'}).`]),
          ...(dry !== undefined && dry.others > 0 ? [`${dry.cut ? 'More than ' : ''}${count(dry.others, 'object')} would be copied, those of the same name overwritten.`] : []),
          ...keeping.because,
        ],
        warnings: [...keeping.warnings, ...(objects?.n === 0 && !objects.more ? [dry === undefined ? `There is nothing at ${target} now: nothing would be ${word}.` : `Nothing at ${target} would be ${word} as it is now (its own dry run).`] : [])],
        unknowns: dry?.cut === true ? [notKnown('data', target, `How many more than ${dry.deletes.length} would be ${word} is not known: the dry run was stopped after that. Run it with --dryrun by hand to see all.`)] : [],
      };
    },
  };
}

/** `aws s3 rb` and `aws s3api delete-bucket`. */
function deleteBucket(source: string, force: (held: Held) => boolean): Entry {
  return {
    source, type: 'AWS::S3::Bucket', noun: 'bucket', identity,
    targets: (held, operation) => (held.service === 's3' ? s3Targets(held, operation) : [held.text('bucket', 'Bucket')].filter((name) => name !== undefined)),
    stages: [({ target }) => {
      const { bucket } = placeOf(target);
      return bucketReads(bucket);
    }, ({ target }, answers): Reads => {
      if (bucketExists(answers) === false) return {};
      const { bucket } = placeOf(target);
      return data(answers, 'versioning', 'Status') === undefined ? { listing: listing(bucket, '') } : { listing: listing(bucket, ''), versions: versions(bucket) };
    }],
    stackId: ({ target }) => placeOf(target).bucket,
    tell({ held, target }, answers) {
      const { bucket } = placeOf(target);
      const keeping = keepingOf(bucket, answers);
      const amount = amountOf(data(answers, 'listing'));
      const all = amountOf(data(answers, 'versions'), 'Versions');
      const markers = numberAt(data(answers, 'versions'), 'Markers') ?? 0;
      const versioned = all !== undefined && (all.objects > (amount?.objects ?? 0) || markers > 0);
      const holds = (amount?.objects ?? 0) > 0 || versioned;
      const forced = force(held);
      const refused = holds && (!forced || versioned || (keeping.state === 'Enabled' && holds));
      return {
        exists: bucketExists(answers), physicalId: bucket, action: 'remove',
        ...(amount === undefined ? {} : { size: `${amountText(amount)}${versioned ? `; ${amountText(all, 'version')} in all` : ''}` }),
        ...(refused && !forced ? { outcome: 'unchanged' as const, data: 'kept' as const }
          : !holds && amount !== undefined ? { outcome: 'lost' as const, data: 'none' as const }
            : keeping.state === 'Enabled' ? { outcome: 'modified' as const, data: 'kept' as const } : { outcome: 'lost' as const, data: 'lost' as const }),
        reversibility: forced && holds && keeping.state === 'Enabled'
          ? fate('Enabled', bucket, '').reversibility ?? { kind: 'unknown' }
          : { kind: 'irreversible', how: 'Objects without versions do not come back, and after the deletion somebody else may take the name.' },
        because: keeping.because,
        warnings: [
          ...keeping.warnings,
          ...(refused && !forced ? [`${bucket} is not empty: AWS refuses to delete it.`] : []),
          // Source: `s3 rb`, AWS CLI reference: "--force does not delete versioned objects".
          ...(refused && forced ? [`--force does not delete old versions: the objects of ${bucket} get delete markers or go, then the bucket stays because versions are left in it.`] : []),
        ],
      };
    },
  };
}

/** `aws s3api delete-object` and `delete-objects`: all in one bucket. */
const deleteObjects: Entry = {
  source: `${API}DeleteObject.html`, type: 's3:object', noun: 'bucket', identity, stackId: null,
  // Named after what goes, not after the bucket, which stays.
  targets: (held) => {
    const bucket = held.text('bucket', 'Bucket');
    return bucket === undefined || bucket.startsWith('arn:') ? [] : [`s3://${bucket}/${held.text('key', 'Key') ?? ' (objects of --delete)'}`];
  },
  stages: [({ held, target: place }): Reads => {
    const { bucket: target } = placeOf(place);
    const key = held.text('key', 'Key');
    const version = held.text('version-id', 'VersionId');
    return {
      ...bucketReads(target),
      ...(key === undefined ? {} : { object: { args: ['s3api', 'head-object', '--bucket', target, '--key', key, ...(version === undefined ? [] : ['--version-id', version])], what: `size of ${target}/${key}`, missing: /^(?:404|NoSuchKey|NoSuchBucket|NoSuchVersion)$/ } }),
    };
  }],
  tell({ held, target: place }, answers) {
    const { bucket: target } = placeOf(place);
    const keeping = keepingOf(target, answers);
    const key = held.text('key', 'Key');
    const batch = held.json('delete', 'Delete');
    const keys = key === undefined ? listAt(batch, 'Objects').flatMap((one) => textAt(one, 'Key') ?? []) : [key];
    const byVersion = held.text('version-id', 'VersionId') !== undefined || listAt(batch, 'Objects').some((one) => textAt(one, 'VersionId') !== undefined);
    const size = numberAt(data(answers, 'object'), 'ContentLength');
    const gone = key !== undefined && answers['object']?.kind === 'missing';
    const after = byVersion ? { outcome: 'lost' as const, data: 'lost' as const, reversibility: { kind: 'irreversible' as const, how: 'There is no way back: a version that is deleted by its id is gone.' } } : fate(keeping.state, target, key ?? '');
    return {
      exists: bucketExists(answers), ...after, action: 'remove',
      ...(size !== undefined ? { size: `1 object, ${bytes(size)}` } : keys.length > 0 && key === undefined ? { size: count(keys.length, 'object') } : {}),
      because: [...(keys.length === 0 ? [] : [`In ${target}: ${some(keys, 3)}.`]), ...keeping.because],
      warnings: [...keeping.warnings, ...(gone ? [`There is no object ${key} in ${target}: nothing would be deleted.`] : [])],
      unknowns: keys.length === 0 ? [notKnown('input', 'the objects', 'Which objects would be deleted can\'t be read from the command. Look at its --delete before you approve.')] : [],
    };
  },
};

/** Settings that decide what is kept from now on. */
function setting(source: string, tell: (look: Look, amount: Amount | undefined) => readonly string[]): Entry {
  return {
    source, type: 'AWS::S3::Bucket', noun: 'bucket', identity, stages: [({ target }) => ({ ...bucketReads(target), listing: listing(target, '') })],
    tell(look, answers) {
      const keeping = keepingOf(look.target, answers);
      const amount = amountOf(data(answers, 'listing'));
      return {
        exists: bucketExists(answers), action: 'modify', ...(amount === undefined ? {} : { size: amountText(amount) }),
        because: [...tell(look, amount), ...keeping.because], warnings: keeping.warnings,
      };
    },
  };
}

export const s3Entries: Readonly<Record<string, Entry>> = {
  's3 rm': inBulk('rm'),
  's3 mv': inBulk('mv'),
  's3 sync': inBulk('sync'),
  's3 rb': deleteBucket(`${CLI}rb.html`, (held) => held.flag('force') === true),
  's3api delete-bucket': deleteBucket(`${API}DeleteBucket.html`, () => false),
  's3api delete-object': deleteObjects,
  's3api delete-objects': deleteObjects,
  's3api put-bucket-versioning': setting(`${API}PutBucketVersioning.html`, ({ target }) => [`Versions that ${target} has stay; from then on nothing old is kept while it is suspended.`]),
  's3api put-bucket-lifecycle-configuration': setting(`${API}PutBucketLifecycleConfiguration.html`, ({ target }, amount) => [`Rules act on all objects of ${target} that they fit${amount === undefined ? '' : ` (it holds ${amountText(amount)})`}, old ones too, within a day or two; they replace the rules there are.`]),
};
