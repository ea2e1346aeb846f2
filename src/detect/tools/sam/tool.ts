import type { Tool } from '../../invocation';
import { sam as commands } from './commands';
import { samInputs } from './inputs';

/** The AWS SAM CLI. */
export const sam: Tool = {
  ...commands,
  inputs: samInputs,
  hold: {
    label: 'SAM',
    variables: 'any',
    previews: [{ commands: '`sam deploy`, `sam delete`', from: 'the built template, the CloudFormation way' }],
  },
};
