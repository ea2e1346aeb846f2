import { commonTool } from './cli/common-tool';

/** The HCP CLI. */
export const hcp = commonTool({
  names: ['hcp'], provider: 'hcp', source: 'HCP CLI reference',
  commands: `
    auth *    | read
    profile * | read
  `,
});
