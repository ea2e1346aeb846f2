import { fail } from '../failure';

/*
 * The parts of `terraform show -json PLAN` that a preview reads. Source: "JSON Output Format", Terraform internals documentation,
 * format version 1; OpenTofu writes the same.
 */

export type Values = Readonly<Record<string, unknown>>;

export type PlanAction = 'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget';

export interface PlanChange {
  readonly address: string;
  readonly previousAddress: string | undefined;
  readonly mode: string;
  readonly type: string;
  readonly provider: string;
  readonly deposed: string | undefined;
  readonly actions: readonly PlanAction[];
  /** The word that says why, `delete_because_no_resource_config`. */
  readonly reason: string | undefined;
  readonly before: Values | undefined;
  readonly after: Values | undefined;
  /** True, or an object with true where a value comes only with the apply. */
  readonly afterUnknown: unknown;
  /** True, or an object with true where a value must not be shown. */
  readonly secretBefore: unknown;
  readonly secretAfter: unknown;
  readonly replacePaths: readonly (readonly (string | number)[])[];
  readonly importing: string | undefined;
}

/** An expression of the configuration: what it refers to, nested by attribute and block. */
export interface ConfigResource {
  readonly address: string;
  readonly mode: string;
  readonly references: readonly ConfigReference[];
  readonly provisioners: readonly string[];
}

export interface ConfigReference {
  /** As the plan writes it: `aws_vpc.main.id`, `var.name`, `module.net.vpc_id`. */
  readonly to: string;
  /** The attribute it stands in; `depends_on`, `count` and `for_each` for those. */
  readonly at: string;
}

export interface ConfigModule {
  readonly resources: readonly ConfigResource[];
  readonly outputs: Readonly<Record<string, readonly string[]>>;
  readonly calls: Readonly<Record<string, { readonly source: string; readonly inputs: Readonly<Record<string, readonly string[]>>; readonly all: readonly ConfigReference[]; readonly module: ConfigModule }>>;
}

export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly mode: string;
  readonly values: Values;
  readonly dependsOn: readonly string[];
}

export interface Plan {
  readonly version: string;
  readonly changes: readonly PlanChange[];
  readonly drift: readonly PlanChange[];
  /** Names of outputs that go. */
  readonly outputsGone: readonly string[];
  readonly failedChecks: readonly string[];
  readonly deferred: number;
  readonly errored: boolean;
  /** True when applying it changes nothing: then the tool asks nothing. */
  readonly nothingToDo: boolean;
  readonly complete: boolean;
  /** Parts of the plan that this reader does not know. */
  readonly strange: readonly string[];
  readonly configuration: ConfigModule;
  readonly state: readonly StateResource[];
}

const NOTHING: ConfigModule = { resources: [], outputs: {}, calls: {} };

/** Source: Terraform 1.11 and OpenTofu 1.10, internal/command/jsonplan/plan.go, `type plan`. */
const KNOWN = new Set(`format_version terraform_version variables planned_values resource_drift resource_changes deferred_changes output_changes prior_state configuration relevant_attributes checks
  timestamp applyable complete errored`.split(/\s+/));

/** Reads a plan's JSON. @throws PreviewError when it is of another format. */
export function readPlan(json: unknown): Plan {
  const data = object(json);
  const version = text(data['format_version']) ?? '';
  if (!/^1(?:\.|$)/.test(version) || !Array.isArray(data['resource_changes'] ?? [])) {
    return fail('refused', `The plan is written in format ${version || 'unknown'}, and this version of Holdpoint reads format 1. Look at the plan by hand, or update Holdpoint.`);
  }
  return {
    version: text(data['terraform_version']) ?? 'unknown',
    changes: list(data['resource_changes']).map(change),
    drift: list(data['resource_drift']).map(change),
    outputsGone: Object.entries(object(data['output_changes'])).filter(([, c]) => list(object(c)['actions']).join() === 'delete').map(([name]) => name),
    failedChecks: list(data['checks']).map(object).filter((c) => c['status'] === 'fail' || c['status'] === 'error')
      .map((c) => [text(object(c['address'])['to_display']) ?? 'a check', ...list(c['instances']).flatMap((i) => list(object(i)['problems'])).map((p) => text(object(p)['message']) ?? '')].filter(Boolean).join(': ')),
    deferred: list(data['deferred_changes']).length,
    errored: data['errored'] === true,
    nothingToDo: data['applyable'] === false || (data['applyable'] === undefined && changesNothing(data)),
    complete: data['complete'] !== false,
    strange: Object.keys(data).filter((key) => !KNOWN.has(key)),
    configuration: moduleOf(object(data['configuration'])['root_module'], 0),
    state: stateResources(object(object(data['prior_state'])['values'])['root_module']),
  };
}

