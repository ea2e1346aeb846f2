/** Judges the text of one file. Free of `vscode`; the tables and parsers behind it are loaded when the first file needs them. */
import path from 'node:path';
import { higherRisk, RISKS, type BlastRadius, type Operation, type Risk, type TextRange, type Verdict } from '../model';
import { redactionFor } from '../model/redact';
import { say } from './panel-words';
import type { ComparedKind, FileKind, ProgramKind } from '../detect/file-kind';
import type { DetectContext } from '../detect/invocation';
import type { Mark } from '../detect/templates/mark';
import type { Prediction, ReadTemplate } from '../detect/templates/cloudformation';
import { diskContext } from '../preview/disk-context';
import type { HeadText } from '../preview/git-head';
import { judgeApart, LONG_TEXT } from './judge-apart';

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

/** Names that may be judged; a quick look before a text is read. An extensionless file may be a script or a makefile: its first line tells. */
export function mayBeJudged(file: string): boolean {
  return /(?:\.(?:ya?ml|json|jsonc|template|cfn|sh|bash|zsh|ksh|dash|fish|bats|command|py|pyw|[cm]?[jt]sx?|go|java|kts?|scala|groovy|rb|rake|ipynb|psm?1|sql|ddl|cql|tf|tofu|tfvars|mk|mak|just|service|timer|cron|crontab|mdc?|code-workspace|dockerfile|jenkinsfile)|(?:^|[\\/])(?:\.(?:bashrc|bash_profile|bash_aliases|profile|zshrc|zprofile|zshenv|envrc|justfile)|(?:Dockerfile|Containerfile|Makefile|Procfile|Jenkinsfile|user-data|cloud-init)[\w.-]*|[^.\\/]+))$/i.test(file)
    && !/[\\/](?:node_modules|\.git|dist|\.terraform)[\\/]/.test(file);
}

/** The kind of a text; `language` is the editor's word for it, which wins over the name for shell scripts. */
export async function kindOf(file: string, text: string, language: string | undefined): Promise<FileKind | undefined> {
  if (text.length > MAX_TEXT) return undefined;
  if (language === 'shellscript') return 'shell';
  const { fileKind } = await import('../detect/file-kind');
  return fileKind(file, text);
}

/**
 * Judges a text.
 * @param head asked for only when the kind needs it.
 * @returns undefined for a file of no judged kind.
 */
export async function judge(
  file: string, text: string, language: string | undefined, head: () => Promise<HeadText>, decide: Decide,
): Promise<Judged | undefined> {
  const kind = await kindOf(file, text, language);
  if (kind === undefined) return undefined;
  if (kind === 'cloudformation') return judgeTemplate(text, await head());
  const { isCompared } = await import('../detect/file-kind');
  return isCompared(kind) ? judgeCompared(kind, file, text, await head()) : judgeProgram(kind, file, text, decide);
}

/** An edit of a file that describes what stands, against git HEAD. */
async function judgeCompared(kind: ComparedKind, file: string, text: string, head: HeadText): Promise<Judged> {
  const before = head.kind === 'text' ? head.text : undefined;
  const found = head.kind === 'unavailable' ? [] : text.length > LONG_TEXT ? ((await judgeApart<Mark[]>(kind, file, text, before)) ?? []) : (await import('../detect/file')).marksOf(kind, before, text, { path: file, context: contextOf(file) });
  const judged = found.map((m: Mark): JudgedMark => ({
    range: m.range, risk: m.risk, code: `${kind}:${m.kind}`, message: say(m.message), related: [], fixes: m.fixes,
  }));
  return { kind, marks: judged, risk: worstRisk(judged), ...(head.kind === 'unavailable' ? { notCompared: head.why } : {}) };
}

/** What detection may read beside a file: small texts of this machine, at most a few for each judgement. */
const contextOf = (file: string): DetectContext => diskContext(path.dirname(file), { most: 40 });

async function judgeTemplate(text: string, head: HeadText): Promise<Judged> {
  const { marks, predict, readTemplate } = await import('../detect/templates/cloudformation');
  const before = head.kind === 'text' ? head.text : undefined;
  const found = marks(before, text);
  const hurt = found.some((m) => m.logicalId !== '');
  const prediction = hurt && before !== undefined ? predict({ template: before }, { template: text }) : undefined;
  const now = hurt ? readTemplate(text) : undefined;
  const judged = found.map((m): JudgedMark => ({
    range: m.range,
    risk: m.risk,
    code: `cloudformation:${m.kind}`,
    message: say(m.message),
    related: m.kind === 'replaced' || m.kind === 'may-replace' || m.kind === 'deleted' ? dependents(m.logicalId, prediction, now) : [],
    fixes: m.fixes,
    ...(m.kind === 'replaced' || m.kind === 'may-replace' || m.kind === 'deleted' ? { resource: m.logicalId } : {}),
  }));
  return {
    kind: 'cloudformation', marks: judged, risk: worstRisk(judged),
    ...(head.kind === 'unavailable' ? { notCompared: head.why } : {}),
  };
}

