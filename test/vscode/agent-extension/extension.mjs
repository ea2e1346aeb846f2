// An agent that needs no account: one model that says nothing, and a chat participant that hands its prompt, as it is,
// to VS Code's own terminal tool. What the tool answers is kept for the test that asked.
import * as vscode from 'vscode';

const MODEL = {
  id: 'holdpoint-test-model',
  name: 'Test model',
  family: 'test',
  version: '1',
  maxInputTokens: 100_000,
  maxOutputTokens: 10_000,
  isUserSelectable: true,
  isDefault: true,
  capabilities: { toolCalling: true },
};

export function activate(context) {
  const answers = new vscode.EventEmitter();
  context.subscriptions.push(
    answers,
    vscode.lm.registerLanguageModelChatProvider('holdpoint-test', {
      provideLanguageModelChatInformation: () => [MODEL],
      provideLanguageModelChatResponse: async (_model, _messages, _options, progress) => {
        progress.report(new vscode.LanguageModelTextPart('…'));
      },
      provideTokenCount: async () => 1,
    }),
    vscode.chat.createChatParticipant('holdpoint-test.agent', async (request, _context, stream, token) => {
      const command = request.prompt;
      try {
        const result = await vscode.lm.invokeTool(
          'run_in_terminal',
          {
            input: { command, explanation: 'Runs a command for the test', goal: 'Test', mode: 'sync', isBackground: false, timeout: 120_000 },
            toolInvocationToken: request.toolInvocationToken,
          },
          token,
        );
        const text = result.content.map((part) => part.value ?? '').join('');
        stream.markdown('Done.');
        answers.fire({ command, text });
      } catch (error) {
        stream.markdown('Failed.');
        answers.fire({ command, error: String(error?.message ?? error) });
      }
    }),
  );
  return { onAnswer: answers.event };
}
