import path from 'node:path';
import { readJsonObject } from '../json-object';
import type { ConnectionOptions, ParameterInput } from '../cloudformation/command';
import { readTextFile } from '../reading';
import { toolWords } from '../words';

/** A held `cdk deploy` or `cdk destroy`, taken apart. */
export interface CdkCommand {
  readonly verb: 'deploy' | 'destroy';
  readonly connection: ConnectionOptions;
  readonly patterns: readonly string[];
  readonly all: boolean;
  readonly exclusively: boolean;
  /** The folder that the app's stacks are synthesised into. */
  readonly output: string;
  /** Set when `--app` is a folder that was synthesised before: then the command executes no code. */
  readonly synthesised: boolean;
  /** The command that is the app, as written; undefined when nothing names it. */
  readonly app: string | undefined;
  /** Options of the command that the synthesis needs, too (`-c key=value`). */
  readonly forSynthesis: readonly string[];
  /** Parameters for one stack, or for all of them. */
  readonly parameters: readonly (ParameterInput & { readonly stack: string | undefined })[];
  readonly tags: readonly { readonly Key: string; readonly Value: string }[] | undefined;
  readonly roleArn: string | undefined;
  readonly keepsOtherParameters: boolean;
  readonly disableRollback: boolean;
  readonly importExistingResources: boolean;
  readonly revertDrift: boolean;
  readonly warnings: readonly string[];
}

/** Source: "AWS CDK CLI reference", global options and those of deploy and destroy. */
const VALUED = '--app -a --context -c --plugin -p --profile --output -o --role-arn -r --toolkit-stack-name --region --require-approval --change-set-name --parameters --outputs-file -O --concurrency --build-exclude -E --tags -t --proxy --ca-bundle-path --notification-arns --method -m --progress --asset-parallelism --deployment-role --build';

/** Takes apart a real argv; undefined when it is not a CDK command that changes stacks through CloudFormation. Reads `cdk.json`; executes nothing. */
export function readCdkCommand(argv: readonly string[], cwd: string, readFile = readTextFile): CdkCommand | undefined {
  if (!/^(?:aws-)?cdk$/.test(argv[0]?.split(/[\\/]/).pop()?.replace(/\.(?:cmd|exe|ps1)$/i, '') ?? '')) return undefined;
  const words = toolWords(argv, VALUED);
  const verb = words.words[0];
  // A watch deploys again and again, what it will deploy is not known yet.
  if ((verb !== 'deploy' && verb !== 'destroy') || words.has('--watch')) return undefined;
  const settings = readJsonObject(readFile(path.join(cwd, 'cdk.json')));
  const setting = (name: string): string | undefined => (typeof settings?.[name] === 'string' ? settings[name] : undefined);
  const app = words.last('--app', '-a') ?? setting('app');
  const folder = app === undefined || /\s/.test(app) ? undefined : path.resolve(cwd, app);
  const synthesised = folder !== undefined && readFile(path.join(folder, 'manifest.json')) !== undefined;
  const output = path.resolve(cwd, words.last('--output', '-o') ?? setting('output') ?? 'cdk.out');
  const tags = words.all('--tags', '-t').map(pair);
  return {
    verb, patterns: words.words.slice(1), all: words.has('--all'), exclusively: words.has('--exclusively', '-e'),
    connection: { profile: words.last('--profile') ?? setting('profile'), region: words.last('--region'), verifySsl: true, sign: true, caBundle: words.last('--ca-bundle-path') },
    output: synthesised && folder !== undefined ? folder : output, synthesised, app,
    forSynthesis: [
      ...words.all('--context', '-c').flatMap((value) => ['--context', value]), ...words.all('--plugin', '-p').flatMap((value) => ['--plugin', value]),
      ...(words.last('--app', '-a') === undefined ? [] : ['--app', words.last('--app', '-a') ?? '']), ...(words.last('--profile') === undefined ? [] : ['--profile', words.last('--profile') ?? '']),
      ...(words.last('--toolkit-stack-name') === undefined ? [] : ['--toolkit-stack-name', words.last('--toolkit-stack-name') ?? '']),
    ],
    parameters: words.all('--parameters').map((text) => {
      const { Key, Value } = pair(text);
      const colon = Key.indexOf(':');
      return { key: Key.slice(colon + 1), value: Value, stack: colon < 0 ? undefined : Key.slice(0, colon) };
    }),
    tags: tags.length === 0 ? undefined : tags,
    roleArn: words.last('--role-arn', '-r'),
    keepsOtherParameters: !(words.has('--no-previous-parameters') || words.last('--previous-parameters') === 'false'),
    disableRollback: words.has('--no-rollback', '-R') || words.last('--rollback') === 'false',
    importExistingResources: words.has('--import-existing-resources'), revertDrift: words.has('--revert-drift'),
    warnings: [
      ...(words.has('--hotswap', '--hotswap-fallback') ? ['With --hotswap the CDK changes resources past CloudFormation where it can: the stack then differs from its template, and what it changes that way is not rolled back.'] : []),
    ],
  };
}

function pair(text: string): { readonly Key: string; readonly Value: string } {
  const equals = text.indexOf('=');
  return equals < 0 ? { Key: text, Value: '' } : { Key: text.slice(0, equals), Value: text.slice(equals + 1) };
}
