import path from 'node:path';
import type { ConnectionOptions, ParameterInput } from '../cloudformation/command';
import { readTextFile } from '../reading';
import { toolWords } from '../words';
import { readToml, type TomlValue } from './toml';

/** A held `sam deploy`, `sam sync` or `sam delete`, taken apart. */
export interface SamCommand {
  readonly verb: 'deploy' | 'delete';
  readonly connection: ConnectionOptions;
  readonly stackName: string | undefined;
  /** The template that would be deployed, seen from the folder. */
  readonly templateFile: string;
  readonly template: string | undefined;
  readonly parameters: readonly ParameterInput[];
  readonly disableRollback: boolean;
  readonly onFailure: string | undefined;
  /** Absolute paths of the files that decide what is done, with the text that was read. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** What could not be read, each a sentence with the next step. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Source: "AWS SAM CLI command reference", `sam deploy`, `sam sync`, `sam delete`. */
const VALUED = '--stack-name --region --profile --template-file --template -t --s3-bucket --s3-prefix --capabilities --parameter-overrides --config-file --config-env --image-repository --image-repositories --role-arn --kms-key-id --notification-arns --tags --signing-profiles --metadata --on-failure --max-wait-duration --base-dir -s --build-dir -b --watch-exclude --resource-id --resource';
const BUILT = path.join('.aws-sam', 'build', 'template.yaml');
const PLAIN = ['template.yaml', 'template.yml', 'template.json'];

/** Takes apart a real argv; undefined when it is no SAM command that changes a stack. Reads `samconfig.toml`; executes nothing. */
export function readSamCommand(argv: readonly string[], cwd: string, readFile = readTextFile): SamCommand | undefined {
  if (!/^sam(?:\.(?:cmd|exe))?$/i.test(argv[0]?.split(/[\\/]/).pop() ?? '')) return undefined;
  const words = toolWords(argv, VALUED);
  const typed = words.words[0];
  if (typed !== 'deploy' && typed !== 'delete' && typed !== 'sync') return undefined;
  if (typed === 'sync' && words.has('--code')) return undefined;
  const problems: string[] = [];
  const config = path.resolve(cwd, words.last('--config-file') ?? 'samconfig.toml');
  const settings = settingsOf(typed, { file: words.last('--config-file'), env: words.last('--config-env') ?? 'default' }, cwd, readFile, problems);
  const text = (option: string, setting: string): string | undefined => {
    const found = words.last(option) ?? settings[setting];
    return typeof found === 'string' ? found : Array.isArray(found) ? found.join(' ') : undefined;
  };
  const templateFile = words.last('--template-file', '--template', '-t') ?? text('--template-file', 'template_file') ?? text('--template', 'template')
    ?? [BUILT, ...PLAIN].find((file) => readFile(path.resolve(cwd, file)) !== undefined) ?? BUILT;
  const template = typed === 'delete' ? undefined : readFile(path.resolve(cwd, templateFile));
  if (typed !== 'delete' && template === undefined) problems.push(`The template ${templateFile} can't be read. Run 'sam build', or check the path, seen from ${cwd}.`);
  return {
    verb: typed === 'delete' ? 'delete' : 'deploy',
    connection: { profile: text('--profile', 'profile'), region: text('--region', 'region'), verifySsl: true, sign: true },
    stackName: text('--stack-name', 'stack_name'), templateFile, template,
    parameters: overrides(after(argv, '--parameter-overrides') ?? textsOf(settings['parameter_overrides']), problems),
    disableRollback: words.has('--disable-rollback') || settings['disable_rollback'] === true, onFailure: text('--on-failure', 'on_failure'),
    files: [[config, readFile(config)] as const, [path.resolve(cwd, templateFile), template] as const].flatMap(([file, content]) => (content === undefined ? [] : [{ path: file, text: content }])),
    problems,
    warnings: typed === 'sync' ? ['sam sync also changes code past CloudFormation where it can: the stack then differs from its template.'] : [],
  };
}

type Settings = Readonly<Record<string, TomlValue>>;

/** A table of the command's own beats the one for all commands. Source: "AWS SAM CLI configuration file", `[env.command.parameters]`, `[env.global.parameters]`. */
function settingsOf(verb: string, where: { readonly file: string | undefined; readonly env: string }, cwd: string, readFile: typeof readTextFile, problems: string[]): Settings {
  const name = where.file ?? 'samconfig.toml';
  const text = readFile(path.resolve(cwd, name));
  if (text === undefined) {
    const yaml = where.file === undefined ? ['samconfig.yaml', 'samconfig.yml'].find((file) => readFile(path.resolve(cwd, file)) !== undefined) : undefined;
    if (yaml !== undefined) problems.push(`${yaml} is not read by this preview: give --stack-name and --region in the command to see its stack.`);
    else if (where.file !== undefined) problems.push(`The configuration file ${where.file} can't be read. Check the path, seen from ${cwd}.`);
    return {};
  }
  if (!/\.toml$/i.test(name)) {
    problems.push(`${name} is not read by this preview: give --stack-name and --region in the command to see its stack.`);
    return {};
  }
  const toml = readToml(text);
  if (toml.broken !== undefined) problems.push(`${name} can't be read (${toml.broken}). Put it right, or give --stack-name and --region in the command.`);
  const tables = [`${where.env}.global.parameters`, `${where.env}.${verb}.parameters`];
  for (const key of toml.unread.filter((one) => tables.some((table) => one.startsWith(table)))) problems.push(`${key} in ${name} is in a form that this preview does not read; give it in the command.`);
  return Object.assign({}, ...tables.map((table) => toml.tables.get(table) ?? {})) as Settings;
}

/** The words of an option that takes as many as there are. */
function after(argv: readonly string[], option: string): readonly string[] | undefined {
  const at = argv.findIndex((arg) => arg === option || arg.startsWith(`${option}=`));
  if (at < 0) return undefined;
  const own = argv[at] ?? '';
  if (own !== option) return [own.slice(option.length + 1)];
  const rest = argv.slice(at + 1);
  const end = rest.findIndex((arg) => arg.startsWith('-'));
  return end < 0 ? rest : rest.slice(0, end);
}

function textsOf(value: TomlValue | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
}

/** `Key=Value Key="a b"`, or `ParameterKey=Key,ParameterValue=Value`, separated by blanks. Source: `sam deploy`, `--parameter-overrides`. */
function overrides(words: readonly string[], problems: string[]): ParameterInput[] {
  return words.flatMap((word) => word.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\S)+/g) ?? []).flatMap((pair): ParameterInput[] => {
    const long = /^ParameterKey=([^,]+),ParameterValue=(.*)$/s.exec(pair);
    const short = /^([A-Za-z0-9]+)=(.*)$/s.exec(pair);
    const [, key, value] = long ?? short ?? [];
    if (key === undefined || value === undefined) {
      problems.push('A part of --parameter-overrides can\'t be read, so what depends on it may differ. Write it as Key=Value.');
      return [];
    }
    return [{ key, value: value.replace(/^"(.*)"$/s, '$1').replace(/^'(.*)'$/s, '$1').replace(/\\"/g, '"') }];
  });
}
