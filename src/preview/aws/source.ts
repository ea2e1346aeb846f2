import { notKnown, type AffectedResource, type BlastRadius, type Dependency, type Operation } from '../../model';
import { fail } from '../failure';
import { previewFromOperation } from '../from-operation';
import { blastRadius, digestOf } from '../radius';
import type { PreviewRequest, StateRequest } from '../request';
import type { PreviewSource, SourceAt, SourceOf } from '../source';
import type { Answers, Entry, Look, Told } from './entry';
import { readHeld, type Held } from './held';
import { textAt } from './json';
import { owningStack, type OwningStack } from './owning-stack';
import { createReader, type Answer, type Reader } from './reader';
import { entryFor } from './table';

/** More targets than these are listed, but not looked up one by one. */
const MAX_TARGETS = 8;

/** Services whose things are in no region. */
const GLOBAL = /^(?:iam|route53|cloudfront|organizations|s3|s3api)$/;

/** `aws …` without its CloudFormation part: what stands now, read with the same AWS CLI under the same identity. */
export const awsSource: SourceOf = (request) => {
  const tool = (request.argv[0] ?? '').split(/[\\/]/).pop()?.replace(/\.(?:exe|cmd)$/i, '');
  if (tool !== 'aws' && tool !== 'awslocal') return undefined;
  if (request.operation.operation.startsWith('cloudformation:')) return undefined;
  const offline = (because?: string): BlastRadius => {
    const radius = previewFromOperation(request.operation);
    return because === undefined ? radius : { ...radius, unknowns: [notKnown('state', 'what stands', because), ...radius.unknowns] };
  };
  const source: PreviewSource = {
    offline,
    async live(at) {
      const open = opened(request, at);
      if (open === undefined) return { blastRadius: offline(notFollowed(request)) };
      return { blastRadius: await preview(request, open, at).finally(() => open.reader.close()) };
    },
    async state(at) {
      const open = opened(request, at);
      const digest = open === undefined ? undefined : await stateOf(open).finally(() => open.reader.close());
      return digest ?? fail('refused', 'What this command acts on can\'t be read again, so it is not known whether it is still the same. Preview again.');
    },
  };
  return source;
};

/** A command that can be looked up. */
interface Open {
  readonly held: Held;
  readonly reader: Reader;
  readonly entry: Entry | undefined;
  readonly looks: readonly Look[];
  /** Targets beyond those that are looked up. */
  readonly more: number;
}

/** @returns undefined when the argv does not say what the operation does (an alias of the AWS CLI), so that no read could be trusted. */
function opened(request: PreviewRequest | StateRequest, at: SourceAt): Open | undefined {
  const { operation, executable, argv, cwd } = request;
  const held = readHeld(argv, cwd, at.env);
  if (held === undefined || executable === undefined || (held.api !== undefined && held.api.name !== operation.operation && !operation.operation.startsWith(`${held.service}:`))) return undefined;
  if (held.aliased || (held.api === undefined && held.service !== 's3')) return undefined;
  const entry = entryFor(held);
  const names = entry?.targets?.(held, operation) ?? operation.targets.flatMap((target) => (target.known && target.name !== undefined ? [target.name] : []));
  const all = [...new Set(names)];
  return {
    held, entry, reader: createReader(held, executable, cwd, at, request.timeoutMs), looks: all.slice(0, MAX_TARGETS).map((target) => ({ held, operation, target })), more: Math.max(0, all.length - MAX_TARGETS),
  };
}

function notFollowed({ operation, executable }: PreviewRequest | StateRequest): string {
  if (executable === undefined) return 'Nothing was read: which AWS CLI would run this is not known. Preview it from a terminal in which aws is found.';
  return `Nothing was read: from these words alone the preview can't tell how ${operation.operation} would be called (an alias, or an operation that is not known here). Write the command out and run it again.`;
}

/** What was seen of one target. */
interface SeenTarget {
  readonly look: Look;
  readonly told: Told;
  readonly identity: unknown;
  readonly stack: OwningStack | undefined;
}

