/** VS Code's own agent terminal, as a test uses it: the tests' agent hands a command to the terminal tool, no account needed. */
import * as vscode from 'vscode';
import { isVisible, click } from './driver';

export interface AgentAnswer {
  readonly command: string;
  /** What the terminal tool gave back to the agent. */
  readonly text?: string;
  readonly error?: string;
}

interface AgentApi {
  readonly onAnswer: vscode.Event<AgentAnswer>;
}

const LIMIT_MS = 120_000;
const MODEL = { vendor: 'holdpoint-test', id: 'holdpoint-test-model' };

/**
 * Lets the agent run a command in VS Code's terminal tool and presses VS Code's own Allow where it asks.
 * Resolves with what the tool answered; throws when it does not answer in time.
 */
export async function agentRuns(command: string): Promise<AgentAnswer> {
  const extension = vscode.extensions.getExtension<AgentApi>('holdpoint-test.agent');
  if (!extension) throw new Error('The extension test/vscode/agent-extension is not loaded.');
  const { onAnswer } = await extension.activate();
  await contributed('run_in_terminal');
  let done = false;
  const answer = new Promise<AgentAnswer>((resolve, reject) => {
    const timer = setTimeout(() => {
      listener.dispose();
      done = true;
      reject(new Error(`The terminal tool gave no answer to \`${command}\` in ${LIMIT_MS} ms.`));
    }, LIMIT_MS);
    const listener = onAnswer((given) => {
      if (given.command !== command) return;
      clearTimeout(timer);
      listener.dispose();
      done = true;
      resolve(given);
    });
  });
  answer.catch(() => undefined);
  // A request that is sent before VS Code has picked a model fails, so the model is named.
  await vscode.commands.executeCommand('workbench.action.chat.open', { query: `@tester ${command}`, modelSelector: MODEL });
  void allowWhileAsked(() => done);
  return answer;
}

/** Waits until VS Code offers a tool of its own: on a busy machine that is a while after the extensions have started. */
async function contributed(tool: string): Promise<void> {
  const end = Date.now() + LIMIT_MS;
  // Newer than the typings of the floor, as is the agent's extension that calls it.
  const { lm } = vscode as unknown as { readonly lm: { readonly tools: readonly { readonly name: string }[] } };
  while (!lm.tools.some((t) => t.name === tool)) {
    if (Date.now() > end) throw new Error(`VS Code did not offer its tool ${tool} in ${LIMIT_MS} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Presses Allow for as long as the command has not come back: VS Code asks once, and not for every command. */
async function allowWhileAsked(done: () => boolean): Promise<void> {
  const allow = { role: 'button', name: 'Allow', limitMs: 1_000 };
  while (!done()) {
    if (await isVisible(allow)) await click(allow).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
