import * as vscode from 'vscode';
import { confirmLoosening } from './confirmer';
import type { Ctx } from './context';
import type { Waiting } from './loosened';
import { inform } from './notify';

const SCHEME = 'holdpoint-review';

/** Shows what waits as a text that can't be edited. */
export function registerReview(ctx: Ctx): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) => ctx.waiting().find((w) => w.digest === uri.query)?.lines.join('\n\n') ?? 'This does not wait any more.',
  });
}

/**
 * Shows what would loosen what is in force, and lets a person confirm it. Takes no argument: whatever program starts the
 * command, only the person's typing confirms, and only exactly what was shown.
 */
export async function reviewLoosened(ctx: Ctx): Promise<void> {
  await ctx.vault.ready();
  await ctx.record.check();
  const all = ctx.waiting();
  const [first, ...more] = all;
  if (!first) {
    void inform('Nothing would loosen what is in force.');
    return;
  }
  const one = more.length === 0 ? first
    : (await vscode.window.showQuickPick(all.map((waiting) => ({ label: waiting.title, waiting })), { title: 'What would loosen what is in force', ignoreFocusOut: true }))?.waiting;
  if (!one) return;
  const uri = vscode.Uri.from({ scheme: SCHEME, path: '/What would loosen.txt', query: one.digest });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  if (!(await confirmLoosening(one.title, one.word))) return;
  const { userName } = await import('../gate/user');
  const written = ctx.ledger.append({ type: 'loosened', what: one.title, digest: one.digest, by: userName() });
  // The record of it comes first; where the record itself is what is wrong, it may refuse.
  if (!written.ok && one.kind !== 'record') throw new Error(`It does not count: ${written.why}`);
  await apply(ctx, one);
}

async function apply(ctx: Ctx, { kind, own, held }: Waiting): Promise<void> {
  switch (kind) {
    case 'own':
      if (own) await ctx.vault.confirm(own.asConfirmed);
      return ctx.again();
    case 'held':
      if (held) ctx.rules.release(held.seen);
      return;
    case 'off':
      await ctx.vault.confirmOff(true);
      return ctx.again();
    case 'record':
      return ctx.record.accept();
  }
}
