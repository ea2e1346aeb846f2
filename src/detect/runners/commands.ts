import type { TextRange } from '../../model';

/** A text that a file runs. */
export interface RunnerCommand {
  readonly text: string;
  /** Where a place of the text stands in the file. */
  readonly locate: (start: number, end: number) => TextRange;
  readonly shell: 'sh' | 'powershell' | 'cmd' | 'python' | 'node';
  /** The target, script, job or recipe that runs it. */
  readonly target: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Texts put together from lines of a file: `places` has the offset in the file for every line's beginning in the text. */
export function located(lines: readonly { readonly text: string; readonly at: number }[]): Pick<RunnerCommand, 'text' | 'locate'> {
  const starts: number[] = [];
  let text = '';
  for (const line of lines) {
    starts.push(text.length);
    text += `${line.text}\n`;
  }
  const place = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const line = lines[low];
    return line === undefined ? 0 : line.at + Math.min(offset - (starts[low] ?? 0), line.text.length);
  };
  return { text, locate: (start, end) => ({ start: place(start), end: Math.max(place(Math.max(start, end - 1)) + 1, place(start)) }) };
}

/** The shell of a word as files name it (`pwsh`, `bash -e {0}`). */
export function shellOf(name: string | undefined): RunnerCommand['shell'] {
  const first = name?.trim().split(/\s+/)[0]?.replace(/^.*[\\/]/, '').replace(/\.exe$/, '') ?? 'sh';
  return /^(?:pwsh|powershell)$/.test(first) ? 'powershell' : /^cmd$/.test(first) ? 'cmd' : /^python[\d.]*$/.test(first) ? 'python' : /^node$/.test(first) ? 'node' : 'sh';
}
