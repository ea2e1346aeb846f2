import type { Effect, Risk, TextRange } from '../../../model';
import { documents, entries, get, items, textOf } from '../../engines/yaml';
import type { Mark, MarkKind } from '../mark';

/** What an edit of a kustomization removes or renames. Source: Kustomize documentation, "Kustomization file". */
export function kustomizationMarks(head: string | undefined, current: string | undefined): Mark[] {
  if (head === undefined || current === undefined || head === current) return [];
  const [before, now] = [documents(head)[0], documents(current)[0]];
  const first = { start: 0, end: Math.max(0, current.indexOf('\n')) };
  const out: Mark[] = [];
  const names = (doc: unknown): string[] => ['resources', 'bases', 'components'].flatMap((key) => items(get(doc, key)).map((i) => textOf(i) ?? ''));
  for (const gone of names(before).filter((n) => n !== '' && !names(now).includes(n))) out.push(mark('deleted', gone, 'resource', first, 'high', ['outage'], `${gone} is not part of it any more: what it describes is deleted where this is applied with pruning.`));
  for (const key of ['namePrefix', 'nameSuffix', 'namespace']) {
    const [a, b] = [textOf(get(before, key)), textOf(get(now, key))];
    if (a !== b && (a !== undefined || key !== 'namespace')) out.push(mark('replaced', key, 'kustomization', rangeOf(get(now, key), first), 'critical', ['data-loss', 'replacement'], `${key} changes from ${a ?? 'nothing'} to ${b ?? 'nothing'}: everything is created again under another name, and what stands is left behind or pruned with its volumes.`));
  }
  return out;
}

/** What an edit of a chart's values takes away. Source: Helm documentation, "Values Files", and the conventions of the widely used charts. */
export function helmValuesMarks(head: string | undefined, current: string | undefined): Mark[] {
  if (head === undefined || current === undefined || head === current) return [];
  const [before, now] = [documents(head)[0], documents(current)[0]];
  const first = { start: 0, end: Math.max(0, current.indexOf('\n')) };
  const out: Mark[] = [];
  const visit = (a: unknown, b: unknown, path: readonly string[]): void => {
    if (path.length > 12) return;
    for (const [key, was] of entries(a)) {
      const is = get(b, key);
      const [x, y] = [textOf(was), textOf(is)];
      const full = [...path, key].join('.');
      if (entries(was).length > 0) visit(was, is, [...path, key]);
      else if (x === y) continue;
      else if (key === 'enabled' && x === 'true' && y !== 'true' && /persistence|storage|volume/i.test(path.at(-1) ?? '')) out.push(mark('replaced', full, 'values', rangeOf(is, first), 'critical', ['data-loss'], `${full} is off: the release keeps its data in a folder that goes with the pod, and its claim may be deleted.`));
      else if (key === 'enabled' && x === 'true' && y !== 'true' && /^(?:pdb|podDisruptionBudget|networkPolicy|backup|metrics|auth|tls)$/i.test(path.at(-1) ?? '')) out.push(mark('guard-removed', full, 'values', rangeOf(is, first), 'high', ['guard-removal'], `${full} is off: the protection that it gives is gone.`));
      else if (/^replica(?:s|Count)$/.test(key) && y === '0') out.push(mark('interrupted', full, 'values', rangeOf(is, first), 'high', ['outage'], `${full}: no replica is left to answer.`));
      else if (/^(?:fullnameOverride|nameOverride)$/.test(key) || (key === 'existingClaim' && x !== '' && x !== undefined)) out.push(mark('replaced', full, 'values', rangeOf(is, first), 'critical', ['data-loss', 'replacement'], `${full} changes from ${x ?? 'nothing'} to ${y ?? 'nothing'}: what stands is replaced, and its volume is not used any more.`));
      else if (key === 'storageClass' || key === 'storageClassName') out.push(mark('may-replace', full, 'values', rangeOf(is, first), 'high', ['data-loss', 'replacement'], `${full} can not be changed on a claim that stands: it must be deleted and created again, with its data.`));
    }
  };
  visit(before, now, []);
  return out;
}

const rangeOf = (node: unknown, other: TextRange): TextRange => {
  const range = (node as { range?: [number, number, number] } | undefined)?.range;
  return range ? { start: range[0], end: range[1] } : other;
};

function mark(kind: MarkKind, logicalId: string, type: string, range: TextRange, risk: Risk, effects: readonly Effect[], message: string): Mark {
  const data = effects.includes('data-loss') ? 'lost' : 'none';
  return { range, logicalId, type, kind, risk, effects, data, reversibility: { kind: 'recoverable' }, message, fixes: [] };
}
