import { awsOperation, awsService, type AwsOperation } from '../../knowledge/aws-operations';
import { type ReaderContext, type Finding, type Invocation, knownWord, shText, type Tool, type Word } from '../../invocation';
import { readAwsAliases, splitAlias } from './alias';
import {
  finding, flagState, inputOptions, optionWords, readInput, surelyOn, unknownWords, valueTargets, wordTargets, type AwsCall,
} from './call';
import { AWS, type AwsCommandLine } from './command-line';
import { behindName, lineOf } from '../../words';
import { detectCustom, isCustom } from './custom';
import { throughAwsDoor, throughCustomDoor } from './doors';
import { AwsParameters } from './parameters';
import { asksForMore, awsPlace, otherModels } from './place';
import { phrase, reasonOf } from './reason';
import { detectS3 } from './s3';
import { refine } from './special';

/** In the table every operation that begins so reads, but for a few that only issue credentials; so a newer one does too. */
const READ_NAME = /^(describe|list|get)-[a-z0-9-]+$/;
/** An alias may call another; a longer chain is left undecided. */
const ALIAS_DEPTH = 8;

/** The AWS CLI, versions 1 and 2: every operation of every service, and its own commands. */
export const awsCli: Tool = {
  names: ['aws', 'awslocal'],
  detect: (invocation, context) => detectWords(invocation, context, behindName(invocation.argv), [], 0),
};

function detectWords(invocation: Invocation, detect: ReaderContext, words: readonly Word[], used: readonly string[], depth: number): Finding[] {
  const line = lineOf(AWS, words);
  const { context, unknowns } = awsPlace(line, invocation, detect, words);
  const { positionals, options } = line;
  const bare = { invocation, detect, context, positionals, options, separator: line.separator, input: undefined, unknowns } satisfies AwsCall;
  const asks = asksForMore(line, words, context, bare);
  if (asks !== undefined) return [undecided(bare, asks, [])];
  if (line.separator === 'before-operation') return [undecided(bare, 'A bare -- stands before the operation: what is an option and what a value behind it can not be told.', [])];
  if (line.globals.has('version')) return [finding(bare, { operation: 'cli:version', mutation: 'none', reason: 'Shows the version: changes nothing.' })];

  if (line.service === undefined) {
    if (line.loose.length > 0) return [undecided(bare, `Runs an AWS operation that only ${line.loose.map((w) => w.raw).join(' ')} tells.`, line.loose)];
    return [finding(bare, { operation: 'cli:help', mutation: 'none', reason: 'Shows how the AWS CLI is used: changes nothing.' })];
  }
  const service = line.service.value;
  if (service === undefined) return [undecided(bare, `Runs an operation of an AWS service that only ${line.service.raw} tells.`, [line.service])];
  const aliased = detectAlias(line, service, invocation, detect, words, used, depth);
  if (aliased) return aliased;
  if (service === 'help') return [finding(bare, { operation: 'cli:help', mutation: 'none', reason: 'Shows help: changes nothing.' })];

  const custom = line.operation === undefined ? undefined : line.operation.value;
  if (line.operation === undefined) {
    if (line.loose.length > 0) return [undecided(bare, `Runs an operation of ${service} that only ${line.loose.map((w) => w.raw).join(' ')} tells.`, line.loose)];
    // `aws configure` and `aws login` ask; a service alone is an error of use.
    const asked = detectCustom(service, '', bare);
    return asked ? [asked] : [finding(bare, { operation: `${service}:help`, mutation: 'none', reason: 'Names no operation: the AWS CLI only shows how it is used.' })];
  }
  if (custom === undefined) return [undecided(bare, `Runs an operation of ${service} that only ${line.operation.raw} tells.`, [line.operation])];
  if (custom === 'help' || asksForHelp(line, service, custom)) return [finding(bare, { operation: `${service}:help`, mutation: 'none', reason: 'Shows help: changes nothing.' })];
  const models = otherModels(invocation, detect, context, awsOperation(service, custom));
  if (models !== undefined) return [undecided(bare, models, [])];
  const call: AwsCall = { ...bare, input: readInput(bare) };
  if (service === 's3') return [detectS3(custom, call) ?? unknownCommand(call, service, custom)];
  const made = detectCustom(service, custom, call);
  if (made) return throughCustomDoor(service, custom, made, call);
  const operation = awsOperation(service, custom);
  return operation === undefined ? [unknownCommand(call, service, custom)] : detectOperation(operation, call);
}

