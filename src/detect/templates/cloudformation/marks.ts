import type { AffectedResource, Dependency, Effect, Risk, TextRange } from '../../../model';
import type { Fix, Mark, MarkKind, Related } from '../mark';
import { affected } from './affected';
import { deletionPolicy, replacePolicy, type Policy } from './fate';
import { guardIsOn, guardsOf } from './guards';
import { loosened } from './loosened';
import type { Change } from './plan';
import { predict, type PredictOptions } from './predict';
import { putBack, setAttributes } from './quick-fixes';
import { isTemplate, looksLikeTemplate } from './recognise';
import { removedPlace } from './removed-place';
import { statefulness } from './stateful-types';
import { readTemplate, type TemplateText } from './template-text';
import type { GivenParameters } from './parameters';
import { asObject, type Plain } from './value';

export type { Mark, MarkKind } from '../mark';

export interface MarkOptions extends PredictOptions {
  /** The parameters the stack is deployed with, when they are known. */
  readonly parameters?: GivenParameters;
}

/** More than this nobody reads. */
const MOST_DEPENDENTS = 20;

/** The dear steps of a comparison, to be counted by a test: each text is read once and the two are compared once. */
export interface Steps {
  readonly read: typeof readTemplate;
  readonly compare: typeof predict;
}

/**
 * What deploying the current text over the text at HEAD would replace, delete or strip of a guard. Never throws.
 * @param head the committed text; undefined for a new file, which has nothing to be compared with: no marks.
 * @param current the text in the editor; undefined when the file is gone.
 */
export function marks(head: string | undefined, current: string | undefined, options: MarkOptions = {}, { read, compare }: Steps = { read: readTemplate, compare: predict }): Mark[] {
  if (head === undefined || head === current || !looksLikeTemplate(head)) return current === undefined ? [] : unreadable(current, read);
  if (current === undefined || current.trim() === '') return [goneMark(head, current ?? '', read)];
  const now = read(current);
  if (!now.ok) return [problemMark(now.problem.range, `${now.problem.message} What this edit would replace or delete can't be told until that is put right.`)];
  const then = read(head);
  if (!then.ok) return [problemMark(firstLine(current), `The version at git HEAD can't be read, so this edit can't be compared with it: ${then.problem.message}`)];
  const deployed = { template: then.template, parameters: options.parameters };
  const prediction = compare(deployed, { template: now.template, parameters: options.parameters }, options);
  if (prediction.problem !== undefined) return [problemMark(prediction.problem.range, prediction.problem.message)];
  const found: Mark[] = [];
  for (const change of prediction.changes.values()) {
    // What a transform makes stands nowhere in the text; what it is made from does.
    if ((change.after ?? change.before)?.generated === true) continue;
    const mark = changeMark(change, then, now);
    if (mark !== undefined) found.push(mark.kind === 'interrupted' ? mark : { ...mark, related: dependents(change.id, prediction.dependencies, now) });
    if (change.before !== undefined && change.after !== undefined && change.action !== 'remove') found.push(...guardMarks(change, then, now));
  }
  for (const { message, range } of now.warnings) found.push(problemMark(range, message));
  return found.sort((a, b) => a.range.start - b.range.start);
}

/** A text that can't be read says so also where nothing is compared, when it is clearly meant to be a template. */
function unreadable(current: string, read: Steps['read']): Mark[] {
  if (!looksLikeTemplate(current)) return [];
  const now = read(current);
  return now.ok ? [] : [problemMark(now.problem.range, now.problem.message)];
}

/** What depends on a resource that goes or is replaced, each at its place. */
function dependents(id: string, dependencies: readonly Dependency[], now: TemplateText): Related[] {
  return dependencies.filter((d) => d.to === id).slice(0, MOST_DEPENDENTS).flatMap((d) => {
    const place = now.find(['Resources', d.from]) ?? (d.kind === 'export' ? now.find(['Outputs']) : undefined);
    return place ? [{ range: place.key ?? place.value, message: `${d.from.replace(/^(\w+):/, '$1 ')} depends on it: ${d.detail}` }] : [];
  });
}

