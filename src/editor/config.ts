import * as vscode from 'vscode';

/** The settings, read in one place. Their scopes (package.json) keep a workspace from loosening anything. */
export interface Config {
  readonly enabled: boolean;
  readonly holdTimeoutMinutes: number;
  readonly previewMode: 'live' | 'offline';
  readonly previewTimeoutSeconds: number;
}

export function readConfig(): Config {
  const settings = vscode.workspace.getConfiguration('holdpoint');
  const minutes = settings.get<number>('holdTimeoutMinutes', 30);
  const seconds = settings.get<number>('previewTimeoutSeconds', 120);
  const mode = settings.get<string>('previewMode', 'live');
  return {
    enabled: settings.get('enabled') !== false,
    // A value of the wrong kind must not make a hold last for ever, nor end at once.
    holdTimeoutMinutes: Number.isFinite(minutes) ? Math.min(Math.max(minutes, 1), 24 * 60) : 30,
    previewMode: mode === 'offline' ? 'offline' : 'live',
    previewTimeoutSeconds: Number.isFinite(seconds) ? Math.min(Math.max(seconds, 10), 1800) : 120,
  };
}

/** Calls back with the new settings when any of ours has changed. */
export function onConfig(listener: (config: Config) => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((e) => {
    if (e.affectsConfiguration('holdpoint')) listener(readConfig());
  });
}
