import type { Effect } from '../../model';
import { knownWord, type ReaderContext, type Finding } from '../invocation';
import { awsApiOperation } from '../knowledge/aws-operations';
import { effectsOfNoun } from '../engines/verbs';
import { judgePath } from '../engines/paths';
import { sqlStatements } from '../engines/sql/statements';
import { findInCommandText, findInWords } from './commands';
import { decodeEncodedCommand } from './powershell/encoded';
import { readPowerShell, type PsCommand, type PsWord } from './powershell/read';

const MAX_LENGTH = 2 * 1024 * 1024;

/** Noun prefixes of the AWS Tools for PowerShell. Source: AWS Tools for PowerShell Cmdlet Reference, "Browse by service". */
const AWS: Readonly<Record<string, string>> = {
  AAS: 'application-autoscaling', ACM: 'acm', AG: 'apigateway', AG2: 'apigatewayv2', AS: 'autoscaling', ATH: 'athena', BAK: 'backup', CB: 'codebuild', CD: 'codedeploy', CF: 'cloudfront', CFG: 'config', CFN: 'cloudformation', CGIP: 'cognito-idp', CP: 'codepipeline', CT: 'cloudtrail', CW: 'cloudwatch', CWL: 'logs', DAX: 'dax', DDB: 'dynamodb', DMS: 'dms',
  DOC: 'docdb', DS: 'ds', EB: 'elasticbeanstalk', EC: 'elasticache', EC2: 'ec2', ECR: 'ecr', ECS: 'ecs', EFS: 'efs', EKS: 'eks', ELB: 'elb', ELB2: 'elbv2', EMR: 'emr', ES: 'es', EVB: 'events', FSX: 'fsx', GLC: 'glacier', GLUE: 'glue', GD: 'guardduty', IAM: 'iam', KIN: 'kinesis', KMS: 'kms', LM: 'lambda', MSK: 'kafka', NPT: 'neptune', ORG: 'organizations', OS: 'opensearch',
  R53: 'route53', R53D: 'route53domains', RDS: 'rds', RS: 'redshift', S3: 's3api', SEC: 'secretsmanager', SFN: 'stepfunctions', SM: 'sagemaker', SNS: 'sns', SQS: 'sqs', SSM: 'ssm', WAF: 'waf', WAF2: 'wafv2', SES: 'ses', SG: 'storagegateway', LS: 'lightsail', GA: 'globalaccelerator', NWFW: 'network-firewall',
};
/** Verbs that an API's own become. Source: AWS Tools for PowerShell User Guide, "Cmdlet naming and aliases"; Approved Verbs for PowerShell Commands. */
const API_VERBS: Readonly<Record<string, readonly string[]>> = {
  remove: ['Delete', 'Terminate', 'Remove', 'Deregister', 'Release', 'Cancel', 'Revoke', 'Untag', 'Disassociate', 'Detach', 'ScheduleKeyDeletion', 'Schedule'], stop: ['Stop', 'Terminate', 'Cancel'], restart: ['Reboot', 'Restart'], disable: ['Disable', 'Schedule', 'Deactivate'], reset: ['Reset'], revoke: ['Revoke'], unregister: ['Deregister', 'Detach', 'Disassociate'], dismount: ['Detach'], clear: ['Purge', 'Clear'],
  edit: ['Modify', 'Change'], update: ['Update'], set: ['Set', 'Put'], write: ['Put'], send: ['Send', 'Publish'], start: ['Start'], request: ['Schedule', 'Request'], invoke: ['Invoke', 'Execute'],
};
const READS = /^(?:get|find|test|measure|select|show|read|wait|search|compare|format|convertto|convertfrom|out|write|where|foreach|sort|group|join|split|resolve|import|export|use|watch|ping|trace|debug|tee|receive|confirm|assert|limit|lock|push|pop|step|switch|enter|exit|connect|disconnect|open|close|initialize|copy)$/;
const ALIASES: Readonly<Record<string, string>> = { rm: 'remove-item', del: 'remove-item', ri: 'remove-item', erase: 'remove-item', rd: 'remove-item', rmdir: 'remove-item', iwr: 'invoke-webrequest', irm: 'invoke-restmethod', iex: 'invoke-expression', saps: 'start-process', start: 'start-process', icm: 'invoke-command', spsv: 'stop-service', kill: 'stop-process', spps: 'stop-process', clc: 'clear-content' };

