import type { Tool } from '../../invocation';
import { namedFiles } from '../../inputs';
import { cdk as commands } from './commands';
import { cdkInputs } from './inputs';

/** The AWS CDK's CLI. */
export const cdk: Tool = {
  ...commands,
  inputs(question, found) {
    cdkInputs(question, found);
    namedFiles(question, found);
  },
  hold: {
    label: 'the CDK',
    variables: 'any',
    previews: [{
      commands: '`cdk deploy`, `cdk destroy`',
      from: 'the synthesised templates, each the CloudFormation way, named by their construct path; synthesising anew executes the app, so it asks first',
    }],
  },
};
