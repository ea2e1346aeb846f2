/**
 * Which option or word of which tool holds a secret: taken out by its place, whatever it is called or looks like.
 *
 * One line for one or more tools: their names, then entries. An entry is one letter for how the value is treated, and the options:
 *   s  the whole value is a secret
 *   x  KEY=VALUE, every value is one        p  KEY=VALUE, the value stays where it says what is meant (see `hidePair`)
 *   X  A=1,B=2, every value is one          P  the same, values may stay
 *   u  user:password                        %  user%password, user,password
 *   h  a header field                       e  a map or list of environment variables, in JSON or the tool's shorthand
 *   a  attached only (-pSECRET); the option alone has no value
 *   o  OpenSSL's pass phrase argument: pass:SECRET
 *   m  as p for every word until the next option            M  as x for every such word
 *   d  data of a Kubernetes Secret in a patch          -  no secret, whatever its name says
 *   :  KEY:VALUE                                        /  user/password@place
 *   !  has no value                                    l  words of a command, behind commas or in several options
 *   A  as a; a word behind a blank goes, too, unless it looks like the name of a database
 *   2  the word behind the next                        k  KEY=VALUE, or the value alone
 *   i  an index, then the value: ["a"] "SECRET"
 * An option without a dash is a word of its own, with its value behind a blank or `=`: `AUTH SECRET`, `secret_id=SECRET`.
 * `s@secret,set -b` counts only where the command's words are among the words before.
 * Words behind a command stand in brackets: `[kv put +1] x` treats as x every word behind `kv put` but the first. `*` is any one word.
 * A name with two dashes counts also in its `--name=value` form, one letter with one dash also attached (`-pSECRET`), and a
 * longer name with one dash as `-name=value` (Go's and Terraform's way).
 * Options whose own name says it (`--admin-password`, `--client-secret`) need no entry: names are looked at for every tool.
 */