async function preview(request: PreviewRequest | StateRequest, open: Open, at: SourceAt): Promise<BlastRadius> {
  const { operation } = request;
  const { reader, entry, looks, held } = open;
  at.events.progress(`Reading what ${operation.operation} would change`);
  const [identity, seen] = await Promise.all([
    reader.read({ args: ['sts', 'get-caller-identity'], what: 'whose account it is', main: entry === undefined }),
    Promise.all(looks.map((look) => seeTarget(reader, look, entry, operation))),
  ]);
  const base = previewFromOperation(operation);
  const account = identity.kind === 'data' ? textAt(identity.data, 'Account') : undefined;
  const told = seen.map((one) => one.told);
  const parts = seen.map((one) => resourcesOf(one, operation, base, entry));
  const others = entry === undefined || open.more > 0 ? base.resources.filter((resource) => !parts.flat().some((r) => r.id === resource.id) && !seen.some((one) => one.told.exists === false && one.look.target === resource.id)) : [];
  // The targets first: one of them may be touched by another, too.
  const resources = unique([...(looks.length === 0 ? base.resources : []), ...parts.flatMap((part) => part.slice(0, 1)), ...parts.flat(), ...others]);
  const digest = stateDigest(entry, seen, held);
  return blastRadius({
    source: 'live-reads',
    sourceDetail: entry === undefined
      ? `What the operation table says about ${operation.operation}; only the account and the owning stack were read.`
      : `Read from the account just now with the AWS CLI, as this command would call it (${entry.source}).`,
    evidence: [...reader.evidence, ...(entry === undefined ? [] : [{ what: `what ${operation.operation} does`, from: entry.source }])],
    context: { ...operation.context, ...(account === undefined ? {} : { account }) },
    resources,
    dependencies: dependenciesAmong(resources, seen.flatMap((one) => [...(one.told.dependencies ?? []), ...(one.stack?.dependencies ?? [])])),
    ...(resources.length === 0 && !told.some((one) => one.exists === false) ? { reversibility: operation.reversibility } : {}),
    unknowns: [
      ...(open.more > 0 ? [notKnown('state', 'the targets', `Only the first ${MAX_TARGETS} of ${MAX_TARGETS + open.more} targets were looked up. Run the command for fewer at a time to see the others.`)] : []),
      ...operation.unknowns.map((phrase) => notKnown('value', phrase, `Not known: ${phrase}. Run the command with the value written out to see it.`)),
      ...(looks.length === 0 && base.resources.length > 0 ? [notKnown('target', 'the target', `${base.resources.map((resource) => resource.id).slice(0, 3).join(', ')} was not looked up: it is not in the cloud, or its name is not known yet. Look at it before you approve.`)] : []),
      ...(looks.length === 0 && base.resources.length === 0 ? [notKnown('target', 'the target', 'Which resource this acts on is not known from the command. Read the command before you approve it.')] : []),
      ...told.flatMap((one) => one.unknowns ?? []), ...seen.flatMap((one) => one.stack?.unknowns ?? []), ...reader.unknowns,
      ...(entry === undefined && operation.mutation !== 'none' ? [notKnown('target', 'the target', `What ${operation.operation} takes with it, and what depends on it, was not looked up: the preview has no reads for it. Look at it in the console first.`)] : []),
    ],
    warnings: [
      ...(entry === undefined ? [] : seen.filter((one) => one.told.exists === false).map((one) => `There is no ${nameOf(entry.noun, one.look.target)}${held.region === undefined || GLOBAL.test(held.service) ? '' : ` in region ${held.region}`}: nothing would be ${isRemoval(operation) ? 'deleted' : 'changed'}.`)),
      ...told.flatMap((one) => one.warnings ?? []), ...seen.flatMap((one) => one.stack?.warnings ?? []), ...base.warnings,
    ],
    ...(digest === undefined ? {} : { stateDigest: digest }),
  });
}

async function seeTarget(reader: Reader, look: Look, entry: Entry | undefined, operation: Operation): Promise<SeenTarget> {
  const type = entry?.type ?? operation.targets.find((target) => target.name === look.target)?.type ?? '';
  const stackOf = async (id: string | undefined, removed: boolean): Promise<OwningStack | undefined> => (id === undefined || !type.startsWith('AWS::') ? undefined : owningStack(reader, id, type, look.target, removed));
  if (entry === undefined) return { look, told: { exists: undefined }, identity: undefined, stack: await stackOf(look.target, isRemoval(operation)) };
  const first = await readStage(reader, look, entry, 0, {});
  // What is not there needs no further look.
  const early = entry.tell(look, first);
  if (early.exists === false) {
    return { look, told: { exists: false, warnings: early.warnings ?? [] }, identity: identityOf(look, entry, first), stack: undefined };
  }
  const [answers, stack] = await Promise.all([
    readRest(reader, look, entry, first),
    entry.stackId === null ? undefined : stackOf(entry.stackId === undefined ? look.target : entry.stackId(look, first), early.action === undefined ? isRemoval(operation) : early.action === 'remove'),
  ]);
  return { look, told: entry.tell(look, answers), identity: identityOf(look, entry, first), stack };
}

