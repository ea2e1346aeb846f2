import type { Finding } from '../../invocation';
import { gcloudTable } from '../../knowledge/gcloud-commands';
import { sqlEffect } from '../aws/sql';
import { fileText, optionText, optionTexts, surely, type CliCall } from '../cli/call';
import { commandTool } from '../cli/command-tool';
import { settled, withConfiguration, withFlagsFiles } from './words';
import { gcloudFirewall } from '../options/firewall';
import { GCLOUD_OPTIONS } from './options';
import { judgeOptions } from '../options/meaning';

/** What the last word of a command does not tell. Source: `gcloud help` of each command. */
const COMMANDS = `
  help,info,version,cheat-sheet,topic,feedback,survey,init,emulators | read
  interactive,docker,policy-intelligence,source-manager | read
  auth *                                                | read
  auth application-default *                            | read
  config *                                              | read
  config configurations *                               | read
  components list,install,update,repositories           | read
  app browse,open-console                               | read
  compute connect-to-serial-port,copy-files,scp,config-ssh +--help | read
  compute reset-windows-password +--help                | read
  compute os-config,start-iap-tunnel                    | read
  iam simulator                                         | read
  cloud-shell *                                         | read
  sql connect                                           | read
  alloydb connect                                       | read
  container clusters get-credentials                    | read
  container fleet memberships get-credentials           | read
  run services proxy                                    | read
  functions call +--help                                | read
  pubsub subscriptions pull                             | read
  logging read,tail,copy                                | read
  kms encrypt,decrypt,asymmetric-decrypt,asymmetric-sign,mac-sign | read
  kms mac-verify,raw-encrypt,raw-decrypt                | read
  storage cat,ls,du,hash,sign-url,diagnose              | read
  asset *                                               | read
  recommender * list,describe                           | read
  spanner databases execute-sql +--help                 | read
  secrets versions access                               | read
  artifacts files download                              | read
  storage cp                                            | add
  storage buckets create                                | add
  storage folders create                                | add
  app deploy +--no-promote                              | add
  builds submit                                         | add
  functions call                                        | add
  run jobs execute                                      | add
  workflows run,execute                                 | add
  dataflow jobs run                                     | add
  pubsub topics publish                                 | add
  ai-platform *                                         | add
  ml *                                                  | add
  compute scp,copy-files                                | add
  storage objects compose                               | add
  compute instances start,resume,export                 | add
  storage managed-folders create                        | add
  composer environments run                             | add
  dataproc jobs submit *                                | add
  eventarc publish                                      | add
  auth revoke                                           | change
  auth application-default revoke                       | change
  config unset                                          | change
  config configurations delete                          | change
  components remove,reinstall,restore                   | change
  * * remove-labels                                     | change
  compute * remove-labels                               | change
  compute instances remove-labels,remove-metadata,remove-tags | change
  compute instances remove-resource-policies,move,update,attach-disk | change
  compute project-info remove-metadata,update           | change
  compute disks remove-labels,remove-resource-policies  | change
  compute snapshots remove-labels                       | change
  compute images remove-labels                          | change
  storage mv,rsync                                      | change
  run deploy                                            | change
  app deploy                                            | change
  functions deploy                                      | change
  compute instance-groups managed rolling-action start-update | change
  compute instance-groups managed update                | change
  storage buckets update                                | change
  storage objects update                                | change
  app services set-traffic                              | change
  run services update-traffic                           | change
  sql instances patch,clone,promote-replica             | change
  sql import *                                          | change
  container clusters upgrade,update                     | change
  container node-pools rollback                         | change
  spanner databases ddl update                          | change
  tasks queues resume,pause                             | change
  endpoints services rollback                           | change
  access-context-manager policies update                | change
  scheduler jobs pause                                  | change
  compute reset-windows-password                        | change
  compute firewall-rules update                         | change
  compute networks update                               | change
  dns record-sets transaction start,add,abort           | change
  tasks queues purge +--help                            | change
  redis instances update                                | change
  app versions migrate                                  | change
  app instances enable-debug,disable-debug              | change
  projects delete                                       | destroy data-loss,outage | recoverable: gcloud projects undelete, within 30 days
    # The project stops at once and everything in it is deleted after 30 days.
  sql instances delete                                  | destroy data-loss | irreversible
    # The databases, and the automated backups with them, are deleted.
  sql databases delete                                  | destroy data-loss | irreversible
  sql backups restore,delete                            | destroy data-loss
  sql instances restore-backup                          | destroy data-loss
  alloydb backups delete                                | destroy data-loss
  spanner databases drop                                | destroy data-loss
  firestore databases restore,delete                    | destroy data-loss
  redis instances import                                | destroy data-loss
  firestore bulk-delete                                 | destroy data-loss
  filestore instances restore,revert                    | destroy data-loss
  sql instances reset-ssl-config                        | destroy access-loss
  sql ssl-certs delete                                  | destroy access-loss
  sql ssl client-certs delete                           | destroy access-loss
  sql instances failover,restart,switchover             | destroy outage
  compute instances reset,stop,suspend,simulate-maintenance-event | destroy outage
  compute instances send-diagnostic-interrupt,perform-maintenance | destroy outage
  compute instances report-host-as-faulty,detach-disk   | destroy outage
  app versions stop                                     | destroy outage
  app instances delete                                  | destroy outage
  container clusters resize +--num-nodes=0,--size=0     | destroy outage
  container node-pools rollback +--respect-pdb          | destroy outage
  redis instances failover                              | destroy outage
  memcache instances apply-parameters                   | destroy outage
  compute instance-groups managed abandon-instances,delete-instances | destroy outage
  compute instance-groups managed recreate-instances,stop-instances | destroy outage
  compute instance-groups managed suspend-instances     | destroy outage
  compute instance-groups managed rolling-action restart,replace | destroy outage
  compute instance-groups unmanaged remove-instances    | destroy outage
  compute backend-services remove-backend               | destroy outage
  compute target-pools remove-instances                 | destroy outage
  compute networks peerings delete                      | destroy outage
  compute networks vpc-access                           | destroy outage
  composer environments database-failover,restart-web-server | destroy outage
  bms instances reset,stop                              | destroy outage
  dns record-sets delete                                | destroy identity-loss,outage
  dns managed-zones delete                              | destroy identity-loss,outage
  dns record-sets transaction execute,remove            | destroy identity-loss,outage
  dns record-sets import +--delete-all-existing         | destroy identity-loss,outage
  compute addresses delete                              | destroy identity-loss,outage
  compute instances delete-access-config                | destroy identity-loss,outage
  domains registrations delete                          | destroy identity-loss,outage
  domains registrations configure dns                   | destroy identity-loss,outage
  storage rm                                            | destroy data-loss
  storage buckets delete                                | destroy data-loss
  storage objects delete                                | destroy data-loss
  storage folders delete                                | destroy data-loss
  storage managed-folders delete                        | destroy data-loss
  storage rsync +--delete-unmatched-destination-objects | destroy data-loss
  storage buckets update +--clear-soft-delete,--lifecycle-file | destroy data-loss
  storage buckets anywhere-caches disable               | destroy data-loss
  storage batch-operations jobs create +--delete-object | destroy data-loss
  kms keys versions destroy                             | destroy data-loss
    | recoverable: gcloud kms keys versions restore, within the scheduled time, 30 days unless set otherwise
    # What is encrypted with it can not be read any more.
  kms keys versions disable                             | destroy data-loss
  secrets versions destroy,disable                      | destroy data-loss
  secrets delete                                        | destroy data-loss
  pubsub subscriptions seek,delete                      | destroy data-loss
  pubsub topics delete                                  | destroy data-loss
  tasks queues purge                                    | destroy data-loss
  bigtable tables delete                                | destroy data-loss
  bigtable instances tables delete                      | destroy data-loss
  datastore indexes cleanup                             | destroy data-loss
  artifacts docker images delete                        | destroy data-loss
  artifacts repositories delete                         | destroy data-loss
  container images delete                               | destroy data-loss
  source repos delete                                   | destroy data-loss
  compute instances delete                              | destroy data-loss
  compute disks delete                                  | destroy data-loss
  compute snapshots delete                              | destroy data-loss
  logging buckets delete                                | destroy data-loss
  bq datasets delete                                    | destroy data-loss
  logging sinks delete,update                           | destroy guard-removal
  logging logs delete                                   | destroy guard-removal
  compute firewall-rules delete                         | destroy guard-removal
  compute security-policies delete                      | destroy guard-removal
  org-policies delete,reset                             | destroy guard-removal
  resource-manager org-policies delete,disable-enforce  | destroy guard-removal
  resource-manager liens delete                         | destroy guard-removal
  alpha resource-manager liens delete                   | destroy guard-removal
  monitoring policies delete                            | destroy guard-removal
  monitoring channels delete                            | destroy guard-removal
  scc notifications delete                              | destroy guard-removal
  compute instances update +--no-deletion-protection    | destroy guard-removal
  sql instances patch +--no-deletion-protection,--no-backup,--no-enable-point-in-time-recovery | destroy guard-removal
  container clusters update +--no-enable-master-authorized-networks,--no-enable-network-policy,--no-deletion-protection
    | destroy guard-removal
  storage buckets update +--no-uniform-bucket-level-access,--clear-retention-period,--no-versioning,
    --no-public-access-prevention                       | destroy guard-removal
  access-context-manager perimeters delete              | destroy guard-removal
  recaptcha keys delete                                 | destroy guard-removal
  compute ssl-policies delete                           | destroy guard-removal
  spanner databases update +--no-enable-drop-protection | destroy guard-removal
  * set-iam-policy                                      | destroy access-loss
    # Who may do what is replaced: whoever is not in the new policy loses access.
  * * set-iam-policy                                    | destroy access-loss
    # Who may do what is replaced: whoever is not in the new policy loses access.
  * * * set-iam-policy                                  | destroy access-loss
    # Who may do what is replaced: whoever is not in the new policy loses access.
  * * * * set-iam-policy                                | destroy access-loss
    # Who may do what is replaced: whoever is not in the new policy loses access.
  iam service-accounts delete,disable                   | destroy access-loss
    # Who may do what is replaced: whoever is not in the new policy loses access.
  iam service-accounts keys delete,disable              | destroy access-loss
    # Who may do what is replaced: whoever is not in the new policy loses access.
  iam roles delete                                      | destroy access-loss
    # Who may do what is replaced: whoever is not in the new policy loses access.
  iam workload-identity-pools delete                    | destroy access-loss
    # Who may do what is replaced: whoever is not in the new policy loses access.
  services api-keys delete                              | destroy access-loss
    # Who may do what is replaced: whoever is not in the new policy loses access.
  compute os-login ssh-keys remove                      | destroy access-loss
    # Who may do what is replaced: whoever is not in the new policy loses access.
  compute instances remove-iam-policy-binding           | destroy access-loss
    # Who may do what is replaced: whoever is not in the new policy loses access.
  services disable                                      | destroy outage | reversible: gcloud services enable
    # Everything that uses the API stops; with --force also what depends on it.
  run services update +--allow-unauthenticated          | destroy exposure
  functions deploy +--allow-unauthenticated             | destroy exposure
  run deploy +--allow-unauthenticated                   | destroy exposure
  billing projects unlink                               | destroy outage  # Everything in the project that costs money stops.
  billing accounts projects unlink                      | destroy outage  # Everything in the project that costs money stops.
  container clusters delete                             | destroy data-loss,outage
  dataproc clusters delete                              | destroy data-loss,outage
  composer environments delete                          | destroy data-loss,outage
  alloydb clusters delete                               | destroy data-loss,outage
  spanner instances delete                              | destroy data-loss,outage
  bigtable instances delete                             | destroy data-loss,outage
  filestore instances delete                            | destroy data-loss,outage
  redis instances delete                                | destroy data-loss,outage
  memcache instances delete                             | destroy data-loss,outage
  run services delete                                   | destroy data-loss,outage
  functions delete                                      | destroy data-loss,outage
  app services delete                                   | destroy data-loss,outage
  app versions delete                                   | destroy data-loss,outage
  workstations delete                                   | destroy data-loss,outage
  infra-manager deployments delete                      | destroy data-loss,outage
  deployment-manager deployments delete,stop +--delete-policy=DELETE | destroy data-loss,outage
  deployment-manager deployments update +--delete-policy=DELETE | destroy data-loss,outage
  deployment-manager deployments update                 | change
  deployment-manager deployments * +--preview           | read
  infra-manager previews list,describe,export           | read
  ai-platform explain                                   | read
  dns record-sets transaction describe                  | read
`;

