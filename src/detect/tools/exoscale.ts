import { commonTool } from './cli/common-tool';

/** The Exoscale CLI. */
export const exoscale = commonTool({
  names: ['exo'], provider: 'exoscale', source: 'Exoscale CLI reference',
  commands: `
    config   | read
  `,
});
