import type { AwsParameters, Part } from './parameters';

/** One rule of a security group, whichever way it was written. */
interface Rule {
  readonly protocol: string | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly addresses: readonly (string | undefined)[];
}

/** Ports that a site is expected to serve to anybody. */
const WEB: ReadonlySet<number> = new Set([80, 443]);
/** Shorter prefixes hold more than any network of one's own: 10.0.0.0/8 is the largest private one, and IPv6 is handed out in /32 at most. */
const SHORTEST = { v4: 8, v6: 16 };

/** What the rules open to the internet, in words; undefined when nothing but a site. */
export function openedPorts(rules: readonly Rule[]): string | undefined {
  const open = rules.filter((r) => r.addresses.some(isInternet) && !isSite(r));
  const [first] = open;
  return first === undefined ? undefined : [...new Set(open.map(portsOf))].join(', ');
}

/**
 * The rules of `authorize-security-group-ingress`: its list, its own members, or the options that the CLI makes a rule of.
 * Source: awscli/customizations/ec2/secgroupsimplify.py.
 */
export function ingressRules(params: AwsParameters): Rule[] {
  const listed = params.at('IpPermissions').items().map((p): Rule => ({
    protocol: p.at('IpProtocol').text(), from: p.at('FromPort').int(), to: p.at('ToPort').int(),
    addresses: [...p.at('IpRanges').items().map((r) => r.at('CidrIp').text()), ...p.at('Ipv6Ranges').items().map((r) => r.at('CidrIpv6').text())],
  }));
  const own: Rule = { protocol: params.at('IpProtocol').text(), from: params.at('FromPort').int(), to: params.at('ToPort').int(), addresses: [params.at('CidrIp').text()] };
  const port = params.option('port').text()?.trim();
  const [from, to] = port === undefined || port === '-1' || port.toLowerCase() === 'all' ? [undefined, undefined] : port.split('-').map(Number);
  const short: Rule = { protocol: params.option('protocol').text(), from, to: to ?? from, addresses: [params.option('cidr').text()] };
  return [...listed, own, short];
}

/** The rules of `modify-security-group-rules`. */
export function changedRules(params: AwsParameters): Rule[] {
  return params.at('SecurityGroupRules').items().map((one: Part): Rule => {
    const rule = one.at('SecurityGroupRule');
    return { protocol: rule.at('IpProtocol').text(), from: rule.at('FromPort').int(), to: rule.at('ToPort').int(), addresses: [rule.at('CidrIpv4').text(), rule.at('CidrIpv6').text()] };
  });
}

function isInternet(address: string | undefined): boolean {
  if (address === undefined) return false;
  const [network = '', prefix] = address.trim().split('/');
  if (prefix === undefined) return false;
  return Number(prefix) < (network.includes(':') ? SHORTEST.v6 : SHORTEST.v4);
}

const isEvery = (protocol: string | undefined): boolean => protocol === undefined || protocol === '-1' || protocol.toLowerCase() === 'all';

/** With every protocol EC2 takes no heed of ports. Source: API reference, IpPermission. */
function isSite({ protocol, from, to }: Rule): boolean {
  return !isEvery(protocol) && from !== undefined && from === to && WEB.has(from);
}

function portsOf({ protocol, from, to }: Rule): string {
  if (isEvery(protocol) && protocol !== undefined) return 'every port';
  if (from === undefined || from < 0) return 'every port';
  return from === to || to === undefined ? `port ${from}` : `ports ${from} to ${to}`;
}