/** What a PowerShell text would do. Positions count UTF-16 units in `text`. Never throws. */
export function findInPowerShell(text: string, context: ReaderContext, depth = 0): Finding[] {
  if (text.length > MAX_LENGTH || depth > 8) return [];
  const variables = new Map<string, string>();
  return readPowerShell(text, variables).flatMap((command, i, all) => judge(command, all[i - 1], context, depth));
}

const value = (word: PsWord | undefined): string | undefined => (word === undefined || word.parts.includes(undefined) ? undefined : word.parts.join(''));

function judge(command: PsCommand, before: PsCommand | undefined, context: ReaderContext, depth: number): Finding[] {
  const range = { start: command.start, end: command.end };
  // Blocks are what runs in branches, loops and pipelines: each counts.
  const inner = command.words.flatMap((w) => (w.block ? findInPowerShell(w.block.text, context, depth + 1).map((f) => ({ ...f, range: w.raw.startsWith('{') || w.raw.startsWith('(') ? { start: f.range.start + (w.block?.at ?? 0), end: f.range.end + (w.block?.at ?? 0) } : range })) : []));
  const words = command.words.filter((w, i) => !(i === 0 && (w.raw === '&' || w.raw === '.')));
  const [head] = words;
  const called = value(head);
  if (!head || called === undefined) return inner;
  const low = called.toLowerCase().replace(/^.*[\\/]/, '').replace(/\.(?:exe|cmd|ps1)$/, '');
  const name = ALIASES[low] ?? low.replace(/^.*\\/, '');
  const parameter = (...names: string[]): PsWord | undefined => {
    for (const [i, w] of words.entries()) {
      const given = /^-([A-Za-z]+)(?::(.*))?$/.exec(w.raw);
      if (!given || !w.bare) continue;
      const key = (given[1] ?? '').toLowerCase();
      if (!names.some((n) => n === key || (key.length > 2 && n.startsWith(key)))) continue;
      return given[2] === undefined ? (words[i + 1] ?? w) : { ...w, parts: [given[2]], raw: given[2] };
    }
    return undefined;
  };
  const has = (name: string): boolean => words.some((w) => w.bare && new RegExp(`^-${name.slice(0, 4)}`, 'i').test(w.raw) && name.toLowerCase().startsWith(w.raw.slice(1).toLowerCase().split(':')[0] ?? ' ') && !/:\$?false$/i.test(w.raw));
  const make = (operation: string, effects: readonly Effect[], reason: string, mutation: Finding['mutation'] = 'destructive'): Finding[] => {
    const dry = has('WhatIf');
    const named = parameter('name', 'identity', 'id', 'stackname', 'bucketname', 'instanceid', 'dbinstanceidentifier', 'tablename', 'resourcegroupname', 'path', 'literalpath');
    const target = named ? value(named) : value(words.find((w, i) => i > 0 && !w.raw.startsWith('-')));
    return dry ? [] : [{ operation, tool: 'powershell', mutation, effects, reversibility: { kind: effects.includes('data-loss') ? 'irreversible' : 'unknown' }, targets: named || target !== undefined ? [{ type: 'name', name: target ?? named?.raw, known: target !== undefined }] : [], context: {}, reason, unknowns: [], guardsOff: words.filter((w) => /^-(?:Force|Confirm:\$false|Confirm:0)$/i.test(w.raw)).map((w) => w.raw), range }];
  };
  if (/^(?:pwsh|powershell)$/.test(name)) {
    const encoded = parameter('encodedcommand', 'enc', 'ec', 'e');
    const text = encoded ? decodeEncodedCommand(value(encoded) ?? '') : value(parameter('command', 'c'));
    return [...inner, ...(text === undefined ? [] : findInPowerShell(text, context, depth + 1).map((f) => ({ ...f, range })))];
  }
  if (name === 'invoke-expression') {
    const source = words[1] ? value(words.find((w, i) => i > 0 && !w.raw.startsWith('-'))) : undefined;
    if (source !== undefined) return [...inner, ...findInPowerShell(source, context, depth + 1).map((f) => ({ ...f, range }))];
    const fetched = /(?:iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring|curl|wget)/i;
    return fetched.test(command.words.map((w) => w.raw).join(' ')) || (command.piped && before !== undefined && fetched.test(before.words.map((w) => w.raw).join(' '))) ? make('shell:remote-script', ['unknown'], 'Runs what is downloaded, unseen.', 'unknown') : make('shell:unknown-script', ['unknown'], 'Runs a text that is not known.', 'unknown');
  }
  if (name === 'start-process') {
    const list = words.filter((w) => w !== head && !/^-(?:FilePath|ArgumentList|Args|Wait|NoNewWindow|PassThru|Verb|WindowStyle|WorkingDirectory)/i.test(w.raw));
    return [...inner, ...findInCommandText(list.flatMap((w) => [...w.parts, ' ']).map((p) => p?.replaceAll(',', ' ')), range, context).filter((f) => f.mutation !== 'none')];
  }
  if (name === 'cmd') return [...inner, ...findInCommandText(words.slice(2).flatMap((w) => [...w.parts, ' ']), range, context).filter((f) => f.mutation !== 'none')];
  if (/^(?:invoke-restmethod|invoke-webrequest)$/.test(name)) {
    const method = value(parameter('method')) ?? 'GET';
    const url = parameter('uri') ?? words.find((w, i) => i > 0 && /^https?:/.test(w.parts[0] ?? ''));
    const body = parameter('body');
    return /^(?:get|head)$/i.test(method) || !url ? inner : [...inner, ...findInCommandText([`curl -X ${method.toUpperCase()} '`, ...url.parts, "'", ...(body ? [" -d '", ...body.parts.map((p) => p?.replaceAll("'", '')), "'"] : [])], range, context).filter((f) => f.mutation !== 'none')];
  }
  if (/^(?:invoke-sqlcmd|invoke-dbaquery)$/.test(name)) return [...inner, ...sqlStatements(value(parameter('query')) ?? '').filter((s) => s.mutation === 'destructive').flatMap((s) => make(`sql:${s.verb}`, s.effects, s.reason))];
  if (name === 'remove-item' || name === 'clear-content') {
    const paths = words.filter((w, i) => i > 0 && !/^-/.test(w.raw)).concat(parameter('path', 'literalpath') ?? []);
    return [...inner, ...paths.flatMap((w) => {
      const text = value(w) ?? w.raw.replace(/^\$(?:env:)?(?:HOME|USERPROFILE)/i, '~');
      const root = /^[A-Za-z]:[\\/]?\*?$|^[A-Za-z]:[\\/](?:Windows|Users|Program Files[^\\/]*)[\\/]?\*?$/i.test(text);
      const judged = root ? { effects: ['data-loss'] as const, why: 'it is a whole drive or what the system lives in.', certain: true } : judgePath(knownWord(text.replaceAll('\\', '/'), range), has('Recurse'), { cwd: context.cwd }, context);
      return judged?.certain ? make('files:delete', judged.effects, `Deletes ${text}: ${judged.why}`) : [];
    })];
  }
  const tool = context.readers.toolNamed(low);
  if (tool && !/^[a-z]+-[a-z]/.test(name)) return [...inner, ...findInWords(words.map((w) => (w.raw.startsWith('@') && w.bare ? 'many' : w.block ? [undefined] : w.parts)), range, context).filter((f) => f.mutation !== 'none')];
  const cmdlet = /^([a-z]+)-([a-z0-9]+)$/.exec(name);
  return cmdlet ? [...inner, ...judgeCmdlet(cmdlet[1] ?? '', called.replace(/^.*\\/, '').slice((cmdlet[1] ?? '').length + 1), make)] : inner;
}

