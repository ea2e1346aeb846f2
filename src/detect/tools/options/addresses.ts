/** Addresses from the first to the last one, as numbers. */
interface Span { readonly first: bigint; readonly last: bigint }

/** The spaces of addresses, and how much of one is no longer somebody's network: sixteen /8 of IPv4, and the same part of 2000::/3. */
const SPACES = { 4: { span: { first: 0n, last: (1n << 32n) - 1n }, much: 1n << 28n }, 6: { span: { first: 1n << 125n, last: (1n << 126n) - 1n }, much: 1n << 121n } } as const;

/** Words that mean every address. Source: Azure, "Virtual network service tags" (Internet); NSG rules take `*` and `Any`. */
const EVERYWHERE = /^(?:\*|any|all|internet)$/i;

/**
 * Whether these ranges together let in a large part of the internet, however they are cut: `0.0.0.0/1` and `128.0.0.0/1` are all of it.
 * @param ranges CIDR blocks, single addresses, `first-last`, or a word for everything; what is none of these counts for nothing.
 */
export function coversInternet(ranges: readonly string[]): boolean {
  if (ranges.some((r) => EVERYWHERE.test(r.trim()))) return true;
  return ([4, 6] as const).some((version) => {
    const { span, much } = SPACES[version];
    const inside = ranges.flatMap((r) => spanOf(r.trim(), version) ?? []).map((s) => ({ first: s.first > span.first ? s.first : span.first, last: s.last < span.last ? s.last : span.last })).filter((s) => s.first <= s.last);
    return covered(inside) >= much;
  });
}

/** How many addresses lie in at least one of these. */
function covered(spans: readonly Span[]): bigint {
  let sum = 0n;
  let reached = -1n;
  for (const { first, last } of [...spans].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const from = first > reached ? first : reached + 1n;
    if (last < from) continue;
    sum += last - from + 1n;
    reached = last;
  }
  return sum;
}

function spanOf(text: string, version: 4 | 6): Span | undefined {
  const read = version === 4 ? four : six;
  const bits = version === 4 ? 32n : 128n;
  const [from = '', to] = text.split('-');
  if (to !== undefined) {
    const [first, last] = [read(from), read(to)];
    return first === undefined || last === undefined ? undefined : { first, last };
  }
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const base = read(address);
  const length = prefix === undefined ? bits : BigInt(prefix);
  if (base === undefined || length > bits) return undefined;
  const size = 1n << (bits - length);
  const first = base - (base % size);
  return { first, last: first + size - 1n };
}

function four(text: string): bigint | undefined {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(BigInt);
  return octets === undefined || octets.some((o) => o > 255n) ? undefined : octets.reduce((all, o) => all * 256n + o, 0n);
}

/** Source: RFC 4291, 2.2. */
function six(text: string): bigint | undefined {
  if (!/^[\da-f:]*:[\da-f:]*$/i.test(text) || text.split('::').length > 2) return undefined;
  const [head = '', tail] = text.split('::');
  const groups = (part: string): string[] => part.split(':').filter((g) => g !== '');
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const missing = 8 - before.length - after.length;
  if (missing < 0 || (tail === undefined && missing > 0)) return undefined;
  const all = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  return all.some((g) => g.length > 4) ? undefined : all.reduce((sum, g) => sum * 65536n + BigInt(`0x${g}`), 0n);
}

/** The parts of a text that may be addresses or ranges: a list with any separator, the members of a JSON text, `value=0.0.0.0/0`. */
export const rangesIn = (text: string): string[] => text.split(/[\s,;|=[\]{}"']+/).filter((part) => part !== '');

/**
 * Ports behind which administration or data stand: open to everybody they are found and tried within hours.
 * Source: IANA, Service Name and Transport Protocol Port Number Registry; Azure Security Benchmark and CIS benchmarks, "unrestricted ports".
 */
const GUARDED = [20, 21, 22, 23, 25, 69, 110, 111, 135, 137, 138, 139, 161, 389, 445, 512, 513, 514, 636, 873, 1433, 1434, 1521, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 4333, 5432, 5500, 5601, 5672, 5900,
  5984, 5985, 5986, 6379, 6443, 7000, 7001, 8020, 8500, 9000, 9042, 9092, 9160, 9200, 9300, 10250, 11211, 15672, 27017, 27018, 27019, 50070, 61620];

/** Whether a port, a range of ports, or `*` holds one behind which administration or data stand; undefined: it can't be read. */
export function guardedPorts(text: string): boolean | undefined {
  if (/^(?:\*|all|any)$/i.test(text)) return true;
  const [, from, to] = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(text) ?? [];
  if (from === undefined) return undefined;
  return GUARDED.some((port) => port >= Number(from) && port <= Number(to ?? from));
}
