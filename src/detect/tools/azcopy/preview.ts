import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { secretsOf } from '../../../preview/cloudformation/secrets';
import { fail } from '../../../preview/failure';
import { previewFromOperation } from '../../../preview/from-operation';
import { blastRadius } from '../../../preview/radius';
import type { PreviewRequest } from '../../../preview/request';
import type { PreviewSource, SourceAt, SourceOf } from '../../../preview/source';
import { lastWords, runTool } from '../../../preview/tool-run';
import { notKnown, type AffectedResource, type BlastRadius } from '../../../model';
import type { ExactLine } from '../cli/cobra';
import { azcopyLine } from './line';

const VERBS = /^(?:remove|sync|copy)$/;
/** Options of the output, of questions and of the tool itself: the dry run has its own. */
const DROPPED = new Set(
  `--dry-run --output-type --output-level --log-level --cancel-from-stdin --await-continue --await-open --check-version --skip-version-check
  --memory-profile --debug-skip-files`.split(/\s+/),
);
/** A folder may hold millions; so many are named, the others counted. */
const NAMED = 500;

/** `azcopy remove`, `sync` and `copy`: AzCopy's own dry run, as JSON. Source: azure-storage-azcopy, cmd/dryrun_processor.go. */
const azcopySource: SourceOf = (request) => {
  if (!/^azcopy(?:\.exe)?$/i.test(request.argv[0]?.split(/[\\/]/).pop() ?? '')) return undefined;
  const line = azcopyLine(request.argv);
  if (!VERBS.test(line.path.join(' '))) return undefined;
  const preview = request.kind === 'preview' ? request : undefined;
  const source: PreviewSource = {
    offline(because) {
      const radius = previewFromOperation(request.operation);
      return because === undefined ? radius : { ...radius, unknowns: [notKnown('state', 'what stands there', because), ...radius.unknowns] };
    },
    async live(at) {
      at.hide(secretsOf(undefined, at.env));
      const { executable, folder } = preview ?? {};
      if (preview === undefined || executable === undefined || folder === undefined) return { blastRadius: source.offline() };
      const stop = obstacle(line);
      return { blastRadius: stop === undefined ? await dryRun(preview, line, { executable, folder }, at) : source.offline(stop) };
    },
  };
  return source;
};

export const sources: readonly SourceOf[] = [azcopySource];

const valueOf = (line: ExactLine, name: string): string | undefined => line.options.findLast((one) => one.name === name)?.value?.value;

/** Why there is no dry run of this command, in a sentence with what to do. */
function obstacle(line: ExactLine): string | undefined {
  const [problem] = line.problems;
  if (problem !== undefined) return `${problem} So what it acts on is not certain. Read the command before you approve it.`;
  if (/pipe/i.test(valueOf(line, '--from-to') ?? '')) return 'What comes through a pipe has no dry run. Read the command before you approve it.';
  // Source: cmd/sync.go, --compare-hash and --local-hash-storage-mode.
  if (!/^(?:none)?$/i.test(valueOf(line, '--compare-hash') ?? '')) {
    return 'With --compare-hash the dry run would write hashes beside the files, so it was not made. Leave that option out to see what would change.';
  }
  return undefined;
}

function dryRunArgs(line: ExactLine): string[] {
  const kept = line.options.filter((one) => !DROPPED.has(one.name)).map(({ name, value }) => {
    // What a yes to its question would delete.
    if (name === '--delete-destination' && /^prompt$/i.test(value?.value ?? '')) return `${name}=true`;
    return value === undefined ? name : `${name}=${value.value ?? ''}`;
  });
  const words = line.words.slice(line.path.length).map((word) => word.value ?? '');
  return [...line.path, ...kept, '--dry-run', '--output-type=json', '--', ...words];
}

interface Transfer {
  readonly EntityType?: string;
  readonly FromTo?: string;
  readonly Source?: string;
  readonly Destination?: string;
  readonly SourceSize?: number;
}

