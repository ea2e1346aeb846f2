import { fileText, type CliCall } from '../cli/call';
import { empty, internet, switchedOffEffects } from '../options/common';
import { is, isNot, off, on, zero, type Given, type OptionMeaning, type Told } from '../options/meaning';

/** The whole public, as a member of a policy or a list of grants. Source: IAM, "Principal identifiers"; Cloud Storage, "Predefined ACLs". */
const PUBLIC = /(?:^|[=:,\s"'])(?:all(?:Authenticated)?Users|publicRead(?:Write)?|public-read(?:-write)?|authenticated-?Read)(?=$|[,\s"'])/i;

/** A file of grants that lets everybody in. */
function opensFile({ text }: Given, call: CliCall): Told {
  const content = text === undefined ? undefined : fileText(text, call);
  return content === undefined ? undefined : PUBLIC.test(content);
}

const PROTECTIONS: readonly OptionMeaning[] = [
  { names: /^--no-(?:[\w-]*-)?(?:protection|prevention|versioning|retention|soft-delete|recovery|uniform-bucket-level-access|locked|enforced?|enforcement|retain-backups-on-delete|backup|backups|automated-backup|scheduled-backup|continuous-backup|binauthz|deletion-protection-enabled|protection-enabled|network-policy|master-authorized-networks|shielded-secure-boot|shielded-integrity-monitoring)$/,
    except: /^sql import /, effects: ['guard-removal'], says: 'switches a protection off', source: 'gcloud help: every switch --X has its opposite --no-X' },
  { names: /^--(?:[\w-]*-)?(?:deletion|delete|drop)-protection(?:-enabled)?$/, when: off, effects: ['guard-removal'], says: 'switches a protection off', source: 'gcloud help bigtable logical-views update, --deletion-protection' },
  { names: /^--(?:[\w-]*-)?(?:protection|prevention|enforcement|scanning|backup|backup-mode|dnssec|iap)$/, when: off, effects: ['guard-removal'], says: 'switches a protection off', source: 'gcloud help: choices of these options (NONE, DISABLED, OFF)' },
  { names: /^--disable-(?:[\w-]*-)?(?:backup|protection|prevention|recovery|retention|dnssec|scanning|scheduled-snapshot-creation|database-encryption|referential-integrity|firewall-reconciliation|pushblock|default-sink|request-response-logging|autoscaling-protection)$|^--disable-vulnerability-scanning$/,
    effects: ['guard-removal'], says: 'switches a protection off', source: 'gcloud help alloydb clusters update, composer environments update, container clusters update, firestore and logging' },
  { names: /^--clear-(?:retention|retention-period|soft-delete|public-access-prevention|pap|automated-backup|automated-backup-config|change-stream-retention-period|continuous-backup-encryption-key|message-retention-duration|password-policy|ip-filter|restrictions|restricted-services|access-levels|binary-authorization|threat-prevention-profile|url-filtering-profile|server-tls-policy|ssl-policy|details-rules)$/,
    effects: ['guard-removal'], says: 'takes a protection away', source: 'gcloud help storage buckets update, access-context-manager perimeters update, alloydb clusters update' },
  { names: /^--remove-(?:restricted-services|backup-rule|access-levels|version-destroy-ttl|autoscaling-policy|key-access-justifications-policy|details-rules)$/, effects: ['guard-removal'], says: 'takes a protection away', source: 'gcloud help access-context-manager perimeters update, backup-dr backup-plans update, secrets update' },
  { names: /^--(?:override-unlocked-retention|unlock-backup-min-enforced-retention|discard-local-ssds-at-termination-timestamp|deactivated)$/, effects: ['guard-removal'], says: 'takes a protection away', source: 'gcloud help storage objects update, backup-dr backup-vaults update' },
  { names: /^--(?:set-)?(?:restricted-services|access-levels)$/, when: empty, effects: ['guard-removal'], says: 'leaves nothing protected', source: 'gcloud help access-context-manager perimeters update' },
];

const DELETES: readonly OptionMeaning[] = [
  { names: /^--delete-from$/, always: true, when: isNot(/^never$/i), effects: ['data-loss'], says: 'deletes what only one of the two places has, or what was copied', source: 'gcloud help transfer jobs create, --delete-from' },
  { names: /^--(?:delete-object|delete-all-existing|delete-unmatched-destination-objects)$/, always: true, when: on, effects: ['data-loss'], says: 'deletes what is there', source: 'gcloud help storage batch-operations jobs create, dns record-sets import, storage rsync' },
  { names: /^--replace-all$/, always: true, when: on, effects: ['data-loss'], says: 'deletes what is there before', source: 'gcloud help dialogflow agent import' },
  { names: /^--(?:clean|auto-delete|boot-disk-auto-delete|enable-ttl|enable-permanent-object-deletion|async-instance-endpoints-deletion-enabled|overwrite-table|replace-origin-ns|cleanup)$/, when: on, effects: ['data-loss'], says: 'lets data be deleted', source: 'gcloud help sql import sql, compute instances set-disk-auto-delete, firestore fields ttls update, netapp and storage' },
  { names: /^--delete-(?:nodes|orphaned-path-matcher)$|^--remove-containers$/, effects: ['outage'], says: 'takes what runs away', source: 'gcloud help compute sole-tenancy node-groups update, run deploy' },
  { names: /^--remove-stateful-disks$/, effects: ['data-loss'], says: 'lets disks go with their machines', source: 'gcloud help compute instance-groups managed update' },
  { names: /^--delete-policy$/, when: is(/^delete$/i), effects: ['data-loss', 'outage'], says: 'deletes what the configuration does not have any more', source: 'gcloud help deployment-manager deployments update' },
];

/** Times to live that are about caches and answers, not about what is stored. */
const CACHES = /^(?:dns |compute (?:backend|url-maps|security)|network-services|edge-cache)/;
const EXPIRY: readonly OptionMeaning[] = [
  { names: /^--(?:ttl|ttl-days|expire-time|expiration|expiration-date|default-table-expiration|default-partition-expiration|delete-at-time|delete-after-duration|delete-expiration-time|delete-max-age|delete-max-idle)$/, except: CACHES,
    effects: ['data-loss'], says: 'lets it be deleted when that time is over', source: 'gcloud help secrets update, bq tables update, sql backups patch, dataproc clusters update, compute reservations update' },
  { names: /(?:retention|retain)[\w-]*$|^--automated-backup-ttl$|^--(?:retained-backups-count|soft-delete-duration|version-destroy-ttl|destroy-scheduled-duration|max-retention-days|backup-delete-lock-days|delete-lock-days)$/, when: zero, effects: ['guard-removal', 'data-loss'], says: 'keeps nothing any more', source: 'gcloud help storage buckets update, --soft-delete-duration: 0 switches it off' },
  { names: /^--(?!no-|clear-|override-|enable-|lock-|remove-)(?:[\w-]*-)?(?:retention|retention-days|retention-duration|retention-period|retention-period-days|retention-count|retain-days|retained-backups-count|retention-interval)$|^--automated-backup-ttl$|^--(?:max-retention-days)$/,
    except: /^(?:storage|backup-dr) /, when: (given) => zero(given) !== true, depends: true, effects: ['data-loss'], says: 'deletes at once what is older than it says', source: 'gcloud help logging buckets update, pubsub subscriptions update, sql instances patch, memorystore instances update' },
];

const SIZES: readonly OptionMeaning[] = [
  { names: /^--(?:size|num-nodes|nodes|node-count|max-nodes|total-max-nodes|max-node-count|max-num-replicas|max-replica-count|max-replicas|instances|scaling|target-size|num-workers|max-workers|worker-count|processing-units|max-dispatches-per-second|max-concurrent-dispatches)$/,
    when: zero, effects: ['outage'], says: 'leaves nothing that runs', source: 'gcloud help compute instance-groups managed resize, container clusters resize, run worker-pools update, tasks queues update' },
  { names: /^--max-instances$/, commands: /^(?:run|app) /, when: zero, effects: ['outage'], says: 'leaves nothing that runs', source: 'gcloud help run services update' },
  { names: /^--activation-policy$/, when: is(/^never$/i), effects: ['outage'], says: 'stops it', source: 'gcloud help sql instances patch, alloydb instances update' },
  { names: /^--state$/, when: is(/^(?:disabled|inactive|stopped|paused|suspended|not_?started|deleted|obsolete|destroyed)$/i), effects: switchedOffEffects, says: 'switches it off', source: 'gcloud help kms keys versions update, datastream streams update, compute images deprecate' },
  { names: /^--(?:disabled|deactivate|no-enabled|no-enable|trigger-disabled)$/, when: on, effects: switchedOffEffects, says: 'switches it off', source: 'gcloud help compute firewall-rules update, iam workload-identity-pools providers update, monitoring policies update, storage hmac update' },
];

const ACCESS: readonly OptionMeaning[] = [
  { names: /^--permissions$/, commands: /^iam roles update$/, when: empty, effects: ['access-loss'], says: 'leaves the role no permission', source: 'gcloud help iam roles update' },
  { names: /^--(?:permissions|file)$/, commands: /^iam roles update$/, when: (given) => empty(given) !== true, depends: true, effects: ['access-loss'], says: 'takes every permission away that it does not name', source: 'gcloud help iam roles update' },
  { names: /^--stage$/, commands: /^iam roles /, when: is(/^disabled$/i), effects: ['access-loss'], says: 'switches the role off', source: 'gcloud help iam roles update' },
  { names: /^--(?:remove-(?:permissions|authorized-networks|allowed-client|consumer-accept-list|auto-accept-projects|roles|share-with|posix-groups|acl-grant|default-object-acl-grant|vpc-allowed-services)|clear-(?:authorized-networks|allowed-clients|allowed-psc-projects|psc-allowed-vpcs|admin-users|admin-groups|consumer-accept-list|auto-accept-projects|share-settings|ssh-keys|oauth-scopes|service-account))$/,
    effects: ['access-loss'], says: 'takes access away', source: 'gcloud help iam roles update, sql instances patch, memorystore, compute service-attachments update' },
  { names: /^--discard-dual-password$/, effects: ['access-loss'], says: 'makes the old password useless', source: 'gcloud help sql users set-password' },
];

const OPEN: readonly OptionMeaning[] = [
  { names: /^--(?!remove-|no-|clear-)[\w-]+$/, always: true, when: ({ text }) => text !== undefined && PUBLIC.test(text), effects: ['exposure'], says: 'lets everybody in', source: 'IAM, "Principal identifiers": allUsers, allAuthenticatedUsers' },
  { names: /^--acl-file$/, always: true, when: opensFile, effects: ['exposure'], says: 'lets everybody in', source: 'gcloud help storage buckets update' },
  { names: /^--(?:[\w-]*authorized-networks|(?:update-)?web-server-allow-ip|allowlisted-ips|properties-allowlisted-ips|[\w-]*allowed-ips?|[\w-]*ip-allowlist)$/, always: true, when: internet, effects: ['exposure'], says: 'lets the whole internet in', source: 'gcloud help sql instances patch, container clusters update, composer environments update' },
  { names: /^--(?:web-server-allow-all|allow-unauthenticated|no-invoker-iam-check)$/, always: true, when: on, effects: ['exposure'], says: 'lets everybody in', source: 'gcloud help run deploy, composer environments create' },
  { names: /^--(?:disable-master-authorized-networks|no-enable-master-authorized-networks|disable-private-environment|no-enable-private-endpoint|no-enable-private-nodes)$/, effects: ['exposure'], says: 'lets more of the internet reach it', source: 'gcloud help container clusters update, composer environments update' },
  { names: /^--ingress$/, commands: /update$/, when: is(/^all$/i), effects: ['exposure'], says: 'lets the whole internet reach it', source: 'gcloud help run services update, app services update' },
];

/** What options of gcloud mean, wherever they stand. Source: the SDK's own help, version 528. */
export const GCLOUD_OPTIONS: readonly OptionMeaning[] = [...PROTECTIONS, ...DELETES, ...EXPIRY, ...SIZES, ...ACCESS, ...OPEN];
