import { createHash } from 'node:crypto';
import path from 'node:path';
import { notKnown, type BlastRadius, type Prepared } from '../../model';
import { plainCommand, type CloudFormationCommand } from '../cloudformation/command';
import { keepStacks } from '../cloudformation/keep';
import { previewOffline } from '../cloudformation/offline';
import { previewLive, readStateDigest } from '../cloudformation/preview-command';
import { secretsOf } from '../cloudformation/secrets';
import { withConnection } from '../cloudformation/source';
import { fail } from '../failure';
import type { PreviewSource, SourceAt, SourceOf } from '../source';
import { readSamCommand, type SamCommand } from './command';

const UPLOADS = 'sam deploy uploads the code first and writes its addresses into the template';
const CODE = 'The code is uploaded anew by the deployment: a function, a layer or an API with a local path is listed as changed, whether its code changed or not.';
const BESIDE = 'sam delete also deletes what it uploaded: the packaged files in S3, and the repositories for images it made. What of them something else uses was not looked up; add --no-prompts only if nothing does.';

/** `sam deploy`, `sam sync` and `sam delete`: the built template and the stack, the CloudFormation way. */
export const samSource: SourceOf = (request) => {
  const command = readSamCommand(request.argv, request.cwd);
  if (command === undefined) return undefined;
  const preview = request.kind === 'preview' ? request : undefined;
  const held = stackCommand(command);
  const source: PreviewSource = {
    offline: (because) => told(command, previewOffline(request.operation, held, {
      ...(preview?.deployedTemplate === undefined ? {} : { deployedTemplate: preview.deployedTemplate }), ...(preview?.deployedTemplateFrom === undefined ? {} : { deployedTemplateFrom: preview.deployedTemplateFrom }),
      ...(because === undefined ? {} : { because }),
    })),
    async live(at) {
      at.hide(secretsOf(held, at.env));
      if (preview === undefined) return { blastRadius: source.offline() };
      const stack = named(command, held);
      return connected(stack, at, async (connection) => {
        const radius = await previewLive(connection, stack, request.operation, {
          changeSetName: preview.changeSetName, allowExecution: preview.allowExecution, signal: at.signal, events: at.events, predictOnly: UPLOADS,
        });
        return { blastRadius: told(command, radius), ...prepared(request.argv, command), ...(preview.folder === undefined ? {} : { kept: await keepStacks(connection.seen, preview.folder) }) };
      });
    },
    state(at) {
      at.hide(secretsOf(held, at.env));
      const stack = named(command, held);
      return connected(stack, at, (connection) => readStateDigest(connection, stack));
    },
  };
  return source;
};

/** The same command, held to the files that it was previewed from: with another `samconfig.toml` it would go to another stack. */
function prepared(argv: readonly string[], command: SamCommand): { readonly prepared?: Prepared } {
  if (command.files.length === 0) return {};
  const names = command.files.map((file) => path.basename(file.path)).join(' and ');
  return {
    prepared: {
      argv, withoutEnv: [],
      files: command.files.map((file) => ({ path: file.path, sha256: createHash('sha256').update(file.text).digest('hex') })),
      explanation: `On approval the command runs only while ${names} ${command.files.length === 1 ? 'is' : 'are'} as previewed${command.verb === 'deploy' ? '; the code that it uploads is not covered' : ''}.`,
    },
  };
}

function named(command: SamCommand, held: CloudFormationCommand | undefined): CloudFormationCommand {
  return held ?? fail('command', `${command.problems[0] ?? 'Neither the command nor samconfig.toml names the stack.'} Add --stack-name and run it again.`);
}

/** Parameters that are not given keep their value. Source: aws-sam-cli, `deploy_context.py` (`UsePreviousValue`). */
function stackCommand(command: SamCommand): CloudFormationCommand | undefined {
  if (command.stackName === undefined) return undefined;
  return {
    ...plainCommand(command.verb === 'delete' ? 'delete-stack' : 'deploy', command.stackName, command.connection),
    template: command.template === undefined ? { kind: 'none' } : { kind: 'text', text: command.template, from: command.templateFile },
    parameters: command.parameters, disableRollback: command.disableRollback, onFailure: command.onFailure, problems: command.problems,
  };
}

function told(command: SamCommand, radius: BlastRadius): BlastRadius {
  return { ...radius, unknowns: [...radius.unknowns, command.verb === 'delete' ? notKnown('data', 'the stack', BESIDE) : notKnown('binding', 'the code', CODE)], warnings: [...command.warnings, ...radius.warnings] };
}

/** SAM takes `AWS_REGION` first, as the AWS SDKs do. */
function connected<T>(command: CloudFormationCommand, at: SourceAt, use: Parameters<typeof withConnection<T>>[3]): Promise<T> {
  const region = command.connection.region ?? (at.env['AWS_REGION'] || at.env['AWS_DEFAULT_REGION'] || undefined);
  return withConnection(undefined, { connection: { ...command.connection, ...(region === undefined ? {} : { region }) } }, at, use);
}
