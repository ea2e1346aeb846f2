import { eachOnce, notKnown, type AffectedResource, type Dependency, type TextRange, type Unknown } from '../../../model';
import { readTable } from '../../knowledge/load';
import { dependenciesOf, exportName } from './dependencies';
import { affected, placeOf, unchanged } from './affected';
import { withDowntime } from './downtime';
import { deletionPolicy, fateOfRemoved } from './fate';
import { guardIsOn, guardsOf } from './guards';
import { tooLarge } from './limits';
import { parameterMap, type GivenParameters } from './parameters';
import { planUpdate, type Change } from './plan';
import { effectiveType, resourceType } from './resource-types';
import { resolveTemplate } from './resolve';
import type { Place, ResolvedResource, ResolvedTemplate } from './scope';
import { SAM_TRANSFORM, withGenerated } from './sam-generated';
import { propertyAt, statefulness } from './stateful-types';
import { readTemplate } from './template-text';
import { asObject, isKnown, keyOf, type Plain, type PlainObject } from './value';

/** A template with the parameters it is deployed with. The template is its text or what was read from it. */
export interface Deployment {
  readonly template: string | object | null | undefined;
  readonly parameters?: GivenParameters;
}

/** The templates of a nested stack, by the logical id that holds it. */
export interface NestedStack {
  readonly before?: Deployment;
  readonly after?: Deployment;
  readonly nested?: NestedStacks;
}
export type NestedStacks = Readonly<Record<string, NestedStack>>;

export interface PredictOptions extends Place {
  /** Templates of nested stacks, where they are known: without them, what is inside is unknown. */
  readonly nested?: NestedStacks;
  /** Logical ids that are imported, not created. */
  readonly imports?: readonly string[];
}

/** What an update or a deletion would do, without any call to AWS. */
export interface Prediction {
  /** Changed resources only, in the order of the new template, removed ones first. */
  readonly resources: readonly AffectedResource[];
  readonly dependencies: readonly Dependency[];
  readonly unknowns: readonly Unknown[];
  readonly warnings: readonly string[];
  /** Set when a template could not be read: then nothing else is known. */
  readonly problem?: { readonly side: 'before' | 'after'; readonly message: string; readonly range: TextRange };
  /** What happens to each logical id, for marks. */
  readonly changes: ReadonlyMap<string, Change>;
}

type Read = { readonly ok: true; readonly template: PlainObject } | { readonly ok: false; readonly message: string; readonly range: TextRange };

/**
 * What updating a stack from `before` to `after` would do. Nothing deployed: `before.template` null. Never throws.
 * Semantics: CloudFormation User Guide, "Update behaviors of stack resources", and recorded change sets.
 */
export function predict(before: Deployment, after: Deployment, options: PredictOptions = {}): Prediction {
  return guarded(() => predictUpdate(before, after, options));
}

/** What deleting the stack would do: every resource of it, with what stays, what is snapshotted and what is lost. Never throws. */
export function predictDelete(template: Deployment['template'], parameters?: GivenParameters, options: PredictOptions = {}): Prediction {
  return guarded(() => predictDeletion(template, parameters, options));
}

/** Functions and conditions nested into each other without end use up the stack; that is a problem of the template, not of the caller. */
function guarded(run: () => Prediction): Prediction {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return failed('after', { message: 'Its functions and conditions are nested too deeply to be worked out.', range: { start: 0, end: 0 } });
  }
}

