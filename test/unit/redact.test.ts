import assert from 'node:assert/strict';
import { isSecretName, redact, redactArgv, redactData, REDACTED } from '../../src/model/redact';

const KEY = 'AKIAIOSFODNN7EXAMPLE';
const R = REDACTED;

describe('redaction', () => {
  it('takes out keys and tokens by their look', () => {
    assert.equal(redact(`key ${KEY} used`), `key ${R} used`);
    assert.equal(redact('Authorization: Bearer abcdefgh12345678'), `Authorization: Bearer ${R}`);
    assert.equal(redact('ghp_abcdefghijklmnopqrstuvwxyz012345'), R);
    assert.equal(redact('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-def'), R);
    assert.equal(redact('IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJ'), R);
    assert.equal(redact('-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc=\n-----END RSA PRIVATE KEY-----'), R);
  });

  it('takes out values by the name before them', () => {
    assert.equal(redact('DB_PASSWORD=hunter2 make'), `DB_PASSWORD=${R} make`);
    assert.equal(redact('{"SecretString": "a\\"b", "Name": "db"}'), `{"SecretString": "${R}", "Name": "db"}`);
    assert.equal(redact("{'MasterUserPassword': 'x y'}"), `{'MasterUserPassword': "${R}"}`);
    assert.equal(redact('  MasterUserPassword: hunter2\n  Name: db'), `  MasterUserPassword: ${R}\n  Name: db`);
    assert.equal(redact('ParameterKey=DbPassword,ParameterValue=hunter2 ParameterKey=Size,ParameterValue=2'), `ParameterKey=DbPassword,ParameterValue=${R} ParameterKey=Size,ParameterValue=2`);
    assert.equal(redact('[{"ParameterKey":"DbPassword","ParameterValue":"hunter2"}]'), `[{"ParameterKey":"DbPassword","ParameterValue":"${R}"}]`);
    assert.equal(redact('Variables={DB_PASSWORD=hunter2,STAGE=prod}'), `Variables={DB_PASSWORD=${R},STAGE=prod}`);
  });

  it('takes user, password and signature out of addresses', () => {
    assert.equal(redact('https://joe:pw@proxy.example.com:8080/x'), `https://${R}@proxy.example.com:8080/x`);
    assert.equal(redact('https://b.s3.amazonaws.com/t.yaml?X-Amz-Signature=abc&v=1'), `https://b.s3.amazonaws.com/t.yaml?X-Amz-Signature=${R}&v=1`);
  });

  it('leaves names, arns and ordinary text alone', () => {
    for (const text of [
      'arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf', 'aws cloudformation delete-stack --stack-name payments-prod',
      'NextToken=abc', 'MinimumPasswordLength=12', 'SecretArn=arn:aws:x', 'The export payments-table goes.', 'Ref in Properties.TableName', 'cost = 5',
    ]) assert.equal(redact(text), text);
  });

  it('takes secret option values out of an argv and keeps the rest as it is', () => {
    assert.deepEqual(redactArgv(['aws', 'rds', 'modify-db-instance', '--master-user-password', 'hunter2', '--db-instance-identifier', 'db']),
      ['aws', 'rds', 'modify-db-instance', '--master-user-password', R, '--db-instance-identifier', 'db']);
    assert.deepEqual(redactArgv(['--secret-string=hunter2', '--secret-id', 'prod/db', '--secret-binary', 'fileb://x.bin']), [`--secret-string=${R}`, '--secret-id', 'prod/db', '--secret-binary', 'fileb://x.bin']);
    assert.deepEqual(redactArgv(['--manage-master-user-password', '--region', 'eu-west-1']), ['--manage-master-user-password', '--region', 'eu-west-1']);
    assert.deepEqual(redactArgv(['aws', 'ssm', 'put-parameter', '--type', 'SecureString', '--value', 'hunter2']), ['aws', 'ssm', 'put-parameter', '--type', 'SecureString', '--value', R]);
    // The service's model marks the value as sensitive whatever the type.
    assert.deepEqual(redactArgv(['aws', 'ssm', 'put-parameter', '--type', 'String', '--value', 'blue-9']), ['aws', 'ssm', 'put-parameter', '--type', 'String', '--value', R]);
    assert.deepEqual(redactArgv(['--secret-string', '-hunter2']), ['--secret-string', R]);
  });

  it('takes known secrets out of plain data wherever they stand, and keeps its shape', () => {
    assert.deepEqual(redactData({ a: ['x hunter2 y', 3, null], secretString: 'q', nested: { because: 'hunter2' } }, ['hunter2']),
      { a: [`x ${R} y`, 3, null], secretString: R, nested: { because: R } });
  });

  it('knows secret names from settings about secrets', () => {
    for (const name of ['DB_PASSWORD', 'secretString', 'AWS_SESSION_TOKEN', 'apiKey', 'MasterUserPassword', 'auth-token']) assert.ok(isSecretName(name), name);
    for (const name of ['SecretId', 'NextToken', 'client-request-token', 'PasswordLength', 'TOKEN_FILE', 'StackName', 'AWS_ACCESS_KEY_ID']) assert.ok(!isSecretName(name), name);
  });

  it('takes linear time on hostile text', () => {
    const started = Date.now();
    for (const text of ['a='.repeat(50_000), '"'.repeat(100_000), '-----BEGIN '.repeat(10_000), 'https://'.repeat(12_000), 'ParameterKey='.repeat(8_000), '\\"'.repeat(50_000), 'x: '.repeat(30_000), 'eyJaaaaaaaa.'.repeat(8_000)]) redact(text);
    assert.ok(Date.now() - started < 2_000, `${Date.now() - started} ms`);
  });
});
