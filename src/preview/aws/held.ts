import { homedir } from 'node:os';
import path from 'node:path';
import { awsEndpointName, awsOperation, type AwsOperation } from '../../detect/knowledge/aws-operations';
import type { DetectContext } from '../../detect/invocation';
import { readAwsAliases } from '../../detect/tools/aws/alias';
import { flagState, optionList, optionWords, readInput, readParameter, type AwsWords } from '../../detect/tools/aws/call';
import { awsConfigPath, namesIn } from '../../detect/tools/aws/path';
import { awsLine } from '../../detect/tools/aws/command-line';
import { wordsOf } from '../../detect/words';
import { readTextFile } from '../reading';
import { readStructures, type Pairs } from '../cloudformation/shorthand';

/** A held `aws` command, taken apart. */
export interface Held {
  /** As typed: `rds`, `s3`. */
  readonly service: string;
  /** As typed: `delete-db-instance`, `rm`. */
  readonly command: string;
  /** The API's operation; undefined for the CLI's own commands (`aws s3 …`) and for aliases. */
  readonly api: AwsOperation | undefined;
  /** An alias of the AWS CLI stands before this service or operation: what it does is not what its words say. */
  readonly aliased: boolean;
  /** Its global options that say where and as whom it acts: every read gets the same. */
  readonly globals: readonly string[];
  /** Its own words behind the command, without global options. */
  readonly args: readonly string[];
  /** Words before its first option. */
  readonly positionals: readonly string[];
  /** Its options as typed, without dashes. */
  readonly options: ReadonlySet<string>;
  /** True when only this service's calls go to another address than AWS's, so that other services' answers would be about another place. */
  readonly ownEndpoint: boolean;
  /**
   * True when its calls may go to another place than AWS's own (an option, a variable, a profile, a wrapper): a stand-in of AWS
   * need not know EC2's DryRun and may carry the call out. moto 5 does for DeleteRoute and DeleteNatGateway.
   */
  readonly otherEndpoint: boolean;
  /** The region of its option or environment, as far as that tells. */
  readonly region: string | undefined;
  /** The profile of its option. */
  readonly profile: string | undefined;
  /** One value of an option or of the member of its JSON input. */
  text(option: string, member?: string): string | undefined;
  /** All values of an option, a JSON list taken apart. */
  list(option: string, member?: string): readonly string[];
  /** Structures in shorthand or JSON; undefined when they can't be read. */
  structures(option: string, member?: string): readonly Pairs[] | undefined;
  /** JSON behind an option; undefined when it is none. */
  json(option: string, member?: string): unknown;
  /** A flag that is on or off; undefined when the command says nothing about it. */
  flag(name: string, member?: string): boolean | undefined;
}

/** Global options that every read takes over. Not among them: what only shapes the output, and `--debug`, which prints credentials. */
const TAKEN_OVER: ReadonlyMap<string, boolean> = new Map([
  ['profile', true], ['region', true], ['endpoint-url', true], ['no-verify-ssl', false], ['no-sign-request', false], ['ca-bundle', true],
  ['cli-read-timeout', true], ['cli-connect-timeout', true],
]);

/**
 * Takes a real `aws` argv apart.
 * @param argv argv[0] is the tool.
 * @returns undefined when it names no service or operation.
 */
export function readHeld(argv: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Held | undefined {
  const line = awsLine(argv);
  const service = line.service?.value;
  const command = line.operation?.value;
  if (service === undefined || command === undefined) return undefined;
  const { positionals, options } = line;
  const detect: DetectContext = { cwd, home: env['HOME'] ?? homedir(), env, readFile: readTextFile };
  const bare: AwsWords = {
    invocation: { argv: wordsOf(argv), env: new Map(Object.entries(env)), cwd, stdin: undefined, range: { start: 0, end: 0 }, wrappers: [] },
    detect, context: {}, positionals, options, separator: line.separator, input: undefined, unknowns: [],
  };
  const call: AwsWords = { ...bare, input: readInput(bare) };
  const aliases = readAwsAliases(detect);
  const raw = (option: string, member?: string): string | undefined => optionList(call, option, member);
  const own = env[`AWS_ENDPOINT_URL_${awsEndpointName(service)}`];
  return {
    service, command, api: awsOperation(service, command), aliased: aliases.has(service) || aliases.has(`${service} ${command}`), args: line.args.map((word) => word.raw),
    positionals: positionals.map((word) => word.raw), options: new Set(options.map((option) => option.name)),
    globals: [...TAKEN_OVER].flatMap(([name, valued]) => {
      const word = line.globals.get(name);
      return word?.value === undefined ? [] : valued ? [`--${name}`, word.value] : [`--${name}`];
    }),
    ownEndpoint: !line.globals.has('endpoint-url') && own !== undefined && own !== '' && !env['AWS_ENDPOINT_URL'],
    otherEndpoint: line.globals.has('endpoint-url') || Object.keys(env).some((name) => /^AWS_ENDPOINT_URL/.test(name) && env[name]) || !/(?:^|[\\/])aws(?:\.exe|\.cmd)?$/i.test(argv[0] ?? '') || hasEndpoint(env, cwd),
    region: line.globals.get('region')?.value ?? regionOf(env),
    profile: line.globals.get('profile')?.value,
    text: (option, member) => optionList(call, option, member, 1),
    list(option, member) {
      const given = optionWords(call, option);
      const value = member === undefined ? undefined : call.input?.[member];
      if (given === undefined) return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
      return given.flatMap((word) => {
        const text = readParameter(word.raw, detect, call.invocation);
        if (text === undefined) return [];
        const data = text.trimStart().startsWith('[') ? parse(text) : undefined;
        return Array.isArray(data) ? data.map(String) : [text];
      });
    },
    structures(option, member) {
      const given = optionWords(call, option)?.flatMap((word) => readParameter(word.raw, detect, call.invocation) ?? []);
      const value = member === undefined ? undefined : call.input?.[member];
      const read = given !== undefined ? readStructures(given) : value === undefined ? undefined : readStructures([JSON.stringify(value)]);
      return typeof read === 'string' ? undefined : read;
    },
    json(option, member) {
      const text = raw(option, member);
      return text === undefined ? undefined : parse(text);
    },
    flag(name, member) {
      const state = flagState(call, name);
      if (state !== undefined) return state === 'on';
      const value = member === undefined ? undefined : call.input?.[member];
      return typeof value === 'boolean' ? value : undefined;
    },
  };
}

/** AWS CLI v1 does not know AWS_REGION, v2 prefers it: only where both agree the environment tells the region. */
function regionOf(env: NodeJS.ProcessEnv): string | undefined {
  const region = env['AWS_DEFAULT_REGION'] || undefined;
  return !env['AWS_REGION'] || env['AWS_REGION'] === region ? region : undefined;
}

/** Source: AWS SDKs and Tools reference guide, "Service-specific endpoints": `endpoint_url` in the config file, also below `services`. */
function hasEndpoint(env: NodeJS.ProcessEnv, cwd: string): boolean {
  const home = env['HOME'] || env['USERPROFILE'] || homedir();
  const given = env['AWS_CONFIG_FILE'];
  const file = given ? awsConfigPath(given, namesIn(env, home, readTextFile, process.platform === 'win32')) : path.join(home, '.aws', 'config');
  // One that can't be found may say anything.
  return file === undefined || /^\s*endpoint_url\s*=/m.test(readTextFile(path.resolve(cwd, file)) ?? '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
