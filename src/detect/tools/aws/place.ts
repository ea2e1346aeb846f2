import path from 'node:path';
import type { TargetContext } from '../../../model';
import { awsEndpointName, awsModelFolder, isAwsModelFolder, type AwsOperation } from '../../knowledge/aws-operations';
import type { ReaderContext, Invocation, Word } from '../../invocation';
import { namesFor, type AwsCall } from './call';
import { awsConfigPath } from './path';
import type { AwsCommandLine } from './command-line';
import { readIni, type IniFile } from '../ini';
import { awsOutside } from './outside';

/** Where a command acts, as far as it is told, and what could not be. */
export interface AwsPlace {
  readonly context: TargetContext;
  readonly unknowns: readonly string[];
}

/**
 * Account, region, profile and endpoint: options tell first, then the environment, then the configuration file, then ARNs among the
 * words. The versions differ in the order of variables (v1: AWS_DEFAULT_PROFILE before AWS_PROFILE, and no AWS_REGION; v2: AWS_PROFILE
 * first, AWS_REGION before AWS_DEFAULT_REGION); which one would run is not seen here, so where they disagree both are named.
 * Source: botocore/configprovider.py of either version.
 */
export function awsPlace(line: AwsCommandLine, invocation: Invocation, detect: ReaderContext, words: readonly Word[]): AwsPlace {
  const unknowns: string[] = [];
  const variable = (name: string): string | undefined => {
    if (invocation.env.has(name) && invocation.env.get(name) === undefined) unknowns.push(`the value of ${name} is not known`);
    return valueOf(name, invocation, detect);
  };
  const option = (name: string): Word | undefined => {
    const word = line.globals.get(name);
    // An empty value is none. Source: awscli/clidriver.py, `_handle_top_level_args`.
    if (word?.value === '') return undefined;
    if (word !== undefined && word.value === undefined) unknowns.push(`the ${name} comes from ${word.raw}`);
    return word;
  };
  const profileOption = option('profile');
  const [profile1, profile2] = profileOption !== undefined
    ? [profileOption.value, profileOption.value]
    : [variable('AWS_DEFAULT_PROFILE') ?? variable('AWS_PROFILE'), variable('AWS_PROFILE') ?? variable('AWS_DEFAULT_PROFILE')];
  const regionOption = option('region');
  const configured = (profile: string | undefined): string | undefined => (profileOption?.value === undefined && profileOption !== undefined ? undefined : awsSetting('region', profile, invocation, detect));
  const [region1, region2] = regionOption !== undefined
    ? [regionOption.value, regionOption.value]
    : [variable('AWS_DEFAULT_REGION') ?? configured(profile1), variable('AWS_REGION') ?? variable('AWS_DEFAULT_REGION') ?? configured(profile2)];
  const service = line.service?.value;
  // Source: AWS SDKs and Tools reference guide, "Service-specific endpoints"; the variable is made from the service id.
  const own = service === undefined ? undefined : variable(`AWS_ENDPOINT_URL_${awsEndpointName(service)}`);
  const endpointOption = option('endpoint-url');
  const endpoint = endpointOption === undefined ? (own ?? variable('AWS_ENDPOINT_URL')) : endpointOption.value;
  const arn = words.map((w) => /^arn:[\w-]+:[\w-]+:([\w-]*):(\d{12})?:/.exec(w.value ?? '')).find((m) => m !== null);
  const profiles = distinct(profile1, profile2);
  const regions = distinct(region1, region2);
  if (profiles.length > 1) unknowns.push(`the profile is ${profiles.join(' or ')}, by the version of the AWS CLI`);
  if (regions.length > 1) unknowns.push(`the region is ${regions.join(' or ')}, by the version of the AWS CLI`);
  for (const word of line.loose) unknowns.push(`${word.raw} may set the region, the profile or other options`);
  const [region = arn?.[1] || undefined] = regions;
  const [profile] = profiles;
  const other = { ...(profiles.length > 1 && { profiles: profiles.join(' or ') }), ...(regions.length > 1 && { regions: regions.join(' or ') }) };
  return {
    context: {
      ...(arn?.[2] !== undefined && { account: arn[2] }),
      ...(region !== undefined && regions.length < 2 && { region }),
      ...(profile !== undefined && profiles.length < 2 && { profile }),
      ...(endpoint !== undefined && { endpoint }),
      ...(Object.keys(other).length > 0 && { other }),
    },
    unknowns,
  };
}

/**
 * Why the CLI may ask for another command than this one (version 2's auto-prompt); undefined when it doesn't.
 * Source: awscli/autoprompt/core.py of version 2, which looks for whole words, before anything is parsed.
 */
