import type { Source } from './text';

/**
 * A text as a shell reads it: without NUL characters, which bash drops, without a byte order mark, and without the carriage
 * returns of Windows line ends, which would otherwise hide a verb at the end of a line. Positions stay those of the original.
 */
export function cleaned(text: string): Source {
  if (!text.includes('\0') && !text.includes('\r\n') && text.charCodeAt(0) !== 0xfeff) return { text, locate: (start, end) => ({ start, end }) };
  const kept: number[] = [];
  let out = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0 || (c === 13 && text.charCodeAt(i + 1) === 10) || (c === 0xfeff && i === 0)) {
      out += text.slice(from, i);
      // Where something was left out, all that follows moves by one.
      kept.push(out.length);
      from = i + 1;
    }
  }
  out += text.slice(from);
  const original = (at: number): number => {
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((kept[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return at + low;
  };
  return { text: out, locate: (start, end) => ({ start: original(start), end: Math.min(text.length, original(Math.max(start, end - 1)) + (end > start ? 1 : 0)) }) };
}
