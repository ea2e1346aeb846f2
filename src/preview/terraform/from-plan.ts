import { notKnown, OUTCOMES, type AffectedResource, type Dependency, type Downtime, type Unknown } from '../../model';
import { longWords } from '../../detect/templates/cloudformation/downtime';
import { cloudFormationType } from './data-types';
import { fateOfGone } from './fate';
import { loosened, opaque, openedByNew } from './loosened';
import type { RemovedCommand } from './removed';
import { writesOver } from './writes-over';
import type { ConfigModule, Plan, PlanChange, Values } from './plan-json';
import { blockEdges, blockOf, instanceEdges } from './references';
import { pathWords, reasonWords } from './words';

export interface Read {
  readonly resources: readonly AffectedResource[];
  readonly dependencies: readonly Dependency[];
  readonly warnings: readonly string[];
  readonly unknowns: readonly Unknown[];
}

/**
 * What a plan does, as a blast radius: every change with its reason, the fate of its data and the way back, and who needs it.
 * @param plan as `readPlan` gives it. Values of resources are asked, and never repeated.
 */
export function fromPlan(plan: Plan, { refreshOnly = false, removes = [] }: Around = {}): Read {
  const warnings: string[] = [];
  const changes = plan.changes.filter((c) => c.mode === 'managed');
  const edges = blockEdges(plan.configuration, plan.state);
  const instances = instanceEdges(edges, changes.map(idOf));
  const made = new Map(changes.filter((c) => c.actions.join() === 'create').map((c) => [idOf(c), c.type]));
  const beside = new Map<string, string[]>();
  for (const { from, to } of instances) {
    const type = made.get(to);
    if (type !== undefined) beside.set(from, [...(beside.get(from) ?? []), type]);
  }
  const told = changes.flatMap((c) => {
    const { resource, blocked } = affected(c, beside.get(idOf(c)));
    if (blocked !== undefined) warnings.push(`${resource.id}: ${blocked}`);
    return resource.outcome === 'unchanged' && c.previousAddress === undefined ? [] : [resource];
  });
  const all = refreshOnly ? [...told, ...plan.drift.filter((d) => d.mode === 'managed' && d.actions.join() === 'delete').map(forgotten)] : told;
  const { resources, dependencies } = withDependents(all, changes, instances);
  return { resources, dependencies, warnings: [...warnings, ...warningsOf(plan)], unknowns: [...unknownsOf(plan, told), ...unknownOfRemoved(all, removes)] };
}

/** What a plan does not say, but its command and its configuration do. */
export interface Around {
  /** Only the state is written, as the providers report. */
  readonly refreshOnly?: boolean;
  /** The `removed` blocks with commands, by what they take away (`aws_instance.a`, `module.net`) and where they stand. */
  readonly removes?: readonly RemovedCommand[];
}

/** Where a provider looks in the wrong place, it finds nothing: what it no longer reports is forgotten, and may stand there still. */
function forgotten(d: PlanChange): AffectedResource {
  return {
    id: d.address, logicalId: d.address, type: d.type, replacement: 'no', action: 'forget', outcome: 'unknown', data: 'unknown',
    reversibility: imported(d.address, physical(d.before)),
    because: ['Its provider no longer finds it, so the state forgets it: gone already, or looked for in another account or region.'],
  };
}

function unknownOfRemoved(told: readonly AffectedResource[], removes: readonly RemovedCommand[]): Unknown[] {
  const runs = removes.filter(({ from }) => told.some((r) => r.action === 'remove' && (blockOf(r.logicalId) === from || r.logicalId.startsWith(`${from}.`) || r.logicalId.startsWith(`${from}[`))));
  return runs.length === 0 ? [] : [notKnown('program', 'removed blocks', `Commands run when it is taken away (${some(runs.map((r) => `${r.file}: removed ${r.from}`))}): what they do can't be seen. Read their provisioner blocks.`)];
}

/** A deposed object stands beside the current one under the same address. */
function idOf(c: PlanChange): string {
  return c.deposed === undefined ? c.address : `${c.address} (deposed ${c.deposed})`;
}

