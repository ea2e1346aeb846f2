import { commandTool } from './cli/command-tool';

/** Oracle Cloud Infrastructure CLI. */
export const oci = commandTool({
names: ['oci'], provider: 'oci', source: 'Oracle Cloud Infrastructure CLI Command Reference',
  valued: '--profile --region --compartment-id -c --config-file --auth --endpoint --output --query --from-json --wait-for-state --max-wait-seconds --wait-interval-seconds --if-match --display-name --name --namespace --namespace-name -ns --bucket-name -bn --limit --page --lifecycle-state --action --shape --cli-rc-file --request-id --defaults-file --key --object-name --prefix --file --availability-domain --cidr-block --image-id --subnet-id --vcn-id --proxy --cert-bundle --connection-timeout --read-timeout --opc-request-id --time-of-deletion --dest-region',
  flags: '--force --debug -d --all --no-retry --raw-output --generate-param-json-input --generate-full-command-json-input --preserve-boot-volume', harmless: '--dry-run --generate-param-json-input --generate-full-command-json-input', guards: '--force', where: { profile: '--profile OCI_CLI_PROFILE', region: '--region OCI_CLI_REGION', account: '--compartment-id -c' },
  targets: '--instance-id --bucket-name -bn --db-system-id --autonomous-database-id --cluster-id --volume-id --vcn-id --user-id --policy-id --stack-id --object-name --vault-id --key-id --secret-id --compartment-id --node-pool-id --db-home-id --database-id --boot-volume-id --volume-backup-id --load-balancer-id --function-id --application-id --zone-name-or-id --repository-id',
  commands: `
read setup; session; search; iam region; raw-request +--http-method=GET; compute instance get-windows-initial-creds; os object get|head|bulk-download|list|summarize-inventory; os ns get; audit event list; usage-api; cs; monitoring metric-data summarize-metrics-data; logging-search
kill:unknown raw-request +--http-method=DELETE
ask raw-request
mod compute instance action; compute instance action +--action=START|start; resource-manager job create-plan-job
kill:out compute instance action +--action=STOP|stop|RESET|reset|SOFTSTOP|softstop|SOFTRESET|softreset|SENDDIAGNOSTICINTERRUPT|DIAGNOSTICREBOOT|REBOOTMIGRATE
kill:data,out compute instance terminate # The instance and, unless --preserve-boot-volume true, its boot volume are deleted.
kill:data,out resource-manager job create-destroy-job # Everything in the stack is destroyed.
plan resource-manager job create-apply-job
kill:data os object delete|bulk-delete|bulk-delete-versions; os bucket delete
kill:data os object sync +--delete; os object bulk-upload +--overwrite
kill:data kms management key schedule-deletion|schedule-key-deletion ~recover by cancel-deletion before the time of deletion; kms management vault schedule-deletion; vault secret schedule-secret-deletion; vault secret schedule-deletion
mod kms management key cancel-deletion; vault secret cancel-secret-deletion; kms management vault cancel-deletion
kill:data db system terminate; db database delete; db autonomous-database delete|terminate|restore; db system delete
mod db autonomous-database start
kill:access iam user api-key delete; iam user ui-password; iam policy delete`,
  otherwise: 'verbs',
});
