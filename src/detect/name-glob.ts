/**
 * Names of files in the notation that git's ignore files and editors share: `*` is anything but a slash, `**` any folders, `{a,b}` one of
 * several. Without a slash it is a file's name in any folder; with one, the end of a path. Capitals don't matter: of a tool that minds
 * them, the other spelling is no file of another kind.
 */

/** A glob for each alternative in braces; editors take none within others. */
export function withoutBraces(glob: string): string[] {
  const brace = /^([^{]*)\{([^{}]*)\}(.*)$/s.exec(glob);
  if (brace === null) return [glob];
  const [, before = '', inside = '', after = ''] = brace;
  return inside.split(',').flatMap((one) => withoutBraces(`${before}${one}${after}`));
}

/** What tells a path, with slashes, that one of the globs means. */
export function matcherOf(globs: readonly string[]): RegExp {
  const patterns = globs.flatMap(withoutBraces).map((glob) =>
    glob
      .split(/(\*\*\/|\*)/)
      .map(patternOf)
      .join(''),
  );
  return new RegExp(`(?:^|/)(?:${patterns.join('|')})$`, 'i');
}

function patternOf(part: string): string {
  if (part === '**/') return '(?:[^/]+/)*';
  return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
