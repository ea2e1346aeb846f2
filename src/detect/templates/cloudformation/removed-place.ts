import { diffLines } from 'diff';

import type { TextRange } from '../../../model';

/** A comparison that takes longer, or finds more changed lines than this, is given up: a mark may stand elsewhere. */
const LIMITS = { timeout: 200, maxEditLength: 4000 } as const;

/**
 * Where something stood that is not there any more: the line of the current text above which its lines were taken out.
 * @param head the text before, @param at the offset in it of what is gone.
 * @returns undefined when the lines around it changed beyond recognition.
 */
export function removedPlace(head: string, now: string, at: number): TextRange | undefined {
  const parts = diffLines(head, now, LIMITS);
  if (!parts) return undefined;
  let before = 0;
  let after = 0;
  for (const { value, added, removed } of parts) {
    if (added) {
      after += value.length;
      continue;
    }
    if (at < before + value.length) return removed ? lineAt(now, after) : undefined;
    before += value.length;
    if (!removed) after += value.length;
  }
  return undefined;
}

/** The line that begins at an offset, or the last one with something on it before the end. */
function lineAt(text: string, offset: number): TextRange {
  const blank = (start: number, end: number): boolean => text.slice(start, end).trim() === '';
  let start = offset;
  let end = lineEnd(text, start);
  while (start > 0 && blank(start, end)) {
    end = start - 1;
    start = text.lastIndexOf('\n', end - 1) + 1;
  }
  const indent = /^[ \t]*/.exec(text.slice(start, end))?.[0].length ?? 0;
  return { start: start + indent, end };
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}
