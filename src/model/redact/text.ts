import { isSecretName, REDACTED, type Note } from './names';
import { SHAPES } from './shapes';
import { isPlain } from './values';

/** What certainly is in no text without one of these needs no further look; most texts are such. */
const MAY_HOLD = /[=:"'@]|-----|[A-Za-z0-9_-]{16}|pass|pw|secret|identified|bearer|basic|auth/i;

const BEARER = /\b((?:bearer|basic)[ \t]+)([A-Za-z0-9._~+/=:-]{8,})/gi;
/** RFC 3986 §3.2.1; what people write without encoding it is taken along up to the last @ before the host ends. */
const USERINFO = /\b([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s/?#"'`<>]{1,512})@/gi;
/** Databases' drivers take a password with a slash or a question mark in it. */
const DATABASE_USERINFO = /\b((?:postgres(?:ql)?|mysql|mariadb|mongodb|redis|rediss|amqps?|mssql|sqlserver|cockroachdb|clickhouse|cassandra|ldaps?|smtps?|s?ftp)(?:\+\w{1,12})?:\/\/[^\s:/@"'`]{0,128}:)([^\s"'`<>@]{1,256}(?:@[^\s"'`<>@/:]{1,256}(?=@))?)@/gi;
const SIGNED_QUERY = /([?&;](?:X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token|X-Goog-Signature|X-Goog-Credential|Signature|sig|sv_token|token|access_token|id_token|refresh_token|api_?key|key|auth|client_secret|code|password|pwd|secret)=)([^&;\s"'`]+)/gi;
const PARAMETER_SHORTHAND = /(ParameterKey=)([^,\s"']{1,255})(,\s*ParameterValue=)("[^"]*"|'[^']*'|[^\s,]+)/g;
const PARAMETER_JSON = /("ParameterKey"\s*:\s*")([^"]{1,255})("\s*,\s*"ParameterValue"\s*:\s*")((?:[^"\\]|\\.)*)/g;
const NAME_VALUE_JSON = /("(?:name|key|Name|Key)"\s*:\s*")([^"]{1,255})("\s*,\s*"(?:value|Value)"\s*:\s*")((?:[^"\\]|\\.)*)/g;
const NAME_VALUE_SHORTHAND = /(\b(?:name|key|Name|Key)=)([^,\s"'{}]{1,255})(,\s*(?:value|Value)=)("[^"]*"|'[^']*'|[^\s,{}\]]+)/g;
const QUOTED_PAIR = /(["'])([A-Za-z0-9_.:-]{1,128})\1(\s*[:=]\s*)(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s"',{}[\]]{3,}))/g;
/** JSON within a JSON text or a shell's double quotes. */
const ESCAPED_PAIR = /\\"([A-Za-z0-9_.:-]{1,128})\\"(\s*:\s*)\\"((?:[^"\\]|\\[^"])*)\\"/g;
const ASSIGNED_NAME = /(?<![\w.-])([\w.-]+)(\s?:?=\s?)(?!=)/g;
const ASSIGNED_VALUE = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\[redacted\]|[^\s,;}\])"'&|]+/y;
const LINE_PAIR = /^([ \t]*(?:- )?)([A-Za-z_][A-Za-z0-9_.-]{0,127})(:[ \t]+)(?![|>{[!&*]|$)(.+)$/gm;
/** An object in a program: `password: 'x'`. */
const INLINE_PAIR = /(?<![\w.-])([\w.-]+)(\s?:\s?)("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/g;
/** netrc(5). */
const NETRC = /\b(machine\s+\S{1,256}\s+login\s+\S{1,256}\s+password\s+)(\S{1,512})/g;
/** HTTP header fields (RFC 9110 §5) that carry a credential. */
const HEADER = /\b((?:proxy-)?authorization|cookie|set-cookie|x-[a-z0-9-]{0,40}(?:token|key|secret|auth)|[a-z-]{0,40}api-?key|[a-z]{1,20}-(?:application-key|admin-token|auth-token)|private-token|job-token|circle-token|ocp-apim-subscription-key)(\s*:\s*)(?!["'\s])([^\r\n"']+)/gi;
/** The mongo shell: db.auth(user, password), db.changeUserPassword(user, password). Source: MongoDB manual, "User Management Methods". */
const MONGO_AUTH = /(\b(?:changeUserPassword|auth)\(\s{0,16}(?:"[^"\n]{0,256}"|'[^'\n]{0,256}'|`[^`\n]{0,256}`)\s{0,16},\s{0,16})("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`)/g;
/** SQL: CREATE/ALTER USER … IDENTIFIED BY (MySQL, Oracle), … PASSWORD (PostgreSQL, SQL Server), SET PASSWORD; COPY … CREDENTIALS, SECRET_ACCESS_KEY (Redshift). A text may have a sign before it (N'…', E'…'). */
const SQL = /\b(identified\s+(?:with\s+\w+\s+)?(?:by|as)(?:\s+password)?\s+|(?:encrypted\s+|set\s+)?password(?:\s+for\s+\S{1,128})?(?:\s*=\s*|\s+to\s+|\s+)(?:password\s*\(\s*)?|credentials\s+(?:as\s+)?|secret\s+|using\s+password\s+|(?:secret_access_key|access_key_id|session_token|master_symmetric_key)\s+(?:as\s+)?)((?:N|E|U&)?'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|\\.)*")/gi;

/**
 * Takes the secrets out of a text for people, logs or the ledger: keys and tokens by their look, values by the name
 * before them (`DB_PASSWORD=…`, `"SecretString": "…"`), user and password in addresses, signatures of signed
 * addresses, private keys. A safety net, not a proof: what can be left out by its place must be left out there.
 * Gives the same when it is given what it gave.
 */
export function redact(text: string, note?: Note): string {
  if (!MAY_HOLD.test(text)) return text;
  const gone = (value: string): string => {
    const bare = value.replace(/^(?:N|E|U&)?(["'`])([\s\S]*)\1$/i, '$2');
    if (bare === '' || bare.includes(REDACTED)) return value;
    note?.(bare);
    return REDACTED;
  };
  let out = text;
  for (const shape of SHAPES) out = out.replace(shape, gone);
  const byName = (all: string, before: string, name: string, sign: string, value: string): string => (isSecretName(name) ? `${before}${name}${sign}${gone(value)}` : all);
  out = out
    .replace(DATABASE_USERINFO, (_, before: string, secret: string) => `${before}${gone(secret)}@`)
    .replace(USERINFO, (_, scheme: string, who: string) => `${scheme}${who.includes(REDACTED) ? REDACTED : (who.includes(':') && note?.(who.slice(who.indexOf(':') + 1)), gone(who))}@`)
    .replace(SIGNED_QUERY, (_, before: string, value: string) => `${before}${gone(value)}`)
    .replace(BEARER, (all, before: string, value: string) => (isWord(value) ? all : `${before}${gone(value)}`))
    .replace(MONGO_AUTH, (_, before: string, value: string) => `${before}${gone(value)}`)
    .replace(SQL, (_, before: string, value: string) => `${before}${gone(value)}`)
    .replace(PARAMETER_SHORTHAND, byName)
    .replace(PARAMETER_JSON, byName)
    .replace(NAME_VALUE_JSON, byName)
    .replace(NAME_VALUE_SHORTHAND, byName)
    .replace(ESCAPED_PAIR, (all, name: string, sign: string, value: string) => (isSecretName(name) ? `\\"${name}\\"${sign}\\"${gone(value)}\\"` : all))
    .replace(QUOTED_PAIR, (all, quote: string, name: string, sign: string, double?: string, single?: string, bare?: string) =>
      (isSecretName(name) && !isOpen(bare) ? `${quote}${name}${quote}${sign}"${gone(double ?? single ?? bare ?? '')}"` : all))
    .replace(INLINE_PAIR, (all, name: string, sign: string, value: string) => (isSecretName(name) && !/^["']\$/.test(value) ? `${name}${sign}${gone(value)}` : all))
    .replace(NETRC, (_, before: string, value: string) => `${before}${gone(value)}`)
    .replace(LINE_PAIR, (all, indent: string, name: string, sign: string, value: string) => (isSecretName(name) && !isReference(value) ? `${indent}${name}${sign}${gone(value)}` : all))
    .replace(HEADER, (all, name: string, sign: string, value: string) => (value.includes(REDACTED) ? all : `${name}${sign}${gone(value)}`));
  return redactAssignments(out, gone);
}

/** `basic authentication`, `bearer credentials`: words of a sentence, not a credential. */
const isWord = (value: string): boolean => /^[a-z]+[.:]?$/i.test(value) && value.length < 20;
const isOpen = (value: string | undefined): boolean => value !== undefined && /^(?:true|false|null|none|\d{1,5})$/i.test(value);
/** The name of a place where the secret is, not the secret. */
const isReference = (value: string): boolean => /^(?:\$(?:\w+|\{[^}]*\})|\{\{.*\}\}|!\w+.*|arn:\S+|true|false|null|~|\d{1,5})$/i.test(value.trim());

/** `NAME=value`, also within another value (`Variables={DB_PASSWORD=…}`). */
function redactAssignments(text: string, gone: (value: string) => string): string {
  let out = '';
  let at = 0;
  for (const match of text.matchAll(ASSIGNED_NAME)) {
    const start = match.index + match[0].length;
    // An option of that name takes the name of a secret as often as one; what it is, the tool's table knows.
    if (match.index < at || !isSecretName(match[1] ?? '') || match[1] === '--secret') continue;
    ASSIGNED_VALUE.lastIndex = start;
    const value = ASSIGNED_VALUE.exec(text)?.[0];
    if (value === undefined || value.includes(REDACTED) || isPlainSetting(value)) continue;
    out += `${text.slice(at, start)}${gone(value)}`;
    at = start + value.length;
  }
  return out + text.slice(at);
}

/** `$PASSWORD`, `true`: says nothing. */
const isPlainSetting = (value: string): boolean => /^["']?(?:\$\w+|\$\{\w+\}|true|false)["']?$/i.test(value) && isPlain(value.replace(/["']/g, ''));

/** Takes known secrets out of a text wherever they stand, longest first, also as they look in an address, in JSON or on one line. */
export function withoutKnown(text: string, secrets: readonly string[]): string {
  let out = text;
  for (const secret of secrets) if (secret.length >= 4 && out.includes(secret)) out = out.split(secret).join(REDACTED);
  return out;
}

/** What is secret within a secret that was taken out as a whole: a password in an address, the texts in an object, what stands behind a sign. */
function within(secret: string): string[] {
  if (/^[\w+/.~-]*=*$/.test(secret) || secret.length > 64 * 1024) return [];
  const found: string[] = [];
  redact(secret, (inner) => found.push(inner));
  for (const piece of secret.split(/[\s"'`{}[\](),;&?<>|]+|(?<=^|[\s"'{,;&])[\w.-]{1,64}[=:]|:\/\/|@/)) if (piece !== undefined && piece.length >= 8 && !/^[a-z]+$/.test(piece)) found.push(piece);
  return found;
}

/** The ways in which one secret may be written elsewhere. The longest stands first. */
export function spellings(secrets: Iterable<string>): string[] {
  const all = new Set<string>();
  for (const secret of [...secrets].flatMap((one) => [one, ...within(one)])) {
    if (secret.length < 4 || isPlain(secret)) continue;
    all.add(secret);
    all.add(JSON.stringify(secret).slice(1, -1));
    all.add(secret.replaceAll("'", "'\\''"));
    all.add(secret.replace(/\s+/g, ' ').trim());
    try {
      all.add(encodeURIComponent(secret));
    } catch {
      // Half a surrogate pair has no spelling in an address.
    }
    if (secret.length >= 6) all.add(base64(secret));
    for (const line of secret.includes('\n') ? secret.split('\n') : []) if (line.length >= 12) all.add(line.trim());
  }
  return [...all].filter((one) => one.length >= 4).sort((a, b) => b.length - a.length);
}

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text.slice(0, 20_000)))).replace(/=+$/, '');
