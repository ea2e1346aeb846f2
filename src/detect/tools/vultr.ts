import { commonTool } from './cli/common-tool';

/** vultr-cli. */
export const vultr = commonTool({
  names: ['vultr-cli', 'vultr'], provider: 'vultr', source: 'vultr-cli README',
  commands: `
    instance delete,reinstall,stop,restart | destroy data-loss,outage
    database delete                        | destroy data-loss
  `,
});
