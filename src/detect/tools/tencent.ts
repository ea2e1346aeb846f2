import { commonTool } from './cli/common-tool';

/** The Tencent Cloud CLI. */
export const tencent = commonTool({
  names: ['tccli'], provider: 'tencent', source: 'Tencent Cloud CLI documentation',
  commands: `
    configure | read
  `,
});
