/** Judges the text of one file. Free of `vscode`; the tables and parsers behind it are loaded when the first file needs them. */
import path from 'node:path';
import { higherRisk, notKnown, RISKS, type BlastRadius, type Operation, type Risk, type TextRange, type Verdict, type VerdictKind } from '../model';
import { redactionFor } from '../model/redact';
import type { FileOperation, FileText } from '../detect/file';
import type { FileKind, Preview } from '../detect/file-kind';
import { diskContext } from '../preview/disk-context';
import type { HeadText } from '../preview/git-head';
import { findingsOf } from '../rules/in-file';
import { LONG_TEXT, type JudgeThread } from './judge-apart';
import { say } from './panel-words';

type FileFinding = ReturnType<typeof findingsOf<FileOperation>>[number];

export interface Edit {
  readonly range: TextRange;
  readonly newText: string;
}

/** One place in a file that deserves a look, whatever the file's kind. */
export interface JudgedMark {
  readonly range: TextRange;
  readonly risk: Risk;
  /** The operation or what happens, for filtering (`cloudformation:DeleteStack`, `cloudformation:replaced`). */
  readonly code: string;
  /** What the rules say of it, and which of them. */
  readonly verdict: VerdictKind;
  readonly rule: string;
  readonly message: string;
  /** What depends on it, with its place in the same text. */
  readonly related: readonly { readonly range: TextRange; readonly message: string }[];
  readonly fixes: readonly { readonly title: string; readonly edits: readonly Edit[] }[];
  /** Set for a command in a script: its lens previews this operation. */
  readonly operation?: Operation;
  /** Set for a resource that would go or be replaced: a lens stands above it. */
  readonly resource?: string;
}

export interface Judged {
  readonly kind: FileKind;
  readonly marks: readonly JudgedMark[];
  readonly risk: Risk;
  /** Why the file could not be compared; undefined when it was. */
  readonly notCompared?: string;
}

/** What the rules say of each operation, in order. */
export type Decide = (operations: readonly Operation[]) => Promise<readonly Verdict[]>;

/** A text larger than this is not judged: typing must stay smooth. */
export const MAX_TEXT = 1024 * 1024;
/** After so many files beside a text, its judgement is left to the thread. */
const MOST_FILES = 40;

/** The kind of a text; `language` is the editor's word for it. */
export async function kindOf(file: string, text: string, language: string | undefined): Promise<FileKind | undefined> {
  if (text.length > MAX_TEXT) return undefined;
  const { fileKind } = await import('../detect/file-kind');
  return fileKind(file, text, language);
}

/**
 * Judges a text: its kind's reader tells the operations, the rules decide about them.
 * @param head asked for only when the kind is compared.
 * @param apart where a long text is judged; without it, here.
 * @returns undefined for a file of no judged kind, and for a text that a newer one has taken the place of.
 */
export async function judge(
  file: string,
  text: string,
  language: string | undefined,
  head: () => Promise<HeadText>,
  decide: Decide,
  apart?: JudgeThread['judge'],
): Promise<Judged | undefined> {
  const kind = await kindOf(file, text, language);
  if (kind === undefined) return undefined;
  const { isCompared, entryOf } = await import('../detect/file-kind');
  const { preview } = entryOf(kind);
  const before = isCompared(kind) ? await head() : undefined;
  const found = await operationsIn(
    { kind, path: file, text, head: before?.kind === 'text' ? before.text : undefined },
    before?.kind === 'unavailable',
    apart,
  );
  if (found === undefined) return undefined;
  const marks = findingsOf(found, found.length > 0 ? await decide(found.map((one) => one.operation)) : []).map((one) =>
    markOf(preview, text, one),
  );
  return { kind, marks, risk: worstRisk(marks), ...(before?.kind === 'unavailable' ? { notCompared: before.why } : {}) };
}

