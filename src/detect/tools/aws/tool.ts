import type { Tool } from '../../invocation';
import { awsCli } from './commands';
import { awsFastPath } from './fast-path';
import { awsPlaces } from './input-places';
import { awsInputs } from './inputs';
import { awsOutside } from './outside';

/** The AWS CLI. */
export const aws: Tool = {
  ...awsCli,
  inputs: awsInputs,
  places: awsPlaces,
  hold: {
    label: 'AWS CLI',
    fastPath: awsFastPath,
    outside: awsOutside,
    variables: 'known',
    previews: [
      {
        commands: '`aws cloudformation …`',
        from: 'a change set (read twice, joined, always removed again), that of an `execute-change-set`, or live reads for a deletion: nested stacks, exports and who imports them, stack policies, stack sets. Without credentials an offline prediction from the templates',
      },
      {
        commands: 'other `aws` commands (RDS, DynamoDB, S3, EC2, KMS, IAM, Route 53, Lambda, Secrets Manager …)',
        from: 'describe calls and the tool\'s own dry run: what it is, how large, how protected, when last backed up, who uses it, and which stack owns it',
      },
    ],
    files: [{ kind: 'cloudformation', languages: ['yaml', 'cloudformation'], endings: [] }],
  },
};
