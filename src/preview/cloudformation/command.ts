import { homedir } from 'node:os';
import { optionWords, readBeside, readObject, readParameter } from '../../detect/tools/aws/call';
import { awsLine } from '../../detect/tools/aws/command-line';
import { readTextFile } from '../reading';
import { pairsOf, readStructures, type Pairs } from './shorthand';
import { readStackSetWords, STACK_SET_VERBS, type StackSetWords } from './stack-set-command';

/** The template a command would use. */
export type TemplateInput =
  | { readonly kind: 'text'; readonly text: string; readonly from: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'previous' }
  | { readonly kind: 'none' };

export interface ParameterInput {
  readonly key: string;
  /** Undefined: the previous value. */
  readonly value: string | undefined;
}

/** Where and as whom the command acts, as far as its own words say. */
export interface ConnectionOptions {
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly caBundle?: string;
  readonly verifySsl: boolean;
  readonly sign: boolean;
}

/** A held `aws cloudformation …` command, taken apart. */
export interface CloudFormationCommand {
  /** `delete-stack`, `deploy`, … */
  readonly verb: string;
  readonly connection: ConnectionOptions;
  /** Name or id of the stack. */
  readonly stackName: string | undefined;
  readonly template: TemplateInput;
  /** For `deploy` every parameter that isn't overridden keeps its previous value. */
  readonly keepsOtherParameters: boolean;
  readonly parameters: readonly ParameterInput[];
  readonly capabilities: readonly string[];
  /** Undefined: the stack keeps its tags. */
  readonly tags: readonly { readonly Key: string; readonly Value: string }[] | undefined;
  readonly notificationArns: readonly string[] | undefined;
  readonly resourceTypes: readonly string[] | undefined;
  readonly roleArn: string | undefined;
  readonly changeSetName: string | undefined;
  readonly changeSetType: string | undefined;
  readonly deploymentMode: string | undefined;
  readonly importExistingResources: boolean;
  readonly imports: boolean;
  /** Logical ids in `--resources-to-import`. */
  readonly importIds: readonly string[];
  readonly disableRollback: boolean;
  /** `--on-stack-failure` of a change set, `--on-failure` of a creation. */
  readonly onFailure: string | undefined;
  readonly retainResources: readonly string[];
  /** `--resources-to-skip` of a rollback. */
  readonly resourcesToSkip: readonly string[];
  readonly deletionMode: string | undefined;
  readonly overridesStackPolicy: boolean;
  /** Of a command on a stack set. */
  readonly stackSet?: StackSetWords;
  /** What could not be read, each a sentence with the next step. */
  readonly problems: readonly string[];
}

/** A command with nothing said but its verb, its stack and where it acts: what other tools' commands come down to. */
export function plainCommand(verb: string, stackName: string, connection: ConnectionOptions): CloudFormationCommand {
  return {
    verb, connection, stackName, template: { kind: 'none' }, keepsOtherParameters: verb === 'deploy', parameters: [], capabilities: [], tags: undefined, notificationArns: undefined,
    resourceTypes: undefined, roleArn: undefined, changeSetName: undefined, changeSetType: undefined, deploymentMode: undefined, importExistingResources: false, imports: false, importIds: [], disableRollback: false, onFailure: undefined,
    retainResources: [], resourcesToSkip: [], deletionMode: undefined, overridesStackPolicy: false, problems: [],
  };
}

/**
 * Takes apart a real `aws` argv.
 * @param argv argv[0] is the tool.
 * @returns undefined when it is not an `aws cloudformation` command.
 */
