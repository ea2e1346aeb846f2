import { readAwsAliases } from './alias';
import { awsLine, meansOption, type AwsOption } from './command-line';
import { awsParameterPath } from './path';
import { namesOf } from './inputs';
import { inHome, onePlace, type Inputs, type Place, type Question } from '../../inputs';

const FILE_URL = /^(fileb?:\/\/)(.+)$/s;
/** Commands that have words of their own behind an option's value. Source: AWS CLI reference, `lambda invoke`: `<outfile>`. */
const WORDS_BEHIND = new Set(['lambda invoke']);

/**
 * Options whose value is never read from a file: an address stays what it is. Source: awscli/paramfile.py, PARAMFILE_DISABLED, and
 * `no_paramfile` in awscli/customizations. What ends in `url` or `uri` is told by its name.
 */
const NOT_READ: ReadonlySet<string> = new Set([
  'create-api target', 'update-api target', 'register-type schema-handler-package', 'create-ip-set location', 'update-ip-set location',
  'create-threat-intel-set location', 'update-threat-intel-set location', 'detect-dominant-language text',
  'batch-detect-dominant-language text-list', 'detect-entities text', 'batch-detect-entities text-list', 'detect-key-phrases text',
  'batch-detect-key-phrases text-list', 'detect-sentiment text', 'batch-detect-sentiment text-list', 'predict predict-endpoint',
  'create-notebook-instance default-code-repository', 'create-notebook-instance additional-code-repositories',
  'update-notebook-instance default-code-repository', 'update-notebook-instance additional-code-repositories',
  'copy-object website-redirect-location', 'create-multipart-upload website-redirect-location', 'put-object website-redirect-location',
  'subscribe notification-endpoint', 'create-job document-source', 'translate-text text',
  'create-notification-subscription notification-endpoint', 'create-invalidation paths', 'update-role-trust-policy iam-endpoint',
  'create-default-role iam-endpoint', 'create-default-roles iam-endpoint',
]);

/** Variables and homes are put into the path of a `file://` value; a copy whose path has any of these would be another file. */
const isPlain = (copy: string): boolean => !/[$%~]/.test(copy);

/**
 * Values that are `file://…` or `fileb://…` as a whole, and the template of `cloudformation deploy`, which sends the file's text as
 * it is. Sources: awscli/paramfile.py (only a single value is looked at); awscli/customizations/cloudformation/deploy.py.
 * Not: `aws s3 …`, whose words are paths; `cloudformation package`, which reads what stands beside its template; `key@=file://…` of
 * shorthand; an alias's words.
 */
export function awsPlaces(question: Question, found: Pick<Inputs, 'text' | 'at'>): readonly Place[] {
  const { argv, cwd, env } = question;
  const line = awsLine(argv);
  const service = line.service?.value;
  const operation = line.operation?.value;
  if (service === undefined || operation === undefined || service === 's3' || line.separator !== 'none') return [];
  const home = inHome(env);
  const aliases = readAwsAliases({ cwd, ...(home !== undefined && { home }), readFile: (file) => found.text(file) });
  if (aliases.has(service) || aliases.has(`${service} ${operation}`)) return [];
  const names = namesOf(question, found);
  const command = `${service} ${operation}`;
  return line.options.flatMap((option): readonly Place[] => {
    const [value] = option.values;
    if (value?.value === undefined || (option.values.length > 1 && !WORDS_BEHIND.has(command))) return [];
    // The place in argv goes along as the word's range.
    const at = value.range.start;
    const before = (argv[at] ?? '').slice(0, (argv[at] ?? '').length - value.value.length);
    if (command === 'cloudformation deploy' && meansTemplateFile(option)) return [onePlace(at, before, found.at(value.value))];
    const [, scheme, text] = FILE_URL.exec(value.value) ?? [];
    if (scheme === undefined || text === undefined || !isRead(operation, option)) return [];
    const file = awsParameterPath(text, names);
    return file === undefined ? [] : [onePlace(at, `${before}${scheme}`, found.at(file), isPlain)];
  });
}

/** `--tags` is the only other option of `deploy` that begins with a t. */
const meansTemplateFile = (option: AwsOption): boolean => option.name.length > 1 && meansOption(option, 'template-file');

const isRead = (operation: string, { name }: Pick<AwsOption, 'name'>): boolean => !/(?:^|-)ur[il]$/.test(name) && !NOT_READ.has(`${operation} ${name}`);

