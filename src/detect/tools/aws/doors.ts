import { parse as parseYaml } from 'yaml';
import type { Finding } from '../../invocation';
import { awsArgument } from '../../knowledge/aws-arguments';
import { allAwsTiers, awsApiOperation, type AwsOperation } from '../../knowledge/aws-operations';
import { doorOf, type KnownDoor } from '../../knowledge/doors';
import { targetNames, type AwsCall } from './call';
import { AwsParameters, isStructure, parseJson, textsIn, type Part } from './parameters';
import { phrase } from './reason';
import { UNKNOWN, type AwsValue } from './shorthand';
import type { OperationCall } from './refinement';
import { shWord } from '../../../model/sh-quote';
import { splitWords } from '../cli/call';
import { handedText, handedWords, throughDoor, type Handed } from '../cli/handed';

/** Members that put other code, or another role, in the place of what stands: what that does can't be seen here. */
const REPLACES = /^(?:sourceLocationOverride|sourceTypeOverride|secondarySourcesOverride|imageOverride|serviceRoleOverride)$/;
/** Keys under which commands stand, at any depth. Source: the models and document schemas of ECS, Batch, CodeBuild, EMR, Glue, SageMaker, Systems Manager, EC2. */
const COMMANDS = /^(?:command|commands|runcommand|entrypoint|containerentrypoint|containerarguments|args|script|scripts|buildcommand|startcommand|launchcommands|userdata|inlinescript|initializationscript)$/i;
/**
 * What an operation does as a door: what is handed in is judged by itself, and more is said of the rest.
 * @param base what the table and its refinements say.
 */
export function throughAwsDoor(operation: AwsOperation, base: Finding, call: OperationCall): Finding[] {
  const known = doorOf('aws', `${operation.service}:${operation.api}`);
  if (!known || base.mutation === 'destructive') return [base];
  // A dry run or a check of the permission.
  if (base.mutation === 'none' && operation.mutation !== 'none') return [base];
  const given = DOCUMENTS.has(operation.api) ? ofDocument(call, base) : ofMembers(known, operation, call);
  const apis = calledApis(known, operation, call);
  return [...opened(known, base, given, call), ...apis];
}

function opened(known: KnownDoor, base: Finding, given: Handed | undefined, call: OperationCall): Finding[] {
  const place = targetNames(base.targets.filter((t) => !/command|document|override|definition|name$|AWS::SSM::Document/i.test(t.type))) ?? targetNames(base.targets) ?? 'what it names';
  const told = (handed: Handed): Finding[] => {
    const [own, ...inner] = throughDoor({ invocation: call.invocation, tool: base.tool, provider: 'aws', context: base.context }, handed, { action: 'door', place });
    if (!own) return [base, ...inner];
    const { door: _none, ...rest } = base;
    return [{ ...rest, mutation: own.mutation, effects: own.effects, reversibility: own.reversibility, unknowns: [...base.unknowns, ...own.unknowns], reason: own.reason.replace(/^aws: /, ''), ...(own.door && { door: own.door }) }, ...inner];
  };
  const open = (mutation: Finding['mutation']): Finding => ({ ...base, mutation, effects: [], reversibility: { kind: 'unknown' }, door: known.door, reason: `${phrase(base.operation.split(':')[1] ?? '')} ${targetNames(base.targets) ?? ''}`.trimEnd() + `: ${known.reason.charAt(0).toLowerCase()}${known.reason.slice(1)}` });
  switch (known.door) {
    case 'shell': return given ? told(given) : [session(call, open('additive'))];
    case 'tunnel': return [open('additive')];
    case 'raw': return ['GET', 'HEAD'].includes(call.params.at('Method').shown() ?? '') ? [{ ...base, mutation: 'none', effects: [] }] : base.mutation === 'unknown' ? [{ ...base, door: 'raw' }] : [open('modifying')];
    case 'command': case 'unread':
      if (given) return told(given);
      return base.mutation === 'unknown' && !standing(base, call) ? [{ ...base, door: 'command' }] : [{ ...open('modifying'), door: 'job' }];
    case 'job':
      if (given && given.kind !== 'reads' && given.kind !== 'open' && given.kind !== 'session') return told(given);
      return [open('modifying')];
    case 'code':
      // It is kept and not run yet: only what it certainly destroys counts.
      return [base.mutation === 'none' ? base : { ...base, door: 'code' }, ...(given?.kind === 'judged' ? given.findings.filter((f) => f.mutation === 'destructive' || f.mutation === 'unknown') : [])];
  }
}

