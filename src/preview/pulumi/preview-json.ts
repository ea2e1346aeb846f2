import { interruptionOf } from '../../detect/templates/cloudformation/guards';
import { notKnown, type AffectedResource, type DataOutcome, type Dependency, type Replacement, type ResourceAction, type Reversibility, type Unknown } from '../../model';
import { cloudFormationType, holdsNothing, statefulnessOfPulumi } from './types';

/** A state in Pulumi's preview. Source: `ResourceV3`, pulumi/sdk/go/common/apitype; secrets in it are masked by Pulumi. */
interface State {
  readonly type: string;
  readonly id: string | undefined;
  readonly parent: string | undefined;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly external: boolean;
  readonly dependencies: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
}

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly old: State | undefined;
  readonly now: State | undefined;
  readonly replaceReasons: readonly string[];
  readonly diffReasons: readonly string[];
}

/** What Pulumi's dry run says. */
export interface PulumiPreview {
  readonly resources: readonly AffectedResource[];
  readonly dependencies: readonly Dependency[];
  readonly unknowns: readonly Unknown[];
  readonly warnings: readonly string[];
}

const DOCS = 'pulumi preview --json';
const CREATE = new Set(['create', 'create-replacement', 'import', 'import-replacement']);
const REPLACE = new Set(['replace', 'create-replacement', 'delete-replaced', 'import-replacement']);
/** Operations without an effect on what stands. */
const QUIET = new Set(['same', 'read', 'read-replacement', 'remove-pending-replace']);

/**
 * Reads the JSON of a Pulumi preview: `{steps: [{op, urn, oldState, newState, replaceReasons, diffReasons, detailedDiff}], diagnostics}`.
 * Source: "pulumi preview" (`--json`), Pulumi CLI reference; `PreviewDigest`, pulumi/pkg/display.
 * @param verb a refresh changes only what Pulumi knows, whatever its steps are called.
 * @returns undefined when it is not that JSON.
 */
export function readPulumiPreview(data: unknown, verb: 'up' | 'destroy' | 'refresh' = 'up'): PulumiPreview | undefined {
  const digest = object(data);
  if (digest === undefined || (digest['steps'] !== undefined && !Array.isArray(digest['steps']))) return undefined;
  const steps = ((digest['steps'] ?? []) as readonly unknown[]).map(stepOf);
  if (steps.includes(undefined)) return undefined;
  const byUrn = new Map<string, Step[]>();
  for (const step of steps) if (step !== undefined) byUrn.set(step.urn, [...(byUrn.get(step.urn) ?? []), step]);
  const ids = idsOf([...byUrn.keys()]);
  const id = (urn: string): string => ids.get(urn) ?? nameOf(urn);
  const resources: AffectedResource[] = [];
  const warnings: string[] = [];
  const unknowns: Unknown[] = [];
  for (const [urn, all] of byUrn) {
    const one = verb === 'refresh' ? refreshed(all, id(urn)) : affected(all, id(urn));
    if (one === undefined) continue;
    resources.push(one);
    const old = all.find((step) => step.old !== undefined)?.old;
    if (old?.protect === true && (one.action === 'remove' || one.replacement === 'yes')) warnings.push(`${one.id} is protected: Pulumi refuses to delete it until 'pulumi state unprotect' takes that away.`);
  }
  const shown = new Set(resources.map((resource) => resource.id));
  const dependencies = [...byUrn].flatMap(([urn, all]): Dependency[] => {
    const state = all.find((step) => step.now !== undefined)?.now ?? all[0]?.old;
    if (state === undefined || !shown.has(id(urn))) return [];
    const needs = state.dependencies.map((to): Dependency => ({ from: id(urn), to: id(to), kind: 'reference', detail: `${nameOf(urn)} uses ${nameOf(to)} (Pulumi state)` }));
    const parent = state.parent === undefined || typeOf(state.parent) === 'pulumi:pulumi:Stack' ? [] : [{ from: id(urn), to: id(state.parent), kind: 'owner' as const, detail: `${nameOf(urn)} belongs to ${nameOf(state.parent)}` }];
    return [...needs, ...parent];
  });
  for (const one of array(digest['diagnostics'])) {
    const said = object(one);
    if (said?.['severity'] === 'error') warnings.push(`Pulumi reports an error: ${oneLine(said['message'])}`);
    else if (said?.['severity'] === 'warning') warnings.push(`Pulumi warns: ${oneLine(said['message'])}`);
  }
  if (digest['maybeCorrupt'] === true) unknowns.push(notKnown('state', 'the stack', 'Pulumi says that the state may be damaged: what it lists may not be all. Check it with \'pulumi stack export\'.'));
  // What stays as it is is not shown, and a need of it says nothing.
  return { resources, dependencies: dependencies.filter((d) => shown.has(d.from) && shown.has(d.to)), unknowns, warnings };
}

