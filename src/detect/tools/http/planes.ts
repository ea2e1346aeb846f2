import type { Effect } from '../../../model';
import { effectsOfNoun } from '../../engines/verbs';

/** An address taken apart. */
export interface Url {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
  /** On this machine or its private network. */
  readonly local: boolean;
}

/** A control plane: an API whose calls change infrastructure. */
export interface Plane {
  readonly name: string;
  readonly kind: 'aws' | 'google' | 'azure' | 'kubernetes' | 'sql' | 'other';
  /** What deleting at this path takes away. */
  readonly effects: (path: string) => readonly Effect[];
  /** What a POST, PUT or PATCH does that destroys or interrupts; undefined for the others. */
  readonly action?: (path: string, body: string, method: string) => { readonly name: string; readonly effects: readonly Effect[]; readonly reason: string } | undefined;
  readonly source: string;
}

/** By the last names in the path: the collection, and the thing in it. */
const byPath = (path: string): readonly Effect[] => effectsOfNoun(path.split(/[/:]/).filter((p) => /^[a-zA-Z][\w-]*$/.test(p)));

const act = (name: string, effects: readonly Effect[], reason: string) => ({ name, effects, reason });

const byLastWord = (pattern: RegExp, effects: readonly Effect[], name: string) => (path: string) => {
  const found = pattern.exec(path);
  return found ? act(found[1] ?? 'action', effects, `Calls ${found[1] ?? 'an action'} on ${path.split('/').slice(-3, -1).join('/')} at ${name}: it is interrupted or deleted.`) : undefined;
};

const POWER = /"(?:type|action|op|event)"\s*:\s*"(power_?off|shutdown|reboot|power_?cycle|rebuild|restore|password_reset|reset|stop|terminate|delete|destroy|poweroff|power_off|halt)"/i;
const byType = (name: string) => (_: string, body: string) => {
  const found = POWER.exec(body)?.[1];
  return found === undefined ? undefined : act(found, /rebuild|restore|delete|destroy|terminate/i.test(found) ? ['data-loss', 'outage'] : ['outage'], `Sends the action ${found} to ${name}.`);
};

