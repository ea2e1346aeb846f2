import assert from 'node:assert/strict';
import { readCommand } from '../../src/preview/cloudformation/command';
import { targets, type StackSetWords } from '../../src/preview/cloudformation/stack-set-command';

const words = (...argv: string[]): StackSetWords => {
  const read = readCommand(['aws', 'cloudformation', 'delete-stack-instances', '--stack-set-name', 'guardrails', ...argv], '/')?.stackSet;
  assert.ok(read);
  return read;
};
const at = (account: string, region: string, unit?: string): Parameters<typeof targets>[1] => ({ account, region, unit });

describe('a command on a stack set', () => {
  it('names its set, its accounts and regions, and whether stacks stay', () => {
    const read = words('--accounts', '111111111111', '222222222222', '--regions', 'eu-west-1', 'us-east-1', '--retain-stacks', '--call-as', 'DELEGATED_ADMIN');
    assert.deepEqual([read.name, read.accounts, read.regions, read.retain, read.callAs], ['guardrails', ['111111111111', '222222222222'], ['eu-west-1', 'us-east-1'], true, 'DELEGATED_ADMIN']);
    assert.equal(words('--regions', 'eu-west-1', '--no-retain-stacks').retain, false);
  });

  it('is about the stacks in those accounts and regions', () => {
    const read = words('--accounts', '111111111111', '--regions', 'eu-west-1');
    assert.deepEqual([targets(read, at('111111111111', 'eu-west-1')), targets(read, at('222222222222', 'eu-west-1')), targets(read, at('111111111111', 'us-east-1'))], [true, false, false]);
  });

  it('reads targets as shorthand and JSON', () => {
    for (const text of ['OrganizationalUnitIds=ou-a,ou-b,AccountFilterType=DIFFERENCE,Accounts=111111111111', '{"OrganizationalUnitIds":["ou-a","ou-b"],"AccountFilterType":"DIFFERENCE","Accounts":["111111111111"]}']) {
      const read = words('--deployment-targets', text, '--regions', 'eu-west-1');
      assert.deepEqual([read.units, read.accounts, read.accountFilter], [['ou-a', 'ou-b'], ['111111111111'], 'DIFFERENCE']);
      assert.equal(targets(read, at('111111111111', 'eu-west-1', 'ou-a')), false);
      assert.equal(targets(read, at('222222222222', 'eu-west-1', 'ou-b')), true);
    }
  });

  it('leaves open which accounts are in a unit above', () => {
    assert.equal(targets(words('--deployment-targets', 'OrganizationalUnitIds=ou-root', '--regions', 'eu-west-1'), at('1', 'eu-west-1', 'ou-child')), undefined);
    assert.equal(targets(words('--deployment-targets', '{"AccountsUrl":"s3://b/accounts"}', '--regions', 'eu-west-1'), at('1', 'eu-west-1')), undefined);
  });
});