export function asksForMore(line: AwsCommandLine, words: readonly Word[], { profile }: TargetContext, { invocation, detect }: Pick<AwsCall, 'invocation' | 'detect'>): string | undefined {
  const given = (text: string): boolean => words.some((w) => w.value === text);
  if (given('--cli-auto-prompt') || line.globals.has('cli-auto-prompt')) return 'Asks for the rest of the command, which may become any other.';
  if (given('help') || given('--version') || given('--no-cli-auto-prompt')) return undefined;
  const set = valueOf('AWS_CLI_AUTO_PROMPT', invocation, detect) ?? awsSetting('cli_auto_prompt', profile, invocation, detect);
  if (set === undefined || /^off$/i.test(set.trim())) return undefined;
  return `Auto-prompt is ${set}: the AWS CLI asks before it runs, and the command may become any other. --no-cli-auto-prompt keeps it as it is.`;
}

/**
 * Why the meaning of operations is not the table's; undefined when it is.
 * @param operation the one that is called; undefined for the CLI's own commands, which may call any.
 * Sources: botocore/loaders.py (a Loader searches
 * CUSTOMER_DATA_PATH, `~/.aws/models`, before its own data) and configprovider.py, `data_path`; awscli/plugin.py.
 */
export function otherModels(invocation: Invocation, detect: ReaderContext, { profile }: TargetContext, operation: AwsOperation | undefined): string | undefined {
  const folder = valueOf('AWS_DATA_PATH', invocation, detect) ?? awsSetting('data_path', profile, invocation, detect) ?? customerModels(invocation, detect, operation);
  if (folder !== undefined) return `Takes its operations from ${folder}, where each may do something else than its name says.`;
  const { settings, sections } = awsOutside;
  const loads = sections.find((section) => settings.some(({ variable, path: [, file = ''] }) => (awsFile(variable, file, invocation, detect)?.get(section)?.size ?? 0) > 0));
  return loads === undefined ? undefined : `The AWS CLI's configuration loads code of its own (its section ${loads}), which may change what any command does.`;
}

/**
 * The folder of the user's own models, where something in it counts for the command: a model of its service, or what is no service
 * (endpoints, partitions). A model of a service that nobody else has changes no command that is known here.
 */
function customerModels(invocation: Invocation, detect: ReaderContext, operation: AwsOperation | undefined): string | undefined {
  // botocore puts in the home of the command's own environment for `~`.
  const home = valueOf('HOME', invocation, detect) ?? detect.home;
  if (home === undefined) return undefined;
  const own = operation === undefined ? undefined : awsModelFolder(operation.service);
  const counts = (name: string): boolean => name.includes('.json') || (own === undefined ? isAwsModelFolder(name) : name === own);
  return awsOutside.places.filter(({ kind }) => kind === 'folder').map((place) => path.join(home, ...place.path))
    .find((folder) => detect.namesIn?.(folder)?.some(counts));
}

function valueOf(name: string, { env }: Invocation, detect: ReaderContext): string | undefined {
  return (env.has(name) ? env.get(name) : detect.env?.[name]) || undefined;
}

const distinct = (...values: readonly (string | undefined)[]): string[] => [...new Set(values.flatMap((v) => (v === undefined || v === '' ? [] : [v])))];

/**
 * A setting of a profile in the configuration file; what the credentials file says of it counts more.
 * Source: botocore/session.py (`full_config`) and configloader.py.
 */
function awsSetting(key: string, profile: string | undefined, invocation: Invocation, detect: ReaderContext): string | undefined {
  const name = profile ?? 'default';
  const inFile = (variable: string, file: string, sections: readonly string[]): string | undefined => {
    const ini = awsFile(variable, file, invocation, detect);
    return sections.map((s) => ini?.get(s)?.get(key)).find((v) => v !== undefined && v !== '');
  };
  const quoted = [`profile ${name}`, `profile "${name}"`, `profile '${name}'`, ...(name === 'default' ? ['default'] : [])];
  return inFile('AWS_SHARED_CREDENTIALS_FILE', 'credentials', [name]) ?? inFile('AWS_CONFIG_FILE', 'config', quoted);
}

/** The configuration or the credentials file, by the variable that names it or in its usual place; undefined when it can't be read. */
function awsFile(variable: string, file: string, invocation: Invocation, detect: ReaderContext): IniFile | undefined {
  const given = valueOf(variable, invocation, detect);
  const expanded = given !== undefined ? awsConfigPath(given, namesFor(detect, invocation)) : detect.home === undefined ? undefined : path.join(detect.home, '.aws', file);
  if (expanded === undefined) return undefined;
  const cwd = invocation.cwd ?? detect.cwd;
  if (!path.isAbsolute(expanded) && cwd === undefined) return undefined;
  const text = detect.readFile?.(path.resolve(cwd ?? '/', expanded));
  return text === undefined ? undefined : readIni(text);
}
