import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Actor, BlastRadius, Operation } from '../model';
import { decide, type Decided } from '../rules/decide';
import { createRules, type RulesInForce } from '../rules/load';
import { ownHome } from './home';

/** Where a workspace keeps its rules, from its top. */
export const RULES_FILE = path.join('.vscode', 'holdpoint.json');

export interface Decider {
  /** The top of the workspace, where its rules are; undefined when none were found. */
  readonly rulesFile: string | undefined;
  decide(operations: readonly Operation[], actor?: Actor, blastRadius?: BlastRadius): Decided;
  rules(): RulesInForce;
}

/** Who asks when a file is checked: nobody yet, so the rules for agents count. */
const ANYBODY: Actor = { kind: 'agent', name: 'whoever runs it', evidence: [], confidence: 'guess' };

const known = new Map<string, Decider>();

/** The rules in force for a folder: the nearest `.vscode/holdpoint.json` above it, as it is and as committed, and the user's own. */
export function loadDecider(folder: string): Decider {
  const file = nearest(folder);
  const key = file ?? '';
  const before = known.get(key);
  if (before) return before;
  const head = file === undefined ? undefined : committed(file);
  const rules = createRules({
    own: () => read(path.join(ownHome().dir, 'rules.json')),
    workingCopy: () => (file === undefined ? undefined : read(file)),
    head: () => head,
  });
  const decider: Decider = {
    rulesFile: file,
    rules: () => rules.current(),
    decide: (operations, actor = ANYBODY, blastRadius) => decide({ operations, actor, ...pick(rules.current()), blastRadius }),
  };
  known.set(key, decider);
  return decider;
}

function pick({ layers, own }: RulesInForce): Pick<RulesInForce, 'layers' | 'own'> {
  return { layers, own };
}

function nearest(folder: string): string | undefined {
  for (let dir = path.resolve(folder); ; dir = path.dirname(dir)) {
    const file = path.join(dir, RULES_FILE);
    // A file that was deleted in the working copy may still be committed.
    if (existsSync(file) || (existsSync(path.join(dir, '.git')) && committed(file) !== undefined)) return file;
    if (path.dirname(dir) === dir) return undefined;
  }
}

/**
 * The rules as committed; undefined where there certainly are none.
 * @throws when git can't tell: rules that may be in force must not be left out.
 */
function committed(file: string): string | undefined {
  const dir = existsSync(path.dirname(file)) ? path.dirname(file) : path.dirname(path.dirname(file));
  const inside = path.relative(dir, file).split(path.sep).join('/');
  const git = spawnSync('git', ['-c', 'core.fsmonitor=false', 'cat-file', 'blob', `HEAD:./${inside}`], {
    cwd: dir, encoding: 'utf8', timeout: 5000, stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
  });
  if (git.status === 0) return git.stdout;
  const missing = (git.error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
  if (missing || /not a git repository|does not exist in|but not in 'HEAD'|invalid object name|not a valid object name/i.test(git.stderr ?? '')) return undefined;
  throw new Error(`the committed rules of ${dir} can't be read: ${git.error?.message ?? git.stderr.trim().split('\n')[0] ?? 'git failed'}. Mend that first`);
}

/** @throws when there is a file and it can't be read. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code))) return undefined;
    throw new Error(`${file} can't be read (${String((error as NodeJS.ErrnoException).code)})`);
  }
}
