import { commandTool } from './cli/command-tool';

/** aws-vault: what it runs is judged as if it stood alone; its own commands hold credentials. */
export const awsVault = commandTool({
  names: ['aws-vault'], provider: 'aws-vault', source: 'aws-vault USAGE',
  valued: '--backend --keychain --pass-prefix -d --duration --mfa-token --region --prompt',
  flags: '--no-session -n --debug --server -s --ec2-server -j --json --lazy --force -f', guards: '--force -f',
  commands: `
    list,ls,login,export,version,help | read
    add                               | add
    rotate,clear                      | change
    remove,rm                         | destroy access-loss  # Credentials are deleted from the keychain.
  `,
  otherwise: 'quiet',
  before: (call) => (call.args[0]?.value === 'exec' ? [] : undefined),
  stopsAt: (words) => words[0]?.value === 'exec' && words.length > 2,
});
