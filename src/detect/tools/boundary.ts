import { commandTool } from './cli/command-tool';

/** HashiCorp Boundary. */
export const boundary = commandTool({
  names: ['boundary'], provider: 'boundary', source: 'Boundary documentation, "Boundary CLI" reference', singleDash: true,
  valued: `-addr -token -scope-id -id -name -description -target-id -auth-method-id -login-name -host-id -exec -format -keyring-type
    -config -recovery-config -version -grant -principal -host-source -credential-source -filter -worker-filter -client-port -listen-port
    -listen-addr -username`,
  flags: '-recursive -tls-insecure', where: { endpoint: '-addr BOUNDARY_ADDR', scope: '-scope-id' }, targets: '-id',
  commands: `
    authenticate,search,config,version,connect,logout,cache,daemon,dev | read
    server,ferry,policies,client-agent                    | read
    * list,read                                           | read
    targets authorize-session                             | read
    sessions read,list                                    | read
    workers certificate-authority                         | read
    database migrate +-help                               | read
    * create,add-*                                        | add
    database init                                         | add
    accounts set-password                                 | add
    * update,set-*,add-grants,attach-*                    | change
    accounts change-password                              | change
    roles set-grants                                      | change
    * delete,remove-*                                     | destroy access-loss
    roles remove-grants,remove-principals                 | destroy access-loss
    groups remove-members                                 | destroy access-loss
    users remove-accounts                                 | destroy access-loss
    targets remove-host-sources,remove-credential-sources | destroy access-loss
    host-sets remove-hosts                                | destroy access-loss
    auth-tokens delete                                    | destroy access-loss
    scopes destroy-key-version                            | destroy access-loss
    sessions cancel                                       | destroy outage
    scopes delete                                         | destroy data-loss,outage | irreversible
      # The scope with everything inside it is deleted.
    database migrate                                      | change
  `,
  otherwise: 'verbs',
});
