import type { FirstAsks } from '../../model';
import { globals, isOn, type TerraformCommand } from './command';

/**
 * What the tool asks before it applies a plan that it made itself, in its own words. Source: Terraform 1.11, internal/backend/local/backend_apply.go
 * (the questions) and internal/command/views/operation.go (the words after a no); OpenTofu has the same with its own name.
 * @param plan the file that is shown and then applied.
 */
export function ownQuestion(command: TerraformCommand, plan: string, workspace: string): FirstAsks {
  const { product } = command;
  const where = workspace === 'default' ? '' : ` in workspace "${workspace}"`;
  const undone = 'There is no undo. Only \'yes\' will be accepted to confirm.';
  const destroys = command.verb === 'destroy' || isOn(command, '-destroy');
  const [question, ...text] = destroys
    ? [`Do you really want to destroy all resources${where}?`, `${product} will destroy all your managed infrastructure, as shown above.`, undone]
    : isOn(command, '-refresh-only')
      ? [`Would you like to update the ${product} state${where} to reflect these detected changes?`, `${product} will write these changes to the state without modifying any real infrastructure.`, undone]
      : [`Do you want to perform these actions${where}?`, `${product} will perform the actions described above.`, 'Only \'yes\' will be accepted to approve.'];
  return {
    show: [command.tool, ...globals(command), 'show', ...(isOn(command, '-no-color') ? ['-no-color'] : []), plan],
    question, text, prompt: 'Enter a value:', accept: 'yes', declined: { code: 1, line: destroys ? 'Destroy cancelled.' : 'Apply cancelled.' },
  };
}
