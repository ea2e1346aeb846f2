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
read help; info; version; cheat-sheet; topic; feedback; survey; init; auth *; auth application-default *; config *; config configurations *; components list|install|update|repositories; emulators; interactive; docker; app browse|open-console; compute connect-to-serial-port|copy-files|scp|config-ssh|reset-windows-password +--help; compute os-config; iam simulator; policy-intelligence; source-manager; cloud-shell *; sql connect; alloydb connect; container clusters get-credentials; container fleet memberships get-credentials; compute start-iap-tunnel; run services proxy; functions call +--help; pubsub subscriptions pull; logging read|tail|copy; kms encrypt|decrypt|asymmetric-decrypt|asymmetric-sign|mac-sign|mac-verify|raw-encrypt|raw-decrypt; storage cat|ls|du|hash|sign-url|diagnose; asset *; recommender * list|describe; spanner databases execute-sql +--help; secrets versions access; artifacts files download
add storage cp; storage buckets create; storage folders create; app deploy +--no-promote; builds submit; functions call; run jobs execute; workflows run|execute; dataflow jobs run; pubsub topics publish; ai-platform *; ml *; compute scp; compute copy-files; storage objects compose; compute instances start|resume|export; storage managed-folders create; composer environments run; dataproc jobs submit *; eventarc publish
mod auth revoke; auth application-default revoke; config unset; config configurations delete; components remove|reinstall|restore; * * remove-labels; compute * remove-labels; compute instances remove-labels|remove-metadata|remove-tags; compute project-info remove-metadata; compute disks remove-labels|remove-resource-policies; compute snapshots remove-labels; compute images remove-labels; compute instances remove-resource-policies; storage mv; run deploy; app deploy; functions deploy; compute instance-groups managed rolling-action start-update; compute instance-groups managed update; storage rsync; storage buckets update; storage objects update; compute instances move; app services set-traffic; run services update-traffic; sql instances patch; sql import *; compute project-info update; container clusters upgrade; container node-pools rollback; spanner databases ddl update; tasks queues resume|pause; endpoints services rollback; access-context-manager policies update; sql instances clone; scheduler jobs pause; compute reset-windows-password; compute firewall-rules update; compute networks update; dns record-sets transaction start|add|abort; tasks queues purge +--help; sql instances promote-replica; redis instances update; container clusters update; compute instances update; app versions migrate; app instances enable-debug|disable-debug; compute instances attach-disk
kill:data,out projects delete ~recover gcloud projects undelete, within 30 days # The project stops at once and everything in it is deleted after 30 days.
kill:data sql instances delete ~gone # The databases, and the automated backups with them, are deleted.
kill:data sql databases delete ~gone
kill:data sql backups restore; sql instances restore-backup; sql backups delete; sql instances reset-ssl-config; alloydb backups delete; spanner databases drop; firestore databases restore; redis instances import; firestore bulk-delete; firestore databases delete; filestore instances restore; filestore instances revert
kill:access sql instances reset-ssl-config; sql ssl-certs delete; sql ssl client-certs delete
kill:out sql instances failover; sql instances restart; compute instances reset|stop|suspend|simulate-maintenance-event; compute instances send-diagnostic-interrupt; app versions stop; app instances delete; container clusters resize +--num-nodes=0|--size=0; container node-pools rollback +--respect-pdb; redis instances failover; sql instances switchover; memcache instances apply-parameters; compute instances perform-maintenance; compute instances report-host-as-faulty; compute instance-groups managed abandon-instances|delete-instances|recreate-instances|stop-instances|suspend-instances; compute instance-groups managed rolling-action restart|replace; compute instances detach-disk; compute instance-groups unmanaged remove-instances; compute backend-services remove-backend; compute target-pools remove-instances; compute networks peerings delete; compute networks vpc-access; composer environments database-failover|restart-web-server; bms instances reset|stop
kill:id,out dns record-sets delete; dns managed-zones delete; dns record-sets transaction execute; dns record-sets transaction remove; dns record-sets import +--delete-all-existing; compute addresses delete; compute instances delete-access-config; domains registrations delete; domains registrations configure dns
mod dns record-sets transaction remove
kill:data storage rm; storage buckets delete; storage objects delete; storage folders delete; storage managed-folders delete; storage rsync +--delete-unmatched-destination-objects; storage buckets update +--clear-soft-delete|--lifecycle-file; storage buckets anywhere-caches disable; storage batch-operations jobs create +--delete-object
kill:data kms keys versions destroy ~recover gcloud kms keys versions restore, within the scheduled time, 30 days unless set otherwise # What is encrypted with it can not be read any more.
kill:data kms keys versions disable; secrets versions destroy|disable; secrets delete; pubsub subscriptions seek; pubsub topics delete; pubsub subscriptions delete; tasks queues purge; bigtable tables delete; bigtable instances tables delete; datastore indexes cleanup; artifacts docker images delete; artifacts repositories delete; container images delete; source repos delete; compute instances delete; compute disks delete; compute snapshots delete; logging buckets delete; logging logs delete; logging sinks delete; bq datasets delete
kill:guard logging sinks delete|update; logging logs delete; compute firewall-rules delete; compute security-policies delete; org-policies delete|reset; resource-manager org-policies delete|disable-enforce; resource-manager liens delete; alpha resource-manager liens delete; monitoring policies delete; monitoring channels delete; scc notifications delete; compute instances update +--no-deletion-protection; sql instances patch +--no-deletion-protection|--no-backup|--no-enable-point-in-time-recovery; container clusters update +--no-enable-master-authorized-networks|--no-enable-network-policy|--no-deletion-protection; storage buckets update +--no-uniform-bucket-level-access|--clear-retention-period|--no-versioning|--no-public-access-prevention; access-context-manager perimeters delete; recaptcha keys delete; compute ssl-policies delete; spanner databases update +--no-enable-drop-protection
mod logging sinks update
kill:access * set-iam-policy; * * set-iam-policy; * * * set-iam-policy; * * * * set-iam-policy; iam service-accounts delete|disable; iam service-accounts keys delete|disable; iam roles delete; iam workload-identity-pools delete; services api-keys delete; compute os-login ssh-keys remove; compute instances remove-iam-policy-binding # Who may do what is replaced: whoever is not in the new policy loses access.
kill:out services disable ~undo gcloud services enable # Everything that uses the API stops; with --force also what depends on it.
kill:open run services update +--allow-unauthenticated; functions deploy +--allow-unauthenticated; run deploy +--allow-unauthenticated
mod run deploy +--allow-unauthenticated; functions deploy +--allow-unauthenticated
kill:out billing projects unlink; billing accounts projects unlink # Everything in the project that costs money stops.
kill:data,out container clusters delete; dataproc clusters delete; composer environments delete; alloydb clusters delete; spanner instances delete; bigtable instances delete; filestore instances delete; redis instances delete; memcache instances delete; run services delete; functions delete; app services delete; app versions delete; workstations delete
kill:data,out infra-manager deployments delete; deployment-manager deployments delete|stop|update +--delete-policy=DELETE
mod deployment-manager deployments update
read deployment-manager deployments * +--preview; infra-manager previews list|describe|export; ai-platform explain; dns record-sets transaction describe`;

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
  valued: '', targets: '--instance --cluster --database --key --keyring --secret', flags: '-q', harmless: '--dry-run --validate-only --list-commands --print-url', guards: '-q --quiet --async --force --no-deletion-protection',
  where: { project: '--project CLOUDSDK_CORE_PROJECT', region: '--region --location CLOUDSDK_COMPUTE_REGION', zone: '--zone CLOUDSDK_COMPUTE_ZONE', account: '--account CLOUDSDK_CORE_ACCOUNT', configuration: '--configuration CLOUDSDK_ACTIVE_CONFIG_NAME', impersonating: '--impersonate-service-account CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT' },
  commands: COMMANDS, otherwise: 'verbs', tracks: 'alpha beta preview', documented: gcloudTable, doors: 'gcloud', refine, meanings: (call, finding) => judgeOptions(GCLOUD_OPTIONS, call, finding),
  argparse: true, moreWords: withFlagsFiles, settle: settled, place: withConfiguration,
});
