import type { Agent } from './agent';

export const amazonQ: Agent = {
  name: 'Amazon Q',
  marks: [
    { variable: 'AWS_EXECUTION_ENV', value: 'AmazonQ', source: 'aws/aws-cdk-cli, detect-agent.ts' },
  ],
};
