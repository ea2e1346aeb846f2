import { notKnown, type BlastRadius } from '../../model';
import { secretsOf } from '../cloudformation/secrets';
import { fail } from '../failure';
import { previewFromOperation } from '../from-operation';
import { blastRadius } from '../radius';
import type { PreviewRequest, StateRequest } from '../request';
import type { PreviewSource, SourceAt, SourceOf } from '../source';
import { lastWords, runTool, toolJson } from '../tool-run';
import { readPulumiCommand, type PulumiCommand } from './command';
import { readPulumiPreview } from './preview-json';

/** Longer than most tools get: Pulumi asks the provider about every resource. */
const LIMIT_MS = 300_000;

/** `pulumi up`, `pulumi destroy` and `pulumi refresh`: Pulumi's own preview, as JSON. */
export const pulumiSource: SourceOf = (request) => {
  const command = readPulumiCommand(request.argv, process.env);
  if (command === undefined) return undefined;
  const preview = request.kind === 'preview' ? request : undefined;
  const source: PreviewSource = {
    offline: (because) => without(request, command, because),
    async live(at) {
      at.hide(secretsOf(undefined, at.env));
      if (preview?.executable === undefined) return { blastRadius: source.offline() };
      if (command.runsProgram && !preview.allowExecution) {
        at.events.asksConsent([{ kind: 'program', subject: 'the Pulumi program', text: 'the Pulumi program' }]);
        return { blastRadius: without(request, command, 'Pulumi\'s preview executes the program, and that needs your yes.') };
      }
      return { blastRadius: await dryRun(preview, command, preview.executable, at) };
    },
  };
  return source;
};

async function dryRun(request: PreviewRequest, command: PulumiCommand, executable: string, at: SourceAt): Promise<BlastRadius> {
  at.events.progress(`Running pulumi ${command.dryRun.slice(0, 2).join(' ')} (a dry run; nothing is changed)`);
  const answer = await runTool({
    executable, args: command.dryRun, cwd: request.cwd, signal: at.signal, limitMs: Math.min(LIMIT_MS, request.timeoutMs),
    // One JSON document, no download of plugins, no look for a newer version.
    env: { ...at.env, PULUMI_SKIP_UPDATE_CHECK: 'true', PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true', PULUMI_ENABLE_STREAMING_JSON_PREVIEW: '', PULUMI_OPTION_CONFIG: undefined },
  });
  const start = answer.stdout.indexOf('{');
  if (start < 0) return fail('refused', `Pulumi could not make a preview: ${lastWords(answer) || `it ended with ${answer.code}`}. Run 'pulumi ${command.dryRun[0]}' by hand, correct it, then preview again.`);
  const read = readPulumiPreview(toolJson(answer.stdout.slice(start), `pulumi ${command.dryRun[0]}`), command.verb);
  if (read === undefined) return fail('refused', 'Pulumi\'s preview is not in a form that is known here. Run it by hand and read it before you approve.');
  return blastRadius({
    source: 'dry-run',
    sourceDetail: `Pulumi's own ${command.verb === 'up' ? 'preview' : `${command.verb} --preview-only`}, run just now.`,
    evidence: [{ what: 'resources and actions', from: `pulumi ${command.dryRun.slice(0, 3).join(' ')}` }, { what: 'what becomes of the data', from: 'the table of types that hold data' }],
    context: request.operation.context, ...(command.stack === undefined ? {} : { stack: command.stack }),
    resources: read.resources, dependencies: read.dependencies,
    unknowns: [
      ...command.unknowns, ...read.unknowns,
      ...(answer.code === 0 ? [] : [notKnown('change', 'the stack', `Pulumi's preview ended with an error (${answer.code}), so it may not list everything: ${lastWords({ stdout: '', stderr: answer.stderr }) || 'it gives no reason'}. Correct it, then preview again.`)]),
      ...(command.verb === 'refresh' ? [notKnown('state', 'the stack', 'What the cloud says of each resource is read again by the refresh itself, so which of them differ is only known then.')] : []),
      ...(command.runsProgram ? [notKnown('binding', 'the stack', 'The command runs the program again: what it reads elsewhere may have changed by then.')] : []),
      notKnown('binding', 'the stack', 'Whether the stack changes between this preview and the run is not checked.'),
    ],
    warnings: [...command.warnings, ...(read.resources.length === 0 && answer.code === 0 ? ['Pulumi found nothing to change.'] : []), ...read.warnings],
  });
}

function without(request: PreviewRequest | StateRequest, command: PulumiCommand, because: string | undefined): BlastRadius {
  const radius = previewFromOperation(request.operation);
  return { ...radius, unknowns: [...(because === undefined ? [] : [notKnown('state', 'what stands', because)]), ...radius.unknowns], warnings: [...command.warnings, ...radius.warnings] };
}