function goneMark(head: string, current: string, read: Steps['read']): Mark {
  const then = read(head);
  const count = then.ok && isTemplate(then.template) ? Object.keys(then.template['Resources'] ?? {}).length : undefined;
  const what = count === undefined ? 'its resources' : count === 1 ? 'its 1 resource' : `its ${count} resources`;
  return {
    ...problemMark({ start: 0, end: current.length }, `The template is empty or gone; at git HEAD it had ${what}. Deploying without it is refused, and deleting the stack deletes ${what}.`),
    risk: 'high',
  };
}

function problemMark(range: TextRange, message: string): Mark {
  return {
    range, logicalId: '', type: '', kind: 'problem', risk: 'medium', effects: ['unknown'], data: 'unknown',
    reversibility: { kind: 'unknown', how: 'Put the template right and look again.' }, message, fixes: [],
  };
}

function firstLine(text: string): TextRange {
  const end = text.indexOf('\n');
  return { start: 0, end: end < 0 ? text.length : end };
}

function changeMark(change: Change, head: TemplateText, now: TemplateText): Mark | undefined {
  const resource = affected(change);
  if (resource === undefined || change.automatic) return undefined;
  const old = change.before ?? change.after;
  if (old === undefined) return undefined;
  const base = { logicalId: change.id, type: resource.type, data: resource.data, reversibility: resource.reversibility };
  if (resource.action === 'remove') {
    const again = putBack(head, now, ['Resources'], change.id);
    const fixes = change.after === undefined && again.length > 0 ? [{ title: `Put ${change.id} back`, edits: again }] : [];
    const range = change.after === undefined ? goneRange(head, now, change.id) : rangeAt(now, editedPlace(head, now, ['Resources', change.id, 'Condition']));
    return { ...base, range, kind: 'deleted', risk: riskOf(resource), effects: effectsOf(resource, 'identity-loss'), message: removalMessage(change, resource), fixes };
  }
  if (resource.replacement !== 'no') {
    const cause = change.causes.find((one) => one.replacement === resource.replacement);
    const range = rangeAt(now, cause === undefined || cause.names.length === 0 ? ['Resources', change.id, 'Type'] : editedPlace(head, now, ['Resources', change.id, 'Properties', ...cause.path]));
    return {
      ...base, range, kind: resource.replacement === 'yes' ? 'replaced' : 'may-replace', risk: riskOf(resource), effects: effectsOf(resource, 'replacement'),
      message: replacementMessage(change, resource, cause?.names.join('.') ?? ''), fixes: replacementFixes(change, now),
    };
  }
  if (resource.outcome === 'interrupted') {
    const cause = change.causes[0];
    return {
      ...base, range: rangeAt(now, ['Resources', change.id, 'Properties', ...(cause?.path ?? [])]), kind: 'interrupted', risk: 'medium', effects: ['outage'],
      message: `${change.id} (${resource.type}) is interrupted: ${resource.because.at(-1) ?? ''}`, fixes: [],
    };
  }
  if (resource.action === 'unknown') {
    return {
      ...base, range: rangeAt(now, ['Resources', change.id]), kind: 'may-replace', risk: 'medium', effects: ['unknown'],
      message: `${change.id} (${resource.type}) may be added or deleted: its condition depends on a value that is not known here.`, fixes: [],
    };
  }
  return undefined;
}

/** Where a resource stood that is gone, else the `Resources` key. */
function goneRange(head: TemplateText, now: TemplateText, id: string): TextRange {
  const place = head.find(['Resources', id]);
  const start = place?.key?.start ?? place?.value.start;
  return (start === undefined ? undefined : removedPlace(head.text, now.text, start)) ?? rangeAt(now, ['Resources']);
}

/**
 * The place of the edit that changes a property: the property itself, or, when it reads as before, the parameter, condition or
 * mapping that its value comes from.
 */
