/** The text of `-EncodedCommand`: Base64 of UTF-16LE. Undefined when it isn't that. */
export function decodeEncodedCommand(base64: string): string | undefined {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64').toString('utf16le') : undefined;
}
