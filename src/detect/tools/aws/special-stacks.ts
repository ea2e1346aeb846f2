import type { Finding } from '../../invocation';
import { shWord } from '../../../model/sh-quote';
import { targetNames, type AwsCall } from './call';
import type { Part } from './parameters';
import { statementsOf } from './policy';
import { rewritten } from './reason';
import type { Refinement } from './refinement';

const stackOf = (base: Finding): string => targetNames(base.targets.filter((t) => t.type === 'AWS::CloudFormation::Stack')) ?? targetNames(base.targets) ?? 'that is not known yet';

/** Actions of a stack policy. Source: CloudFormation user guide, "Prevent updates to stack resources". */
const UPDATES = ['Update:*', 'Update:Modify', 'Update:Replace', 'Update:Delete', '*'];

/** A statement that denies something there is; one of other actions, or of no resource, denies nothing. */
function denies(statement: Part): boolean {
  const isReal = statement.at('NotAction').given || statement.at('Action').items().some((a) => a.is(...UPDATES));
  const some = [...statement.at('Resource').items(), ...statement.at('NotResource').items()];
  return statement.at('Effect').is('Deny') && isReal && some.length > 0;
}

/** CloudFormation. Source: the API reference of each operation. */
export const stackRefinements: Readonly<Record<string, Refinement>> = {
  'cloudformation:DeleteStack': (call, base) => {
    const kept = call.params.at('RetainResources');
    const forced = call.params.at('DeletionMode').is('FORCE_DELETE_STACK');
    const stack = stackOf(base);
    const known = base.targets.length === 1 && base.targets[0]?.known === true ? base.targets[0].name : undefined;
    return {
      ...base,
      effects: ['data-loss', 'outage'],
      reversibility: { kind: 'irreversible' },
      targets: base.targets,
      guardsOff: forced ? ['--deletion-mode FORCE_DELETE_STACK'] : [],
      reason: `Deletes stack ${stack} with every resource in it that has no Retain policy${
        kept.given ? `, except ${kept.items().map((i) => i.shown() ?? 'one that is not known yet').join(', ')}` : ''}${forced ? '; what can not be deleted is left behind without a stack' : ''}.`,
      ...(known !== undefined && {
        saferForm: { title: 'See what is in the stack first', replace: `aws cloudformation list-stack-resources --stack-name ${shWord(known)}` },
      }),
    };
  },
  'cloudformation:UpdateStack': (call, base) => ({
    ...base,
    guardsOff: call.params.at('DisableRollback').bool() === true ? ['--disable-rollback'] : [],
    reason: `Updates stack ${stackOf(base)}: only a preview can tell what it replaces or deletes.`,
    saferForm: { title: 'Make a change set and look at it first', replace: changeSetForm(call) },
  }),
  'cloudformation:ExecuteChangeSet': (call, base) => ({
    ...base,
    guardsOff: call.params.at('DisableRollback').bool() === true ? ['--disable-rollback'] : [],
    reason: `Carries out change set ${call.params.at('ChangeSetName').shown() ?? 'that is not known yet'}${
      call.params.at('StackName').given ? ` on stack ${stackOf(base)}` : ''}: only a preview can tell what it replaces or deletes.`,
    saferForm: { title: 'Look at the change set first', replace: rewritten(call, [], []).replace('execute-change-set', 'describe-change-set') },
  }),
  'cloudformation:CreateChangeSet': (call, base) => ({
    ...base,
    reason: `Makes a change set for stack ${stackOf(base)}; nothing changes until it is executed${
      call.params.at('ChangeSetType').shown() === 'CREATE' ? ', and a new stack stays in review until then' : ''}.`,
  }),
  'cloudformation:UpdateTerminationProtection': (call, base) => {
    const off = call.params.at('EnableTerminationProtection').bool() === false;
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
    const statements = statementsOf(call.params.at('StackPolicyBody').json());
    const isOpen = statements.some((one) => one.at('Effect').is('Allow')) && !statements.some(denies);
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
    guardsOff: call.params.at('ResourcesToSkip').given ? ['--resources-to-skip'] : [],
  }),
  'cloudformation:DeleteStackInstances': (call, base) => (call.params.at('RetainStacks').bool() === true
    ? { ...base, mutation: 'modifying', effects: [], reversibility: { kind: 'reversible', how: 'Import the stacks into the set again.' }, reason: 'Takes the stacks out of the set and keeps them.' }
    : { ...base, reason: `Deletes the stacks of the set ${targetNames(base.targets) ?? ''} with their resources.`, saferForm: { title: 'Keep the stacks themselves', replace: rewritten(call, ['no-retain-stacks'], ['--retain-stacks']) } }),
};

/** The same update as a change set. A change set does not know the options of the update itself. */
function changeSetForm(call: AwsCall): string {
  return rewritten(call, ['disable-rollback', 'no-disable-rollback'], ['--change-set-name', 'review']).replace('update-stack', 'create-change-set');
}
