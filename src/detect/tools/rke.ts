import { commonTool } from './cli/common-tool';

/** RKE and RKE2. */
export const rke = commonTool({
  names: ['rke', 'rke2'], provider: 'rke', source: 'RKE documentation',
  commands: `
    remove                 | destroy data-loss,outage
    etcd snapshot-restore  | destroy data-loss,outage
    up                     | change
    cert rotate            | change
    util *                 | change
    config,version,encrypt | read
    etcd snapshot-save     | read
  `,
});
