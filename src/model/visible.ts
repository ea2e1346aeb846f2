/**
 * What keeps a text from acting on the place where it is shown. Names, reasons and the words of tools come from others; none of
 * them may move a cursor, set a title, write to a clipboard, turn the reading direction, or hide a part of itself. Every exit
 * (terminal, panel, status bar, log, Markdown, reports) calls one of these; the shim's client loads this file, so it stays small.
 */

/**
 * Characters that are not seen as what they are. Source: Unicode Character Database, general categories Cc (C0, DEL, C1),
 * Cf (bidirectional controls, zero-width characters, tags), Cs (half a surrogate pair), Zl and Zp (U+2028, U+2029), and the
 * derived property Default_Ignorable_Code_Point (fillers, variation selectors, the whole block of U+E0000).
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const ANY_HIDDEN = new RegExp(HIDDEN.source, 'u');

/**
 * Terminal sequences as a whole, with 7-bit and 8-bit introducers. Source: ECMA-48 §5.4 (CSI), §8.3.27 (DCS), §8.3.89 (OSC), §8.3.94 (PM),
 * §8.3.2 (APC), §8.3.143 (SOS); a string ends at ST or, as xterm has it, at BEL. An unfinished string ends with its line.
 */
const SEQUENCE = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[\]P^_X]|[\u009d\u0090\u009e\u009f\u0098])[^\u0007\u001b\u009c\r\n]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;

/** True when something in the text is not seen as what it is. With `lines`, line feeds and tabs count as seen. */
export function hides(text: string, lines = false): boolean {
  return ANY_HIDDEN.test(lines ? text.replace(/[\n\t]/g, '') : text);
}

const code = (character: string): string => {
  const point = character.codePointAt(0) ?? 0;
  return point > 0xffff ? `\\u{${point.toString(16)}}` : `\\u${point.toString(16).padStart(4, '0')}`;
};

/** A name or a command, on one line: what is hidden in it stands there as its code, so that two names never look alike. */
export function visible(text: string): string {
  return ANY_HIDDEN.test(text) ? text.replace(HIDDEN, code) : text;
}

/** A sentence, on one line: breaks and tabs become blanks, the rest as in `visible`. */
export function oneLine(text: string): string {
  return ANY_HIDDEN.test(text) ? visible(text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')) : text;
}

/** A text of several lines: line feeds and tabs stay. */
export function manyLines(text: string): string {
  if (!ANY_HIDDEN.test(text)) return text;
  return text.replace(/\r\n/g, '\n').replace(HIDDEN, (c) => (c === '\n' || c === '\t' ? c : code(c)));
}

/** What a tool wrote for a terminal, as words: without colours, titles, links and cursor movements. Not yet fit to show. */
export function withoutSequences(text: string): string {
  return text.replace(SEQUENCE, '');
}

/** JSON text that is safe to print and reads as the same data: what is hidden is escaped. */
export function visibleJson(json: string): string {
  if (!ANY_HIDDEN.test(json)) return json;
  const unit = (c: string): string => Array.from({ length: c.length }, (_, i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
  // Outside of strings JSON knows no hidden character but line breaks and tabs, and inside none of these stand as they are.
  return json.replace(HIDDEN, (c) => (c === '\n' || c === '\t' || c === '\r' ? c : unit(c)));
}

/**
 * A text for a place that makes links and icons of what it is given: notifications, input boxes, lists and lenses of the editor,
 * messages of SARIF. `[x](command:…)` is no link there any more, and `$(check)` no icon.
 * Sources: VS Code's `parseLinkedText` and `labelWithIconsRegex`; SARIF 2.1.0 §3.11.6 (embedded links).
 */
export function unlinked(text: string): string {
  return oneLine(text).replace(/\](?=\()/g, '] ').replace(/\$(?=\()/g, '$ ');
}

/** A text for Markdown, in a table or a list: nothing of it becomes a link, an image, an element, a mention, a heading or another cell. */
export function markdownText(text: string): string {
  return oneLine(text)
    .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
    .replace(/[\\|*_[\]#!~{}$]/g, '\\$&').replace(/`/g, "'")
    // Bare addresses become links by themselves (GitHub Flavored Markdown §6.9); an entity is no part of one.
    .replace(/:\/\//g, ':&#47;&#47;').replace(/\bwww\./gi, (w) => `${w.slice(0, -1)}&#46;`)
    // In code nobody is mentioned.
    .replace(/(^|[^\w.+-])@(?=[\w-])([\w/-]+)/g, (_, before: string, name: string) => `${before}\`@${name.replace(/\\_/g, '_')}\``);
}

/** A name as code in Markdown, also within a table. */
export function markdownCode(text: string): string {
  return `\`${oneLine(text).replace(/`/g, "'").replace(/\|/g, '\\|')}\``;
}