/** As the tool itself tells an empty plan: no resource and no output changes, and none moves. Source: Terraform, internal/plans/changes.go, `Empty`. */
function changesNothing(data: Values): boolean {
  const still = (c: unknown): boolean => list(object(c)['actions']).join() === 'no-op';
  return list(data['resource_changes']).map(object).every((r) => still(r['change']) && r['previous_address'] === undefined) && Object.values(object(data['output_changes'])).every(still);
}

/** The resources of a state as `terraform show -json` gives it. */
export function readState(json: unknown): StateResource[] {
  return stateResources(object(object(json)['values'])['root_module']);
}

function change(value: unknown): PlanChange {
  const r = object(value);
  const c = object(r['change']);
  return {
    address: text(r['address']) ?? '', previousAddress: text(r['previous_address']), mode: text(r['mode']) ?? 'managed', type: text(r['type']) ?? '',
    provider: text(r['provider_name']) ?? '', deposed: text(r['deposed']), actions: list(c['actions']) as readonly PlanAction[], reason: text(r['action_reason']),
    before: maybe(c['before']), after: maybe(c['after']), afterUnknown: c['after_unknown'], secretBefore: c['before_sensitive'], secretAfter: c['after_sensitive'],
    replacePaths: list(c['replace_paths']).filter(Array.isArray) as readonly (readonly (string | number)[])[],
    importing: c['importing'] === undefined || c['importing'] === null ? undefined : (text(object(c['importing'])['id']) ?? 'not known yet'),
  };
}

const MAX_DEPTH = 60;

function moduleOf(value: unknown, depth: number): ConfigModule {
  if (value === undefined || depth > MAX_DEPTH) return NOTHING;
  const m = object(value);
  return {
    resources: list(m['resources']).map(object).map((r) => ({
      address: text(r['address']) ?? '', mode: text(r['mode']) ?? 'managed',
      references: [...expressions(r['expressions']), ...special(r)],
      provisioners: list(r['provisioners']).map((p) => text(object(p)['type']) ?? 'unknown'),
    })),
    outputs: Object.fromEntries(Object.entries(object(m['outputs'])).map(([name, o]) => [name, [...refs(object(o)['expression']), ...strings(object(o)['depends_on'])]])),
    calls: Object.fromEntries(Object.entries(object(m['module_calls'])).map(([name, c]) => {
      const call = object(c);
      const inputs = Object.fromEntries(Object.entries(object(call['expressions'])).map(([input, e]) => [input, [...new Set(expressions({ [input]: e }).map((r) => r.to))]]));
      return [name, { source: text(call['source']) ?? '', inputs, all: special(call), module: moduleOf(call['module'], depth + 1) }];
    })),
  };
}

function special(of: Values): ConfigReference[] {
  return [
    ...strings(of['depends_on']).map((to) => ({ to, at: 'depends_on' })),
    ...refs(of['count_expression']).map((to) => ({ to, at: 'count' })),
    ...refs(of['for_each_expression']).map((to) => ({ to, at: 'for_each' })),
  ];
}

/** All references in an attribute map; blocks are objects or lists of further maps. */
function expressions(value: unknown): ConfigReference[] {
  const found: ConfigReference[] = [];
  const walk = (at: string, inner: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    if (Array.isArray(inner)) for (const one of inner) walk(at, one, depth + 1);
    else if (typeof inner === 'object' && inner !== null) {
      const o = inner as Values;
      if (Array.isArray(o['references'])) for (const to of strings(o['references'])) found.push({ to, at });
      else if (!('constant_value' in o)) for (const [name, part] of Object.entries(o)) walk(at === '' ? name : `${at}.${name}`, part, depth + 1);
    }
  };
  walk('', value, 0);
  return found;
}

function stateResources(value: unknown): StateResource[] {
  const found: StateResource[] = [];
  const walk = (inner: unknown, depth: number): void => {
    const m = object(inner);
    for (const r of list(m['resources']).map(object)) {
      found.push({ address: text(r['address']) ?? '', type: text(r['type']) ?? '', mode: text(r['mode']) ?? 'managed', values: object(r['values']), dependsOn: strings(r['depends_on']) });
    }
    if (depth < MAX_DEPTH) for (const child of list(m['child_modules'])) walk(child, depth + 1);
  };
  walk(value, 0);
  return found;
}

const refs = (expression: unknown): string[] => strings(object(expression)['references']);
const object = (value: unknown): Values => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {});
const maybe = (value: unknown): Values | undefined => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : undefined);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const strings = (value: unknown): string[] => list(value).filter((v): v is string => typeof v === 'string');
