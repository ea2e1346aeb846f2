import type { Kept } from '../../model';
import { keepFile } from '../keep';
import type { StackState } from './stack-state';

/**
 * Saves the deployed template of every stack that a preview read, and beside it what it was deployed with. Parameters with NoEcho come
 * from CloudFormation as asterisks, so no secret is in them.
 * @param folder the preview's own.
 */
export async function keepStacks(seen: readonly StackState[], folder: string): Promise<Kept[]> {
  const kept: Kept[] = [];
  const known = new Set<string>();
  for (const { stack, name, template } of seen) {
    const id = stack.StackId ?? name;
    if (known.has(id) || template === '') continue;
    known.add(id);
    const json = /^\s*\{/.test(template);
    kept.push(await keepFile(folder, `${name}.template.${json ? 'json' : 'yaml'}`, template, `the template of ${name} as deployed`));
    const { Parameters, Tags, Capabilities, RoleARN, NotificationARNs, EnableTerminationProtection, Outputs } = stack;
    kept.push(await keepFile(folder, `${name}.stack.json`, `${JSON.stringify({ StackName: name, StackId: stack.StackId, Parameters, Tags, Capabilities, RoleARN, NotificationARNs, EnableTerminationProtection, Outputs }, null, 2)}\n`, `the parameters, tags and outputs of ${name}`));
  }
  return kept;
}
