/** Amounts and lists in words. */

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Bytes in words ("1.2 MiB"). */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10} ${UNITS[unit] ?? 'B'}`;
}

/** A count with its noun ("1 object", "2,000 objects"). */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? noun : plural}`;
}

/** Like {@link count} for a number that an answer may lack: then it is said to be unknown, and not 0. */
export function counted(n: number | undefined, noun: string): string {
  return n === undefined ? `an unknown number of ${noun}s` : count(n, noun);
}

/** The first of a list in words ("a, b, c and 4 more"). */
export function some(names: readonly string[], most = 5): string {
  if (names.length <= most) return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** A time to the minute in UTC ("2024-05-01 03:04 UTC"); what is no time stays as it is. The CLI writes ISO 8601 or, in version 1, seconds since 1970. */
export function when(time: string | number): string {
  const date = new Date(typeof time === 'number' || /^\d+(\.\d+)?$/.test(time) ? Number(time) * 1000 : time);
  return Number.isNaN(date.getTime()) ? String(time) : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The last part of an ARN or address: what people call it. */
export function shortName(arn: string): string {
  return arn.split(/[:/]/).filter((part) => part !== '').pop() ?? arn;
}
