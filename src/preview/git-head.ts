import path from 'node:path';

import { git } from './git';

/** The committed text of a file: `new` when HEAD does not have it, `unavailable` when git can't tell. */
export type HeadText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'new' }
  | { readonly kind: 'unavailable'; readonly why: string };

/**
 * Reads a file as it stands in git HEAD. Reads one blob: no filter, no text conversion, no index refresh.
 * @param file absolute path of the file in the working tree; it need not exist any more.
 * @param signal ends the wait; there is a limit of 5 seconds besides. A committed file larger than 8 MB is not compared.
 */
export async function headText(file: string, signal?: AbortSignal): Promise<HeadText> {
  const answer = await git(path.dirname(file), ['cat-file', 'blob', `HEAD:./${path.basename(file)}`], { signal });
  if (answer.ok) return { kind: 'text', text: answer.stdout };
  return /does not exist in|but not in 'HEAD'|[Nn]ot a valid object name|invalid object name/.test(answer.stderr) ? { kind: 'new' } : { kind: 'unavailable', why: answer.why };
}

/**
 * The names of the files that git HEAD has in a folder; undefined when git can't tell.
 * @param folder absolute path.
 */
export async function headNames(folder: string, signal?: AbortSignal): Promise<readonly string[] | undefined> {
  const answer = await git(folder, ['ls-tree', '--name-only', '-z', 'HEAD', './'], { signal });
  return answer.ok ? answer.stdout.split('\0').filter((name) => name !== '') : undefined;
}
