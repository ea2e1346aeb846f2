import { HELD } from '../detect/tools/registry';
import { notKnown, type BlastRadius } from '../model';
import { previewFromOperation } from './from-operation';
import type { PreviewRequest, StateRequest } from './request';
import type { PreviewSource, SourceOf } from './source';

/**
 * The sources of a tool's previews: `preview.ts` in its folder. It is found by the tool's name, so that a new tool needs no line here, and what
 * only judges a command takes in no previews.
 */
async function sourcesOf(tool: string): Promise<readonly SourceOf[]> {
  const { sources } = (await import(`../detect/tools/${tool}/preview.ts`)) as { readonly sources: readonly SourceOf[] };
  return sources;
}

let known: Promise<ReadonlySet<SourceOf>> | undefined;

/** All of them, in the order of the registry: the first that takes the command previews it. */
function allSources(): Promise<ReadonlySet<SourceOf>> {
  const names = HELD.flatMap(({ names: [name], hold }) => (hold.previews && name !== undefined ? [name] : []));
  return (known ??= Promise.all(names.map(sourcesOf)).then((each) => new Set(each.flat())));
}

/** The source for a command; one that knows only what the operation tables say when no other takes it. */
export async function sourceFor(request: PreviewRequest | StateRequest): Promise<PreviewSource> {
  for (const make of await allSources()) {
    const source = make(request);
    if (source !== undefined) return source;
  }
  const told = (because?: string): BlastRadius => {
    const radius = previewFromOperation(request.operation);
    return because === undefined ? radius : { ...radius, unknowns: [notKnown('state', 'what stands', because), ...radius.unknowns] };
  };
  return { offline: told, live: () => Promise.resolve({ blastRadius: told() }) };
}
