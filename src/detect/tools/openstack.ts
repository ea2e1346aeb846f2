import { commonTool } from './cli/common-tool';

/** The OpenStack client and the clients of its parts. */
export const openstack = commonTool({
  names: ['openstack', 'nova', 'cinder', 'neutron', 'glance', 'swift'],
  provider: 'openstack', source: 'OpenStackClient documentation, "Command List"',
  commands: `
    server delete,rebuild,shelve                     | destroy data-loss,outage
    server stop,reboot,suspend,pause,shelve,remove * | destroy outage
    token issue                                      | read
    catalog *                                        | read
    quota show                                       | read
    server resize                                    | change
    quota set                                        | change
    stack update                                     | change
    stack delete,abandon                             | destroy data-loss,outage
  `,
});
