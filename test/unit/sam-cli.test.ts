import assert from 'node:assert/strict';
import path from 'node:path';
import { readSamCommand, type SamCommand } from '../../src/preview/sam/command';
import { readToml } from '../../src/preview/sam/toml';

const CONFIG = `version = 0.1
[default.global.parameters]
region = "eu-west-1"
stack_name = "payments"

[default.deploy.parameters]   # the deployment
stack_name = 'payments-prod'
confirm_changeset = true
capabilities = "CAPABILITY_IAM"
parameter_overrides = "Size=\\"3\\" Name=\\"a b\\""

[staging.deploy.parameters]
stack_name = "payments-staging"
parameter_overrides = [
  "Size=1", # one
  "Name=x",
]
`;

const read = (files: Record<string, string>, ...argv: string[]): SamCommand => {
  const command = readSamCommand(['sam', ...argv], '/app', (file) => files[path.relative('/app', file)]);
  assert.ok(command);
  return command;
};

describe('a SAM CLI command', () => {
  it('takes what it does not say from samconfig.toml, its own table before the one for all', () => {
    const files = { 'samconfig.toml': CONFIG, 'template.yaml': 'Resources: {}' };
    const command = read(files, 'deploy');
    assert.deepEqual([command.stackName, command.connection.region, command.templateFile], ['payments-prod', 'eu-west-1', 'template.yaml']);
    assert.deepEqual(command.parameters, [{ key: 'Size', value: '3' }, { key: 'Name', value: 'a b' }]);
    assert.deepEqual([read(files, 'deploy', '--config-env', 'staging').stackName, read(files, 'delete').stackName, read(files, 'deploy', '--stack-name', 'other').stackName], ['payments-staging', 'payments', 'other']);
    assert.deepEqual(read(files, 'deploy', '--config-env', 'staging').parameters, [{ key: 'Size', value: '1' }, { key: 'Name', value: 'x' }]);
  });

  it('reads parameters in both forms, as one word and as several', () => {
    const files = { 'template.yaml': 'Resources: {}' };
    const both = [{ key: 'A', value: '1' }, { key: 'B', value: 'x=y' }];
    assert.deepEqual(read(files, 'deploy', '--parameter-overrides', 'A=1', 'B=x=y', '--no-confirm-changeset').parameters, both);
    assert.deepEqual(read(files, 'deploy', '--parameter-overrides', 'A=1 B=x=y').parameters, both);
    assert.deepEqual(read(files, 'deploy', '--parameter-overrides', 'ParameterKey=A,ParameterValue=1 ParameterKey=B,ParameterValue=x=y').parameters, both);
  });

  it('takes the built template before the written one', () => {
    assert.equal(read({ [path.join('.aws-sam', 'build', 'template.yaml')]: 'Resources: {}', 'template.yaml': 'x' }, 'deploy').templateFile, path.join('.aws-sam', 'build', 'template.yaml'));
    assert.equal(read({ 'other.yaml': 'Resources: {}' }, 'deploy', '-t', 'other.yaml').template, 'Resources: {}');
  });

  it('says what it can not read', () => {
    assert.match(read({}, 'deploy').problems.join(' '), /can't be read. Run 'sam build'/);
    assert.match(read({ 'samconfig.yaml': 'version: 0.1' }, 'delete').problems[0] ?? '', /samconfig\.yaml is not read by this preview/);
    assert.match(read({ 'samconfig.toml': '[default.delete.parameters]\nstack_name = ["x", 1]' }, 'delete').problems[0] ?? '', /default\.delete\.parameters\.stack_name in samconfig\.toml is in a form/);
    assert.match(read({ 'samconfig.toml': '[default.delete.parameters]\nstack_name = "x\n' }, 'delete').problems[0] ?? '', /samconfig\.toml can't be read \(line 2: .*Put it right/);
    assert.equal(read({ 'samconfig.toml': '[default.delete.parameters]\nstack_name = """x"""' }, 'delete').stackName, 'x');
  });

  it('is left alone when it changes no stack', () => {
    for (const argv of [['sam', 'build'], ['sam', 'sync', '--code'], ['aws', 'deploy']]) assert.equal(readSamCommand(argv, '/app', () => undefined), undefined);
  });
});

describe('the reader of TOML', () => {
  it('reads tables, texts, switches, numbers and lists of texts', () => {
    const { tables, unread } = readToml('top = 1\n[a."b.c"]\nx = "q\\"r" # c\ny = \'#\'\nn = 1_000\nb = false\nl = ["a", \'b\']\nm = [\n "a", # "x"\n "b"\n]\n');
    assert.deepEqual(tables.get(''), { top: '1' });
    assert.deepEqual(tables.get('a.b.c'), { x: 'q"r', y: '#', n: '1000', b: false, l: ['a', 'b'], m: ['a', 'b'] });
    assert.deepEqual(unread, []);
  });

  it('reads every form of a text and of a table, and names what no setting has instead of guessing', () => {
    const { tables, unread } = readToml('[t]\na = """x"""\nb = { c = 1 }\nd = ["a", 1]\ne = 2020-01-01T00:00:00Z\n[[list]]\n');
    assert.deepEqual([tables.get('t'), tables.get('t.b'), unread], [{ a: 'x' }, { c: '1' }, ['t.d', 't.e', 'list']]);
  });

  it('says that a broken file is broken, and takes nothing from it', () => {
    for (const text of ['[t]\na = ["x"\n', '[t]\na = "x"\na = "y"\n', `a = ${'['.repeat(100_000)}`]) {
      const { tables, broken } = readToml(text);
      assert.equal(tables.size, 0);
      assert.ok(broken, text.slice(0, 40));
    }
  });
});
