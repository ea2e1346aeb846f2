/**
 * Matches a text against a pattern with `*` (any run of characters) and `?` (any one), without regard to case.
 * Takes time proportional to the product of both lengths at worst: no pattern can hang it.
 */
export function globMatches(pattern: string, text: string): boolean {
  const p = pattern.toLowerCase();
  const t = text.toLowerCase();
  let at = 0;
  let star = -1;
  let mark = 0;
  let i = 0;
  while (i < t.length) {
    if (at < p.length && p[at] === '*') {
      star = at++;
      mark = i;
    } else if (at < p.length && (p[at] === '?' || p[at] === t[i])) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++mark;
    } else return false;
  }
  while (p[at] === '*') at++;
  return at === p.length;
}

/** Whether any of the patterns matches any of the texts. */
export function anyMatches(patterns: readonly string[], texts: readonly (string | undefined)[]): boolean {
  return patterns.some((p) => texts.some((t) => t !== undefined && globMatches(p, t)));
}
