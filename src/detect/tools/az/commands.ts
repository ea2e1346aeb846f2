import { knownWord, type Finding, type Word } from '../../invocation';
import { azTable } from '../../knowledge/az-commands';
import { fileText, found, option, optionText, optionTexts, type CliCall } from '../cli/call';
import { commandTool } from '../cli/command-tool';
import { handedText } from '../cli/handed';
import { judgeRequest } from '../http/request';
import { AZ_OPTIONS, AZ_SPELLING } from './options';
import { azNetworkRule } from '../options/firewall';
import { judgeOptions } from '../options/meaning';

/** What the last word of a command does not tell. Source: Azure CLI reference. */
const COMMANDS = `
read login; logout; account *; version; find; feedback; interactive; configure; config get|set|unset; cloud *; extension *; upgrade; self-test; style; ssh *; aks get-credentials|browse|check-acr|install-cli|get-upgrades|get-versions; acr login|check-health; webapp log tail|download|show; webapp ssh; webapp create-remote-connection; network watcher *; bicep *; deployment * validate|what-if; monitor log-analytics query; monitor metrics *; graph query; devops login|logout|configure; container logs|attach; acr repository show|list|show-tags|show-manifests; storage blob download|download-batch|list|show|exists|url|generate-sas; vm get-instance-view; costmanagement *; consumption *; advisor *; policy state summarize|list; aks nodepool get-upgrades; keyvault secret show|list|download; cosmosdb keys list; appconfig kv export|list|show; provider operation list|show; synapse spark *; ad signed-in-user *; acr manifest list-metadata|show; functionapp log *; account get-access-token; repos *; pipelines list|show; boards query
read account *
mod account clear; account set; extension remove; cloud unregister; config unset; cloud set; provider register|unregister; feature unregister; tag update; resource tag; group update; acr build; acr task run; webapp deploy; webapp up; functionapp deployment source config-zip; webapp deployment source config-zip; webapp config appsettings set; functionapp config appsettings set; container exec; vm redeploy; aks upgrade|scale|update; deployment * create; deployment * cancel; vm extension set; vmss update|scale; webapp restart; functionapp restart; appservice plan update; sql db restore; postgres flexible-server restore; network vnet peering sync; keyvault secret recover; keyvault recover; backup protection resume; cosmosdb restore; policy remediation create; aks command invoke; vm open-port; redis import-method; aks rotate-certs; boards work-item update; pipelines run
kill:data,out group delete ~gone # Every resource in the group is deleted, with its data.
kill:data,out resource delete; deployment group create +--mode=Complete|complete; deployment group create +-m; stack * delete
mod deployment group create
kill:out resource move; resource invoke-action
kill:guard lock delete; group lock delete; resource lock delete; account lock delete; policy assignment delete; policy definition delete; policy exemption create; monitor * delete; security * delete; network nsg delete; network nsg rule delete; network firewall delete; backup policy delete; monitor diagnostic-settings delete; backup vault backup-properties set; keyvault update +--enable-purge-protection=false; storage account update +--allow-blob-public-access=true; backup protection disable; network ddos-protection delete; security pricing create
mod policy exemption create; security pricing create; backup vault backup-properties set; storage account update
kill:data backup protection disable +--delete-backup-data; backup vault delete; backup protection disable # The backups are not made any more, or deleted.
kill:data,out vm delete; vmss delete; vmss delete-instances; aks delete; webapp delete; functionapp delete; container delete; containerapp delete; sql server delete; sql mi delete; apim delete; hdinsight delete; aro delete; appservice plan delete; staticwebapp delete; synapse workspace delete; databricks workspace delete; spring delete; ml workspace delete
kill:data keyvault purge; keyvault key purge; keyvault secret purge; keyvault certificate purge; keyvault purge ~gone
kill:data keyvault delete; keyvault secret delete; keyvault key delete; keyvault certificate delete ~recover az keyvault recover, within its retention, 90 days unless set lower
kill:data sql db delete; cosmosdb delete; cosmosdb * delete; postgres * delete; mysql * delete; redis delete; storage * delete; storage blob delete-batch; storage account delete; storage container delete; storage fs delete; storage table delete; storage queue delete; storage message clear; storage remove; disk delete; snapshot delete; image delete; acr delete; acr repository delete; acr manifest delete; acr purge; servicebus * delete; eventhubs * delete; iot hub delete; dls * delete; netappfiles * delete; cosmosdb sql container delete; cosmosdb sql database delete; cognitiveservices account purge; appconfig purge; appconfig kv delete; dt delete; kusto * delete; search service delete; datalake * delete; managedapp delete; batch account delete; ml * delete
kill:data storage blob sync +--delete-destination=true; storage blob sync; storage fs directory delete; storage share delete; storage file delete-batch; storage blob undelete +--help
kill:out vm deallocate|stop|restart|reimage|simulate-eviction; vmss deallocate|stop|restart|reimage; vm run-command delete; aks stop; aks nodepool delete|stop|delete-machines; webapp stop; functionapp stop; container stop|restart; postgres flexible-server stop|restart; mysql flexible-server stop|restart; sql failover-group set-primary; cosmosdb failover-priority-change; redis force-reboot|flush; webapp deployment slot swap; functionapp deployment slot swap; aks scale +--node-count=0|-c=0; aks nodepool scale +--node-count=0|-c=0; network application-gateway stop; sql mi stop; vm disk detach; network vnet peering delete; network private-endpoint delete; eventhubs georecovery-alias fail-over; servicebus georecovery-alias fail-over; storage account failover; mysql server restart; postgres server restart; spring app stop|restart

mod webapp deployment slot swap; functionapp deployment slot swap
kill:data redis flush; vm reimage; vmss reimage # The disk is made anew.
kill:id,out network dns zone delete; network dns record-set * delete|remove-record; network private-dns zone delete; network private-dns record-set * delete|remove-record; network public-ip delete; webapp config hostname delete; cdn * delete; network traffic-manager * delete; network front-door * delete; afd * delete; cdn endpoint purge; afd endpoint purge
mod cdn endpoint purge; afd endpoint purge
kill:access role assignment delete; role definition delete; ad sp delete; ad app delete; ad group delete; ad user delete; ad group member remove; ad sp credential reset|delete; ad app credential reset|delete; keyvault delete-policy; identity delete; storage account keys renew; acr credential renew; acr token delete; acr scope-map delete; cosmosdb keys regenerate; redis regenerate-keys; sql server ad-admin delete; aks update-credentials|reset-credentials; vm user delete; vm user reset-ssh; vm identity remove; devops security * reset; ad app owner remove; ad sp owner remove; webapp auth *; postgres flexible-server firewall-rule delete
read webapp auth show; webapp auth * show
mod webapp auth update; webapp auth *
ask vm run-command invoke; vmss run-command invoke # It runs a script on the machine.
kill:data repos delete; repos ref delete; pipelines delete; boards work-item delete; devops project delete; artifacts universal delete; pipelines variable-group delete; pipelines build tag delete; pipelines runs tag delete`;

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
  valued: '-n -g -o -l -s -u -p -m -f -c --command --args', targets: '--name --resource-group --ids', flags: '--yes -y --no-wait --only-show-errors --verbose --debug', harmless: '--what-if --dryrun --dry-run', guards: '--yes -y --force --force-deletion --no-wait',
  where: { account: '--subscription AZURE_SUBSCRIPTION_ID', group: '--resource-group -g AZURE_DEFAULTS_GROUP', region: '--location -l AZURE_DEFAULTS_LOCATION' },
  commands: COMMANDS, otherwise: 'verbs', documented: azTable, doors: 'az', refine, meanings: (call, finding) => judgeOptions(AZ_OPTIONS, call, finding, AZ_SPELLING), moreWords: withFiles, abbreviates: MEANT,
  before: (call) => {
    if (call.args[0]?.value !== 'rest') return undefined;
    const url = optionText(call, '--url', '--uri', '-u');
    const method = optionText(call, '--method', '-m') ?? 'GET';
    if (url === undefined) return /^get$/i.test(method) ? [] : [found(call, { action: 'rest', mutation: 'unknown', reason: 'az: Sends a request to an address that is not known.', unknowns: ['the address'] })];
    const judged = judgeRequest({ method, url: url.startsWith('/') ? `https://management.azure.com${url}` : url, body: optionText(call, '--body', '-b') ?? '', headers: [] }, call);
    return judged.length > 0 ? judged : restFinding(call, method, url);
  },
});
