import { commonTool } from './cli/common-tool';

/** The Civo CLI. */
export const civo = commonTool({
  names: ['civo'], provider: 'civo', source: 'Civo CLI documentation',
  commands: `
    kubernetes,k3s,k8s remove,delete,rm | destroy data-loss,outage
    apikey                              | read
  `,
});
