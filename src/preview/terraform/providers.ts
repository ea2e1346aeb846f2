import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readHcl, type Block } from '../../detect/templates/terraform/hcl';
import { textOf, type ConfigurationFile } from './configuration';

/**
 * Providers that are programs of the company whose service they speak to, or of one that many use, and that read while a plan is made.
 * Source: Terraform Registry, tiers "Official" and "Partner", and of "Community" those that its page lists among the most used. All of
 * `hashicorp/` belongs to HashiCorp; which of its data sources act is told in `programs.ts`.
 */
const KNOWN = new Set(`aliyun/alicloud akamai/akamai aiven/aiven alekc/kubectl argoproj-labs/argocd auth0/auth0 aztfmod/azurecaf azure/alz azure/azapi azure/azuredevops microsoft/azuredevops microsoft/fabric azure/modtm bitwarden/bitwarden-secrets
  carlpett/sops checkly/checkly ciscodevnet/aci ciscodevnet/meraki cloudflare/cloudflare cockroachdb/cockroach coder/coder confluentinc/confluent coralogix/coralogix cyrilgdn/postgresql databricks/databricks datadog/datadog digitalocean/digitalocean
  dnsimple/dnsimple dopplerhq/doppler elastic/ec elastic/elasticstack equinix/equinix exoscale/exoscale fastly/fastly fluxcd/flux f5networks/bigip fortinetdev/fortios gavinbunney/kubectl gitlabhq/gitlab goharbor/harbor grafana/grafana heroku/heroku
  hetznercloud/hcloud honeycombio/honeycombio huaweicloud/huaweicloud ibm-cloud/ibm imperva/incapsula infisical/infisical integrations/github ionos-cloud/ionoscloud jfrog/artifactory jfrog/platform jfrog/project keycloak/keycloak kong/konnect kreuzwerker/docker launchdarkly/launchdarkly
  linode/linode logzio/logzio mongodb/mongodbatlas mrparkers/keycloak neon/neon netlify/netlify newrelic/newrelic ns1-terraform/ns1 nutanix/nutanix okta/okta opensearch-project/opensearch opentelekomcloud/opentelekomcloud opsgenie/opsgenie oracle/oci outscale/outscale
  ovh/ovh pagerduty/pagerduty paloaltonetworks/panos petoju/mysql pingidentity/pingone planetscale/planetscale prefecthq/prefect rancher/rancher2 rancher/rke redislabs/rediscloud rollbar/rollbar scaleway/scaleway sentinelone/singularity siderolabs/talos snowflake-labs/snowflake snowflakedb/snowflake splunk/signalfx spacelift-io/spacelift spotinst/spotinst
  stackitcloud/stackit statuscakedev/statuscake strongdm/sdm sumologic/sumologic supabase/supabase sysdiglabs/sysdig tailscale/tailscale telmate/proxmox bpg/proxmox temporalio/temporalcloud tencentcloudstack/tencentcloud terraform-provider-openstack/openstack timescale/timescale turbot/turbot ucloud/ucloud upcloudltd/upcloud vercel/vercel vmware/vcd vmware/nsxt vmware/avi
  volcengine/volcengine vultr/vultr wiz/wiz yandex-cloud/yandex zscaler/zia zscaler/zpa jianyuan/sentry paultyng/unifi opentofu/aws`.split(/\s+/));

const DEFAULT_HOST = /^registry\.(?:terraform\.io|opentofu\.org)\//;
const BUILT_IN = 'terraform.io/builtin/';

/** A provider's address without its usual host, in small letters: `hashicorp/aws`, `example.com/acme/thing`. Source: Terraform documentation, "Provider Requirements", "Source Addresses". */
function providerAddress(source: string): string {
  const address = source.trim().toLowerCase().replace(DEFAULT_HOST, '');
  return address.includes('/') ? address : `hashicorp/${address}`;
}

/** Whether a provider is known to do no more than read while a plan is made, but for what `programs.ts` names. */
export function isKnownProvider(address: string): boolean {
  return address.startsWith(BUILT_IN) || KNOWN.has(address) || (/^hashicorp\/[a-z0-9_-]+$/.test(address) && address !== EXTERNAL);
}

/** Its only data source runs a program. */
export const EXTERNAL = 'hashicorp/external';

/** Providers that the tool would start: those of its lock file, and those that the configuration names or implies. */
export async function providersOf(folder: string, files: readonly ConfigurationFile[]): Promise<readonly string[]> {
  const lock = readHcl(await readFile(path.join(folder, '.terraform.lock.hcl'), 'utf8').catch(() => ''));
  const locked = lock.blocks.flatMap((block) => (block.type === 'provider' && block.labels[0] !== undefined ? [block.labels[0]] : []));
  return [...new Set([...locked, ...required(files)].map(providerAddress))].sort();
}

function required(files: readonly ConfigurationFile[]): readonly string[] {
  const byFolder = new Map<string, Map<string, string>>();
  for (const { folder, blocks } of files) {
    const names = byFolder.get(folder) ?? new Map<string, string>();
    byFolder.set(folder, names);
    for (const block of blocks.filter((b) => b.type === 'terraform').flatMap((b) => b.blocks).filter((b) => b.type === 'required_providers')) {
      for (const [name, { text }] of block.attributes) names.set(name, sourceIn(text) ?? name);
    }
  }
  const implied = files.flatMap(({ folder, blocks }) => blocks.flatMap((block) => {
    const name = impliedBy(block);
    return name === undefined || byFolder.get(folder)?.has(name) ? [] : [name];
  }));
  return [...[...byFolder.values()].flatMap((names) => [...names.values()]), ...implied.filter((name) => name !== 'terraform')];
}

/** `{ source = "acme/thing" }`; undefined for the old form, which only names a version. */
function sourceIn(text: string): string | undefined {
  const object = /^\{([\s\S]*)\}$/.exec(text)?.[1];
  const source = object === undefined ? undefined : readHcl(object).attributes.get('source')?.text;
  // What can't be read is no known one.
  return source === undefined ? undefined : (textOf(source) ?? `unknown/${source}`);
}

/** The provider that a block's type begins with. Source: Terraform documentation, "Provider Requirements", "Implied". */
function impliedBy({ type, labels, attributes }: Block): string | undefined {
  if (type !== 'resource' && type !== 'data' && type !== 'ephemeral') return undefined;
  const given = attributes.get('provider')?.text.replace(/^"|"$/g, '');
  return (given ?? labels[0] ?? '').split(given === undefined ? '_' : '.')[0] || undefined;
}