function dependents(id: string, prediction: Prediction | undefined, now: ReadTemplate | undefined): JudgedMark['related'] {
  if (!prediction || !now?.ok) return [];
  return prediction.dependencies.filter((d) => d.to === id).slice(0, 20).flatMap((d) => {
    const place = now.find(['Resources', d.from]) ?? (d.kind === 'export' ? now.find(['Outputs']) : undefined);
    return place ? [{ range: place.key ?? place.value, message: say(`${d.from.replace(/^(\w+):/, '$1 ')} depends on it: ${d.detail}`) }] : [];
  });
}

async function judgeProgram(kind: ProgramKind, file: string, text: string, decide: Decide): Promise<Judged> {
  const all = text.length > LONG_TEXT ? ((await judgeApart<Operation[]>(kind, file, text, undefined)) ?? []) : (await import('../detect/file')).detectFile(kind, file, text, contextOf(file));
  const operations = all
    .filter((o) => o.mutation === 'destructive' || o.mutation === 'unknown' || (o.mutation !== 'none' && o.effects.length > 0));
  const verdicts = operations.length ? await decide(operations) : [];
  const marks = operations.flatMap((operation, i): JudgedMark[] => {
    const verdict = verdicts[i];
    if (!verdict || verdict.kind === 'allow' || operation.origin.kind !== 'file') return [];
    const range = operation.origin.range;
    return [{
      range,
      risk: verdict.risk,
      code: operation.operation,
      message: say(redactionFor(text.slice(range.start, range.end))([operation.reason, ...operation.unknowns.map((u) => `Not known: ${u}.`)].join(' '))),
      related: [],
      // A safer form is a shell command: only in a shell script it can stand in the place of the text.
      fixes: kind === 'shell' ? saferFixes(operation, range) : [],
      operation,
    }];
  });
  return { kind, marks, risk: worstRisk(marks) };
}

function saferFixes(operation: Operation, range: TextRange): JudgedMark['fixes'] {
  const form = operation.saferForm;
  if (form?.append) return [{ title: form.title, edits: [{ range: { start: range.end, end: range.end }, newText: form.append.startsWith(' ') ? form.append : ` ${form.append}` }] }];
  if (form?.replace) return [{ title: form.title, edits: [{ range, newText: form.replace }] }];
  return [];
}

const worstRisk = (marks: readonly JudgedMark[]): Risk => marks.reduce<Risk>((worst, m) => higherRisk(worst, m.risk), 'none');

/** True for a risk that should catch the eye. */
export const isHigh = (risk: Risk): boolean => RISKS.indexOf(risk) >= RISKS.indexOf('high');

/** The offline prediction of a template's change against HEAD, for the panel. */
export async function predictFile(name: string, text: string, head: HeadText): Promise<BlastRadius> {
  const [{ predict }, { blastRadius }] = await Promise.all([import('../detect/templates/cloudformation'), import('../preview/radius')]);
  // Without what it was before, nothing is predicted: "everything is new" would be a wrong number.
  const before = head.kind === 'text' ? head.text : head.kind === 'new' ? null : undefined;
  const prediction = before === undefined ? { resources: [], dependencies: [], unknowns: [], warnings: [], problem: undefined }
    : predict({ template: before }, { template: text });
  return blastRadius({
    source: 'offline',
    sourceDetail: head.kind === 'text' ? `${name} compared with git HEAD by the resource specification.`
      : head.kind === 'new' ? `${name} is not in git HEAD: everything in it is new.`
      : `${name} could not be compared with git HEAD: ${head.why}.`,
    context: {},
    resources: prediction.resources,
    dependencies: prediction.dependencies,
    unknowns: [
      ...prediction.unknowns,
      ...(prediction.problem ? [prediction.problem.message] : []),
      ...(head.kind === 'unavailable' ? [`What the file was before is unknown: ${head.why}.`] : []),
      'What is deployed may differ from git HEAD: the command that deploys it is held and previewed against the real stack.',
    ],
    warnings: prediction.warnings,
  });
}

/** The offline prediction of one command of a script, for the panel. */
export async function predictOperation(operation: Operation): Promise<BlastRadius> {
  const { previewFromOperation } = await import('../preview/from-operation');
  return previewFromOperation(operation);
}
