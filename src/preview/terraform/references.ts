import type { Dependency, DependencyKind } from '../../model';
import type { ConfigModule, StateResource } from './plan-json';

/** One block needs another. */
interface Edge {
  /** Without instance keys. */
  readonly from: string;
  /** With the key of its last part, where the configuration names one instance (`aws_subnet.a["eu"]`). */
  readonly to: string;
  readonly at: string;
}

/** `module.a["x"].aws_s3_bucket.b[0]` without its keys: the block it comes from. */
export function blockOf(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '');
}

/**
 * Who needs whom, block by block: what the configuration says, with variables, outputs and modules followed; for blocks that it does
 * not have any more, or that refer to a local value (which a plan does not spell out), what the state noted at the last apply.
 */
export function blockEdges(root: ConfigModule, state: readonly StateResource[]): Edge[] {
  const edges = new Map<string, Edge>();
  const add = (edge: Edge): void => {
    const key = `${edge.from} ${edge.to}`;
    if (edge.from !== blockOf(edge.to) && !edges.has(key)) edges.set(key, edge);
  };
  const complete = new Set<string>();
  const scope = scopeOf(root);
  scope.each((at) => {
    for (const resource of at.module.resources) {
      const from = at.prefix + resource.address;
      let whole = true;
      for (const reference of exactOnly(resource.references)) {
        const { found, open } = scope.resolve(reference.to, at);
        if (open) whole = false;
        for (const to of found) add({ from, to, at: reference.at });
      }
      if (whole) complete.add(from);
    }
  });
  for (const { from, to } of stateEdges(state)) if (!complete.has(from)) add({ from, to, at: '' });
  return [...edges.values()];
}

/** `module.net.id` and `a.b["k"].id` stand with `module.net`, `a.b["k"]` and `a.b`, which mean all of it: the longest says it. */
function exactOnly<R extends { readonly to: string; readonly at?: string }>(references: readonly R[]): readonly R[] {
  const byPlace = new Map<string, string[]>();
  for (const { to, at = '' } of references) {
    const all = byPlace.get(at);
    if (all) all.push(to);
    else byPlace.set(at, [to]);
  }
  return references.filter(({ to, at = '' }) => !(byPlace.get(at) ?? []).some((other) => other.length > to.length && (other.startsWith(`${to}.`) || other.startsWith(`${to}[`))));
}

interface Place {
  readonly module: ConfigModule;
  readonly prefix: string;
  readonly parent: Place | undefined;
  readonly call: string;
  readonly children: Map<string, Place>;
}

interface Resolved {
  readonly found: readonly string[];
  /** True when a part can't be followed. */
  readonly open: boolean;
}

interface Scope {
  each(visit: (at: Place) => void): void;
  resolve(to: string, at: Place): Resolved;
}

/** Follows references through the tree of modules. Each name is followed once. */
function scopeOf(root: ConfigModule): Scope {
  const top = placeOf(root, '', undefined, '');
  const known = new Map<string, Resolved>();

  const follow = (to: string, at: Place): Resolved => {
    const [first = '', second = '', third] = blockOf(to).split('.');
    const instance = /^[\w-]+\.[\w-]+(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])/.exec(to)?.[1] ?? '';
    switch (first) {
      case 'each': case 'count': case 'path': case 'terraform': case 'self': return { found: [], open: false };
      case 'local': return { found: [], open: true };
      case 'var': return at.parent === undefined ? { found: [], open: false } : all(at.parent.module.calls[at.call]?.inputs[second] ?? [], at.parent);
      case 'module': {
        const child = at.children.get(second);
        if (child === undefined) return { found: [], open: true };
        const { outputs } = child.module;
        return all(third === undefined ? Object.values(outputs).flat() : (outputs[third] ?? []), child);
      }
      case 'data': return { found: [`${at.prefix}data.${second}.${third ?? ''}`], open: false };
      default: return second === '' ? { found: [], open: false } : { found: [`${at.prefix}${first}.${second}${instance}`], open: false };
    }
  };
  const all = (names: readonly string[], at: Place): Resolved => {
    const parts = exactOnly(names.map((to) => ({ to }))).map(({ to }) => resolve(to, at));
    return { found: [...new Set(parts.flatMap((p) => p.found))], open: parts.some((p) => p.open) };
  };
  const resolve = (to: string, at: Place): Resolved => {
    const key = `${at.prefix} ${to}`;
    const cached = known.get(key);
    if (cached) return cached;
    // Set first: a circle ends here.
    known.set(key, { found: [], open: false });
    const resolved = follow(to, at);
    known.set(key, resolved);
    return resolved;
  };
  const walk = (place: Place, visit: (at: Place) => void): void => {
    visit(place);
    for (const child of place.children.values()) walk(child, visit);
  };
  return { each: (visit) => walk(top, visit), resolve };
}

