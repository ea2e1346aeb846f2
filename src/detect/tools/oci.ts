import { commandTool } from './cli/command-tool';

/** Oracle Cloud Infrastructure CLI. */
export const oci = commandTool({
  names: ['oci'], provider: 'oci', source: 'Oracle Cloud Infrastructure CLI Command Reference',
  valued: `--profile --region --compartment-id -c --config-file --auth --endpoint --output --query --from-json --wait-for-state
    --max-wait-seconds --wait-interval-seconds --if-match --display-name --name --namespace --namespace-name -ns --bucket-name -bn
    --limit --page --lifecycle-state --action --shape --cli-rc-file --request-id --defaults-file --key --object-name --prefix --file
    --availability-domain --cidr-block --image-id --subnet-id --vcn-id --proxy --cert-bundle --connection-timeout --read-timeout
    --opc-request-id --time-of-deletion --dest-region`,
  flags: `--force --debug -d --all --no-retry --raw-output --generate-param-json-input --generate-full-command-json-input
    --preserve-boot-volume`,
  harmless: '--dry-run --generate-param-json-input --generate-full-command-json-input', guards: '--force',
  where: { profile: '--profile OCI_CLI_PROFILE', region: '--region OCI_CLI_REGION', account: '--compartment-id -c' },
  targets: `--instance-id --bucket-name -bn --db-system-id --autonomous-database-id --cluster-id --volume-id --vcn-id --user-id
    --policy-id --stack-id --object-name --vault-id --key-id --secret-id --compartment-id --node-pool-id --db-home-id --database-id
    --boot-volume-id --volume-backup-id --load-balancer-id --function-id --application-id --zone-name-or-id --repository-id`,
  commands: `
    setup,session,search,usage-api,cs,logging-search        | read
    iam region                                              | read
    raw-request +--http-method=GET                          | read
    compute instance get-windows-initial-creds              | read
    os object get,head,bulk-download,list,summarize-inventory | read
    os ns get                                               | read
    audit event list                                        | read
    monitoring metric-data summarize-metrics-data           | read
    raw-request +--http-method=DELETE                       | destroy unknown
    raw-request                                             | ask
    compute instance action                                 | change
    compute instance action +--action=START,start           | change
    resource-manager job create-plan-job                    | change
    compute instance action +--action=STOP,stop,RESET,reset,SOFTSTOP,softstop,SOFTRESET,softreset,SENDDIAGNOSTICINTERRUPT,
      DIAGNOSTICREBOOT,REBOOTMIGRATE                        | destroy outage
    compute instance terminate                              | destroy data-loss,outage
      # The instance and, unless --preserve-boot-volume true, its boot volume are deleted.
    resource-manager job create-destroy-job                 | destroy data-loss,outage  # Everything in the stack is destroyed.
    resource-manager job create-apply-job                   | plan
    os object delete,bulk-delete,bulk-delete-versions       | destroy data-loss
    os bucket delete                                        | destroy data-loss
    os object sync +--delete                                | destroy data-loss
    os object bulk-upload +--overwrite                      | destroy data-loss
    kms management key schedule-deletion,schedule-key-deletion | destroy data-loss
      | recoverable: by cancel-deletion before the time of deletion
    kms management vault schedule-deletion                  | destroy data-loss
    vault secret schedule-secret-deletion,schedule-deletion | destroy data-loss
    kms management key cancel-deletion                      | change
    vault secret cancel-secret-deletion                     | change
    kms management vault cancel-deletion                    | change
    db system terminate,delete                              | destroy data-loss
    db database delete                                      | destroy data-loss
    db autonomous-database delete,terminate,restore         | destroy data-loss
    db autonomous-database start                            | change
    iam user api-key delete                                 | destroy access-loss
    iam user ui-password                                    | destroy access-loss
    iam policy delete                                       | destroy access-loss
  `,
  otherwise: 'verbs',
});
