import { option } from './cli/call';
import { commonTool } from './cli/common-tool';
import { sqlHandedIn } from './cli/sql-findings';

/** The Snowflake CLI. */
export const snowflake = commonTool({
  names: ['snow'], provider: 'snowflake', source: 'Snowflake CLI command reference',
  commands: `
    sql                  | change
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
  valued: '-q --query --filename --data -D --variable',
  // A statement, a file of them, or with `-i` its input. Source: Snowflake CLI reference, "snow sql".
  refine: (call, finding) => {
    if (call.path[0] !== 'sql') return undefined;
    const given = { text: option(call, '-q', '--query')?.value, file: option(call, '-f', '--filename')?.value };
    return sqlHandedIn(given, call, { dialects: ['snowflake'] }) ?? [{ ...finding, mutation: 'none' }];
  },
});
