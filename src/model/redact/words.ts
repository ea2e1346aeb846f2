/** A word of a command line, with its quotes taken away, and where it stands in the text. */
export interface LineWord {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A simple command in a text: its words, and the signs between it and the one before (`|`, `<<<`, `;`). */
export interface LineCommand {
  readonly words: readonly LineWord[];
  readonly after: string;
}

/**
 * Cuts a text into simple commands and their words, as a POSIX shell would without expanding anything: enough to know which
 * word is the value of which option. Never fails; runs once over the text.
 */
export function commandWords(text: string): LineCommand[] {
  const commands: LineCommand[] = [];
  let after = '';
  let command: LineWord[] = [];
  let value = '';
  let start = -1;
  const endWord = (end: number): void => {
    if (start >= 0) command.push({ value, start, end });
    value = '';
    start = -1;
  };
  const endCommand = (end: number): void => {
    endWord(end);
    if (command.length > 0) {
      commands.push({ words: command, after });
      after = '';
    }
    if (after.length < 4) after += text[end] ?? '';
    command = [];
  };
  for (let at = 0; at < text.length; at++) {
    const c = text[at] ?? '';
    if (c === ' ' || c === '\t') endWord(at);
    else if (c === '\n' || c === ';' || c === '|' || c === '&' || c === '(' || c === ')' || c === '<' || c === '>') endCommand(at);
    else if (c === '\\' && (text[at + 1] === '\n' || text[at + 1] === '\r')) at += text[at + 1] === '\r' && text[at + 2] === '\n' ? 2 : 1;
    else {
      if (start < 0) start = at;
      if (c === '\\') value += text[++at] ?? '';
      else if (c === "'" || c === '"') {
        for (at++; at < text.length && text[at] !== c; at++) value += c === '"' && text[at] === '\\' && /["\\$`\n]/.test(text[at + 1] ?? '') ? (text[++at] ?? '') : text[at];
      } else value += c;
    }
  }
  endCommand(text.length);
  return commands;
}