const DESTROYS = /^(?:remove|uninstall|clear|reset|revoke|unregister|dismount|delete)$/;
const STOPS = /^(?:stop|restart|suspend|disable|reboot)$/;

/** A cmdlet by its verb and noun. */
function judgeCmdlet(verb: string, noun: string, make: (operation: string, effects: readonly Effect[], reason: string, mutation?: Finding['mutation']) => Finding[]): Finding[] {
  if (READS.test(verb)) return [];
  // The longest prefix that is a service's: `EC2Instance`, `S3Bucket`, `R53DDomain`.
  const prefix = Object.keys(AWS).filter((p) => noun.toUpperCase().startsWith(p) && /^[A-Z]/.test(noun.slice(p.length))).sort((a, b) => b.length - a.length)[0];
  if (prefix !== undefined && noun.slice(0, prefix.length) === prefix) {
    const rest = noun.slice(prefix.length);
    for (const api of API_VERBS[verb] ?? []) {
      for (const name of [`${api}${rest}`, `${api}${rest}s`, `${api}${rest.replace(/Collection$|List$/, '')}`, api === 'Schedule' ? `Schedule${rest}Deletion` : '', `${api}${rest.replace(/y$/, 'ies')}`]) {
        const operation = name === '' ? undefined : awsApiOperation(AWS[prefix] ?? '', name);
        if (!operation) continue;
        return operation.mutation === 'destructive' || operation.mutation === 'unknown' || operation.previewDecides ? make(operation.name, operation.effects, `Calls ${operation.name}.${operation.note === undefined ? '' : ` ${operation.note}`}`, operation.mutation === 'modifying' ? 'unknown' : operation.mutation) : [];
      }
    }
    if (DESTROYS.test(verb)) return make(`${AWS[prefix]}:${verb}-${noun}`, effectsOfNoun([rest]), `${verb}-${noun}: what it names is deleted.`);
    return STOPS.test(verb) ? make(`${AWS[prefix]}:${verb}-${noun}`, ['outage'], `${verb}-${noun}: what depends on it stops working.`) : [];
  }
  const cloud = /^(?:Az|AzureRm|Azure|Mg|Gc|GcS|Gcs|Gce|SP|PnP|VM|AD|ADDC|Dns|Dhcp|Cluster|Hyper|Iscsi|Storage|Virtual|Physical|Partition|Disk|Volume|Kube|EXO|Exo|Mailbox|DistributionGroup|Team|CM|Net|SmbShare|Web|IIS|Computer|Service|Process|LocalUser|LocalGroup|WindowsFeature|Snapshot|VApp|VMHost|Datastore|Folder|NsxT|DbaDatabase|SqlDatabase|Redis|ScheduledTask|CosmosDb)/i.test(noun);
  if (/^(?:format-volume|clear-disk|initialize-disk|remove-partition|reset-physicaldisk)$/i.test(`${verb}-${noun}`)) return make('disk:overwrite', ['data-loss'], `${verb}-${noun}: what is stored on the disk is lost.`);
  if (!cloud) return [];
  if (DESTROYS.test(verb)) {
    if (/^(?:AzContext|AzAccount|AzEnvironment|AzDefault|AzAlias|AzResourceTag|AzTag|Process|Net(?:Event|Trace)\w*|WebCookie)$/i.test(noun)) return [];
    return make(`${/^Az/i.test(noun) ? 'azure' : /^Gc/i.test(noun) ? 'google' : 'powershell'}:${verb}-${noun}`, effectsOfNoun(noun.replace(/^(?:AzureRm|Az|Mg|Gcs|Gce|Gc)/i, '').replace(/([a-z])([A-Z])/g, '$1 $2').split(' ')), `${verb}-${noun}: what it names is deleted.`);
  }
  if (STOPS.test(verb) && !/^Process$|^Computer$/i.test(noun)) return make(`powershell:${verb}-${noun}`, ['outage'], `${verb}-${noun}: what depends on it stops working.`);
  if (/^Computer$/i.test(noun) && /^(?:stop|restart)$/.test(verb)) return make(`powershell:${verb}-${noun}`, ['outage'], 'Stops or restarts this machine.');
  if (verb === 'invoke' && /^(?:AzVMRunCommand|AzVmssVMRunCommand)$/i.test(noun)) return make(`azure:${verb}-${noun}`, ['unknown'], 'Runs a script on a machine.', 'unknown');
  return [];
}
