import type { Assembly, AssemblyStack } from './assembly';

export interface Selection {
  readonly stacks: readonly AssemblyStack[];
  /** Those that were not named and go along all the same. */
  readonly along: ReadonlySet<string>;
  /** Why nothing is selected, or what can't be told, each a sentence. */
  readonly problems: readonly string[];
  /** What the CDK's own command would answer instead of running. */
  readonly refused?: string;
}

export interface Wanted {
  readonly patterns: readonly string[];
  readonly all: boolean;
  readonly exclusively: boolean;
  /** A deployment takes along what a stack needs; a deletion what needs it. */
  readonly verb: 'deploy' | 'destroy';
}

/**
 * The stacks that the CDK's command line would take.
 * Source: "AWS CDK CLI reference", `cdk deploy` and `cdk destroy` (`--all`, `--exclusively`, wildcards), and the CLI's own selection
 * (aws-cdk, cloud-assembly.ts): `--all` is every stack of the main assembly; without a name there must be one stack only.
 */
export function selectStacks(assembly: Assembly, wanted: Wanted): Selection {
  const top = assembly.stacks.filter((stack) => stack.topLevel);
  const none = { stacks: [], along: new Set<string>(), problems: [] };
  if (assembly.stacks.length === 0) return { ...none, refused: 'The app has no stacks: the command would do nothing.' };
  if (!wanted.all && wanted.patterns.length === 0) {
    if (top.length === 1) return { ...none, stacks: top };
    return { ...none, refused: `The app has more than one stack (${assembly.stacks.map((stack) => stack.id).join(', ')}) and the command names none: the CDK would refuse it.` };
  }
  const problems: string[] = [];
  const matches = wanted.all ? undefined : wanted.patterns.map((pattern) => {
    const match = glob(pattern);
    if (match === undefined) problems.push(`Which stacks ${pattern} means can't be told: every stack of the app is shown. Name the stacks to see only them.`);
    return match ?? ((): boolean => true);
  });
  const first = matches === undefined ? top : assembly.stacks.filter((stack) => matches.some((match) => match(stack.id)));
  if (first.length === 0) return { ...none, problems, refused: `No stack of the app matches ${wanted.patterns.join(', ')} (it has ${assembly.stacks.map((stack) => stack.id).join(', ')}): the command would do nothing.` };
  const chosen = new Set(first.map((stack) => stack.id));
  if (!wanted.exclusively) extend(assembly.stacks, chosen, wanted.verb);
  const named = new Set(first.map((stack) => stack.id));
  return { stacks: assembly.stacks.filter((stack) => chosen.has(stack.id)), along: new Set([...chosen].filter((id) => !named.has(id))), problems };
}

function extend(all: readonly AssemblyStack[], chosen: Set<string>, verb: Wanted['verb']): void {
  for (let size = -1; size !== chosen.size;) {
    size = chosen.size;
    for (const stack of all) {
      if (verb === 'destroy' && stack.needs.some((id) => chosen.has(id))) chosen.add(stack.id);
      if (verb === 'deploy' && chosen.has(stack.id)) for (const id of stack.needs) chosen.add(id);
    }
  }
}

/** A matcher for the wildcards that are documented; undefined for more (minimatch's braces, classes and negations). */
function glob(pattern: string): ((id: string) => boolean) | undefined {
  if (/[[\]{}!()\\]/.test(pattern)) return undefined;
  const source = pattern.split('/').map((part) => (part === '**' ? '.*' : part.replace(/[.+^$|]/g, '\\$&').replace(/\*+/g, '[^/]*').replace(/\?/g, '[^/]'))).join('/');
  const expression = new RegExp(`^${source.replace(/\/\.\*$/, '(?:/.*)').replace(/^\.\*\//, '(?:.*/)?').replace(/\/\.\*\//g, '/(?:.*/)?')}$`);
  return (id) => expression.test(id);
}
