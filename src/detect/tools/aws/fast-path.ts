import { allAwsTiers, awsApiOperation } from '../../knowledge/aws-operations';
import { doorOf } from '../../knowledge/doors';
import { AWS_GLOBAL_OPTIONS } from './command-line';
import { nothingOutside } from '../cli/fast-path';
import { awsOutside } from './outside';

/**
 * First words of operation names that mean reading in every service, apart from the exceptions that the table names.
 * The order does not matter: the exceptions stand before them.
 */
const READING = ['Describe', 'List', 'Get', 'Search', 'Head', 'BatchGet', 'BatchDescribe', 'Lookup', 'Detect', 'Validate', 'Check', 'Query', 'Scan', 'Filter', 'Select', 'Simulate'];

/** Reads whose names begin otherwise and that people type often; the rest takes the slow path. */
const OFTEN = /^(logs:(StartQuery|StopQuery|StartLiveTail)|sts:(AssumeRole|AssumeRoleWithWebIdentity|DecodeAuthorizationMessage)|route53:TestDNSAnswer|kms:(Encrypt|Decrypt|GenerateDataKey|GenerateRandom)|cloudformation:EstimateTemplateCost|dynamodb:TransactGetItems|iam:Generate\w*|rds:DownloadDBLogFilePortion|bedrock-runtime:\w+|sagemaker-runtime:\w+|ecr:BatchCheckLayerAvailability|ecr-public:BatchCheckLayerAvailability|servicediscovery:\w+|translate:\w+|polly:\w+|rekognition:\w+|textract:\w+|comprehend:\w+)$/;

/** The AWS CLI's own commands that only read. Source: custom.ts beside this. */
const OWN_READS = ['s3 ls', 's3 presign', 'configure list', 'configure get', 'configure list-profiles', 'history list', 'history show', 'logs tail', '* wait', '* help'];

let text: string | undefined;

/**
 * POSIX sh text that decides, without starting a process, whether `aws "$@"` only reads.
 *
 * It sets `hp_read` to 1 when that is certain and to 0 otherwise; the caller asks the gate in the second case. Safe in
 * dash, bash 3.2 and zsh's sh mode. It is never sure when something outside of the words may change what they mean: an alias, models
 * or plugins of somebody's own, auto-prompt (`outside.ts`).
 * @returns the text; it defines and calls the function `hp_aws`.
 */
export function awsFastPath(): string {
  text ??= generate();
  return text;
}

function generate(): string {
  const valued = [...AWS_GLOBAL_OPTIONS].filter(([, takesValue]) => takesValue).map(([name]) => `--${name}`);
  const flags = [...AWS_GLOBAL_OPTIONS].filter(([name, takesValue]) => !takesValue && name !== 'version' && name !== 'cli-auto-prompt').map(([name]) => `--${name}`);
  const exceptions: string[] = [];
  const others: string[] = [];
  for (const { service, api, mutation } of allAwsTiers()) {
    const looksRead = READING.some((word) => api.startsWith(word));
    // A read in name that opens a shell or hands out raw access is asked about as well.
    const isDoor = doorOf('aws', `${service}:${api}`) !== undefined;
    if (looksRead && (mutation !== 'none' || isDoor)) exceptions.push(pattern(service, api));
    if (!looksRead && mutation === 'none' && !isDoor && OFTEN.test(`${service}:${api}`)) others.push(pattern(service, api));
  }
  const prefixes = READING.map((word) => `*' ${word.replace(/(.)([A-Z])/, '$1-$2').toLowerCase()}${/^(Query|Scan)$/.test(word) ? '' : '-'}'*`);
  return `hp_read=0
hp_aws() {
${nothingOutside(awsOutside)}  for hp_c in ${awsOutside.settings.map((s) => `"\${${s.variable}:-$HOME/${s.path.join('/')}}"`).join(' ')}; do
    case $hp_c in '~'/*) hp_c=$HOME/\${hp_c#??} ;; '~'*|*'$'*) return 0 ;; esac
    test -f "$hp_c" && test -r "$hp_c" || continue
    while IFS= read -r hp_l || test -n "$hp_l"; do
      case $hp_l in ${[...awsOutside.keys.map((key) => `*${anyCase(key)}*`), ...awsOutside.sections.map((name) => `*[[]*${anyCase(name)}*`)].join('|')}) return 0 ;; esac
    done <"$hp_c"
  done
  hp_s=
  hp_o=
  for hp_a in "$@"; do
    case $hp_a in --cli-a*) return 0 ;; esac
  done
  while test "$#" -gt 0; do
    case $1 in
    ${valued.join('|')})
      case \${2--} in -*) return 0 ;; esac
      shift 2 ;;
    ${valued.map((o) => `${o}=*`).join('|')}) shift ;;
    ${flags.join('|')}) shift ;;
    --version) hp_read=1; return 0 ;;
    -*|''|*[!a-z0-9.-]*) return 0 ;;
    *)
      if test -n "$hp_s"; then hp_o=$1; break; fi
      hp_s=$1
      shift ;;
    esac
  done
  case "$hp_s $hp_o" in
  'help ') hp_read=1 ;;
  ${exceptions.join('|')}) ;;
  ${[...OWN_READS.map(ownPattern), ...prefixes, ...others].join('|')}) hp_read=1 ;;
  esac
}
hp_aws "$@"
`;
}

/** A setting's name as a pattern of sh: keys of these files are read without regard to case. */
function anyCase(text: string): string {
  return text.replace(/[a-z]/g, (c) => `[${c}${c.toUpperCase()}]`);
}

function pattern(service: string, api: string): string {
  return `'${service} ${awsApiOperation(service, api)?.command ?? ''}'`;
}

function ownPattern(command: string): string {
  return command.startsWith('* ') ? `?*'${command.slice(1)}'` : `'${command}'`;
}