function predictUpdate(before: Deployment, after: Deployment, options: PredictOptions): Prediction {
  const [oldRead, newRead] = [read(before.template), read(after.template)];
  if (!oldRead.ok) return failed('before', oldRead);
  if (!newRead.ok) return failed('after', newRead);
  const oldGiven = parameterMap(before.parameters);
  const newGiven = parameterMap(after.parameters, oldGiven);
  const oldTemplate = withGenerated(resolveTemplate(oldRead.template, oldGiven, options));
  const withoutValue = withGenerated(resolveTemplate(newRead.template, newGiven, options));
  // A parameter that the deployed stack has and nobody gives now can only keep its value: CloudFormation refuses the update otherwise.
  const kept = withoutValue.missingParameters.filter((name) => oldGiven.has(name));
  for (const name of kept) newGiven.set(name, oldGiven.get(name) ?? '');
  const newTemplate = kept.length === 0 ? withoutValue : withGenerated(resolveTemplate(newRead.template, newGiven, options));

  const changes = planUpdate(oldTemplate, newTemplate);
  const imports = new Set(options.imports ?? []);
  const resources: AffectedResource[] = [];
  for (const change of changes.values()) {
    const resource = affected(change, imports.has(change.id));
    if (resource !== undefined) resources.push(resource);
  }
  const inside = insideNested(changes, options);
  return {
    resources: [...resources, ...inside.resources], changes,
    dependencies: [...mergeDependencies(dependenciesOf(oldTemplate), dependenciesOf(newTemplate)), ...inside.dependencies],
    unknowns: eachOnce([
      ...unknownsOf(oldTemplate, 'deployed'), ...unknownsOf(newTemplate, 'new'),
      ...unknownsOfChanges(changes, oldTemplate, newTemplate, inside.known), ...inside.unknowns,
    ]),
    warnings: [
      ...inside.warnings,
      ...kept.map((name) => `The parameter ${name} has no value in the new deployment; this preview keeps the deployed one.`),
      ...warningsOfChanges(changes), ...notAnUpdate(changes),
    ],
  };
}

function predictDeletion(template: Deployment['template'], parameters: GivenParameters, options: PredictOptions): Prediction {
  const text = read(template);
  if (!text.ok) return failed('before', text);
  const resolved = withGenerated(resolveTemplate(text.template, parameterMap(parameters), options));
  const changes = new Map<string, Change>();
  const resources: AffectedResource[] = [];
  const unknowns = unknownsOf(resolved, 'deployed');
  const warnings: string[] = [];
  for (const resource of resolved.resources.values()) {
    if (resource.exists.known && !resource.exists.value) continue;
    changes.set(resource.id, { id: resource.id, action: 'remove', replacement: 'no', before: resource, after: undefined, causes: [], attributes: [], automatic: false });
    const { policy, because } = deletionPolicy(resource);
    const fate = fateOfRemoved(resource, policy);
    const doubt = resource.exists.known ? [] : ['Whether it was made depends on a condition that is not known here.'];
    resources.push(withDowntime({
      id: resource.id, logicalId: resource.id, type: resource.type, action: 'remove', replacement: 'no',
      outcome: fate.outcome, data: fate.data, reversibility: fate.reversibility, because: [because, ...fate.because, ...doubt], ...placeOf(resource),
    } satisfies AffectedResource));
    if (policy !== 'Retain') {
      warnings.push(...guardWarnings(resource));
      const { blocks } = statefulness(resource.type, resource.properties);
      if (blocks !== undefined) unknowns.push(notKnown('data', resource.id, `${resource.id}: ${blocks}`));
    }
  }
  const inside = insideNested(changes, options);
  for (const { name } of resolved.exports) unknowns.push(notKnown('dependents', exportName(name), `The export ${exportName(name)} goes; the deletion fails while another stack imports it. Whether one does is not known here.`));
  return {
    resources: [...resources, ...inside.resources], changes, dependencies: [...dependenciesOf(resolved), ...inside.dependencies],
    unknowns: eachOnce([...unknowns, ...inside.unknowns]), warnings: [...warnings, ...inside.warnings],
  };
}

