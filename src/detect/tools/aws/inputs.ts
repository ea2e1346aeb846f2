import path from 'node:path';
import { parse as parseYaml } from 'yaml';

import { awsLine, meansOption } from './command-line';
import { awsConfigPath, awsParameterPath, namesIn, type PathNames } from './path';
import { awsOutside } from './outside';
import { inHome, valuesOf, type Inputs, type Question } from '../../inputs';

const FILE_URL = /^fileb?:\/\/(.+)$/s;
/**
 * Options that name a file without `file://` before it, taken as they stand. Source: awscli/customizations: cloudformation/deploy.py,
 * package.py, servicecatalog/generate.py; globalargs.
 */
const PLAIN = ['template-file', 'file-path'];
/** The same with `~` and variables put in. Source: awscli/customizations/ecs/deploy.py, _get_file_contents. */
const EXPANDED = ['task-definition', 'codedeploy-appspec'];

/**
 * The files that the AWS CLI reads as parameters, and those that say where it goes and as whom. Any argument may be `file://…`
 * or `fileb://…`, also behind `=` and `@=` of shorthand. Sources: AWS CLI user guide, "Loading a parameter from a file";
 * awscli/paramfile.py; awscli/shorthand.py. One path too many costs nothing: what is not there is only noted as such.
 */
export function awsInputs(question: Question, found: Inputs): void {
  const { argv } = question;
  const names = namesOf(question, found);
  const words = argv.slice(1);
  for (const word of words) {
    for (const text of new Set([word, word.slice(word.indexOf('=') + 1), ...word.split(/[=,\s"'[\]{}]+/), ...word.split(/[=,]/)])) {
      const file = FILE_URL.exec(text)?.[1];
      const at = file === undefined ? undefined : awsParameterPath(file, names);
      if (at !== undefined) found.file(at);
    }
  }
  const { service, operation, options, globals } = awsLine(argv);
  // Of words that name no operation the one behind an option counts, whatever it is.
  const given = (...names: readonly string[]): readonly string[] => (operation === undefined ? valuesOf(words, ...names.map((name) => `--${name}`))
    : options.filter((option) => names.some((name) => meansOption(option, name))).flatMap((option) => option.values.flatMap((word) => word.value ?? [])));
  for (const file of [...given(...PLAIN), globals.get('ca-bundle')?.value]) if (file !== undefined) found.file(file);
  if (service?.value === 'ecs' && operation?.value === 'deploy') for (const text of given(...EXPANDED)) {
    const at = awsParameterPath(text, names);
    if (at !== undefined) found.file(at);
  }
  if (operation?.value === 'package') {
    for (const file of given('template-file')) artifacts(path.resolve(question.cwd, file), found, 0);
  }
  awsOwn(question, found);
}

/** The variables and homes of a question. */
export function namesOf({ env }: Question, found: Pick<Inputs, 'text'>): PathNames {
  return namesIn(env, inHome(env), (file) => found.text(file), process.platform === 'win32');
}

/**
 * Where the AWS CLI goes and as whom, and what changes the meaning of its words (`outside.ts`). Sources: AWS CLI user
 * guide, "Configuration and credential file settings", "Creating and using aliases"; botocore/loaders.py.
 */
export function awsOwn(question: Question, found: Inputs): void {
  const { env } = question;
  const names = namesOf(question, found);
  const { settings, places } = awsOutside;
  for (const { variable, path: usual } of settings) {
    const given = env[variable];
    found.own(given ? awsConfigPath(given, names) : inHome(env, ...usual));
  }
  for (const { kind, path: place } of places) if (kind === 'file') found.own(inHome(env, ...place));
  found.own(env['AWS_CA_BUNDLE']);
  const folders = places.flatMap(({ kind, path: place }) => (kind === 'folder' ? [inHome(env, ...place)] : []));
  for (const folder of [...folders, ...(env['AWS_DATA_PATH'] ?? '').split(path.delimiter)]) {
    if (folder === undefined || folder === '') continue;
    if (found.kindAt(folder) === 'folder') found.folder(folder, { deep: true, own: true });
    // One that comes to stand there between the yes and the run counts as well.
    else found.own(folder);
  }
}

/**
 * Properties that name a template beside this one. Source: awscli/customizations/cloudformation/artifact_exporter.py,
 * CloudFormationStackResource and ServerlessApplicationResource.
 */
const NESTED: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::Stack': 'TemplateURL', 'AWS::Serverless::Application': 'Location',
};
const MAX_DEPTH = 8;

/**
 * What `cloudformation package` uploads besides the template: nested templates, and files that a property names. Folders of code
 * are data that is sent.
 */
function artifacts(template: string, found: Inputs, depth: number): void {
  const text = depth > MAX_DEPTH ? undefined : found.text(template);
  for (const { Type, Properties = {} } of resourcesIn(text)) {
    const nested = NESTED[Type ?? ''];
    for (const [name, value] of Object.entries(Properties)) {
      if (typeof value !== 'string' || value.length > 1024 || /^[a-z0-9]+:\/\//i.test(value)) continue;
      const file = path.resolve(path.dirname(template), value);
      if (found.kindAt(file) !== 'file') continue;
      found.file(file);
      if (name === nested) artifacts(file, found, depth + 1);
    }
  }
}

interface Resource {
  readonly Type?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

function resourcesIn(text: string | undefined): readonly Resource[] {
  try {
    const data = parseYaml(text ?? '', { logLevel: 'silent', maxAliasCount: 100 }) as
      { readonly Resources?: Readonly<Record<string, unknown>> } | null;
    return Object.values(data?.Resources ?? {}).filter((one): one is Resource => typeof one === 'object' && one !== null);
  } catch {
    return [];
  }
}
