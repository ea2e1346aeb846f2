import type { Tool } from '../../invocation';
import { namedFiles } from '../../inputs';
import { pulumi as commands } from './commands';
import { pulumiInputs } from './inputs';

/** Pulumi. */
export const pulumi: Tool = {
  ...commands,
  inputs(question, found) {
    pulumiInputs(question, found);
    namedFiles(question, found);
  },
  hold: {
    label: 'Pulumi',
    variables: 'any',
    previews: [{ commands: '`pulumi up`, `destroy`, `refresh`', from: 'the tool\'s own preview and reads; not run against the real tool here' }],
  },
};