/** @param beside types of what is made together with it and that it refers to. */
function affected(c: PlanChange, beside: readonly string[] = []): { readonly resource: AffectedResource; readonly blocked?: string } {
  const { actions } = c;
  const physicalId = physical(c.before);
  const same = {
    id: idOf(c), logicalId: c.address, type: c.type, replacement: 'no' as const, ...(physicalId === undefined ? {} : { physicalId }),
    ...(moduleOf(c.address) === undefined ? {} : { stack: moduleOf(c.address) }),
  };
  const why = [
    ...(c.deposed === undefined ? [] : ['It is what an earlier replacement left behind, to be deleted now.']),
    ...(c.previousAddress === undefined ? [] : [`It was ${c.previousAddress}: only its address changes (moved).`]),
    ...(c.importing === undefined ? [] : [`It stands already and is taken under management (import of ${c.importing}).`]),
    ...(c.reason === undefined ? [] : [reasonWords(c.reason)]),
  ];
  const kind = actions.join();
  switch (kind) {
    case 'no-op': case 'read':
      if (c.importing !== undefined) return { resource: { ...same, action: 'import', outcome: 'added', data: 'kept', reversibility: { kind: 'reversible', how: `terraform state rm '${c.address}'` }, because: why } };
      return { resource: { ...same, action: 'none', outcome: 'unchanged', data: 'kept', reversibility: { kind: 'reversible' }, because: why } };
    case 'create': {
      const over = writesOver(c.type, c.after ?? {}, beside);
      if (over !== undefined) return { resource: { ...same, action: 'add', outcome: 'unknown', data: 'unknown', reversibility: { kind: 'unknown', how: 'Look at what stands there before the apply.' }, because: [...why, over] } };
      const { effects, sentences } = openedByNew(c.type, c.after ?? {}, beside);
      return { resource: {
        ...same, action: 'add', outcome: 'added', data: 'none', reversibility: { kind: 'reversible', how: 'Take its block out and apply again.' },
        because: [...(why.length > 0 ? why : ['It is new.']), ...sentences], ...(effects.length === 0 ? {} : { effects }),
      } };
    }
    case 'update': {
      const hidden = opaque(c.type);
      if (hidden !== undefined) return { resource: { ...same, action: 'modify', outcome: 'unknown', data: 'unknown', reversibility: { kind: 'unknown', how: 'Look at what is inside before the apply.' }, because: [...why, changedWords(c), hidden] } };
      const { effects, sentences } = loosened(c);
      const stops = effects.includes('outage');
      return { resource: {
        ...same, action: 'modify', outcome: stops ? 'interrupted' : 'modified', ...(stops ? { downtime: { interrupted: 'yes' as const } } : {}), data: 'kept',
        reversibility: effects.includes('data-loss') ? { kind: 'irreversible', how: 'What is deleted by its age comes back only from a copy.' } : { kind: 'reversible', how: 'Put the earlier configuration back (git revert) and apply.' },
        because: [...why, changedWords(c), ...sentences], ...(effects.length === 0 ? {} : { effects }),
      } };
    }
    case 'forget':
      return { resource: { ...same, action: 'forget', outcome: 'retained', data: fateOfGone(c.type, c.before ?? {}).data === 'none' ? 'none' : 'orphaned', downtime: { interrupted: 'no' }, reversibility: imported(c.address, physicalId), because: [...(c.reason === 'delete_because_no_resource_config' ? [] : why), 'It stays as it is, and nothing manages it any more (a removed block with destroy = false).'] } };
    case 'create,forget': case 'forget,create':
      return { resource: { ...same, action: 'modify', replacement: 'yes', outcome: 'retained', data: 'orphaned', downtime: { interrupted: 'may', order: 'create-first' }, reversibility: imported(c.address, physicalId), because: [...why, 'A new one is made; the old one stays, and nothing manages it any more.'] } };
    case 'delete': {
      const fate = fateOfGone(c.type, c.before ?? {});
      const outcome = fate.data === 'snapshotted' ? 'snapshotted' : fate.data === 'orphaned' ? 'retained' : 'lost';
      return { resource: { ...same, action: 'remove', outcome, data: fate.data, downtime: { interrupted: 'yes' }, reversibility: fate.reversibility, because: [...why, ...fate.because] }, ...(fate.blocked === undefined ? {} : { blocked: fate.blocked }) };
    }
    case 'delete,create': case 'create,delete': {
      const first = kind === 'create,delete';
      const fate = fateOfGone(c.type, c.before ?? {});
      const slow = longWords(cloudFormationType(c.type) ?? '');
      const downtime: Downtime = { ...(slow === undefined ? {} : { long: slow }), ...(first ? { interrupted: 'no', order: 'create-first' } : { interrupted: 'yes', order: 'delete-first' }) };
      const paths = c.replacePaths.map(pathWords);
      const forced = paths.length > 0 ? [`${paths.slice(0, 6).join(', ')}${paths.length > 6 ? ` and ${paths.length - 6} more` : ''} ${paths.length === 1 ? 'forces' : 'force'} the replacement (replace_paths).`] : [];
      const order = first ? 'The new one is made first, then the old one is deleted (create_before_destroy).' : 'The old one is deleted first, then the new one is made.';
      return { resource: { ...same, action: 'modify', replacement: 'yes', outcome: 'replaced', data: fate.data, downtime, reversibility: fate.reversibility, because: [...why, ...forced, order, ...fate.because] }, ...(fate.blocked === undefined ? {} : { blocked: fate.blocked }) };
    }
    default:
      return { resource: { ...same, action: 'unknown', replacement: 'may', outcome: 'unknown', data: 'unknown', reversibility: { kind: 'unknown', how: 'Look at the plan by hand: terraform show PLAN.' }, because: [...why, `The plan names actions that are not known here: ${kind === '' ? 'none' : kind}.`] } };
  }
}

/** `module.net.module.a` of an address, which stands where a stack's name stands. */
function moduleOf(address: string): string | undefined {
  return /^(?:module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?\.?)+/.exec(address)?.[0].replace(/\.$/, '');
}

