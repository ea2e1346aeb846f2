import { commonTool } from './cli/common-tool';

/** The Scaleway CLI. */
export const scaleway = commonTool({
  names: ['scw'], provider: 'scaleway', source: 'Scaleway CLI reference',
  commands: `
    instance server terminate,delete | destroy data-loss,outage
    k8s cluster delete               | destroy data-loss,outage
    init,config,info                 | read
    instance server ssh              | read
  `,
});
