import { execFile, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import os from 'node:os';

/** What git said, or why it said nothing. */
export type GitAnswer =
  | { readonly ok: true; readonly stdout: string }
  /** `absent`: there is no git on PATH, or no such folder. `stderr` is git's own, in English. */
  | { readonly ok: false; readonly absent: boolean; readonly code: number | undefined; readonly stderr: string; readonly why: string };

export interface GitOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  /** Standard input. */
  readonly input?: string;
  /** Files of the working tree are compared: then its filters are switched off by name. Without it, only objects are read. */
  readonly worktree?: boolean;
  /** The very repository, so that git does not look for one: its `.git` and the folder of its files. */
  readonly repository?: { readonly gitDir: string; readonly top: string };
}

const TIMEOUT_MS = 5000;
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * No word of a repository's own configuration may make git start a program, fetch, or show other objects than those that are
 * named. Source: git-config(1), git(1) "Environment Variables", git-replace(1), gitattributes(5).
 */
const SAFE: readonly string[] = [
  '--no-pager', '--no-replace-objects',
  ...[
    'core.fsmonitor=false', `core.hooksPath=${os.devNull}`, 'core.pager=cat', 'core.quotePath=false', 'core.sshCommand=false', 'core.askPass=',
    // Who descends from whom is read from the commits themselves, not from a file that says so.
    'core.commitGraph=false', 'core.useReplaceRefs=false',
    'color.ui=false', 'diff.external=', 'diff.ignoreSubmodules=dirty', 'log.showSignature=false', 'submodule.recurse=false',
    'protocol.allow=never', 'credential.helper=', 'gc.auto=0', 'maintenance.auto=false',
  ].flatMap((setting) => ['-c', setting]),
];
/** Reading objects starts nothing, so whose the folder is does not matter: rules of a folder that is somebody else's count too. */
const OBJECTS_ONLY: readonly string[] = ['-c', 'safe.directory=*'];

/** The environment of every git that is started: nothing of the asker's own `GIT_…` is in it. */
function environment({ repository }: GitOptions, filters: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name)));
  return {
    ...own, LC_ALL: 'C', LANGUAGE: '', GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: os.devNull, GIT_ALLOW_PROTOCOL: 'none', ...filters,
    ...(repository && { GIT_DIR: repository.gitDir, GIT_WORK_TREE: repository.top }),
  };
}

/** Starts git, the one way in which this product does. Never throws and never rejects. */
export async function git(cwd: string, args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
  if (!options.worktree) return start(cwd, [...OBJECTS_ONLY, ...args], options, {});
  const names = await start(cwd, FILTER_NAMES, {}, {});
  const filters = filtersOff(names);
  return filters === undefined ? names : start(cwd, args, options, filters);
}

/** The same, while everything else waits: for a decision, and for the command line. */
export function gitNow(cwd: string, args: readonly string[], options: GitOptions = {}): GitAnswer {
  if (!options.worktree) return startNow(cwd, [...OBJECTS_ONLY, ...args], options, {});
  const names = startNow(cwd, FILTER_NAMES, {}, {});
  const filters = filtersOff(names);
  return filters === undefined ? names : startNow(cwd, args, options, filters);
}

const FILTER_NAMES = ['config', '--name-only', '-z', '--get-regexp', '^filter\\..*\\.(clean|smudge|process|required)$'];

/** Comparing a file of the working tree runs its clean filter: each that is configured is set to nothing. Undefined when it is not known. */
function filtersOff(answer: GitAnswer): Record<string, string> | undefined {
  // Exit code 1: there is none.
  if (!answer.ok && answer.code !== 1) return undefined;
  const names = answer.ok ? [...new Set(answer.stdout.split('\0').filter(Boolean))] : [];
  return Object.fromEntries([
    ['GIT_CONFIG_COUNT', String(names.length)],
    ...names.flatMap((name, i) => [[`GIT_CONFIG_KEY_${i}`, name], [`GIT_CONFIG_VALUE_${i}`, /required$/i.test(name) ? 'false' : '']]),
  ]) as Record<string, string>;
}

function start(cwd: string, args: readonly string[], options: GitOptions, filters: Readonly<Record<string, string>>): Promise<GitAnswer> {
  return new Promise((resolve) => {
    const child = execFile('git', [...SAFE, ...args], {
      cwd, env: environment(options, filters), encoding: 'utf8', maxBuffer: options.maxBytes ?? MAX_BYTES, timeout: options.timeoutMs ?? TIMEOUT_MS,
      signal: options.signal, windowsHide: true,
    }, (error, stdout, stderr) => resolve(error ? failed(error, stderr, typeof error.code === 'number' ? error.code : undefined) : { ok: true, stdout }));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });
}

function startNow(cwd: string, args: readonly string[], options: GitOptions, filters: Readonly<Record<string, string>>): GitAnswer {
  const done: SpawnSyncReturns<string> = spawnSync('git', [...SAFE, ...args], {
    cwd, env: environment(options, filters), encoding: 'utf8', maxBuffer: options.maxBytes ?? MAX_BYTES, timeout: options.timeoutMs ?? TIMEOUT_MS,
    input: options.input ?? '', windowsHide: true,
  });
  if (done.status === 0 && !done.error) return { ok: true, stdout: done.stdout };
  return failed(done.error ?? new Error(`git ended with ${done.status ?? done.signal ?? 'an error'}`), done.stderr ?? '', done.status ?? undefined);
}

function failed(error: Error & { code?: unknown; killed?: boolean }, stderr: string, code: number | undefined): GitAnswer {
  const why = error.code === 'ENOENT' ? 'git is not on PATH, or the folder is gone'
    : error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' || error.code === 'ENOBUFS' ? 'git printed more than is read'
    : error.killed || error.name === 'AbortError' || error.code === 'ETIMEDOUT' ? 'git did not answer in time'
    : stderr.trim().split('\n')[0] || error.message;
  return { ok: false, absent: error.code === 'ENOENT', code, stderr, why };
}
