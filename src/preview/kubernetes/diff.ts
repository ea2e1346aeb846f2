import { at, fields, text } from './json';
import type { KubeObject } from './objects';

/** One field that differs. */
export interface FieldChange {
  /** `spec.template.spec.containers[web].image` */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What the API server itself keeps up to date. Source: Kubernetes API conventions, "Metadata". */
const OF_THE_SERVER = /^metadata\.(?:managedFields|resourceVersion|generation|uid|creationTimestamp|selfLink|annotations\.(?:kubectl\.kubernetes\.io\/last-applied-configuration|deployment\.kubernetes\.io\/revision))$/;
/** Fields whose values are worth showing and hold nothing secret; of every other only the name is shown. */
const SHOWN = /(?:^|\.)(?:replicas|image|type|paused|suspend|schedule|parallelism|completions|minReplicas|maxReplicas|minAvailable|maxUnavailable|maxSurge|port|targetPort|nodePort|clusterIP|storage|cpu|memory|persistentVolumeReclaimPolicy|whenDeleted|whenScaled|unschedulable|serviceAccountName|imagePullPolicy|restartPolicy|terminationGracePeriodSeconds|storageClassName|volumeName)$/;

/** The fields in which two objects differ, without what the server keeps. Lists are compared by the names of their entries where they have any. */
export function changesBetween(before: unknown, after: unknown): readonly FieldChange[] {
  const out: FieldChange[] = [];
  walk('', withoutServers(before), withoutServers(after), out);
  return out;
}

/** Without what the server keeps, so that a list of annotations that holds nothing else is no change. */
function withoutServers(body: unknown): unknown {
  const { status: _status, metadata, ...rest } = fields(body);
  const kept = (value: unknown, path: string): Record<string, unknown> => Object.fromEntries(Object.entries(fields(value)).filter(([name]) => !OF_THE_SERVER.test(`${path}.${name}`)));
  const meta = kept(metadata, 'metadata');
  return { ...rest, metadata: { ...meta, annotations: kept(meta['annotations'], 'metadata.annotations') } };
}

/** An entry of a list counts when it is empty, too: a rule of a NetworkPolicy that says nothing lets everybody in. */
function walk(path: string, before: unknown, after: unknown, out: FieldChange[], entry = false): void {
  if (same(before, after) || (!entry && empty(before) && empty(after))) return;
  const lists = Array.isArray(before) || Array.isArray(after);
  const both = isObject(before) && isObject(after);
  if (lists || both) {
    const [a, b] = [lists ? named(before) : fields(before), lists ? named(after) : fields(after)];
    const dot = (key: string): string => (lists ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`);
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) walk(dot(key), a[key], b[key], out, lists);
    return;
  }
  out.push({ path, before, after });
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const empty = (value: unknown): boolean => value === undefined || value === null || (isObject(value) && Object.values(fields(value)).every(empty)) || (Array.isArray(value) && value.length === 0);
const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** A list's entries by name, so that one that is put in front does not change all of the others. */
function named(list: unknown): Record<string, unknown> {
  if (!Array.isArray(list)) return {};
  const keys = list.map((one: unknown) => text(at(one, 'name')) ?? text(at(one, 'key')));
  const byName = keys.every((key) => key !== undefined) && new Set(keys).size === keys.length;
  return Object.fromEntries(list.map((one: unknown, index) => [byName ? (keys[index] ?? '') : String(index), one]));
}

const MOST = 8;

/** The changes as sentences: values only where they can be no secret. */
export function changeWords(changes: readonly FieldChange[]): readonly string[] {
  const words = changes.slice(0, MOST).map(({ path, before, after }) => {
    const values = SHOWN.test(path) && !path.startsWith('data') && plain(before) && plain(after);
    if (before === undefined || before === null) return values ? `${path} is set to ${String(after)}` : `${path} is added`;
    if (after === undefined || after === null) return `${path} is removed`;
    return values ? `${path} ${String(before)} → ${String(after)}` : `${path} changes`;
  });
  return changes.length > MOST ? [...words, `and ${changes.length - MOST} more fields`] : words;
}

const plain = (value: unknown): boolean => value === undefined || value === null || typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length <= 200);

/** Whether the pods of a workload are made anew by these changes. */
export const changesTemplate = (object: Pick<KubeObject, 'kind'>, changes: readonly FieldChange[]): boolean =>
  /^(?:Deployment|StatefulSet|DaemonSet)$/.test(object.kind) && changes.some(({ path }) => path.startsWith('spec.template'));