/** What happens inside nested stacks whose templates are known, with ids that name the way to them. */
function insideNested(changes: ReadonlyMap<string, Change>, options: PredictOptions): Omit<Prediction, 'changes' | 'problem'> & { readonly known: ReadonlySet<string> } {
  const found = { resources: [] as AffectedResource[], dependencies: [] as Dependency[], unknowns: [] as Unknown[], warnings: [] as string[], known: new Set<string>() };
  for (const [id, nested] of Object.entries(options.nested ?? {})) {
    const change = changes.get(id);
    if (change === undefined || unchanged(change)) continue;
    const inner: PredictOptions = { region: options.region, account: options.account, partition: options.partition, nested: nested.nested };
    const before = nested.before ?? { template: null };
    const goes = change.action === 'remove';
    if (goes && deletionPolicy(change.before ?? { type: '', properties: {}, attributes: {} }).policy === 'Retain') continue;
    const result = goes ? predictDelete(before.template, before.parameters, inner) : predict(before, nested.after ?? before, inner);
    found.known.add(id);
    for (const resource of result.resources) {
      found.resources.push({ ...resource, id: `${id}/${resource.id}`, stack: resource.stack ?? id });
      found.dependencies.push({ from: id, to: `${id}/${resource.id}`, kind: 'nested-stack', detail: `${id} holds ${resource.logicalId}` });
    }
    for (const one of result.dependencies) found.dependencies.push({ ...one, from: `${id}/${one.from}`, to: `${id}/${one.to}` });
    found.unknowns.push(...result.unknowns.map((one) => notKnown(one.kind, `${id}/${one.subject}`, `In ${id}: ${one.text}`)));
    found.warnings.push(...result.warnings.map((sentence) => `In ${id}: ${sentence}`));
  }
  return found;
}

function read(template: Deployment['template']): Read {
  if (template === null || template === undefined) return { ok: true, template: {} };
  if (typeof template === 'string') {
    const text = readTemplate(template);
    return text.ok ? text : { ok: false, ...text.problem };
  }
  const large = tooLarge(template);
  if (large !== undefined) return { ok: false, message: large, range: { start: 0, end: 0 } };
  const object = asObject(template as Plain);
  return object === undefined ? { ok: false, message: 'The template is not a map of sections such as Resources.', range: { start: 0, end: 0 } } : { ok: true, template: object };
}

function failed(side: 'before' | 'after', { message, range }: { readonly message: string; readonly range: TextRange }): Prediction {
  const which = side === 'before' ? 'deployed' : 'new';
  return {
    resources: [], dependencies: [], changes: new Map(), warnings: [], problem: { side, message, range },
    unknowns: [notKnown('input', `the ${which} template`, `The ${which} template can't be read, so nothing about the change is known: ${message}`)],
  };
}

function unknownsOf(template: ResolvedTemplate, which: string): Unknown[] {
  const found = [...template.unknowns];
  for (const name of template.transforms) {
    if (name === 'AWS::LanguageExtensions') continue;
    found.push(notKnown('program', name, name === SAM_TRANSFORM
      ? `The transform ${name} runs when AWS makes the change; what it makes of the ${which} template is listed as documented, but not what it names by a hash: function versions, layer versions and API deployments.`
      : `The transform ${name} runs when AWS makes the change; what it adds or rewrites in the ${which} template is not in this preview.`));
  }
  for (const name of template.missingParameters) found.push(notKnown('value', name, `The parameter ${name} has no value in the ${which} deployment; what depends on it is not known.`));
  for (const name of template.lookedUpParameters) found.push(notKnown('value', name, `The parameter ${name} is looked up in SSM when the change is made; whether its value changed is not known here.`));
  return found;
}

function unknownsOfChanges(changes: ReadonlyMap<string, Change>, before: ResolvedTemplate, after: ResolvedTemplate, known: ReadonlySet<string>): Unknown[] {
  const found: Unknown[] = [];
  for (const change of changes.values()) {
    const resource = change.after ?? change.before;
    if (resource === undefined || unchanged(change)) continue;
    if (effectiveType(resource.type) === 'AWS::CloudFormation::Stack' && !known.has(change.id)) found.push(notKnown('change', change.id, `${change.id} is a nested stack: what changes inside it is not known here.`));
    if (!resourceType(resource.type).known) found.push(notKnown('program', change.id, `${change.id} is a ${resource.type}: what its provider does with the change is not known.`));
    if (change.action === 'unknown') found.push(notKnown('value', change.id, `Whether ${change.id} exists depends on a condition that is not known here.`));
    const gone = change.before;
    if (gone !== undefined && (change.action === 'remove' || change.replacement !== 'no')) {
      const { blocks } = statefulness(gone.type, gone.properties);
      if (blocks !== undefined && deletionPolicy(gone).policy !== 'Retain') found.push(notKnown('data', change.id, `${change.id}: ${blocks}`));
    }
  }
  const still = new Map(after.exports.map((one) => [keyOf(one.name), keyOf(one.value)]));
  for (const { name, value } of before.exports) {
    const now = still.get(keyOf(name));
    if (now === undefined) found.push(notKnown('dependents', exportName(name), `The export ${exportName(name)} goes; the update fails while another stack imports it. Whether one does is not known here.`));
    else if (now !== keyOf(value)) found.push(notKnown('dependents', exportName(name), `The export ${exportName(name)} gets another value; the update fails while another stack imports it. Whether one does is not known here.`));
  }
  return found;
}

