import { commonTool } from './cli/common-tool';

/** The Alibaba Cloud CLI. */
export const alibaba = commonTool({
  names: ['aliyun'], provider: 'alibaba', source: 'Alibaba Cloud CLI documentation',
  commands: `
    configure,help  | read
    oss ls,stat,cat | read
    oss rm          | destroy data-loss
    oss cp,mb       | add
  `,
});
