import type { AffectedResource, BlastRadius } from '../../model';
import { blastRadius } from '../radius';
import type { SourceAt } from '../source';
import { readHeld } from './held';
import { listAt } from './json';
import { createReader, type Read } from './reader';

/**
 * Types that can only be deleted while nothing is in them, and the read that shows one thing at most. Sources: S3 API reference, DeleteBucket
 * ("all object versions and delete markers"); ECR, DeleteRepository; AWS Backup, DeleteBackupVault.
 */
const HOLDERS: Readonly<Record<string, { readonly noun: string; readonly args: (id: string) => readonly string[]; readonly lists: readonly string[] }>> = {
  'AWS::S3::Bucket': { noun: 'objects', args: (id) => ['s3api', 'list-object-versions', '--bucket', id, '--max-items', '1'], lists: ['Versions', 'DeleteMarkers'] },
  'AWS::ECR::Repository': { noun: 'images', args: (id) => ['ecr', 'list-images', '--repository-name', id, '--max-items', '1'], lists: ['imageIds'] },
  'AWS::Backup::BackupVault': { noun: 'recovery points', args: (id) => ['backup', 'list-recovery-points-by-backup-vault', '--backup-vault-name', id, '--max-results', '1'], lists: ['RecoveryPoints'] },
};
/** More of them than these are left unknown, as they were. */
const MOST = 10;
const LIMIT_MS = 20_000;

/**
 * Looks whether what a stack deletion takes is empty: CloudFormation can't delete a bucket that holds objects, and stops there.
 * @param radius of the deletion. @returns the same, with what was seen in place of what was not known; unchanged where nothing could be read.
 */
export async function withEmptiness(radius: BlastRadius, { argv, cwd, executable }: { readonly argv: readonly string[]; readonly cwd: string; readonly executable: string }, at: SourceAt): Promise<BlastRadius> {
  const holders = radius.resources.filter((r) => r.outcome === 'lost' && r.physicalId !== undefined && Object.hasOwn(HOLDERS, r.type)).slice(0, MOST);
  const held = holders.length === 0 ? undefined : readHeld(argv, cwd, at.env);
  if (held === undefined || held.aliased) return radius;
  const reader = createReader(held, executable, cwd, at, LIMIT_MS);
  try {
    const seen = new Map(await Promise.all(holders.map(async (r): Promise<readonly [string, boolean | undefined]> => [r.id, await full(r)])));
    const changed = radius.resources.map((r) => settled(r, seen.get(r.id)));
    const known = [...seen].filter(([, is]) => is !== undefined).map(([id]) => id);
    const { digest: _digest, takenAt: _at, reversibility: _way, ...rest } = radius;
    return blastRadius({
      ...rest, resources: changed,
      unknowns: [...radius.unknowns.filter((one) => one.kind !== 'data' || !known.includes(one.subject)), ...reader.unknowns],
      warnings: [...radius.warnings, ...[...seen].filter(([, is]) => is === true).map(([id]) => `${id} is not empty: CloudFormation can't delete it, and the stack ends in DELETE_FAILED until it is emptied or retained.`)],
      evidence: [...(radius.evidence ?? []), ...reader.evidence],
    });
  } finally {
    await reader.close();
  }

  async function full(r: AffectedResource): Promise<boolean | undefined> {
    const holder = HOLDERS[r.type];
    if (holder === undefined || r.physicalId === undefined) return undefined;
    const read: Read = { args: holder.args(r.physicalId), what: `whether ${r.id} holds ${holder.noun}` };
    const answer = await reader.read(read);
    return answer.kind === 'data' ? holder.lists.some((list) => listAt(answer.data, list).length > 0) : undefined;
  }
}

function settled(r: AffectedResource, full: boolean | undefined): AffectedResource {
  const noun = HOLDERS[r.type]?.noun ?? 'something';
  if (full === undefined) return r;
  return full
    ? { ...r, data: 'kept', because: [...r.because, `It holds ${noun} (read just now), so its deletion fails and nothing in it is lost by this command.`] }
    : { ...r, data: 'none', because: [...r.because, `It holds no ${noun} (read just now).`] };
}
