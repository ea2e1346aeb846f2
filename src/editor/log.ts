import * as vscode from 'vscode';
import { redact } from '../model/redact';

/** The log that `Holdpoint: Show Log` opens. Every line is redacted before it is written. */
export interface Log extends vscode.Disposable {
  info(line: string): void;
  warn(line: string): void;
  error(line: string, error?: unknown): void;
  show(): void;
}

export function createLog(): Log {
  const channel = vscode.window.createOutputChannel('Holdpoint', { log: true });
  return {
    info: (line) => channel.info(redact(line)),
    warn: (line) => channel.warn(redact(line)),
    error: (line, error) => channel.error(redact(error === undefined ? line : `${line}: ${errorText(error)}`)),
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The message of whatever was thrown, for people. */
export function messageOf(error: unknown): string {
  return redact(error instanceof Error ? error.message : String(error));
}
