import type { Plain } from './value';

/** Short tags that don't take the `Fn::` prefix. */
const BARE_TAGS = new Set(['Ref', 'Condition']);

/** The long form of a short tag: `!Sub x` is `{"Fn::Sub": "x"}`, and the text of `!GetAtt` is cut at its first dot. */
export function longForm(tag: string, value: Plain): Plain {
  if (BARE_TAGS.has(tag)) return { [tag]: value };
  if (tag === 'GetAtt' && typeof value === 'string') {
    const dot = value.indexOf('.');
    return { 'Fn::GetAtt': dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)] };
  }
  return { [`Fn::${tag}`]: value };
}

/** What an unquoted scalar is in JSON terms, only where writing it back gives the same text. */
export function plainScalar(text: string): Plain {
  if (text === '' || text === '~' || text === 'null') return null;
  const first = text.charCodeAt(0);
  if (first === 0x74 || first === 0x54 || first === 0x66 || first === 0x46) {
    if (text === 'true' || text === 'True' || text === 'TRUE') return true;
    if (text === 'false' || text === 'False' || text === 'FALSE') return false;
  } else if (((first >= 0x30 && first <= 0x39) || first === 0x2d) && text.length < 16) {
    const number = Number(text);
    if (String(number) === text) return number;
  }
  return text;
}
