import { commandTool } from './cli/command-tool';
import { kubectlInputs } from './kubectl/inputs';

/** Kustomize: builds manifests and edits its own file; it touches no cluster. */
export const kustomize = commandTool({
  names: ['kustomize'], provider: 'kustomize', source: 'Kustomize documentation, "kustomize" command reference', everyday: true,
  valued: '-o --output --load-restrictor --mount -e --env --as-current-user --network-name',
  commands: `
    build,version,cfg,completion,localize,fn,openapi,help | read
    create                                                | add
    edit                                                  | change
  `,
  otherwise: 'quiet', inputs: kubectlInputs,
});
