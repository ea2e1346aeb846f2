import { parseTree, type Node } from 'jsonc-parser';
import { tooDeep } from '../../engines/yaml';
import type { Mark } from '../mark';

interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly everybody: boolean;
  readonly conditioned: boolean;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Whether a JSON text is an IAM policy. Source: AWS IAM User Guide, "IAM JSON policy elements reference". */
export const looksLikeIamPolicy = (text: string): boolean => text.length < 512 * 1024 && /"Statement"\s*:/.test(text) && /"Effect"\s*:\s*"(?:Allow|Deny)"/.test(text) && !/"(?:Resources|AWSTemplateFormatVersion)"\s*:/.test(text);

/** What an edit of an IAM policy file opens, or locks out, against git HEAD. */
export function iamMarks(head: string | undefined, current: string | undefined): Mark[] {
  if (current === undefined || head === current) return [];
  const before = head === undefined ? [] : statements(head);
  const now = statements(current);
  const had = (wanted: (s: Statement) => boolean): boolean => before.some(wanted);
  const out: Mark[] = [];
  const mark = (s: { readonly start: number; readonly end: number }, kind: Mark['kind'], effects: Mark['effects'], message: string): void => {
    out.push({ range: { start: s.start, end: s.end }, logicalId: 'policy', type: 'AWS::IAM::Policy', kind, risk: 'high', effects, data: 'none', reversibility: { kind: 'reversible' }, message, fixes: [] });
  };
  for (const s of now) {
    const all = s.actions.includes('*') && s.resources.includes('*');
    if (s.effect === 'Allow' && all && !had((b) => b.effect === 'Allow' && b.actions.includes('*') && b.resources.includes('*'))) mark(s, 'exposed', ['exposure'], 'Whoever has this policy may do everything.');
    if (s.effect === 'Allow' && s.everybody && !s.conditioned && !had((b) => b.effect === 'Allow' && b.everybody && !b.conditioned)) mark(s, 'exposed', ['exposure'], 'Everybody gets what this statement allows.');
    if (s.effect === 'Deny' && all && !s.conditioned && !had((b) => b.effect === 'Deny' && b.actions.includes('*') && b.resources.includes('*'))) mark(s, 'access-lost', ['access-loss'], 'Everything is denied, also to those who could take it back.');
  }
  const first = { start: 0, end: Math.min(current.length, 1) };
  for (const b of before) if (b.effect === 'Deny' && !now.some((s) => s.effect === 'Deny' && s.text === b.text)) mark(first, 'guard-removed', ['guard-removal'], `A statement that denied ${b.actions.slice(0, 3).join(', ') || 'something'} is gone or changed.`);
  return out;
}

function statements(text: string): Statement[] {
  if (tooDeep(text)) return [];
  const value = (node: Node | undefined, key: string): Node | undefined => node?.children?.find((c) => c.type === 'property' && c.children?.[0]?.value === key)?.children?.[1];
  const list = (node: Node | undefined): string[] => (node === undefined ? [] : node.type === 'array' ? (node.children ?? []).map((c) => String(c.value)) : [String(node.value)]);
  const tree = parseTree(text);
  const found = value(tree, 'Statement') ?? value(value(tree, 'PolicyDocument'), 'Statement');
  return (found?.type === 'array' ? (found.children ?? []) : found ? [found] : []).map((s) => {
    const principal = value(s, 'Principal');
    const everybody = principal?.value === '*' || (principal?.children ?? []).some((p) => list(p.children?.[1]).includes('*'));
    return { effect: String(value(s, 'Effect')?.value), actions: list(value(s, 'Action')), resources: list(value(s, 'Resource')), everybody, conditioned: value(s, 'Condition') !== undefined, text: text.slice(s.offset, s.offset + s.length).replace(/\s+/g, ''), start: s.offset, end: s.offset + s.length };
  });
}