const CUSTOM_DOORS: ReadonlyMap<string, NonNullable<Finding['door']>> = new Map([
  ['emr ssh', 'shell'], ['emr socks', 'tunnel'], ['emr add-steps', 'job'], ['emr create-cluster', 'code'], ['ec2-instance-connect ssh', 'shell'], ['ec2-instance-connect open-tunnel', 'tunnel'],
]);

/** The AWS CLI's own commands that are doors. Source: awscli/customizations (emr), and the AWS CLI v2 reference of ec2-instance-connect. */
export function throughCustomDoor(service: string, command: string, made: Finding, call: AwsCall): Finding[] {
  const member = service === 'emr' ? { ssh: 'command', 'add-steps': 'steps', 'create-cluster': 'steps' }[command] : undefined;
  const part = member === undefined ? undefined : new AwsParameters(call).option(member);
  const place = targetNames(made.targets) ?? 'what it names';
  const given = part?.given === true ? ofPart(part, member === 'command' ? 'command' : 'data', `--${member ?? ''}`, call) : undefined;
  const door = CUSTOM_DOORS.get(`${service} ${command}`);
  if (door === undefined) return [made];
  if (door === 'code') return [{ ...made, door }, ...(given?.kind === 'judged' ? given.findings : [])];
  if (given && given.kind !== 'open') return throughDoor({ invocation: call.invocation, tool: 'aws', provider: made.operation.split(':')[0] ?? 'aws', context: made.context }, given, { action: made.operation.split(':')[1] ?? command, place, targets: made.targets });
  return [{ ...made, mutation: door === 'job' ? 'modifying' : 'additive', effects: [], door: given ? 'command' : door }];
}

/** Ports behind a tunnel of Session Manager. Source: Systems Manager user guide, "Starting a session (port forwarding to remote host)". */
function session({ params }: OperationCall, base: Finding): Finding {
  if (params.at('DocumentName').shown()?.includes('PortForwarding') !== true) return base;
  const port = params.at('Parameters').at('portNumber').items()[0]?.shown() ?? '';
  const tunnel: Finding = { ...base, door: 'tunnel', reason: `Opens a tunnel to ${targetNames(base.targets) ?? 'an instance'}; what goes through it is not seen here.` };
  if (/^(?:80|443|8\d{3}|3000|5000)$/.test(port)) {
    const { door: _none, ...plain } = tunnel;
    return plain;
  }
  return tunnel;
}

/** Operations that run a document of Systems Manager. */
const DOCUMENTS: ReadonlySet<string> = new Set(['SendCommand', 'CreateAssociation', 'UpdateAssociation', 'StartAutomationExecution', 'StartChangeRequestExecution', 'StartSession']);
/** Documents that run the text they are given. Source: AWS Systems Manager document reference. */
const SCRIPTS = /^(?:arn:[^/]*\/)?AWS-(?:Run(?:Shell|PowerShell)Script|StartInteractiveCommand|StartNonInteractiveCommand)$|Shell/;
/** Documents that fetch what they run. Source: the same. */
const FETCHES = /AWS-(?:RunRemoteScript|RunDocument|RunAnsiblePlaybook|ApplyAnsiblePlaybooks|RunSaltState|ApplyChefRecipes|InstallPowerShellModule)/;

/** A document that stands already, and whose name speaks of no end. */
function standing(base: Finding, { params }: OperationCall): boolean {
  const name = params.at('DocumentName').shown() ?? params.at('Name').shown();
  return DOCUMENTS.has(base.operation.split(':')[1] ?? '') && name !== undefined && !/Terminate|Delete|Stop|Restart|Reboot|Detach|Disable|Release|Reset|Remove|Revoke|Purge|Destroy/i.test(name);
}

