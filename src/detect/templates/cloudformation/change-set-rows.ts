import type { AffectedResource, Replacement, ResourceAction } from '../../../model';
import { placeOf } from './affected';
import { withDowntime } from './downtime';
import { deletionPolicy, fateOfKept, fateOfRemoved, fateOfReplaced, replacePolicy, type Policy } from './fate';
import { interruptionOf } from './guards';
import { loosened, mayLoosen, opened, withLoosened } from './loosened';
import type { Loosening } from './loosening';
import { worseReplacement } from './plan';
import { parameterMap, type GivenParameters } from './parameters';
import { resolveTemplate } from './resolve';
import type { ResolvedResource } from './scope';
import { readTemplate } from './template-text';
import { asObject, type Plain, type PlainObject } from './value';
import { tooLarge } from './limits';

/** The parts of a `Changes` row of DescribeChangeSet that are read. */
export interface ChangeSetRow {
  readonly Type?: string;
  readonly ResourceChange?: {
    readonly Action?: string;
    readonly LogicalResourceId?: string;
    readonly PhysicalResourceId?: string;
    readonly ResourceType?: string;
    readonly Replacement?: string;
    readonly PolicyAction?: string;
    readonly Scope?: readonly string[];
    readonly Details?: readonly ChangeSetDetail[];
    readonly BeforeContext?: unknown;
    readonly AfterContext?: unknown;
  };
}

interface ChangeSetDetail {
  readonly Evaluation?: string;
  readonly ChangeSource?: string;
  readonly CausingEntity?: string;
  readonly Target?: {
    readonly Attribute?: string;
    readonly Name?: string;
    readonly RequiresRecreation?: string;
    readonly AfterValue?: string;
  };
}

type ResourceChange = NonNullable<ChangeSetRow['ResourceChange']>;

/** The templates on both sides, where they are known: they give policies and conditions that rows leave out. */
export interface RowTemplates {
  readonly before?: { readonly template: string | object; readonly parameters?: GivenParameters };
  readonly after?: { readonly template: string | object; readonly parameters?: GivenParameters };
}

const OPEN_VALUE = '{{changeSet:KNOWN_AFTER_APPLY}}';

/**
 * What a change set would do, from both of its descriptions: the plain one is complete, the one with property values knows more
 * but silently lacks rows. Order: that of the plain rows, then rows that only the other has.
 * Sources: DescribeChangeSet and ResourceChange, CloudFormation API reference; recorded change sets.
 */
export function fromChangeSetRows(plainRows: readonly ChangeSetRow[], rowsWithValues: readonly ChangeSetRow[], templates: RowTemplates = {}): AffectedResource[] {
  const joined = new Map<string, ResourceChange[]>();
  for (const row of [...plainRows, ...rowsWithValues]) {
    const change = row.ResourceChange;
    if (change?.LogicalResourceId === undefined || (row.Type !== undefined && row.Type !== 'Resource')) continue;
    const views = joined.get(change.LogicalResourceId);
    if (views === undefined) joined.set(change.LogicalResourceId, [change]);
    else views.push(change);
  }
  const old = resolved(templates.before);
  const next = resolved(templates.after);
  return [...joined].map(([id, views]) => {
    const resource = fromViews(id, views, old?.get(id), next?.get(id));
    return { ...withDowntime(resource, interruptionOf(resource.type, namesIn(views))), ...placeOf(next?.get(id) ?? old?.get(id)) };
  });
}

function fromViews(id: string, views: readonly ResourceChange[], before: ResolvedResource | undefined, after: ResolvedResource | undefined): AffectedResource {
  const first = <K extends keyof ResourceChange>(key: K): ResourceChange[K] => views.find((view) => view[key] !== undefined)?.[key];
  const type = first('ResourceType') ?? after?.type ?? before?.type ?? 'unknown';
  const action = actionOf(views.map((view) => view.Action));
  const context = (key: 'BeforeContext' | 'AfterContext'): PlainObject => propertiesIn(first(key));
  const resource = { type, properties: before?.properties ?? after?.properties ?? context('BeforeContext'), attributes: before?.attributes ?? {} };
  const physicalId = first('PhysicalResourceId');
  const same = { id, logicalId: id, ...(physicalId ? { physicalId } : {}), type, action };
  const policyAction = first('PolicyAction');
  switch (action) {
    case 'add':
      return { ...same, replacement: 'no', outcome: 'added', data: 'none', reversibility: { kind: 'reversible', how: 'Take it out of the template again.' }, because: ['It is new (change set).'], ...openings(type, after, context('AfterContext')) };
    case 'import':
      return { ...same, replacement: 'no', outcome: 'added', data: fateOfKept(resource, undefined).data, reversibility: { kind: 'reversible', how: 'Give it DeletionPolicy Retain and take it out of the template again.' }, because: ['It is imported into the stack as it stands (change set).'] };
    case 'none':
      return { ...same, replacement: 'no', outcome: 'unchanged', data: fateOfKept(resource, undefined).data, reversibility: { kind: 'reversible', how: 'Nothing is done to the resource.' }, because: ['Only what the stack knows about it is brought up to date (change set).'] };
    case 'remove': {
      const { policy, because } = policyAction === undefined ? deletionPolicy(resource) : { policy: policyOf(policyAction), because: `The change set says ${policyAction}.` };
      const fate = fateOfRemoved(resource, policy);
      return { ...same, replacement: 'no', outcome: fate.outcome, data: fate.data, reversibility: fate.reversibility, because: [because, ...fate.because] };
    }
    case 'modify': {
      const replacement = replacementOf(views);
      const reasons = [...new Set(views.flatMap((view) => (view.Details ?? []).map(sentence)))];
      if (replacement === 'no') {
        const interruption = interruptionOf(type, namesIn(views));
        const fate = fateOfKept(resource, interruption && `The change ${interruption.what} (${interruption.source}).`);
        const kept: AffectedResource = { ...same, replacement, outcome: fate.outcome, data: fate.data, reversibility: fate.reversibility, because: [...reasons, ...fate.because] };
        return withLoosened(kept, looseningsIn(type, views, before, after));
      }
      const { policy, because } = policyAction === undefined ? replacePolicy(after?.attributes ?? {}) : { policy: policyOf(policyAction), because: `The change set says ${policyAction}.` };
      const fate = fateOfReplaced(resource, policy, replacement === 'yes');
      const replaced: AffectedResource = { ...same, replacement, outcome: fate.outcome, data: fate.data, reversibility: fate.reversibility, because: [...reasons, because, ...fate.because] };
      return withLoosened(replaced, looseningsIn(type, views, before, after));
    }
    default:
      return {
        ...same, replacement: 'may', outcome: 'unknown', data: 'unknown',
        reversibility: { kind: 'unknown', how: 'Look at the change set of the nested stack, or at the resource itself.' },
        because: ['CloudFormation can’t say what happens to it before it runs (change set).'],
      };
  }
}

