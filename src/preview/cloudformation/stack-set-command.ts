/** Which stack instances a command is about, and what becomes of their stacks. */
export interface StackSetWords {
  readonly name: string | undefined;
  /** Undefined: not said, so every account (of the targets). */
  readonly accounts: readonly string[] | undefined;
  readonly regions: readonly string[] | undefined;
  readonly units: readonly string[] | undefined;
  /** How accounts and units go together; INTERSECTION where both are given and nothing else is said. */
  readonly accountFilter: string | undefined;
  /** `--retain-stacks`: the stacks stay, only the set forgets them. */
  readonly retain: boolean;
  readonly callAs: string | undefined;
  /** Set when accounts come from a file in S3, or the targets can't be read. */
  readonly unread: boolean;
}

/** The commands on stack sets that are previewed. */
export const STACK_SET_VERBS = new Set(['delete-stack-set', 'delete-stack-instances', 'update-stack-set', 'update-stack-instances', 'create-stack-instances']);

/** What `readCommand` gives to read options by. */
export interface OptionReaders {
  readonly text: (name: string, member?: string) => string | undefined;
  readonly list: (name: string, member: string) => readonly string[] | undefined;
  readonly words: (name: string) => readonly string[] | undefined;
  readonly given: (name: string) => boolean;
  readonly input: Readonly<Record<string, unknown>> | undefined;
}

/** Reads the options of a stack set command. Source: AWS CLI reference, `cloudformation delete-stack-instances` and its siblings. */
export function readStackSetWords({ text, list, words, given, input }: OptionReaders): StackSetWords {
  const targets = targetsOf(words('deployment-targets') ?? [], input?.['DeploymentTargets']);
  return {
    name: text('stack-set-name', 'StackSetName'),
    accounts: list('accounts', 'Accounts') ?? targets.accounts, regions: list('regions', 'Regions'), units: targets.units, accountFilter: targets.filter,
    retain: given('no-retain-stacks') ? false : given('retain-stacks') || input?.['RetainStacks'] === true,
    callAs: text('call-as', 'CallAs'), unread: targets.unread,
  };
}

interface Targets {
  readonly accounts: readonly string[] | undefined;
  readonly units: readonly string[] | undefined;
  readonly filter: string | undefined;
  readonly unread: boolean;
}

/** `Accounts=1,2,OrganizationalUnitIds=ou-1,AccountFilterType=UNION`, or the same as JSON. */
function targetsOf(words: readonly string[], member: unknown): Targets {
  const text = words.join(',').trim();
  let data: unknown = member;
  if (text.startsWith('{')) {
    try {
      data = JSON.parse(text);
    } catch {
      return { accounts: undefined, units: undefined, filter: undefined, unread: true };
    }
  } else if (text !== '') {
    const found: Record<string, string[]> = {};
    let last = '';
    for (const part of text.split(',')) {
      const [, name, first] = /^([A-Za-z]+)=(.*)$/s.exec(part) ?? [];
      if (name !== undefined) found[(last = name)] = [first ?? ''];
      else found[last]?.push(part);
    }
    data = found;
  }
  const one = typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
  const strings = (name: string): string[] | undefined => (Array.isArray(one[name]) ? one[name].map(String) : typeof one[name] === 'string' ? [one[name]] : undefined);
  return { accounts: strings('Accounts'), units: strings('OrganizationalUnitIds'), filter: strings('AccountFilterType')?.[0], unread: one['AccountsUrl'] !== undefined };
}

/** Where an instance of a stack set is. */
export interface InstancePlace {
  readonly account: string;
  readonly region: string;
  readonly unit: string | undefined;
}

/**
 * Whether the command is about this instance. `undefined`: it can't be told, because a unit's accounts are only known to the
 * organisation. Source: DeploymentTargets, CloudFormation API reference.
 */
export function targets(words: StackSetWords, place: InstancePlace): boolean | undefined {
  if (words.regions !== undefined && !words.regions.includes(place.region)) return false;
  if (words.unread) return undefined;
  const byAccount = words.accounts?.includes(place.account);
  if (words.units === undefined) return byAccount ?? true;
  // A unit contains the units below it, which an instance does not name.
  const byUnit = place.unit !== undefined && words.units.includes(place.unit) ? true : undefined;
  switch (words.accountFilter) {
    case 'UNION': return byAccount === true || byUnit;
    case 'DIFFERENCE': return byAccount === true ? false : byUnit;
    default: return byAccount === false ? false : byUnit;
  }
}
