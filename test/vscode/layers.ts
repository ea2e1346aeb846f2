import * as vscode from 'vscode';
import { press, screenshot, texts, waitFor, waitUntilGone } from './driver';

/** The layers that "Check What Is Guarded" names and that its list shows, each as one line. @param picture name of the screenshot. */
export async function layers(picture: string): Promise<readonly string[]> {
  const shown = vscode.commands.executeCommand('holdpoint.coverage');
  await waitFor({ text: 'layers are active', limitMs: 40_000 });
  const lines = await texts({ selector: '.quick-input-list .monaco-list-row' });
  await screenshot(picture);
  await press('Escape');
  await shown;
  // The next call must not take this list for its own.
  await waitUntilGone({ text: 'layers are active' });
  return lines;
}