/** Attributes whose change alone CloudFormation does not take for an update. */
const NO_UPDATE = new Set(['DeletionPolicy', 'UpdateReplacePolicy', 'UpdatePolicy', 'CreationPolicy']);

/** Source: "Troubleshooting CloudFormation", "No updates to perform", CloudFormation User Guide. */
function notAnUpdate(changes: ReadonlyMap<string, Change>): string[] {
  const changed = [...changes.values()].filter((change) => !unchanged(change));
  const only = changed.length > 0 && changed.every((change) => change.action === 'modify' && change.causes.length === 0 && change.attributes.every((name) => NO_UPDATE.has(name)));
  return only ? ['Only policies of resources change: CloudFormation may answer that there are no updates to perform, and then the new policies do not hold. Change something else with them, such as a resource\'s Metadata ("Troubleshooting CloudFormation").'] : [];
}

function warningsOfChanges(changes: ReadonlyMap<string, Change>): string[] {
  const found: string[] = [];
  for (const change of changes.values()) {
    const { before, after } = change;
    if (before !== undefined && change.action === 'remove' && deletionPolicy(before).policy !== 'Retain') found.push(...guardWarnings(before));
    if (before === undefined || after === undefined || change.replacement !== 'yes') continue;
    if (before.type !== after.type) {
      found.push(`${change.id} changes its type from ${before.type} to ${after.type}; CloudFormation refuses that for a logical id that exists ("Update of resource type is not permitted"). Give it a new logical id.`);
      continue;
    }
    const names = nameProperties(after.type);
    const same = names.length > 0 && names.every((name) => {
      const value = propertyAt(after.properties, name);
      return value !== undefined && isKnown(value) && keyOf(value) === keyOf(propertyAt(before.properties, name));
    });
    if (same) found.push(`${change.id} has a name of its own that stays the same; CloudFormation can't replace it while the old one holds that name, so the update fails. Rename it too ("Name type", CloudFormation template reference).`);
  }
  return found;
}

/**
 * The properties that give a resource a name of its own: no second one can be made while the first holds it.
 * Source: "Name type", CloudFormation template reference; the table `cfn-custom-names.json` for types with another identifier.
 */
function nameProperties(type: string): readonly string[] {
  const { types } = readTable<{ readonly types: Readonly<Record<string, string>> }>('cfn-custom-names.json');
  const own = Object.hasOwn(types, type) ? types[type] : undefined;
  return own === undefined ? resourceType(type).identifier : [own];
}

function guardWarnings(resource: ResolvedResource): string[] {
  return guardsOf(resource.type).flatMap((guard) => {
    if (guard.blocks !== true) return [];
    const on = guardIsOn(guard, resource.properties);
    if (on === false) return [];
    return [`${resource.id}: ${guard.what} is ${on === true ? 'on' : 'perhaps on'} (${guard.property}); deleting it fails until that is off.`];
  });
}

function mergeDependencies(before: readonly Dependency[], after: readonly Dependency[]): Dependency[] {
  const found = new Map<string, Dependency>();
  for (const one of [...after, ...before]) {
    const key = `${one.from}\u0000${one.to}\u0000${one.kind}`;
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}
