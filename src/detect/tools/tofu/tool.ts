import type { Tool } from '../../invocation';
import { terraformInputs } from '../terraform/inputs';
import { planRow, terraformFastPath } from '../terraform/tool';
import { tofu as commands } from './commands';

/** OpenTofu. */
export const tofu: Tool = {
  ...commands,
  inputs: terraformInputs,
  hold: {
    label: 'OpenTofu',
    fastPath: () => terraformFastPath(commands),
    variables: 'any',
    previews: [planRow],
    files: [{ kind: 'terraform', languages: [], endings: ['.tofu'], command: () => ['tofu', 'apply'] }],
  },
};
