import type { Mutation, Operation, TextRange } from '../model';
import { entryOf, isCompared, type ComparedKind, type FileKind, type FilePlace, type ProgramKind } from './file-kind';
import type { DetectContext, Finding } from './invocation';
import { withKnownName } from './operation-name';
import { withReaders } from './readers';
import type { Fix, Mark, MarkKind, Related } from './templates/mark';

/** One thing that a file does, or that its edit would do. */
export interface FileOperation {
  readonly operation: Operation;
  /** Its place in the text. */
  readonly range: TextRange;
  /** What else in the same text it concerns. */
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
  /** The resource that goes or is replaced, by the name that the file gives it. */
  readonly goes?: string;
}

/** A text to be judged. */
export interface FileText {
  readonly kind: FileKind;
  /** Absolute. */
  readonly path: string;
  /** Undefined when the file is gone. */
  readonly text: string | undefined;
  /** What was committed; undefined for a new file, and for one that is not compared. */
  readonly head: string | undefined;
}

/**
 * What a file would do, whatever its kind: the operations that the rules decide about, in the editor as in `holdpoint check`. Positions
 * count UTF-16 units in the text. Never throws.
 */
export function operationsOf({ kind, path, text, head }: FileText, context: DetectContext): FileOperation[] {
  if (isCompared(kind)) return marksOf(kind, head, text, { path, context }).map((mark) => ofMark(kind, path, mark));
  return text === undefined
    ? []
    : detectFile(kind, path, text, context).flatMap((operation) => {
        if (operation.origin.kind !== 'file') return [];
        const { range } = operation.origin;
        return [{ operation, range, related: [], fixes: entryOf(kind).shell ? saferFixes(operation, range) : [] }];
      });
}

/**
 * What a program, or a file that runs commands, would do. Positions count UTF-16 units in `text`. Never throws: what can't be read
 * names nothing, or is unknown.
 */
export function detectFile(kind: ProgramKind, path: string, text: string, context: DetectContext): Operation[] {
  let found: readonly Finding[];
  try {
    found = entryOf(kind).runs?.(text, { path, context: withReaders(context) }) ?? [];
  } catch (error) {
    // The stack has an end: what could not be read may do anything.
    if (!(error instanceof RangeError)) throw error;
    found = [
      {
        operation: `${kind}:unparsed`,
        tool: kind,
        mutation: 'unknown',
        effects: ['unknown'],
        reversibility: { kind: 'unknown' },
        targets: [],
        context: {},
        reason: 'This is nested too deeply to be read, so what it runs is not known.',
        unknowns: ['what it runs'],
        guardsOff: [],
        range: { start: 0, end: Math.min(text.length, 80) },
      },
    ];
  }
  return found.map(withKnownName).map(({ range, ...operation }) => ({ ...operation, origin: { kind: 'file', path, range } }));
}

/**
 * What an edit of a file would do to what stands, at the places of the current text. Never throws.
 * @param head the committed text; undefined for a new file.
 * @param current undefined when the file is gone.
 */
export function marksOf(kind: ComparedKind, head: string | undefined, current: string | undefined, place: FilePlace): Mark[] {
  try {
    return entryOf(kind).edits?.(head, current, place) ?? [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [
      {
        range: { start: 0, end: Math.min(current?.length ?? 0, 80) },
        logicalId: '',
        type: '',
        kind: 'problem',
        risk: 'medium',
        effects: ['unknown'],
        data: 'unknown',
        reversibility: { kind: 'unknown' },
        message: 'This is nested too deeply to be read: what this edit would replace or delete is not known.',
        fixes: [],
      },
    ];
  }
}

const MUTATION: Readonly<Record<MarkKind, Mutation>> = {
  replaced: 'destructive',
  'may-replace': 'destructive',
  deleted: 'destructive',
  interrupted: 'destructive',
  exposed: 'destructive',
  'access-lost': 'destructive',
  'guard-removed': 'modifying',
  problem: 'unknown',
};

function ofMark(kind: ComparedKind, path: string, mark: Mark): FileOperation {
  const { range, risk, effects, reversibility, logicalId, fixes, related = [] } = mark;
  const goes = mark.kind === 'replaced' || mark.kind === 'may-replace' || mark.kind === 'deleted';
  return {
    range,
    fixes,
    related,
    ...(goes && { goes: logicalId }),
    operation: {
      operation: `${kind}:${mark.kind}`,
      tool: kind,
      mutation: MUTATION[mark.kind],
      effects,
      reversibility,
      risk,
      context: {},
      unknowns: [],
      guardsOff: [],
      targets: [{ type: mark.type, name: logicalId, known: true }],
      reason: mark.message,
      origin: { kind: 'edit', path, range },
    },
  };
}

function saferFixes({ saferForm: form }: Operation, range: TextRange): Fix[] {
  if (form?.append)
    return [
      {
        title: form.title,
        edits: [{ range: { start: range.end, end: range.end }, newText: form.append.startsWith(' ') ? form.append : ` ${form.append}` }],
      },
    ];
  return form?.replace ? [{ title: form.title, edits: [{ range, newText: form.replace }] }] : [];
}
