import path from 'node:path';

import { identify } from '../gate/actor';
import { gateDeps } from '../gate/compose';
import { alive } from '../gate/discovery';
import { findTool } from '../gate/find-tool';
import { makeHome } from '../gate/home';
import { operationToPreview } from '../gate/case/reading';
import { sweepFolders } from '../gate/previewer';
import { relevantEnv } from '../gate/protocol';
import { takeSnapshot } from '../gate/snapshot';
import { openLedger } from '../ledger/ledger';
import { executionWords, type BlastRadius, type Prepared } from '../model';
import { blastRadius } from '../preview/radius';
import { redact } from '../model/redact';
import { oneLine } from '../model/visible';
import { decideAt } from './decider';
import { ownHome } from './home';
import { mustBeKnown } from './known-tool';
import { UsageError } from './usage';

const LIMIT_MS = 10 * 60_000;

export interface Previewed {
  readonly radius: BlastRadius;
  readonly prepared?: Prepared;
  /** Why the preview is not what was asked for, with the next step. */
  readonly problem?: string;
}

/**
 * Previews a command where it stands, as a hold would; nothing is held and nothing runs. Ctrl+C ends it and removes what it made.
 * @throws UsageError for what is no command of a tool that is known.
 */
export async function previewed(argv: readonly string[], { mode, allowExecution }: { readonly mode: 'live' | 'offline'; readonly allowExecution: boolean }): Promise<Previewed> {
  const [name] = argv;
  if (name === undefined) throw new UsageError("write the command behind '--'.");
  mustBeKnown(name, "there is nothing to preview. Name a tool that it knows, such as aws, terraform, kubectl or docker.");
  const executable = path.isAbsolute(name) ? name : findTool(name);
  if (executable === undefined && mode === 'live') throw new UsageError(`${name} is not on PATH, and the preview reads with it. Install it, or preview with --offline.`);
  const cwd = process.cwd();
  const env = relevantEnv(process.env, name, argv.slice(1));
  const home = ownHome();
  makeHome(home);
  sweepFolders(home.previews, alive, () => undefined);
  const deps = gateDeps({
    identify, dist: __dirname, execPath: process.execPath, ledger: openLedger(home.ledger), home,
    decide: decideAt,
    settings: () => ({ holdMs: LIMIT_MS, previewMs: LIMIT_MS, previewMode: mode }),
    folders: () => [cwd], place: () => 'this terminal', log: () => undefined,
  });
  const snapshot = takeSnapshot(argv, cwd, env);
  const operations = deps.detect({ kind: 'argv', argv, cwd, executable: executable ?? name }, env, snapshot).filter((o) => o.mutation !== 'none');
  if (operations.length === 0) {
    return { radius: blastRadius({ source: 'offline', sourceDetail: 'The command only reads, by the operation table.', context: {}, resources: [], dependencies: [], unknowns: [], warnings: [] }) };
  }
  const id = `preview-${process.pid}`;
  const running = deps.previewer.start({ operation: operationToPreview(operations), command: { argv, cwd, executable: executable ?? name }, env, mode, allowExecution, timeoutMs: LIMIT_MS, snapshot }, id, (text) => {
    if (process.stderr.isTTY) process.stderr.write(`${oneLine(redact(text))}\n`);
  });
  const stop = (): void => running.cancel();
  process.once('SIGINT', stop);
  try {
    const outcome = await running.result;
    if (outcome.kind === 'done') return { radius: outcome.blastRadius, ...(outcome.prepared === undefined ? {} : { prepared: outcome.prepared }) };
    const problem = outcome.kind === 'failed' ? outcome.message : `The dry run would execute ${executionWords(outcome.executions)}. Read that first; with --allow-programs it is done.`;
    if (outcome.standIn === undefined) throw new Error(problem);
    return { radius: outcome.standIn, problem };
  } finally {
    process.removeListener('SIGINT', stop);
    deps.previewer.discard?.(id);
  }
}
