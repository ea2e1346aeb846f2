import { isSecretName, type Note } from './names';
import type { How } from './options';
import { redact } from './text';
import { environment, pairOrData } from './variables';
import { hide, hideLogin, hidePair, hidePairs } from './values';

/**
 * Treats the value of an option or a word as the table of its tool says.
 * @param words the words of the command before it, in lower case.
 */
export function treat(how: How, value: string, words: ReadonlySet<string>, note?: Note): string {
  switch (how) {
    case 's':
    case 'a':
    case 'A':
    case '2': return hide(value, note);
    case 'l':
    case '-':
    case '!': return value;
    case 'k': return /^[\w.-]+=/.test(value) ? hidePair(value, true, note) : hide(value, note);
    case ':': return hidePair(value, false, note, ':');
    case '/': return beforePlace(value, note);
    case 'x': return hidePair(value, true, note);
    case 'X': return hidePairs(value, true, note);
    case 'p': return pairOrData(value, false, note);
    case 'P': return value.startsWith('{') ? pairOrData(value, false, note) : hidePairs(value, false, note);
    case 'm': return pairOrData(value, false, note);
    case 'M': return pairOrData(value, true, note);
    case 'u': return hideLogin(value, note);
    case '%': return hideLogin(value, note, value.includes('%') ? '%' : ',');
    case 'h': return header(value, note);
    case 'o': return value.startsWith('pass:') ? `pass:${hide(value.slice(5), note)}` : /^(?:env|file|fd|stdin)\b/.test(value) ? value : hide(value, note);
    case 'e': return environment(value, note);
    case 'd': return [...words].some((w) => /^secrets?(?:$|[/.])/.test(w)) ? dataOfSecret(value, note) : value;
    case 'i': return value.replace(/^((?:\s*\[[^\]]{0,256}\])+\s*)([\s\S]+)$/, (_, index: string, one: string) => `${index}${hide(one, note)}`);
  }
}

/** `user/password@place`: user and place stay. */
function beforePlace(value: string, note?: Note): string {
  const [slash, at] = [value.indexOf('/'), value.lastIndexOf('@')];
  return slash < 0 ? value : `${value.slice(0, slash + 1)}${hide(value.slice(slash + 1, at > slash ? at : undefined), note)}${at > slash ? value.slice(at) : ''}`;
}

/** Fields whose name ends in `key` and that open nothing. Sources: the Idempotency-Key draft of the IETF, Fastly's surrogate keys, RFC 6455 §11.3.1. */
const NO_KEY = /(?:idempotency|surrogate|websocket|cache|partition|routing|object)-key$/i;

/** `Name: value` of a header that carries a credential, by its name. */
function header(value: string, note?: Note): string {
  const colon = value.indexOf(':');
  if (colon < 0) return /extraheader=/i.test(value) ? redact(value, note) : value;
  const name = value.slice(0, colon).trim();
  const secret = /authorization|cookie|api-?key|key$|token|secret|password|auth$/i.test(name.slice(name.lastIndexOf('=') + 1)) && !NO_KEY.test(name);
  return secret ? `${value.slice(0, colon + 1)} ${hide(value.slice(colon + 1).trim(), note)}` : value;
}

/** What a Kubernetes object says of itself. Source: Kubernetes API conventions, "Types (Kinds)" and "Metadata". */
const TELLS = /^(?:apiVersion|kind|type|metadata|name|namespace|labels|annotations|immutable|data|stringData|op|path)$/;

/** The data of a Secret in a patch: JSON, or YAML in either of its styles. */
function dataOfSecret(value: string, note?: Note): string {
  if (/^\s*[[{]\s*(?:["{[]|\})/.test(value)) return environment(value, note, /^(?:data|stringData|value)$/);
  // YAML 1.2.2 §7.4 (flow) and §8.2 (block): each scalar behind a key; a block scalar with all its lines.
  return value.replace(/([\w.-]{1,253}|"[^"\n]{1,253}"|'[^'\n]{1,253}')([ \t]*:[ \t]+|:(?=["']))([|>][+-]?\d?\n(?:[ \t]+[^\n]*\n?)+|"(?:[^"\\]|\\.)*"|'[^']*'|[^\s{}[\]][^\n,}\]]*)/g, (all, key: string, sign: string, one: string) => {
    const name = key.replace(/["']/g, '');
    return TELLS.test(name) || (one.includes(': ') && !/^["'|>]/.test(one)) ? all : `${key}${sign}${hide(one.replace(/^(["'])([\s\S]*)\1$/, '$2').trim(), note)}${one.endsWith('\n') ? '\n' : ''}`;
  });
}

/** A name that says how its value is treated by itself, for every tool. */
export function howByName(option: string): How | undefined {
  if (/^--(?:[\w-]{1,40}-)?env(?:ironment)?-(?:vars?|variables)$/.test(option)) return 'X';
  return option.startsWith('--') && isSecretName(option.slice(2)) ? 's' : undefined;
}
