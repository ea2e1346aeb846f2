import path from 'node:path';
import type { TargetContext } from '../../model';
import { fail } from '../failure';
import type { PreviewRequest, StateRequest } from '../request';
import type { SourceAt } from '../source';
import { runTool, type ToolAnswer } from '../tool-run';
import { namespaceOf, valueOf, whereOptions, type KubeCommand } from './command';
import { at, fields, items, text } from './json';
import { readOnlyArgs } from './read-only';
import { kubectlWords } from './words';

/** kubectl as the held command would start it, for reads and server-side dry runs only. */
export interface Kubectl {
  /** Runs `kubectl <command> <args>` in the held command's cluster. @param input for `-f=-`. @throws PreviewError when it can't start or the cluster can't be reached. */
  run(command: string, args: readonly string[], input?: string): Promise<ToolAnswer>;
  readonly progress: (text: string) => void;
  /** What its reads of objects gave, as JSON. */
  readonly answers: readonly string[];
}

/** Time that one request to the API may take where the command itself sets none. */
const REQUEST_TIMEOUT = '--request-timeout=25s';
const MAX_BYTES = 192 * 1024 * 1024;
/** So that a preview is no load for the machine, whatever asks at once. */
const AT_ONCE = 4;

/** Where a preview runs kubectl. */
export type KubectlAt = Pick<SourceAt, 'env' | 'signal'> & { readonly progress: (text: string) => void };

/** @throws PreviewError when the command's own kubectl is not known. */
export function kubectlFor(request: Pick<PreviewRequest | StateRequest, 'executable' | 'cwd'> & { readonly folder?: string }, command: KubeCommand, at: KubectlAt): Kubectl {
  const executable = request.executable ?? fail('command', 'Which kubectl this command would run is not known. Run it again in a terminal with Holdpoint\'s shims, or preview offline.');
  const { folder } = request;
  const where = [
    ...whereOptions(command),
    ...(valueOf(command, '--request-timeout') === undefined ? [REQUEST_TIMEOUT] : []),
    // kubectl keeps what it learns of an API in a cache: the preview's own is fresh, and goes with it.
    ...(folder === undefined ? [] : [`--cache-dir=${path.join(folder, 'kube-cache')}`]),
  ];
  const turn = turns(AT_ONCE);
  const answers: string[] = [];
  return {
    progress: at.progress, answers,
    run: (name, args, input) => turn(async () => {
      const [first, ...rest] = args;
      // What the preferences add is in the words already, and would change the preview's own reads.
      // The dry-run switch must stay in front; the options of the place come behind it.
      const all = first === undefined ? where : name === 'config view' || first.startsWith('--dry-run') ? [first, ...where, ...rest] : [...where, ...args];
      const answer = await runTool({ executable, args: readOnlyArgs(name, all), cwd: request.cwd, env: { ...at.env, KUBERC: 'off', KUBECTL_KUBERC: 'false' }, signal: at.signal, maxBytes: MAX_BYTES, ...(input === undefined ? {} : { input }) });
      if (answer.code !== 0) unreachable(answer);
      else if (name === 'get' && args.includes('-o=json')) answers.push(answer.stdout);
      return answer;
    }),
  };
}

/** Lets only so many calls run at a time; the others wait in line. */
function turns(most: number): <T>(call: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (call) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await call();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}

/** The namespace as an option, where it is known. */
export const inNamespace = (namespace: string | undefined): readonly string[] => (namespace === undefined ? [] : [`--namespace=${namespace}`]);

/** What kubectl says when the cluster or the credentials are the matter, not the object. Source: client-go's and kubectl's messages, 1.32. */
function unreachable(answer: ToolAnswer): void {
  const words = kubectlWords(answer, 400);
  if (/connection refused|no such host|i\/o timeout|TLS handshake timeout|Unable to connect to the server|network is unreachable|no route to host|context deadline exceeded|was refused - did you specify the right host|connection reset by peer|\bEOF$/i.test(words) && !/exec plugin|getting credentials/.test(words)) {
    fail('unreachable', `The cluster can't be reached: ${words}. Check the context ('kubectl config current-context'), the network or the VPN, then preview again.`);
  }
  if (/You must be logged in to the server|\bUnauthorized\b|getting credentials: exec|provide credentials|exec plugin/i.test(words)) {
    fail('credentials', `The cluster does not accept these credentials: ${words}. Log in to the cluster again the way you do, then preview again.`);
  }
  if (/context .* does not exist|context was not found|no configuration has been provided|error loading config file|invalid configuration/i.test(words)) {
    fail('command', `kubectl's configuration does not fit this command: ${words}. Correct --context, --kubeconfig or KUBECONFIG, then preview again.`);
  }
}

/** Where the command acts: names only, never credentials. */
export interface Place {
  readonly context: TargetContext;
  /** The namespace for what is in one and names none itself; undefined when only kubectl knows it (inside of a cluster). */
  readonly namespace: string | undefined;
}

/** Reads context, cluster and namespace from the configuration that the command uses. Source: `kubectl config view --minify`, which leaves secrets out. */
export async function readPlace(kubectl: Kubectl, command: KubeCommand, known: TargetContext): Promise<Place> {
  const answer = await kubectl.run('config view', ['--minify', '-o=json']);
  let view: unknown;
  try {
    view = answer.code === 0 ? JSON.parse(answer.stdout) : undefined;
  } catch {
    view = undefined;
  }
  const context = fields(items(at(view, 'contexts'))[0]);
  const cluster = valueOf(command, '--cluster') ?? text(at(context, 'context', 'cluster'));
  const server = valueOf(command, '--server') ?? text(at(items(at(view, 'clusters'))[0], 'cluster', 'server'));
  const name = text(context['name']);
  // Without a configuration kubectl takes the namespace of the pod that it runs in, which nothing here can know.
  const namespace = namespaceOf(command) ?? (name === undefined ? undefined : (text(at(context, 'context', 'namespace')) ?? 'default'));
  return {
    namespace,
    context: {
      ...known,
      other: { ...(name === undefined ? {} : { context: name }), ...(cluster === undefined ? {} : { cluster }), ...(server === undefined ? {} : { server }), ...(namespace === undefined ? {} : { namespace }), ...known.other },
    },
  };
}