function ofDocument(call: OperationCall, base: Finding): Handed | undefined {
  const { params } = call;
  const given = params.at('DocumentName').given ? params.at('DocumentName') : params.at('Name');
  const name = given.shown();
  if (name === undefined) return given.given || !base.operation.endsWith(':StartSession') ? { kind: 'unseen', what: given.given ? 'a document that is not known yet' : 'a document that is not named' } : undefined;
  if (FETCHES.test(name)) return { kind: 'unseen', what: `what ${name} fetches` };
  if (!SCRIPTS.test(name) && !/InteractiveCommand/.test(name)) return undefined;
  const parameters = params.at('Parameters');
  return (parameters.given ? ofPart(parameters, 'data', 'its parameters', call) : undefined) ?? { kind: 'unseen', what: 'its parameters' };
}

function ofMembers(known: KnownDoor, operation: AwsOperation, call: OperationCall): Handed | undefined {
  const texts: string[] = [];
  for (const member of known.members) {
    const part = call.params.at(member);
    if (!part.given) continue;
    if (REPLACES.test(member)) return { kind: 'unseen', what: part.shown() ?? member };
    const made = commandsOfPart(part, kindOf(operation, member));
    if (made === UNKNOWN) {
      // A definition that can't be read is deployed as ever; what runs at once is not known.
      if (known.door === 'code') continue;
      return { kind: 'unseen', what: member };
    }
    if (member === 'buildspecOverride' && !/[\n:]/.test(part.shown() ?? '')) return { kind: 'unseen', what: part.shown() ?? member };
    if (member === 'Arguments' && part.names().some((name) => OTHER_SCRIPTS.has(name))) return { kind: 'unseen', what: 'another script than the job\'s own' };
    texts.push(...made);
  }
  return judged(texts, known.door === 'command', call);
}

/** Arguments of a Glue job that have it run another script. Source: Glue developer guide, "Using job parameters in Glue jobs". */
const OTHER_SCRIPTS: ReadonlySet<string> = new Set(['--scriptLocation', '--extra-py-files', '--extra-jars']);

type Kind = 'command' | 'text' | 'list' | 'data' | 'json';

/** What a member's words are: a command itself, a text that holds some, or structures. */
function kindOf(operation: AwsOperation, member: string): Kind {
  const documented = awsArgument(`${operation.service}:${operation.api}`, member);
  return documented === undefined && /^(?:command|commandLine)$/i.test(member) ? 'command' : (documented?.kind ?? 'text');
}

/** The same part, read as what it is. */
const asKind = (part: Part, kind: Kind): Part => part.of(kind === 'command' ? 'text' : kind);

/** What a part hands in; undefined when it holds no command. */
function ofPart(part: Part, kind: Kind, what: string, call: AwsCall): Handed | undefined {
  const made = commandsOfPart(part, kind);
  return made === UNKNOWN ? { kind: 'unseen', what } : judged(made, false, call);
}

function judged(texts: readonly string[], asWords: boolean, call: AwsCall): Handed | undefined {
  const [only] = texts;
  if (only === undefined) return undefined;
  return texts.length === 1 && asWords ? handedWords(splitWords(only), call, true) : handedText(texts.join('\n'), call);
}

function commandsOfPart(part: Part, kind: Kind): string[] | typeof UNKNOWN {
  const value = asKind(part, kind).value();
  if (value === undefined || [...textsIn(value)].includes(UNKNOWN)) return UNKNOWN;
  if (typeof value !== 'string') return commandsOf(value);
  return kind === 'command' ? [value] : commandsIn(value);
}

