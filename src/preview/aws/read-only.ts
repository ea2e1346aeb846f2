import type { DetectContext } from '../../detect/invocation';
import { knownWord } from '../../detect/invocation';
import { awsOperation } from '../../detect/knowledge/aws-operations';
import { AWS } from '../../detect/tools/aws/command-line';
import { lineOf, wordsOf } from '../../detect/words';
import { withReaders } from '../../detect/readers';
import { awsCli } from '../../detect/tools/aws/commands';
import { fail } from '../failure';

/** Names under which the API only reads. */
const READS = /^(?:describe|list|get|head|batch-get)-[a-z0-9-]+$/;

/** Reads that give secrets, content or credentials, which no preview needs, besides those that the operation table marks. */
const SECRETS = new Set([
  'secretsmanager get-secret-value', 'secretsmanager batch-get-secret-value', 'secretsmanager get-random-password',
  'ssm get-parameter', 'ssm get-parameters', 'ssm get-parameters-by-path', 'ssm get-parameter-history',
  's3api get-object', 's3api get-object-torrent', 'dynamodb get-item', 'dynamodb batch-get-item', 'kinesis get-records', 'logs get-log-events',
  'sts get-session-token', 'sts get-federation-token', 'sts get-access-key-info', 'ecr get-login', 'ecr get-login-password', 'ecr get-authorization-token',
  'ec2 get-password-data', 'ec2 get-console-output', 'ec2 get-console-screenshot', 'lambda get-function', 'rds generate-db-auth-token',
]);

/** Commands of `aws s3` that have a dry run. Source: AWS CLI reference, `s3 rm`, `s3 mv`, `s3 sync`. */
const S3_DRY = new Set(['rm', 'mv', 'sync']);

/**
 * The one gate before every call of the preview: it lets only reads through, and the held command's own dry run.
 * @param args what stands behind `aws`.
 * @param context where aliases of the AWS CLI are looked for: one of them may give a harmless name another meaning.
 * @param otherEndpoint the calls go to another place than AWS's own, which need not heed EC2's DryRun.
 * @throws PreviewError for anything that is not certain to change nothing.
 */
export function assertReadOnly(args: readonly string[], context: DetectContext, otherEndpoint = false): void {
  const why = notRead(args, otherEndpoint) ?? notReadByDetection(args, context);
  if (why !== undefined) fail('refused', `The preview left out 'aws ${args.filter((arg) => !arg.startsWith('-')).slice(0, 2).join(' ')}': ${why}. It only makes calls that change nothing.`);
}

function notRead(args: readonly string[], otherEndpoint: boolean): string | undefined {
  if (args.includes('--')) return 'words behind a bare -- can\'t be placed';
  // AWS CLI v1 fetches a parameter that is an address; the address of a queue is exempt (awscli/paramfile.py, PARAMFILE_DISABLED).
  if (args.some((arg, index) => /^https?:\/\//.test(arg) && args[index - 1] !== '--queue-url')) return 'an address among its parameters would be fetched';
  const line = lineOf(AWS, wordsOf(args));
  const service = line.service?.value ?? '';
  const command = line.operation?.value ?? '';
  if ([...line.globals.keys()].some((name) => name.endsWith('debug'))) return 'debug output shows credentials';
  if (args[0] !== service || args[1] !== command) return 'service and operation must come first';
  const { options } = line;
  const names = options.map((option) => option.name);
  if (SECRETS.has(`${service} ${command}`) || awsOperation(service, command)?.sensitive === true) return 'it gives secrets or content';
  if (names.some((name) => 'with-decryption'.startsWith(name) && name.length > 3)) return 'it gives secrets';
  if (service === 's3') {
    if (command === 'ls') return undefined;
    // The flag stands first, so that nothing before it can take it as a value.
    return S3_DRY.has(command) && args[2] === '--dryrun' ? undefined : 'it is not a dry run';
  }
  if (service === 'ec2' && args[2] === '--dry-run') {
    if (otherEndpoint) return 'only AWS itself is sure to know its dry run';
    return names.filter((name) => /^(?:no-)?d/.test(name) && ('dry-run'.startsWith(name) || 'no-dry-run'.startsWith(name))).length === 1 ? undefined : 'its dry run may be taken back';
  }
  if (!READS.test(command)) return 'its name does not say that it only reads';
  return awsOperation(service, command)?.mutation === 'none' ? undefined : 'the operation table does not know it as a read';
}

/** What detection says about it: the judgement that also holds commands. */
function notReadByDetection(args: readonly string[], context: DetectContext): string | undefined {
  const findings = awsCli.detect({
    argv: ['aws', ...args].map((arg) => knownWord(arg)), env: new Map(Object.entries(context.env ?? {})), cwd: context.cwd, stdin: undefined,
    range: { start: 0, end: 0 }, wrappers: [],
  }, withReaders(context));
  return findings.length > 0 && findings.every((finding) => finding.mutation === 'none') ? undefined : 'an alias or an option makes it more than a read';
}