/** A Spanner database speaks GoogleSQL or PostgreSQL's dialect; every DELETE deletes what its condition finds for good. Source: Spanner, "Choose the right dialect". */
function spannerSql(finding: Finding, text: string | undefined): readonly Finding[] {
  const effect = text === undefined ? 'unknown' : sqlEffect(text, 'googlesql', 'postgresql');
  return [{ ...finding, mutation: effect, effects: effect === 'destructive' ? ['data-loss'] : effect === 'unknown' ? ['unknown'] : [] }];
}

/** The statements that a Spanner database is given: in options, or in a file. */
function spannerStatements(call: CliCall, finding: Finding): readonly Finding[] {
  const texts = [...optionTexts(call, '--ddl'), ...call.options.filter((o) => o.name === '--ddl-file').map((o) => (o.value?.value === undefined ? undefined : fileText(o.value.value, call)))];
  const text = texts.map((t) => t ?? '').join(';\n');
  if (/\bdrop\b|row\s+deletion\s+policy/i.test(text)) return [{ ...finding, mutation: 'destructive', effects: ['data-loss'], reason: 'gcloud: Drops a table, column or index of a Spanner database, or lets its rows be deleted by age.' }];
  const unseen = texts.includes(undefined) || call.options.some((o) => o.name === '--ddl' && o.value?.value === undefined) || texts.length === 0;
  return unseen ? [{ ...finding, mutation: 'unknown', effects: ['unknown'], reason: 'gcloud: Changes the schema of a Spanner database by statements that are not seen here.', unknowns: [...finding.unknowns, 'the statements'] }] : [finding];
}

