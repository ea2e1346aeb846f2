import { notKnown, type Unknown } from '../../model';
import { parseBool } from '../../detect/tools/cli/switches';
import { toolWords } from '../words';

/** A held Pulumi command that changes a stack, and the dry run that tells what it would do. */
export interface PulumiCommand {
  readonly verb: 'up' | 'destroy' | 'refresh';
  readonly stack: string | undefined;
  /** Arguments of the dry run. */
  readonly dryRun: readonly string[];
  /** Whether the dry run executes the program. */
  readonly runsProgram: boolean;
  readonly warnings: readonly string[];
  /** What the dry run leaves out, each a sentence with what to do. */
  readonly unknowns: readonly Unknown[];
}

/** Source: "Pulumi CLI" command reference, `pulumi up`, `pulumi destroy`, `pulumi refresh`, `pulumi preview`. */
const VALUED = '--stack -s --cwd -C --config -c --config-file --target -t --replace --target-replace --exclude -x --message -m --parallel -p --color --policy-pack --policy-pack-config --plan --save-plan --import-file --import-pending-creates --exec-kind --exec-agent --profiling --tracing -v --verbose --attach-debugger --skip-pending-creates';
/** What decides which resources are touched and how; all else (messages, questions, output) does not matter to a dry run. */
const KEPT_VALUED = ['--stack', '-s', '--cwd', '-C', '--config-file', '--target', '-t', '--replace', '--target-replace', '--exclude', '-x', '--parallel', '-p', '--policy-pack', '--policy-pack-config'];
const KEPT_FLAGS = ['--target-dependents', '--exclude-dependents', '--exclude-protected', '--refresh', '-r', '--run-program'];
const VERBS: Readonly<Record<string, PulumiCommand['verb']>> = { up: 'up', update: 'up', destroy: 'destroy', down: 'destroy', dn: 'destroy', refresh: 'refresh' };

/** Takes apart a real argv; undefined when it is no Pulumi command that changes a stack. Executes nothing. */
export function readPulumiCommand(argv: readonly string[], env: NodeJS.ProcessEnv): PulumiCommand | undefined {
  if (!/^pulumi(?:\.exe)?$/i.test(argv[0]?.split(/[\\/]/).pop() ?? '')) return undefined;
  const words = toolWords(argv, VALUED);
  const verb = Object.hasOwn(VERBS, words.words[0] ?? '') ? VERBS[words.words[0] ?? ''] : undefined;
  if (verb === undefined) return undefined;
  const kept = [
    ...KEPT_VALUED.flatMap((name) => words.all(name).flatMap((value) => [name, value])),
    ...KEPT_FLAGS.flatMap((name) => words.all(name).slice(-1).map((value) => (value === '' ? name : `${name}=${value}`))),
  ];
  const runsProgram = verb === 'up' || (words.has('--run-program') ? parseBool(words.last('--run-program') || 'true') !== false : ['PULUMI_RUN_PROGRAM', 'PULUMI_OPTION_RUN_PROGRAM'].some((name) => /^(?:1|true)$/i.test(env[name] ?? '')));
  return {
    verb, runsProgram,
    stack: words.last('--stack', '-s') ?? (env['PULUMI_OPTION_STACK'] || env['PULUMI_STACK'] || undefined),
    // A template's address or a project's folder would be the second word; a preview of it would write a project.
    dryRun: [...(verb === 'up' ? ['preview'] : [verb, '--preview-only']), '--json', '--non-interactive', '--show-replacement-steps', ...kept],
    // "Config to use during the preview and save to the stack config file" (`pulumi preview`): a preview must not write it.
    unknowns: words.has('--config', '-c') || env['PULUMI_OPTION_CONFIG'] !== undefined ? [notKnown('binding', 'the stack', 'The configuration in the command (--config) is not part of this preview, because Pulumi\'s preview would save it. Set it with \'pulumi config set\' and preview again to see what it changes.')] : [],
    warnings: [
      ...(words.has('--skip-preview', '-f') ? ['The command skips Pulumi\'s own preview.'] : []),
      ...(words.has('--remove') ? ['With --remove the stack itself goes, too, with its configuration and its history.'] : []),
      ...(words.has('--plan') ? ['The command is held to a saved plan; this preview is made afresh and may tell more than the plan allows.'] : []),
      ...(words.words.length > 1 ? [`${words.words.slice(1).join(' ')} is not part of this preview: it is a template or a project of its own.`] : []),
    ],
  };
}