async function dryRun(request: PreviewRequest, line: ExactLine, { executable, folder }: { readonly executable: string; readonly folder: string }, at: SourceAt): Promise<BlastRadius> {
  const verb = line.path.join(' ');
  at.events.progress(`Running azcopy ${verb} --dry-run (nothing is changed)`);
  // Its logs and job plans go into the preview's own folder, and with it.
  const own = path.join(folder, 'azcopy');
  mkdirSync(own, { recursive: true });
  const answer = await runTool({
    executable, args: dryRunArgs(line), cwd: request.cwd, signal: at.signal, limitMs: request.timeoutMs,
    env: { ...at.env, AZCOPY_LOG_LOCATION: own, AZCOPY_JOB_PLAN_LOCATION: own, AZCOPY_DISABLE_SYSLOG: 'true' },
  });
  const { transfers, error } = readDryRun(answer.stdout);
  if (answer.code !== 0 || error !== undefined) {
    return fail('refused', `AzCopy could not make a dry run: ${error ?? (lastWords(answer) || `it ended with ${answer.code}`)}. Run it by hand with --dry-run, correct it, then preview again.`);
  }
  const removed = transfers.filter((one) => /Trash$/.test(one.FromTo ?? '') || one.Destination === '' || one.Destination === undefined);
  const copied = transfers.length - removed.length;
  const more = removed.length - NAMED;
  return blastRadius({
    source: 'dry-run', sourceDetail: `AzCopy's own dry run of ${verb}, run just now.`,
    evidence: [{ what: 'files', from: `azcopy ${verb} --dry-run` }], context: request.operation.context,
    resources: removed.slice(0, NAMED).map((one) => gone(one, verb)), dependencies: [],
    unknowns: [
      ...(more > 0 ? [notKnown('change', 'the files', `${more} more files would be deleted; ${NAMED} are named here.`)] : []),
      notKnown('data', 'the files', 'Whether soft delete or versioning of the storage account keeps what is deleted was not looked up.'),
      // Source: cmd/removeEnumerator.go, removeBfsResources: its dry run returns after the first path of a list.
      ...(verb === 'remove' && valueOf(line, '--list-of-files') !== undefined ? [notKnown('change', 'the files', 'Of a list of files in Data Lake Storage AzCopy\'s dry run shows the first entry only.')] : []),
      notKnown('binding', 'the files', 'Whether what stands there changes between this preview and the run is not checked.'),
    ],
    warnings: [
      ...(copied > 0 ? [`${copied} ${copied === 1 ? 'file' : 'files'} would be copied; what has the same name at the destination is written over.`] : []),
      ...(transfers.length === 0 ? ['AzCopy found nothing to do.'] : []),
    ],
  });
}

/** An address without what signs it. */
const bare = (address: string): string => address.replace(/\?.*$/s, '');

function gone({ Source = '', EntityType = 'File', SourceSize }: Transfer, verb: string): AffectedResource {
  const name = bare(Source);
  return {
    id: name, logicalId: name, type: `Azure Storage ${EntityType.toLowerCase()}`, action: 'remove', replacement: 'no', outcome: 'lost', data: 'lost',
    reversibility: { kind: 'unknown', how: 'Look with az storage blob list --include d: soft delete or versioning may keep it.' },
    ...(SourceSize !== undefined && SourceSize > 0 && { size: `${SourceSize} bytes` }), because: [`azcopy ${verb} --dry-run lists it.`],
  };
}

/** Lines of JSON, of which those of the dry run have another in them. Source: cmd/uihooks.go, Dryrun; cmd/dryrun_processor.go, DryrunTransfer. */
function readDryRun(text: string): { readonly transfers: readonly Transfer[]; readonly error: string | undefined } {
  const transfers: Transfer[] = [];
  let error: string | undefined;
  for (const line of text.split('\n')) {
    if (!line.startsWith('{')) continue;
    try {
      const { MessageType, MessageContent } = JSON.parse(line) as { readonly MessageType?: unknown; readonly MessageContent?: unknown };
      if (MessageType === 'Error') error ??= String(MessageContent).slice(0, 400);
      if (MessageType === 'Dryrun') transfers.push(JSON.parse(String(MessageContent)) as Transfer);
    } catch {
      error ??= 'it said something that is not JSON';
    }
  }
  return { transfers, error };
}
