import type { Finding } from '../invocation';
import { flagState, hasFlag, optionText, optionWords, quote, readObject, setting, targetNames, type AwsCall } from './aws-call';
import { rewritten } from './aws-reason';
import type { Refinement } from './aws-special';

const stackOf = (base: Finding): string => targetNames(base.targets.filter((t) => t.type === 'AWS::CloudFormation::Stack')) ?? targetNames(base.targets) ?? 'that is not known yet';

/** CloudFormation. Source: the API reference of each operation. */
export const stackRefinements: Readonly<Record<string, Refinement>> = {
  'cloudformation:DeleteStack': (call, base) => {
    const kept = optionWords(call, 'retain-resources');
    const forced = optionText(call, 'deletion-mode') === 'FORCE_DELETE_STACK';
    const stack = stackOf(base);
    const known = base.targets.length === 1 && base.targets[0]?.known === true ? base.targets[0].name : undefined;
    return {
      ...base,
      effects: ['data-loss', 'outage'],
      reversibility: { kind: 'irreversible' },
      targets: base.targets,
      guardsOff: forced ? ['--deletion-mode FORCE_DELETE_STACK'] : [],
      reason: `Deletes stack ${stack} with every resource in it that has no Retain policy${
        kept === undefined ? '' : `, except ${kept.map((w) => w.value ?? w.raw).join(', ')}`}${forced ? '; what can not be deleted is left behind without a stack' : ''}.`,
      ...(known !== undefined && {
        saferForm: { title: 'See what is in the stack first', replace: `aws cloudformation list-stack-resources --stack-name ${quote(known)}` },
      }),
    };
  },
  'cloudformation:UpdateStack': (call, base) => ({
    ...base,
    guardsOff: flagState(call, 'disable-rollback') === 'on' ? ['--disable-rollback'] : [],
    reason: `Updates stack ${stackOf(base)}: only a preview can tell what it replaces or deletes.`,
    saferForm: { title: 'Make a change set and look at it first', replace: changeSetForm(call) },
  }),
  'cloudformation:ExecuteChangeSet': (call, base) => ({
    ...base,
    guardsOff: flagState(call, 'disable-rollback') === 'on' ? ['--disable-rollback'] : [],
    reason: `Carries out change set ${optionText(call, 'change-set-name') ?? 'that is not known yet'}${
      optionWords(call, 'stack-name') ? ` on stack ${stackOf(base)}` : ''}: only a preview can tell what it replaces or deletes.`,
    saferForm: { title: 'Look at the change set first', replace: rewritten(call, [], []).replace('execute-change-set', 'describe-change-set') },
  }),
  'cloudformation:CreateChangeSet': (call, base) => ({
    ...base,
    reason: `Makes a change set for stack ${stackOf(base)}; nothing changes until it is executed${
      optionText(call, 'change-set-type') === 'CREATE' ? ', and a new stack stays in review until then' : ''}.`,
  }),
  'cloudformation:UpdateTerminationProtection': (call, base) => {
    const off = setting(call, 'enable-termination-protection', 'EnableTerminationProtection') === false;
    return off
      ? {
        ...base,
        mutation: 'destructive',
        effects: ['guard-removal'],
        reversibility: { kind: 'reversible', how: 'Switch it on again with `--enable-termination-protection`.' },
        guardsOff: ['--no-enable-termination-protection'],
        reason: `Takes the termination protection off stack ${stackOf(base)}: it can be deleted afterwards.`,
      }
      : { ...base, mutation: 'additive', reversibility: { kind: 'reversible' }, reason: `Protects stack ${stackOf(base)} against deletion.` };
  },
  'cloudformation:SetStackPolicy': (call, base) => {
    const body = readObject(optionText(call, 'stack-policy-body', 'StackPolicyBody') ?? '');
    const statements = body === undefined ? undefined : body['Statement'];
    const isOpen = Array.isArray(statements) && statements.length > 0 && statements.every((s) => (s as { Effect?: unknown } | null)?.Effect === 'Allow');
    return isOpen
      ? {
        ...base,
        mutation: 'destructive',
        effects: ['guard-removal'],
        guardsOff: ['--stack-policy-body'],
        reason: `Allows every update of stack ${stackOf(base)}, replacement and deletion included.`,
      }
      : base;
  },
  'cloudformation:ContinueUpdateRollback': (call, base) => ({
    ...base,
    guardsOff: hasFlag(call, 'resources-to-skip') ? ['--resources-to-skip'] : [],
  }),
  'cloudformation:DeleteStackInstances': (call, base) => (flagState(call, 'retain-stacks') === 'on'
    ? { ...base, mutation: 'modifying', effects: [], reversibility: { kind: 'reversible', how: 'Import the stacks into the set again.' }, reason: 'Takes the stacks out of the set and keeps them.' }
    : { ...base, reason: `Deletes the stacks of the set ${targetNames(base.targets) ?? ''} with their resources.`, saferForm: { title: 'Keep the stacks themselves', replace: rewritten(call, ['no-retain-stacks'], ['--retain-stacks']) } }),
};

/** The same update as a change set. A change set does not know the options of the update itself. */
function changeSetForm(call: AwsCall): string {
  return rewritten(call, ['disable-rollback', 'no-disable-rollback'], ['--change-set-name', 'review']).replace('update-stack', 'create-change-set');
}
