import path from 'node:path';
import { allNotKnown, notKnown, type BlastRadius, type Kept, type Unknown } from '../../model';
import { readTextFile } from '../reading';
import { plainCommand, type CloudFormationCommand } from '../cloudformation/command';
import { keepStacks } from '../cloudformation/keep';
import { previewOffline } from '../cloudformation/offline';
import { previewLive, readStateDigest } from '../cloudformation/preview-command';
import { withConnection } from '../cloudformation/source';
import { secretsOf } from '../cloudformation/secrets';
import { describeStack } from '../cloudformation/stack-state';
import { everythingIn } from '../cloudformation/update-stack';
import { PreviewError } from '../failure';
import { joinRadii, type Part } from '../join';
import { blastRadius, digestOf } from '../radius';
import type { PreviewRequest, StateRequest } from '../request';
import type { PreviewSource, SourceAt, SourceOf } from '../source';
import { lastWords, runTool } from '../tool-run';
import { nestedTemplates, readAssembly, type Assembly, type AssemblyStack } from './assembly';
import { readCdkCommand, type CdkCommand } from './command';
import { freshnessOf } from './freshness';
import { preparedOf } from './prepared';
import { selectStacks } from './select';

/** `cdk deploy` and `cdk destroy`: the synthesised templates, each the CloudFormation way. */
export const cdkSource: SourceOf = (request) => {
  const command = readCdkCommand(request.argv, request.cwd);
  if (command === undefined) return undefined;
  const preview = request.kind === 'preview' ? request : undefined;
  const source: PreviewSource = {
    offline: (because) => offline(request, command, because),
    async live(at) {
      at.hide(secretsOf(undefined, at.env));
      if (preview === undefined) return { blastRadius: source.offline() };
      const seen = await synthesised(preview, command, at);
      const kept: Kept[] = [];
      const radius = checkable(command, seen, await liveRadius(preview, command, { seen, at, kept }));
      const prepared = seen.exact ? preparedOf(request.argv, seen.assembly) : undefined;
      return { blastRadius: radius, kept, ...(prepared === undefined ? {} : { prepared }) };
    },
    async state(at) {
      at.hide(secretsOf(undefined, at.env));
      // Of the folder as it is: what was synthesised for the preview is gone by now, and the stacks' own state counts.
      const chosen = chosenFrom(readAssembly(command.output), command);
      const states: [string, string][] = [];
      for (const stack of chosen.stacks) states.push([stack.id, await withStack(command, stack, at, (connection) => readStateDigest(connection, stackCommand(command, stack, undefined)))]);
      return digestOf(states);
    },
  };
  return source;
};

interface Synthesised {
  readonly assembly: Assembly | undefined;
  readonly from: string;
  /** What keeps these templates from being those of the command. */
  readonly stale: readonly string[];
  readonly unknowns: readonly Unknown[];
  /** True when exactly these templates can be what the command runs from. */
  readonly exact: boolean;
}

/**
 * The templates: those that are there, or fresh ones when the person agreed that the app runs. `--no-lookups`, because a lookup
 * writes what it finds into `cdk.context.json`. Source: "AWS CDK CLI reference", `cdk synth`.
 */
