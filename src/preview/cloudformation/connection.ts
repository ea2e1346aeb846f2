import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { CloudFormationClient, CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import { notKnown, type TargetContext, type Unknown } from '../../model';
import { describe, explain, fail, PreviewError } from '../failure';
import type { ConnectionOptions } from './command';
import type { StackState } from './stack';

/** The SDK, loaded when the first call is made: an offline preview never pays for it. */
type Sdk = typeof import('@aws-sdk/client-cloudformation');

/** A way to one CloudFormation endpoint as one identity. */
export interface Connection {
  readonly sdk: Sdk;
  readonly region: string;
  readonly context: TargetContext;
  /** The region or the address, for messages. */
  readonly where: string;
  /** Every stack that was read through this connection, as it stood. */
  readonly seen: StackState[];
  /** What the preview can't be sure of about the connection. */
  readonly unknowns: readonly Unknown[];
  /**
   * Sends one call with a time limit; at the end of the limit or on cancel it throws.
   * @throws PreviewError with the next step, or what `expected` lets through.
   */
  call<T>(name: string, send: (client: CloudFormationClient, options: { readonly abortSignal: AbortSignal }) => Promise<T>, expected?: (error: ServiceError) => boolean): Promise<T>;
  /** The same way with another signal: cleaning up must outlive the cancel. */
  under(signal: AbortSignal): Connection;
  close(): void;
}

export interface ServiceError {
  readonly name: string;
  readonly message: string;
}

export interface ConnectOptions {
  readonly options: ConnectionOptions;
  readonly env: NodeJS.ProcessEnv;
  /** The `aws` that would run, to ask for its version where versions differ. */
  readonly executable?: string;
  readonly signal: AbortSignal;
  /** Limit of one call. */
  readonly callLimitMs?: number;
}

const CALL_LIMIT_MS = 15_000;
const CONNECTION_LIMIT_MS = 5_000;

/**
 * Connects the way the held command would: its region, profile, endpoint and credentials, nothing else.
 * Sources for the order: AWS CLI user guide, "Configuration settings and precedence"; botocore's configprovider.
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const { env, signal } = options;
  const given = options.options;
  // botocore asks AWS_DEFAULT_PROFILE first; the SDK does not know it.
  const profile = given.profile ?? (env['AWS_DEFAULT_PROFILE'] || env['AWS_PROFILE'] || undefined);
  if (/^true$/i.test(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? '')) {
    delete env['AWS_ENDPOINT_URL'];
    delete env['AWS_ENDPOINT_URL_CLOUDFORMATION'];
  }
  const credentials = credentialsFor(given, env);
  // The SDK must not take a region or a profile that the command would not take.
  const newRegion = env['AWS_REGION'] || undefined;
  delete env['AWS_REGION'];
  if (profile === undefined) delete env['AWS_PROFILE'];
  else env['AWS_PROFILE'] = profile;

  const sdk = await import('@aws-sdk/client-cloudformation');
  const base: CloudFormationClientConfig = {
    maxAttempts: 3,
    ...(profile === undefined ? {} : { profile }),
    ...(given.endpointUrl === undefined ? {} : { endpoint: given.endpointUrl }),
    ...credentials,
    requestHandler: { connectionTimeout: CONNECTION_LIMIT_MS, httpsAgent: { keepAlive: true, maxSockets: 10, ...tls(given, env) } },
  };
  const { region, unknowns } = await chooseRegion({ sdk, base, newRegion, options });
  const client = new sdk.CloudFormationClient({ ...base, region });
  const endpoint = given.endpointUrl ?? env['AWS_ENDPOINT_URL_CLOUDFORMATION'] ?? env['AWS_ENDPOINT_URL'];
  const where = endpoint ? shown(endpoint) : `CloudFormation in ${region}`;
  const limitMs = options.callLimitMs ?? CALL_LIMIT_MS;
  const proxy = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].some((name) => Boolean(env[name]));
  const context = { region, ...(profile === undefined ? {} : { profile }), ...(endpoint ? { endpoint: shown(endpoint) } : {}) };
  const seen: StackState[] = [];
  const under = (ending: AbortSignal): Connection => ({
    sdk, region, where, unknowns, context, under, seen,
    async call(name, send, expected) {
      const limit = AbortSignal.timeout(limitMs);
      const abortSignal = AbortSignal.any([ending, limit]);
      try {
        // Raced as well, because looking up credentials (a process, SSO) does not listen to the signal.
        return await Promise.race([send(client, { abortSignal }), rejectOn(abortSignal)]);
      } catch (error) {
        if (ending.aborted) throw cancelled(ending);
        const { name: errorName, message } = describe(error);
        if (expected?.({ name: errorName, message })) throw error;
        throw new PreviewError(explain(limit.aborted ? timeout() : error, { call: name, where, profile, limitMs, proxy }));
      }
    },
    close: () => client.destroy(),
  });
  return under(signal);
}

/** Why the signal ended the work: the parent's limit, or a person. */
export function cancelled(signal: AbortSignal): PreviewError {
  return signal.reason instanceof PreviewError ? signal.reason : new PreviewError({ kind: 'cancelled', message: 'The preview was cancelled. The command is still held.' });
}

/** True for the answer "there is no such stack". */
export function isNoStack(error: ServiceError): boolean {
  return /^(?:ValidationError|ValidationException|StackNotFoundException)$/.test(error.name) && /does not exist|not found/i.test(error.message);
}

/** Waits, or throws when the signal ends it. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const timer = setTimeout(done, ms);
    const stop = (): void => {
      clearTimeout(timer);
      reject(cancelled(signal));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/**
 * Static keys in the environment win over a profile from the environment, but not over `--profile`
 * (botocore, `create_credential_resolver`); the SDK's own chain would do the opposite.
 */
function credentialsFor(given: ConnectionOptions, env: NodeJS.ProcessEnv): Partial<CloudFormationClientConfig> {
  if (!given.sign) {
    return { credentials: { accessKeyId: 'unsigned', secretAccessKey: 'unsigned' }, signer: { sign: (request) => Promise.resolve(request) } };
  }
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = env['AWS_SESSION_TOKEN'] || env['AWS_SECURITY_TOKEN'];
  if (given.profile === undefined && accessKeyId && secretAccessKey) {
    return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } };
  }
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) delete env[name];
  return {};
}

