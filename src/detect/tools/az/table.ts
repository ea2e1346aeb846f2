/** What the last word of a command of az does not tell. Source: Azure CLI reference. */
export const AZ_COMMANDS = `
  login,logout,version,find,feedback,interactive,configure,upgrade | read
  self-test,style                                         | read
  account *,get-access-token                              | read
  config get,set                                          | read
  cloud *                                                 | read
  extension *                                             | read
  ssh *                                                   | read
  aks get-credentials,browse,check-acr,install-cli,get-upgrades | read
  aks get-versions                                        | read
  acr login,check-health                                  | read
  webapp log tail,download,show                           | read
  webapp ssh,create-remote-connection                     | read
  network watcher *                                       | read
  bicep *                                                 | read
  deployment * validate,what-if                           | read
  monitor log-analytics query                             | read
  monitor metrics *                                       | read
  graph query                                             | read
  devops login,logout,configure                           | read
  container logs,attach                                   | read
  acr repository show,list,show-tags,show-manifests       | read
  storage blob download,download-batch,list,show,exists,url,generate-sas | read
  vm get-instance-view                                    | read
  costmanagement *                                        | read
  consumption *                                           | read
  advisor *                                               | read
  policy state summarize,list                             | read
  aks nodepool get-upgrades                               | read
  keyvault secret show,list,download                      | read
  cosmosdb keys list                                      | read
  appconfig kv export,list,show                           | read
  provider operation list,show                            | read
  synapse spark *                                         | read
  ad signed-in-user *                                     | read
  acr manifest list-metadata,show                         | read
  functionapp log *                                       | read
  repos *                                                 | read
  pipelines list,show                                     | read
  boards query                                            | read
  account clear,set                                       | change
  extension remove                                        | change
  cloud unregister,set                                    | change
  config unset                                            | change
  provider register,unregister                            | change
  feature unregister                                      | change
  tag update                                              | change
  resource tag                                            | change
  group update                                            | change
  acr build                                               | change
  acr task run                                            | change
  webapp deploy,up,restart                                | change
  functionapp deployment source config-zip                | change
  webapp deployment source config-zip                     | change
  webapp config appsettings set                           | change
  functionapp config appsettings set                      | change
  container exec                                          | change
  vm redeploy,open-port                                   | change
  aks upgrade,scale,update,rotate-certs                   | change
  deployment * create,cancel                              | change
  vm extension set                                        | change
  vmss update,scale                                       | change
  functionapp restart                                     | change
  appservice plan update                                  | change
  sql db restore                                          | change
  postgres flexible-server restore                        | change
  network vnet peering sync                               | change
  keyvault secret recover                                 | change
  keyvault recover                                        | change
  backup protection resume                                | change
  cosmosdb restore                                        | change
  policy remediation create                               | change
  aks command invoke                                      | change
  redis import-method                                     | change
  boards work-item update                                 | change
  pipelines run                                           | change
  group delete                                            | destroy data-loss,outage | irreversible
    # Every resource in the group is deleted, with its data.
  resource delete                                         | destroy data-loss,outage
  deployment group create +--mode=Complete,complete       | destroy data-loss,outage
  deployment group create +-m                             | destroy data-loss,outage
  stack * delete                                          | destroy data-loss,outage
  deployment group create                                 | change
  resource move,invoke-action                             | destroy outage
  lock delete                                             | destroy guard-removal
  group lock delete                                       | destroy guard-removal
  resource lock delete                                    | destroy guard-removal
  account lock delete                                     | destroy guard-removal
  policy assignment delete                                | destroy guard-removal
  policy definition delete                                | destroy guard-removal
  policy exemption create                                 | destroy guard-removal
  monitor * delete                                        | destroy guard-removal
  security * delete                                       | destroy guard-removal
  network nsg delete                                      | destroy guard-removal
  network nsg rule delete                                 | destroy guard-removal
  network firewall delete                                 | destroy guard-removal
  backup policy delete                                    | destroy guard-removal
  monitor diagnostic-settings delete                      | destroy guard-removal
  backup vault backup-properties set                      | destroy guard-removal
  keyvault update +--enable-purge-protection=false        | destroy guard-removal
  storage account update +--allow-blob-public-access=true | destroy guard-removal
  backup protection disable                               | destroy guard-removal
  network ddos-protection delete                          | destroy guard-removal
  security pricing create                                 | destroy guard-removal
  storage account update                                  | change
  backup protection disable +--delete-backup-data         | destroy data-loss  # The backups are not made any more, or deleted.
  backup vault delete                                     | destroy data-loss  # The backups are not made any more, or deleted.
  vm delete                                               | destroy data-loss,outage
  vmss delete,delete-instances                            | destroy data-loss,outage
  aks delete                                              | destroy data-loss,outage
  webapp delete                                           | destroy data-loss,outage
  functionapp delete                                      | destroy data-loss,outage
  container delete                                        | destroy data-loss,outage
  containerapp delete                                     | destroy data-loss,outage
  sql server delete                                       | destroy data-loss,outage
  sql mi delete                                           | destroy data-loss,outage
  apim delete                                             | destroy data-loss,outage
  hdinsight delete                                        | destroy data-loss,outage
  aro delete                                              | destroy data-loss,outage
  appservice plan delete                                  | destroy data-loss,outage
  staticwebapp delete                                     | destroy data-loss,outage
  synapse workspace delete                                | destroy data-loss,outage
  databricks workspace delete                             | destroy data-loss,outage
  spring delete                                           | destroy data-loss,outage
  ml workspace delete                                     | destroy data-loss,outage
  keyvault purge                                          | destroy data-loss | irreversible
  keyvault key purge                                      | destroy data-loss | irreversible
  keyvault secret purge                                   | destroy data-loss | irreversible
  keyvault certificate purge                              | destroy data-loss | irreversible
  keyvault delete                                         | destroy data-loss
    | recoverable: az keyvault recover, within its retention, 90 days unless set lower
  keyvault secret delete                                  | destroy data-loss
    | recoverable: az keyvault recover, within its retention, 90 days unless set lower
  keyvault key delete                                     | destroy data-loss
    | recoverable: az keyvault recover, within its retention, 90 days unless set lower
  keyvault certificate delete                             | destroy data-loss
    | recoverable: az keyvault recover, within its retention, 90 days unless set lower
  sql db delete                                           | destroy data-loss
  cosmosdb delete                                         | destroy data-loss
  cosmosdb * delete                                       | destroy data-loss
  postgres * delete                                       | destroy data-loss
  mysql * delete                                          | destroy data-loss
  redis delete                                            | destroy data-loss
  storage * delete                                        | destroy data-loss
  storage blob delete-batch                               | destroy data-loss
  storage account delete                                  | destroy data-loss
  storage container delete                                | destroy data-loss
  storage fs delete                                       | destroy data-loss
  storage table delete                                    | destroy data-loss
  storage queue delete                                    | destroy data-loss
  storage message clear                                   | destroy data-loss
  storage remove                                          | destroy data-loss
  disk delete                                             | destroy data-loss
  snapshot delete                                         | destroy data-loss
  image delete                                            | destroy data-loss
  acr delete,purge                                        | destroy data-loss
  acr repository delete                                   | destroy data-loss
  acr manifest delete                                     | destroy data-loss
  servicebus * delete                                     | destroy data-loss
  eventhubs * delete                                      | destroy data-loss
  iot hub delete                                          | destroy data-loss
  dls * delete                                            | destroy data-loss
  netappfiles * delete                                    | destroy data-loss
  cosmosdb sql container delete                           | destroy data-loss
  cosmosdb sql database delete                            | destroy data-loss
  cognitiveservices account purge                         | destroy data-loss
  appconfig purge                                         | destroy data-loss
  appconfig kv delete                                     | destroy data-loss
  dt delete                                               | destroy data-loss
  kusto * delete                                          | destroy data-loss
  search service delete                                   | destroy data-loss
  datalake * delete                                       | destroy data-loss
  managedapp delete                                       | destroy data-loss
  batch account delete                                    | destroy data-loss
  ml * delete                                             | destroy data-loss
  storage blob sync +--delete-destination=true            | destroy data-loss
  storage blob sync                                       | destroy data-loss
  storage fs directory delete                             | destroy data-loss
  storage share delete                                    | destroy data-loss
  storage file delete-batch                               | destroy data-loss
  storage blob undelete +--help                           | destroy data-loss
  vm deallocate,stop,restart,simulate-eviction            | destroy outage
  vmss deallocate,stop,restart                            | destroy outage
  vm run-command delete                                   | destroy outage
  aks stop                                                | destroy outage
  aks nodepool delete,stop,delete-machines                | destroy outage
  webapp stop                                             | destroy outage
  functionapp stop                                        | destroy outage
  container stop,restart                                  | destroy outage
  postgres flexible-server stop,restart                   | destroy outage
  mysql flexible-server stop,restart                      | destroy outage
  sql failover-group set-primary                          | destroy outage
  cosmosdb failover-priority-change                       | destroy outage
  redis force-reboot                                      | destroy outage
  webapp deployment slot swap                             | destroy outage
  functionapp deployment slot swap                        | destroy outage
  aks scale +--node-count=0,-c=0                          | destroy outage
  aks nodepool scale +--node-count=0,-c=0                 | destroy outage
  network application-gateway stop                        | destroy outage
  sql mi stop                                             | destroy outage
  vm disk detach                                          | destroy outage
  network vnet peering delete                             | destroy outage
  network private-endpoint delete                         | destroy outage
  eventhubs georecovery-alias fail-over                   | destroy outage
  servicebus georecovery-alias fail-over                  | destroy outage
  storage account failover                                | destroy outage
  mysql server restart                                    | destroy outage
  postgres server restart                                 | destroy outage
  spring app stop,restart                                 | destroy outage
  redis flush                                             | destroy data-loss  # Every key of the cache is deleted.
  vm reimage                                              | destroy data-loss  # The disk is made anew.
  vmss reimage                                            | destroy data-loss  # The disk is made anew.
  network dns zone delete                                 | destroy identity-loss,outage
  network dns record-set * delete,remove-record           | destroy identity-loss,outage
  network private-dns zone delete                         | destroy identity-loss,outage
  network private-dns record-set * delete,remove-record   | destroy identity-loss,outage
  network public-ip delete                                | destroy identity-loss,outage
  webapp config hostname delete                           | destroy identity-loss,outage
  cdn * delete                                            | destroy identity-loss,outage
  network traffic-manager * delete                        | destroy identity-loss,outage
  network front-door * delete                             | destroy identity-loss,outage
  afd * delete                                            | destroy identity-loss,outage
  cdn endpoint purge                                      | destroy identity-loss,outage
  afd endpoint purge                                      | destroy identity-loss,outage
  role assignment delete                                  | destroy access-loss
  role definition delete                                  | destroy access-loss
  ad sp delete                                            | destroy access-loss
  ad app delete                                           | destroy access-loss
  ad group delete                                         | destroy access-loss
  ad user delete                                          | destroy access-loss
  ad group member remove                                  | destroy access-loss
  ad sp credential reset,delete                           | destroy access-loss
  ad app credential reset,delete                          | destroy access-loss
  keyvault delete-policy                                  | destroy access-loss
  identity delete                                         | destroy access-loss
  storage account keys renew                              | destroy access-loss
  acr credential renew                                    | destroy access-loss
  acr token delete                                        | destroy access-loss
  acr scope-map delete                                    | destroy access-loss
  cosmosdb keys regenerate                                | destroy access-loss
  redis regenerate-keys                                   | destroy access-loss
  sql server ad-admin delete                              | destroy access-loss
  aks update-credentials,reset-credentials                | destroy access-loss
  vm user delete,reset-ssh                                | destroy access-loss
  vm identity remove                                      | destroy access-loss
  devops security * reset                                 | destroy access-loss
  ad app owner remove                                     | destroy access-loss
  ad sp owner remove                                      | destroy access-loss
  webapp auth *                                           | destroy access-loss
  postgres flexible-server firewall-rule delete           | destroy access-loss
  webapp auth show                                        | read
  webapp auth * show                                      | read
  webapp auth update                                      | change
  vm run-command invoke                                   | ask  # It runs a script on the machine.
  vmss run-command invoke                                 | ask  # It runs a script on the machine.
  repos delete                                            | destroy data-loss
  repos ref delete                                        | destroy data-loss
  pipelines delete                                        | destroy data-loss
  boards work-item delete                                 | destroy data-loss
  devops project delete                                   | destroy data-loss
  artifacts universal delete                              | destroy data-loss
  pipelines variable-group delete                         | destroy data-loss
  pipelines build tag delete                              | destroy data-loss
  pipelines runs tag delete                               | destroy data-loss
`;