/** @param blind what was committed is not known: then only what is wrong with the text itself can be said. */
async function operationsIn(
  file: FileText,
  blind: boolean,
  apart: JudgeThread['judge'] | undefined,
): Promise<readonly FileOperation[] | undefined> {
  const all = apart && (file.text?.length ?? 0) > LONG_TEXT ? await apart(file) : await operationsHere(file, apart);
  return blind ? all?.filter((one) => one.operation.mutation === 'unknown') : all;
}

async function operationsHere(file: FileText, apart: JudgeThread['judge'] | undefined): Promise<readonly FileOperation[] | undefined> {
  const { operationsOf } = await import('../detect/file');
  const wanted = new Set<string>();
  const disk = diskContext(path.dirname(file.path), { most: apart ? MOST_FILES : Infinity });
  const found = operationsOf(file, {
    ...disk,
    readFile(name) {
      wanted.add(name);
      return disk.readFile?.(name);
    },
  });
  return apart && wanted.size > MOST_FILES ? apart(file) : found;
}

function markOf(
  preview: Preview | undefined,
  text: string,
  { operation, range, related, fixes, goes, verdict, risk }: FileFinding,
): JudgedMark {
  const edit = operation.origin.kind === 'edit';
  const sentence = [operation.reason, ...operation.unknowns.map((u) => `Not known: ${u}.`)].join(' ');
  return {
    range,
    risk,
    code: operation.operation,
    verdict: verdict.kind,
    rule: verdict.rule,
    fixes,
    // A command's own words tell which of them are secret.
    message: say(edit ? sentence : redactionFor(text.slice(range.start, range.end))(sentence)),
    related: related.map((one) => ({ range: one.range, message: say(one.message) })),
    ...(edit ? {} : { operation }),
    // Of a prediction alone a resource's own part can be shown.
    ...(goes !== undefined && preview === 'prediction' ? { resource: goes } : {}),
  };
}

const worstRisk = (marks: readonly JudgedMark[]): Risk => marks.reduce<Risk>((worst, m) => higherRisk(worst, m.risk), 'none');

/** True for a risk that should catch the eye. */
export const isHigh = (risk: Risk): boolean => RISKS.indexOf(risk) >= RISKS.indexOf('high');

/** The offline prediction of a template's change against HEAD, for the panel. */
export async function predictFile(name: string, text: string, head: HeadText): Promise<BlastRadius> {
  const [{ predict }, { blastRadius }] = await Promise.all([import('../detect/templates/cloudformation'), import('../preview/radius')]);
  // Without what it was before, nothing is predicted: "everything is new" would be a wrong number.
  const before = head.kind === 'text' ? head.text : head.kind === 'new' ? null : undefined;
  const prediction =
    before === undefined
      ? { resources: [], dependencies: [], unknowns: [], warnings: [], problem: undefined }
      : predict({ template: before }, { template: text });
  return blastRadius({
    source: 'offline',
    sourceDetail:
      head.kind === 'text'
        ? `${name} compared with git HEAD by the resource specification.`
        : head.kind === 'new'
          ? `${name} is not in git HEAD: everything in it is new.`
          : `${name} could not be compared with git HEAD: ${head.why}.`,
    context: {},
    resources: prediction.resources,
    dependencies: prediction.dependencies,
    unknowns: [
      ...prediction.unknowns,
      ...(prediction.problem ? [notKnown('input', name, prediction.problem.message)] : []),
      ...(head.kind === 'unavailable' ? [notKnown('state', name, `What the file was before is unknown: ${head.why}.`)] : []),
      notKnown('state', 'the stack', 'What is deployed may differ from git HEAD: the command that deploys it is held and previewed against the real stack.'),
    ],
    warnings: prediction.warnings,
  });
}

/** The offline prediction of one command of a script, for the panel. */
export async function predictOperation(operation: Operation): Promise<BlastRadius> {
  const { previewFromOperation } = await import('../preview/from-operation');
  return previewFromOperation(operation);
}
