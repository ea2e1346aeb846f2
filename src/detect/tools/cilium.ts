import { commonTool } from './cli/common-tool';

/** The Cilium CLI. */
export const cilium = commonTool({
  names: ['cilium', 'cilium-cli'], provider: 'cilium', source: 'Cilium CLI documentation',
  commands: `
    uninstall                      | destroy outage,guard-removal
    clustermesh disable,disconnect | destroy outage,guard-removal
    hubble disable                 | destroy outage,guard-removal
    status,sysdump,version         | read
    connectivity *                 | read
    config view                    | read
    hubble ui,port-forward         | read
    install                        | add
    hubble enable                  | add
    clustermesh enable,connect     | add
    upgrade                        | change
    config set,delete              | change
  `,
});
