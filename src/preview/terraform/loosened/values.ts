/** How a value of a setting is read, whatever the provider writes for it. */

/** A switch: on, off, or neither. Nothing at all is off: the provider's own default is never a guard that somebody chose. */
export function switched(value: unknown): 'on' | 'off' | undefined {
  if (value === undefined || value === null || value === false || value === '' || value === 0) return 'off';
  if (value === true || value === 1) return 'on';
  if (typeof value !== 'string') return undefined;
  if (OFF.test(value)) return 'off';
  return ON.test(value) ? 'on' : undefined;
}

const OFF =
  new RegExp([
    '^(?:false|0|off|no|none|disable[d]?|inactive|suspended|paused|stopped|unprotected|optional|allowed|',
    'inherited|unspecified|not_\\w+|\\w+_(?:disabled|unspecified))$',
  ].join(''), 'i');
const ON =
  /^(?:true|1|on|yes|enable[d]?|active|enforced?|require[d]?|protected|always|prevent\S*|apply|account_default|strict|all|\w+_enabled)$/i;

/**
 * A number that has something of one kind: days, a duration with its unit, a size. Undefined for anything else; below nought is
 * without end.
 */
export function amount(value: unknown): number | undefined {
  if (typeof value === 'number') return value < 0 ? Infinity : value;
  if (typeof value !== 'string') return undefined;
  if (/^-\d+$/.test(value)) return Infinity;
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value);
  const plain = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w|y)$/i.exec(value);
  if (plain !== null) return Number(plain[1]) * (SECONDS[plain[2]?.toLowerCase() ?? ''] ?? NaN);
  // Source: ISO 8601, durations.
  const iso = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(value);
  if (iso === null || value === 'P') return undefined;
  return [31_536_000, 2_592_000, 604_800, 86_400, 3_600, 60, 1].reduce((sum, seconds, i) => sum + Number(iso[i + 1] ?? 0) * seconds, 0);
}

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800, y: 31_536_000 };

/** The lowest version of TLS that a setting lets in, as it is written in its value; undefined where none is. SSL is before all of them. */
export function tlsVersion(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  if (/sslv?[_.-]?[23]/i.test(value)) return 0;
  const found = /tls(?:v|_v)?[_.-]?(\d)(?:[_.-]?(\d))?/i.exec(value) ?? /^(\d)\.(\d)$/.exec(value);
  return found === null ? undefined : Number(found[1]) * 10 + Number(found[2] ?? 0);
}
