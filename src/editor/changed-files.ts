import path from 'node:path';
import { git } from '../preview/git';

/** Names of changed files may be many: a folder that no ignore file names. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Files of a folder that differ from HEAD or are not in it; absolute paths.
 * @param wanted which of their names: git lists all, so that one table tells it here as for what is watched.
 * @returns an empty list when git can't tell (no repository, no commit, no git).
 */
export async function changedFiles(folder: string, wanted: (file: string) => boolean): Promise<string[]> {
  const [changed, added] = await Promise.all([
    printed(folder, ['diff', '--name-only', '--no-ext-diff', '--no-textconv', '--relative', '-z', 'HEAD']),
    printed(folder, ['ls-files', '--others', '--exclude-standard', '-z']),
  ]);
  return [...new Set(`${changed}\0${added}`.split('\0').filter(Boolean))].map((f) => path.join(folder, f)).filter(wanted);
}

async function printed(cwd: string, args: readonly string[]): Promise<string> {
  const answer = await git(cwd, args, { worktree: true, timeoutMs: 10_000, maxBytes: MOST_BYTES });
  return answer.ok ? answer.stdout : '';
}
