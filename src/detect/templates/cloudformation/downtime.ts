import { readTable } from '../../knowledge/load';
import type { Downtime, Outcome, Replacement, ResourceAction } from '../../../model';
import type { Interruption } from './guards';
import { effectiveType } from './resource-types';

interface Slow {
  /** What takes long, in words ("making or changing one"). */
  readonly what: string;
  readonly source: string;
}

/** What happens to a resource, as far as its users notice. */
export interface Happening {
  readonly type: string;
  readonly action: ResourceAction;
  readonly replacement: Replacement;
  readonly outcome: Outcome;
  readonly interruption?: Interruption;
}

/**
 * What a change means for those who use the resource meanwhile; undefined where no source says anything.
 * A replacement is made first, references are moved to it, and the old one is deleted in the clean-up: whether its users follow
 * is up to them. Source: "Understand update behaviors of stack resources", CloudFormation User Guide.
 */
function downtimeOf({ type, action, replacement, outcome, interruption }: Happening): Downtime | undefined {
  const slow = longWords(type);
  const long = slow === undefined ? {} : { long: slow };
  switch (action) {
    case 'remove': return outcome === 'retained' ? { interrupted: 'no' } : outcome === 'unknown' ? { interrupted: 'unknown' } : { interrupted: 'yes' };
    case 'modify':
      if (replacement !== 'no') return { interrupted: 'may', order: 'create-first', ...long };
      if (interruption !== undefined) return { interrupted: interruption.what.startsWith('may ') ? 'may' : 'yes', ...long };
      return slow === undefined ? undefined : { interrupted: 'unknown', ...long };
    case 'add': return slow === undefined ? undefined : { interrupted: 'no', ...long };
    case 'unknown': return { interrupted: 'unknown' };
    case 'import':
    case 'forget':
    case 'none': return undefined;
  }
}

/**
 * What takes long with a resource of this type, in words with the page that says so; undefined where none does.
 * Source: the table `cfn-slow-types.json`, with a page per entry; it has no numbers, because how long depends on the size.
 */
export function longWords(type: string): string | undefined {
  const { types } = readTable<{ readonly types: Readonly<Record<string, Slow>> }>('cfn-slow-types.json');
  const name = effectiveType(type);
  const slow = Object.hasOwn(types, name) ? types[name] : undefined;
  return slow === undefined ? undefined : `${slow.what} is known to take long (${slow.source})`;
}

/** The same resource with its downtime, where something is known of it. */
export function withDowntime<R extends Happening>(resource: R, interruption?: Interruption): R & { readonly downtime?: Downtime } {
  const downtime = downtimeOf({ ...resource, ...(interruption === undefined ? {} : { interruption }) });
  return downtime === undefined ? resource : { ...resource, downtime };
}
