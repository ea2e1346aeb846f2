import { commandTool } from './cli/command-tool';

/** HashiCorp Boundary. */
export const boundary = commandTool({
names: ['boundary'], provider: 'boundary', source: 'Boundary documentation, "Boundary CLI" reference', singleDash: true,
  valued: '-addr -token -scope-id -id -name -description -target-id -auth-method-id -login-name -host-id -exec -format -keyring-type -config -recovery-config -version -grant -principal -host-source -credential-source -filter -worker-filter -client-port -listen-port -listen-addr -username', flags: '-recursive -tls-insecure', where: { endpoint: '-addr BOUNDARY_ADDR', scope: '-scope-id' }, targets: '-id',
  commands: `
read authenticate; * list; * read; targets authorize-session; sessions read|list; search; config; version; connect; logout; workers certificate-authority; cache; daemon; database migrate +-help; dev; server; ferry; policies; client-agent
add * create; database init; * add-*; accounts set-password
mod * update; * set-*; accounts change-password; * add-grants; * attach-*; roles set-grants
kill:access * delete; roles remove-grants|remove-principals; groups remove-members; users remove-accounts; targets remove-host-sources|remove-credential-sources; host-sets remove-hosts; auth-tokens delete; scopes destroy-key-version; * remove-*
kill:out sessions cancel
kill:data,out scopes delete ~gone # The scope with everything inside it is deleted.
mod database migrate`,
  otherwise: 'verbs',
});
