import { commonTool } from './cli/common-tool';

/** The Snowflake CLI. */
export const snowflake = commonTool({
  names: ['snow'], provider: 'snowflake', source: 'Snowflake CLI command reference',
  commands: `
    object drop          | destroy data-loss
    stage drop,remove    | destroy data-loss
    app teardown         | destroy data-loss
    connection remove    | destroy data-loss
    spcs * drop          | destroy data-loss
    connection *         | read
    object list,describe | read
    stage list-files     | read
    spcs service suspend | destroy outage
  `,
});
