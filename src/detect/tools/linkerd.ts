import { commonTool } from './cli/common-tool';

/** The Linkerd CLI. */
export const linkerd = commonTool({
  names: ['linkerd'], provider: 'linkerd', source: 'Linkerd CLI reference',
  commands: `
    install,check,inject,uninject,upgrade,profile,identity,install-cni,prune | read
    version                     | read
    viz *                       | read
    diagnostics *               | read
    multicluster check,gateways | read
    uninstall                   | destroy outage  # It prints what to delete; piped into kubectl delete it takes the mesh out.
  `,
});