/** What the provider calls it. */
function physical(values: Values | undefined): string | undefined {
  for (const name of ['id', 'arn', 'self_link', 'name']) {
    const value = values?.[name];
    if (typeof value === 'string' && value !== '' && value.length < 300) return value;
  }
  return undefined;
}

function imported(address: string, id: string | undefined): AffectedResource['reversibility'] {
  return { kind: 'recoverable', how: `terraform import '${address}' ${id === undefined ? 'ID' : `'${id}'`} brings it back under management.`, until: 'somebody deletes it by hand' };
}

/** The names of what changes; never the values. */
function changedWords(c: PlanChange): string {
  const unknown = typeof c.afterUnknown === 'object' && c.afterUnknown !== null ? (c.afterUnknown as Values) : {};
  const names = [...new Set([...Object.keys(c.before ?? {}), ...Object.keys(c.after ?? {})])]
    .filter((name) => unknown[name] === true || JSON.stringify(c.before?.[name]) !== JSON.stringify(c.after?.[name]));
  return names.length === 0 ? 'Changed in place.' : `Changed in place: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}.`;
}

const HURT = new Set(['lost', 'replaced', 'interrupted', 'unknown', 'snapshotted', 'retained']);

/** Edges among what changes, and from what stays as it is to what it needs and loses. */
function withDependents(told: readonly AffectedResource[], changes: readonly PlanChange[], edges: readonly Dependency[]): Pick<Read, 'resources' | 'dependencies'> {
  const shown = new Map(told.map((r) => [r.id, r]));
  const all = new Map(changes.map((c) => [idOf(c), c]));
  const dependencies: Dependency[] = [];
  for (const edge of edges) {
    const [from, to] = [shown.get(edge.from), shown.get(edge.to)];
    if (to === undefined || (from === undefined && !HURT.has(to.outcome))) continue;
    const quiet = from === undefined ? all.get(edge.from) : undefined;
    if (from === undefined && quiet === undefined) continue;
    if (quiet) shown.set(edge.from, { ...affected(quiet).resource, because: [`The plan leaves it alone, but it needs ${edge.to}.`] });
    dependencies.push(edge);
  }
  const rank = (r: AffectedResource): number => OUTCOMES.indexOf(r.outcome);
  return { resources: [...shown.values()].sort((a, b) => rank(a) - rank(b)), dependencies };
}

function warningsOf(plan: Plan): string[] {
  const drifted = plan.drift.filter((d) => d.mode === 'managed');
  const goneOutside = drifted.filter((d) => d.actions.join() === 'delete').map((d) => d.address);
  return [
    ...(goneOutside.length > 0 ? [`Deleted outside of Terraform already: ${some(goneOutside)}.`] : []),
    ...(drifted.length > goneOutside.length ? [`Changed outside of Terraform since the last apply: ${some(drifted.filter((d) => d.actions.join() !== 'delete').map((d) => d.address))}. The apply sets it back where the configuration says otherwise.`] : []),
    ...plan.failedChecks.map((c) => `A check fails: ${c}.`),
    ...(plan.outputsGone.length > 0 ? [`Outputs go: ${some(plan.outputsGone)}. Other configurations that read them (terraform_remote_state) fail at their next plan.`] : []),
  ];
}

function unknownsOf(plan: Plan, told: readonly AffectedResource[]): Unknown[] {
  const touched = new Set(told.filter((r) => r.action === 'add' || r.action === 'remove' || r.replacement !== 'no').map((r) => blockOf(r.logicalId)));
  const runs = provisioned(plan.configuration, '').filter(({ block }) => touched.has(block));
  return [
    ...(plan.deferred > 0 ? [notKnown('change', 'the plan', `The plan leaves ${plan.deferred} ${plan.deferred === 1 ? 'change' : 'changes'} for a later apply; what they do is not known yet.`)] : []),
    ...(plan.strange.length > 0 ? [notKnown('change', 'the plan', `The plan has parts that are not known here (${some(plan.strange)}): what they do is not shown. Look at it by hand: terraform show PLAN.`)] : []),
    ...(plan.errored ? [notKnown('change', 'the plan', 'The plan ended with an error, so it may not be whole.')] : []),
    ...(runs.length > 0 ? [notKnown('program', 'provisioners', `Commands of the configuration's own run with the apply (${some(runs.map((r) => `${r.block}: ${r.type}`))}): what they do can't be seen. Read their provisioner blocks.`)] : []),
  ];
}

/** What has no machine of its own copies its files to one that stands already. */
const WITHOUT_HOST = /^(?:null_resource|terraform_data)\./;

function provisioned(module: ConfigModule, prefix: string): { readonly block: string; readonly type: string }[] {
  return [
    ...module.resources.flatMap((r) => r.provisioners.filter((type) => type !== 'file' || WITHOUT_HOST.test(r.address)).map((type) => ({ block: prefix + r.address, type }))),
    ...Object.entries(module.calls).flatMap(([name, call]) => provisioned(call.module, `${prefix}module.${name}.`)),
  ];
}

function some(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}