function placeOf(module: ConfigModule, prefix: string, parent: Place | undefined, call: string): Place {
  const place: Place = { module, prefix, parent, call, children: new Map() };
  for (const [name, { module: inner }] of Object.entries(module.calls)) place.children.set(name, placeOf(inner, `${prefix}module.${name}.`, place, name));
  return place;
}

/**
 * The state notes for each resource all that it needs, however far away; only the nearest ones are kept. Linear for a chain, because
 * the one that needs most is looked at first.
 */
function stateEdges(state: readonly StateResource[]): { readonly from: string; readonly to: string }[] {
  const needs = new Map<string, Set<string>>();
  for (const { address, dependsOn } of state) {
    const block = blockOf(address);
    const all = needs.get(block) ?? new Set<string>();
    for (const to of dependsOn) all.add(blockOf(to));
    needs.set(block, all);
  }
  return [...needs].flatMap(([from, all]) => {
    const far = new Set<string>();
    const near: string[] = [];
    for (const to of [...all].sort((a, b) => (needs.get(b)?.size ?? 0) - (needs.get(a)?.size ?? 0))) {
      if (far.has(to) || to === from) continue;
      near.push(to);
      for (const further of needs.get(to) ?? []) far.add(further);
    }
    return near.filter((to) => !far.has(to)).map((to) => ({ from, to }));
  });
}

/** At most so many edges between the instances of two blocks. */
const MOST = 64;

/** Edges between instances. Two blocks with many instances each are joined by equal keys. */
export function instanceEdges(blocks: readonly Edge[], addresses: readonly string[]): Dependency[] {
  const instances = new Map<string, string[]>();
  for (const address of addresses) {
    const block = blockOf(address);
    const all = instances.get(block);
    if (all) all.push(address);
    else instances.set(block, [address]);
  }
  return blocks.flatMap((edge) => {
    const key = /(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])$/.exec(edge.to)?.[1] ?? '';
    const all = instances.get(blockOf(edge.to)) ?? [];
    const froms = instances.get(edge.from) ?? [];
    const tos = key === '' ? all : all.filter((address) => address.endsWith(key));
    const kind = kindOf(edge);
    const detail = edge.at === '' ? 'noted in the state as what it needs' : edge.at === 'depends_on' ? 'depends_on' : `${edge.at} refers to it`;
    if (froms.length * tos.length <= MOST) return froms.flatMap((from) => tos.map((to): Dependency => ({ from, to, kind, detail })));
    const keyOf = (address: string): string => /\[[^\]]*\]$/.exec(address)?.[0] ?? '';
    const byKey = new Map(tos.map((to) => [keyOf(to), to]));
    return froms.flatMap((from): Dependency[] => {
      const to = byKey.get(keyOf(from)) ?? tos[0];
      return to === undefined ? [] : [{ from, to, kind, detail: `${detail} (of ${tos.length} instances the one with the same key is drawn)` }];
    });
  });
}

/**
 * What kind of need an attribute is, by its name. Source: the names of arguments in the documentation of hashicorp/aws, /google and
 * /azurerm, which agree in these words.
 */
const KINDS: readonly (readonly [RegExp, DependencyKind])[] = [
  [/(?:^|[._])security_groups?(?:_ids?)?$|source_security_group|network_security_group/, 'security-group'],
  [/kms|encryption_key|crypto_key|customer_managed_key/, 'kms-key'],
  [/(?:^|[._])(?:iam_)?role(?:_arn|_id)?$|role_arn|instance_profile|service_account|identity_ids/, 'iam-role'],
  [/event_source|notification|trigger(?:_id)?$|topic_arn|queue_arn|pubsub_topic/, 'event-source'],
  [/target_group/, 'target-group'],
  [/(?:^|[._])(?:vpc|subnet|subnetwork|network|virtual_network|route_table|nat_gateway|gateway)(?:_ids?|_names?)?$/, 'network'],
  [/(?:^|[._])(?:volume|disk|file_system|claim)(?:_ids?|_names?)?$/, 'volume'],
];

function kindOf({ from, to, at }: Edge): DependencyKind {
  if (at === 'depends_on') return 'depends-on';
  const type = (address: string): string => blockOf(address).split('.').at(-2) ?? '';
  if (/(?:route53_record|dns_record|_record_set|cloudflare_record)/.test(type(from)) && !/zone/.test(type(to))) return 'dns-record';
  return KINDS.find(([pattern]) => pattern.test(at))?.[1] ?? 'reference';
}