/**
 * What the change takes off or opens: by the values that the change set tells, and by the templates, which know what it leaves out.
 * Where neither does, by the names of what changes.
 */
function looseningsIn(type: string, views: readonly ResourceChange[], before: ResolvedResource | undefined, after: ResolvedResource | undefined): readonly Loosening[] {
  const view = views.find((one) => one.BeforeContext !== undefined && one.AfterContext !== undefined);
  const told = view === undefined ? [] : loosened({ type, properties: propertiesIn(view.BeforeContext) }, { type, properties: propertiesIn(view.AfterContext) });
  const written = before === undefined || after === undefined ? [] : loosened(before, after);
  if (view === undefined && (before === undefined || after === undefined)) return mayLoosen(type, namesIn(views));
  // What the change set tells is what is deployed: it settles what a template alone leaves open.
  return [...told, ...written.filter((one) => one.certain || view === undefined)];
}

function openings(type: string, after: ResolvedResource | undefined, context: PlainObject): Pick<AffectedResource, 'effects'> {
  const { effects } = withLoosened({ because: [] }, opened({ type, properties: after?.properties ?? context }));
  return effects === undefined ? {} : { effects };
}

/** The properties that change, by name. */
function namesIn(views: readonly ResourceChange[]): string[] {
  return views.flatMap((view) => (view.Details ?? []).map((detail) => detail.Target?.Name ?? ''));
}

/** The action, read before anything else: an Add can carry `Replacement: True` and is still an Add. */
function actionOf(actions: readonly (string | undefined)[]): ResourceAction {
  const found = new Set(actions);
  if (found.has('Remove')) return 'remove';
  if (found.has('Dynamic')) return 'unknown';
  if (found.has('Modify')) return 'modify';
  if (found.has('Import')) return 'import';
  if (found.has('Add')) return 'add';
  return found.has('SyncWithActual') ? 'none' : 'unknown';
}

/** The gravest of both views; a replacement that hangs only on values known after the update is a possible one. */
function replacementOf(views: readonly ResourceChange[]): Replacement {
  const open = new Set<string>();
  for (const view of views) {
    for (const { Target } of view.Details ?? []) if (Target?.AfterValue?.includes(OPEN_VALUE)) open.add(Target.Name ?? '');
  }
  return views.reduce<Replacement>((worst, view) => worseReplacement(worst, oneReplacement(view, open)), 'no');
}

function oneReplacement(view: ResourceChange, open: ReadonlySet<string>): Replacement {
  if (view.Replacement === 'Conditional') return 'may';
  if (view.Replacement !== 'True') return 'no';
  const forcing = (view.Details ?? []).filter((detail) => detail.Target?.RequiresRecreation === 'Always');
  if (forcing.length === 0) return open.size > 0 ? 'may' : 'yes';
  return forcing.some((detail) => !open.has(detail.Target?.Name ?? '')) ? 'yes' : 'may';
}

function policyOf(action: string): Policy {
  switch (action.replace(/^ReplaceAnd/, '')) {
    case 'Delete': return 'Delete';
    case 'Retain': return 'Retain';
    case 'Snapshot': return 'Snapshot';
    default: return 'unknown';
  }
}

/** One reason in words; never a value, which may be a secret. */
function sentence(detail: ChangeSetDetail): string {
  const name = detail.Target?.Name ?? detail.Target?.Attribute ?? 'Something';
  const why = detail.CausingEntity === undefined ? '' : ` through ${detail.CausingEntity}`;
  switch (detail.Target?.RequiresRecreation) {
    case 'Always': return `${name} changes${why}: requires replacement (change set).`;
    case 'Conditionally': return `${name} changes${why}: may require replacement (change set).`;
    default: return `${name} changes${why}: updated in place (change set).`;
  }
}

function propertiesIn(context: unknown): PlainObject {
  let data = context;
  if (typeof context === 'string') {
    try {
      data = JSON.parse(context);
    } catch {
      return {};
    }
  }
  return asObject(asObject(data as Plain)?.['Properties']) ?? {};
}

function resolved(side: RowTemplates['before']): ReadonlyMap<string, ResolvedResource> | undefined {
  if (side === undefined) return undefined;
  let template: PlainObject | undefined;
  if (typeof side.template === 'string') {
    const read = readTemplate(side.template);
    template = read.ok ? read.template : undefined;
  } else if (tooLarge(side.template) === undefined) template = asObject(side.template as Plain);
  return template && resolveTemplate(template, parameterMap(side.parameters), {}).resources;
}