function tls(given: ConnectionOptions, env: NodeJS.ProcessEnv): { readonly rejectUnauthorized?: boolean; readonly ca?: string } {
  if (!given.verifySsl) return { rejectUnauthorized: false };
  const bundle = given.caBundle ?? env['AWS_CA_BUNDLE'] ?? env['REQUESTS_CA_BUNDLE'];
  if (!bundle) return {};
  try {
    return { ca: readFileSync(bundle, 'utf8') };
  } catch {
    return fail('command', `The certificate bundle ${bundle} can't be read. Correct --ca-bundle or AWS_CA_BUNDLE, then preview again.`);
  }
}

/**
 * AWS CLI v2 takes AWS_REGION before AWS_DEFAULT_REGION before the profile; v1 does not know AWS_REGION. A preview of the
 * wrong region would say "nothing there", so where the two differ the version of the very executable decides.
 */
async function chooseRegion(at: {
  readonly sdk: Sdk; readonly base: CloudFormationClientConfig; readonly newRegion: string | undefined; readonly options: ConnectOptions;
}): Promise<{ readonly region: string; readonly unknowns: readonly Unknown[] }> {
  const { options } = at;
  if (options.options.region !== undefined) return { region: options.options.region, unknowns: [] };
  const oldRegion = (options.env['AWS_DEFAULT_REGION'] || undefined) ?? (await profileRegion(at.sdk, at.base));
  if (at.newRegion === undefined || oldRegion === at.newRegion) {
    return { region: oldRegion ?? fail('no-region', 'No region is set for this command. Add --region, or set AWS_DEFAULT_REGION or the profile\'s region.'), unknowns: [] };
  }
  if (oldRegion === undefined) return { region: at.newRegion, unknowns: [] };
  const major = await cliMajor(options.executable, options.signal);
  if (major === 1) return { region: oldRegion, unknowns: [] };
  const unknowns = major === undefined
    ? [notKnown('target', at.newRegion, `AWS_REGION says ${at.newRegion}, but AWS CLI v1 would act in ${oldRegion}. This preview took ${at.newRegion}; add --region to be sure.`)]
    : [];
  return { region: at.newRegion, unknowns };
}

async function profileRegion(sdk: Sdk, base: CloudFormationClientConfig): Promise<string | undefined> {
  const client = new sdk.CloudFormationClient(base);
  try {
    return await client.config.region();
  } catch (error) {
    if (/Region is missing/i.test(describe(error).message)) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

function cliMajor(executable: string | undefined, signal: AbortSignal): Promise<number | undefined> {
  if (executable === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    execFile(executable, ['--version'], { timeout: 5000, signal, windowsHide: true }, (_error, stdout, stderr) => {
      const major = /aws-cli\/(\d+)\./.exec(`${stdout}${stderr}`)?.[1];
      resolve(major === undefined ? undefined : Number(major));
    });
  });
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(timeout());
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function timeout(): Error {
  const error = new Error('no answer within the limit');
  error.name = 'TimeoutError';
  return error;
}

/** An address without user, password and query. */
function shown(endpoint: string): string {
  try {
    const url = new URL(endpoint);
    return `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`;
  } catch {
    return fail('command', 'The endpoint address of this command is not a URL. Correct --endpoint-url or AWS_ENDPOINT_URL.');
  }
}

