import type { Operation } from '../model';
import type { ComparedKind, ProgramKind } from './file-kind';
import type { DetectContext, Finding, ReaderContext } from './invocation';
import { findInGo } from './languages/go';
import { findInJava } from './languages/java';
import { findInJavaScript } from './languages/javascript';
import { findInNotebook } from './languages/notebook';
import { findInPowerShell } from './languages/powershell';
import { findInPython } from './languages/python';
import { findInRuby } from './languages/ruby';
import { findInShell } from './languages/shell';
import { withKnownName } from './operation-name';
import { withReaders } from './readers';
import { findInRunner } from './runners';
import { ansibleFindings } from './templates/ansible';
import { marks } from './templates/cloudformation/marks';
import { composeMarks } from './templates/compose';
import { iamMarks } from './templates/iam';
import { kubernetesMarks } from './templates/kubernetes';
import { helmValuesMarks, kustomizationMarks } from './templates/kubernetes/overlays';
import type { Mark } from './templates/mark';
import { settingsMarks } from './templates/settings';
import { terraformMarks } from './templates/terraform';
import { sqlStatements } from './engines/sql/statements';

/**
 * What a program, or a file that runs commands, would do. Positions count UTF-16 units in `text`. Never throws: what can't be read
 * names nothing, or is unknown.
 */
export function detectFile(kind: ProgramKind, path: string, text: string, context: DetectContext): Operation[] {
  let found: Finding[];
  try {
    found = findingsOf(kind, path, text, withReaders(context));
  } catch (error) {
    // The stack has an end: what could not be read may do anything.
    if (!(error instanceof RangeError)) throw error;
    found = [{ operation: `${kind}:unparsed`, tool: kind, mutation: 'unknown', effects: ['unknown'], reversibility: { kind: 'unknown' }, targets: [], context: {}, reason: 'This is nested too deeply to be read, so what it runs is not known.', unknowns: ['what it runs'], guardsOff: [], range: { start: 0, end: Math.min(text.length, 80) } }];
  }
  return found.map(withKnownName).map(({ range, ...operation }) => ({ ...operation, origin: { kind: 'file', path, range } }));
}

function findingsOf(kind: ProgramKind, path: string, text: string, context: ReaderContext): Finding[] {
  switch (kind) {
    case 'shell': return findInShell(text, context);
    case 'python': return findInPython(text, context);
    case 'javascript': return findInJavaScript(text, context, { jsx: !/\.[cm]?ts$/.test(path) });
    case 'go': return findInGo(text, context);
    case 'java': return findInJava(text, context);
    case 'ruby': return findInRuby(text, context);
    case 'notebook': return findInNotebook(text, context);
    case 'powershell': return findInPowerShell(text, context);
    case 'ansible': return ansibleFindings(text, context);
    case 'sql': return sqlStatements(text).filter((s) => s.mutation === 'destructive').map((s): Finding => {
      const at = text.search(new RegExp(`\\b${s.verb.split(' ')[0] ?? ''}\\b`, 'i'));
      const start = Math.max(0, at);
      const end = text.indexOf(';', start);
      return { operation: `sql:${s.verb}`, tool: 'sql', mutation: s.mutation, effects: s.effects, reversibility: s.undo ?? { kind: 'unknown' }, targets: s.targets.map((name) => ({ type: s.kind, name, known: true })), context: {}, reason: s.reason, unknowns: [], guardsOff: [], range: { start, end: end < 0 ? Math.min(text.length, start + 80) : end } };
    });
    default: return findInRunner(kind, path, text, context);
  }
}

/**
 * What an edit of a file would do to what stands, at the places of the current text. Never throws.
 * @param head the committed text; undefined for a new file.
 * @param current undefined when the file is gone.
 */
export function marksOf(kind: ComparedKind, head: string | undefined, current: string | undefined, place: { readonly path: string; readonly context: DetectContext }): Mark[] {
  try {
    return compared(kind, head, current, place);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ range: { start: 0, end: Math.min(current?.length ?? 0, 80) }, logicalId: '', type: '', kind: 'problem', risk: 'medium', effects: ['unknown'], data: 'unknown', reversibility: { kind: 'unknown' }, message: 'This is nested too deeply to be read: what this edit would replace or delete is not known.', fixes: [] }];
  }
}

function compared(kind: ComparedKind, head: string | undefined, current: string | undefined, place: { readonly path: string; readonly context: DetectContext }): Mark[] {
  switch (kind) {
    case 'cloudformation': return marks(head, current);
    case 'terraform': return terraformMarks(head, current, place);
    case 'kubernetes': return kubernetesMarks(head, current);
    case 'kustomization': return kustomizationMarks(head, current);
    case 'helm-values': return helmValuesMarks(head, current);
    case 'iam': return iamMarks(head, current);
    case 'compose': return composeMarks(head, current);
    case 'settings': return settingsMarks(head, current);
  }
}