/** Source: "pulumi refresh", Pulumi CLI reference: it "makes the state match what the cloud provider says". */
function refreshed(steps: readonly Step[], id: string): AffectedResource | undefined {
  const one = affected(steps, id);
  if (one === undefined) return undefined;
  const { logicalId, type, path, physicalId } = one;
  const gone = steps.some((step) => step.op === 'delete');
  return {
    id, logicalId, type, ...(path === undefined ? {} : { path }), ...(physicalId === undefined ? {} : { physicalId }),
    action: gone ? 'forget' : 'none', replacement: 'no', outcome: 'unchanged', data: gone ? 'unknown' : 'kept',
    reversibility: gone ? { kind: 'recoverable', how: 'Take it over again with pulumi import, if it exists.' } : { kind: 'reversible', how: 'Nothing is done to the resource.' },
    because: [gone ? 'Pulumi no longer finds it and forgets it; the next up makes it anew if the program has it.' : `Only what Pulumi knows about it is brought up to date (${DOCS}).`],
  };
}

function affected(steps: readonly Step[], id: string): AffectedResource | undefined {
  const first = steps[0];
  if (first === undefined || steps.every((step) => QUIET.has(step.op))) return undefined;
  const { urn } = first;
  const type = typeOf(urn);
  if (type === 'pulumi:pulumi:Stack' || type.startsWith('pulumi:providers:')) return undefined;
  const old = steps.find((step) => step.old !== undefined)?.old;
  const ops = new Set(steps.map((step) => step.op));
  const base = {
    id, logicalId: nameOf(urn), type, path: pathOf(urn),
    ...(old?.id === undefined || old.id === '' ? {} : { physicalId: old.id }),
  };
  const reasons = [...new Set(steps.flatMap((step) => step.replaceReasons))];
  const changed = [...new Set(steps.flatMap((step) => step.diffReasons))];
  if ([...ops].some((op) => REPLACE.has(op))) return replaced(base, steps, old, reasons);
  const gone = ops.has('delete');
  const discarded = ops.has('discard') || ops.has('discard-replaced');
  if (gone || discarded) return removed(base, old, discarded);
  if (ops.has('update')) {
    const standing = kept(type, old);
    const interruption = interruptionOf(cloudFormationType(type) ?? '', changed.map(capital));
    return {
      ...base, action: 'modify', replacement: 'no', outcome: interruption === undefined ? 'modified' : 'interrupted', data: standing,
      reversibility: { kind: 'reversible', how: 'Run the earlier program again.' },
      ...(interruption === undefined ? {} : { downtime: { interrupted: interruption.what.startsWith('may ') ? 'may' as const : 'yes' as const } }),
      because: [...changed.slice(0, 12).map((name) => `${name} changes: updated in place (${DOCS}).`), ...(interruption === undefined ? [] : [`The change ${interruption.what} (${interruption.source}).`])],
    };
  }
  const imports = ops.has('import');
  if ([...ops].some((op) => CREATE.has(op))) {
    return {
      ...base, action: imports ? 'import' : 'add', replacement: 'no', outcome: 'added', data: imports ? 'kept' : 'none',
      reversibility: { kind: 'reversible', how: 'Take it out of the program again.' }, because: [imports ? `It is taken over as it stands (${DOCS}).` : `It is new (${DOCS}).`],
    };
  }
  if (ops.has('refresh')) {
    return { ...base, action: 'none', replacement: 'no', outcome: 'unchanged', data: 'kept', reversibility: { kind: 'reversible', how: 'Nothing is done to the resource.' }, because: [`Only what Pulumi knows about it is brought up to date (${DOCS}).`] };
  }
  const action: ResourceAction = 'unknown';
  return { ...base, action, replacement: 'may', outcome: 'unknown', data: 'unknown', reversibility: { kind: 'unknown' }, because: [`Pulumi calls this ${[...ops].join(', ')}, which this preview does not know.`] };
}

