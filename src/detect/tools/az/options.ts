import { azTable } from '../../knowledge/az-commands';
import type { CliCall } from '../cli/call';
import { coversInternet } from '../options/addresses';
import { empty, internet, switchedOffEffects } from '../options/common';
import { is, off, on, zero, type Given, type OptionMeaning, type Spelling, type Told } from '../options/meaning';

/** Both ends of a range of addresses that a firewall rule lets in. Azure's own services are the range from 0.0.0.0 to 0.0.0.0. */
function rangeOf(_given: Given, call: CliCall): Told {
  const text = (names: RegExp): string | undefined => call.options.findLast((o) => names.test(o.name))?.value?.value;
  const [first, last] = [text(/^--start-ip(?:-address)?$/), text(/^--end-ip(?:-address)?$/)];
  return first === undefined || last === undefined ? (call.path.at(-1) === 'update' ? false : undefined) : coversInternet([`${first}-${last}`]);
}

/** A rule of a policy that deletes by age. Source: Azure Storage, "Lifecycle management policies", actions: delete. */
const deletes = ({ text, value }: Given): Told => (value === undefined ? false : text === undefined || /^[^\s{]+$/.test(text) ? undefined : /["']?delete["']?\s*:/i.test(text));

const PROTECTIONS: readonly OptionMeaning[] = [
  { names: /^--(?!disable-)[\w-]*(?:protection|delete-retention|soft-delete|versioning|delete-policy|restore-policy|change-feed|backup-enabled|auto-backup|immutability|retention-enabled|last-access-tracking|vulnerability|defender|auditing|blob-auditing|threat-detection|encryption|double-encryption|trusted-launch|secure-boot|vtpm|rbac|rbac-authorization|azure-rbac|https-only|https-traffic-only|ssl-enforcement|ssl-enabled|waf|firewall|delete-lock|state-encryption)(?:-enabled|-state|-feature-state|-mode|-policy)?$/,
    except: /^boards /, when: off, effects: ['guard-removal'], says: 'switches a protection off', source: 'az --help: storage account blob-service-properties update, keyvault update, backup vault backup-properties set, aks update' },
  { names: /^--disable-(?:[\w-]*-)?(?:defender|azure-rbac|rbac|protection|encryption|backup|integrity-monitoring|image-cleaner|azure-keyvault-kms|data-encryption|ssl)$|^--disable-soft-delete$/, when: on, effects: ['guard-removal'], says: 'switches a protection off', source: 'az aks update --help, az redis update' },
  { names: /^--(?:[\w-]*-)?(?:delete-retention-days|retention-days|retention-time|retention-in-days|soft-delete-retention|delete-retention-period|backup-retention)$/, when: zero, effects: ['guard-removal', 'data-loss'], says: 'keeps nothing any more', source: 'az --help of these commands' },
  { names: /^--(?:retention|retention-time|retention-days|retention-in-days|retention-period|retention-hours|retention-time-in-hours|backup-retention|weekly-retention|monthly-retention|yearly-retention|data-retention-time|total-retention-time|message-retention)$/, when: (given) => zero(given) !== true, depends: true, effects: ['data-loss'], says: 'deletes at once what is older than it says',
    source: 'az monitor log-analytics workspace update, eventhubs eventhub update, sql db ltr-policy set, postgres flexible-server update' },
];

const DELETES: readonly OptionMeaning[] = [
  { names: /^--(?:action-on-unmanage|aou)$/, always: true, when: is(/^delete/i), effects: ['data-loss', 'outage'], says: 'deletes what the template does not have any more', source: 'az stack group create --help: deleteAll, deleteResources, detachAll' },
  { names: /^--(?:delete-all|delete-resources|delete-resource-groups)$/, always: true, when: on, effects: ['data-loss', 'outage'], says: 'deletes what the template does not have any more', source: 'az stack group create --help' },
  { names: /^--strict$/, commands: /\bimport$/, always: true, when: on, effects: ['data-loss'], says: 'deletes every key that the source does not have', source: 'az appconfig kv import --help' },
  { names: /^--(?:clean|prune|purge|delete-existing-peering|delete-base-snapshot|delete-group|delete-machine|delete-running-tasks|delete-revisions|delete-subscriptions|delete-backup-data|force-delete|x-ms-force-delete|destroy|reset|auto-delete-on-idle|enable-purge)$/,
    except: /^(?:repos|boards|pipelines|devops|config|cache) /, when: on, effects: ['data-loss'], says: 'deletes what is there', source: 'az webapp deploy --help (--clean), network vnet peering, k8s-configuration' },
  { names: /^--(?:resource-deletion-policy|deletion-policy|delete-behavior|cleanup-policy)$/, when: is(/^(?:delete|force|all)/i), effects: ['data-loss'], says: 'deletes what is there', source: 'az --help of these commands' },
  { names: /^--delete-snapshots$/, always: true, when: is(/^(?:include|only)$/i), effects: ['data-loss'], says: 'deletes the snapshots', source: 'az storage blob delete --help' },
  { names: /^--policy$/, commands: /management-policy (?:create|update)$/, always: true, when: deletes, effects: ['data-loss'], says: 'deletes what is stored by its age', source: 'az storage account management-policy create --help' },
  { names: /^--(?:ttl|default-ttl|analytical-storage-ttl|default-message-time-to-live|max-size-in-megabytes-ttl)$/, except: /dns|^network |^cdn |^afd /, when: ({ text, value }) => (value === undefined ? false : text === undefined ? undefined : !/^\s*-1\s*$/.test(text)),
    effects: ['data-loss'], says: 'lets what is stored be deleted when that time is over', source: 'az cosmosdb sql container update --help, --ttl: -1 keeps everything' },
];

const SIZES: readonly OptionMeaning[] = [
  { names: /^--(?:new-capacity|node-count|instance-count|capacity|sku-capacity|max-count|max-replicas|max-node-count|max-nodes|replicas|replica-count|count|worker-count|workernode-count|number-of-workers|unit-count|target-count|max-executors|instances|node-pool-count|max-instances)$/,
    when: zero, effects: ['outage'], says: 'leaves nothing that runs', source: 'az --help: vmss scale, aks nodepool scale, containerapp update, appservice plan update, spring app scale' },
  { names: /^-c$/, commands: /^aks(?: nodepool)? scale$/, when: zero, effects: ['outage'], says: 'leaves nothing that runs', source: 'az aks scale --help' },
  { names: /^--(?:enabled|account-enabled|is-enabled|enabled-state|admin-enabled|provisioning-enabled|token-enabled|app-enabled)$/, when: off, effects: switchedOffEffects, says: 'switches it off', source: 'az keyvault key set-attributes --help, ad user update' },
  { names: /^--(?:disabled|disable|is-disabled|revoked)$/, when: on, effects: switchedOffEffects, says: 'switches it off', source: 'az --help of these commands' },
  { names: /^--(?:state|status)$/, commands: /update$|set$|set-attributes$/, when: is(/^(?:disabled|inactive|stopped|suspended|off)$/i), effects: switchedOffEffects, says: 'switches it off', source: 'az --help: security, sql db tde set, servicebus queue update' },
];

const ACCESS: readonly OptionMeaning[] = [
  { names: /^--(?:public-network-access|public-access|public-network|public-network-enabled|enable-public-network)$/, when: is(/^(?:disabled|false|none)$/i), effects: ['access-loss'], says: 'locks out whoever does not come from a private network', source: 'az storage account update --help' },
  { names: /^--default-action$/, when: is(/^deny$/i), effects: ['access-loss'], says: 'locks out whoever no rule lets in', source: 'az storage account update --help' },
  { names: /^--(?:allow-shared-key-access|local-auth-enabled)$|^--disable-local-(?:auth|accounts)$/, when: (given) => (given.name.startsWith('--disable-') ? on(given) : off(given)), effects: ['access-loss'], says: 'locks out whoever comes with a key or a local account', source: 'az storage account update, aks update, cosmosdb update' },
];

const OPEN: readonly OptionMeaning[] = [
  { names: /^--public-access$/, always: true, when: (given) => (is(/^(?:all|blob|container)$/i)(given) === true ? true : internet(given)), effects: ['exposure'], says: 'lets everybody in', source: 'az storage container create, postgres flexible-server create --help' },
  { names: /^--(?:public-network-access|public-network|public-network-enabled|enable-public-network)$/, when: is(/^(?:enabled|true)$/i), effects: ['exposure'], says: 'lets it be reached from the internet', source: 'az storage account update --help' },
  { names: /^--default-action$/, when: is(/^allow$/i), effects: ['exposure'], says: 'lets in whoever no rule blocks', source: 'az storage account update, keyvault update, acr update' },
  { names: /^--(?:allow-blob-public-access|allow-public-access|anonymous-pull-enabled|allow-anonymous|enable-public-fqdn|public-data-endpoint-enabled)$/, when: on, effects: ['exposure'], says: 'lets everybody in', source: 'az storage account update, acr update, sql mi update' },
  { names: /^--(?:start-ip-address|start-ip)$/, always: true, when: rangeOf, effects: ['exposure'], says: 'begins a range that lets the whole internet in', source: 'az sql server firewall-rule create, postgres flexible-server firewall-rule create --help' },
  { names: /^--(?:ip-range-filter|api-server-authorized-ip-ranges|allowed-ip-addresses|allowed-ips|authorized-ip-ranges|ip-rules|ip-restrictions)$/, always: true, when: (given) => (empty(given) === true ? true : internet(given)), effects: ['exposure'], says: 'lets the whole internet in', source: 'az aks update, cosmosdb update --help' },
  { names: /^--(?:ip-address|ip-addresses|ip-address-range)$/, commands: /network-rule|access-restriction|firewall|ip-rule|ip-filter/, except: /remove|delete/, always: true, when: internet, effects: ['exposure'], says: 'lets the whole internet in', source: 'az storage account network-rule add, webapp config access-restriction add --help' },
];

/** What options of az mean, wherever they stand. Source: the reference of the Azure CLI and its commands' own help, 2.53. */
export const AZ_OPTIONS: readonly OptionMeaning[] = [...PROTECTIONS, ...DELETES, ...SIZES, ...ACCESS, ...OPEN];

/** Names and values as az takes them: any beginning of a name, several words for a list, and properties of the thing itself. */
export const AZ_SPELLING: Spelling = {
  full: (name) => (!/^--./.test(name) || azTable.flag(name) !== undefined ? [name] : [name, ...azTable.beginning(name)]),
  words: true,
  properties: new Set(['--set', '--add']),
};
