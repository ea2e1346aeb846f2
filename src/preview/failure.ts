import type { Failure, FailureKind } from './request';

/** Carries a failure through the calls of a preview to the worker's edge, where it becomes a message. */
export class PreviewError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
    this.name = 'PreviewError';
  }
}

/** Ends the preview with a message that says what to do next. */
export function fail(kind: FailureKind, message: string): never {
  throw new PreviewError({ kind, message });
}

/** What is needed to say where a call went. */
export interface CallSite {
  /** The API operation, `DescribeStacks`. */
  readonly call: string;
  /** Where it was sent: an address, or the region. */
  readonly where: string;
  readonly profile: string | undefined;
  readonly limitMs: number;
  /** True when the environment names a proxy, through which the command would go and the preview does not. */
  readonly proxy?: boolean;
}

const OFFLINE = 'The offline prediction still works.';

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ENOTFOUND: 'its name is not known (DNS)',
  EAI_AGAIN: 'its name could not be looked up (DNS)',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no network',
  ETIMEDOUT: 'the connection timed out',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  EPROTO: 'it does not speak TLS as expected',
};

/** Errors of AWS that mean: these credentials are no good. Source: Common errors, CloudFormation API reference, and AWS STS. */
const BAD_CREDENTIALS =
  /^(?:ExpiredToken|ExpiredTokenException|RequestExpired|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidAccessKeyId|InvalidSecurity|AuthFailure|MissingAuthenticationToken|MissingAuthenticationTokenException|IncompleteSignature|InvalidToken|CredentialsProviderError|TokenProviderError|UnauthorizedSSOTokenError)$/;
const DENIED = /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation|OptInRequired|NotAuthorized)$/;
const THROTTLED = /^(?:Throttling|ThrottlingException|ThrottledException|RequestLimitExceeded|TooManyRequestsException|RequestThrottled|RequestThrottledException|BandwidthLimitExceeded)$/;

/** Turns whatever a call threw into a failure with the next step. Never throws. */
export function explain(error: unknown, site: CallSite): Failure {
  if (error instanceof PreviewError) return error.failure;
  const { name, message, code } = describe(error);
  const login = `Run 'aws sso login${site.profile ? ` --profile ${site.profile}` : ''}' or renew them the way you got them, then preview again.`;
  if (code !== undefined && NETWORK[code] !== undefined) {
    return { kind: 'unreachable', message: `${site.where} can't be reached: ${NETWORK[code]}. ${checkNetwork(site)} ${OFFLINE}` };
  }
  if (code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO_/.test(code)) {
    return { kind: 'unreachable', message: `The certificate of ${site.where} is not trusted (${code}). Give the command --ca-bundle or set AWS_CA_BUNDLE, then preview again. ${OFFLINE}` };
  }
  if (name === 'TimeoutError' && /without establishing/.test(message)) {
    return { kind: 'unreachable', message: `${site.where} can't be reached: no connection within 5 seconds. ${checkNetwork(site)} ${OFFLINE}` };
  }
  if (name === 'TimeoutError' || name === 'AbortError') {
    return { kind: 'timeout', message: `${site.where} did not answer ${site.call} within ${Math.ceil(site.limitMs / 1000)} seconds. Preview again; if it stays silent, check the endpoint. ${OFFLINE}` };
  }
  if (/Deserialization error|XML parse error/.test(message)) {
    return { kind: 'unreachable', message: `${site.where} answered ${site.call} with something that is not CloudFormation's format. Check the endpoint: a proxy or another service may answer there. ${OFFLINE}` };
  }
  if (/Region is missing/i.test(message)) {
    return { kind: 'no-region', message: 'No region is set for this command. Add --region, or set AWS_DEFAULT_REGION or the profile\'s region.' };
  }
  if (BAD_CREDENTIALS.test(name)) {
    const sso = /sso|expired|token/i.test(`${name} ${message}`);
    const why = name === 'CredentialsProviderError' ? `No usable credentials were found${site.profile ? ` for profile ${site.profile}` : ''} (${short(message)})` : `AWS refuses these credentials (${name}: ${short(message)})`;
    return { kind: 'credentials', message: `${why}. ${sso ? login : `Check the profile and the keys it names, or run 'aws sso login${site.profile ? ` --profile ${site.profile}` : ''}', then preview again.`} ${OFFLINE}` };
  }
  if (DENIED.test(name)) {
    return { kind: 'denied', message: `These credentials may not call cloudformation:${site.call} (${short(message)}). Ask for that permission, or preview offline.` };
  }
  if (THROTTLED.test(name)) {
    return { kind: 'throttled', message: `AWS is throttling calls (${site.call}). Wait a minute, then preview again. ${OFFLINE}` };
  }
  return { kind: 'refused', message: `CloudFormation answered ${site.call} with ${name}: ${short(message)}` };
}

function checkNetwork(site: CallSite): string {
  return site.proxy === true
    ? 'The command would go through the proxy that the environment names; the preview calls directly.'
    : 'Check the endpoint and the network, then preview again.';
}

/** Name, message and system code of anything thrown. */
export function describe(error: unknown): { readonly name: string; readonly message: string; readonly code: string | undefined } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: undefined };
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : undefined;
  const code = codeOf(error) ?? codeOf(inner) ?? codeOf(error.cause);
  return { name: error.name, message: error.message || (inner instanceof Error ? inner.message : ''), code };
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function short(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}
