import * as vscode from 'vscode';
import { sayPlainly } from './panel-words';

/**
 * The only way to a notification: the editor makes links of `[x](command:…)` and icons of `$(x)` in what it is given, and what is said
 * names words of others. Every text goes through `sayPlainly`, whether its writer has thought of it or not; the linter keeps it so.
 */
type Options = vscode.MessageOptions;

export const warn = <T extends string>(text: string, ...buttons: readonly T[]): Thenable<T | undefined> => vscode.window.showWarningMessage(sayPlainly(text), ...buttons);
export const inform = <T extends string>(text: string, ...buttons: readonly T[]): Thenable<T | undefined> => vscode.window.showInformationMessage(sayPlainly(text), ...buttons);
export const complain = <T extends string>(text: string, ...buttons: readonly T[]): Thenable<T | undefined> => vscode.window.showErrorMessage(sayPlainly(text), ...buttons);

/** A warning that stands in the way until it is answered. */
export const warnModally = <T extends string>(text: string, detail: string, ...buttons: readonly T[]): Thenable<T | undefined> =>
  vscode.window.showWarningMessage(sayPlainly(text), { modal: true, detail: sayPlainly(detail) } satisfies Options, ...buttons);