function editedPlace(head: TemplateText, now: TemplateText, path: readonly (string | number)[]): readonly (string | number)[] {
  const at = path.slice(0, path[2] === 'Condition' ? 3 : 4);
  const written = JSON.stringify(dig(now.template, at) ?? null);
  if (written !== JSON.stringify(dig(head.template, at) ?? null)) return path;
  for (const section of ['Parameters', 'Conditions', 'Mappings']) {
    for (const [name, value] of Object.entries(asObject(now.template[section]) ?? {})) {
      if (![`"${name}"`, `\${${name}}`].some((text) => written.includes(text))) continue;
      if (JSON.stringify(value) !== JSON.stringify(dig(head.template, [section, name]) ?? null)) return [section, name, ...(section === 'Parameters' ? ['Default'] : [])];
    }
  }
  return path;
}

function dig(data: Plain, path: readonly (string | number)[]): Plain | undefined {
  let at: Plain | undefined = data;
  for (const step of path) at = Array.isArray(at) ? (at as readonly Plain[])[Number(step)] : asObject(at)?.[step];
  return at;
}

/** The place of a path in the text, or of the nearest thing around it: a key where there is one. */
function rangeAt(source: TemplateText, path: readonly (string | number)[]): TextRange {
  for (let length = path.length; length > 0; length--) {
    const place = source.find(path.slice(0, length));
    if (place !== undefined) return place.key ?? firstLineOf(source.text, place.value);
  }
  return firstLine(source.text);
}

function firstLineOf(text: string, range: TextRange): TextRange {
  const end = text.indexOf('\n', range.start);
  return { start: range.start, end: end < 0 || end > range.end ? range.end : end };
}

function removalMessage(change: Change, resource: AffectedResource): string {
  const why = change.after === undefined ? 'is no longer in the template' : 'has a condition that becomes false';
  return `${change.id} (${resource.type}) ${why}: ${fateWords(resource)}.`;
}

function replacementMessage(change: Change, resource: AffectedResource, property: string): string {
  const certain = resource.replacement === 'yes' ? 'is replaced by a new one' : 'may be replaced by a new one';
  const because = property === '' ? 'its type changes' : `${property} changes`;
  const kept = resource.data === 'orphaned' ? 'the old one stays in the account with its data, outside the stack'
    : resource.data === 'snapshotted' ? 'the old one is deleted after a snapshot'
      : resource.data === 'lost' ? 'the old one is deleted with its data'
        : resource.data === 'unknown' ? 'what happens to its data is unknown' : 'the old one is deleted; it holds no data';
  return `${change.id} (${resource.type}) ${certain}, because ${because}: ${kept}.`;
}

function fateWords(resource: AffectedResource): string {
  switch (resource.outcome) {
    case 'retained': return 'it stays in the account, outside the stack';
    case 'snapshotted': return 'it is deleted after a snapshot is taken';
    case 'unknown': return 'it is deleted, and what is lost with it is unknown';
    default: return resource.data === 'lost' ? 'it is deleted with its data' : 'it is deleted; it holds no data';
  }
}

function effectsOf(resource: AffectedResource, first: Effect): Effect[] {
  const effects: Effect[] = [first];
  if (resource.data === 'lost') effects.unshift('data-loss');
  if (resource.data === 'unknown') effects.push('unknown');
  if (resource.outcome === 'lost' || resource.outcome === 'replaced') effects.push('outage');
  return effects;
}

function riskOf(resource: AffectedResource): Risk {
  const lowered = resource.replacement === 'may';
  if (resource.data === 'lost') return resource.reversibility.kind === 'irreversible' && !lowered ? 'critical' : 'high';
  if (resource.data === 'unknown') return lowered ? 'medium' : 'high';
  if (resource.outcome === 'retained') return 'low';
  return 'medium';
}

