import type { Value } from '../program/value';

/** Where a value comes from, written as a path that begins with its module. */
export type From = Extract<Value, { kind: 'from' }>;

export const from = (path: string): From => ({ kind: 'from', path });

/** Longer paths say nothing more. */
const MAX_PATH = 300;

/**
 * What a module is. The clients of the AWS SDK (2 and 3) are all written `@aws:SERVICE`.
 * Sources: package names of the AWS SDK for JavaScript v3 (`@aws-sdk/client-*`, `@aws-sdk/lib-*`) and v2 (`aws-sdk/clients/*`).
 */
export function fromModule(module: string): From {
  const plain = module.replace(/^(?:node|npm|jsr):/, '').replace(/^(@?[^@]+)@[\d^~][^/]*/, '$1');
  const aws = /^@aws-sdk\/(?:client|lib)-([\w-]+)$/.exec(plain)?.[1] ?? /^aws-sdk\/clients\/([\w-]+)$/.exec(plain)?.[1];
  return from(aws === undefined ? plain : `@aws:${aws}`);
}

/** `object.property`. */
export function member(object: From, property: string): Value {
  const path = `${object.path}.${property}`;
  if (path.length > MAX_PATH) return { kind: 'unknown' };
  if ((property === 'default' || property === 'promises') && !object.path.includes('()')) return object;
  // `aws-sdk` names its clients by their service: `AWS.S3`, `AWS.DynamoDB.DocumentClient`.
  const v2 = /^aws-sdk(?:\/(?:global|index))?\.([A-Z]\w*)$/.exec(path)?.[1];
  if (v2 !== undefined && !NO_SERVICE.test(v2)) return from(`@aws:${v2}`);
  if (/^@aws:[\w-]+$/.test(object.path) && property === 'DocumentClient') return object;
  return from(path);
}

/** Classes of `aws-sdk` that are no services. Source: AWS SDK for JavaScript v2 API reference. */
const NO_SERVICE = /^(?:Config|Credentials|\w+Credentials|HttpRequest|HttpResponse|HttpClient|Endpoint|MetadataService|Request|Response|Service|Signers|XML|NodeHttpClient|CredentialProviderChain|IniLoader|TokenProviderChain)$/;

/** What `new Class(…)` gives, or a value that a parameter of this type has: the client of the service, or an object of that module. */
export function instance(path: string): Value {
  const aws = /^@aws:([\w-]+)(?:\.([A-Z]\w*))?$/.exec(path);
  if (aws) return aws[2]?.endsWith('Command') ? from(`${path}()`) : from(`@aws:${aws[1]}`);
  return path.length < MAX_PATH ? from(`${path}()`) : { kind: 'unknown' };
}

/** Modules that give back what they are given, with a trace or a promise around it. */
export const PASSES_ON = /(?:^|\.)(?:captureAWS|captureAWSClient|captureAWSv3Client|promisify|promisifyAll|instrument|wrapSDK)$/;