const TABLE = `
# https://developer.hashicorp.com/terraform/cli/commands/plan#input-variables-on-the-command-line and /cli/commands/init#backend-configuration
terraform tofu terragrunt packer waypoint  p -var --var  p -backend-config --backend-config
# https://developer.hashicorp.com/terraform/cli/config/environment-variables#tf_cli_args-and-tf_cli_args_name
cdktf  p --var -var

# kubectl reference, generated: create secret generic/docker-registry, set env, run, config set-credentials, patch
kubectl oc k3s minikube kubecolor  x --from-literal  x --env -e  s --token  s --docker-password  [set env +1] x  [config set *password +0] s  [config set *token +0] s  [create token +9] s  d@patch -p --patch
# https://docs.redhat.com/en/documentation/openshift_container_platform: oc login, new-app, process
oc  s -p --password --token  x --env -e  p --param
kustomize  x --from-literal
kubeadm  s --token --certificate-key --discovery-token
k3s k3sup rke2  s --token -t --agent-token

# https://helm.sh/docs/helm/helm_upgrade/ and helm_registry_login/
helm  P --set --set-string --set-literal --set-json  s -p --password --pass --kube-token  s --registry-password
helmfile  P --set --state-values-set --state-values-set-string
argocd  s --password --auth-token --current-password --new-password --ssh-private-key --bearer-token  P --helm-set --helm-set-string  p -p --parameter
flux  s --password --token -p  x --values-from
istioctl  P --set
velero  s --secret

# https://docs.docker.com/reference/cli/docker/container/run/#env, …/buildx/build/#build-arg, …/login/
docker podman nerdctl buildah ctr  x -e --env --env-add  p --build-arg  s@login -p  s --password  u --creds --user-creds
docker-compose podman-compose  x -e --env  p --build-arg
skopeo buildah crane oras regctl cosign  u --creds --src-creds --dest-creds  s -p --password --src-password --dest-password --token --identity-token --registry-token
ctr crictl  u -u --user --creds  s --auth

# https://curl.se/docs/manpage.html
curl  u -u --user -U --proxy-user  h -H --header --proxy-header  s --oauth2-bearer --pass --proxy-pass --tlspassword --proxy-tlspassword  s -b --cookie  u -E --cert --proxy-cert
# https://www.gnu.org/software/wget/manual/wget.html#HTTP-Options
wget  s --password --http-password --ftp-password --proxy-password  h --header
# https://httpie.io/docs/cli/authentication
http https httpie xh xhs  u -a --auth
harbor  s -p --password
# https://docs.konghq.com/deck/
deck  h --headers --header
aria2c  s --http-passwd --ftp-passwd --rpc-secret --all-proxy-passwd  h --header
grpcurl  h -H
ab  u -A -P  h -H
# https://github.com/hatoo/oha and rakyll/hey
hey  u -a  h -H
websocat wscat  h -H --header  u --auth

# MySQL manual §4.2.2 "Command Options for Connecting to the Server"; §4.5.2 mysqladmin password
mysql mysqldump mysqladmin mysqlimport mysqlshow mysqlcheck mysqlslap mysqlbinlog mariadb mariadb-dump mariadb-admin mycli mysqlsh mydumper myloader xtrabackup mariabackup pt-online-schema-change gh-ost  A -p  s --password --password1 --password2 --password3  [password +0] s
mycli mydumper myloader pt-online-schema-change  s -p
# https://redis.io/docs/latest/develop/tools/cli/ and commands AUTH, HELLO, CONFIG SET, ACL SETUSER, MIGRATE
redis-cli valkey-cli keydb-cli  s -a --pass  [auth +0] s  [config set requirepass +0] s  [config set masterauth +0] s  [hello * auth +1] s  [acl setuser +1] s  s@migrate auth  2@migrate auth2
redis-benchmark redis-server  s -a --requirepass --masterauth
memcached memcstat  s --password
# https://www.mongodb.com/docs/mongodb-shell/reference/options/ and database-tools
mongosh mongo mongodump mongorestore mongoexport mongoimport mongostat mongotop  s -p --password --tlsCertificateKeyFilePassword --awsSecretAccessKey --awsIamSessionToken
atlas mongocli  s --password --token
# https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-utility, bcp-utility, sqlpackage; FreeTDS tsql
sqlcmd bcp osql tsql fisql  s -P  p -v
sqlpackage  s /p:Password /SourcePassword /TargetPassword
# https://cassandra.apache.org/doc/latest/cassandra/managing/tools/cqlsh.html, ClickHouse, Snowflake, InfluxDB, Neo4j, Couchbase, etcd
cqlsh nodetool  s -p -pw --password
clickhouse-client clickhouse  s --password
influx influxd  s -t --token -password  s -p --password
cypher-shell neo4j-admin  s -p --password
couchbase-cli cbbackupmgr  s -p --password --cluster-password --server-add-password --rbac-password --bucket-password
etcdctl etcdutl  u --user  s --password  [put +1] s
# https://docs.snowflake.com/user-guide/snowsql-start
snowsql snow  s --mfa-passcode --token  p -D --variable
# Oracle Database Utilities: user/password@connect
sqlplus expdp impdp sqlldr rman  [+0] /
ldapsearch ldapmodify ldapadd ldapdelete ldappasswd ldapwhoami  s -w -s -a
kadmin kinit  s -w -pw
snmpget snmpset snmpwalk snmpbulkwalk snmptable  s -c -A -X

# https://developer.hashicorp.com/vault/docs/commands and bao (OpenBao)
vault bao  [kv put +1] x  [kv patch +1] x  [write +1] p  [login +0] s  [unwrap +0] s  [token lookup +0] s  [token renew +0] s  [token revoke +0] s  [operator unseal +0] s  [operator rekey +0] s  [operator generate-root +0] s  s secret_id  s -otp -decode -id -init-key -unseal-key  p -config
consul  s -token -http-token -secret  [kv put +1] s  [keyring +0] s  s -install -use -remove
nomad  s -token -consul-token -vault-token  [var put +1] x  p -var  p -meta
boundary  s -password -token -secret -recovery-key
conjur  s -p --password  [variable set] s  s -v --value
chamber  [write +2] s
# https://www.1password.dev, Bitwarden, Doppler, Infisical, AWS Vault, Akeyless
op  s --session  [item create] x  [item edit] x
bw  s --session --password  [login +1] s  [unlock +0] s
doppler  s --token -t  [secrets set +1] k  [secrets set] x
infisical  s --token --client-secret --password  [secrets set] x
akeyless  s --value -v --token --access-key  s --new-value
sops  [set +2] s  i --set
berglas  [create +1] s  [update +1] s
teller  s --token

# openssl-passphrase-options(1), openssl-enc(1); GnuPG, Java's keytool, archivers, sshpass(1), htpasswd(1)
openssl  [passwd +0] s  o -passin -passout -pass -password -dpass -otherpass -pkeyopt_passin -srv_keypass -tls_keypass -newpass -oldpass -proxy_pass -pwri_password  s -k -K -macopt -pwdata -srppass -psk -hmac -keypass
easyrsa  o --passin --passout
gpg gpg2  s --passphrase
# ssh-keygen(1)
ssh-keygen ssh-add  s -N -P
keytool jarsigner apksigner  s -storepass -keypass -srcstorepass -deststorepass -srckeypass -destkeypass -new --ks-pass --key-pass
7z 7za 7zz rar unrar  a -p  a -hp
zip unzip zipcloak  s -P --password
qpdf pdftk  s --password
sshpass  s -p
htpasswd  [+1] s
smbclient rpcclient net smbget  % -U --user --username  s --password
mount.cifs mount  p -o
xfreerdp wlfreerdp  s /p /gp
rdesktop  s -p
lftp ncftp  % -u
ipmitool  s -P -K
useradd usermod  s -p --password
nmcli  s password wifi-sec.psk 802-11-wireless-security.psk 802-1x.password vpn.secrets gsm.password
# https://www.wireguard.com and wg(8)
wg wg-quick  s preshared-key private-key
wpa_passphrase  [* +0] s
smartctl hdparm  s --security-unlock --security-set-pass --security-erase
cryptsetup  s --key-data

# gcloud reference: each flag whose help names a password, key or environment
gcloud  - --secret --secrets  s --password --root-password --auth-token --access-token --client-secret --basic-auth-password --shared-secret --ike-secret --redis-auth --user-password --new-password  X --set-env-vars --update-env-vars --build-env-vars --set-build-env-vars --update-build-env-vars --env-vars --container-env --additional-env  P --substitutions --metadata --parameters --options --software-config-pypi  s --data  l --args --command --container-arg --container-command
gsutil  p -o
bq  s --connection_credential  e --properties
firebase  s --token  [functions:config:set] x
# az reference: each parameter whose help names a password, key, token, secret or environment; \`[secret set]\` is az keyvault
az  -@variable --secret  -@variable-group --secret  s@vm,user -p  s@vmss,user -p  s@mariadb -p  s@acr -p  s@batch -p  s@cosmosdb --key  s@iot --key  s@shared-key --value  s@variable --value  s@keys,set --key-value  s@secret --value  s@kv,set --value  s@credential -p  s@vpn-connection --shared-key  M --secret-build-arg --secret-arg  m --build-arg --arg  s --git-access-token  s --admin-password --password --account-key  s@login -p  s@vm,create -p  s@sql -p  s@mysql -p  s@postgres -p  s@ad,create -p  s@synapse -p  s@hdinsight,create -p  s --sas-token --connection-string --administrator-login-password --client-secret --docker-registry-server-password --registry-password --passphrase --shared-key --custom-data --user-data --protected-settings --personal-access-token --pat --primary-key --secondary-key --federated-token --api-key --certificate-password --tls-password  s@secret,set --value  s@configstore,set --value  s@appconfig,set --value  s@key,create --value  m --settings --app-settings --slot-settings --environment-variables -e  M --secure-environment-variables --env-vars --set-env-vars --replace-env-vars --secrets --connection-strings  m --parameters -p --template-parameters  h --headers
func  s --token
azcopy  s --source-key --destination-key
# AWS: the generated table (aws.ts); here what is not in the service models
aws awslocal  s --secret-access-key --session-token --sse-c-key --sse-c-copy-source-key  [configure set *secret* +0] s  [configure set *token* +0] s  m --parameter-overrides  [configure set *password* +0] s
cdk  p --parameters -c --context
sam samlocal  m --parameter-overrides --build-parameters  p --container-env-var
copilot  x --env-vars  s --values
eb  P --envvars  [setenv] x
ecs-cli  s --secret-key --session-token
aws-vault saml2aws  s --mfa-token --password -t
serverless sls  p --param  s --secret
zappa chalice  s --password
rosa ocm  s --token -t --cluster-admin-password --client-secret --bind-password --htpasswd-password
oci  s --password --admin-password --wallet-password --pdb-admin-password --tde-wallet-password  e --metadata --config
doctl  s -t --access-token  p --env
# https://cloud.tencent.com/document/product/440, tccli configure; https://www.alibabacloud.com/help/cli
tccli  [configure set *secretkey* +0] s  [configure set *token* +0] s  s --secretKey --token
aliyun  s --access-key-secret --sts-token --AccountPassword --Password
linode-cli  s --root_pass --token  x --stackscript_data
hcloud  s --token  s --root-password
ibmcloud  s --apikey -p --password  x --env -e
scw  x environment-variables secret-environment-variables  s secret-key
exo vultr-cli upctl civo  s --token --api-key --api-secret --password
ionosctl  s --password -p --token
openstack nova  s --os-password --os-token --password --admin-pass

# platforms: their \`config:set\` and \`secrets set\`
heroku  [config:set] x  s --password
fly flyctl  [secrets set] x  [secrets import] x  x -e --env  p --build-arg  x --build-secret  s -t --access-token
vercel now  s -t --token  x -e --env -b --build-env
netlify  s -a --auth  [env:set +1] s
railway  x --set --variables  [variables set] x  [variable set] x
render koyeb  x --env --env-var  s --token --api-key
wrangler  : --var  s --text
supabase  s -p --password --db-password --token  [secrets set] x  x --env
neonctl planetscale pscale turso  s --token --service-token --api-key --password
cf  s -p --password --client-secret  [set-env +2] s  [auth +1] s
dokku  [config:set +1] x
convox  [env set] x  [env:set] x
aptible  [config:set] x
now up apex  x --env
cloudflared  s --token --tunnel-token  [service install +0] s
ngrok  s --authtoken  [add-authtoken +0] s  [authtoken +0] s  u --basic-auth --auth
tailscale headscale  s --authkey --auth-key
pulumi  ! --secret --plaintext  [config set +1] s  x -c --config  p --config  s --access-token  [env set +2] s
# https://docs.ansible.com/ansible/latest/cli/
ansible ansible-playbook ansible-pull  e -e --extra-vars  s --become-pass  s --conn-pass
ansible-vault  [encrypt_string +0] s
ansible-galaxy  s --token --api-key
salt salt-call  p pillar  s --password --token
knife chef-client  s -P --ssh-password --winrm-password --secret -p
puppet bolt  s --password --sudo-password --token
juju  p --config
vagrant  s --password
kops  [create secret +2] s  s --admin-token

# source forges and CI
gh  s@secret,set -b --body  s@variable,set -b --body  h -H --header  [auth token +9] s
glab  s --token --job-token  s@login -t  s@variable -v --value  [variable set +1] s  [variable update +1] s  h -H --header
git  h -c  p --config
hub tea  s --token --password
jenkins-cli jenkins  u -auth
circleci  s --token  [context store-secret +3] s
travis  [encrypt +0] x  s --github-token -g  [env set +1] s
drone buildkite-agent bk woodpecker-cli  s --token -t --data --value
concourse fly-ci  s -p --password --client-secret  p -v --var -y --yaml-var
argo  s --token  p -p --parameter
tkn  p -p --param
sentry-cli  s --auth-token --api-key
snyk  [auth +0] s  p --auth-token
sonar-scanner sonar  p -D  s --token
mvn gradle gradlew ant java  p -D  p -P
msbuild dotnet nuget  s -k --api-key -ApiKey --password -Password -p  [user-secrets set +1] s  p /p -p:  [setapikey +0] s
npm pnpm yarn  s --otp --auth-token --_auth --_authToken --_password  [config set *_auth* +0] s  [config set *_password +0] s
pip pip3 twine poetry uv  s -p --password --token --publish-token  [config http-basic.* +1] s  [config pypi-token.* +0] s  [config --global http-basic.* +1] s
gem bundle  s -k  [config set +1] s  [config +1] s
cargo  s --token  [login +0] s
composer  [config *oauth* +0] s  [config http-basic.* +1] s  [config *token* +0] s
conan  s -p --password
svn hg cvs bzr  s --password

# queues, storage, monitoring, mail
rabbitmqctl  [add_user +1] s  [change_password +1] s  [authenticate_user +1] s
rabbitmqadmin  s -p --password  p password
kafka-configs.sh kafka-configs  p --add-config
kcat kafkacat  p -X
kafka-console-consumer kafka-console-consumer.sh kafka-console-producer kafka-console-producer.sh kafka-topics kafka-topics.sh  p --consumer-property --producer-property --command-property --property
nats  s --password --token  [context add] s
mosquitto_pub mosquitto_sub  s -P --pw
mc  [alias set +2] s  [config host add +2] s  [admin user add +2] s
s3cmd s5cmd  s --secret_key --access_token
rclone  s --password  [config create +2] x  [config update +1] x  s pass password secret_access_key client_secret token key sas_url  [obscure +0] s  [config password +1] x  s --s3-secret-access-key --azureblob-key --b2-key --sftp-pass --webdav-pass --rc-pass
restic borg kopia duplicity  s --password --passphrase
swaks  s -ap --auth-password
sendemail  s -xp
# https://docs.splunk.com, "CLI admin commands"
splunk  s -password -token -secret  u -auth -remoteUsername
# https://docs.opensearch.org, securityadmin.sh
securityadmin.sh securityadmin  s -kspass -tspass -keypass
grafana-cli grafana  [reset-admin-password +0] s  s --password
promtool amtool  u --http.basic-auth
elasticsearch-users elasticsearch-reset-password  s -p --password
elasticsearch-keystore logstash-keystore  s --value
confluent  s --api-secret --password  [api-key store +1] s
kcadm.sh kcadm kcreg.sh  x@users -s  s --password -p --new-password --secret -x --keypass --storepass  p -s
stripe  s --api-key
twilio  s --api-secret --auth-token
hasura  s --admin-secret
databricks dbx  s --token  s --string-value
dbt  e --vars
airflow  s -p --password --conn-password --conn-uri  [variables set +1] s
prefect dagster  s --key -k  x --env
wp  s --user_pass --admin_password --dbpass  p --user_pass
drush  [user:password +1] s  [upwd +1] s  s --account-pass --db-su-pw
rails rake artisan  s --password
node-red pm2  p --env
nomad-pack levant  p -var --var
`;

