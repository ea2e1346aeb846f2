import { execFile } from 'node:child_process';
import path from 'node:path';

/** The committed text of a file: `new` when HEAD does not have it, `unavailable` when git can't tell. */
export type HeadText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'new' }
  | { readonly kind: 'unavailable'; readonly why: string };

/** A committed file larger than this is not compared. */
const MAX_BYTES = 8 * 1024 * 1024;

/** No word of a repository's own configuration may make git start a program, and nothing is fetched. */
const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.pager=cat'];

/**
 * Reads a file as it stands in git HEAD. Reads one blob: no filter, no text conversion, no index refresh.
 * @param file absolute path of the file in the working tree; it need not exist any more.
 * @param signal ends the wait; there is a limit of 5 seconds besides.
 */
export function headText(file: string, signal?: AbortSignal): Promise<HeadText> {
  return new Promise((resolve) => {
    execFile(
      'git',
      [...SAFE, 'cat-file', 'blob', `HEAD:./${path.basename(file)}`],
      {
        cwd: path.dirname(file),
        env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' },
        encoding: 'utf8',
        maxBuffer: MAX_BYTES,
        timeout: 5000,
        signal,
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        if (!error) resolve({ kind: 'text', text: stdout });
        else if (/does not exist in|but not in 'HEAD'|[Nn]ot a valid object name|invalid object name/.test(stderr)) resolve({ kind: 'new' });
        else resolve({ kind: 'unavailable', why: reason(error, stderr) });
      },
    );
  });
}

/**
 * The names of the files that git HEAD has in a folder; undefined when git can't tell.
 * @param folder absolute path.
 */
export function headNames(folder: string, signal?: AbortSignal): Promise<readonly string[] | undefined> {
  return new Promise((resolve) => {
    execFile('git', [...SAFE, 'ls-tree', '--name-only', '-z', 'HEAD', './'], {
      cwd: folder, env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' },
      encoding: 'utf8', maxBuffer: MAX_BYTES, timeout: 5000, signal, windowsHide: true,
    }, (error, stdout) => resolve(error ? undefined : stdout.split('\0').filter((name) => name !== '')));
  });
}

function reason(error: Error & { code?: unknown; killed?: boolean }, stderr: string): string {
  if (error.code === 'ENOENT') return 'git is not on PATH, or the folder is gone';
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'the committed file is larger than 8 MB';
  if (error.killed || error.name === 'AbortError') return 'git did not answer in time';
  return stderr.trim().split('\n')[0] || error.message;
}
