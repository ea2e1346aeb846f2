import { awsOperation } from '../../detect/knowledge/aws-operations';
import type { Failure } from '../request';
import { lastWords, type ToolAnswer } from '../tool-run';

/** Why a call of the AWS CLI failed. */
export interface CliFailure {
  /** The error code of the service (`AccessDenied`); undefined when the call did not get there. */
  readonly code: string | undefined;
  readonly message: string;
  /** Set when no other call would fare better: credentials, region, network. */
  readonly general: Failure['kind'] | undefined;
}

const DENIED = /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError|AuthorizationErrorException|NotAuthorized|Forbidden|403|OptInRequired|UnauthorizedException)$/;
const THROTTLED = /^(?:Throttling|ThrottlingException|ThrottledException|RequestLimitExceeded|TooManyRequestsException|RequestThrottled|SlowDown|ProvisionedThroughputExceededException)$/;
/** Source: "Common errors" of the AWS API references, and AWS STS. */
const BAD_CREDENTIALS = /^(?:ExpiredToken|ExpiredTokenException|RequestExpired|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidAccessKeyId|AuthFailure|MissingAuthenticationToken|MissingAuthenticationTokenException|IncompleteSignature|InvalidToken)$/;

/** Sentences with which botocore and the AWS CLI end before a service answered. Source: botocore/exceptions.py. */
const BEFORE: readonly (readonly [RegExp, Failure['kind']])[] = [
  [/Could not connect to the endpoint URL|Connect timeout on endpoint URL|Connection was closed before|Failed to connect to proxy|Name or service not known|SSL validation failed|Could not resolve/i, 'unreachable'],
  [/Read timeout on endpoint URL/i, 'timeout'],
  [/You must specify a region|Provided region_name .* doesn't match|Invalid endpoint/i, 'no-region'],
  [/Unable to locate credentials|Partial credentials|could not be found|Error when retrieving (?:token|credentials)|SSO|Token has expired|aws sso login|Error loading SSO|credential_process|reauthenticate|session has expired|MFA|EOF when reading/i, 'credentials'],
];

/** Reads what the CLI said about a call that failed. */
export function readFailure(answer: Pick<ToolAnswer, 'stdout' | 'stderr'>): CliFailure {
  const text = lastWords(answer);
  const service = /An error occurred \(([^)]+)\) when calling the \w+ operation(?: \(reached max retries: \d+\))?:\s*(.*)$/s.exec(text);
  if (service?.[1] !== undefined) {
    const code = service[1];
    return { code, message: service[2] === undefined || service[2] === '' ? code : service[2], general: BAD_CREDENTIALS.test(code) ? 'credentials' : undefined };
  }
  if (/^Unable to parse response|invalid XML received|invalid JSON received/.test(text)) return { code: undefined, message: 'something that is not AWS\'s format (a proxy or another service may answer there)', general: undefined };
  return { code: undefined, message: text === '' ? 'it gave no reason' : text, general: BEFORE.find(([pattern]) => pattern.test(text))?.[1] };
}

/** The IAM action of a read (`rds:DescribeDBInstances`). */
export function actionOf(args: readonly string[]): string {
  const [service = '', command = ''] = args;
  if (service === 's3') return 's3:ListBucket';
  return awsOperation(service, command)?.name ?? `${service}:${command}`;
}

/** The sentence about a read that failed: what stays unknown, why, and what to do. */
export function unknownSentence(what: string, args: readonly string[], failure: CliFailure): string {
  const { code, message } = failure;
  const action = actionOf(args);
  const head = `${upperFirst(what)} can't be read`;
  if (code !== undefined && DENIED.test(code)) return `${head}: ${action} is not allowed for these credentials (${code}: ${short(message)}). Ask for that permission, or ask somebody who has it.`;
  if (code !== undefined && THROTTLED.test(code)) return `${head}: AWS is throttling ${action}. Wait a minute, then preview again.`;
  return `${head}: ${action} answered ${code === undefined ? '' : `${code}: `}${short(message)}. Look at it in the console before you approve.`;
}

/** The failure of the whole preview, for what no other read would fare better with. */
export function asFailure(failure: CliFailure, args: readonly string[], profile: string | undefined): Failure | undefined {
  const { general, message } = failure;
  const offline = 'What the operation table says is still shown.';
  const because = short(message);
  switch (general) {
    case 'unreachable': return { kind: general, message: `AWS can't be reached for ${actionOf(args)}: ${because}. Check the endpoint, the network and the certificate settings, then preview again. ${offline}` };
    case 'timeout': return { kind: general, message: `AWS did not answer ${actionOf(args)}: ${because}. Preview again; if it stays silent, check the endpoint. ${offline}` };
    case 'no-region': return { kind: general, message: `No usable region is set for this command (${because}). Add --region, or set AWS_DEFAULT_REGION or the profile's region.` };
    case 'credentials': return { kind: general, message: `These credentials don't work (${because}). Check the profile and the keys it names, or run 'aws sso login${profile === undefined ? '' : ` --profile ${profile}`}', then preview again. ${offline}` };
    default: return undefined;
  }
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function short(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim().replace(/[.\s]+$/, '');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
