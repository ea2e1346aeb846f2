import { commonTool } from './cli/common-tool';
import { sqlHandedIn } from './cli/sql-findings';

/** The PlanetScale CLI. */
export const planetscale = commonTool({
  names: ['pscale'], provider: 'planetscale', source: 'PlanetScale CLI reference',
  commands: `
    auth *                | read
    connect               | read
    shell                 | change
    org *                 | read
    branch schema         | read
    deploy-request diff   | read
    database delete       | destroy data-loss
    branch delete         | destroy data-loss
    backup delete         | destroy data-loss
    deploy-request revert | destroy data-loss
    deploy-request deploy | change
    branch promote        | change
    password delete       | destroy access-loss
    service-token delete  | destroy access-loss
    branch demote         | destroy guard-removal
  `,
  // `pscale shell DATABASE BRANCH` reads its input. Source: PlanetScale CLI reference, "shell".
  refine: (call, finding) => {
    if (call.path[0] !== 'shell') return undefined;
    return sqlHandedIn({}, call, { dialects: ['mysql', 'postgresql'] }) ?? [{ ...finding, mutation: 'none' }];
  },
});
