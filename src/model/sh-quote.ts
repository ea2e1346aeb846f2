/** A text as one word of a POSIX shell, whatever it holds. */
export function shQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A word quoted for a POSIX shell where it needs it. */
export function shWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : shQuote(text);
}
