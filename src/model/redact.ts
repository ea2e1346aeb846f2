/** What stands where a secret stood. */
export const REDACTED = '[redacted]';

/** Words in a name that say: the value is a secret. */
const SECRET_NAME = /passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|authorization|plaintext/i;

/** Names with such a word whose value is no secret: an id, a name, a setting about secrets, a paging token. */
const HARMLESS_NAME =
  /(?:ids?|arns?|names?|length|size|count|type|version|policy|ur[il]|path|file|refs?|enabled|required|age|days|rotation|region|mode|status|recovery|plan)$|^(?:--)?(?:client(?:[_-]?request)?|next|starting|continuation|pagination)[_-]?token$/i;

/** Whether the name of an option, variable, property or parameter says that its value is a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !HARMLESS_NAME.test(name);
}

/** Texts that are secrets by their own look, wherever they stand. Each matches in linear time. */
const SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
  // AWS access keys, long-lived and temporary (IAM user guide, "Unique identifiers": AKIA, ASIA).
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  // The two ways in which session tokens of AWS STS begin.
  /\b(?:FwoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9+/=]{16,}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g,
  /\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|npm_)[A-Za-z0-9_-]{16,}/g,
];

const BEARER = /\b(bearer|basic)[ \t]+[A-Za-z0-9._~+/=-]{8,}/gi;
const USERINFO = /\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@"']{1,512}@/gi;
const SIGNED_QUERY = /([?&](?:X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token|Signature|sig|sv_token|token|access_token)=)[^&\s"']+/gi;
const PARAMETER_SHORTHAND = /(ParameterKey=)([^,\s"']{1,255})(,\s*ParameterValue=)("[^"]*"|'[^']*'|[^\s,]+)/g;
const PARAMETER_JSON = /("ParameterKey"\s*:\s*")([^"]{1,255})("\s*,\s*"ParameterValue"\s*:\s*")((?:[^"\\]|\\.)*)/g;
const QUOTED_PAIR = /(["'])([A-Za-z0-9_.:-]{1,128})\1(\s*[:=]\s*)(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')/g;
const ASSIGNED_NAME = /([A-Za-z_][A-Za-z0-9_.-]{0,127})\s?=\s?/g;
const ASSIGNED_VALUE = /"(?:[^"\\]|\\.)*"|'[^']*'|[^\s,;}\])"'&|]+/y;
const LINE_PAIR = /^([ \t]*(?:- )?)([A-Za-z_][A-Za-z0-9_.-]{0,127})(:[ \t]+)(?![|>{[!&*]|$)(.+)$/gm;

/**
 * Takes the secrets out of a text for people, logs or the ledger: keys and tokens by their look, values by the name
 * before them (`DB_PASSWORD=…`, `"SecretString": "…"`), user and password in addresses, signatures of signed
 * addresses, private keys. A safety net, not a proof: what can be left out by its place must be left out there.
 */
export function redact(text: string): string {
  let out = text;
  for (const shape of SHAPES) out = out.replace(shape, REDACTED);
  out = out
    .replace(USERINFO, `$1${REDACTED}@`)
    .replace(SIGNED_QUERY, `$1${REDACTED}`)
    .replace(BEARER, `$1 ${REDACTED}`)
    .replace(PARAMETER_SHORTHAND, (all, key, name, value) => (isSecretName(name) ? `${key}${name}${value}${REDACTED}` : all))
    .replace(PARAMETER_JSON, (all, key, name, value) => (isSecretName(name) ? `${key}${name}${value}${REDACTED}` : all))
    .replace(QUOTED_PAIR, (all, quote, name, sign) => (isSecretName(name) ? `${quote}${name}${quote}${sign}"${REDACTED}"` : all))
    .replace(LINE_PAIR, (all, indent, name, sign) => (isSecretName(name) ? `${indent}${name}${sign}${REDACTED}` : all));
  return redactAssignments(out);
}

/** `NAME=value`, also within another value (`Variables={DB_PASSWORD=…}`). */
function redactAssignments(text: string): string {
  let out = '';
  let at = 0;
  for (const match of text.matchAll(ASSIGNED_NAME)) {
    const start = match.index + match[0].length;
    if (match.index < at || !isSecretName(match[1] ?? '')) continue;
    ASSIGNED_VALUE.lastIndex = start;
    const value = ASSIGNED_VALUE.exec(text)?.[0];
    if (value === undefined) continue;
    out += `${text.slice(at, start)}${REDACTED}`;
    at = start + value.length;
  }
  return out + text.slice(at);
}

/**
 * Takes the secrets out of an argv: the value of every option whose name says so (`--master-user-password X`,
 * `--secret-string=X`, the `--value` of an SSM SecureString), and whatever `redact` finds in the rest.
 * A value that only names a file (`file://…`) stays.
 */
export function redactArgv(argv: readonly string[]): string[] {
  const secure = argv.some((arg) => /^(?:--type=)?SecureString$/i.test(arg));
  const isSecret = (option: string): boolean => isSecretName(option.replace(/^--?/, '')) || (secure && option === '--value');
  const out: string[] = [];
  let secretNext = false;
  for (const arg of argv) {
    if (secretNext && !arg.startsWith('--')) {
      out.push(/^fileb?:\/\//.test(arg) ? arg : REDACTED);
      secretNext = false;
      continue;
    }
    secretNext = false;
    const equals = arg.startsWith('--') ? arg.indexOf('=') : -1;
    if (equals > 0 && isSecret(arg.slice(0, equals))) {
      const value = arg.slice(equals + 1);
      out.push(`${arg.slice(0, equals)}=${/^fileb?:\/\//.test(value) ? value : REDACTED}`);
    } else {
      // A flag such as `--manage-master-user-password` has no value; the next word is then an option and stays.
      secretNext = arg.startsWith('--') && equals < 0 && isSecret(arg);
      out.push(redact(arg));
    }
  }
  return out;
}

/** Takes the secrets out of an environment, by name and by look. */
export function redactEnv(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined) out[name] = isSecretName(name) ? REDACTED : redact(value);
  }
  return out;
}

/**
 * Takes the secrets out of every text in plain data.
 * @param secrets texts known to be secret (a NoEcho parameter's value), taken out wherever they stand.
 */
export function redactData<T>(data: T, secrets: readonly string[] = []): T {
  const text = (value: string): string => {
    let out = value;
    for (const secret of secrets) if (secret.length >= 4) out = out.split(secret).join(REDACTED);
    return redact(out);
  };
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, typeof inner === 'string' && isSecretName(key) ? REDACTED : walk(inner)]));
    }
    return value;
  };
  return walk(data) as T;
}
