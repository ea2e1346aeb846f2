import type { Finding } from './invocation';

/** What the names of operations are made of: words of tools' references, with the signs that providers put between them. Letters, digits and `_ . : / + - @ *` with single blanks. */
const NAME = /^[A-Za-z0-9_/][A-Za-z0-9_.:/+@*-]*(?: [A-Za-z0-9_.:/+@*-]+)*$/;
const LONGEST = 160;

/**
 * A finding whose operation's name is a name. Where no table knows a command, its name is made of the command's own words, and those come
 * from whoever wrote it: what could be a link, an icon or markup where the name is shown is no name, and is said as `unknown`.
 */
export function withKnownName<T extends Pick<Finding, 'operation' | 'reason' | 'unknowns'>>(finding: T): T {
  if (finding.operation.length <= LONGEST && NAME.test(finding.operation)) return finding;
  const provider = /^[A-Za-z0-9_-]{1,40}(?=:)/.exec(finding.operation)?.[0] ?? 'command';
  return {
    ...finding, operation: `${provider}:unknown`,
    reason: `${finding.reason} Its words are no name of a command, so the operation has none here.`,
    unknowns: [...finding.unknowns, 'the name of the command'],
  };
}