export type How = 's' | 'x' | 'X' | 'p' | 'P' | 'u' | '%' | 'h' | 'e' | 'a' | 'A' | 'o' | 'm' | 'M' | 'd' | '-' | ':' | '/' | '!' | 'l' | 'k' | 'i' | '2';

/** How the value of an option is treated, and the command's words that it counts for; empty for all. */
export interface Rule {
  readonly how: How;
  readonly within: readonly string[];
}

/** Words behind a command: from which on, and how. */
export interface Behind {
  /** In lower case, `*` for any part. */
  readonly path: readonly string[];
  /** How many words behind the path stay. */
  readonly skip: number;
  readonly how: How;
}

export interface ToolOptions {
  readonly options: ReadonlyMap<string, readonly Rule[]>;
  readonly behind: readonly Behind[];
}

let tools: ReadonlyMap<string, ToolOptions> | undefined;

/** What is known of a tool by its name (`mysql`); undefined for any other. Reads the table when it is asked first. */
export function optionsOf(tool: string): ToolOptions | undefined {
  tools ??= readTable();
  return tools.get(tool);
}

/** A line of the table: names until the first entry, then entries behind two blanks. */
function readTable(): ReadonlyMap<string, ToolOptions> {
  const all = new Map<string, { options: Map<string, Rule[]>; behind: Behind[] }>();
  for (const line of TABLE.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [names = '', ...entries] = line.split(/ {2,}/);
    for (const name of names.split(' ')) {
      const tool = all.get(name) ?? { options: new Map<string, Rule[]>(), behind: [] };
      all.set(name, tool);
      for (const entry of entries) readEntry(entry, tool);
    }
  }
  return all;
}

function readEntry(entry: string, tool: { readonly options: Map<string, Rule[]>; readonly behind: Behind[] }): void {
  const behind = /^\[(.*?) ?(?:\+(\d))?\] (\S)$/.exec(entry);
  if (behind) {
    tool.behind.push({ path: (behind[1] ?? '').toLowerCase().split(' ').filter((part) => part !== ''), skip: Number(behind[2] ?? 0), how: behind[3] as How });
    return;
  }
  const [kind = '', ...options] = entry.split(' ');
  const [how, within] = kind.split('@');
  for (const option of options) {
    tool.options.set(option, [...(tool.options.get(option) ?? []), { how: how as How, within: within?.split(',') ?? [] }]);
  }
}
