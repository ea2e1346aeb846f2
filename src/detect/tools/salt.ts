import { commonTool } from './cli/common-tool';

/** The programs of Salt. */
export const salt = commonTool({
  names: ['salt', 'salt-call', 'salt-run', 'salt-key', 'salt-ssh', 'salt-cloud'],
  provider: 'salt', source: 'Salt documentation, "Salt command-line reference"',
  otherwise: 'quiet',
  commands: `
    test.ping,grains.*,pillar.*,manage.* | read
    +-d,--destroy                        | destroy data-loss,outage
    +-D,--delete-all                     | destroy data-loss,outage
  `,
});
