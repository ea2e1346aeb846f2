import assert from 'node:assert/strict';
import { readCommand, type CloudFormationCommand } from '../../src/preview/cloudformation/command';
import { readStructures } from '../../src/preview/cloudformation/shorthand';

const files: Readonly<Record<string, string>> = {
  '/w/t.yaml': 'Resources: {}',
  '/w/p.json': '[{"ParameterKey":"Size","ParameterValue":"2"},{"ParameterKey":"Old","UsePreviousValue":true}]',
  '/w/in.json': '{"StackName":"from-input","Parameters":[{"ParameterKey":"A","ParameterValue":"1"}],"Capabilities":["CAPABILITY_IAM"],"UsePreviousTemplate":true}',
  '/w/in.yaml': 'StackName: from-yaml\nRetainResources: [Db, Logs]\n',
  '/w/o.json': '{"Parameters":{"A":"1"}}',
};
const read = (...words: string[]): CloudFormationCommand => {
  const command = readCommand(['aws', ...words], '/w', (file) => files[file]);
  assert.ok(command);
  return command;
};

describe('an aws cloudformation command', () => {
  it('says where and as whom it acts, wherever its global options stand', () => {
    const { connection } = read('--profile', 'prod', 'cloudformation', 'delete-stack', '--stack-name', 's', '--region=eu-west-1', '--endpoint-url', 'http://localhost:1', '--no-verify-ssl', '--no-sign-request', '--ca-bundle', 'c.pem');
    assert.deepEqual(connection, { profile: 'prod', region: 'eu-west-1', endpointUrl: 'http://localhost:1', caBundle: 'c.pem', verifySsl: false, sign: false });
  });

  it('gives its template and parameters in every form the CLI takes', () => {
    const shorthand = read('cloudformation', 'update-stack', '--stack-name', 's', '--template-body', 'file://t.yaml', '--parameters', 'ParameterKey=A,ParameterValue=x=1', 'ParameterKey=B,UsePreviousValue=true', 'ParameterKey=C,ParameterValue="a,b"');
    assert.deepEqual(shorthand.template, { kind: 'text', text: 'Resources: {}', from: 't.yaml' });
    assert.deepEqual(shorthand.parameters, [{ key: 'A', value: 'x=1' }, { key: 'B', value: undefined }, { key: 'C', value: 'a,b' }]);
    assert.deepEqual(read('cloudformation', 'update-stack', '--stack-name', 's', '--use-previous-template', '--parameters', 'file://p.json').parameters, [{ key: 'Size', value: '2' }, { key: 'Old', value: undefined }]);
    assert.deepEqual(read('cloudformation', 'update-stack', '--stack-name', 's', '--template-url', 'https://b.s3.amazonaws.com/t').template, { kind: 'url', url: 'https://b.s3.amazonaws.com/t' });
    assert.deepEqual(read('cloudformation', 'deploy', '--stack-name', 's', '--template-file', 't.yaml', '--parameter-overrides', 'A=1', 'B=x=y').parameters, [{ key: 'A', value: '1' }, { key: 'B', value: 'x=y' }]);
    assert.deepEqual(read('cloudformation', 'deploy', '--stack-name', 's', '--template-file', 't.yaml', '--parameter-overrides', 'file://o.json').parameters, [{ key: 'A', value: '1' }]);
  });

  it('takes members of --cli-input-json and --cli-input-yaml unless an option says otherwise', () => {
    const input = read('cloudformation', 'update-stack', '--cli-input-json', 'file://in.json');
    assert.deepEqual([input.stackName, input.template.kind, input.capabilities, input.parameters], ['from-input', 'previous', ['CAPABILITY_IAM'], [{ key: 'A', value: '1' }]]);
    assert.equal(read('cloudformation', 'update-stack', '--cli-input-json', 'file://in.json', '--stack-name', 'mine').stackName, 'mine');
    assert.deepEqual(read('cloudformation', 'delete-stack', '--cli-input-yaml', 'file://in.yaml').retainResources, ['Db', 'Logs']);
  });

  it('names tags, capabilities and modes', () => {
    const command = read('cloudformation', 'create-change-set', '--stack-name', 's', '--change-set-name', 'c', '--template-body', '{}', '--tags', 'Key=a,Value=b', '--capabilities', 'CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND', '--deployment-mode', 'REVERT_DRIFT', '--import-existing-resources');
    assert.deepEqual(command.tags, [{ Key: 'a', Value: 'b' }]);
    assert.deepEqual([command.capabilities, command.deploymentMode, command.importExistingResources], [['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'], 'REVERT_DRIFT', true]);
  });

  it('says what it could not read', () => {
    const command = read('cloudformation', 'update-stack', '--stack-name', 's', '--template-body', 'file://gone.yaml');
    assert.equal(command.template.kind, 'none');
    assert.match(command.problems.join(' '), /gone\.yaml.*can't be read/);
    assert.match(read('cloudformation', 'update-stack', '--stack-name', 's', '--parameters', '[{').problems.join(' '), /--parameters can't be read/);
  });

  it('is nothing else', () => {
    assert.equal(readCommand(['aws', 's3', 'rm', 's3://b'], '/w'), undefined);
    assert.equal(typeof readStructures(['nonsense']), 'string');
  });
});
