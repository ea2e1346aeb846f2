/** The AWS side of a test: stacks at moto's server, made and looked at past the gate with the AWS CLI's own absolute path. */
import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const endpoint = process.env['HOLDPOINT_TEST_MOTO'] ?? '';

/** Whether there is a loopback AWS to work against. */
export const hasAws = endpoint !== '';

const TABLE_TEMPLATE = JSON.stringify({
  Resources: {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'payments',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      },
    },
    Events: { Type: 'AWS::SQS::Queue', Properties: {} },
  },
  Outputs: { TableArn: { Value: { 'Fn::GetAtt': ['Table', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-table' } } } },
});

/** The AWS CLI where it really is: the first `aws` on PATH that is not a shim of the gate. */
function realAws(): string {
  const folder = (process.env['PATH'] ?? '').split(path.delimiter)
    .find((dir) => !dir.includes('.holdpoint') && existsSync(path.join(dir, 'aws')));
  if (!folder) throw new Error('The AWS CLI is not on PATH.');
  return path.join(folder, 'aws');
}

/** Runs the AWS CLI against moto, not through the gate. Gives its output, or its error text. */
export function awsDirectly(...args: string[]): Promise<{ ok: boolean; text: string }> {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true', AWS_PAGER: '',
  };
  return new Promise((resolve) => {
    execFile(realAws(), args, { env, timeout: 30_000 }, (error, stdout, stderr) => resolve({ ok: !error, text: error ? stderr : stdout }));
  });
}

/** Whether a stack stands at moto. */
export async function stackStands(name: string): Promise<boolean> {
  const { ok, text } = await awsDirectly('cloudformation', 'describe-stacks', '--stack-name', name, '--query', 'Stacks[0].StackStatus', '--output', 'text');
  return ok && !text.includes('DELETE_COMPLETE');
}

/** Makes a stack of a table and a queue under this name, past the gate. */
export async function makeStack(name: string): Promise<void> {
  const { ok, text } = await awsDirectly('cloudformation', 'create-stack', '--stack-name', name, '--template-body', TABLE_TEMPLATE.replace('"payments"', `"${name}"`));
  if (!ok) throw new Error(text);
}

/** Writes the template into a file that a command can name. */
export function templateFile(name: string): string {
  const file = path.join(os.tmpdir(), `${name}.json`);
  writeFileSync(file, TABLE_TEMPLATE.replace('"payments"', `"${name}"`));
  return file;
}
