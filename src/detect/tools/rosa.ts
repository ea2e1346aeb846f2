import { commonTool } from './cli/common-tool';

/** rosa, for OpenShift on AWS. */
export const rosa = commonTool({
  names: ['rosa'], provider: 'rosa', source: 'ROSA CLI documentation',
  commands: `
    delete cluster            | destroy data-loss,outage
    hibernate cluster         | destroy outage
    edit cluster +--disable-x | destroy outage
    login,logout,whoami,init  | read
    verify *                  | read
    list *                    | read
    describe *                | read
    logs *                    | read
  `,
});