function replacementFixes(change: Change, now: TemplateText): Fix[] {
  const resource = change.before;
  if (resource === undefined || replacePolicy(change.after?.attributes ?? {}).policy === 'Retain') return [];
  const state = statefulness(resource.type, resource.properties);
  if (state.tier === 'stateless') return [];
  const fixes: Fix[] = [];
  const add = (title: string, attributes: Record<string, string>): void => {
    const edits = setAttributes(now, change.id, attributes);
    if (edits.length > 0) fixes.push({ title, edits });
  };
  add('Keep the old resource: UpdateReplacePolicy and DeletionPolicy Retain', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  if (state.snapshot) add('Take a snapshot of the old resource: UpdateReplacePolicy Snapshot', { UpdateReplacePolicy: 'Snapshot' });
  return fixes;
}

const STRENGTH: Readonly<Record<Policy, number>> = { Delete: 0, unknown: 0, Snapshot: 1, Retain: 2 };

function guardMarks(change: Change, head: TemplateText, now: TemplateText): Mark[] {
  const { before, after } = change;
  if (before === undefined || after === undefined || before.type !== after.type) return [];
  const state = statefulness(after.type, after.properties);
  const found: Mark[] = [];
  const mark = (name: string, path: readonly string[], message: string, fixes: readonly Fix[], risk: Risk): void => {
    found.push({
      range: rangeAt(now, path), logicalId: change.id, type: after.type, kind: 'guard-removed', risk, effects: ['guard-removal'],
      data: state.holdsData ? 'kept' : 'none', reversibility: { kind: 'reversible', how: `Set ${name} again and deploy.` }, message, fixes,
    });
  };
  const policies = [
    ['DeletionPolicy', deletionPolicy(before).policy, deletionPolicy(after).policy, 'removed from the stack'],
    ['UpdateReplacePolicy', replacePolicy(before.attributes).policy, replacePolicy(after.attributes).policy, 'replaced'],
  ] as const;
  for (const [name, old, next, when] of policies) {
    if (STRENGTH[next] >= STRENGTH[old]) continue;
    const result = next === 'Snapshot' ? 'then deleted after a snapshot' : state.holdsData ? 'then deleted with its data' : 'then deleted';
    const edits = setAttributes(now, change.id, { [name]: old });
    mark(name, ['Resources', change.id, name], `${change.id} (${after.type}) loses its ${name}: ${old}; when it is ${when}, it is ${result}.`,
      edits.length > 0 ? [{ title: `Set ${name}: ${old} again`, edits }] : [], state.tier === 'stateless' ? 'low' : 'high');
  }
  for (const guard of guardsOf(after.type)) {
    if (guardIsOn(guard, before.properties) !== true || guardIsOn(guard, after.properties) === true) continue;
    const top = guard.property.split(/[.[]/)[0] ?? guard.property;
    const edits = putBack(head, now, ['Resources', change.id, 'Properties'], top);
    const consequence = guard.blocks === true ? 'a deletion is no longer refused' : 'there is less to come back to after a loss';
    mark(guard.property, ['Resources', change.id, 'Properties', ...guard.property.split(/[.[]/).filter((part) => !part.includes(']'))],
      `${change.id} (${after.type}) loses its ${guard.what} (${guard.property}): ${consequence}.`,
      edits.length > 0 ? [{ title: `Turn ${guard.what} on again`, edits }] : [], guard.blocks === true || state.holdsData ? 'high' : 'medium');
  }
  // What else is taken off, opened or left to expire: the preview says the same of it.
  const all = loosened(before, after);
  const guards = new Set(all.filter((one) => one.guard === true).map((one) => one.property));
  for (const { property, effect, says } of all.filter((one) => one.certain && !guards.has(one.property))) {
    found.push({
      range: rangeAt(now, ['Resources', change.id, 'Properties', ...property.split('.')]), logicalId: change.id, type: after.type, kind: MARK_OF[effect] ?? 'guard-removed',
      risk: effect === 'data-loss' || effect === 'exposure' ? 'high' : 'medium', effects: [effect], data: effect === 'data-loss' ? 'lost' : state.holdsData ? 'kept' : 'none',
      reversibility: effect === 'data-loss' ? { kind: 'irreversible' } : { kind: 'reversible', how: `Set ${property} again and deploy.` }, message: `${change.id} (${after.type}): ${says}`, fixes: [],
    });
  }
  return found;
}

const MARK_OF: Readonly<Partial<Record<Effect, MarkKind>>> = { exposure: 'exposed', outage: 'interrupted' };