type Base = Pick<AffectedResource, 'id' | 'logicalId' | 'type' | 'path' | 'physicalId'>;

/** Pulumi makes the new one first, unless the provider or the program says `deleteBeforeReplace`; the order of the steps tells. Source: "deleteBeforeReplace", Pulumi documentation. */
function replaced(base: Base, steps: readonly Step[], old: State | undefined, reasons: readonly string[]): AffectedResource {
  const at = (op: string): number => steps.findIndex((step) => step.op === op);
  const [deleted, created] = [at('delete-replaced'), at('create-replacement')];
  const order = deleted < 0 || created < 0 ? undefined : deleted < created ? 'delete-first' as const : 'create-first' as const;
  const replacement: Replacement = 'yes';
  const fate = old === undefined ? { data: 'unknown' as DataOutcome, reversibility: { kind: 'unknown' as const }, because: [] } : fateOf(base.type, old);
  return {
    ...base, action: 'modify', replacement, outcome: fate.data === 'unknown' ? 'unknown' : 'replaced', data: fate.data, reversibility: fate.reversibility,
    downtime: { interrupted: order === 'delete-first' ? 'yes' : 'may', ...(order === undefined ? {} : { order }) },
    because: [...reasons.slice(0, 12).map((name) => `${name} changes: requires replacement (${DOCS}).`), ...fate.because],
  };
}

function removed(base: Base, old: State | undefined, discarded: boolean): AffectedResource {
  if (discarded || old?.external === true) {
    return { ...base, action: 'forget', replacement: 'no', outcome: 'retained', data: 'kept', reversibility: { kind: 'reversible', how: 'Read it into the program again.' }, because: ['Pulumi only stops knowing it; it was never made by this stack.'] };
  }
  if (old?.retainOnDelete === true) {
    return {
      ...base, action: 'forget', replacement: 'no', outcome: 'retained', data: 'orphaned', downtime: { interrupted: 'no' },
      reversibility: { kind: 'recoverable', how: 'It stays in the account; take it over again with pulumi import.', until: 'somebody deletes it by hand' },
      because: ['retainOnDelete is set: it stays, and Pulumi no longer manages it ("retainOnDelete", Pulumi documentation).'],
    };
  }
  const fate = old === undefined ? { data: 'unknown' as DataOutcome, reversibility: { kind: 'unknown' as const }, because: [] } : fateOf(base.type, old);
  return { ...base, action: 'remove', replacement: 'no', outcome: fate.data === 'unknown' ? 'unknown' : fate.data === 'snapshotted' ? 'snapshotted' : 'lost', data: fate.data, reversibility: fate.reversibility, downtime: { interrupted: 'yes' }, because: [`It is deleted (${DOCS}).`, ...fate.because] };
}

interface DeletedFate {
  readonly data: DataOutcome;
  readonly reversibility: Reversibility;
  readonly because: readonly string[];
}

