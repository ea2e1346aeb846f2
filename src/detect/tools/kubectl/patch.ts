import { parseAllDocuments } from 'yaml';
import type { Effect } from '../../../model';
import type { Finding } from '../../invocation';
import { fileText, option, type CliCall } from '../cli/call';

/** What a patch does, in words, and what is lost by it. */
interface Patched {
  readonly effects: readonly Effect[];
  readonly reason: string;
}

/**
 * What a patch takes away. It is read as kubectl reads it: YAML or JSON, from the words or a file.
 * Source: kubectl, pkg/cmd/patch/patch.go; Kubernetes documentation, "Update API Objects in Place Using kubectl patch"; RFC 6902 and 7386.
 * @returns undefined where the table's word stands.
 */
export function patched(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const given = option(call, '-p', '--patch')?.value;
  const file = option(call, '--patch-file')?.value;
  if (!given && !file) return undefined;
  const text = given ? given.value : file?.value === undefined ? undefined : fileText(file.value, call);
  const unread = `${call.tool}: Patches it with what can't be read here.`;
  if (text === undefined) return [{ ...finding, mutation: 'unknown', effects: ['unknown'], reason: unread, unknowns: [...finding.unknowns, 'what the patch says'] }];
  const value = parsed(text);
  if (value === undefined) return [{ ...finding, mutation: 'unknown', effects: ['unknown'], reason: unread, unknowns: [...finding.unknowns, 'what the patch says'] }];
  const found = Array.isArray(value) ? operations(value) : merged(value, []);
  const [first] = found;
  if (first === undefined) return undefined;
  const effects = [...new Set(found.flatMap((f) => f.effects))];
  const reason = `${call.tool}: ${[...new Set(found.map((f) => f.reason))].join(' ')}`;
  return [effects.length === 0 ? { ...finding, mutation: 'modifying', reason } : { ...finding, mutation: 'destructive', effects, reason }];
}

/** The value of one document; undefined for anything that is no object and no list. */
function parsed(text: string): object | undefined {
  try {
    const [document, ...more] = parseAllDocuments(text, { uniqueKeys: false });
    if (document === undefined || more.length > 0 || !('errors' in document) || document.errors.length > 0) return undefined;
    const value: unknown = document.toJS({ maxAliasCount: 20 });
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The operations of a JSON patch. */
function operations(list: readonly unknown[]): Patched[] {
  return list.flatMap((one): readonly Patched[] => {
    const { op, path, value } = (typeof one === 'object' && one !== null ? one : {}) as Readonly<Record<string, unknown>>;
    if (typeof path !== 'string') return [];
    const keys = path.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (op === 'remove' || op === 'move') return [gone(keys)];
    return op === 'add' || op === 'replace' || op === 'copy' ? set(keys, value) : [];
  });
}

/** What a merge patch sets, key by key; `null` takes a key away. */
function merged(value: object, path: readonly string[]): Patched[] {
  const map = value as Readonly<Record<string, unknown>>;
  if (map['$patch'] === 'delete' || map['$patch'] === 'replace') return [gone(path)];
  return Object.entries(map).flatMap(([key, inner]): readonly Patched[] => {
    if (key === '$retainKeys' || key.startsWith('$deleteFromPrimitiveList')) return [gone([...path, key.replace(/^.*\//, '')])];
    return set([...path, key], inner);
  });
}

function set(path: readonly string[], value: unknown): Patched[] {
  const key = path.at(-1) ?? '';
  if (value === null || value === undefined) return [gone(path)];
  if (key === 'finalizers') return Array.isArray(value) && value.length > 0 ? [] : [gone(path)];
  if (/^(?:replicas|minReplicas|maxReplicas|parallelism|minAvailable)$/.test(key) && typeof value !== 'object' && !(Number(value) >= 1)) {
    return [key === 'minAvailable' ? { effects: ['guard-removal'], reason: 'Sets minAvailable to 0: nothing keeps its pods any more.' } : { effects: ['outage'], reason: `Sets ${key} to ${plain(value)}: no pod is left to answer.` }];
  }
  if (/^(?:persistentVolumeReclaimPolicy|whenDeleted|whenScaled|deletionPolicy)$/.test(key) && value === 'Delete') return [{ effects: ['guard-removal'], reason: `Sets ${key} to Delete: the volume or what it stands for is deleted with it.` }];
  if (key === 'suspend' && value === true) return [{ effects: ['outage'], reason: 'Suspends it: it runs no more.' }];
  if (key === 'unschedulable' && value === true) return [{ effects: ['outage'], reason: 'Closes the node: nothing new runs there.' }];
  if (Array.isArray(value)) return value.flatMap((one) => (typeof one === 'object' && one !== null ? merged(one, path) : []));
  return typeof value === 'object' ? merged(value, path) : [];
}

/** Something is taken away: what, its place tells. */
function gone(path: readonly string[]): Patched {
  const name = path.filter((key) => !/^\d+$/.test(key)).join('.');
  if (path.includes('finalizers')) return { effects: ['guard-removal', 'data-loss'], reason: 'Takes the finalizers off: what waits to be cleaned up is deleted at once and may be left behind in the cloud.' };
  if (/^(?:data|stringData|binaryData)$/.test(path[0] ?? '')) return { effects: ['data-loss'], reason: `Takes ${name} out: what was stored there is lost.` };
  if (path.length <= 1) return { effects: ['data-loss', 'outage'], reason: `Takes ${name === '' ? 'everything in it' : name} out.` };
  if (/^(?:rules|subjects|webhooks)$/.test(path[0] ?? '')) return { effects: ['access-loss'], reason: `Takes ${name} out.` };
  return { effects: [], reason: `Removes ${name}.` };
}

const plain = (value: unknown): string => (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? String(value) : 'nothing');
