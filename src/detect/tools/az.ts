import { knownWord, type Finding, type Word } from '../invocation';
import { azTable } from '../knowledge/az-commands';
import { fileText, found, option, optionText, optionTexts, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';
import { handedText } from './cli/handed';
import { judgeRequest } from './http/request';
import { AZ_OPTIONS, AZ_SPELLING } from './options/az';
import { azNetworkRule } from './options/firewall';
import { judgeOptions } from './options/meaning';

/** What the last word of a command does not tell. Source: Azure CLI reference. */
const COMMANDS = `
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

function refine(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const words = call.path.join(' ');
  if (words === 'deployment group create' || words === 'group deployment create') return /^complete$/i.test(optionText(call, '--mode') ?? '') ? [{ ...finding, mutation: 'destructive', effects: ['data-loss', 'outage'], guardsOff: ['--mode Complete'], reason: 'az: Deploys in mode Complete: every resource of the group that the template does not have is deleted.' }] : [{ ...finding, mutation: 'modifying', effects: [], reason: 'az: Deploys a template; in mode Incremental nothing is deleted.' }];
  if (words === 'storage blob sync' && !call.options.some((o) => o.name === '--delete-destination') && !/true/.test(optionText(call, '--delete-destination') ?? '')) return [{ ...finding, reason: 'az: Makes the container like the folder: blobs that the folder does not have are deleted.' }];
  if (/^(?:vm|vmss|connectedmachine) extension (?:set|create|update)$/.test(words)) return extension(call, finding);
  if (/^acr (?:run|task create|task update)$/.test(words)) return purges(call, finding);
  return azNetworkRule(call, finding);
}

/** The command in the settings of an extension that runs scripts. Source: "Custom Script Extension" for Linux and Windows: commandToExecute, script, fileUris. */
function extension(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const name = optionTexts(call, '--name', '-n', '--type', '--extension-instance-name').join(' ');
  const given = call.options.filter((o) => /^--(?:protected-)?settings?$/.test(o.name));
  if (!/script|runcommand/i.test(name) && !given.some((o) => /commandToExecute/i.test(o.value?.value ?? ''))) return undefined;
  const unseen = { ...finding, mutation: 'unknown' as const, effects: ['unknown' as const], door: 'command' as const, reason: 'az: Runs a script on a machine that is not seen here.', unknowns: [...finding.unknowns, 'what the script does'] };
  const out: Finding[] = [];
  for (const { value } of given) {
    const text = value?.value === undefined ? undefined : value.value.trim().startsWith('{') ? value.value : fileText(value.value.replace(/^@/, ''), call);
    const settings = text === undefined ? undefined : readJson(text);
    if (settings === undefined) return [unseen];
    const script = typeof settings['script'] === 'string' ? Buffer.from(settings['script'], 'base64').toString('utf8') : undefined;
    const command = typeof settings['commandToExecute'] === 'string' ? settings['commandToExecute'] : script;
    // What is downloaded runs, whatever the command beside it is.
    if (Array.isArray(settings['fileUris']) && settings['fileUris'].length > 0) return [unseen];
    if (command !== undefined) {
      const handed = handedText(command, call);
      if (handed.kind === 'unseen') return [unseen];
      if (handed.kind === 'judged') out.push(...handed.findings);
    }
  }
  return out.length > 0 ? [{ ...finding, door: 'command' }, ...out] : undefined;
}

function readJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Steps of a registry's task that delete images. Source: Azure Container Registry, "Purge container images": `acr purge`, --dry-run. */
function purges(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const file = optionText(call, '--file', '-f');
  const texts = [optionText(call, '--cmd'), file === undefined ? undefined : fileText(file, call)].flatMap((t) => (t === undefined ? [] : t.split('\n')));
  return texts.some((t) => /(?:^|[\s;&|/"'])acr\s+purge\b|\bacr-cli\b.*\bpurge\b/.test(t) && !/\s--dry-run(?![\w-]|=false)/.test(t)) ? [{ ...finding, mutation: 'destructive', effects: ['data-loss'], reason: 'az: Deletes images of the registry (acr purge).' }] : undefined;
}

/** Options on which the judgement rests when they make it worse: argparse takes any beginning of a name that is one option's only. Source: Python, argparse, allow_abbrev; knack, parser.py. */
const MEANT = `--mode --delete-destination --access --node-count --new-capacity --source-address-prefixes --destination-port-ranges --start-ip-address --end-ip-address --scripts --command --method --url --body
  --settings --protected-settings --cmd --file --protocol --direction --source-asgs --enable-purge-protection --allow-blob-public-access --enable-public-ip --force --yes`.split(/\s+/);

/**
 * Every word that is `@FILE`, or `--name=@FILE`, is what the file says, the words of the command among them.
 * Source: azure-cli, azure/cli/core/commands/__init__.py, AzCliCommandInvoker, _expand_file_prefixed_files.
 */
function withFiles(words: readonly Word[], invocation: CliCall['invocation'], detect: CliCall['detect']): readonly Word[] {
  return words.map((word) => {
    const [, before, file] = /^(?:([^=]*=))?@(.+)$/s.exec(word.value ?? '') ?? [];
    if (file === undefined) return word;
    const text = file === '-' ? (invocation.stdin ?? undefined) : fileText(file, { invocation, detect });
    // A file that can't be read is left as it is by az; here it may only be out of sight.
    return text === undefined ? { ...word, value: undefined, parts: [before, undefined] } : knownWord(`${before ?? ''}${text.replace(/\n+$/, '')}`, word.range);
  });
}

/** Actions behind POST that only answer. Source: Azure REST API reference, operations named List…, Check…, Validate…, Query…. */
const ANSWERS = /\/(?:list\w*|check\w*|validate\w*|get\w*|query\w*|search\w*|resources|generate\w*|export\w*|whatif|simulate\w*)$/i;

/** A request that no control plane of ours explains: the method says whether anything changes. Source: Azure REST API reference, "Components of a REST API request". */
function restFinding(call: CliCall, method: string, url: string): readonly Finding[] {
  const path = url.replace(/[?#].*$/, '');
  const targets = [{ type: 'address', name: path, known: true }];
  if (/^(?:get|head|options)$/i.test(method) || (/^post$/i.test(method) && ANSWERS.test(path))) return [found(call, { action: 'rest', mutation: 'none', targets, reason: `az: Asks ${path}: changes nothing.` })];
  const body = optionText(call, '--body', '-b');
  const seen = !option(call, '--body', '-b') || (body !== undefined && (!body.startsWith('@') || fileText(body.slice(1), call) !== undefined));
  if (/^(?:put|patch)$/i.test(method) && seen) return [found(call, { action: 'rest', mutation: 'modifying', door: 'raw', targets, reason: `az: Puts or changes ${path} as its body says.` })];
  return [found(call, { action: 'rest', mutation: 'unknown', door: 'raw', targets, reason: `az: Sends ${method.toUpperCase()} to ${path}; what that changes is not told by the command.` })];
}

/** The Azure CLI. */
export const az = commandTool({
  names: ['az', 'az.cmd'], provider: 'azure', source: 'Azure CLI, command modules of 2.45 and reference',
  valued: '-n -g -o -l -s -u -p -m -f -c --command --args', targets: '--name --resource-group --ids',
  flags: '--yes -y --no-wait --only-show-errors --verbose --debug', harmless: '--what-if --dryrun --dry-run',
  guards: '--yes -y --force --force-deletion --no-wait',
  where: { account: '--subscription AZURE_SUBSCRIPTION_ID', group: '--resource-group -g AZURE_DEFAULTS_GROUP', region: '--location -l AZURE_DEFAULTS_LOCATION' },
  commands: COMMANDS, otherwise: 'verbs', documented: azTable, doors: 'az', refine,
  meanings: (call, finding) => judgeOptions(AZ_OPTIONS, call, finding, AZ_SPELLING),
  moreWords: withFiles, abbreviates: MEANT,
  before: (call) => {
    if (call.args[0]?.value !== 'rest') return undefined;
    const url = optionText(call, '--url', '--uri', '-u');
    const method = optionText(call, '--method', '-m') ?? 'GET';
    if (url === undefined) return /^get$/i.test(method) ? [] : [found(call, { action: 'rest', mutation: 'unknown', reason: 'az: Sends a request to an address that is not known.', unknowns: ['the address'] })];
    const judged = judgeRequest({ method, url: url.startsWith('/') ? `https://management.azure.com${url}` : url, body: optionText(call, '--body', '-b') ?? '', headers: [] }, call);
    return judged.length > 0 ? judged : restFinding(call, method, url);
  },
});
