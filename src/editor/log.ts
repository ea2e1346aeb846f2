import * as vscode from 'vscode';
import { redact } from '../model/redact';
import { manyLines, unlinked } from '../model/visible';

/** The log that `Holdpoint: Show Log` opens. Every line is redacted, made visible, and no link by its words, before it is written. */
export interface Log extends vscode.Disposable {
  info(line: string): void;
  warn(line: string): void;
  error(line: string, error?: unknown): void;
  show(): void;
}

export function createLog(): Log {
  const channel = vscode.window.createOutputChannel('Holdpoint', { log: true });
  return {
    info: (line) => channel.info(fit(line)),
    warn: (line) => channel.warn(fit(line)),
    error: (line, error) => channel.error(fit(error === undefined ? line : `${line}: ${errorText(error)}`)),
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** A further line stands indented, so that none looks like an entry of its own. */
function fit(text: string): string {
  return manyLines(redact(text)).split('\n').map(unlinked).join('\n    ');
}

/** The message of whatever was thrown, for people. */
export function messageOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'something is not JSON'; // A parser quotes what it could not read.
  return unlinked(redact(error instanceof Error ? error.message : String(error)));
}
