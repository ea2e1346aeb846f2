import type { AwsOperation } from '../knowledge/aws-operations';
import type { Finding } from '../invocation';
import { meansOption } from './aws-command-line';
import { flagState, optionText, structureMember, targetNames, type AwsCall } from './aws-call';
import { accessRefinements, openPolicy } from './aws-special-access';
import { dataRefinements } from './aws-special-data';
import { runRefinements } from './aws-special-run';
import { stackRefinements } from './aws-special-stacks';

/** Judges one operation by its options; gives the whole finding, or several when it runs something else. */
export type Refinement = (call: AwsCall, base: Finding, operation: AwsOperation) => Finding | readonly Finding[];

const REFINEMENTS: Readonly<Record<string, Refinement>> = {
  ...stackRefinements,
  ...dataRefinements,
  ...accessRefinements,
  ...runRefinements,
};

/** Options that take a lock off a resource when they are negated. Source: the models, members that end in Protection. */
const PROTECTION = /^no-(?:enable-)?(?:[a-z-]*deletion-protection|delete-protection|[a-z-]*termination-protect|disable-api-|termination-protected)/;

/** The same by name, for the AWS CLI takes beginnings of them, too. Source: its argument tables. */
const LOCKS = ['deletion-protection', 'deletion-protection-enabled', 'delete-protection', 'disable-api-stop', 'disable-api-termination', 'enable-termination-protection', 'termination-protection-enabled'];

/** Options and members that say how much runs. */
const CAPACITIES = [
  ['desired-capacity', 'DesiredCapacity'], ['desired-count', 'desiredCount'], ['max-capacity', 'MaxCapacity'], ['max-size', 'MaxSize'], ['min-size', 'MinSize'],
] as const;

/**
 * What an operation does with just these options: some options make it worse, some better.
 * @param base what the table says.
 */
export function refine(operation: AwsOperation, base: Finding, call: AwsCall): Finding[] {
  const refinement = REFINEMENTS[`${operation.service}:${operation.api}`];
  const refined = refinement?.(call, base, operation) ?? base;
  const findings: readonly Finding[] = isList(refined) ? refined : [refined];
  return findings.map((f) => (f.operation === base.operation && f.mutation !== 'destructive' ? generic(call, f) : f));
}

function isList(value: Finding | readonly Finding[]): value is readonly Finding[] {
  return Array.isArray(value);
}

/** What holds for every service: a lock taken off, a resource opened to everybody or switched off. */
function generic(call: AwsCall, base: Finding): Finding {
  const names = targetNames(base.targets) ?? 'the resource';
  const isCreation = base.mutation === 'additive';
  const unlocked = call.options.findLast((o) => PROTECTION.test(o.name));
  const lock = unlocked?.name.slice(3) ?? LOCKS.find((l) => call.options.some((o) => o.name !== 'no-dry-run' && o.name.length > 3 && meansOption(o, `no-${l}`)));
  if (lock !== undefined && !isCreation && flagState(call, lock) === 'off') return unprotected(base, `--no-${lock}`, names);
  const unlockedInput = Object.entries(call.input ?? {}).find(([member, value]) => value === false && /^(Enable)?(Deletion|Termination|Delete)Protect/i.test(member));
  if (unlockedInput !== undefined && !isCreation) return unprotected(base, `${unlockedInput[0]}: false`, names);
  const setting = optionText(call, 'deletion-protection');
  if (!isCreation && setting !== undefined && /^(INACTIVE|false|DISABLED|OFF)$/i.test(setting)) return unprotected(base, `--deletion-protection ${setting}`, names);
  if (!isCreation && (flagState(call, 'publicly-accessible') ?? (call.input?.['PubliclyAccessible'] === true ? 'on' : 'off')) === 'on') {
    return {
      ...base,
      mutation: 'destructive',
      effects: ['exposure'],
      reversibility: { kind: 'reversible', how: 'Set `--no-publicly-accessible` again.' },
      guardsOff: ['--publicly-accessible'],
      reason: `Gives ${names} an address on the internet.`,
    };
  }
  if (!isCreation && (flagState(call, 'enabled') === 'off' || /^DISABLED$/.test(optionText(call, 'state') ?? ''))) {
    return {
      ...base,
      mutation: 'destructive',
      effects: ['outage'],
      reversibility: { kind: 'reversible', how: 'Switch it on again.' },
      reason: `Switches ${names} off: what it starts or serves stops.`,
    };
  }
  const open = openPolicy(call);
  if (open !== undefined) {
    return {
      ...base,
      mutation: 'destructive',
      effects: ['exposure'],
      reversibility: { kind: 'recoverable', how: 'Put the former policy back; what was read meanwhile stays read.' },
      guardsOff: [`--${open.option}`],
      reason: `${open.reason} (${names}).`,
    };
  }
  const capacity = CAPACITIES.find(([option, member]) => optionText(call, option, member) === '0');
  const inScaling = optionText(call, 'scaling-config');
  if (!isCreation && (capacity !== undefined || (inScaling !== undefined && structureMember(inScaling, 'desiredSize') === '0'))) {
    return {
      ...base,
      mutation: 'destructive',
      effects: ['outage'],
      reversibility: { kind: 'reversible', how: 'Scale it up again; what ran is ended.' },
      guardsOff: [],
      reason: `Scales ${names} to zero: nothing serves any more.`,
    };
  }
  return base;
}

function unprotected(base: Finding, option: string, names: string): Finding {
  return {
    ...base,
    mutation: 'destructive',
    effects: ['guard-removal'],
    reversibility: { kind: 'reversible', how: 'Switch the protection on again.' },
    guardsOff: [option],
    reason: `Takes the protection against deletion off ${names}.`,
  };
}