export function readCommand(argv: readonly string[], cwd: string, readFile = readTextFile, env: NodeJS.ProcessEnv = process.env): CloudFormationCommand | undefined {
  const line = awsLine(argv);
  const verb = line.operation?.value;
  if (line.service?.value !== 'cloudformation' || verb === undefined) return undefined;
  const problems: string[] = [];

  const rawWords = (name: string): string[] | undefined => optionWords(line, name)?.flatMap((word) => word.value ?? []);
  const resolve = (name: string, text: string): string | undefined => {
    if (/^https?:\/\//.test(text) && name !== 'template-url') {
      problems.push(`--${name} is an address that the preview does not fetch. Put the content in a file and give file://.`);
      return undefined;
    }
    const read = readParameter(text, { cwd, home: homedir(), env, readFile }, { cwd });
    if (read === undefined) problems.push(`${text} (for --${name}) can't be read. Check the path, seen from ${cwd}.`);
    return read;
  };
  const input = cliInput(rawWords, resolve, problems);
  const words = (name: string): string[] | undefined => rawWords(name)?.flatMap((text) => resolve(name, text) ?? []);
  // Of several words none is a file's name or JSON to the CLI. Source: awscli/paramfile.py, awscli/customizations/cloudformation/deploy.py.
  const oneFile = (name: string): readonly string[] => {
    const given = rawWords(name) ?? [];
    if (given.length < 2) return words(name) ?? [];
    const odd = given.find((word) => /^(?:\s*[[{]|fileb?:\/\/|https?:\/\/)/.test(word));
    if (odd !== undefined) problems.push(`--${name} has several words, and ${odd.slice(0, 40)} among them: versions of the AWS CLI read that differently. Give Key=Value words, or one file.`);
    return given;
  };
  const text = (name: string, member?: string): string | undefined => {
    const given = words(name);
    if (given !== undefined) return given.length === 0 ? undefined : given.join(' ');
    const value = member === undefined ? undefined : input?.[member];
    return typeof value === 'string' ? value : value === undefined ? undefined : String(value);
  };
  const list = (name: string, member: string): string[] | undefined => {
    const given = words(name);
    if (given !== undefined) return given.flatMap((word) => jsonStrings(word) ?? word.split(/\s+/).filter((part) => part !== ''));
    const value = input?.[member];
    return Array.isArray(value) ? value.map(String) : undefined;
  };
  const structures = (name: string, member: string): readonly Pairs[] | undefined => {
    const given = words(name);
    const read = given !== undefined ? readStructures(given) : input?.[member] === undefined ? undefined : readStructures([JSON.stringify(input[member])]);
    if (typeof read === 'string') problems.push(`--${name} can't be read: ${read}.`);
    return typeof read === 'string' ? undefined : read;
  };
  const flag = (name: string, member: string): boolean => rawWords(name) !== undefined || input?.[member] === true;

  const global = (name: string): string | undefined => line.globals.get(name)?.value;
  const deploy = verb === 'deploy';
  return {
    verb,
    connection: {
      profile: global('profile'), region: global('region'), endpointUrl: global('endpoint-url'), caBundle: global('ca-bundle'),
      verifySsl: !line.globals.has('no-verify-ssl'), sign: !line.globals.has('no-sign-request'),
    },
    stackName: text('stack-name', 'StackName'),
    template: deploy ? templateFile(rawWords('template-file')?.[0], cwd, readFile, problems)
      : templateOf({ body: text('template-body', 'TemplateBody'), bodyFrom: rawWords('template-body')?.[0], url: text('template-url', 'TemplateURL'), previous: flag('use-previous-template', 'UsePreviousTemplate') }),
    keepsOtherParameters: deploy,
    parameters: deploy ? overrides(oneFile('parameter-overrides'), problems) : parameters(structures('parameters', 'Parameters') ?? []),
    capabilities: list('capabilities', 'Capabilities') ?? [],
    tags: deploy ? keyValues(words('tags') ?? []) : structures('tags', 'Tags')?.map((tag) => ({ Key: tag['Key'] ?? '', Value: tag['Value'] ?? '' })),
    notificationArns: list('notification-arns', 'NotificationARNs'),
    resourceTypes: list('resource-types', 'ResourceTypes'),
    roleArn: text('role-arn', 'RoleARN'),
    changeSetName: text('change-set-name', 'ChangeSetName'),
    changeSetType: text('change-set-type', 'ChangeSetType'),
    deploymentMode: text('deployment-mode', 'DeploymentMode'),
    importExistingResources: flag('import-existing-resources', 'ImportExistingResources'),
    imports: rawWords('resources-to-import') !== undefined || input?.['ResourcesToImport'] !== undefined,
    importIds: (structures('resources-to-import', 'ResourcesToImport') ?? []).flatMap((one) => one['LogicalResourceId'] ?? []),
    disableRollback: flag('disable-rollback', 'DisableRollback') && rawWords('no-disable-rollback') === undefined,
    onFailure: text('on-stack-failure', 'OnStackFailure') ?? text('on-failure', 'OnFailure'),
    retainResources: list('retain-resources', 'RetainResources') ?? [],
    resourcesToSkip: list('resources-to-skip', 'ResourcesToSkip') ?? [],
    deletionMode: text('deletion-mode', 'DeletionMode'),
    overridesStackPolicy: rawWords('stack-policy-during-update-body') !== undefined || rawWords('stack-policy-during-update-url') !== undefined
      || input?.['StackPolicyDuringUpdateBody'] !== undefined || input?.['StackPolicyDuringUpdateURL'] !== undefined,
    ...(STACK_SET_VERBS.has(verb) ? { stackSet: readStackSetWords({ text, list, words, given: (name) => rawWords(name) !== undefined, input }) } : {}),
    problems,
  };
}

function cliInput(
  rawWords: (name: string) => string[] | undefined,
  resolve: (name: string, text: string) => string | undefined,
  problems: string[],
): Readonly<Record<string, unknown>> | undefined {
  for (const [name, yaml] of [['cli-input-json', false], ['cli-input-yaml', true]] as const) {
    const word = rawWords(name)?.[0];
    const text = word === undefined ? undefined : resolve(name, word);
    if (text === undefined) continue;
    const data = readObject(text, yaml);
    if (data === undefined) problems.push(`--${name} is not ${yaml ? 'YAML' : 'JSON'} with an object at its top.`);
    return data;
  }
  return undefined;
}

function templateFile(file: string | undefined, cwd: string, readFile: (path: string) => string | undefined, problems: string[]): TemplateInput {
  if (file === undefined) return { kind: 'none' };
  // Source: awscli/customizations/cloudformation/deploy.py opens it as it stands: neither `~` nor a variable is put in.
  const text = readBeside(file, { cwd, readFile }, { cwd });
  if (text === undefined) problems.push(`The template ${file} can't be read. Check the path, seen from ${cwd}.`);
  return text === undefined ? { kind: 'none' } : { kind: 'text', text, from: file };
}

function templateOf(given: { readonly body?: string; readonly bodyFrom?: string; readonly url?: string; readonly previous: boolean }): TemplateInput {
  if (given.body !== undefined) {
    const file = /^fileb?:\/\/(.*)$/s.exec(given.bodyFrom ?? '')?.[1];
    return { kind: 'text', text: given.body, from: file ?? 'the command itself' };
  }
  if (given.url !== undefined) return { kind: 'url', url: given.url };
  return given.previous ? { kind: 'previous' } : { kind: 'none' };
}

function parameters(list: readonly Pairs[]): ParameterInput[] {
  return list.flatMap((item) => {
    const key = item['ParameterKey'];
    if (key === undefined) return [];
    return [{ key, value: /^true$/i.test(item['UsePreviousValue'] ?? '') ? undefined : (item['ParameterValue'] ?? '') }];
  });
}

/**
 * `--parameter-overrides` of deploy: `Key=Value` words, or JSON in one of three forms.
 * Source: AWS CLI reference, `cloudformation deploy`.
 */
function overrides(words: readonly string[], problems: string[]): ParameterInput[] {
  return words.flatMap((word): ParameterInput[] => {
    if (!/^\s*[[{]/.test(word)) return keyValues([word]).map((pair) => ({ key: pair.Key, value: pair.Value }));
    let data: unknown;
    try {
      data = JSON.parse(word);
    } catch {
      problems.push('--parameter-overrides is not valid JSON.');
      return [];
    }
    if (!Array.isArray(data)) {
      const object = pairsOf((data as { readonly Parameters?: unknown }).Parameters) ?? pairsOf(data) ?? {};
      return Object.entries(object).map(([key, value]) => ({ key, value }));
    }
    return data.flatMap((item: unknown) => (typeof item === 'string' ? keyValues([item]).map((pair) => ({ key: pair.Key, value: pair.Value })) : parameters([pairsOf(item) ?? {}])));
  });
}

function keyValues(words: readonly string[]): { readonly Key: string; readonly Value: string }[] {
  return words.flatMap((word) => {
    const equals = word.indexOf('=');
    return equals > 0 ? [{ Key: word.slice(0, equals), Value: word.slice(equals + 1) }] : [];
  });
}

function jsonStrings(text: string): string[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined;
  try {
    const data: unknown = JSON.parse(text);
    return Array.isArray(data) ? data.map(String) : undefined;
  } catch {
    return undefined;
  }
}