/** Moving out of a bucket: what was only there is then where its last word says. Source: gcloud help storage mv. */
function moved(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const places = call.args.map((w) => w.value ?? w.parts[0] ?? '');
  const to = places.at(-1) ?? '';
  if (!places.slice(0, -1).some((p) => p.startsWith('gs://') || p === '') || to.startsWith('gs://')) return undefined;
  return [{ ...finding, mutation: 'destructive', effects: ['data-loss'], reason: `gcloud: Moves objects out of the bucket to ${to === '' ? 'what is not known' : to}: the bucket does not have them any more.` }];
}

function refine(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const words = call.path.join(' ');
  if (/add-iam-policy-binding$/.test(words) && optionTexts(call, '--member').some((m) => /^all(?:Authenticated)?Users$/i.test(m.trim()))) return [{ ...finding, mutation: 'destructive', effects: ['exposure'], reason: `gcloud: Lets everybody in as ${optionText(call, '--role') ?? 'the role that it names'}.` }];
  if (/add-iam-policy-binding$/.test(words) && optionTexts(call, '--role').some((r) => /^roles\/owner$/i.test(r.trim()))) return [{ ...finding, mutation: 'destructive', effects: ['exposure'], reason: 'gcloud: Makes somebody an owner.' }];
  if (words === 'spanner databases execute-sql') return spannerSql(finding, optionText(call, '--sql'));
  if (words === 'spanner databases ddl update') return spannerStatements(call, finding);
  if (words === 'storage mv') return moved(call, finding);
  // Without a word about it what the configuration does not have any more is deleted: `gcloud help deployment-manager deployments update`, --delete-policy.
  if (words === 'deployment-manager deployments update' && finding.mutation === 'modifying' && !surely(call, '--preview') && !/^abandon$/i.test(optionText(call, '--delete-policy') ?? '')) return [{ ...finding, mutation: 'destructive', effects: ['data-loss', 'outage'], reason: 'gcloud: Makes the deployment like its configuration: resources that the configuration does not have any more are deleted.' }];
  if (words === 'artifacts repositories set-cleanup-policies' && !surely(call, '--dry-run')) return [{ ...finding, mutation: 'destructive', effects: ['data-loss'], reason: 'gcloud: Lets the repository delete what its policies name.' }];
  return gcloudFirewall(call, finding);
}

/** The Google Cloud CLI. */
export const gcloud = commandTool({
  names: ['gcloud', 'gcloud.cmd'], provider: 'gcloud', source: 'Google Cloud CLI 528, static completion tree and `gcloud help`',
  valued: '', targets: '--instance --cluster --database --key --keyring --secret', flags: '-q',
  harmless: '--dry-run --validate-only --list-commands --print-url', guards: '-q --quiet --async --force --no-deletion-protection',
  where: { project: '--project CLOUDSDK_CORE_PROJECT', region: '--region --location CLOUDSDK_COMPUTE_REGION', zone: '--zone CLOUDSDK_COMPUTE_ZONE', account: '--account CLOUDSDK_CORE_ACCOUNT', configuration: '--configuration CLOUDSDK_ACTIVE_CONFIG_NAME', impersonating: '--impersonate-service-account CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT' },
  commands: COMMANDS, otherwise: 'verbs', tracks: 'alpha beta preview', documented: gcloudTable, doors: 'gcloud', refine,
  meanings: (call, finding) => judgeOptions(GCLOUD_OPTIONS, call, finding),
  argparse: true, moreWords: withFlagsFiles, settle: settled, place: withConfiguration,
});
