import type { PreviewRow } from '../../hold';
import type { Tool } from '../../invocation';
import { toolFastPath } from '../cli/fast-path';
import { terraform as commands } from './commands';
import { terraformInputs } from './inputs';
import { wordVariables } from './line';

/** The fast path of a tool with the commands of Terraform: variables that put words behind one of them make it uncertain. */
export const terraformFastPath = (tool: Pick<Tool, 'reads'>): string => toolFastPath(tool, undefined, [...new Set((tool.reads?.().commands ?? []).flatMap(wordVariables))].sort());

/** What a preview of Terraform and OpenTofu is made from. */
export const planRow: PreviewRow = {
  commands: '`terraform` and `tofu`: `apply`, `destroy`, a saved plan, `state rm`, `state push`, `taint`, `import`, `force-unlock`, `workspace delete`',
  from: 'a plan into a private file; what is approved is that file, and it is what runs. Commands on the state by reading it',
};

/** Terraform. */
export const terraform: Tool = {
  ...commands,
  inputs: terraformInputs,
  hold: {
    label: 'Terraform',
    fastPath: () => terraformFastPath(commands),
    variables: 'any',
    previews: [planRow],
    files: [{ kind: 'terraform', languages: [], endings: ['.tf'], command: () => ['terraform', 'apply'] }],
  },
};
