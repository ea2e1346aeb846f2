import { commonTool } from './cli/common-tool';

/** The Render CLI. */
export const render = commonTool({
  names: ['render'], provider: 'render', source: 'Render CLI reference',
  commands: `
    services suspend | destroy outage
    restart          | destroy outage
    deploys cancel   | destroy outage
    login,whoami,logs,psql,ssh,services,projects,environments | read
    workspace *      | read
    services list    | read
    deploys list     | read
    jobs list        | read
    deploys create   | add
    jobs create      | add
    services delete  | destroy outage
  `,
});
