import { commonTool } from './cli/common-tool';

/** Skaffold. */
export const skaffold = commonTool({
  names: ['skaffold'], provider: 'skaffold', source: 'Skaffold CLI reference',
  commands: `
    build,render,diagnose,version,survey,completion,fix,verify,test | read
    config *                             | read
    schema *                             | read
    inspect *                            | read
    init,run,dev,debug,deploy,apply,exec | add
    delete                               | destroy outage  # What it deployed is deleted from the cluster.
  `,
});
