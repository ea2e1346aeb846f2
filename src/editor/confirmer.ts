import * as vscode from 'vscode';
import { mustType, wordToType } from '../gate/confirm-word';
import type { Hold } from '../model';
import { operationTitle } from './panel-view';
import { sayPlainly as say } from './panel-words';

/** Asks the person, outside of any webview. Undefined when the person turns away: then nothing happens. */
export interface Confirmer {
  /** @returns the reason that goes into the record. */
  approve(hold: Hold): Promise<string | undefined>;
  deny(hold: Hold): Promise<string | undefined>;
}

/** Asks in the editor's own input box, which no page and no other extension can press. */
export function inputBoxConfirmer(): Confirmer {
  return {
    async approve(hold) {
      const title = `Approve: ${say(operationTitle(hold.operations))}`;
      if (!mustType(hold)) {
        return vscode.window.showInputBox({
          title, ignoreFocusOut: true, prompt: 'It runs once, exactly as shown. Why? The reason goes into the record.', placeHolder: 'Reason', validateInput: notEmpty,
        });
      }
      const name = wordToType(hold);
      const typed = await vscode.window.showInputBox({
        title, ignoreFocusOut: true, prompt: `Type ${say(name)} to approve. It runs once, exactly as shown.`, placeHolder: say(name),
        // Nothing is said against an empty box; Enter on it is no yes.
        validateInput: (value) => (value === '' || value === name || value === say(name) ? undefined : { message: `This is not ${say(name)}.`, severity: vscode.InputBoxValidationSeverity.Error }),
      });
      return typed === name || typed === say(name) ? `typed ${say(name)}` : undefined;
    },
    async deny(hold) {
      return vscode.window.showInputBox({
        title: `Deny: ${say(operationTitle(hold.operations))}`, ignoreFocusOut: true,
        prompt: 'Why? The reason goes back to the terminal, where an agent reads it, and into the record.', placeHolder: 'Reason', validateInput: notEmpty,
      });
    },
  };
}

/** Asks for a word before something loosens what is in force; nothing but the person's typing gives it. */
export async function confirmLoosening(title: string, word: string): Promise<boolean> {
  const typed = await vscode.window.showInputBox({
    title, ignoreFocusOut: true, prompt: `Type ${word} to let it count. It is written into the record.`, placeHolder: word,
    validateInput: (value) => (value === '' || value === word ? undefined : { message: `This is not ${word}.`, severity: vscode.InputBoxValidationSeverity.Error }),
  });
  return typed === word;
}

const notEmpty = (value: string): string | undefined => (value.trim() ? undefined : 'A reason is needed.');