/**
 * Whether `help` behind the operation is a request for help. For the CLI's own commands only when nothing else stands there: of
 * `s3 sync help s3://bucket` it is a folder. Source: awscli/argparser.py (ArgTableArgParser) and clidriver.py (ServiceOperation).
 */
function asksForHelp({ args, separator }: AwsCommandLine, service: string, command: string): boolean {
  if (separator !== 'none' || args[0]?.value !== 'help') return false;
  return args.length === 1 || (service !== 's3' && awsOperation(service, command) !== undefined);
}

function detectOperation(operation: AwsOperation, call: AwsCall): Finding[] {
  if (call.separator === 'none' && call.options.some((o) => o.name === 'generate-cli-skeleton')) {
    return [finding(call, { operation: operation.name, mutation: 'none', reason: 'Prints an empty input: nothing is called.' })];
  }
  const targets = targetsOf(operation, call);
  const loose = call.positionals.filter((w) => w.value === undefined || w.multi);
  const unknowns = [
    ...operation.targets.flatMap((t) => unknownWords(optionWords(call, t.option) ?? [], t.option.replaceAll('-', ' '))),
    ...loose.map((w) => `further words come from ${w.raw}`),
    ...inputUnknowns(call),
  ];
  if (operation.dryRun && isDryRun(call, loose)) {
    return [finding(call, { operation: operation.name, mutation: 'none', targets, unknowns, reason: `A dry run of ${operation.command}: checks the permission and changes nothing.` })];
  }
  // Settings that can't be read may take a protection off as well as anything else.
  const hidden = operation.mutation === 'modifying' && !operation.previewDecides && inputUnknowns(call).length > 0;
  const base = finding(call, {
    operation: operation.name,
    mutation: hidden ? 'unknown' : operation.mutation,
    effects: hidden ? ['unknown'] : operation.effects,
    reversibility: operation.reversibility,
    targets: targets.length === 0 && (loose.length > 0 || inputUnknowns(call).length > 0) && operation.targets[0]
      ? [{ type: operation.targets[0].type, name: undefined, known: false }]
      : targets,
    unknowns,
    ...(operation.previewDecides && { previewDecides: true }),
    reason: reasonOf(operation, targets, operation.effects),
  });
  const whole = { ...call, params: new AwsParameters(call, `${operation.service}:${operation.api}`) };
  return throughAwsDoor(operation, operation.mutation === 'none' ? base : refine(operation, base, whole), whole);
}

/** True when the DryRun parameter is on: the last of `--dry-run` and `--no-dry-run` wins, and both win over the input file. */
function isDryRun(call: AwsCall, loose: readonly Word[]): boolean {
  // A word that may be anything may take the flag back; `--dry-run=x` and `--dry-run x` are refused by the CLI.
  if (flagState(call, 'dry-run') !== undefined) return loose.length === 0 && surelyOn(call, 'dry-run');
  return call.input?.['DryRun'] === true || call.input?.['dryRun'] === true;
}

function targetsOf(operation: AwsOperation, call: AwsCall): Finding['targets'] {
  return operation.targets.flatMap((target) => {
    const words = optionWords(call, target.option);
    if (words !== undefined) return wordTargets(target.list ? words : words.slice(0, 1), target.type, call, target.option);
    const value = call.input?.[target.member];
    return value === undefined ? [] : valueTargets(value, target.type);
  });
}

