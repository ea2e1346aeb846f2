import { kubectlFlag } from '../../detect/knowledge/kubectl-flags';

/** Commands of kubectl that only read. Source: `kubectl --help`, Kubernetes 1.32. */
const READS: readonly string[] = ['get', 'api-resources', 'config view'];
/** Options with which a read would write, never end, or tell credentials. */
const NOT_IN_READS = /^(?:--raw|--watch|-w|--watch-only|--edit|--cached)(?:=|$)/;

/** Commands that may be run with `--dry-run=server`. `rollout restart|pause|resume`, `drain` and `cordon` are not asked. Source: kubectl's help of each. */
const DRY_RUNS: readonly string[] = ['apply', 'replace', 'patch', 'label', 'annotate', 'autoscale', 'expose', 'create', 'set image', 'set env', 'set resources', 'set selector', 'set serviceaccount', 'set subject'];
/** Options with which the dry run would be something else than the command on the server, or ask a question. */
const NOT_IN_DRY_RUNS = /^(?:--raw|--edit|--local|--dry-run|--interactive|-i)(?:=|$)/;

/** The only word that makes a changing command harmless. It stands right behind the command, so that no option before it can take it for its value. */
export const SERVER_DRY_RUN = '--dry-run=server';

/** Whether this command of kubectl has a server-side dry run that a preview may ask for. */
export function hasServerDryRun(path: string): boolean {
  return kubectlFlag(path, '--dry-run') !== undefined && (DRY_RUNS.includes(path) || path.startsWith('create '));
}

/**
 * The last gate before kubectl is started for a preview: nothing that changes a cluster passes.
 * @param path the command in words (`set image`). @param args what stands behind it.
 * @returns the whole argv without the tool's name. @throws Error for anything that is neither a plain read nor a server-side dry run: a mistake of ours.
 */
export function readOnlyArgs(path: string, args: readonly string[]): readonly string[] {
  const refuse = (why: string): never => {
    throw new Error(`a preview may not run kubectl ${path} (${why})`);
  };
  if (args.includes('--')) refuse('words behind -- are not judged');
  if (READS.includes(path)) {
    const bad = args.find((arg) => NOT_IN_READS.test(arg));
    if (bad !== undefined) refuse(`with ${bad}`);
    return [...path.split(' '), ...args];
  }
  if (!hasServerDryRun(path)) refuse('it has no server-side dry run');
  if (args[0] !== SERVER_DRY_RUN) refuse('without a server-side dry run');
  const bad = args.slice(1).find((arg) => NOT_IN_DRY_RUNS.test(arg));
  if (bad !== undefined) refuse(`with ${bad}`);
  if (path === 'replace' && args.some((arg) => /^--force(?:=|$)/.test(arg))) refuse('replace --force has no dry run');
  return [...path.split(' '), ...args];
}
