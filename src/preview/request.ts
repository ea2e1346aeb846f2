import type { BlastRadius, Execution, Input, Kept, Operation, Prepared } from '../model';

/** One thing that an earlier preview noted, and when (ISO 8601). */
export interface Remembered {
  readonly value: unknown;
  readonly at: string;
}

/** What a preview notes for the next one. */
export interface Note {
  readonly key: string;
  readonly value: unknown;
  /** True when it contradicts what was noted before: it only counts once a person has approved it. */
  readonly doubtful: boolean;
}

/** Which way a preview is made: with calls to the cloud, or as a prediction without any. */
export type PreviewMode = 'live' | 'offline';

/** What the worker needs to preview one held command. Its environment is the held command's own. */
export interface PreviewRequest {
  readonly kind: 'preview';
  readonly operation: Operation;
  /** The real argv, argv[0] the tool. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Absolute path of the `aws` that would run; asked for its version where versions read the environment differently. */
  readonly executable?: string;
  readonly mode: PreviewMode;
  /** Whether the person agreed that the dry run executes what the source asked for. */
  readonly allowExecution: boolean;
  /** A folder of this preview's own for its temporary files: the parent makes and removes it. Absent: no source may make a file. */
  readonly folder?: string;
  /** What earlier previews noted, by key. */
  readonly memory?: Readonly<Record<string, Remembered>>;
  /** Unique; chosen by the parent, so that it can clean up after a worker that was killed. */
  readonly changeSetName: string;
  /** Text of the template as it is believed to be deployed; only for an offline preview. */
  readonly deployedTemplate?: string;
  /** Where `deployedTemplate` comes from, in words ("payments.yaml at HEAD"). */
  readonly deployedTemplateFrom?: string;
  readonly timeoutMs: number;
  /** The command's files as the question has them: by path the private copy, null where there is none to read. Other files are read from the disk, and told. */
  readonly inputs?: Readonly<Record<string, string | null>>;
}

/** Reads the state again, for the check between approval and run. */
export interface StateRequest {
  readonly kind: 'state';
  readonly operation: Operation;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly executable?: string;
  /** What an earlier preview prepared to run in place of the argv. */
  readonly prepared?: Pick<Prepared, 'argv'>;
  readonly timeoutMs: number;
  readonly inputs?: PreviewRequest['inputs'];
}

/** Removes a change set that a preview may have left behind. */
export interface CleanupRequest {
  readonly kind: 'cleanup';
  /** The held command's: it says which profile, region and endpoint. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly changeSet: ChangeSetRef;
  readonly timeoutMs: number;
}

export type WorkerRequest = PreviewRequest | StateRequest | CleanupRequest;

/** A temporary change set and the stack (name or id) it is on. */
export interface ChangeSetRef {
  readonly name: string;
  readonly stack: string;
  readonly region: string;
}

export type FailureKind =
  | 'unreachable'
  | 'timeout'
  | 'credentials'
  | 'denied'
  | 'no-region'
  | 'throttled'
  | 'template'
  | 'refused'
  | 'command'
  | 'cancelled'
  | 'crashed';

/** Why there is no preview. The message is for the person and says what to do next. */
export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
}

/** What the worker says, one JSON object a line on its standard output. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly text: string }
  /** A file that the preview read from the disk, because the question did not have it. */
  | { readonly kind: 'read'; readonly input: Input }
  /** Sent before the change set is made, so that it is known even if the worker dies within the call. */
  | { readonly kind: 'change-set'; readonly changeSet: ChangeSetRef }
  | { readonly kind: 'change-set-gone'; readonly name: string }
  /** Executing these for the dry run needs a yes; what follows is a prediction instead. */
  | { readonly kind: 'asks-consent'; readonly executions: readonly Execution[] }
  | { readonly kind: 'result'; readonly blastRadius: BlastRadius; readonly prepared?: Prepared; readonly kept?: readonly Kept[]; readonly note?: Note }
  | { readonly kind: 'state'; readonly stateDigest: string }
  | { readonly kind: 'cleaned' }
  /** `standIn` is what can be said without the cloud. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly standIn?: BlastRadius };

/** What the parent may say after the request, one JSON object a line on the worker's standard input. Its end means cancel, too. */
export type ParentMessage = { readonly kind: 'cancel' };

type Shape = Readonly<Record<string, 'string' | 'number' | 'object' | 'array'>>;