/** The commands in a text: a script, or a document in JSON or YAML. */
function commandsIn(text: string): string[] {
  const trimmed = decoded(text).trim();
  if (/^#!/.test(trimmed)) return [trimmed];
  const value = document(trimmed);
  return value === undefined ? [] : commandsOf(value);
}

/** A text that is a document of its own; undefined when it is none. */
function document(text: string): AwsValue | undefined {
  if (/^[[{]/.test(text)) return parseJson(text);
  if (!/^[\w"'-]+\s*:\s/m.test(text) || !text.includes('\n')) return undefined;
  try {
    const value = parseYaml(text, { maxAliasCount: 100, logLevel: 'silent' }) as AwsValue;
    return isStructure(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Base64, as user data stands in JSON. */
function decoded(text: string): string {
  if (!/^[A-Za-z0-9+/\s]{16,}={0,2}$/.test(text)) return text;
  const plain = Buffer.from(text, 'base64').toString('utf8');
  return /^#(?:!|cloud-config)/.test(plain) ? plain : text;
}

function commandsOf(value: AwsValue, depth = 0): string[] {
  if (depth > 12 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return (value as readonly AwsValue[]).flatMap((v) => commandsOf(v, depth + 1));
  const entries = Object.entries(value as Readonly<Record<string, AwsValue>>);
  // An entry point and its words are one command.
  const program = entries.filter(([key, v]) => COMMANDS.test(key) && isTexts(v) && !LINES.test(key)).sort(([a]) => (/entrypoint/i.test(a) ? -1 : 1));
  const words = program.flatMap(([, v]) => (Array.isArray(v) ? v.map(String) : []));
  return [
    ...(words.length > 0 ? joined(words, false) : []),
    ...entries.flatMap(([key, v]): string[] => {
      if (!COMMANDS.test(key)) return key === 'content' || key === 'buildspec' ? (typeof v === 'string' ? commandsIn(v) : []) : commandsOf(v, depth + 1);
      if (typeof v === 'string') return [decoded(v)];
      if (isTexts(v)) return LINES.test(key) ? joined(v, true) : [];
      return commandsOf(v, depth + 1);
    }),
  ];
}

/** Keys whose texts are a line each, not the words of one. */
const LINES = /^(?:commands|runcommand|scripts)$/i;
const isTexts = (value: AwsValue): value is readonly string[] => Array.isArray(value) && value.every((w) => typeof w === 'string');

/** One command of words, or a line for each. */
function joined(words: readonly string[], lines: boolean): string[] {
  return words.length === 0 ? [] : [lines ? words.join('\n') : words.map(shWord).join(' ')];
}

/**
 * APIs that a target, a state machine or a runbook calls by name. Sources: EventBridge Scheduler, "Using universal targets"; Step Functions,
 * "Learning to use AWS service SDK integrations"; Systems Manager, aws:executeAwsApi.
 */
function calledApis(known: KnownDoor, operation: AwsOperation, call: OperationCall): Finding[] {
  return known.members.flatMap((m) => {
    const value = asKind(call.params.at(m), kindOf(operation, m)).value();
    return value === undefined ? [] : apisIn(value).flatMap(([service, api]) => calledApi(service, api, call));
  });
}

/** Services and APIs that a value names, also in documents that are texts of it. */
function apisIn(value: AwsValue, depth = 0): (readonly [service: string, api: string])[] {
  if (depth > 20) return [];
  if (typeof value === 'string') {
    const [arn, partition, , , , kind, service, api] = value.split(':');
    if (arn === 'arn' && partition?.startsWith('aws') === true && kind === 'aws-sdk') return [[service ?? '', (api ?? '').split('.')[0] ?? '']];
    const inner = document(value.trim());
    return inner === undefined ? [] : apisIn(inner, depth + 1);
  }
  if (Array.isArray(value)) return (value as readonly AwsValue[]).flatMap((v) => apisIn(v, depth + 1));
  if (!isStructure(value)) return [];
  const { Service: service, Api: api } = value;
  return [...(typeof service === 'string' && typeof api === 'string' ? [[service, api] as const] : []), ...Object.values(value).flatMap((v) => apisIn(v, depth + 1))];
}

/** The operation that a document names, whatever the case of its letters. */
function namedOperation(service: string, api: string): AwsOperation | undefined {
  for (const t of allAwsTiers()) {
    if (t.api.toLowerCase() === api.toLowerCase() && (t.service === service || awsApiOperation(service, t.api)?.service === t.service)) return awsApiOperation(t.service, t.api);
  }
  return undefined;
}

function calledApi(service: string, api: string, call: AwsCall): Finding[] {
  const operation = namedOperation(service, api);
  const destroys = operation ? operation.mutation === 'destructive' || operation.mutation === 'unknown' : /^(?:delete|terminate|destroy|purge|remove|deregister|stop|disable)/i.test(api);
  if (!destroys) return [];
  const name = operation?.name ?? `${service}:${api}`;
  return [{
    operation: name, tool: 'aws', mutation: operation?.mutation ?? 'unknown', effects: operation?.effects ?? ['unknown'], reversibility: operation?.reversibility ?? { kind: 'unknown' }, targets: [], context: call.context,
    reason: `Has ${name} called: ${phrase(operation?.api ?? api)}, without a command that is asked about.`, unknowns: operation ? [] : [`the operation ${api} of ${service}`], guardsOff: [], range: call.invocation.range,
  }];
}
