import { withEmptiness } from '../aws/emptiness';
import { readStateDigest, liveCommand, previewLive } from './preview-command';
import { bindTemplate, markedDigest, stillThere, withMark } from './template-address';
import type { PreviewSource, SourceAt, SourceOf } from '../source';
import { readCommand, type CloudFormationCommand } from './command';
import { connect, type Connection } from './connection';
import { keepStacks } from './keep';
import { previewOffline } from './offline';
import { secretsOf } from './secrets';

/** `aws cloudformation …`: change sets, live reads, or a prediction from the templates. */
export const cloudFormationSource: SourceOf = (request) => {
  const command = request.operation.operation.startsWith('cloudformation:') || request.kind === 'state' ? readCommand(request.argv, request.cwd) : undefined;
  if (command === undefined) return undefined;
  const argv = request.kind === 'state' ? (request.prepared?.argv ?? request.argv) : request.argv;
  const live = liveCommand(argv, request.cwd);
  const place = { argv, cwd: request.cwd, ...(request.executable === undefined ? {} : { executable: request.executable }) };
  const preview = request.kind === 'preview' ? request : undefined;
  const source: PreviewSource = {
    offline: (because) => previewOffline(request.operation, live, { ...(preview?.deployedTemplate === undefined ? {} : { deployedTemplate: preview.deployedTemplate }), ...(preview?.deployedTemplateFrom === undefined ? {} : { deployedTemplateFrom: preview.deployedTemplateFrom }), ...(because === undefined ? {} : { because }) }),
    async live(at) {
      at.hide(secretsOf(command, at.env));
      if (live === undefined || preview === undefined) return { blastRadius: source.offline() };
      const { changeSetName, allowExecution } = preview;
      return withConnection(request.executable, live, at, async (connection) => {
        const bound = await bindTemplate(live, place, at);
        const seen = await previewLive(connection, bound.command, request.operation, { changeSetName, allowExecution, signal: at.signal, events: at.events });
        const told = withMark(seen, await stillThere(live, bound, place, at));
        const blastRadius = live.verb === 'delete-stack' && request.executable !== undefined ? await withEmptiness(told, { argv: request.argv, cwd: request.cwd, executable: request.executable }, at) : told;
        return { blastRadius, ...(bound.prepared && { prepared: bound.prepared }), ...(preview.folder === undefined ? {} : { kept: await keepStacks(connection.seen, preview.folder) }) };
      });
    },
    ...(live === undefined ? {} : {
      state: (at: SourceAt) => {
        at.hide(secretsOf(command, at.env));
        return withConnection(request.executable, live, at, async (connection) => markedDigest(await readStateDigest(connection, live), (await bindTemplate(live, place, at)).mark));
      },
    }),
  };
  return source;
};

/** Connects as the command would, and closes afterwards. The SDK reads this process's own environment, which is the held command's. */
export async function withConnection<T>(executable: string | undefined, command: Pick<CloudFormationCommand, 'connection'>, at: Pick<SourceAt, 'signal'>, use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await connect({ options: command.connection, env: process.env, signal: at.signal, ...(executable === undefined ? {} : { executable }) });
  try {
    return await use(connection);
  } finally {
    connection.close();
  }
}