const SHAPES: Readonly<Record<WorkerMessage['kind'], Shape>> = {
  progress: { text: 'string' },
  read: { input: 'object' },
  'change-set': { changeSet: 'object' },
  'change-set-gone': { name: 'string' },
  'asks-consent': { executions: 'array' },
  result: { blastRadius: 'object' },
  state: { stateDigest: 'string' },
  cleaned: {},
  failed: { failure: 'object' },
};

/** Reads one line of the worker; undefined for anything that is not one of its messages. */
export function readWorkerMessage(line: string): WorkerMessage | undefined {
  const data = object(line);
  const kind = data?.['kind'];
  if (!data || typeof kind !== 'string' || !Object.hasOwn(SHAPES, kind)) return undefined;
  if (!fits(data, SHAPES[kind as WorkerMessage['kind']])) return undefined;
  if (kind === 'change-set' && !fits(data['changeSet'] as Record<string, unknown>, { name: 'string', stack: 'string', region: 'string' })) return undefined;
  if (kind === 'read' && !fits(data['input'] as Record<string, unknown>, { path: 'string' })) return undefined;
  if (kind === 'asks-consent' && !(data['executions'] as unknown[]).every((one) => typeof one === 'object' && one !== null && fits(one as Record<string, unknown>, { kind: 'string', subject: 'string', text: 'string' }))) return undefined;
  if (kind === 'failed' && !fits(data['failure'] as Record<string, unknown>, { kind: 'string', message: 'string' })) return undefined;
  if (kind === 'result' && data['prepared'] !== undefined && !isPrepared(data['prepared'])) return undefined;
  if (kind === 'result' && data['kept'] !== undefined && !(Array.isArray(data['kept']) && data['kept'].every((k: unknown) => typeof k === 'object' && k !== null && fits(k as Record<string, unknown>, { path: 'string', what: 'string' })))) return undefined;
  if (kind === 'result' && data['note'] !== undefined && !(fits(data, { note: 'object' }) && fits(data['note'] as Record<string, unknown>, { key: 'string' }))) return undefined;
  if (kind === 'result' && !fits(data['blastRadius'] as Record<string, unknown>, { source: 'string', digest: 'string', resources: 'array', dependencies: 'array', unknowns: 'array', warnings: 'array' })) return undefined;
  return data as unknown as WorkerMessage;
}

const REQUESTS: Readonly<Record<WorkerRequest['kind'], Shape>> = {
  preview: { operation: 'object', argv: 'array', cwd: 'string', mode: 'string', changeSetName: 'string' },
  state: { operation: 'object', argv: 'array', cwd: 'string' },
  cleanup: { argv: 'array', cwd: 'string', changeSet: 'object' },
};

/** Reads the request line; undefined when it is not one. */
export function readWorkerRequest(line: string): WorkerRequest | undefined {
  const data = object(line);
  const kind = data?.['kind'];
  if (!data || typeof kind !== 'string' || !Object.hasOwn(REQUESTS, kind)) return undefined;
  if (!fits(data, REQUESTS[kind as WorkerRequest['kind']]) || typeof data['timeoutMs'] !== 'number') return undefined;
  return (data['argv'] as unknown[]).every((arg) => typeof arg === 'string') ? (data as unknown as WorkerRequest) : undefined;
}

function isPrepared(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const data = value as Record<string, unknown>;
  return fits(data, { argv: 'array', withoutEnv: 'array', files: 'array', explanation: 'string' }) && (data['argv'] as unknown[]).every((arg) => typeof arg === 'string')
    && (data['keepsInputs'] === undefined || typeof data['keepsInputs'] === 'boolean')
    && (data['firstAsks'] === undefined || isQuestion(data['firstAsks']));
}

function isQuestion(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const data = value as Record<string, unknown>;
  const texts = [...(Array.isArray(data['show']) ? (data['show'] as unknown[]) : []), ...(Array.isArray(data['text']) ? (data['text'] as unknown[]) : [])];
  return fits(data, { show: 'array', text: 'array', question: 'string', prompt: 'string', accept: 'string', declined: 'object' }) && data['accept'] !== ''
    && fits(data['declined'] as Record<string, unknown>, { code: 'number', line: 'string' }) && texts.every((one) => typeof one === 'string');
}

function object(line: string): Record<string, unknown> | undefined {
  try {
    const data: unknown = JSON.parse(line);
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function fits(data: Record<string, unknown>, shape: Shape): boolean {
  return Object.entries(shape).every(([key, type]) => {
    const value = data[key];
    if (type === 'array') return Array.isArray(value);
    return type === 'object' ? typeof value === 'object' && value !== null && !Array.isArray(value) : typeof value === type;
  });
}
