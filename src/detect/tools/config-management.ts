import { commonTool } from './cli/common-tool';

/** Chef and Puppet. */
export const configManagement = commonTool({
  names: ['knife', 'chef-client', 'puppet', 'r10k', 'pdk'],
  provider: 'config-management', source: 'Chef knife and Puppet command references',
  otherwise: 'quiet',
  commands: `
    node delete,bulk,purge,deactivate,clean | destroy outage
    client delete,bulk                      | destroy outage
    cookbook delete,bulk,purge              | destroy outage
    role delete,bulk                        | destroy outage
    data bag delete                         | destroy outage
    environment delete                      | destroy outage
    ec2 server delete                       | destroy outage
    azure server delete                     | destroy outage
    google server delete                    | destroy outage
    node run_list remove                    | destroy outage
    vault remove,delete                     | destroy outage
    acl remove                              | destroy outage
    user delete                             | destroy outage
    org delete                              | destroy outage
    ssl clean                               | destroy outage
    cert clean,revoke                       | destroy outage
    ca clean,destroy,revoke                 | destroy outage
    * show,list,info                        | read
    search,status,lookup                    | read
    config *                                | read
    facts *                                 | read
    apply,agent +--noop                     | read
    module list                             | read
    node find                               | read
    resource *                              | read
    bootstrap                               | add
    cookbook upload                         | add
    data bag create                         | add
    * create,from                           | add
    module install                          | add
    apply,agent                             | change
    node edit                               | change
    role edit                               | change
    * edit                                  | change
    deploy *                                | change
    module *                                | change
  `,
});