/** Hosts of APIs, each by its reference. */
const HOSTS: readonly (readonly [RegExp, Plane])[] = [
  [/\.amazonaws\.com(?:\.cn)?$|\.api\.aws$/, { name: 'AWS', kind: 'aws', effects: byPath, source: 'AWS General Reference, service endpoints' }],
  [/\.googleapis\.com$/, { name: 'Google Cloud', kind: 'google', effects: byPath, action: (path, body, method) => byLastWord(/[:/](delete|stop|reset|suspend|destroy|purge|abandon|restart|failover|truncateLog|restoreBackup|cancel|undeploy|disable|batchDelete|purgeCache|deleteInstances|recreateInstances|abandonInstances|removeInstances|detachDisk|deleteAccessConfig|setMachineType|batchRemove|demoteMaster|promoteReplica|resetSslConfig|clone)$/, ['data-loss', 'outage'], 'Google Cloud')(path) ?? (/:setIamPolicy$|\/iam$/.test(path) && /allUsers|allAuthenticatedUsers/.test(body) ? act('setIamPolicy', ['exposure'], 'Lets everybody in.') : undefined) ?? (method === 'PUT' && /\/iam$/.test(path) ? act('setIamPolicy', ['access-loss'], 'Replaces who may do what.') : undefined), source: 'Google Cloud API reference, custom methods (AIP-136)' }],
  [/^management\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)$|\.(?:vault|blob|queue|table|file|dfs|database|documents|azconfig|search|servicebus|redis\.cache)\.(?:azure\.net|core\.windows\.net|azure\.com|windows\.net|azconfig\.io)$|^graph\.microsoft\.com$|\.azure-api\.net$|\.vault\.azure\.net$/, { name: 'Azure', kind: 'azure', effects: byPath, action: byLastWord(/\/(deallocate|powerOff|stop|restart|redeploy|reimage|reimageall|delete|failover|regenerateKey|regenerateKeys|resetPassword|purge|forceReboot|deleteInstances|swap|reset|revoke|evict|hibernate|unlink|runCommand)$/i, ['outage', 'data-loss'], 'Azure'), source: 'Azure REST API reference' }],
  [/^api\.github\.com$|^uploads\.github\.com$/, { name: 'GitHub', kind: 'other', effects: byPath, action: (path, body, method) => (/\/git\/refs\//.test(path) && /"?force"?\s*[=:]\s*true/.test(body) ? act('force-update', ['data-loss'], 'Moves a branch by force: commits are lost.') : method === 'PATCH' && /^\/repos\/[^/]+\/[^/]+$/.test(path) && /"?(?:archived"?\s*[=:]\s*true|private"?\s*[=:]\s*false|visibility"?\s*[=:]\s*"?public)/.test(body) ? act('repos.update', ['exposure'], 'Archives the repository or makes it public.') : undefined), source: 'GitHub REST API documentation' }],
  [/^gitlab\.com$|^gitlab\./, { name: 'GitLab', kind: 'other', effects: byPath, source: 'GitLab REST API documentation' }],
  [/^api\.bitbucket\.org$/, { name: 'Bitbucket', kind: 'other', effects: byPath, source: 'Bitbucket Cloud REST API' }],
  [/^api\.digitalocean\.com$/, { name: 'DigitalOcean', kind: 'other', effects: byPath, action: byType('DigitalOcean'), source: 'DigitalOcean API reference' }],
  [/^api\.hetzner\.cloud$|^robot-ws\.your-server\.de$|^dns\.hetzner\.com$/, { name: 'Hetzner', kind: 'other', effects: byPath, action: byLastWord(/\/actions\/(poweroff|shutdown|reboot|reset|rebuild|reset_password|detach|detach_from_network|disable_backup|change_protection|enable_rescue)$/, ['outage'], 'Hetzner'), source: 'Hetzner Cloud API documentation' }],
  [/^api\.cloudflare\.com$/, { name: 'Cloudflare', kind: 'other', effects: byPath, action: (path, body) => (/\/d1\/database\/[^/]+\/(?:query|raw)$/.test(path) && /\b(?:drop|truncate|delete\s+from)\b/i.test(body) ? act('d1.query', ['data-loss'], 'Sends a statement that deletes to a D1 database.') : undefined), source: 'Cloudflare API documentation' }],
  [/^api\.linode\.com$/, { name: 'Linode', kind: 'other', effects: byPath, action: byLastWord(/\/(shutdown|reboot|rebuild|rescue|cancel|resetpassword|recycle|detach|regenerate)$/, ['outage'], 'Linode'), source: 'Linode API v4 reference' }],
  [/^api\.vultr\.com$/, { name: 'Vultr', kind: 'other', effects: byPath, action: byLastWord(/\/(halt|reboot|reinstall|restore|detach|recreate)$/, ['outage'], 'Vultr'), source: 'Vultr API reference' }],
  [/^api\.heroku\.com$/, { name: 'Heroku', kind: 'other', effects: byPath, source: 'Heroku Platform API reference' }],
  [/^backboard\.railway\.(?:app|com)$/, { name: 'Railway', kind: 'other', effects: byPath, source: 'Railway public API documentation' }],
  [/^api\.(?:machines\.dev|fly\.io)$/, { name: 'Fly.io', kind: 'other', effects: byPath, action: byLastWord(/\/(stop|restart|suspend|signal|cordon)$/, ['outage'], 'Fly.io'), source: 'Fly.io Machines API' }],
  [/^api\.vercel\.com$|^vercel\.com$/, { name: 'Vercel', kind: 'other', effects: byPath, source: 'Vercel REST API' }],
  [/^api\.netlify\.com$/, { name: 'Netlify', kind: 'other', effects: byPath, source: 'Netlify API documentation' }],
  [/^api\.supabase\.com$|\.supabase\.co$/, { name: 'Supabase', kind: 'sql', effects: byPath, action: byLastWord(/\/(pause|restore|reset)$/, ['outage'], 'Supabase'), source: 'Supabase Management API reference' }],
  [/^console\.neon\.tech$/, { name: 'Neon', kind: 'other', effects: byPath, action: byLastWord(/\/(restore|reset|suspend|restart)$/, ['data-loss'], 'Neon'), source: 'Neon API reference' }],
  [/^api\.render\.com$/, { name: 'Render', kind: 'other', effects: byPath, action: byLastWord(/\/(suspend|restart|rollback)$/, ['outage'], 'Render'), source: 'Render API reference' }],
  [/^cloud\.mongodb\.com$/, { name: 'MongoDB Atlas', kind: 'other', effects: byPath, source: 'MongoDB Atlas Administration API' }],
  [/^app\.terraform\.io$/, { name: 'HCP Terraform', kind: 'other', effects: byPath, action: (path, body) => (/\/actions\/(?:safe-delete|force-unlock|force-cancel|apply|discard)$/.test(path) ? act('action', ['data-loss'], `Calls ${path.split('/').at(-1)} on a run or workspace.`) : /\/runs$/.test(path) && /"is-destroy"\s*:\s*true/.test(body) ? act('destroy-run', ['data-loss', 'outage'], 'Starts a run that destroys everything in the workspace.') : undefined), source: 'HCP Terraform API documentation' }],
  [/^api\.pulumi\.com$/, { name: 'Pulumi Cloud', kind: 'other', effects: byPath, source: 'Pulumi Cloud REST API' }],
  [/^api\.(?:us1|us3|us5|eu1|ap1)?\.?datadoghq\.(?:com|eu)$|^api\.pagerduty\.com$|^api\.newrelic\.com$|^api\.opsgenie\.com$|\.grafana\.net$|^sentry\.io$/, { name: 'a monitoring service', kind: 'other', effects: () => ['guard-removal'], source: 'the services\' API references' }],
  [/^api\.stripe\.com$|^api\.twilio\.com$|^api\.sendgrid\.com$|^api\.mailgun\.net$|\.okta\.com$|\.auth0\.com$|^api\.fastly\.com$|^api\.ovh\.com$|^api\.scaleway\.com$|^api\.exoscale\.|^api\.equinix\.com$|^api\.packet\.net$|^iaas\.\S*\.oraclecloud\.com$|\.oraclecloud\.com$|\.cloud\.ibm\.com$|^api\.godaddy\.com$|^api\.namecheap\.com$|^api\.dnsimple\.com$|^api\.ns1\.|^api\.upcloud\.com$|^api\.openai\.com$|^api\.planetscale\.com$|^api\.cockroachlabs\.cloud$|^api\.aiven\.io$|^api\.confluent\.cloud$|^api\.elastic-cloud\.com$|^api\.upstash\.com$|^quay\.io$|^hub\.docker\.com$|^registry\.npmjs\.org$/, { name: 'a cloud service', kind: 'other', effects: byPath, action: byType('a cloud service'), source: 'the services\' API references' }],
];

/** APIs that stand on a machine of one's own, by port and path. */
const PORTS: Readonly<Record<string, Plane>> = {
  9200: { name: 'Elasticsearch or OpenSearch', kind: 'other', effects: () => ['data-loss'], action: (path, body) => (/\/_delete_by_query\b/.test(path) ? act('_delete_by_query', ['data-loss'], 'Deletes the documents that a query finds.') : /\/_(?:close|shrink)$|_cluster\/reroute/.test(path) ? act('close', ['outage'], 'Closes an index.') : /\/_aliases$/.test(path) && /"remove_index"/.test(body) ? act('remove_index', ['data-loss'], 'Deletes an index.') : /\/_bulk\b/.test(path) && /"delete"\s*:/.test(body) ? act('_bulk', ['data-loss'], 'Deletes documents.') : undefined), source: 'Elasticsearch REST APIs' },
  8500: { name: 'Consul', kind: 'other', effects: byPath, action: byLastWord(/\/(deregister|leave|force-leave|maintenance)(?:\/|$)/, ['outage'], 'Consul'), source: 'Consul HTTP API' },
  8200: { name: 'Vault', kind: 'other', effects: () => ['data-loss', 'access-loss'], action: byLastWord(/\/sys\/(seal|step-down|revoke|revoke-prefix|revoke-force|leases\/revoke)/, ['access-loss'], 'Vault'), source: 'Vault HTTP API' },
  4646: { name: 'Nomad', kind: 'other', effects: byPath, action: byLastWord(/\/(drain|stop|restart|purge|force-leave)$/, ['outage'], 'Nomad'), source: 'Nomad HTTP API' },
  2379: { name: 'etcd', kind: 'other', effects: () => ['data-loss'], action: byLastWord(/\/kv\/(deleterange|compaction)$/, ['data-loss'], 'etcd'), source: 'etcd gRPC gateway' },
  2375: { name: 'Docker', kind: 'other', effects: () => ['data-loss'], action: byLastWord(/\/(prune|stop|kill|restart|leave)$/, ['data-loss', 'outage'], 'Docker'), source: 'Docker Engine API' },
  2376: { name: 'Docker', kind: 'other', effects: () => ['data-loss'], action: byLastWord(/\/(prune|stop|kill|restart|leave)$/, ['data-loss', 'outage'], 'Docker'), source: 'Docker Engine API' },
  6443: { name: 'Kubernetes', kind: 'kubernetes', effects: byPath, action: byLastWord(/\/(eviction)$/, ['outage'], 'Kubernetes'), source: 'Kubernetes API reference' },
  8083: { name: 'Kafka Connect', kind: 'other', effects: () => ['outage'], source: 'Kafka Connect REST API' },
  8081: { name: 'Schema Registry', kind: 'other', effects: () => ['data-loss'], source: 'Confluent Schema Registry API' },
  15672: { name: 'RabbitMQ', kind: 'other', effects: () => ['data-loss'], source: 'RabbitMQ HTTP API' },
  8123: { name: 'ClickHouse', kind: 'sql', effects: () => ['data-loss'], source: 'ClickHouse HTTP interface' },
  5984: { name: 'CouchDB', kind: 'other', effects: () => ['data-loss'], source: 'CouchDB API reference' },
  8086: { name: 'InfluxDB', kind: 'other', effects: () => ['data-loss'], action: (path, body) => (/\/api\/v2\/delete/.test(path) || /\bDROP\s+(?:DATABASE|MEASUREMENT|SERIES)\b/i.test(body) ? act('delete', ['data-loss'], 'Deletes points or a database.') : undefined), source: 'InfluxDB API reference' },
  9090: { name: 'Prometheus', kind: 'other', effects: () => ['data-loss'], action: byLastWord(/\/admin\/tsdb\/(delete_series)/, ['data-loss'], 'Prometheus'), source: 'Prometheus HTTP API' },
  6333: { name: 'Qdrant', kind: 'other', effects: () => ['data-loss'], action: byLastWord(/\/points\/(delete)$/, ['data-loss'], 'Qdrant'), source: 'Qdrant API reference' },
  8529: { name: 'ArangoDB', kind: 'other', effects: () => ['data-loss'], source: 'ArangoDB HTTP API' },
  8006: { name: 'Proxmox', kind: 'other', effects: () => ['data-loss', 'outage'], action: byLastWord(/\/status\/(stop|shutdown|reset|reboot|suspend)$/, ['outage'], 'Proxmox'), source: 'Proxmox VE API' },
};

/** Paths that tell an API whatever host it stands on. */
const PATHS: readonly (readonly [RegExp, Plane])[] = [
  [/^\/api\/v1\/(?:namespaces|nodes|persistentvolumes|pods|services|secrets|configmaps)\b|^\/apis\/[\w.-]+\/v\d/, { name: 'Kubernetes', kind: 'kubernetes', effects: byPath, action: byLastWord(/\/(eviction)$/, ['outage'], 'Kubernetes'), source: 'Kubernetes API reference' }],
  [/^\/v1\/(?:kv|catalog|agent|acl)\//, PORTS['8500'] as Plane],
  [/^\/v1\/(?:sys|secret|auth|pki|transit|database)\b/, PORTS['8200'] as Plane],
  [/\/_delete_by_query\b|^\/_(?:snapshot|template|index_template|ilm|cluster|all)\b/, PORTS['9200'] as Plane],
  [/^\/(?:v1\.\d+\/)?(?:containers|volumes|images|networks)\/(?:prune|[\w{}?-]+)(?:\/\w+)?$/, PORTS['2375'] as Plane],
  [/^\/api\/v4\/(?:projects|groups)\b/, { name: 'GitLab', kind: 'other', effects: byPath, source: 'GitLab REST API documentation' }],
  [/^\/api\/v3\/repos\/|^\/repos\/[\w.-]+\/[\w.-]+$/, { name: 'GitHub', kind: 'other', effects: byPath, source: 'GitHub REST API documentation' }],
  [/^\/api\/v1\/(?:applications|clusters|repositories|projects)\b/, { name: 'Argo CD', kind: 'other', effects: () => ['data-loss', 'outage'], source: 'Argo CD API documentation' }],
  [/^\/api\/v2\/(?:workspaces|organizations|runs|state-versions)\b/, { name: 'HCP Terraform', kind: 'other', effects: byPath, action: byLastWord(/\/actions\/(apply|safe-delete|force-unlock|force-cancel)$/, ['data-loss'], 'HCP Terraform'), source: 'HCP Terraform API documentation' }],
  [/^\/v3\/(?:clusters|projects|nodes)\b|^\/k8s\/clusters\//, { name: 'Rancher', kind: 'other', effects: () => ['data-loss', 'outage'], source: 'Rancher API documentation' }],
  [/\/job\/[^/]+.*\/doDelete\b/, { name: 'Jenkins', kind: 'other', effects: () => ['data-loss'], action: byLastWord(/\/(doDelete)\b/, ['data-loss'], 'Jenkins'), source: 'Jenkins Remote Access API' }],
  [/^\/(?:quitDown|safeRestart|exit|restart|safeExit|quietDown)$/, { name: 'Jenkins', kind: 'other', effects: () => ['outage'], action: byLastWord(/\/(safeRestart|exit|restart|safeExit|quietDown)$/, ['outage'], 'Jenkins'), source: 'Jenkins Remote Access API' }],
  [/^\/v2\/[\w./-]+\/manifests\//, { name: 'a container registry', kind: 'other', effects: () => ['data-loss'], source: 'OCI Distribution Specification' }],
  [/^\/(?:latest\/)?(?:api\/dashboards|api\/datasources|api\/alertmanager|api\/v1\/provisioning)\b/, { name: 'Grafana', kind: 'other', effects: () => ['guard-removal'], source: 'Grafana HTTP API' }],
];

/** The control plane that an address belongs to; undefined for any other. */
export function planeOf(url: Url): Plane | undefined {
  const host = url.host;
  const byHost = HOSTS.find(([pattern]) => pattern.test(host))?.[1];
  if (byHost) return byHost;
  // What is behind a host that is not known may still be told by what was written of it: `{?}.amazonaws.com`.
  const byTail = host.startsWith('{?}') ? HOSTS.find(([pattern]) => pattern.test(`x${host.slice(3)}`))?.[1] : undefined;
  return byTail ?? (Object.hasOwn(PORTS, url.port) ? PORTS[url.port] : undefined) ?? PATHS.find(([pattern]) => pattern.test(url.path))?.[1];
}
