import type { Finding } from '../invocation';
import { allAwsTiers, awsApiOperation, dashed, type AwsOperation } from '../knowledge/aws-operations';
import { doorOf, type KnownDoor } from '../knowledge/doors';
import { optionList, optionText, optionWords, readObject, targetNames, type AwsCall } from './aws-call';
import { phrase } from './aws-reason';
import { quote, splitWords } from './cli/call';
import { handedText, handedWords, throughDoor, type Handed } from './cli/handed';

/** Members that put other code, or another role, in the place of what stands: what that does can't be seen here. */
const REPLACES = /^(?:sourceLocationOverride|sourceTypeOverride|secondarySourcesOverride|imageOverride|serviceRoleOverride)$/;
/** Keys under which commands stand, at any depth. Source: the models and document schemas of ECS, Batch, CodeBuild, EMR, Glue, SageMaker, Systems Manager, EC2. */
const COMMANDS = /^(?:command|commands|runcommand|entrypoint|containerentrypoint|containerarguments|args|script|scripts|buildcommand|startcommand|launchcommands|userdata|inlinescript|initializationscript)$/i;
/** awscli's shorthand for the same (`command=[sh,-c,…]`). Source: AWS CLI user guide, "Shorthand syntax". */
const SHORTHAND = /(?:^|[,{[\s])(commands?|entryPoint|Args|userData|ContainerEntrypoint)=(\[[^\]]*\]|"(?:[^"\\]|\\.)*"|'[^']*'|[^}=\n]+?(?=,\s*[\w-]+=|[}\n]|$))/gi;

/**
 * What an operation does as a door: what is handed in is judged by itself, and more is said of the rest.
 * @param findings what the table and its refinements say.
 */
export function throughAwsDoor(operation: AwsOperation, findings: readonly Finding[], call: AwsCall): Finding[] {
  const known = doorOf('aws', `${operation.service}:${operation.api}`);
  const [base, ...others] = findings;
  if (!known || !base || base.mutation === 'destructive') return [...findings];
  // A dry run or a check of the permission.
  if (base.mutation === 'none' && operation.mutation !== 'none') return [...findings];
  const given = DOCUMENTS.has(operation.api) ? ofDocument(call, base) : ofMembers(known, call);
  const apis = calledApis(known, call);
  return [...opened(known, base, given, call), ...apis, ...others];
}

function opened(known: KnownDoor, base: Finding, given: Handed | undefined, call: AwsCall): Finding[] {
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
    case 'raw': return /^(?:GET|HEAD)$/.test(optionText(call, 'method', 'Method') ?? '') ? [{ ...base, mutation: 'none', effects: [] }] : base.mutation === 'unknown' ? [{ ...base, door: 'raw' }] : [open('modifying')];
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
  const text = member === undefined ? undefined : optionList(call, member);
  const texts = text === undefined ? [] : commandsIn(text, member === 'command');
  const place = targetNames(made.targets) ?? 'what it names';
  const given = texts.length > 0 ? handedText(texts.join('\n'), call) : member !== undefined && text === undefined && optionWords(call, member) ? { kind: 'unseen' as const, what: `--${member}` } : undefined;
  const door = CUSTOM_DOORS.get(`${service} ${command}`);
  if (door === undefined) return [made];
  if (door === 'code') return [{ ...made, door }, ...(given?.kind === 'judged' ? given.findings : [])];
  if (given && given.kind !== 'open') return throughDoor({ invocation: call.invocation, tool: 'aws', provider: made.operation.split(':')[0] ?? 'aws', context: made.context }, given, { action: made.operation.split(':')[1] ?? command, place, targets: made.targets });
  return [{ ...made, mutation: door === 'job' ? 'modifying' : 'additive', effects: [], door: given ? 'command' : door }];
}

