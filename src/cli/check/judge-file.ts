import path from 'node:path';
import { readFileSync, statSync } from 'node:fs';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Operation, TextRange } from '../../model';
import { redact, redactCommandLine, redactionFor } from '../../model/redact';
import { operationsOf, type FileText } from '../../detect/file';
import { fileKind, isCompared } from '../../detect/file-kind';
import type { DetectContext } from '../../detect/invocation';
import { diskContext } from '../../preview/disk-context';
import { findingsOf } from '../../rules/in-file';
import type { Decider } from '../decider';
import type { Finding } from './finding';

/** A file larger than this is reported as not read, instead of being judged slowly. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Judges one text: its kind's reader tells the operations, the rules decide about them, as in the editor.
 * @param shown the path as it is told.
 * @param full its absolute path.
 * @param head asked for only when the kind is compared; undefined for a new file.
 */
export function judgeOne(shown: string, full: string, text: string, head: () => string | undefined, decider: Decider): Finding[] {
  const kind = fileKind(full, text);
  return kind === undefined ? [] : findings(shown, { kind, path: full, text, head: isCompared(kind) ? head() : undefined }, decider);
}

/** What goes with a file that is gone. */
export function judgeGone(shown: string, full: string, head: string, decider: Decider): Finding[] {
  const kind = fileKind(full, head);
  return kind !== undefined && isCompared(kind) ? findings(shown, { kind, path: full, text: undefined, head }, decider) : [];
}

function findings(shown: string, file: FileText, decider: Decider): Finding[] {
  const found = operationsOf(file, contextAt(path.dirname(file.path)));
  const text = file.text ?? '';
  const where = places(text);
  return findingsOf(found, decider.decide(found.map((one) => one.operation)).perOperation).map(
    ({ operation, range, fixes, verdict, risk }) => {
      const isEdit = operation.origin.kind === 'edit';
      // A command's own words tell which of them are secret.
      const hide = isEdit ? redact : redactionFor(text.slice(range.start, range.end));
      const instead = isEdit ? fixes[0]?.title : operation.saferForm && hide(safer(operation));
      return {
        file: shown,
        ...where(range),
        operation: hide(operation.operation),
        effects: operation.effects,
        reversibility: operation.reversibility.kind,
        targets: operation.targets.map((t) => hide(t.name ?? 'unknown')),
        risk,
        verdict: verdict.kind,
        rule: verdict.rule,
        reason: hide(operation.reason),
        ...(instead !== undefined && { instead }),
        isEdit,
      };
    },
  );
}

function safer({ saferForm }: Operation): string {
  const form = saferForm?.append ?? saferForm?.replace;
  return form ? `${saferForm?.title}: ${redactCommandLine(form)}` : (saferForm?.title ?? '');
}

type Place = Pick<Finding, 'line' | 'column' | 'endLine' | 'endColumn' | 'context'>;

/** Lines and columns of offsets, one-based, and the line that they stand on. */
function places(text: string): (range: TextRange) => Place {
  const document = TextDocument.create('', '', 0, text);
  return (range) => {
    const [start, end] = [document.positionAt(range.start), document.positionAt(Math.max(range.end, range.start))];
    const line = document.getText({ start: { line: start.line, character: 0 }, end: { line: start.line + 1, character: 0 } });
    return {
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
      context: line.trim().slice(0, 300),
    };
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
    return {
      why:
        (error as NodeJS.ErrnoException).code === 'ENOENT'
          ? 'no such file'
          : `could not be read (${String((error as NodeJS.ErrnoException).code)})`,
    };
  }
}

/** What detection may look at beside a text in this folder. */
export const contextAt = (cwd: string): DetectContext => diskContext(cwd, { read: plainText });

function plainText(file: string): string | undefined {
  const text = readText(file);
  return typeof text === 'string' ? text : undefined;
}
