import type { AwsOperation } from '../../knowledge/aws-operations';
import type { Finding } from '../../invocation';
import { nameOf } from './call';
import type { AwsParameters } from './parameters';
import { openPolicy } from './policy';
import type { OperationCall, Refinement } from './refinement';
import { accessRefinements } from './special-access';
import { dataRefinements } from './special-data';
import { runRefinements } from './special-run';
import { settingRefinements } from './special-settings';
import { stackRefinements } from './special-stacks';

const REFINEMENTS: Readonly<Record<string, Refinement>> = {
  ...stackRefinements,
  ...dataRefinements,
  ...accessRefinements,
  ...settingRefinements,
  ...runRefinements,
};

/** Members that lock a resource against its end. Source: the models, members that end in Protection and the like. */
const LOCKS = [
  'DeletionProtection', 'DeletionProtectionEnabled', 'DeleteProtection', 'EnableDeletionProtection', 'DeletionProtected', 'TerminationProtected',
  'EnableTerminationProtection', 'TerminationProtectionEnabled', 'DisableApiTermination', 'DisableApiStop',
];

/** Members that say how much runs; of `scalingConfig` those inside. */
const CAPACITIES = ['DesiredCapacity', 'DesiredCount', 'MaxCapacity', 'MaxSize', 'MinSize'];

/**
 * What an operation does with just these parameters: some make it worse, some better. Where one of them decides and can't be read, the
 * operation is unknown.
 * @param base what the table says.
 */
export function refine(operation: AwsOperation, base: Finding, call: OperationCall): Finding {
  const refined = REFINEMENTS[`${operation.service}:${operation.api}`]?.(call, base) ?? base;
  return refined.mutation === 'destructive' ? refined : undecided(generic(call, refined, operation), call);
}

/** Of an update that only a preview can tell the preview reads what it is made of. */
function undecided(found: Finding, { params: { unread }, detect }: OperationCall): Finding {
  // Where no file can be looked at none is known; what is made anew is then left as it is.
  if (found.mutation === 'additive' && detect.readFile === undefined) return found;
  if (unread.length === 0 || found.mutation === 'destructive' || found.mutation === 'unknown' || found.previewDecides === true) return found;
  return {
    ...found,
    mutation: 'unknown',
    effects: ['unknown'],
    reversibility: { kind: 'unknown' },
    reason: `${found.reason.replace(/[.:]?$/, '')}: what it sets can not be read here, and that decides.`,
    unknowns: [...found.unknowns, ...unread],
  };
}

/** What holds for every service: a lock taken off, a resource opened to everybody or switched off. */
function generic(call: OperationCall, base: Finding, operation: AwsOperation): Finding {
  const { params } = call;
  const names = nameOf(base);
  const changed = base.mutation === 'additive' ? undefined : (unlocked(params, base, names) ?? switched(params, base, names));
  if (changed !== undefined) return changed;
  const open = openPolicy(params, `${operation.service}:${operation.api}`);
  if (open !== undefined) {
    return {
      ...base,
      mutation: 'destructive',
      effects: ['exposure'],
      reversibility: { kind: 'recoverable', how: 'Put the former policy back; what was read meanwhile stays read.' },
      guardsOff: [open.option],
      reason: `${open.reason} (${names}).`,
    };
  }
  if (base.mutation === 'additive' || !isToZero(params)) return base;
  return {
    ...base,
    mutation: 'destructive',
    effects: ['outage'],
    reversibility: { kind: 'reversible', how: 'Scale it up again; what ran is ended.' },
    guardsOff: [],
    reason: `Scales ${names} to zero: nothing serves any more.`,
  };
}

function unlocked(params: AwsParameters, base: Finding, names: string): Finding | undefined {
  const lock = LOCKS.find((l) => params.at(l).given && (params.at(l).bool() === false || params.at(l).is('INACTIVE', 'DISABLED', 'OFF', 'NONE')));
  return lock === undefined ? undefined : unprotected(base, `${lock}: off`, names);
}

function switched(params: AwsParameters, base: Finding, names: string): Finding | undefined {
  if (params.at('PubliclyAccessible').bool() === true) {
    return {
      ...base,
      mutation: 'destructive',
      effects: ['exposure'],
      reversibility: { kind: 'reversible', how: 'Set `--no-publicly-accessible` again.' },
      guardsOff: ['--publicly-accessible'],
      reason: `Gives ${names} an address on the internet.`,
    };
  }
  if (params.at('Enabled').bool() !== false && !params.at('State').is('DISABLED')) return undefined;
  return {
    ...base,
    mutation: 'destructive',
    effects: ['outage'],
    reversibility: { kind: 'reversible', how: 'Switch it on again.' },
    reason: `Switches ${names} off: what it starts or serves stops.`,
  };
}

function isToZero(params: AwsParameters): boolean {
  const scaling = params.at('ScalingConfig');
  return CAPACITIES.some((m) => params.at(m).int() === 0) || ['desiredSize', 'maxSize'].some((m) => scaling.given && scaling.at(m).int() === 0);
}

function unprotected(base: Finding, what: string, names: string): Finding {
  return {
    ...base,
    mutation: 'destructive',
    effects: ['guard-removal'],
    reversibility: { kind: 'reversible', how: 'Switch the protection on again.' },
    guardsOff: [what],
    reason: `Takes the protection against deletion off ${names}.`,
  };
}
