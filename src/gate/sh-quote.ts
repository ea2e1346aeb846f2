/** A text as one word of a POSIX shell, whatever it holds. */
export function shQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
