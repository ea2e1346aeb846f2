import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { executionWords, type Hold, type Execution } from '../model';
import type { Gate } from '../gate/gatekeeper';
import type { Confirmer } from './confirmer';
import { messageOf, type Log } from './log';
import { panelPage } from './panel-page';
import { readPageMessage, type HostMessage, type PageMessage } from './panel-protocol';
import { asText, isWaiting, panelView, type Prediction } from './panel-view';
import { complain, warn } from './notify';
import { sayPlainly } from './panel-words';

/** What the panel does with a hold: the gate, with the holds of earlier windows in its list. */
export type Decisions = Pick<Gate, 'list' | 'approve' | 'deny' | 'preview' | 'cancelPreview'>;

export interface Panel extends vscode.Disposable {
  /** Opens the panel, on this hold where one is named. */
  show(id?: string): void;
  showPrediction(prediction: Prediction): void;
  /** The holds changed. Opens the panel for the first that waits, once, without taking the focus. */
  update(): void;
}

export function createPanel(extension: vscode.Uri, decisions: () => Decisions | undefined, confirmer: Confirmer, log: Log): Panel {
  let panel: vscode.WebviewPanel | undefined;
  let ready = false;
  let chosen: string | undefined;
  let prediction: Prediction | undefined;
  const announced = new Set<string>();
  /** A second press while the box is open must not open a second box. */
  let asking = false;

  const holds = (): readonly Hold[] => decisions()?.list() ?? [];

  const post = (): void => {
    if (!panel || !ready) return;
    const message: HostMessage = { type: 'view', view: panelView(holds(), prediction, chosen) };
    void panel.webview.postMessage(message);
  };

  const open = (preserveFocus: boolean): void => {
    if (panel) {
      panel.reveal(undefined, preserveFocus);
      return post();
    }
    const dist = vscode.Uri.joinPath(extension, 'dist');
    const media = vscode.Uri.joinPath(extension, 'media');
    const column = vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    panel = vscode.window.createWebviewPanel('holdpoint.panel', 'Holdpoint', { viewColumn: column, preserveFocus }, { enableScripts: true, localResourceRoots: [dist, media] });
    panel.iconPath = { light: vscode.Uri.joinPath(media, 'panel-light.svg'), dark: vscode.Uri.joinPath(media, 'panel-dark.svg') };
    const webview = panel.webview;
    webview.onDidReceiveMessage((value: unknown) => {
      const message = readPageMessage(value);
      if (!message) return log.warn('The panel sent something that is not one of its messages; it was dropped.');
      onMessage(message).catch((error: unknown) => {
        log.error('The panel could not do it', error);
        void complain(`Holdpoint could not do it: ${messageOf(error)}`);
      });
    });
    panel.onDidDispose(() => {
      panel = undefined;
      ready = false;
    });
    const at = (folder: vscode.Uri, name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    webview.html = panelPage(at(dist, 'panel.js'), at(dist, 'panel-graph.js'), at(media, 'panel.css'), webview.cspSource, randomBytes(18).toString('base64url'));
  };

  const onMessage = async (message: PageMessage): Promise<void> => {
    if (message.type === 'ready') {
      ready = true;
      return post();
    }
    if (message.type === 'select') {
      chosen = message.id;
      return post();
    }
    if (message.type === 'copy') {
      const subject = panelView(holds(), prediction, message.id).subject;
      if (subject?.id === message.id) await vscode.env.clipboard.writeText(asText(subject));
      return;
    }
    const gate = decisions();
    const hold = gate?.list().find((h) => h.id === message.id);
    if (!gate || !hold) return post();
    switch (message.type) {
      case 'cancel':
        return gate.cancelPreview(hold.id);
      case 'preview': {
        const agreed = message.mode === 'live' && hold.asks !== undefined && hold.asks.length > 0 && await agreeToExecute(hold.asks);
        gate.preview(hold.id, message.mode, agreed);
        return;
      }
      case 'approve':
      case 'deny':
        if (asking || !isWaiting(hold)) return;
        asking = true;
        try {
          await decide(gate, hold, message);
        } finally {
          asking = false;
          post();
        }
    }
  };

  const decide = async (gate: Decisions, hold: Hold, message: PageMessage & { readonly type: 'approve' | 'deny' }): Promise<void> => {
    if (message.type === 'deny') {
      const reason = await confirmer.deny(hold);
      const answer = reason === undefined ? undefined : gate.deny(hold.id, reason);
      if (answer && !answer.ok) void warn(`It was not denied: ${answer.why}`);
      return;
    }
    // The yes is for what the page showed. If that is no longer what would run, the person looks again first.
    if (message.fingerprint !== hold.fingerprint) {
      void warn('What would run has changed since it was shown. Look again, then decide.');
      return;
    }
    const reason = await confirmer.approve(hold);
    if (reason === undefined) return;
    const answer = await gate.approve(hold.id, message.fingerprint, reason);
    if (!answer.ok) void warn(`It was not approved: ${answer.why}`);
  };

  return {
    show(id) {
      if (id !== undefined) chosen = id;
      open(false);
    },
    showPrediction(p) {
      prediction = p;
      chosen = p.id;
      open(false);
    },
    update() {
      const fresh = holds().filter((h) => isWaiting(h) && !announced.has(h.id));
      for (const hold of fresh) announced.add(hold.id);
      const last = fresh[0];
      // Further holds only join the list while the person still has one to decide.
      const busy = holds().some((h) => h.id === chosen && isWaiting(h));
      if (last && !busy) {
        chosen = last.id;
        return open(true);
      }
      post();
    },
    dispose: () => panel?.dispose(),
  };
}

/** Code that a dry run executes may do anything that it is allowed to: asked for each look, and named. */
async function agreeToExecute(asks: readonly Execution[]): Promise<boolean> {
  const yes = 'Execute it for the preview';
  const no = 'Preview without it';
  const picked = await vscode.window.showQuickPick([no, yes], {
    title: 'The dry run would execute code', placeHolder: `${sayPlainly(executionWords(asks)).slice(0, 300)}. It may do anything that it is allowed to: read it first.`,
  });
  return picked === yes;
}
