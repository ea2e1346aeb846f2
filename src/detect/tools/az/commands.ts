import { knownWord, type Finding, type Word } from '../../invocation';
import { azTable } from '../../knowledge/az-commands';
import { AZ_COMMANDS } from './table';
import { fileText, found, option, optionText, optionTexts, type CliCall } from '../cli/call';
import { commandTool } from '../cli/command-tool';
import { handedText } from '../cli/handed';
import { judgeRequest } from '../http/request';
import { AZ_OPTIONS, AZ_SPELLING } from './options';
import { azNetworkRule } from '../options/firewall';
import { judgeOptions } from '../options/meaning';

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
  commands: AZ_COMMANDS, otherwise: 'verbs', documented: azTable, doors: 'az', refine,
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
