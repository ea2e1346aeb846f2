import type { Action } from '../action';
import { MOST_TEXT, redact, redactArgv, redactCommandLine, redactedCommand, redactionBy, redactionFor, spellings } from '../redact';
import { shWord } from '../sh-quote';
import { visible } from '../visible';
import { isSecretName, REDACTED, type Note } from './names';
import { withoutKnown } from './text';

/** A name for a person is one line of at most this length. */
const LINE = 300;

/** An action as it may be kept, shown and sent: the one form for the record, the panel and what goes to others. */
export function redactedAction(action: Action): Action {
  switch (action.kind) {
    case 'argv':
      return { kind: 'argv', ...redactedCommand(action) };
    case 'text':
      return {
        kind: 'text',
        text: redactedText(action.text),
        language: action.language,
        ...(action.path !== undefined && { path: redact(action.path) }),
        ...(action.cwd !== undefined && { cwd: redact(action.cwd) }),
      };
    case 'tool-call': {
      const secrets = secretsIn(action.input);
      const input = redactedValue(action.input, secrets) as Readonly<Record<string, unknown>>;
      return {
        kind: 'tool-call',
        agent: redact(action.agent),
        tool: redact(action.tool),
        input,
        ...(action.cwd !== undefined && { cwd: redact(action.cwd) }),
      };
    }
    case 'request':
      return {
        kind: 'request',
        method: redact(action.method),
        service: redact(action.service),
        path: redactedText(action.path),
        ...(action.bodyDigest !== undefined && { bodyDigest: action.bodyDigest }),
      };
  }
}

/** Makes a redaction that also knows the secrets of an action: for everything that is said about it. */
export function redactionOf(action: Action): (text: string) => string {
  if (action.kind === 'argv') return redactionFor(action.argv);
  if (action.kind === 'text') return redactionFor(action.text);
  if (action.kind === 'request') return redactionFor(action.path);
  return redactionBy(() => secretsIn(action.input));
}

/**
 * What an action is, as a person reads it, whole and redacted: an argv as a line of a shell, a text as it is, a call with what it is
 * given.
 */
export function actionText(action: Action): string {
  const clean = redactedAction(action);
  switch (clean.kind) {
    case 'argv':
      return clean.argv.map(shWord).join(' ');
    case 'text':
      return clean.text;
    case 'tool-call':
      return `${clean.tool} ${said(clean.input)}`;
    case 'request':
      return `${clean.method} ${clean.service}${clean.path}`;
  }
}

/** The name of an action for people: one line without secrets and without hidden characters, cut where it is long. */
export function actionTitle(action: Action): string {
  if (action.kind === 'text' && action.path !== undefined) return cut(redact(action.path));
  if (action.kind === 'tool-call') return cut(`${redact(action.agent)}: ${actionText(action)}`);
  return cut(actionText(action));
}

/** An argv as one line: quoted where a shell would need it, cut where it is long, without control characters. Not redacted. */
export function argvLine(argv: readonly string[]): string {
  return cut(argv.map(shWord).join(' '));
}

function cut(text: string): string {
  const shown = visible(text);
  return shown.length > LINE ? `${shown.slice(0, LINE)}…` : shown;
}

function said(input: Readonly<Record<string, unknown>>): string {
  const values = Object.values(input);
  return values.length === 1 && typeof values[0] === 'string' ? values[0] : JSON.stringify(input);
}

function redactedText(text: string, note?: Note): string {
  return text.length > MOST_TEXT ? redact(text, note) : redactCommandLine(text, note);
}

/** Any text that a tool is given may be a command line. */
function redactedValue(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return withoutKnown(redactedText(value), secrets);
  if (isWords(value)) return redactArgv(value).map((word) => withoutKnown(word, secrets));
  if (Array.isArray(value)) return value.map((item) => redactedValue(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      withoutKnown(redact(name), secrets),
      isSecretName(name) && isPlain(inner) ? REDACTED : redactedValue(inner, secrets),
    ]),
  );
}

/** A value that a name can be about: a text, a number, or a list of them. */
function isPlain(value: unknown): boolean {
  return (
    typeof value === 'string' ||
    typeof value === 'number' ||
    (Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number'))
  );
}

function secretsIn(data: unknown): readonly string[] {
  const found = new Set<string>();
  const note: Note = (secret) => found.add(secret);
  const walk = (value: unknown, name = ''): void => {
    if (isSecretName(name) && isPlain(value)) {
      for (const one of Array.isArray(value) ? value : [value]) note(String(one));
    } else if (typeof value === 'string') {
      redactedText(value, note);
    } else if (isWords(value)) {
      redactArgv(value, note);
    } else if (Array.isArray(value)) {
      for (const item of value) walk(item);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, key);
    }
  };
  walk(data);
  return spellings(found);
}

const isWords = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((word) => typeof word === 'string');
