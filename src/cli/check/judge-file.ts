import path from 'node:path';
import { readFileSync, statSync } from 'node:fs';
import type { Operation, TextRange } from '../../model';
import { redact, redactCommandLine, redactionFor } from '../../model/redact';
import { detectFile, marksOf } from '../../detect/file';
import { fileKind, isCompared } from '../../detect/file-kind';
import type { DetectContext } from '../../detect/invocation';
import type { Mark } from '../../detect/templates/mark';
import { diskContext } from '../../preview/disk-context';
import type { Decider } from '../decider';
import type { Finding } from './finding';

/** A file larger than this is reported as not read, instead of being judged slowly. */
export const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Judges one text.
 * @param shown the path as it is told.
 * @param full its absolute path.
 * @param head asked for only when the kind is compared; undefined for a new file.
 */
export function judgeOne(shown: string, full: string, text: string, head: () => string | undefined, decider: Decider): Finding[] {
  const kind = fileKind(full, text);
  if (kind === undefined) return [];
  const where = places(text);
  if (isCompared(kind)) return marksOf(kind, head(), text, { path: full, context: contextAt(path.dirname(full)) }).map((m) => fromMark(shown, where, kind, m));
  const operations = detectFile(kind, full, text, contextAt(path.dirname(full)));
  const verdicts = decider.decide(operations).perOperation;
  return operations.flatMap((operation, i) => {
    const verdict = verdicts[i];
    // Who will run the file is not known: what only depends on that is asked when it runs.
    if (!verdict || verdict.kind === 'allow' || operation.origin.kind !== 'file' || (operation.door !== undefined && /^default:(?:door|job)/.test(verdict.rule))) return [];
    const hide = redactionFor(text.slice(operation.origin.range.start, operation.origin.range.end));
    return [{
      file: shown, ...where(operation.origin.range), operation: hide(operation.operation), effects: operation.effects, reversibility: operation.reversibility.kind, targets: operation.targets.map((t) => hide(t.name ?? 'unknown')),
      risk: verdict.risk, verdict: verdict.kind, rule: verdict.rule, reason: hide(operation.reason), ...(operation.saferForm && { instead: hide(safer(operation)) }),
    }];
  });
}

/** What goes with a file that is gone. */
export function judgeGone(shown: string, full: string, head: string): Finding[] {
  const kind = fileKind(full, head);
  return kind !== undefined && isCompared(kind) ? marksOf(kind, head, undefined, { path: full, context: contextAt(path.dirname(full)) }).map((m) => fromMark(shown, places(''), kind, m)) : [];
}

function safer({ saferForm }: Operation): string {
  const form = saferForm?.append ?? saferForm?.replace;
  return form ? `${saferForm?.title}: ${redactCommandLine(form)}` : (saferForm?.title ?? '');
}

function fromMark(file: string, where: (range: TextRange) => Place, kind: string, mark: Mark): Finding {
  return {
    file, ...where(mark.range), operation: `${kind}:${mark.kind}`, effects: mark.effects, reversibility: mark.reversibility.kind, targets: [mark.logicalId], risk: mark.risk,
    verdict: mark.risk === 'high' || mark.risk === 'critical' ? 'confirm' : 'warn', rule: 'default:template-edit', reason: redact(mark.message), ...(mark.fixes[0] && { instead: mark.fixes[0].title }),
  };
}

type Place = Pick<Finding, 'line' | 'column' | 'endLine' | 'endColumn' | 'context'>;

/** Lines and columns of offsets, with the lines counted once. */
function places(text: string): (range: TextRange) => Place {
  let starts: number[] | undefined;
  const at = (offset: number): [line: number, column: number] => {
    starts ??= [0, ...[...text.matchAll(/\n/g)].map((m) => m.index + 1)];
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return [low + 1, offset - (starts[low] ?? 0) + 1];
  };
  return (range) => {
    const [line, column] = at(Math.min(range.start, text.length));
    const [endLine, endColumn] = at(Math.min(Math.max(range.end, range.start), text.length));
    const begin = starts?.[line - 1] ?? 0;
    const stop = text.indexOf('\n', begin);
    return { line, column, endLine, endColumn, context: text.slice(begin, stop < 0 ? undefined : stop).trim().slice(0, 300) };
  };
}

/** The text of a file, or why there is none. A file with NUL characters is none of a kind that is judged. */
export function readText(file: string): string | { readonly why: string } {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return { why: 'is not a file' };
    if (stat.size > MAX_BYTES) return { why: `is larger than ${MAX_BYTES / 1024 / 1024} MB and was not read` };
    return readFileSync(file, 'utf8');
  } catch (error) {
    return { why: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : `could not be read (${String((error as NodeJS.ErrnoException).code)})` };
  }
}

/** What detection may look at beside a text in this folder. */
export const contextAt = (cwd: string): DetectContext => diskContext(cwd, { read: plainText });

function plainText(file: string): string | undefined {
  const text = readText(file);
  return typeof text === 'string' ? text : undefined;
}