async function readStage(reader: Reader, look: Look, entry: Entry, index: number, answers: Answers): Promise<Answers> {
  const reads = entry.stages[index]?.(look, answers) ?? {};
  const read = await Promise.all(Object.entries(reads).map(async ([name, one]): Promise<readonly [string, Answer]> => [name, await reader.read(one)]));
  return { ...answers, ...Object.fromEntries(read) };
}

async function readRest(reader: Reader, look: Look, entry: Entry, first: Answers): Promise<Answers> {
  let answers = first;
  for (let index = 1; index < entry.stages.length; index += 1) answers = await readStage(reader, look, entry, index, answers);
  return answers;
}

/** Undefined when it can't be told: the operation has no state to compare, or its main read failed. */
function identityOf(look: Look, entry: Entry, first: Answers): unknown {
  if (entry.identity === undefined) return undefined;
  const main = Object.entries(entry.stages[0]?.(look, {}) ?? {}).filter(([, read]) => read.main === true).map(([name]) => first[name]?.kind);
  if (main.some((kind) => kind === undefined || kind === 'unknown')) return undefined;
  return main.includes('missing') ? { missing: true } : { is: entry.identity(first) ?? null };
}

function stateDigest(entry: Entry | undefined, seen: readonly SeenTarget[], held: Held): string | undefined {
  if (entry === undefined || seen.length === 0 || seen.some((one) => one.identity === undefined)) return undefined;
  return digestOf({ command: [held.service, held.command], targets: seen.map((one) => [one.look.target, one.identity]) });
}

async function stateOf({ reader, entry, looks, held }: Open): Promise<string | undefined> {
  if (entry === undefined) return undefined;
  const seen = await Promise.all(looks.map(async (look): Promise<SeenTarget> => {
    const first = await readStage(reader, look, entry, 0, {});
    return { look, told: { exists: undefined }, identity: identityOf(look, entry, first), stack: undefined };
  }));
  return stateDigest(entry, seen, held);
}

/** The target as a resource, with what hangs on it. */
function resourcesOf({ look, told, stack }: SeenTarget, operation: Operation, base: BlastRadius, entry: Entry | undefined): AffectedResource[] {
  if (told.exists === false) return [];
  const plain = base.resources.find((resource) => resource.physicalId === look.target) ?? base.resources[0];
  const main: AffectedResource = {
    id: look.target, logicalId: stack?.logicalId ?? look.target, physicalId: told.physicalId ?? look.target,
    type: entry?.type ?? plain?.type ?? 'unknown',
    ...(stack?.stack === undefined ? {} : { stack: stack.stack }),
    action: told.action ?? plain?.action ?? 'unknown', replacement: plain?.replacement ?? 'no', outcome: told.outcome ?? plain?.outcome ?? 'unknown',
    data: told.data ?? plain?.data ?? 'unknown', reversibility: told.reversibility ?? operation.reversibility,
    ...(told.size === undefined ? {} : { size: told.size }),
    ...(told.lastBackup === undefined ? {} : { lastBackup: told.lastBackup }),
    ...(told.downtime === undefined ? {} : { downtime: told.downtime }),
    because: [operation.reason, ...(told.because ?? [])],
  };
  return [main, ...(told.also ?? []), ...(stack?.resources ?? [])];
}

function nameOf(noun: string, target: string): string {
  if (noun === 'bucket') return `bucket ${target.replace(/^s3:\/\//, '').split('/')[0] ?? target}`;
  return target.startsWith(noun) ? target : `${noun} ${target}`;
}

/** Each id once; the first that says something about it stands. */
function unique(resources: readonly AffectedResource[]): AffectedResource[] {
  const seen = new Set<string>();
  return resources.filter((resource) => !seen.has(resource.id) && seen.add(resource.id));
}

/** Only what stands between resources that are shown. */
function dependenciesAmong(resources: readonly AffectedResource[], dependencies: readonly Dependency[]): Dependency[] {
  const ids = new Set(resources.map((resource) => resource.id));
  const seen = new Set<string>();
  return dependencies.filter((d) => {
    const key = `${d.from}\u0000${d.to}\u0000${d.kind}`;
    return d.from !== d.to && ids.has(d.from) && ids.has(d.to) && !seen.has(key) && seen.add(key);
  });
}

function isRemoval(operation: Operation): boolean {
  return /:(?:Delete|Terminate|Deregister|Remove|Purge|Release|ScheduleKeyDeletion|BatchDelete)/.test(operation.operation) && operation.effects.some((effect) => effect !== 'guard-removal');
}
