import { predict, predictDelete } from '../../detect/templates/cloudformation';
import { allNotKnown, notKnown, type BlastRadius, type Operation, type TargetContext } from '../../model';
import { previewFromOperation } from '../from-operation';
import { blastRadius } from '../radius';
import type { CloudFormationCommand } from './command';
import { stackNameOf } from './stack-status';
import { everythingIn } from './update-stack';

export interface OfflineOptions {
  /** Text of the template as it is believed to be deployed. */
  readonly deployedTemplate?: string;
  /** Where it comes from, in words. */
  readonly deployedTemplateFrom?: string;
  /** Why it is offline, when a live preview was wanted. */
  readonly because?: string;
}

const ASK = 'Preview with credentials to read the stack itself.';

/** A prediction without any call: from the template in the command and the one that the workspace holds, if it holds one. */
export function previewOffline(operation: Operation, command: CloudFormationCommand | undefined, options: OfflineOptions): BlastRadius {
  const because = options.because === undefined ? [] : [options.because];
  const stackName = command?.stackName ?? operation.targets.find((t) => t.known)?.name;
  if (command === undefined || stackName === undefined || command.stackSet !== undefined) {
    const radius = previewFromOperation(operation);
    return { ...radius, unknowns: [...allNotKnown('state', 'what stands', because), ...radius.unknowns] };
  }
  const name = stackNameOf(stackName);
  const { profile, region, endpointUrl } = command.connection;
  const context: TargetContext = {
    ...operation.context, ...(region === undefined ? {} : { region }), ...(profile === undefined ? {} : { profile }),
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl.replace(/\/\/[^/@]*@/, '//').replace(/\?.*$/, '') }),
  };
  const place = { region: context.region, account: context.account, stackName: name };
  const deployed = options.deployedTemplate;
  const from = options.deployedTemplateFrom ?? 'the template in the workspace';
  const base = { source: 'offline' as const, context, stack: name };
  const unread = ['The deployed stack was not read: it may differ from that template. ' + ASK, 'Which other stacks import its exports is not known.'];

  if (command.verb === 'delete-stack') {
    if (deployed === undefined) return everything(base, because, command, 'No template of this stack was found in the workspace.');
    const prediction = predictDelete(deployed, undefined, place);
    if (prediction.problem !== undefined) return everything(base, because, command, `${from} can't be read: ${prediction.problem.message}`);
    const kept = new Set(command.retainResources);
    return blastRadius({
      ...base, sourceDetail: `Prediction without any call: the stack is taken to hold what ${from} says.`,
      resources: prediction.resources.map((r) => ({ ...r, stack: name })), dependencies: prediction.dependencies,
      unknowns: [...allNotKnown('state', 'what stands', because), ...allNotKnown('state', 'the stack', unread), ...(kept.size === 0 ? [] : [notKnown('change', 'the stack', `Whether ${[...kept].join(', ')} can be kept with --retain-resources depends on the stack's status.`)]), ...allNotKnown('value', 'the command', command.problems), ...prediction.unknowns],
      warnings: prediction.warnings,
    });
  }
  if (/rollback|^cancel-update/.test(command.verb)) return everything(base, because, command, 'Which resources the update touched only the stack itself tells.');
  const creates = command.verb === 'create-stack' || command.changeSetType === 'CREATE';
  const text = command.template.kind === 'text' ? command.template.text : command.template.kind === 'previous' ? deployed : undefined;
  if (text === undefined || (!creates && deployed === undefined)) {
    return everything(base, because, command, text === undefined ? 'The template is not in the command.' : 'No deployed template was found to compare with.');
  }
  const prediction = predict({ template: creates ? null : deployed }, { template: text, parameters: command.parameters.map(({ key, value }) => ({ ParameterKey: key, ...(value === undefined ? { UsePreviousValue: true } : { ParameterValue: value }) })) }, place);
  if (prediction.problem !== undefined) return everything(base, because, command, prediction.unknowns[0]?.text ?? prediction.problem.message);
  return blastRadius({
    ...base, sourceDetail: creates ? 'Prediction without any call: what the template creates.' : `Prediction without any call: ${from} compared with the template in the command.`,
    resources: prediction.resources.map((r) => ({ ...r, stack: name })), dependencies: prediction.dependencies,
    unknowns: [...allNotKnown('state', 'what stands', because), ...(creates ? [notKnown('state', name, `Whether a stack ${name} exists already was not looked up.`)] : allNotKnown('state', 'the stack', unread)), ...allNotKnown('value', 'the command', command.problems), ...prediction.unknowns],
    warnings: prediction.warnings,
  });
}

function everything(base: { readonly source: 'offline'; readonly context: TargetContext; readonly stack: string }, because: readonly string[], command: CloudFormationCommand, why: string): BlastRadius {
  return blastRadius({
    ...base, sourceDetail: 'Without any call nothing more can be said.', resources: [everythingIn(base.stack)], dependencies: [],
    unknowns: [...allNotKnown('state', 'what stands', because), ...allNotKnown('value', 'the command', command.problems), notKnown('data', base.stack, `${why} What ${base.stack} holds is not known. ${ASK}`)], warnings: [],
  });
}
