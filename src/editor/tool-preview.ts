import path from 'node:path';
import * as vscode from 'vscode';
import { executionWords, type Actor, type BlastRadius, type Execution } from '../model';
import { readConfig } from './config';
import type { Ctx } from './context';
import { operationTitle, type Prediction } from './panel-view';
import { warnModally } from './notify';
import { sayPlainly } from './panel-words';

/** Nobody runs it yet: the risk is that of the change, not of who asks. */
const SOMEBODY: Actor = { kind: 'unknown', name: '', evidence: [], confidence: 'guess' };

/**
 * Previews what a command would do in a folder with the tool itself: a plan or a dry run, which change nothing.
 * @returns undefined when the person cancelled it or did not agree. @throws with the next step when there is no preview.
 */
export async function previewWithTool(ctx: Ctx, argv: readonly string[], cwd: string, file: string): Promise<Prediction | undefined> {
  if (!vscode.workspace.isTrusted) throw new Error('A plan starts programs of this folder (its providers). Trust the folder first.');
  const [{ detectArgv }, { findTool }, { createPreviewer }, { operationToPreview }] = await Promise.all([
    import('../detect/detect'), import('../gate/find-tool'), import('../gate/previewer'), import('../gate/case/reading'),
  ]);
  const [name = ''] = argv;
  const executable = findTool(name);
  if (executable === undefined) throw new Error(`${name} is not on the editor's PATH. Install it, or start the editor from a terminal that has it.`);
  const env = Object.fromEntries(Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
  const operation = operationToPreview(detectArgv(argv, { cwd, env }));
  const previewer = createPreviewer({
    workerPath: path.join(ctx.dist, 'preview-worker.js'), execPath: process.execPath, temporary: ctx.home.previews, kept: ctx.home.kept, memory: ctx.home.memory, folders: () => [cwd],
    record: (r) => void ctx.ledger.append(r), log: (line) => ctx.log.warn(line),
  });
  const id = `file-${process.pid}`;
  const once = (allowExecution: boolean): Thenable<BlastRadius | 'cancelled' | { readonly asks: readonly Execution[] }> => vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Holdpoint previews ${sayPlainly(operationTitle([operation])).toLowerCase()}`, cancellable: true },
    async (progress, token) => {
      let cancelled = false;
      const running = previewer.start({ operation, command: { argv, cwd, executable }, env, mode: 'live', allowExecution, timeoutMs: readConfig().previewTimeoutSeconds * 1000 }, id, (message) => progress.report({ message: sayPlainly(message) }));
      const stop = token.onCancellationRequested(() => {
        cancelled = true;
        running.cancel();
      });
      try {
        const outcome = await running.result;
        if (cancelled) return 'cancelled';
        if (outcome.kind === 'failed') throw new Error(outcome.message);
        return outcome.kind === 'asks-consent' ? { asks: outcome.executions } : outcome.blastRadius;
      } finally {
        stop.dispose();
        previewer.discard?.(id);
      }
    },
  );
  let seen = await once(false);
  if (typeof seen === 'object' && 'asks' in seen) {
    const run = 'Execute and Preview';
    const picked = await warnModally(`This preview would execute ${executionWords(seen.asks)}.`, 'A plan runs these programs. Read them first.', run);
    if (picked !== run) return undefined;
    seen = await once(true);
  }
  if (seen === 'cancelled' || 'asks' in seen) return undefined;
  const preview: BlastRadius = { ...seen, warnings: [...seen.warnings, 'Made with the editor\'s own environment: a terminal may mean another account, cluster or workspace.'] };
  return { id: `file:${file}`, title: `${argv.slice(0, 2).join(' ')} of ${vscode.workspace.asRelativePath(file)}`, file: vscode.workspace.asRelativePath(file), preview, risk: ctx.rules.decide([operation], SOMEBODY, cwd, preview).verdict.risk, reason: 'Nothing is running: this is what the command would do now.' };
}