/** Ports of databases behind a tunnel of Session Manager. Source: Systems Manager user guide, "Starting a session (port forwarding to remote host)". */
function session(call: AwsCall, base: Finding): Finding {
  if (!/PortForwarding/.test(optionText(call, 'document-name', 'DocumentName') ?? '')) return base;
  const port = /portNumber["']?\s*[=:]\s*\[?\s*["']?(\d+)/.exec(optionList(call, 'parameters', 'Parameters') ?? '')?.[1];
  const tunnel: Finding = { ...base, door: 'tunnel', reason: `Opens a tunnel to ${targetNames(base.targets) ?? 'an instance'}; what goes through it is not seen here.` };
  if (/^(?:80|443|8\d{3}|3000|5000)$/.test(port ?? '')) {
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
function standing(base: Finding, call: AwsCall): boolean {
  const name = optionText(call, 'document-name', 'DocumentName') ?? optionText(call, 'name', 'Name');
  return DOCUMENTS.has(base.operation.split(':')[1] ?? '') && name !== undefined && !/Terminate|Delete|Stop|Restart|Reboot|Detach|Disable|Release|Reset|Remove|Revoke|Purge|Destroy/i.test(name);
}

function ofDocument(call: AwsCall, base: Finding): Handed | undefined {
  const name = optionText(call, 'document-name', 'DocumentName') ?? optionText(call, 'name', 'Name');
  const given = optionWords(call, 'document-name') ?? optionWords(call, 'name');
  const isSession = base.operation.endsWith(':StartSession');
  if (name === undefined) return given || !isSession ? { kind: 'unseen', what: given?.map((w) => w.raw).join(' ') ?? 'a document that is not named' } : undefined;
  if (FETCHES.test(name)) return { kind: 'unseen', what: `what ${name} fetches` };
  if (!SCRIPTS.test(name) && !/InteractiveCommand/.test(name)) return undefined;
  const parameters = optionList(call, 'parameters', 'Parameters');
  if (parameters === undefined) return { kind: 'unseen', what: 'its parameters' };
  const texts = commandsIn(parameters);
  return texts.length === 0 ? { kind: 'unseen', what: 'its parameters' } : handedText(texts.join('\n'), call);
}

function ofMembers(known: KnownDoor, call: AwsCall): Handed | undefined {
  const texts: string[] = [];
  for (const member of known.members) {
    const words = optionWords(call, dashed(member));
    if (words === undefined && call.input?.[member] === undefined) continue;
    const text = optionList(call, dashed(member), member);
    if (REPLACES.test(member)) return { kind: 'unseen', what: text ?? member };
    if (text === undefined) {
      // A definition that can't be read is deployed as ever; what runs at once is not known.
      if (known.door === 'code') continue;
      return { kind: 'unseen', what: words?.map((w) => w.raw).join(' ') ?? member };
    }
    if (member === 'buildspecOverride' && !/[\n:]/.test(text)) return { kind: 'unseen', what: text };
    if (/--scriptLocation|--extra-py-files|--extra-jars/.test(text) && member === 'Arguments') return { kind: 'unseen', what: 'another script than the job\'s own' };
    texts.push(...commandsIn(text, /^(?:command|commandLine)$/i.test(member)));
  }
  const [only] = texts;
  if (only === undefined) return undefined;
  return texts.length === 1 && known.door === 'command' ? handedWords(splitWords(only), call, true) : handedText(texts.join('\n'), call);
}

/** The commands in a text: JSON, YAML, a script, or awscli's shorthand. */
export function commandsIn(text: string, whole = false): string[] {
  if (whole) return [text];
  const trimmed = decoded(text).trim();
  if (/^#!/.test(trimmed)) return [trimmed];
  const value = /^[[{]/.test(trimmed) ? (readObject(trimmed) ?? readList(trimmed)) : /^[\w"'-]+\s*:\s/m.test(trimmed) && trimmed.includes('\n') ? readObject(trimmed, true) : undefined;
  if (value !== undefined) return commandsOf(value);
  return [...trimmed.matchAll(SHORTHAND)].flatMap((m) => {
    const words = m[2] ?? '';
    const list = /^["']/.test(words) ? [unquoted(words)] : (readList(words)?.map(String) ?? words.replace(/^\[|\]$/g, '').split(',').map((w) => unquoted(w.trim())));
    return joined(list, /^(?:commands|userData)$/i.test(m[1] ?? ''));
  });
}

const unquoted = (text: string): string => text.replace(/^(["'])([^]*)\1$/, '$2');

/** Base64, as user data stands in JSON. */
function decoded(text: string): string {
  if (!/^[A-Za-z0-9+/\s]{16,}={0,2}$/.test(text)) return text;
  const plain = Buffer.from(text, 'base64').toString('utf8');
  return /^#(?:!|cloud-config)/.test(plain) ? plain : text;
}

function readList(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function commandsOf(value: unknown, depth = 0): string[] {
  if (depth > 12 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((v) => commandsOf(v, depth + 1));
  const entries = Object.entries(value);
  // An entry point and its words are one command.
  const program = entries.filter(([key, v]) => COMMANDS.test(key) && Array.isArray(v) && v.every((w) => typeof w === 'string') && !/^(?:commands|runcommand|scripts)$/i.test(key)).sort(([a]) => (/entrypoint/i.test(a) ? -1 : 1));
  const words = program.flatMap(([, v]) => (Array.isArray(v) ? v.map(String) : []));
  return [
    ...(words.length > 0 ? joined(words, false) : []),
    ...entries.flatMap(([key, v]): string[] => {
      if (!COMMANDS.test(key)) return key === 'content' || key === 'buildspec' ? (typeof v === 'string' ? commandsIn(v) : []) : commandsOf(v, depth + 1);
      if (typeof v === 'string') return [decoded(v)];
      if (Array.isArray(v) && v.every((w) => typeof w === 'string')) return /^(?:commands|runcommand|scripts)$/i.test(key) ? joined(v, true) : [];
      return commandsOf(v, depth + 1);
    }),
  ];
}

/** One command of words, or a line for each. */
function joined(words: readonly string[], lines: boolean): string[] {
  return words.length === 0 ? [] : [lines ? words.join('\n') : words.map(quote).join(' ')];
}

/**
 * APIs that a target, a state machine or a runbook calls by name. Sources: EventBridge Scheduler, "Using universal targets"; Step Functions,
 * "Learning to use AWS service SDK integrations"; Systems Manager, aws:executeAwsApi.
 */
function calledApis(known: KnownDoor, call: AwsCall): Finding[] {
  const texts = known.members.flatMap((m) => optionList(call, dashed(m), m) ?? []);
  return texts.flatMap((text) => [
    ...text.matchAll(/arn:aws[\w-]*:(?:scheduler|states):[\w-]*:\d*:aws-sdk:(\w+):(\w+)/g),
    ...text.matchAll(/["']?Service["']?\s*:\s*["']?(\w+)["']?\s*,?\s*["']?Api["']?\s*:\s*["']?(\w+)/g),
  ]).flatMap((m) => calledApi(m[1] ?? '', m[2] ?? '', call));
}

function calledApi(service: string, api: string, call: AwsCall): Finding[] {
  const named = [...allAwsTiers()].find((t) => t.api.toLowerCase() === api.toLowerCase() && (t.service === service || awsApiOperation(service, t.api)?.service === t.service));
  const operation = named && awsApiOperation(named.service, named.api);
  const destroys = operation ? operation.mutation === 'destructive' || operation.mutation === 'unknown' : /^(?:delete|terminate|destroy|purge|remove|deregister|stop|disable)/i.test(api);
  if (!destroys) return [];
  const name = operation?.name ?? `${service}:${api}`;
  return [{
    operation: name, tool: 'aws', mutation: operation?.mutation ?? 'unknown', effects: operation?.effects ?? ['unknown'], reversibility: operation?.reversibility ?? { kind: 'unknown' }, targets: [], context: call.context,
    reason: `Has ${name} called: ${phrase(operation?.api ?? api)}, without a command that is asked about.`, unknowns: operation ? [] : [`the operation ${api} of ${service}`], guardsOff: [], range: call.invocation.range,
  }];
}
