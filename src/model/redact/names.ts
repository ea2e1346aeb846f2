/** What stands where a secret stood. */
export const REDACTED = '[redacted]';

/** Is told each text that was taken out, so that it can be taken out elsewhere too. */
export type Note = (secret: string) => void;

/** Words in a name that say: the value is a secret. */
const SECRET_NAME = new RegExp([
  'passw(?:or)?d', 'passphrase', 'passwort', 'secret', 'token', 'credential', 'authorization', 'plaintext', 'api[_-]?key', 'connection[_-]?string', 'conn[_-]?str$',
  // Keys that lock or sign, told from keys that name something (a table's, a map's) by the word before.
  '(?:access|account|auth|admin|customer|deploy|encryption|hmac|jwt|license|master|priv(?:ate)?|root|session|shared|shared[_-]?access|preshared|signing|ssh|storage|symmetric|unseal|webhook)[_-]?key',
  'requirepass', 'masterauth', 'jaas[._-]?config', 'user[_-]?data$', 'webhook$', '(?:^|[_.-])auth$', 'cookie$',
].join('|'), 'i');
/** Short words count only when they stand alone in the name: not the pass in bypass. */
const SHORT_ALONE = /(?:^|[^A-Za-z])(?:pass|pwd|psw|pw|jwt|otp|dsn|sas|bearer|sig)(?:$|[^A-Za-z])/i;
const SHORT_CASED = /[a-z](?:Pass|Pwd|Pw|Jwt|Otp|Dsn)(?![a-z])|(?:PG|DB|MYSQL|SQL|REDIS|SMTP|ROOT|ADMIN|USER)(?:PASS|PWD)$/;

/** Names with such a word whose value is no secret: an id, a name, a setting about secrets, a paging token. */
const HARMLESS_NAME =
  /(?:ids?|arns?|names?|length|size|count|types?|version|policy|ur[il]|path|dir|file|refs?|enabled|disabled|required|age|days|ttl|rotation|region|mode|status|recovery|plan|provider|store|stores|spec|manager|location|scopes?|format|algorithm|state|min|max|expiry|expires|expiration|duration|seconds|source|from|service|endpoint|issuer|audience|authenticator|stdin)$|^(?:--)?(?:client(?:[_-]?request)?|next|starting|continuation|pagination|page|lock|sequence|task|idempotency|change|claim)[_-]?token$|^(?:--)?(?:no|with|use|enable|disable|skip|manage|ask|prompt|generate|show|reset|require|store|save|random|auto)[_-]/i;

/** Whether the name of an option, variable, property or parameter says that its value is a secret. */
export function isSecretName(name: string): boolean {
  return (SECRET_NAME.test(name) || SHORT_ALONE.test(name) || SHORT_CASED.test(name)) && !HARMLESS_NAME.test(name);
}

/** The last words of keys that say what a thing is, not how it is locked: a person decides by their values. */
const TELLING_KEY = /(?:^|[._:/-]|[a-z0-9](?=[A-Z]))(?:names?|bucket|table|stack|cluster|region|env|environment|stage|zones?|azs?|type|size|class|count|images?|tags?|version|repo|repository|arns?|ids?|cidrs?|domain|host|hostname|port|engine|replicas?|replicaCount|namespace|project|account|owner|team|vpc|subnets?|service|app|application|component|path|prefix|family|instance|cpu|memory|storage|timeout|enabled|debug|level|log|format|location|ami|role|tier|sku|mode|runtime|profile|workspace|dir|folder|database|db|schema|organization|hostnames?|create|purge|force|retention|days)$/i;

/** A key of a backend or a parameter after which the value is shown, when it looks like a name. */
export function isTellingName(key: string): boolean {
  return TELLING_KEY.test(key) && !isSecretName(key);
}
