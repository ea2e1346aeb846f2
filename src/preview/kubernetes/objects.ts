import { createHash } from 'node:crypto';
import { digestOf } from '../radius';
import { at, fields, items, number, text, type Fields } from './json';

/** An object of the Kubernetes API as far as a preview looks at it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly uid: string | undefined;
  readonly labels: Fields;
  readonly annotations: Fields;
  readonly finalizers: readonly string[];
  readonly owners: readonly Owner[];
  /** Set when it is being deleted already. */
  readonly deleting: boolean;
  /** The whole of it; without the values of a Secret. */
  readonly body: Fields;
}

export interface Owner {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller: boolean;
}

/** API groups whose kinds are Kubernetes's own; their names need no group beside them. Source: Kubernetes API reference, 1.32. */
const OWN_GROUP = /^(?:|apps|batch|autoscaling|policy|extensions|(?:networking|rbac\.authorization|storage|scheduling|coordination|discovery|admissionregistration|apiextensions|apiregistration|certificates|events|node|resource|flowcontrol\.apiserver)\.k8s\.io)$/;

/** The group of an apiVersion; empty for the core group. */
const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');

/** Whether its meaning is a controller's of somebody else, which this preview can't know. */
export const isCustom = (object: Pick<KubeObject, 'apiVersion'>): boolean => !OWN_GROUP.test(groupOf(object.apiVersion));

/** The kind in words: with its group where another kind may have the same name. */
export const kindOf = (object: Pick<KubeObject, 'apiVersion' | 'kind'>): string => (isCustom(object) ? `${object.kind}.${groupOf(object.apiVersion)}` : object.kind);

/** `prod/Deployment/web`; `Namespace/prod` for what is in no namespace. */
export const idOf = (object: Pick<KubeObject, 'apiVersion' | 'kind' | 'namespace' | 'name'>): string =>
  `${object.namespace === undefined ? '' : `${object.namespace}/`}${kindOf(object)}/${object.name}`;

/** The name by which kubectl finds it, whatever else is installed (`deployment.v1.apps`). */
export function resourceArg(object: Pick<KubeObject, 'apiVersion' | 'kind'>): string {
  const [group, version] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : ['', object.apiVersion];
  return group === '' ? object.kind : `${object.kind}.${version ?? ''}.${group ?? ''}`;
}

/** Reads one object; undefined for anything that is none. The values of a Secret are replaced by digests at once. */
export function readObject(value: unknown): KubeObject | undefined {
  const given = fields(value);
  const body = given['kind'] === 'Secret' ? masked(given) : given;
  const meta = fields(body['metadata']);
  const [apiVersion, kind, name] = [text(body['apiVersion']), text(body['kind']), text(meta['name'])];
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  return {
    apiVersion, kind, name,
    namespace: text(meta['namespace']), uid: text(meta['uid']),
    labels: fields(meta['labels']), annotations: fields(meta['annotations']),
    finalizers: items(meta['finalizers']).flatMap((one) => text(one) ?? []),
    owners: ownersOf(meta['ownerReferences']),
    deleting: text(meta['deletionTimestamp']) !== undefined,
    body,
  };
}

/** Owner references. Source: Kubernetes documentation, "Owners and Dependents". */
export function ownersOf(value: unknown): readonly Owner[] {
  return items(value).flatMap((one) => {
    const uid = text(at(one, 'uid'));
    return uid === undefined ? [] : [{ uid, kind: text(at(one, 'kind')) ?? 'unknown', name: text(at(one, 'name')) ?? 'unknown', controller: at(one, 'controller') === true }];
  });
}

/** Reads kubectl's JSON: one object, a list, or several after one another. */
export function readObjects(json: string): readonly KubeObject[] {
  return documentsOf(json).flatMap((value) => (Array.isArray(at(value, 'items')) && /List$/.test(text(at(value, 'kind')) ?? '') ? items(at(value, 'items')) : [value])).flatMap((one) => readObject(one) ?? []);
}

/** kubectl prints one document, or one behind the other, each beginning with a brace in the first column. */
function documentsOf(json: string): readonly unknown[] {
  if (json.trim() === '') return [];
  try {
    return [JSON.parse(json)];
  } catch {
    return json.split(/\n(?=\{)/).map((part) => JSON.parse(part) as unknown);
  }
}

/** A digest in place of every value, so that a change can be seen and the value can't. */
function masked(body: Fields): Fields {
  const digest = (value: unknown): Fields => Object.fromEntries(Object.entries(fields(value)).map(([key, one]) => [key, createHash('sha256').update(String(one)).digest('hex')]));
  const meta = fields(body['metadata']);
  const annotations = Object.fromEntries(Object.entries(fields(meta['annotations'])).filter(([name]) => name !== 'kubectl.kubernetes.io/last-applied-configuration'));
  return { ...body, metadata: { ...meta, annotations }, data: digest(body['data']), ...(body['stringData'] === undefined ? {} : { stringData: digest(body['stringData']) }) };
}

/** Kinds whose content changes all the time without anybody's change: heartbeats and addresses. */
const RESTLESS: ReadonlySet<string> = new Set(['Lease', 'Endpoints', 'EndpointSlice', 'Event', 'Node']);

/**
 * What must be the same when the command runs: identity and specification. Status and a running replica count change by themselves
 * (autoscalers), but zero and not zero is a difference.
 */
export function fingerprintOf(object: KubeObject): string {
  if (RESTLESS.has(object.kind)) return `${idOf(object)} ${object.uid ?? ''}`;
  const { metadata: _metadata, status: _status, ...rest } = object.body;
  const replicas = number(at(rest, 'spec', 'replicas'));
  const settled = replicas === undefined ? rest : { ...rest, spec: { ...fields(rest['spec']), replicas: replicas > 0 } };
  return `${idOf(object)} ${object.uid ?? ''} ${digestOf({ settled, finalizers: object.finalizers, deleting: object.deleting })}`;
}