async function synthesised(request: PreviewRequest, command: CdkCommand, at: SourceAt): Promise<Synthesised> {
  const there = asItStands(request, command);
  if (command.synthesised) return there;
  if (!request.allowExecution || request.folder === undefined || request.executable === undefined) {
    if (there.stale.length > 0) {
      at.events.asksConsent([{ kind: 'program', subject: command.app ?? 'the app', text: `the CDK app${command.app === undefined ? '' : ` (${command.app})`}` }]);
    }
    return there;
  }
  const output = path.join(request.folder, 'cdk.out');
  at.events.progress('Synthesising the CDK app (its code runs; nothing is deployed)');
  const answer = await runTool({
    executable: request.executable, cwd: request.cwd, signal: at.signal, limitMs: request.timeoutMs,
    args: ['synth', '--quiet', '--no-lookups', '--no-notices', '--output', output, ...command.forSynthesis],
    env: { ...at.env, CI: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
  if (answer.code !== 0) {
    return { ...there, unknowns: [notKnown('input', 'the app', `The app could not be synthesised for this preview (${lastWords(answer)}). Run 'cdk synth' by hand, correct it, then preview again.`), ...there.unknowns] };
  }
  return { assembly: readAssembly(output), from: 'the templates synthesised just now', stale: [], unknowns: [], exact: true };
}

/** The templates as they lie in the folder, and whether they are what the command would deploy: it synthesises again. */
function asItStands(request: PreviewRequest | StateRequest, command: CdkCommand): Synthesised {
  const shown = path.relative(request.cwd, command.output) || command.output;
  const base = { assembly: readAssembly(command.output), from: shown };
  if (command.synthesised) return { ...base, stale: [], unknowns: [], exact: true };
  const stale = staleness(request, command, shown);
  const again = `The command synthesises the app again. Nothing in the app is newer than ${shown}, so this preview takes its templates; what the app reads elsewhere (variables, the account) may differ.`;
  return { ...base, stale, unknowns: stale.length > 0 ? allNotKnown('binding', 'the app', stale) : [notKnown('binding', 'the app', again)], exact: false };
}

function staleness(request: PreviewRequest | StateRequest, command: CdkCommand, shown: string): string[] {
  const { madeAt, newer, complete } = freshnessOf(request.cwd, command.output);
  const again = 'Allow the synthesis (it runs the app), or run \'cdk synth\' and preview again.';
  if (madeAt === undefined) return [`The app was not synthesised: there is no ${shown}/manifest.json, so its templates are not known. ${again}`];
  if (newer !== undefined) return [`${shown} is older than ${newer}: the command synthesises the app again, so what it deploys may differ from this preview. ${again}`];
  if (command.forSynthesis.includes('--context')) return [`${shown} may have been synthesised with another context than this command gives. ${again}`];
  return complete ? [] : [`Whether ${shown} is older than the app's code could not be told: the app has too many files. ${again}`];
}

/** The check before the run reads the folder of the command: where that names other stacks than the preview saw, there is nothing to compare. */
function checkable(command: CdkCommand, seen: Synthesised, radius: BlastRadius): BlastRadius {
  const names = (assembly: Assembly | undefined): string => JSON.stringify(chosenFrom(assembly, command).stacks.map((stack) => [stack.id, stack.stackName, stack.account, stack.region]));
  if (radius.stateDigest === undefined || seen.assembly?.folder === command.output || names(seen.assembly) === names(readAssembly(command.output))) return radius;
  const { stateDigest: _, ...rest } = radius;
  return { ...rest, unknowns: [...radius.unknowns, notKnown('binding', path.basename(command.output), `Whether the stacks change between this preview and the run is not checked: ${path.basename(command.output)} does not have them yet. Run 'cdk synth' and preview again to have it checked.`)] };
}

function chosenFrom(assembly: Assembly | undefined, command: CdkCommand): ReturnType<typeof selectStacks> {
  return assembly === undefined ? { stacks: [], along: new Set(), problems: [] } : selectStacks(assembly, command);
}

async function liveRadius(request: PreviewRequest, command: CdkCommand, { seen, at, kept }: { readonly seen: Synthesised; readonly at: SourceAt; readonly kept: Kept[] }): Promise<BlastRadius> {
  const chosen = chosenFrom(seen.assembly, command);
  const parts: Part[] = [];
  for (const stack of chosen.stacks) parts.push({ name: stack.id, radius: await oneStack(request, command, { stack, at, kept }) });
  return joined(request, command, { seen, chosen, parts, because: [] });
}

/** The CDK does not update a stack in one of these. Source: aws-cdk, `deploy-stack.ts` (`isCreationFailure`). */
const FAILED_CREATION = new Set(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED']);

/** One stack; what can't be read of it becomes an unknown, so that the others are still shown. */
async function oneStack(request: PreviewRequest, command: CdkCommand, { stack, at, kept }: { readonly stack: AssemblyStack; readonly at: SourceAt; readonly kept: Kept[] }): Promise<BlastRadius> {
  const template = readTextFile(stack.templateFile);
  const held = stackCommand(command, stack, template);
  const nested = template === undefined ? {} : nestedTemplates(stack, template);
  at.hide(secretsOf(held, at.env));
  const keep = async (seen: Parameters<typeof keepStacks>[0]): Promise<void> => {
    if (request.folder !== undefined) kept.push(...(await keepStacks(seen, request.folder)));
  };
  try {
    const radius = await withStack(command, stack, at, async (connection) => {
      const options = { changeSetName: request.changeSetName, allowExecution: request.allowExecution, signal: at.signal, events: at.events };
      const status = command.verb === 'deploy' ? (await describeStack(connection, stack.stackName))?.StackStatus : undefined;
      if (status !== undefined && FAILED_CREATION.has(status)) {
        const gone = await previewLive(connection, plainCommand('delete-stack', stack.stackName, held.connection), request.operation, options);
        await keep(connection.seen);
        return { ...gone, warnings: [`${stack.stackName} is in ${status}, its creation failed: the CDK deletes it first, with what is left in it, and then makes everything in the template anew.`, ...gone.warnings.filter((text) => !text.includes(` is in ${status}.`))] };
      }
      const seen = await previewLive(connection, held, request.operation, {
        ...options, ...(Object.keys(nested).length === 0 ? {} : { nestedTemplates: nested, predictOnly: 'the templates of its nested stacks are uploaded only by the deployment' }),
      });
      await keep(connection.seen);
      return seen;
    });
    return inItsAccount(stack, withPaths(stack, radius));
  } catch (error) {
    if (!(error instanceof PreviewError) || error.failure.kind === 'cancelled' || error.failure.kind === 'timeout') throw error;
    return previewOffline(request.operation, held, { ...(command.verb === 'destroy' && template !== undefined ? { deployedTemplate: template, deployedTemplateFrom: 'the synthesised template' } : {}), because: error.failure.message });
  }
}

/** A template without `aws:cdk:path` in it (`pathMetadata` off) still has its paths in the assembly. */
function withPaths(stack: AssemblyStack, radius: BlastRadius): BlastRadius {
  return { ...radius, resources: radius.resources.map((r) => (r.path !== undefined || r.id !== r.logicalId || !Object.hasOwn(stack.paths, r.logicalId) ? r : { ...r, path: stack.paths[r.logicalId] })) };
}

/** The CDK takes on a role of the stack's account; this preview has only the command's own credentials. */
function inItsAccount(stack: AssemblyStack, radius: BlastRadius): BlastRadius {
  const { account } = radius.context;
  if (stack.account === undefined || stack.account === account) return radius;
  if (account === undefined) return { ...radius, unknowns: [notKnown('target', stack.stackName, `The app puts ${stack.stackName} into account ${stack.account}; whether these credentials read that account is not known, so a stack that was not found may be there all the same. Preview with credentials of ${stack.account}.`), ...radius.unknowns] };
  return blastRadius({
    source: 'live-reads', sourceDetail: `Nothing could be read: ${stack.stackName} is in another account.`, context: { ...radius.context, account: stack.account }, stack: stack.stackName,
    resources: [everythingIn(stack.stackName)], dependencies: [], warnings: [],
    unknowns: [notKnown('target', stack.stackName, `The app puts ${stack.stackName} into account ${stack.account}, but these credentials are of account ${account}. Preview with credentials of ${stack.account}.`)],
  });
}

function offline(request: PreviewRequest | StateRequest, command: CdkCommand, because: string | undefined): BlastRadius {
  const seen = asItStands(request, command);
  const chosen = chosenFrom(seen.assembly, command);
  const parts = chosen.stacks.map((stack): Part => {
    const template = readTextFile(stack.templateFile);
    return { name: stack.id, radius: previewOffline(request.operation, stackCommand(command, stack, template), command.verb === 'destroy' && template !== undefined ? { deployedTemplate: template, deployedTemplateFrom: 'the synthesised template' } : {}) };
  });
  return joined(request, command, { seen, chosen, parts, because: because === undefined ? [] : [because] });
}

function joined(
  request: PreviewRequest | StateRequest, command: CdkCommand,
  all: { readonly seen: Synthesised; readonly chosen: ReturnType<typeof selectStacks>; readonly parts: readonly Part[]; readonly because: readonly string[] },
): BlastRadius {
  const { seen, chosen, parts } = all;
  const along = [...chosen.along];
  const what = command.verb === 'deploy' ? 'what the named stacks need' : 'they need a stack that goes';
  const warnings = [
    ...(chosen.refused === undefined ? [] : [chosen.refused]),
    ...(along.length === 0 ? [] : [`${along.join(', ')} ${along.length === 1 ? 'goes' : 'go'} along without being named: ${what}. Add --exclusively to leave ${along.length === 1 ? 'it' : 'them'} out.`]),
    ...command.warnings,
  ];
  const unknowns = [
    ...allNotKnown('state', 'what stands', all.because), ...seen.unknowns, ...allNotKnown('input', 'the app', seen.assembly?.problems ?? []), ...allNotKnown('target', 'the stacks', chosen.problems),
  ];
  if (parts.length === 0) {
    const name = command.patterns.join(', ') || 'the app';
    return blastRadius({
      source: 'offline', sourceDetail: 'Without synthesised templates nothing more can be said.', context: { ...request.operation.context },
      resources: chosen.refused === undefined ? [everythingIn(name)] : [], dependencies: [], unknowns, warnings,
    });
  }
  const stacks = parts.map((part) => part.name).join(', ');
  return joinRadii(parts, {
    sourceDetail: `${parts.length === 1 ? 'Stack' : 'Stacks'} ${stacks} from ${seen.from}. ${parts.length === 1 ? (parts[0]?.radius.sourceDetail ?? '') : 'Each was previewed by itself, so a change that one hands to the next is not seen.'}`,
    context: contextOf(parts, request), unknowns, warnings,
  });
}

/** What all parts have in common. */
function contextOf(parts: readonly Part[], request: PreviewRequest | StateRequest): BlastRadius['context'] {
  const same = (key: 'account' | 'region' | 'profile' | 'endpoint'): Record<string, string> => {
    const found = new Set(parts.map(({ radius }) => radius.context[key]));
    const [one] = found;
    return found.size === 1 && one !== undefined ? { [key]: one } : {};
  };
  return { ...request.operation.context, ...same('account'), ...same('region'), ...same('profile'), ...same('endpoint') };
}

/**
 * The CloudFormation command that the CDK's comes down to: all capabilities, parameters that are not given keep their value.
 * Source: "AWS CDK CLI reference", `cdk deploy` (`--previous-parameters` is on by default).
 */
function stackCommand(command: CdkCommand, stack: AssemblyStack, template: string | undefined): CloudFormationCommand {
  const plain = plainCommand(command.verb === 'deploy' ? 'deploy' : 'delete-stack', stack.stackName, { ...command.connection, ...(stack.region === undefined ? {} : { region: stack.region }) });
  if (command.verb === 'destroy') return plain;
  const tags = command.tags ?? Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    ...plain,
    template: template === undefined ? { kind: 'none' } : { kind: 'text', text: template, from: stack.templateFile },
    parameters: command.parameters.filter((one) => one.stack === undefined || one.stack === stack.id || one.stack === stack.stackName).map(({ key, value }) => ({ key, value })),
    capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    ...(tags.length === 0 ? {} : { tags }),
    ...(stack.notificationArns === undefined ? {} : { notificationArns: stack.notificationArns }),
    roleArn: command.roleArn, keepsOtherParameters: command.keepsOtherParameters, disableRollback: command.disableRollback,
    importExistingResources: command.importExistingResources, ...(command.revertDrift ? { deploymentMode: 'REVERT_DRIFT' } : {}),
    problems: template === undefined ? [`The synthesised template ${stack.templateFile} can't be read. Synthesise again, then preview again.`] : [],
  };
}

/** The order in which the CDK looks for a region is that of the AWS SDKs: `AWS_REGION` first. */
function withStack<T>(command: CdkCommand, stack: AssemblyStack, at: SourceAt, use: Parameters<typeof withConnection<T>>[3]): Promise<T> {
  // Connecting changes the process's own environment; the next stack begins with the command's again.
  for (const [name, value] of Object.entries(at.env)) process.env[name] = value;
  const region = stack.region ?? command.connection.region ?? (at.env['AWS_REGION'] || at.env['AWS_DEFAULT_REGION'] || undefined);
  return withConnection(undefined, { connection: { ...command.connection, ...(region === undefined ? {} : { region }) } }, at, use);
}