function inputUnknowns(call: AwsCall): string[] {
  const given = inputOptions(call);
  return given.length === 0 || call.input !== undefined ? [] : [`the input ${given.flatMap((o) => o.values).map((w) => w.raw).join(' ')} could not be read`];
}

function detectAlias(
  line: AwsCommandLine, service: string, invocation: Invocation, detect: ReaderContext, words: readonly Word[], used: readonly string[], depth: number,
): Finding[] | undefined {
  const aliases = readAwsAliases(detect);
  if (aliases.size === 0) return undefined;
  const operation = line.operation?.value;
  const nested = operation === undefined ? undefined : `${service} ${operation}`;
  const name = aliases.has(service) && !used.includes(service) ? service : nested !== undefined && aliases.has(nested) && !used.includes(nested) ? nested : undefined;
  const value = name === undefined ? undefined : aliases.get(name);
  if (name === undefined || value === undefined) return undefined;
  if (depth >= ALIAS_DEPTH) {
    const bare = { invocation, detect, context: {}, positionals: [], options: [], separator: line.separator, input: undefined, unknowns: [] } satisfies AwsCall;
    return [undecided(bare, `The alias ${name} stands for another, and so on more than ${ALIAS_DEPTH} times: what runs in the end was not looked for.`, [])];
  }
  const rest = words.filter((w) => w !== line.service && !(name === nested && w === line.operation));
  if (value.startsWith('!')) {
    // The shell gets the words that follow as arguments of the last command of the alias.
    const text = [value.slice(1), ...rest.map(shText)].join(' ');
    return detect.readers.find('shell', text, { ...detect, cwd: invocation.cwd ?? detect.cwd }).map((f) => ({ ...f, range: invocation.range }));
  }
  const expanded = splitAlias(value);
  if (expanded === undefined) return undefined;
  const prefix = name === nested ? [service, ...expanded] : expanded;
  const made = detectWords(invocation, detect, [...prefix.map((w) => knownWord(w, invocation.range)), ...rest], [...used, name], depth + 1);
  // Version 1 knows no aliases of one service: there a command that is shadowed stands for itself.
  const shadows = service === 's3' || awsOperation(service, operation ?? '') !== undefined || isCustom(service, operation ?? '');
  return name === nested && shadows ? [...made, ...detectWords(invocation, detect, words, [...used, name], depth + 1)] : made;
}

function undecided(call: AwsCall, reason: string, words: readonly Word[]): Finding {
  return finding(call, {
    operation: 'aws:unknown',
    mutation: 'unknown',
    effects: ['unknown'],
    reason,
    unknowns: words.map((w) => `the operation comes from ${w.raw}`),
  });
}

/** A service or operation that the table doesn't have: a typing error, or newer than the table. */
function unknownCommand(call: AwsCall, service: string, command: string): Finding {
  const isKnown = awsService(service) !== undefined || service === 's3';
  if (READ_NAME.test(command)) {
    return finding(call, {
      operation: `${service}:${command}`,
      mutation: 'none',
      reason: `${command} of ${service} is newer than what is known here; by its name it only reads.`,
      unknowns: [isKnown ? `the operation ${command} of ${service}` : `the service ${service}`],
    });
  }
  const api = command.split('-').map((p) => p.charAt(0).toUpperCase() + p.slice(1)).join('');
  return finding(call, {
    operation: `${service || 'aws'}:${api || 'unknown'}`,
    mutation: 'unknown',
    effects: ['unknown'],
    reason: isKnown
      ? `${phrase(api)}: this operation of ${service} is not known here, so what it changes can not be told.`
      : `${service} is not an AWS service that is known here, so what it changes can not be told.`,
    unknowns: [isKnown ? `the operation ${command} of ${service}` : `the service ${service}`],
    targets: call.options.flatMap((o) => (/(name|id|identifier|arn)s?$/.test(o.name) ? wordTargets(o.values, o.name, call) : [])),
  });
}

