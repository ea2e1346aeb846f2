/**
 * A shell pattern with `*`, `?` and simple `[…]` as a test of whole texts. Linear in text times pattern.
 * Source: bash reference manual, "Pattern Matching".
 */
export function globPattern(pattern: string): (text: string) => boolean {
  const items = tokens(pattern);
  return (text) => {
    let at = 0;
    let i = 0;
    let star = -1;
    let mark = 0;
    while (i < text.length) {
      const item = items[at];
      if (item === '*') {
        star = at++;
        mark = i;
      } else if (item !== undefined && fits(item, text.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++mark;
      } else return false;
    }
    while (items[at] === '*') at++;
    return at === items.length;
  };
}

type Item = '*' | { readonly any: true } | { readonly char: string } | { readonly set: string; readonly not: boolean };

function tokens(pattern: string): Item[] {
  const items: Item[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    const close = c === '[' ? pattern.indexOf(']', i + 2) : -1;
    if (c === '*') items.push('*');
    else if (c === '?') items.push({ any: true });
    else if (close > 0) {
      const inside = pattern.slice(i + 1, close);
      const not = inside.startsWith('!') || inside.startsWith('^');
      items.push({ set: not ? inside.slice(1) : inside, not });
      i = close;
    } else if (c === '\\' && i + 1 < pattern.length) items.push({ char: pattern.charAt(++i) });
    else items.push({ char: c });
  }
  return items;
}

function fits(item: Exclude<Item, '*'>, c: string): boolean {
  if ('any' in item) return true;
  if ('char' in item) return item.char === c;
  let inside = false;
  for (let i = 0; i < item.set.length; i++) {
    if (item.set.charAt(i + 1) === '-' && i + 2 < item.set.length) {
      inside ||= c >= item.set.charAt(i) && c <= item.set.charAt(i + 2);
      i += 2;
    } else inside ||= item.set.charAt(i) === c;
  }
  return inside !== item.not;
}
