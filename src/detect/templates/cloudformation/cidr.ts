/**
 * `Fn::Cidr` for IPv4: `count` blocks of 2^bits addresses from the start of a block.
 * @returns undefined when the arguments don't fit, or for IPv6.
 */
export function cidrBlocks(block: string, count: number, bits: number): string[] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block);
  if (match === null || !(count >= 1 && count <= 256) || !(bits >= 0 && bits <= 32)) return undefined;
  const [a, b, c, d, mask] = match.slice(1).map(Number) as [number, number, number, number, number];
  if (mask > 32 || [a, b, c, d].some((octet) => octet > 255)) return undefined;
  const size = 2 ** bits;
  const total = 2 ** (32 - mask);
  if (count * size > total) return undefined;
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const base = address - (address % total);
  return Array.from({ length: count }, (_, i) => {
    const at = base + i * size;
    return `${Math.floor(at / 2 ** 24) % 256}.${Math.floor(at / 65536) % 256}.${Math.floor(at / 256) % 256}.${at % 256}/${32 - bits}`;
  });
}
