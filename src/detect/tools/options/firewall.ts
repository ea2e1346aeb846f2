import type { Finding } from '../../invocation';
import { option, optionText, optionTexts, type CliCall } from '../cli/call';
import { coversInternet, guardedPorts, rangesIn } from './addresses';
import { gcloudList, listedWords, type Told } from './meaning';

/** What a rule lets through: ports behind which administration or data stand, or not; undefined: that can't be told. */
const any = (told: readonly Told[]): Told => (told.includes(true) ? true : told.includes(undefined) ? undefined : false);

/** `tcp:20-30`, `tcp`, `6:22`, `all`. Source: gcloud help compute firewall-rules create, --allow and --rules. */
function protocolAndPorts(text: string): Told {
  const [protocol = '', ports] = text.trim().toLowerCase().split(':');
  if (protocol === 'all') return true;
  if (!/^(?:tcp|udp|sctp|6|17|132)$/.test(protocol)) return false;
  return ports === undefined || ports === '' ? true : guardedPorts(ports);
}

/** The finding of a rule that opens ports to the whole internet, or may; undefined when it does not. */
function opened(tool: string, finding: Finding, sources: Told, ports: Told): readonly Finding[] | undefined {
  if (sources === false || ports === false) return undefined;
  if (sources === true && ports === true) return [{ ...finding, mutation: 'destructive', effects: ['exposure'], reason: `${tool}: Opens ports to the whole internet.` }];
  const unknown = sources === undefined ? 'from where the rule lets in' : 'which ports it opens';
  return [{ ...finding, mutation: 'unknown', effects: ['unknown'], reason: `${tool}: May open ports to the whole internet: ${unknown} is not told by the command.`, unknowns: [...finding.unknowns, unknown] }];
}

/**
 * A rule of a VPC firewall. Made without a source it lets in from everywhere; a firewall policy's rule needs one.
 * Source: gcloud help compute firewall-rules create (--source-ranges: "default is 0.0.0.0/0"), compute network-firewall-policies rules create.
 */
export function gcloudFirewall(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const words = call.path.join(' ');
  if (!/firewall-rules (?:create|update)$|firewall-policies rules (?:create|update)$/.test(words)) return undefined;
  const makes = words.endsWith('create');
  if (/^(?:egress|out)$/i.test(optionText(call, '--direction') ?? '') || /^(?:deny|goto_next)$/i.test(optionText(call, '--action') ?? '')) return undefined;
  const rangeNames = ['--source-ranges', '--src-ip-ranges'];
  const named = option(call, '--source-tags', '--source-service-accounts', '--src-secure-tags') !== undefined;
  const ranges = optionTexts(call, ...rangeNames).flatMap(gcloudList).flatMap(rangesIn);
  const unread = call.options.some((o) => rangeNames.includes(o.name) && o.value !== undefined && o.value.value === undefined);
  const given = option(call, ...rangeNames) !== undefined;
  const byDefault = makes && words.includes('firewall-rules') && !named && ranges.length === 0;
  const ruleNames = ['--allow', '--rules', '--layer4-configs'];
  const rules = optionTexts(call, ...ruleNames).flatMap(gcloudList);
  const hidden = call.options.some((o) => ruleNames.includes(o.name) && o.value !== undefined && o.value.value === undefined);
  // A rule that stands keeps the sources and ports that the command does not name.
  const ports = any([...rules.map(protocolAndPorts), ...(hidden ? [undefined] : [])]);
  const opensPorts = rules.length > 0 || hidden ? ports : makes ? false : true;
  if (!makes && !given && rules.length === 0 && !hidden) return undefined;
  const sources: Told = coversInternet(ranges) ? true : unread ? undefined : given && ranges.length > 0 ? false : byDefault ? true : makes || named ? false : undefined;
  return opened('gcloud', finding, sources, opensPorts);
}

/**
 * A rule of a network security group. Source: az network nsg rule create (--access Allow, --direction Inbound, --source-address-prefixes *,
 * --destination-port-ranges 80 unless they are given).
 */
export function azNetworkRule(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const words = call.path.join(' ');
  if (!/nsg rule (?:create|update)$/.test(words)) return undefined;
  const makes = words.endsWith('create');
  if (/^deny$/i.test(optionText(call, '--access') ?? '') || /^outbound$/i.test(optionText(call, '--direction') ?? '') || /^icmp$/i.test(optionText(call, '--protocol') ?? '')) return undefined;
  const from = listed(call, '--source-address-prefixes', '--source-address-prefix');
  const ports = listed(call, '--destination-port-ranges', '--destination-port-range');
  if (!makes && from === undefined && ports === undefined && option(call, '--access') === undefined) return undefined;
  const groups = option(call, '--source-asgs') !== undefined;
  const ranges = from?.flatMap((one) => (one === undefined ? [] : rangesIn(one)));
  const sources: Told = ranges && coversInternet(ranges) ? true : from?.includes(undefined) ? undefined : ranges ? false : groups ? false : makes ? true : undefined;
  const opens = ports ? any(ports.flatMap((one): Told[] => (one === undefined ? [undefined] : rangesIn(one).map(guardedPorts)))) : !makes;
  return opened('az', finding, sources, opens);
}

/** All values of an option that takes several words; undefined when it isn't given. */
function listed(call: CliCall, ...names: readonly string[]): readonly (string | undefined)[] | undefined {
  const given = call.options.filter((o) => names.includes(o.name));
  if (given.length === 0) return undefined;
  // As it stands in the line the name may be an abbreviated one.
  const spelled = call.given.flatMap((w) => (names.some((n) => (w.value ?? '').length > 9 && n.startsWith((w.value ?? '').replace(/=.*$/s, ''))) ? [(w.value ?? '').replace(/=.*$/s, '')] : []));
  const words = [...new Set(spelled)].flatMap((name) => listedWords(call, name)).map((w) => w.value);
  return words.length > 0 ? words : given.map((o) => o.value?.value);
}
