import { coversInternet, rangesIn } from '../../../detect/tools/options/addresses';
import type { Values } from '../plan-json';
import type { Found } from './by-name';
import { joined } from './expression';
import { isObject, snake, type Leaf } from './leaves';

/** Names under which addresses stand that are let in. */
const SOURCES = new RegExp(
  [
    'cidr',
    'source_ranges?',
    'source_address_prefix',
    'source_ip',
    'ip_ranges?',
    'ip_rules',
    'ip_restriction',
    'ip_range_filter',
    'remote_ip_prefix',
    'authorized_(?:networks|ip)',
    'ip_white_?list',
    'allow(?:ed|list)?_(?:ips?|cidrs?|networks?|ranges?|sources?|addresses)',
    'trusted_(?:ips?|networks?)',
    '(?:^|_)ip_address(?:es)?$',
  ].join('|'),
);
/** Addresses that are one's own, or to which something goes. */
const NOT_SOURCES =
  joined(
    'destination|dest_|egress|outbound|route|next_hop|service_cidr|service_ipv|pod_cidr|cluster_cidr|',
    'node_cidr|master_ipv4|inside|tunnel|dns|nat_|peer',
  );
const NETWORKS_OF_ITS_OWN =
  /_route(?:_table)?$|_routes?$|_subnet$|_subnetwork$|_vpc$|_virtual_network$|_network$|_peering|_vpn_|_customer_gateway|_address$/;
/**
 * Lists of who may come: an empty one lets everybody in. Source: az and gcloud help of these, hashicorp/azurerm, hashicorp/aws
 * aws_eks_cluster.
 */
const WHO_MAY_COME =
  joined(
    '^(?:api_server_)?authorized_ip_ranges$|^ip_range_filter$|^allowed_ips?$|^public_access_cidrs$|',
    '^load_balancer_source_ranges$|^source_ranges$',
  );

/** One place that lets the internet in, and everything else that is said of it. */
interface Opening {
  readonly path: string;
  readonly where: string;
  readonly rest: string;
  readonly from: number;
  readonly to: number;
}

/**
 * What lets the whole internet in and did not before: rules with such addresses, lists that are joined to all of it, lists of
 * who may come that are emptied.
 */
export function opened(type: string, before: Values, after: Values, leaves: readonly Leaf[]): Found[] {
  if (NETWORKS_OF_ITS_OWN.test(type)) return [];
  const old = openings(type, before);
  const wide = openings(type, after).filter(
    (now) => !old.some((then) => then.where === now.where && then.rest === now.rest && then.from <= now.from && then.to >= now.to),
  );
  return [
    ...wide.map((one): Found => ({ path: one.path, effect: 'exposure', sentence: `${one.path} lets everybody in.` })),
    ...leaves.flatMap((leaf): Found[] => {
      if (leaf.fresh)
        return isSource(leaf.name, leaf.parents)
          ? [{ path: leaf.path, effect: 'unknown', sentence: `${leaf.path} comes only with the apply: whom it lets in is not known.` }]
          : [];
      const emptied = WHO_MAY_COME.test(leaf.name) && list(leaf.then).length > 0 && list(leaf.now).length === 0 && !leaf.blockGone;
      return emptied
        ? [{ path: leaf.path, effect: 'exposure', sentence: `${leaf.path} is emptied: nothing limits any more who may come.` }]
        : [];
    }),
  ];
}

/** Whether all that is let in is a site's own ports. */
export const siteOnly = (type: string, after: Values): boolean =>
  openings(type, after).every(({ from, to }) => from === to && (from === 80 || from === 443));

const isSource = (name: string, parents: string): boolean => SOURCES.test(name) && !NOT_SOURCES.test(`${parents}.${name}`);

function openings(type: string, values: Values): Opening[] {
  const found: Opening[] = [];
  if (letsNothingIn(type, values)) return found;
  const walk = (node: Values, path: string, names: readonly string[], depth: number): void => {
    if (depth > 20 || (depth > 0 && letsNothingIn('', node))) return;
    const parents = names.join('.');
    const sources = Object.entries(node).filter(([key, value]) => addressesOf(snake(key), parents, value, node).length > 0);
    const rest = JSON.stringify(
      Object.entries(node)
        .filter(
          ([key]) => !sources.some(([name]) => name === key) && !PORTS.test(key) && (depth > 0 ? !LABELS.test(key) : RULE.test(key)),
        )
        .sort(),
    );
    for (const [key, value] of sources) {
      if (coversInternet(addressesOf(snake(key), parents, value, node)))
        found.push({ path: path === '' ? key : `${path}.${key}`, where: [...names, snake(key)].join('.'), rest, ...ports(node) });
    }
    for (const [key, value] of Object.entries(node)) {
      const inner = (one: unknown, at: string): void => {
        if (isObject(one)) walk(one, path === '' ? at : `${path}.${at}`, [...names, snake(key)], depth + 1);
      };
      if (LABELS.test(key)) continue;
      if (Array.isArray(value)) value.forEach((one: unknown, i) => inner(one, `${key}[${i}]`));
      else inner(value, key);
    }
  };
  walk(values, '', [], 0);
  return found;
}

const PORTS = /^(?:from_port|to_port)$/;
const LABELS =
  /^(?:description|name|comment|id|arn|tags|tags_all|labels|\w*rule_id|display_name|environment|variables|metadata|annotations)$/;
/** What of a whole resource belongs to the rule that it is. */
const RULE = /^(?:ip_protocol|protocol|ports?|port_range\w*|destination_port_range\w*|allow|direction|type|access|action|priority)$/;

function addressesOf(name: string, parents: string, value: unknown, node: Values): string[] {
  // Azure's rules of a database have both ends of a range.
  if (name === 'start_ip_address')
    return typeof node['end_ip_address'] === 'string' && typeof value === 'string' ? [`${value}-${node['end_ip_address']}`] : [];
  if (name === 'end_ip_address') return [];
  if (!isSource(name, parents) && !(name === 'value' && /authorized_networks$/.test(parents))) return [];
  return list(value).flatMap(rangesIn);
}

/**
 * A rule that refuses, or that is about what goes out. Source: azurerm_network_security_rule, google_compute_firewall,
 * aws_security_group_rule, aws_network_acl.
 */
function letsNothingIn(type: string, node: Values): boolean {
  if (/egress/.test(type)) return true;
  const word = (name: string): string => (typeof node[name] === 'string' ? node[name] : '');
  if (/^(?:egress|outbound)$/i.test(word('type')) || /^(?:egress|outbound)$/i.test(word('direction')) || node['egress'] === true)
    return true;
  if (
    /^(?:deny|drop|block|reject)$/i.test(word('access')) ||
    /^(?:deny|drop|block|reject)\S*$/i.test(word('action')) ||
    /^(?:deny|drop|block)$/i.test(word('rule_action'))
  )
    return true;
  return Array.isArray(node['deny']) && node['deny'].length > 0 && !(Array.isArray(node['allow']) && node['allow'].length > 0);
}

/** Every port where none is said. */
function ports(node: Values): { readonly from: number; readonly to: number } {
  const [from, to] = [Number(node['from_port'] ?? NaN), Number(node['to_port'] ?? NaN)];
  const all = !Number.isFinite(from) || from < 0 || /^(?:-1|all)$/i.test(String(node['protocol'] ?? node['ip_protocol'] ?? ''));
  return all ? { from: 0, to: 65_535 } : { from, to: Number.isFinite(to) ? to : from };
}

function list(value: unknown): string[] {
  return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter(
    (one): one is string => typeof one === 'string' && one !== '',
  );
}