/** What a deletion takes with it. A database's last snapshot is a matter of its inputs. Source: Pulumi Registry, `aws.rds.Instance`, `aws.rds.Cluster`. */
function fateOf(type: string, old: State): DeletedFate {
  const known = cloudFormationType(type);
  const state = statefulnessOfPulumi(type, old.inputs);
  if (known === undefined || state === undefined) {
    if (old.id !== undefined && holdsNothing(type)) return { data: 'none', reversibility: { kind: 'recoverable', how: 'Run the earlier program again; it gets a new identity.', until: 'the program is lost' }, because: ['It holds no data: its type is one of configuration.'] };
    // A component is only a name for others.
    const component = old.id === undefined;
    return component
      ? { data: 'none', reversibility: { kind: 'reversible', how: 'Run the earlier program again.' }, because: ['It is a component: what belongs to it is listed by itself.'] }
      : { data: 'unknown', reversibility: { kind: 'unknown', how: `What deleting a ${type} does is up to its provider: ask its owner.` }, because: [`What ${type} holds is not known: confirm with its owner.`] };
  }
  if (/^AWS::(?:RDS|DocDB|Neptune)::DBCluster$|^AWS::RDS::DBInstance$/.test(known) && type.startsWith('aws:')) {
    if (old.inputs['skipFinalSnapshot'] === true) return { data: 'lost', reversibility: state.afterDeletion, because: [`skipFinalSnapshot is true: no last snapshot is taken. Source: ${state.source}.`] };
    if (typeof old.inputs['finalSnapshotIdentifier'] === 'string') return { data: 'snapshotted', reversibility: { kind: 'recoverable', how: 'Restore the final snapshot.', until: 'that snapshot is deleted' }, because: ['finalSnapshotIdentifier is set: a last snapshot is taken.'] };
    return { data: 'unknown', reversibility: { kind: 'unknown', how: 'Set finalSnapshotIdentifier.' }, because: ['Whether a last snapshot is taken is not set: the deletion fails without finalSnapshotIdentifier or skipFinalSnapshot.'] };
  }
  return {
    data: state.holdsData ? 'lost' : state.tier === 'unknown' ? 'unknown' : 'none', reversibility: state.afterDeletion,
    because: [state.holdsData ? `It holds data (as a ${known}), which goes with it. Source: ${state.source}.` : `It holds no data (as a ${known}).`],
  };
}

function kept(type: string, old: State | undefined): DataOutcome {
  const state = statefulnessOfPulumi(type, old?.inputs ?? {});
  if (state === undefined) return old?.id === undefined || holdsNothing(type) ? 'none' : 'unknown';
  return state.holdsData ? 'kept' : 'none';
}

function stepOf(value: unknown): Step | undefined {
  const step = object(value);
  const [op, urn] = [step?.['op'], step?.['urn']];
  if (typeof op !== 'string' || typeof urn !== 'string') return undefined;
  const detailed = object(step?.['detailedDiff']) ?? {};
  const replacing = Object.entries(detailed).filter(([, diff]) => String(object(diff)?.['kind']).endsWith('-replace')).map(([name]) => name);
  const reasons = strings(step?.['replaceReasons']);
  return {
    op, urn, old: stateOf(step?.['oldState']), now: stateOf(step?.['newState']),
    replaceReasons: reasons.length > 0 ? reasons : replacing, diffReasons: strings(step?.['diffReasons']).length > 0 ? strings(step?.['diffReasons']) : Object.keys(detailed),
  };
}

function stateOf(value: unknown): State | undefined {
  const state = object(value);
  if (state === undefined) return undefined;
  const text = (name: string): string | undefined => (typeof state[name] === 'string' ? state[name] : undefined);
  return {
    type: text('type') ?? '', id: text('id'), parent: text('parent'), protect: state['protect'] === true, retainOnDelete: state['retainOnDelete'] === true,
    external: state['external'] === true, dependencies: strings(state['dependencies']), inputs: object(state['inputs']) ?? {},
  };
}

/** `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`; a name may have colons of its own. Source: "URNs", Pulumi documentation. */
function partsOf(urn: string): readonly [string, string] {
  const parts = urn.split('::');
  return [parts[2] ?? '', parts.slice(3).join('::') || urn];
}

function typeOf(urn: string): string {
  return partsOf(urn)[0].split('$').at(-1) ?? '';
}

function nameOf(urn: string): string {
  return partsOf(urn)[1];
}

function pathOf(urn: string): string {
  const [types, name] = partsOf(urn);
  return `${types.split('$').join('/')}/${name}`;
}

/** Names where they are unique, else names with types. */
function idsOf(urns: readonly string[]): Map<string, string> {
  const count = new Map<string, number>();
  for (const urn of urns) count.set(nameOf(urn), (count.get(nameOf(urn)) ?? 0) + 1);
  return new Map(urns.map((urn) => [urn, (count.get(nameOf(urn)) ?? 0) > 1 ? `${nameOf(urn)} (${partsOf(urn)[0]})` : nameOf(urn)]));
}

/** Pulumi's properties begin small, CloudFormation's large. */
function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function oneLine(value: unknown): string {
  const text = typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : 'it gives no reason';
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

function object(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

function array(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function strings(value: unknown): string[] {
  return array(value).filter((one): one is string => typeof one === 'string');
}
